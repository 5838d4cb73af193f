"""Where readers are led: pages of regulators, records of trials, places to report a reaction; and sentences for patients."""

from collections.abc import Callable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.editing.links import led_to
from macros.finding import Refused
from macros.formulary.load import load
from macros.render import macros as render
from macros.render.desk import Desk
from tests.conftest import SLUG, TODAY
from tests.formulary.test_ordinary_medicines import FORMER, TABLET, project_with_both

Edit = Callable[[str, str, str], None]
PAGE = "official:\n  - {title: 'FDA, page of Exampla', address: 'https://example.org/fda?a=1&b=2', jurisdictions: [US, EU]}\n"


@pytest.fixture
def named(project: Path, edit: Edit) -> Path:
    """The small project with a page of a regulator and a trial of a marked use."""
    edit(f"macros/data/{SLUG}/medicine.yml", "reviews: []\n", f"reviews: []\n{PAGE}")
    research = "example-2:\n  title: EXAMPLE-2\n  topic: trial\n  code: NCT00000002\n  use: research\n  evidence: trial\n"
    with (project / f"macros/data/{SLUG}/trials.yml").open("a", encoding="utf-8") as trials:
        trials.write(f"{research}  sources:\n    - {{source: exampla-trial, grade: A}}\n  checked: 2026-01-10\n")
    return project


def desk(project: Path, slug: str = SLUG) -> Desk:
    """A page of a medicine of the project."""
    book, findings = load(project, TODAY)
    assert findings == []
    return Desk(book, slug)


def lines(html: str) -> list[tuple[str | None, str]]:
    """Each line as its address and its words."""
    return [(item.css_first("a").attributes["href"], item.text()) for item in LexborHTMLParser(html).css("ul.official li")]


US, EU = "https://example.org/report-us", "https://example.org/report-eu"
REPORT = [
    (US, f"Report an adverse reaction, United States: Exampla Watch (fictional), telephone 1-800-EXAMPLA {US}"),
    (EU, f"Report an adverse reaction, European Union: list of national systems (fictional) {EU}"),
]
FDA = "https://example.org/fda?a=1&b=2"
FIRST, SECOND = (f"https://clinicaltrials.gov/study/NCT0000000{number}" for number in (0, 2))


def test_official_pages_come_first_then_trials_then_where_to_report(named: Path) -> None:
    assert lines(render.MACROS["report"](desk(named), "official")) == [
        (FDA, f"FDA, page of Exampla: United States and European Union {FDA}"),
        (FIRST, f"Registry record of EXAMPLE-1: NCT00000000 {FIRST}"),
        (SECOND, f"Registry record of EXAMPLE-2: NCT00000002, Research only – not an approved use {SECOND}"),
        *REPORT,
    ]


def test_where_to_report_can_stand_alone(named: Path) -> None:
    assert lines(render.MACROS["report"](desk(named), "report-to")) == REPORT


def test_only_places_that_the_medicine_speaks_of_are_named(project: Path) -> None:
    path = project / "macros/data/reporting.yml"
    path.write_text(path.read_text("utf-8").replace("EU:\n", "CA:\n"), "utf-8")
    assert lines(render.MACROS["report"](desk(project), "report-to")) == REPORT[:1]


def test_every_address_that_readers_are_led_to_is_tried(named: Path) -> None:
    assert led_to(desk(named).formulary) == {
        "exampla-label-us": "https://example.org/exampla-us",
        "exampla-label-eu": "https://example.org/exampla-eu",
        "exampla-trial": "https://doi.org/10.1000/example",
        "exampla-news": "http://example.org/news",
        f"{SLUG}: FDA, page of Exampla": FDA,
        "reporting in US": US,
        "reporting in EU": EU,
    }


def text(node: object) -> str:
    """What an element says to the eye."""
    return " ".join(node.text().split())


def test_general_advice_is_marked_once_below_what_has_a_source(project: Path) -> None:
    with (project / f"macros/data/{SLUG}/advice.yml").open("a", encoding="utf-8") as advice:
        advice.write(
            "call-rash:\n  title: Rash\n  topic: call\n  urgency: team\n  statement: Call about a rash.\n  evidence: general\n  checked: 2026-01-10\n"
        )
    tree = LexborHTMLParser(render.plain(desk(project), "call", "contraindication"))
    assert [(node.tag, text(node)) for node in tree.css("li, p")] == [
        ("li", "Do not give during an active infection. (United States) [1]"),
        ("p", "General advice, not from the label:"),
        ("li", "Call at once if the eyes turn yellow."),
        ("li", "Call about a rash."),
    ]


PLAIN = {
    "two-places": ("dose/standard", "4 × 10¹³ vg/kg as a single dose (United States and European Union) [1, 2]"),
    "weak-source": ("safety/nausea-us", "12% (United States; ask your team to check this) [1]"),
    "no-place": ("identity/inn", "fictivagene examplavec [1]"),
}


@pytest.mark.parametrize(("name", "words"), PLAIN.values(), ids=PLAIN.keys())
def test_a_sentence_for_patients_ends_with_where_it_holds(project: Path, name: str, words: str) -> None:
    tree = LexborHTMLParser(render.plain(desk(project), name))
    for unseen in tree.css(".spoken"):
        unseen.decompose()
    assert [text(node) for node in tree.css("li")] == [words]


BADGES = {
    "every-place": (TABLET, ("approved",), "✓ Label use: US, EU"),
    "places-of-a-topic": (TABLET, ("approved", "dose/youngest"), "✓ Label use: EU"),
    "not-by-a-journal-or-a-society": (TABLET, ("off-label",), "◐ Off-label"),
    "withdrawn-since": (
        FORMER,
        ("withdrawn",),
        "✕ Withdrawn: US",
    ),
    "limited-since": (SLUG, ("approved", "dose"), "✓ Label use: US, EU; but supply limited (US)"),
    "a-gap-holds-for-no-place": (TABLET, ("approved", "dose/dialysis"), "✓ Label use"),
}


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three fictional medicines."""
    return project_with_both(tmp_path_factory.mktemp("three"))


@pytest.mark.parametrize(("slug", "given", "words"), BADGES.values(), ids=BADGES.keys())
def test_a_badge_says_where_and_what_ended_since(three: Path, slug: str, given: tuple[str, ...], words: str) -> None:
    (badge,) = LexborHTMLParser(render.badge(desk(three, slug), *given)).css("a.badge")
    assert text(badge) == words


def test_a_badge_of_no_medicine_says_its_word_alone(three: Path) -> None:
    assert LexborHTMLParser(render.badge(Desk(desk(three).formulary), "approved")).body.text() == "✓ Label use"


@pytest.mark.parametrize("topic", ["storage", "monitoring"])
def test_a_badge_over_no_fact_of_its_use_is_refused(three: Path, topic: str) -> None:
    with pytest.raises(Refused, match=f"no fact matches {topic} approved; change the topic, jurisdiction or use, or delete the call"):
        render.badge(desk(three, TABLET), "approved", topic)
