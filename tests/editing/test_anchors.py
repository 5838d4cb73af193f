"""Places that people link to: each that was ever public is still there; that the list of them is whole, test_derived.py says."""

import pytest

from macros.editing import anchors
from macros.pages.files import medicine_of
from macros.pages.html import Html
from macros.site.check import Checked
from tests.conftest import ROOT

KNOWN = {name for path in (ROOT / anchors.FOLDER).iterdir() for name in path.read_text("utf-8").split()}


def test_no_place_is_lost(checked: Checked) -> None:
    lost = KNOWN - anchors.public((address, each.landing) for address, each in checked.previews.items())
    assert sorted(lost) == [], "give the heading its old name back: ## Heading { #old-name }"


def page(html: str) -> Html:
    """A page of this body."""
    return Html("a/index.html", "a.md", f"<body>{html}</body>", None, lambda spot: 1)


PUBLIC = {
    "heading": ('<h2 id="dosage">Dosage</h2>', {"a/index.html#dosage"}),
    "row": ('<table><tr id="kg-82"><td>1</td></tr></table>', {"a/index.html#kg-82"}),
    "number-of-a-source": ('<ol class="sources"><li id="source-4">x</li></ol>', set()),
    "part-of-a-drawing": ('<svg><title id="figure-a-b-1-title">x</title></svg>', set()),
    "no-name": ('<p id="">x</p>', set()),
}


@pytest.mark.parametrize(("html", "expected"), PUBLIC.values(), ids=PUBLIC.keys())
def test_public(html: str, expected: set[str]) -> None:
    assert anchors.public([("a/index.html", page(html).landing)]) == expected


def test_a_part_of_a_list_holds_no_place_to_link_to() -> None:
    """It has other entries, or is no more, when the list grows; a list of all of them would be larger than a file may be."""
    assert anchors.public([("lists/sources/a/index.html", page('<h2 id="a">A</h2>').landing)]) == set()


def test_renewing_adds_and_never_drops() -> None:
    assert (
        anchors.renewed("a/index.html#old\n", [("a/index.html", page('<h2 id="new">New</h2>').landing)])
        == "a/index.html#new\na/index.html#old\n"
    )


def test_no_list_is_made_of_nothing() -> None:
    assert anchors.renewed("", [("a/index.html", page("<p>x</p>").landing)]) is None


def test_each_place_stands_in_the_list_of_its_medicine() -> None:
    for path in (ROOT / anchors.FOLDER).iterdir():
        slugs = {medicine_of(name.partition("#")[0]) for name in path.read_text("utf-8").split()}
        assert {anchors.path_of(slug).name for slug in slugs} == {path.name}
