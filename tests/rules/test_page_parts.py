"""Rules on what a page must hold: its frame, the card, the words of each drawing."""

from pathlib import Path

import pytest

from tests.support.broken import Case, Edit, broken, cases_of, found
from tests.support.small_pages import LIST, judged

CASES = cases_of("page_parts")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fault(project: Path, edit: Edit, case: Case) -> None:
    assert found(broken(project, edit, case)) == case["findings"].splitlines()


PARTS = {
    "availability": '<div class="availability"></div>',
    "h1": "<h1>Title</h1>",
    "checked": '<p class="checked">Checked.</p>',
    "names": '<p class="names">Exampla</p><ul class="chips"><li>US</li></ul>',
    "due": '<p class="due-soon">Soon.</p>',
    "overdue": '<div class="overdue"><p>Over.</p></div>',
    "text": "<p>Text.</p>",
    "heading": "<h2>Heading</h2>",
    "sources": LIST,
    "colophon": '<div class="colophon"><p class="checked">Checked.</p></div>',
}


def lacks(what: str) -> str:
    return f"page-furnished: the page lacks {what}; write it on a line of its own"


BANNER = "page-furnished: the alert on supply must stand below the title, above all other text; write {{ masthead() }} there"
FURNITURE = {
    "all": ("h1 names checked availability sources colophon", []),
    "nearly-due": ("h1 names checked due availability text sources colophon", []),
    "overdue": ("h1 names checked overdue availability text sources colophon", []),
    "text-above-the-alert": ("h1 names checked text availability sources colophon", [BANNER]),
    "heading-above-the-alert": ("h1 names checked heading availability sources colophon", [BANNER]),
    "heading-above-all": ("h1 heading checked availability sources colophon", [lacks("{{ masthead() }} below the title"), BANNER]),
    "nothing": (
        "",
        [
            lacks("{{ masthead() }} below the title"),
            lacks("{{ sources() }} near its end"),
            lacks("{{ colophon() }} as its last line"),
            lacks("a title '# …'"),
            BANNER,
        ],
    ),
    "no-availability": ("h1 checked sources colophon", [BANNER]),
    "no-title": ("checked availability sources colophon", [lacks("a title '# …'")]),
    "no-checked": ("h1 availability sources colophon", [lacks("{{ masthead() }} below the title")]),
    "no-sources": ("h1 checked availability colophon", [lacks("{{ sources() }} near its end")]),
    "no-colophon": ("h1 checked availability sources", [lacks("{{ colophon() }} as its last line")]),
}


def test_a_page_of_a_medicine_is_not_named_after_another() -> None:
    parts = "".join(PARTS[name] for name in ("availability", "checked", "sources", "colophon"))
    found = judged(PARTS["availability"] + "<h1>Zetafix</h1>" + parts.removeprefix(PARTS["availability"]), monograph="x")
    assert found == ["page-furnished: the title names 'zetafix', which is another medicine; write the names of this one"]


def test_a_name_within_one_of_its_own_is_no_other_medicine() -> None:
    parts = "".join(PARTS[name] for name in ("checked", "availability", "sources", "colophon"))
    assert judged(f"<h1>Exampla with Zetafix</h1>{parts}", monograph="x") == []


@pytest.mark.parametrize(("parts", "expected"), FURNITURE.values(), ids=FURNITURE.keys())
def test_page_of_a_medicine(parts: str, expected: list[str]) -> None:
    assert judged("".join(PARTS[name] for name in parts.split()), monograph="x") == expected


def test_a_medicine_without_news_of_its_supply_needs_no_banner() -> None:
    assert judged("".join(PARTS[name] for name in ("h1", "checked", "sources", "colophon")), monograph="y") == []


def test_a_page_of_no_medicine_needs_no_furniture() -> None:
    assert judged("<p>Text.</p>") == []
