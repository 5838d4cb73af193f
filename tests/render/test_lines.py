"""Which facts share a line where medicines stand side by side, and which must not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.render import comparison
from macros.render.desk import Desk
from tests.support.two_medicines import OTHER, beside, compared, fact


@pytest.fixture
def desk(project: Path) -> Callable[..., Desk]:
    """A page of no medicine beside the fictional one and a copy of it."""
    return beside(project)


def two(value: str, other: str = "", *, topic: str = "dose", same: dict[str, str] | None = None, **how: str) -> str:
    """Two facts in a row: the first in the US, the other in the EU, which differs by its value or by what is said of it."""
    shared = {"use": "approved"} | (same or {})
    first = fact("one", topic, value, **shared)
    return first + fact("two", topic, other or value, **({"places": "EU"} | shared | how)).replace("title: two", "title: one")


GIVE = "statement: Give it once."
UNREAD = "not_read: {passages: [{source: exampla-label-us}]}"
OF_GAP = {"same": {"evidence": ""}}
JOINED = {
    "same-words": (two(GIVE), "US, EU Give it once."),
    "same-short-words": (
        two("statement: Give it once only.", GIVE, same={"more": "  short: Once\n"}),
        "US, EU Once",
    ),
    "other-words": (two(GIVE, "statement: Give it twice."), "US Give it once. / EU Give it twice."),
    "other-dose": (two("amount: 2 mL/kg", "amount: 3 mL/kg"), "US 2 mL/kg / EU 3 mL/kg"),
    "same-dose-on-a-condition": (two("amount: 2 mL/kg", more="  condition: in adults\n"), "US 2 mL/kg / EU 2 mL/kg in adults"),
    "same-dose-on-another-condition": (
        fact("one", "dose", "amount: 2 mL/kg", more="  condition: in adults\n")
        + fact("two", "dose", "amount: 2 mL/kg", places="EU", more="  condition: if tolerated\n"),
        "US 2 mL/kg in adults / EU 2 mL/kg if tolerated",
    ),
    "same-dose-on-the-same-condition": (
        two("amount: 2 mL/kg", same={"more": "  condition: in adults\n"}),
        "US, EU 2 mL/kg in adults",
    ),
    "other-evidence": (two(GIVE, evidence="regulator"), "US Give it once. / EU Give it once."),
    "not-the-label": (two(GIVE, evidence="company"), "US Give it once. / EU Give it once. company report, not label"),
    "weak-in-one": (two(GIVE, grade="C"), "US Give it once. / EU Give it once. weak source, check before use"),
    "weak-in-both": (two(GIVE, same={"grade": "C"}), "US, EU Give it once. weak source, check before use"),
    "other-use": (two(GIVE, topic="preparation", use=""), "US Give it once. / EU Give it once."),
    "no-place": (two(GIVE, topic="preparation", places=""), "US Give it once. / Give it once."),
    "gaps": (two(UNREAD, **OF_GAP), "US, EU Not read by us yet"),
    "gaps-of-two-kinds": (
        two(UNREAD, "silent: {passages: [{source: exampla-label-us}]}", **OF_GAP),
        "US Not read by us yet / EU Silent",
    ),
    "a-gap-beside-a-value": (two(GIVE, UNREAD, evidence=""), "US Give it once. / EU Not read by us yet"),
    "what-is-missing-beside-the-rest": (
        fact("one", "dose", GIVE) + fact("two", "dose", UNREAD.replace("]}", "], only: how often}"), evidence=""),
        "US Give it once. / US Not read by us yet (how often)",
    ),
    "what-is-missing-without-the-rest": (
        two(GIVE, UNREAD.replace("]}", "], only: how often}"), evidence=""),
        "US Give it once. / EU Not read by us yet",
    ),
}


@pytest.mark.parametrize(("added", "lines"), JOINED.values(), ids=JOINED.keys())
def test_lines_are_joined_only_if_nothing_but_place_and_source_tells_them_apart(desk: Callable[..., Desk], added: str, lines: str) -> None:
    assert compared(desk, added, "show: [dose/one, dose/two]")[1] == lines


def result(name: str, value: str, time: str, **other: str) -> str:
    """A result as it stands in outcomes.yml."""
    said = {"endpoint": "bleeds", "population": "adults", "statistic": "mean"} | {
        key: each for key, each in other.items() if key not in ("places", "evidence")
    }
    more = "".join(f"  {key}: {each}\n" for key, each in said.items())
    how = {"places": other.get("places", "US"), "evidence": other.get("evidence", "label")}
    return fact(name, "bleeding", f"amount: {value} bleeds a year", more=f"{more}  time: {time}\n", **how)


BEFORE = result("one", "5", "before")
RESULTS = {
    "of-the-same": (result("two", "2", "year 1"), "US one: 5 bleeds a year (before); two: 2 bleeds a year (year 1) bleeds; adults; mean"),
    "of-others": (
        result("two", "2", "year 1", population="men"),
        "US one: 5 bleeds a year (before) bleeds; adults; mean / US two: 2 bleeds a year (year 1) bleeds; men; mean",
    ),
    "of-another-endpoint": (
        result("two", "2", "year 1", endpoint="treated bleeds"),
        "US one: 5 bleeds a year (before) bleeds; adults; mean / US two: 2 bleeds a year (year 1) treated bleeds; adults; mean",
    ),
    "of-another-statistic": (
        result("two", "2", "year 1", statistic="median"),
        "US one: 5 bleeds a year (before) bleeds; adults; mean / US two: 2 bleeds a year (year 1) bleeds; adults; median",
    ),
    "elsewhere": (
        result("two", "2", "year 1", places="EU"),
        "US one: 5 bleeds a year (before) bleeds; adults; mean / EU two: 2 bleeds a year (year 1) bleeds; adults; mean",
    ),
    "not-of-the-label": (
        result("two", "2", "year 1", evidence="trial"),
        "US one: 5 bleeds a year (before) bleeds; adults; mean / US two: 2 bleeds a year (year 1) bleeds; adults; mean trial report, not label",
    ),
}


@pytest.mark.parametrize(("other", "lines"), RESULTS.values(), ids=RESULTS.keys())
def test_results_stand_behind_one_another_only_if_they_are_results_of_the_same(desk: Callable[..., Desk], other: str, lines: str) -> None:
    assert compared(desk, BEFORE + other, "show: [outcomes/one, outcomes/two], titled: true", file="outcomes")[1] == lines


def test_each_fact_of_a_joined_line_and_its_sources_are_in_it(desk: Callable[..., Desk]) -> None:
    added = fact("one", "dose", GIVE) + fact("two", "dose", GIVE, places="EU").replace("label-us", "label-eu")
    entry = LexborHTMLParser(comparison.compare(desk(added, rows=("show: [dose/one, dose/two]",)), "side-by-side")).css_first(".entry")
    assert entry is not None
    assert entry.attributes["data-fact"] == f"{OTHER}/dose/one"
    assert [each.attributes["data-fact"] for each in entry.css("span[data-fact]")] == [f"{OTHER}/dose/two"]
    assert [link.attributes["data-source"] for link in entry.css("a[data-source]")] == ["exampla-label-us", "exampla-label-eu"]
