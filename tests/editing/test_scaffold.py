"""A draft that the scaffold begins: every fact waits for one passage, and it passes every rule at once."""

import re
import shutil
from pathlib import Path

import pytest

from macros.editing import anchors
from macros.editing.scaffold import scaffold
from macros.formulary.book import Formulary
from macros.formulary.load import load
from macros.formulary.values import NotRead, Passage
from macros.site.check import check
from tests.conftest import ROOT, TODAY, small_project

INN, DRAFT = "testavec fictiparvovec", "testavec-fictiparvovec"
TO_READ = (Passage(f"label-{DRAFT}", "to be read"),)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with a draft in it; tests only read it."""
    project = small_project(tmp_path_factory.mktemp("begun"))
    shutil.copytree(ROOT / "macros/template", project / "macros/template")
    scaffold(project, INN, TODAY)
    shutil.rmtree(project / "macros/template")  # it marks the words of the fictional medicine, which stands in this project
    return project


@pytest.fixture(scope="module")
def book(begun: Path) -> Formulary:
    """What is read from it."""
    return load(begun, TODAY)[0]


def test_a_draft_passes_every_rule(begun: Path) -> None:
    assert check(begun, TODAY).findings == ()


def test_every_page_of_a_draft_says_so(begun: Path) -> None:
    pages = {address: page for address, page in check(begun, TODAY).previews.items() if DRAFT in address}
    assert {address: "Draft: not for use." in page.main.text() for address, page in pages.items()} == {
        f"monographs/{DRAFT}/{name}index.html": True for name in ("", "evidence/", "patient/", "results/")
    }


def test_every_page_of_a_draft_is_in_the_navigation(begun: Path) -> None:
    listed = re.findall(rf"monographs/{DRAFT}/[\w.-]+", (begun / "mkdocs.yml").read_text("utf-8"))
    assert listed == [f"monographs/{DRAFT}/{name}.md" for name in ("index", "patient", "results", "evidence")]
    assert sorted(path.name for path in (begun / "docs/monographs" / DRAFT).iterdir()) == sorted(Path(name).name for name in listed)


def test_nothing_of_the_fictional_medicine_is_left_in_a_draft(begun: Path) -> None:
    files = [path for folder in ("macros/data", "docs/monographs") for path in (begun / folder / DRAFT).iterdir()]
    assert [
        path.name for path in files if re.search(r"exampl[av]|exemplar|fictional|\[\[|\[%", path.read_text("utf-8"), re.IGNORECASE)
    ] == []


def test_every_fact_of_a_draft_waits_for_its_label(book: Formulary) -> None:
    facts = book.monographs[DRAFT].facts.values()
    assert {(type(fact.value), fact.value.passages, fact.sources, fact.evidence, fact.checked) for fact in facts} == {
        (NotRead, TO_READ, (), None, TODAY)
    }


ORDINARY = {
    "advice": ["call", "counsel", "do", "dont", "plain-effects", "plain-take", "plain-what", "plain-who-not"],
    "dose": ["administration", "composition", "dose", "hepatic", "missed-dose", "renal", "storage"],
    "identity": ["class", "holder", "mechanism", "name", "pharmacokinetics"],
    "indications": ["indication"],
    "monitoring": ["monitoring"],
    "outcomes": ["efficacy"],
    "safety": ["adverse-reaction", "boxed-warning", "contraindication", "interaction", "overdose", "population", "warning"],
    "status": ["authorization", "availability"],
}


def test_a_draft_asks_what_is_asked_of_any_medicine(book: Formulary) -> None:
    asked = {(fact.file, fact.topic) for fact in book.monographs[DRAFT].facts.values()}
    assert {file: sorted(topic for each, topic in asked if each == file) for file, _ in asked} == ORDINARY


MISSING = {
    "alone-in-its-topic": ("dose/renal", ""),
    "beside-others-of-its-topic": ("safety/breastfeeding", "breast-feeding"),
    "of-the-same-title": ("dose/adults", "dose for adults"),
}


@pytest.mark.parametrize(("name", "only"), MISSING.values(), ids=MISSING.keys())
def test_a_fact_says_what_is_missing_where_others_share_its_topic(book: Formulary, name: str, only: str) -> None:
    assert book.facts[f"{DRAFT}/{name}"].value.only == only


def test_nobody_may_link_to_a_heading_of_a_draft_or_to_its_source(begun: Path, book: Formulary) -> None:
    pages = [(address, page.landing) for address, page in check(begun, TODAY).previews.items()]
    new = anchors.public(pages) - anchors.public(pages, anchors.unlisted(book))
    assert {name.partition("#")[0] for name in new} == {
        f"monographs/{DRAFT}/{page}index.html" for page in ("", "evidence/", "patient/", "results/")
    }


def test_an_event_of_a_draft_says_only_what_is_not_known(book: Formulary) -> None:
    assert {fact.short_id: fact.event for fact in book.monographs[DRAFT].events} == {
        "status/approval": "decision-not-known",
        "status/supply": "not-known",
    }


def test_the_label_of_a_draft_is_one_that_has_to_be_named(book: Formulary) -> None:
    source = book.sources[f"label-{DRAFT}"]
    assert (source.link, source.statement, source.date_read, source.extent("to be read")) == (
        f"https://example.org/to-be-replaced/{DRAFT}",
        "label",
        None,
        "not",
    )


NAMED = ("co-trimoxazole", "interferon beta-1a", "interferon beta-1b", "vitamin K", "5-fluorouracil", "insulin glargine", "insulin lispro")
NAMED += ("omeprazole", "esomeprazole", "amoxicillin", "amoxicillin and clavulanic acid", "hydroxyzine", "hydralazine")
NAMED += ("amphotericin B", "liposomal amphotericin B", "penicillin G", "penicillin V", "vitamin B6", "vitamin B12", "St John's wort")
NAMED += ("adrenaline", "noradrenaline", "factor VIII", "factor VIIa", "(99mTc) technetium sestamibi")


def test_drafts_of_names_that_hold_each_other_stand_side_by_side(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    shutil.copytree(ROOT / "macros/template", project / "macros/template")
    for name in NAMED:
        scaffold(project, name, TODAY)
    assert {finding.file.split("/")[-2] for finding in check(project, TODAY).findings} == {"fictivagene-examplavec", "data"}


def test_a_draft_that_ends_too_early_names_all_that_the_template_wrote(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    shutil.copytree(ROOT / "macros/template", project / "macros/template")
    scaffold(project, INN, TODAY)
    medicine = project / f"macros/data/{DRAFT}/medicine.yml"
    medicine.write_text(medicine.read_text("utf-8").replace("draft: true\n", ""), "utf-8")
    left = [finding for finding in check(project, TODAY).findings if finding.rule == "nothing-of-the-template"]
    said = {finding.message.partition("'")[2].partition("'")[0] for finding in left if DRAFT in finding.file}
    overview = "Overview to be written: what it is, and what to ask first."
    assert said == {
        "class to be named",
        "disease to be named",
        "Draft begun.",
        "Indication to be named",
        overview,
        "to be named",
        "to be read",
    }
