"""From a spot on a rendered page back to the line of its source."""

import pytest

from macros.finding import Spot
from macros.pages.markdown import parse
from macros.site.preview import line_of

PAGE = parse(
    """---
title: A page
---
# A page

Give 12 mg to adults.
Give 12 mg to children.

Write `12 mg` never.

It is approved.
""",
    "a.md",
)
# A fact of two calls, of which the second shows it twice, and a link that a macro wrote.
ORIGINS = {"x/dose": [4, 9, 9], "../b/": [5]}
SPOTS = {
    "the-page": (Spot(), 4),
    "fact": (Spot(fact="x/dose"), 4),
    "fact-again": (Spot(fact="x/dose", nth=1), 9),
    "fact-once-more": (Spot(fact="x/dose", nth=2), 9),
    "fact-more-often-than-it-was-called": (Spot(fact="x/dose", nth=7), 9),
    "fact-that-no-macro-wrote": (Spot(fact="x/name"), 4),
    "link-that-a-macro-wrote": (Spot(text="../b/"), 5),
    "number": (Spot(text="12", near="Give 12 mg"), 6),
    "number-near-other-words": (Spot(text="12", near="Give 12 mg to children."), 7),
    "text": (Spot(text="approved"), 11),
    "text-in-code-only": (Spot(text="12 mg` never"), 9),
    "text-that-is-nowhere": (Spot(text="twelve"), 4),
    "text-that-is-nowhere-near-words-that-are": (Spot(text="twelve", near="Give twelve to children."), 7),
}


@pytest.mark.parametrize(("spot", "line"), SPOTS.values(), ids=SPOTS.keys())
def test_line(spot: Spot, line: int) -> None:
    assert line_of(PAGE, ORIGINS, ("AAV5",), spot) == line


def test_the_page_as_a_whole_when_it_has_no_text() -> None:
    assert line_of(parse("---\ntitle: A page\n---\n", "a.md"), {}, (), Spot()) == 3
