"""Rules on the cards at the top of a monograph: what an editor gets wrong, and all that is found."""

from pathlib import Path

import pytest

from macros.rules.cards import cards_first
from tests.support.broken import DATA, Case, Edit, broken, cases_of, found
from tests.support.small_pages import KNOWN, page

CASES = cases_of("cards")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fault(project: Path, edit: Edit, case: Case) -> None:
    assert found(broken(project, edit, case)) == case["findings"].splitlines()


def test_a_draft_may_lack_cards(project: Path, edit: Edit) -> None:
    edit(f"{DATA}/medicine.yml", "reviews: []\n", "reviews: []\ndraft: true\n")
    edit(f"{DATA}/cards.yml", "do-not-give:\n  facts: [safety/infection]\n", "")
    assert [finding for finding in found(project) if "cards-whole" in finding] == []


CARDS = '<div class="cards"></div>'
PAGES = {
    "first": (f"<h1>X</h1><p>Names.</p>{CARDS}<h2>A</h2>", True),
    "without-a-heading-below": (f"<h1>X</h1>{CARDS}", True),
    "none": ("<h1>X</h1><h2>A</h2>", False),
    "below-a-heading": (f"<h1>X</h1><h2>A</h2>{CARDS}", False),
    "twice": (f"<h1>X</h1>{CARDS}{CARDS}<h2>A</h2>", False),
    "again-below": (f"<h1>X</h1>{CARDS}<h2>A</h2>{CARDS}", False),
    "in-a-block": (f'<h1>X</h1><div class="admonition research">{CARDS}</div>', False),
}


@pytest.mark.parametrize(("html", "right"), PAGES.values(), ids=PAGES.keys())
def test_cards_open_the_monograph(html: str, right: bool) -> None:
    opened = page(html, "x", "docs/monographs/x/index.md", "monographs/x/index.html")
    assert [finding.message for finding in cards_first.find(opened, KNOWN)] == (
        [] if right else ["the cards don't open the monograph; write {{ cards() }} once, above the first heading '## …'"]
    )


@pytest.mark.parametrize("address", ["monographs/x/evidence/index.html", "x/compare/index.html"])
def test_no_other_page_needs_cards(address: str) -> None:
    assert list(cards_first.find(page("<h1>X</h1><h2>A</h2>", "x", "docs/a.md", address), KNOWN)) == []
