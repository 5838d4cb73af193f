"""The monographs as a reader gets them: nothing of the first one's draft lost, plain words for patients, one line to change a dose."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import textstat
from selectolax.lexbor import LexborHTMLParser, LexborNode

from bench.built import copied
from macros.formulary.book import Formulary
from macros.site.clock import today
from tests.conftest import MEDICINE as SLUG, ROOT
from tests.support.forked import agreed, run
from tests.support.previewed import small_site, with_page

CLAIMS = [f"C{number}" for number in range(1, 59)]


@pytest.fixture(scope="session")
def main(copy: Path) -> dict[str, LexborHTMLParser]:
    """The content of each page of the medicine."""
    here = copy / "site/monographs" / SLUG
    pages = {
        "monograph": "index.html",
        "patient": "patient/index.html",
        "evidence": "evidence/index.html",
        "sheet": "dose-sheet/index.html",
        "results": "results/index.html",
        "corrections": "corrections/index.html",
    }
    return {name: LexborHTMLParser((here / path).read_text("utf-8")) for name, path in pages.items()}


@pytest.mark.parametrize("claim", CLAIMS)
def test_each_claim_of_the_draft_is_answered(claim: str, main: dict[str, LexborHTMLParser], book: Formulary) -> None:
    row = main["corrections"].css_first(f"tr#{claim}")
    assert row, f"{claim} is not on the page of corrections"
    published = [f"{SLUG}/{name}" for name in book.monographs[SLUG].corrections[claim].published]
    shown = {node.attributes["data-fact"] for name in ("monograph", "patient", "results") for node in main[name].css("[data-fact]")}
    assert [name for name in published if name not in shown] == []


def test_no_claim_beyond_the_draft(book: Formulary) -> None:
    assert list(book.monographs[SLUG].corrections) == CLAIMS


SECTIONS = [
    "Overview", "Contraindications and warnings", "Indications", "Dosage", "Administration and handling", "Monitoring",
    "When ALT rises", "Adverse reactions", "Counseling", "Availability", "Reference", "Research", "Sources",
]  # fmt: skip


def test_the_sections_stand_in_their_order(main: dict[str, LexborHTMLParser]) -> None:
    found = [node.text().removesuffix("¶").strip() for node in main["monograph"].css("article h2")]
    assert [name for name in found if name in SECTIONS] == SECTIONS


def test_the_withdrawal_from_the_market_stands_below_the_title_and_says_nothing_of_the_license(main: dict[str, LexborHTMLParser]) -> None:
    banner = main["monograph"].css_first(".availability")
    lines = [re.sub(r" \[[\d, ]+\]\.$", "", " ".join(node.text().split())) for node in banner.css("[data-fact]")]
    assert lines == ["US, EU: withdrawn from the market by the company (23 February 2026)"]


GUIDES = sorted(path.parent.name for path in (ROOT / "docs/monographs").glob("*/patient.md"))


def sentences(article: LexborNode, blocks: str) -> str:
    """What stands in these blocks, a line each, without marks, places and sources."""
    lines = [" ".join(node.text().split()) for node in article.css(blocks)]
    return "\n".join(line if line.endswith((".", "?", ":")) else line + "." for line in lines)


@pytest.fixture(scope="session")
def guides(copy: Path) -> dict[str, LexborNode]:
    """The article of each patient guide, without what is said beside the sentences."""
    found = {}
    for slug in GUIDES:
        article = LexborHTMLParser((copy / f"site/monographs/{slug}/patient/index.html").read_text("utf-8")).css_first("article")
        for node in article.css(".headerlink,.cites,.mark,.where,.context,.spoken,.sources,.colophon,.masthead,.official,.general,h1"):
            node.decompose(recursive=True)
        found[slug] = article
    return found


@pytest.mark.parametrize("slug", GUIDES)
def test_the_patient_guide_is_plain(guides: dict[str, LexborNode], slug: str) -> None:
    text = sentences(guides[slug], "p,li")
    assert textstat.flesch_kincaid_grade(text) <= 6.5
    inn = slug.partition("-")[0]  # it stands there only where patients know the medicine by it, as the title of the guide says
    titled = (ROOT / f"docs/monographs/{slug}/patient.md").read_text("utf-8").splitlines()[1].lower()
    assert inn in titled or inn not in text.lower()


@pytest.mark.parametrize("slug", GUIDES)
def test_each_list_of_the_patient_guide_is_plain(guides: dict[str, LexborNode], slug: str) -> None:
    graded = {}
    for block in guides[slug].css("ul"):
        text = sentences(block, "li")
        graded[text[:60]] = textstat.flesch_kincaid_grade(text)
    assert {text: grade for text, grade in graded.items() if grade > 6.5} == {}


@pytest.mark.parametrize("slug", GUIDES)
def test_the_patient_guide_begins_with_emergencies(book: Formulary, guides: dict[str, LexborNode], slug: str) -> None:
    headings = [node.text() for node in guides[slug].css("h2")]
    assert headings[0] == "Call at once"
    call = guides[slug].text().partition(headings[0])[2].partition(headings[1])[0].lower()  # urgent() draws a frame around it
    clots = "gene therapy" in book.monographs[slug].medicine.class_
    signs = ("chest pain", "breath", "leg", "speaking") if clots else ("emergency number",)
    assert [sign for sign in signs if sign not in call] == []


def test_what_is_said_of_all_reviews_is_true(book: Formulary) -> None:
    reviewed = any(each.medicine.reviews for each in book.monographs.values())
    pages = [path for path in ("README.md", "docs/about/index.md") if "**No clinician has reviewed" in (ROOT / path).read_text("utf-8")]
    assert pages == ([] if reviewed else ["README.md", "docs/about/index.md"])


def test_each_printed_sheet_names_its_medicine(copy: Path, book: Formulary) -> None:
    nameless = []
    for slug, each in book.monographs.items():
        for page in sorted((copy / "site/monographs" / slug).rglob("index.html")):
            line = LexborHTMLParser(page.read_text("utf-8")).css_first(".printed strong").text().lower()
            if not any(name.lower() in line for name in (each.medicine.inn, *each.medicine.brands)):
                nameless.append(page.relative_to(copy).as_posix())
    assert nameless == []


class Changed(NamedTuple):
    """A copy of the project in which one line, the dose, was changed; what `make site` says of it, and the site that plain MkDocs makes."""

    project: Path
    refused: list[str]
    site: Path


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Changed:
    project = copied(ROOT, tmp_path_factory.mktemp("changed"))
    _replace(project / "macros/data" / SLUG / "dose.yml", "amount: 6 × 10^13 vg/kg", "amount: 8 × 10^13 vg/kg")
    refused = run(project, "site").stdout.splitlines()
    assert not (project / "site").exists()
    settings = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    subprocess.run(command, cwd=project, env=settings, capture_output=True, check=True)
    return Changed(project, refused, (project / "site").rename(project.with_name("changed-site")))


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.build
def test_a_dose_that_disagrees_with_its_volume_is_not_published(changed: Changed) -> None:
    assert [line.split(": ")[1:3] for line in changed.refused] == [
        ["dose-consistent", "dose/volume-per-kg"],
        ["dose-consistent", "dose/example-volume"],
        ["dose-consistent", "dose/example-vials"],
    ]


@pytest.mark.build
def test_a_corrected_dose_is_published_once_its_change_is_recorded(changed: Changed) -> None:
    project = changed.project  # what the other tests look at stands outside
    dose = project / "macros/data" / SLUG / "dose.yml"
    for old, new in (
        ("amount: 3 mL/kg", "amount: 4 mL/kg"),
        ("amount: 210 mL", "amount: 280 mL"),
        ("count: 27 vials", "count: 35 vials"),
    ):
        _replace(dose, old, new)
    asked = run(project, "check")
    assert (asked.returncode, asked.stdout.count("change-recorded")) == (1, 1)
    fingerprint = re.search(r"'facts: (\"[0-9a-f]{12}\")'", asked.stdout)[1]
    changes = project / "macros/data" / SLUG / "changes.yml"
    record = f"dose:\n  date: {today(project)}\n  kind: significant\n  reason: Dose corrected.\n  facts: {fingerprint}\n"
    changes.write_text(changes.read_text("utf-8") + record, "utf-8")
    done = run(agreed(project), "site")
    assert done.returncode == 0, done.stdout + done.stderr
    page = LexborHTMLParser((project / "site/monographs" / SLUG / "results/index.html").read_text("utf-8"))
    assert "Dose corrected." in page.css_first("table.changes tbody tr").text()


def test_a_changed_dose_is_changed_on_every_page(changed: Changed, copy: Path) -> None:
    def pages_with(site: Path, dose: str) -> set[str]:
        found = set()
        for path in site.rglob("*.html"):
            nodes = LexborHTMLParser(path.read_text("utf-8")).css(f'[data-fact="{SLUG}/dose/standard"]')
            if any(dose in node.text().replace("\u00a0", " ") for node in nodes):
                found.add(path.relative_to(site).as_posix())
        return found

    before = pages_with(copy / "site", "6 × 10¹³ vg/kg")
    own = {f"monographs/{SLUG}/{page}" for page in ("index.html", "dose-sheet/index.html", "evidence/index.html", "corrections/index.html")}
    assert before == own | {"compare/hemophilia-gene-therapies/index.html"}
    assert pages_with(changed.site, "8 × 10¹³ vg/kg") == before
    assert pages_with(changed.site, "6 × 10¹³ vg/kg") == set()


@pytest.mark.build
def test_a_failed_rule_leaves_the_old_site_as_it_was(tmp_path: Path) -> None:
    project = with_page(small_site(tmp_path), "notes.md", "Notes", "Give 5 mg.")
    (project / "site/about").mkdir(parents=True)
    before = {project / "site/index.html": b"<p>Home", project / "site/about/index.html": b"<p>About"}
    for path, content in before.items():
        path.write_bytes(content)
    done = run(project, "site")
    assert (done.returncode, "docs/notes.md:6: no-loose-figure" in done.stdout) == (1, True)
    assert {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()} == before
    assert [path.name for path in project.iterdir() if path.name.startswith(".site")] == []
