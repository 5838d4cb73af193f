"""What stands between the title of a page and its text: names, status by place, check and review, supply, the medicine's pages."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.formulary.load import load
from macros.pages.files import TABS
from macros.render import macros as render
from macros.render.desk import Desk
from tests.conftest import SLUG, TODAY
from tests.formulary.test_ordinary_medicines import FORMER, TABLET, project_with_both

Edit = Callable[[str, str, str], None]
INDEX, SHEET, PATIENT, EVIDENCE = "index.md", "dose-sheet.md", "patient.md", "evidence.md"
STATUS = f"macros/data/{SLUG}/status.yml"
SAFETY = STATUS.replace("status", "safety")


def masthead(project: Path, slug: str | None = SLUG, page: str = INDEX, today: date | None = TODAY) -> LexborHTMLParser:
    """The head of a page, without what only a screen reader says."""
    book, findings = load(project, TODAY)
    assert findings == []
    path = f"monographs/{slug}/{page}" if slug else page
    desk = Desk(book, slug, "../../", today=today, path=path, pages=frozenset({INDEX, SHEET, EVIDENCE}))
    tree = LexborHTMLParser(render.MACROS["masthead"](desk))
    for unseen in tree.css(".spoken"):
        unseen.decompose()
    return tree


def said(tree: LexborHTMLParser, where: str) -> list[str]:
    """What these elements say, without their sources."""
    for unseen in tree.css(".cites"):
        unseen.decompose()
    return [" ".join(node.text().split()) for node in tree.css(where)]


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three fictional medicines."""
    return project_with_both(tmp_path_factory.mktemp("masthead"))


WHOLE = {
    "monograph": (
        SLUG,
        INDEX,
        [
            ("names", "Exampla · gene therapy · exampla disease"),
            ("checked", "Sources checked 10 January 2026. Clinical review: none yet."),
            ("li", "US authorized 5 January 2024"),
            ("li", "EU conditional authorization June 2024"),
            ("li", "CA, UK, CH labels not read by us"),
            ("availability", "Check supply first. US: supply limited (1 June 2025) . Supply by country"),
            ("li", "Monograph"),
            ("li", "Dose sheet"),
            ("li", "Evidence"),
        ],
    ),
    "another-page": (
        SLUG,
        EVIDENCE,
        [
            ("checked", "Sources checked 10 January 2026. Clinical review: none yet."),
            ("availability", "Check supply first. US: supply limited (1 June 2025) . Supply by country"),
            ("li", "Monograph"),
            ("li", "Dose sheet"),
            ("li", "Evidence"),
        ],
    ),
    "dose-sheet": (
        SLUG,
        SHEET,
        [
            ("checked", "Sources checked 10 January 2026. Clinical review: none yet."),
            ("li", "CA, UK, CH labels not read by us"),
            ("availability", "Check supply first. US: supply limited (1 June 2025) . Supply by country"),
            ("li", "Monograph"),
            ("li", "Dose sheet"),
            ("li", "Evidence"),
        ],
    ),
    "no-news-of-the-supply": (
        TABLET,
        EVIDENCE,
        [
            ("checked", "Sources checked 10 January 2026. Clinical review: none yet."),
            ("li", "Monograph"),
            ("li", "Dose sheet"),
            ("li", "Evidence"),
        ],
    ),
    "of-no-medicine": (None, INDEX, [("checked", "Sources checked 10 January 2026. Clinical review: none yet.")]),
}


@pytest.mark.parametrize(("slug", "page", "parts"), WHOLE.values(), ids=WHOLE.keys())
def test_whole_head(three: Path, slug: str | None, page: str, parts: list[tuple[str, str]]) -> None:
    tree = masthead(three, slug, page)
    kinds = [node.attributes.get("class") or node.tag or "" for node in tree.css("p, li")]
    assert list(zip(kinds, said(tree, "p, li"), strict=True)) == parts


# What is done to status.yml of the fictional medicine, and the chips that are then there, with their kind.
GRANTED_EU = "EU conditional authorization June 2024"
ENDED = """
withdrawn-us:
  title: Withdrawal
  topic: authorization
  event: withdrawn
  date: 2025-03-01
  jurisdictions: [US]
  sources:
    - {source: exampla-label-us, grade: A}
  checked: 2026-01-10
"""
CHIPS: dict[str, tuple[str, str, str, list[tuple[str, str]]]] = {
    "as-it-is": ("", "", "", [("granted", "US authorized 5 January 2024"), ("granted", GRANTED_EU)]),
    "withdrawn-since": ("", "", ENDED, [("ended", "US authorization withdrawn 1 March 2025"), ("granted", GRANTED_EU)]),
    "granted-again": (
        "date: 2024-01-05",
        "date: 2025-04-01",
        ENDED,
        [("granted", "US authorized 1 April 2025"), ("granted", GRANTED_EU)],
    ),
    "withdrawn-in-one-of-two-places": (
        "date: 2024-01-05\n  jurisdictions: [US]\n",
        "date: 2024-01-05\n  jurisdictions: [US, CA]\n",
        ENDED,
        [("ended", "US authorization withdrawn 1 March 2025"), ("granted", GRANTED_EU), ("granted", "CA authorized 5 January 2024")],
    ),
    "an-opinion-before-a-decision": (
        "event: conditional\n  date: 2024-06\n",
        "event: opinion\n  date: 2024-06\n",
        "",
        [("granted", "US authorized 5 January 2024"), ("told", "EU positive opinion of the EU's committee (CHMP) June 2024")],
    ),
    "an-opinion-after-which-one-came": (
        "approval-eu:\n",
        "opinion-eu:\n  title: Opinion\n  topic: authorization\n  event: opinion\n  date: 2024-04\n  jurisdictions: [EU]\n  sources:\n"
        "    - {source: exampla-label-eu, grade: B, locator: section 4.2}\n  checked: 2026-01-10\napproval-eu:\n",
        "",
        [("granted", "US authorized 5 January 2024"), ("granted", GRANTED_EU)],
    ),
    "a-condition": (
        "  date: 2024-01-05\n",
        "  date: 2024-01-05\n  condition: only in hospitals\n",
        "",
        [("granted", "US authorized only in hospitals 5 January 2024"), ("granted", GRANTED_EU)],
    ),
}


@pytest.mark.parametrize(("old", "new", "more", "chips"), CHIPS.values(), ids=CHIPS.keys())
def test_chips_say_what_holds_now(project: Path, edit: Edit, old: str, new: str, more: str, chips: list[tuple[str, str]]) -> None:
    if old:
        edit(STATUS, old, new)
    with (project / STATUS).open("a", encoding="utf-8") as status:
        status.write(more)
    tree = masthead(project)
    kinds = [(node.attributes["class"] or "").partition(" ")[2] for node in tree.css(".chips .chip")]
    assert list(zip(kinds, said(tree, ".chips > li:has(.chip)"), strict=True)) == chips


def test_places_of_which_no_label_was_read_are_named(project: Path, edit: Edit) -> None:
    edit(STATUS, "date: 2024-01-05\n  jurisdictions: [US]\n", "date: 2024-01-05\n  jurisdictions: [US, CA, UK, CH]\n")
    assert said(masthead(project), ".chips .nothing") == ["CA, UK, CH labels not read by us"]  # a decision is no label
    edit(
        SAFETY,
        "active infection.\n  evidence: label\n  jurisdictions: [US]",
        "active infection.\n  evidence: label\n  jurisdictions: [US, CA, UK, CH]",
    )
    assert said(masthead(project), ".chips .nothing") == []


def test_no_medicine_that_is_withdrawn_everywhere_is_called_authorized(three: Path) -> None:
    tree = masthead(three, FORMER)
    assert said(tree, ".chips > li:has(.chip)") == ["US authorization withdrawn 12 May 2011", "EU authorization withdrawn February 2011"]
    assert tree.css(".chip.granted") == []
    assert said(tree, ".availability > span") == [
        "US: authorization withdrawn (12 May 2011) .",
        "EU: authorization withdrawn (February 2011) .",
        "US, EU: discontinued (30 June 2011) .",
    ]


def test_each_chip_and_each_word_of_the_alert_names_its_fact_and_sources(three: Path) -> None:
    tree = masthead(three, FORMER)
    shown = [(node.attributes["data-fact"], bool(node.css_first(".cites a"))) for node in tree.css("[data-fact]")]
    assert shown == [
        (f"{FORMER}/status/{name}", True) for name in ("withdrawn-us", "withdrawn-eu", "withdrawn-us", "withdrawn-eu", "supply")
    ]


def test_patients_are_told_to_ask(three: Path) -> None:
    assert said(masthead(three, SLUG, PATIENT), ".availability-title") == ["Ask your team first if you can still get it."]


def test_patients_are_not_told_to_ask_for_what_nobody_can_get(project: Path, edit: Edit) -> None:
    edit(STATUS, "event: limited", "event: ended")
    assert said(masthead(project, SLUG, PATIENT), ".availability-title") == [
        "It can no longer be had. Ask your team what that means for you."
    ]


DUE = {
    "long-before": (date(2026, 1, 20), [], []),
    "soon": (date(2026, 6, 20), ["due-soon"], []),
    "on-the-day": (date(2026, 7, 10), ["due-soon"], []),
    "over": (date(2026, 7, 11), [], ["overdue"]),
    "without-a-day": (None, [], []),
}


@pytest.mark.parametrize(("today", "soon", "over"), DUE.values(), ids=DUE.keys())
@pytest.mark.parametrize("slug", [SLUG, None])
def test_a_check_that_is_due_is_said(three: Path, slug: str | None, today: date | None, soon: list[str], over: list[str]) -> None:
    tree = masthead(three, slug, today=today)
    assert [node.attributes["class"] for node in tree.css(".due-soon")] == soon
    assert [node.attributes["class"] for node in tree.css(".overdue")] == over


REVIEW = "reviews: [{name: A. Person, role: pharmacist, date: 2026-01-12}]\n"


ALIKE = """alike-{name}:
  title: {name}
  topic: look-alike
  terms: [{written}]
  jurisdictions: [US]
  sources:
    - {{source: exampla-label-us, grade: A}}
  checked: 2026-01-10
"""


@pytest.mark.parametrize(("page", "expected"), [(INDEX, 1), ("dose-sheet.md", 1), (PATIENT, 0)])
def test_names_that_look_alike_stand_in_a_line(project: Path, edit: Edit, page: str, expected: int) -> None:
    names = {"exampla": "exAMPla", "examplo": "exampLO", "exampli": "exampLI"}
    new = "".join(ALIKE.format(name=name, written=written) for name, written in names.items())
    edit(f"macros/data/{SLUG}/identity.yml", "inn:\n", f"{new}inn:\n")
    line = "Written: exAMPla US · Look-alike: exampLO US , exampLI US"
    assert said(masthead(project, page=page), ".look-alikes") == [line] * expected


def test_what_is_planned_is_no_day_on_which_it_happened(project: Path, edit: Edit) -> None:
    edit(STATUS, "  event: limited\n  date: 2025-06-01\n", "  event: end-of-supply-planned\n  planned: 2027-06\n")
    assert said(masthead(project), ".availability") == [
        "Check supply first. US: supply is to end (planned for June 2027) . Supply by country"
    ]


def test_a_plan_overtakes_nothing_that_happened(project: Path, edit: Edit) -> None:
    fact = "  jurisdictions: [US]\n  sources:\n    - {source: exampla-news, grade: B}\n  checked: 2026-01-10\n"
    ahead = f"ahead:\n  title: End\n  topic: availability\n  event: end-of-supply-planned\n  planned: 2027\n{fact}"
    edit(STATUS, "supply-us:\n", f"{ahead}supply-us:\n")
    line = "Check supply first. US: supply is to end (planned for 2027) . US: supply limited (1 June 2025) . Supply by country"
    assert said(masthead(project), ".availability") == [line]


def test_a_review_names_who_made_it(project: Path, edit: Edit) -> None:
    edit(f"macros/data/{SLUG}/medicine.yml", "reviews: []\n", REVIEW)
    tree = masthead(project)
    assert said(tree, ".checked") == ["Sources checked 10 January 2026. Clinical review: A. Person, pharmacist, 12 January 2026."]
    assert tree.css(".review.none") == []


def test_a_draft_says_so_on_each_page(project: Path, edit: Edit) -> None:
    edit(f"macros/data/{SLUG}/medicine.yml", "reviews: []\n", "reviews: []\ndraft: true\n")
    assert ["Draft: not for use." in said(masthead(project, SLUG, page), ".overdue")[0] for page in TABS] == [True] * len(TABS)


@pytest.mark.parametrize("page", [INDEX, EVIDENCE])
def test_tabs_lead_to_the_pages_that_there_are_and_mark_the_open_one(three: Path, page: str) -> None:
    links = masthead(three, SLUG, page).css("ul.tabs a")
    here = f"../../monographs/{SLUG}/"
    assert [(link.attributes["href"], "aria-current" in link.attributes) for link in links] == [
        (here, page == INDEX),
        (f"{here}dose-sheet/", False),
        (f"{here}evidence/", page == EVIDENCE),
    ]
