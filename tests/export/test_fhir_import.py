"""The document of one site is read by another's `new --from`: as notes of what to look up, and never as a label."""

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from macros.editing.scaffold import scaffold
from macros.export import fhir
from macros.finding import Refused
from macros.formulary.book import Formulary
from macros.formulary.load import load
from macros.labels.files import label
from macros.labels.label import MONOGRAPH, Label
from macros.pages.template import TEMPLATE
from macros.site.check import check
from tests.conftest import TODAY, copied_template, small_project
from tests.formulary.test_ordinary_medicines import FORMER, TABLET, project_with_both

TOLD = "the file is no label, but a monograph on what is authorized in {}: look each fact up in the label of its place"
UNREVIEWED = "the file calls its text 'preliminary', which is not final"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Formulary:
    """The three fictional medicines."""
    return load(project_with_both(tmp_path_factory.mktemp("fhir")), TODAY)[0]


def document(book: Formulary, slug: str) -> str:
    """The document of a medicine."""
    return fhir.text(fhir.bundle(book, book.monographs[slug], lambda fact: f"../../#{fact.id}", "7", date(2026, 1, 20)))


def begun(folder: Path, text: str, inn: str) -> tuple[Path, list[str]]:
    """A small project with a draft from the document, and what was said."""
    file = folder / "bundle.json"
    file.write_text(text, "utf-8")
    project = copied_template(small_project(folder / "project"))
    said = scaffold(project, inn, TODAY, file)
    shutil.rmtree(project / TEMPLATE)  # it marks the words of the fictional medicine, which stands in this project
    return project, said


def lines(read: Label, topic: str) -> tuple[str, ...]:
    """The lines of a topic."""
    (document,) = read.documents
    return next(section.lines for section in document.sections if section.code == topic)


def test_a_document_is_read_by_its_topics(small: Formulary) -> None:
    read = label(document(small, TABLET).encode())
    (own,) = read.documents
    assert (read.place, read.ingredients, read.brands, read.identifiers) == ("US", (("exemplidine",),), ("Tablexa",), ())
    assert (own.kind, own.version, own.day, own.language) == (MONOGRAPH, "7", date(2026, 1, 20), "en")
    assert read.remarks == (TOLD.format("US, EU"), UNREVIEWED)
    assert lines(read, "indication") == (
        "- Adults: Adults with exemplar pain. [United States, European Union]",
        "- Children: Children aged 6 years or older with exemplar pain. [European Union]",
    )
    assert {section.code for section in own.sections} <= small.vocabulary.lists.topics.keys()


def test_places_come_back_by_our_names(book: Formulary) -> None:
    assert TOLD.format("US, EU, CA, UK, CH") in label(document(book, "etranacogene-dezaparvovec").encode()).remarks


@pytest.mark.parametrize("slug", ["apixaban", "methotrexate", "amoxicillin", "valoctocogene-roxaparvovec"])
def test_a_draft_from_a_real_document_passes_every_rule(book: Formulary, tmp_path: Path, slug: str) -> None:
    project, said = begun(tmp_path, document(book, slug), book.monographs[slug].medicine.inn)
    assert check(project, TODAY).findings == ()
    places = "US, EU" if slug.startswith("valo") else "US"
    assert f"warning: {TOLD.format(places)}; {UNREVIEWED}" in said
    notes = (project / f"macros/data/{slug}/indications.yml").read_text("utf-8")
    assert "# Warning: the file is no label, but a monograph" in notes


def test_a_document_is_a_source_that_carries_no_value(small: Formulary, tmp_path: Path) -> None:
    project, _ = begun(tmp_path, document(small, TABLET), "exemplidine")
    sources = yaml.safe_load((project / "macros/data/sources.yml").read_text("utf-8"))
    own = {name: entry for name, entry in sources.items() if name.startswith("label-exemplidine-")}
    assert {name: (entry["statement"], entry["title"]) for name, entry in own.items()} == {
        "label-exemplidine-monograph": ("tertiary", "Text of exemplidine (monograph, version 7): draft, to be named")
    }
    data = "".join(path.read_text("utf-8") for path in (project / "macros/data/exemplidine").iterdir())
    assert "urn:uuid:" not in "".join(line for line in data.splitlines() if not line.startswith("#"))


def test_a_document_of_another_medicine_is_refused(small: Formulary, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="the label is of exemplidine, not of 'quondamine'"):
        begun(tmp_path, document(small, TABLET), "quondamine")


def test_a_document_without_an_authorization_is_refused(small: Formulary) -> None:
    with pytest.raises(Refused, match="this monograph knows of no place where an authorization stands; begin from a label"):
        label(document(small, FORMER).encode())


def test_every_topic_has_its_own_in_the_list_of_sections(book: Formulary, root: Path) -> None:
    known = yaml.safe_load((root / "macros/labels/sections.yml").read_text("utf-8"))["monograph"]
    assert known == {topic: {"topics": [topic]} for topic in book.vocabulary.lists.topics}
