"""Facts as a list: warnings first, what is shared once, each fact with what is its own, other gaps in a line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.finding import Refused
from macros.formulary.load import load
from macros.render import macros as render
from macros.render.desk import Desk
from tests.conftest import SLUG, TODAY

Edit = Callable[[str, str, str], None]
MORE = """
{name}:
  title: {name}
  topic: {topic}
  {value}
  jurisdictions: [{place}]
  checked: 2026-01-10
"""
LABEL = "evidence: label\n  sources:\n    - {source: exampla-label-us, grade: A}"
LABEL_EU = "evidence: label\n  sources:\n    - {source: exampla-label-eu, grade: B, locator: section 4.2}"
PART = "{passages: [{source: exampla-label-eu, part: section 6.4}]}"


@pytest.fixture
def desk(project: Path) -> Desk:
    """A page of the fictional medicine, which has more warnings, contraindications and gaps."""
    more = [
        ("Heart", "warning", f"statement: Watch the heart.\n  {LABEL}", "US"),
        ("Lungs", "warning", f"statement: Watch the lungs.\n  condition: in adults\n  {LABEL}", "US"),
        ("Skin", "warning", f"statement: Watch the skin.\n  note: It can redden.\n  {LABEL}", "US"),
        ("Eyes", "warning", f"statement: Watch the eyes.\n  {LABEL_EU}", "EU"),
        ("Ears", "warning", f"not_read: {PART}", "EU"),
        ("Pregnancy", "contraindication", f"not_read: {PART}", "EU"),
    ]
    with (project / f"macros/data/{SLUG}/safety.yml").open("a", encoding="utf-8") as safety:
        for name, topic, value, place in more:
            safety.write(MORE.format(name=name, topic=topic, value=value, place=place).replace(f"\n{name}:", f"\n{name.lower()}:", 1))
    book, findings = load(project, TODAY)
    assert findings == []
    return Desk(book, SLUG)


def parts(html: str) -> list[tuple[str, str]]:
    """Each part of a list, by its class or its element, with what it says to the eye."""
    tree = LexborHTMLParser(html)
    for unseen in tree.css(".spoken"):
        unseen.decompose()
    return [(node.attributes.get("class") or node.tag or "", " ".join(node.text().split())) for node in tree.css("p, li")]


def test_whole_list(desk: Desk) -> None:
    assert parts(render.list_(desk, "warning", "contraindication")) == [
        ("gap-loud", "Pregnancy: Not read by us yet. EU Product information of Exampla (fictional), section 6.4"),
        ("shared", "US unless marked"),
        ("li", "Heart: Watch the heart. [1]"),
        ("li", "Lungs: Watch the lungs. in adults [1]"),
        ("li", "Skin: Watch the skin. It can redden. [1]"),
        ("li", "Eyes: Watch the eyes. EU [2]"),
        ("li", "Infection: Do not give during an active infection. [1]"),
        ("gaps", "Not read by us yet (EU label section 6.4): Ears (EU)."),
    ]


def test_what_agrees_still_stands_in_the_item(desk: Desk) -> None:
    heard = LexborHTMLParser(render.list_(desk, "warning")).css("li .spoken.agrees .where")
    assert [node.text() for node in heard] == ["US", "US", "US"]


def test_a_list_of_gaps_has_no_items(desk: Desk) -> None:
    assert parts(render.list_(desk, "storage", "safety/ears")) == [
        ("gaps", "Not read by us yet (EU label section 6.4): Storage (EU); Ears (EU).")
    ]


def test_a_topic_leaves_out_what_the_page_said_above(desk: Desk) -> None:
    render.fact(desk, "safety/heart")
    assert [said.partition(":")[0] for kind, said in parts(render.list_(desk, "warning")) if kind == "li"] == ["Lungs", "Skin", "Eyes"]


def test_a_fact_that_is_named_is_said_again(desk: Desk) -> None:
    render.fact(desk, "safety/heart")
    assert [kind for kind, _ in parts(render.list_(desk, "safety/heart"))] == ["li"]


def test_a_topic_that_is_said_already_is_refused(desk: Desk) -> None:
    render.list_(desk, "warning")
    with pytest.raises(Refused, match="all about warning is said above already; delete the call, or name other topics"):
        render.list_(desk, "warning")


# What fact() leaves out is said below, so a fact that has it is not counted as said.
MORE_TO_SAY = {
    "number-interval-and-statistic": "outcomes/bleeding-after",
    "note": "safety/skin",
}


@pytest.mark.parametrize("name", MORE_TO_SAY.values(), ids=MORE_TO_SAY.keys())
def test_what_a_sentence_leaves_out_is_told_in_the_list(desk: Desk, name: str) -> None:
    topic = desk.fact(name).topic
    render.fact(desk, name)
    shown = LexborHTMLParser(render.list_(desk, topic)).css("li")
    assert f"{SLUG}/{name}" in [node.attributes["data-fact"] for node in shown]
