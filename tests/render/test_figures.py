"""Figures from facts: what is drawn where, what shares a panel, what is refused; and those of the monograph as a reader gets them."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from jinja2 import Template
from selectolax.lexbor import LexborHTMLParser

from macros.finding import Refused
from macros.formulary.book import Formulary
from macros.formulary.load import load
from macros.formulary.values import Day
from macros.render import lanes, macros as render
from macros.render.desk import Desk
from macros.site import check
from tests.conftest import MEDICINE, ROOT, SLUG, TODAY

GOLDEN = ROOT / "tests/golden/figures.html"
RESULTS = f"macros/data/{SLUG}/outcomes.yml"
PAGE = f"docs/monographs/{SLUG}/index.md"


def before(**changed: str) -> str:
    """A second result beside the one of the fictional medicine, from the same report where nothing is changed."""
    fact = {
        "title": "Bleeding rate before treatment",
        "topic": "bleeding",
        "amount": "5.0 bleeds a year",
        "endpoint": "treated bleeds",
        "population": "adults with exampla disease",
        "n": "40",
        "time": "baseline",
        "statistic": "mean",
        "trial": "trials/example-1",
        "use": "approved",
        "evidence": "trial",
        "under": "indications/us",
        "jurisdictions": "[global]",
        "sources": "[{source: exampla-trial, grade: A}]",
        "checked": "2026-01-10",
    } | changed
    return "bleeding-before:\n" + "".join(f"  {key}: {value}\n" for key, value in fact.items() if value)


@pytest.fixture
def desk_with(project: Path) -> Callable[..., Desk]:
    """A page of the fictional medicine, to which a result was added."""

    def loaded(**changed: str) -> Desk:
        path = project / RESULTS
        path.write_text(path.read_text("utf-8") + before(**changed), "utf-8")
        return Desk(load(project, TODAY)[0], SLUG)

    return loaded


PAIR = ("outcomes/bleeding-before", "outcomes/bleeding-after")


def drawn(desk: Desk, kind: str, *ids: str) -> LexborHTMLParser:
    """The figure as a tree of elements."""
    return LexborHTMLParser(render.figure(desk, kind, *ids, caption="Caption"))


def panels(tree: LexborHTMLParser) -> list[list[str]]:
    """The facts of each panel."""
    return [[node.attributes["data-fact"].partition("/")[2] for node in each.css("[data-fact]")] for each in tree.css("svg")]


def test_the_whole_of_each_figure_of_the_fictional_medicine(desk_with: Callable[..., Desk], golden: Callable[[Path, str], str]) -> None:
    desk = desk_with()
    made = [
        render.figure(desk, "bars", *PAIR, caption="Bars"),
        render.figure(desk, "points", *PAIR, caption="Points"),
        render.figure(desk, "timeline", "authorization", "availability", caption="Events"),
    ]
    assert "".join(made) == golden(GOLDEN, "".join(made))


def test_bars_and_points_lie_where_their_values_say(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with()
    rects = [(node.attributes["x"], node.attributes["width"]) for node in drawn(desk, "bars", *PAIR).css("rect.bar")]
    circles = [node.attributes["cx"] for node in drawn(desk, "points", *PAIR).css("circle.point")]
    ends = [(node.attributes["x1"], node.attributes["x2"]) for node in drawn(desk, "points", *PAIR).css("line.interval")]
    assert rects == [("12", "304"), ("12", "73")]  # 5.0 and 1.2 of 5 over 304
    assert circles == ["316", "85"]
    assert ends == [("66.7", "103.2"), ("66.7", "66.7"), ("103.2", "103.2")]  # 0.9 to 1.5, with two caps


APART = {
    "same-report": ({}, 1, 1),
    "endpoint": ({"endpoint": "all bleeds"}, 2, 2),
    "population": ({"population": "children with exampla disease"}, 2, 2),
    "number": ({"n": "41"}, 2, 2),
    "number-not-given": ({"n": ""}, 2, 2),
    "assay": ({"assay": "chromogenic"}, 2, 2),
    "sources": ({"sources": "[{source: exampla-label-us, grade: A}]"}, 2, 2),
    "jurisdiction": ({"jurisdictions": "[US]"}, 2, 2),
    "statistic": ({"statistic": "median"}, 2, 1),
}


@pytest.mark.parametrize(("changed", "bars", "points"), APART.values(), ids=APART.keys())
def test_only_results_of_one_report_share_a_panel(desk_with: Callable[..., Desk], changed: dict[str, str], bars: int, points: int) -> None:
    desk = desk_with(**changed)
    assert (len(panels(drawn(desk, "bars", *PAIR))), len(panels(drawn(desk, "points", *PAIR)))) == (bars, points)


def test_panels_share_their_scale(desk_with: Callable[..., Desk]) -> None:
    tree = drawn(desk_with(endpoint="all bleeds"), "bars", *PAIR)
    ticks = [[node.text() for node in each.css("text.tick")] for each in tree.css("svg")]
    assert ticks == [["bleeds a year", "0", "1", "2", "3", "4", "5"]] * 2


def test_an_assay_that_only_some_reports_give_is_missed_in_words(desk_with: Callable[..., Desk]) -> None:
    tree = drawn(desk_with(assay="chromogenic"), "points", *PAIR)
    said = [[node.text() for node in each.css("text") if "assay" in node.text()] for each in tree.css("svg")]
    assert said == [["chromogenic assay"], ["assay not noted"]]


def test_nothing_joins_points(desk_with: Callable[..., Desk]) -> None:
    tree = drawn(desk_with(), "points", *PAIR)
    assert [node for node in tree.css("svg *") if node.tag in ("polyline", "polygon") or node.tag == "path"] == []
    assert {node.attributes["class"] for node in tree.css("line")} == {"axis", "grid", "interval"}


REFUSED = {
    "unlike-units": ({"amount": "83 %"}, "bars", PAIR, "unlike units can't share a scale: % and bleed a year; draw a figure for each"),
    "limit": (
        {"amount": "at most 5.0 bleeds a year"},
        "bars",
        PAIR,
        "'outcomes/bleeding-before' is no measured result from zero upwards, so it can't be drawn; name others",
    ),
    "below-zero": (
        {"amount": "-5.0 bleeds a year"},
        "points",
        PAIR,
        "'outcomes/bleeding-before' is no measured result from zero upwards, so it can't be drawn; name others",
    ),
    "no-result": (
        {},
        "bars",
        ("dose/standard",),
        "'dose/standard' is no measured result from zero upwards, so it can't be drawn; name others",
    ),
    "no-date": (
        {},
        "timeline",
        ("status/supply-eu",),
        "no event has a date, so there is no line of time; name events with dates, or write timeline()",
    ),
    "too-few-labels": (
        {},
        "gene-transfer",
        PAIR,
        "this drawing has 5 labels, not 2; name a fact for: vector, cargo, switch, cell, blood",
    ),
    "kind": ({}, "bar", PAIR, "unknown kind of figure 'bar'; did you mean 'bars'?"),
}


@pytest.mark.parametrize(("changed", "kind", "ids", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_refusal(desk_with: Callable[..., Desk], changed: dict[str, str], kind: str, ids: tuple[str, ...], message: str) -> None:
    desk = desk_with(**changed)
    with pytest.raises(Refused) as refused:
        drawn(desk, kind, *ids)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("text", "days"),
    [("2024-02-29", ("2024-02-29", "2024-02-29")), ("2024-02", ("2024-02-01", "2024-02-29")), ("2024", ("2024-01-01", "2024-12-31"))],
    ids=["day", "month", "year"],
)
def test_period(text: str, days: tuple[str, str]) -> None:
    assert tuple(day.isoformat() for day in lanes.period(Day(text))) == days


@pytest.mark.parametrize(
    ("places", "rows"),
    [([], []), ([10, 40], [0, 0]), ([10, 20, 30], [0, 1, 0]), ([10, 11, 12], [0, 1, 2])],
    ids=["none", "apart", "zigzag", "heap"],
)
def test_numbers_of_neighbors_stand_in_rows(places: list[int], rows: list[int]) -> None:
    assert lanes.rows_apart(places) == rows


def test_what_data_says_is_text(desk_with: Callable[..., Desk]) -> None:
    html = render.figure(desk_with(population='"people <b> & *so*"'), "bars", *PAIR, caption='<i> & "x"')
    tree = LexborHTMLParser(html)
    assert (tree.css("b, i"), "people <b> & *so*" in tree.css_first("svg").text()) == ([], True)
    assert tree.css_first("figcaption").text().startswith('<i> & "x"')


def test_a_figure_of_research_stands_in_its_block(project: Path, edit: Callable[[str, str, str], None], desk_with: Callable) -> None:
    desk_with(use="research", under="")
    call = '{{ figure("bars", "outcomes/bleeding-before", caption="Bleeding") }}\n\n{{ list("outcomes/bleeding-before") }}\n'
    edit(PAGE, "A fictional medicine.\n", f"A fictional medicine.\n\n{call}")
    rules = [finding.rule for finding in check.check(project, TODAY).findings if finding.file == PAGE]
    assert rules == ["research-marked", "research-marked"]


@pytest.fixture(scope="module")
def article(book: Formulary) -> str:
    """The figures of the real medicine, made by the calls on its page of results."""
    desk = Desk(book, MEDICINE)
    text = (ROOT / f"docs/monographs/{MEDICINE}/results.md").read_text("utf-8")
    calls = re.findall(r"\{\{ figure\(.*\) \}\}", text)
    assert len(calls) == 4
    return Template("".join(calls)).render(figure=partial(render.figure, desk))


def test_the_figures_of_the_monograph_are_drawn_by_classes_and_ids_of_their_own(article: str) -> None:
    tree = LexborHTMLParser(article)
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert tree.css("[style], style, script, [fill], [stroke]") == []
    assert len(ids) == len(set(ids)) == 2 * len(tree.css("svg"))
    assert [node for node in tree.css("svg") if node.attributes["aria-labelledby"] not in ids] == []
    assert [node for node in tree.css("svg") if not (node.css_first("title").text() and node.css_first("desc").text())] == []


def test_label_and_company_have_a_panel_each(article: str) -> None:
    bars, *_ = LexborHTMLParser(article).css(".figure")
    assert [[node.attributes["data-fact"].rpartition("/")[2] for node in each.css("[data-fact]")] for each in bars.css("svg")] == [
        ["fda-abr-before", "fda-abr-after"],
        ["abr-year-1-before", "abr-year-1-after"],
    ]


def test_the_words_of_the_schematic_are_words_of_facts(article: str, book: Formulary) -> None:
    *_, schematic, _ = LexborHTMLParser(article).css(".figure")
    said = {node.attributes["data-fact"]: " ".join(text.text() for text in node.css("text")) for node in schematic.css("g[data-fact]")}
    assert said == {name: book.facts[name].title for name in said}
    assert len(said) == len(schematic.css(".part"))
