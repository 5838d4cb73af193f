"""Regimens on pages: no place loses its dose, no figure stands without its group, a table by weight names its limit or is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.finding import Refused
from macros.formulary.load import load
from macros.render import macros as render
from macros.render.desk import Desk
from tests.conftest import SLUG, TODAY

DOSE = f"macros/data/{SLUG}/dose.yml"
FACT = """{name}:
  title: {title}
  topic: {topic}
  {value}
  use: {use}
  evidence: {evidence}
  jurisdictions: [{places}]
  sources:
    - {{source: {source}, grade: A}}
  checked: 2026-01-10
"""


def fact(name: str, value: str, **other: str) -> str:
    """A fact of dose.yml as an editor writes it."""
    given = {"title": "Fever", "topic": "dose", "use": "approved", "evidence": "label", "places": "US", "source": "exampla-label-us"}
    return FACT.format(name=name, value=value, **(given | other))


@pytest.fixture
def desk_with(project: Path, edit: Callable[[str, str, str], None]) -> Callable[..., Desk]:
    """A page of the fictional medicine with more facts in dose.yml."""

    def made(*facts: str) -> Desk:
        edit(DOSE, "strength:\n  title: Strength\n", "".join(facts) + "strength:\n  title: Strength\n")
        book, findings = load(project, TODAY)
        assert findings == []
        return Desk(book, SLUG)

    return made


def text(html: str) -> list[list[str]]:
    """The rows of the first table, each as what its cells say to the eye."""
    tree = LexborHTMLParser(html)
    for unseen in tree.css(".spoken, .cites"):
        unseen.decompose()
    return [[" ".join(cell.text(separator=" ").split()) for cell in row.css("th, td")] for row in tree.css("table tr")]


def test_a_dose_that_a_sentence_states_for_one_place_keeps_its_line_for_the_other(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(fact("food", "statement: Take {dose/standard} with food.", title="Food"))
    rows = text(render.table(desk, "dose/standard", "dose/food", caption="Dose", by="jurisdiction"))
    assert rows == [
        ["What", "United States", "European Union"],
        ["Dose", "4 × 10¹³ vg/kg as a single dose"],
        ["Food", "Take 4 × 10¹³ vg/kg as a single dose with food.", "–"],
    ]


CHILD = fact(
    "child",
    "regimen: {who: {measures: {age: 2 to below 12 years}}, route: oral, "
    "steps: [{amount: 15 mg/kg, every: 6 hours}], maximum: [1000 mg in a dose], rounding: down to 0.5 mL}",
)
LIQUID = fact("liquid", "strength: 24 mg in 1 mL", title="Liquid", topic="composition")


def test_a_table_by_weight_stops_at_the_maximum_and_names_it(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(CHILD, LIQUID)
    html = render.MACROS["dose_by_weight"](desk, "dose/child", 20, 120, 20, "dose/liquid", caption="Fever")
    assert text(html) == [
        ["Body weight (kg)", "Each dose (mg)", "In a day (mg)", "Each dose (mL of 24 mg in 1 mL)"],
        ["20", "300", "1,200", "12.5"],
        ["40", "600", "2,400", "25"],
        ["60", "900", "3,600", "37.5"],
        ["80", "996 (maximum)", "3,984", "41.5"],
        ["100", "996 (maximum)", "3,984", "41.5"],
        ["120", "996 (maximum)", "3,984", "41.5"],
    ]
    caption = LexborHTMLParser(html).css_first("caption").text()
    assert caption.replace("\u00a0", " ") == (
        "Fever (age 2 to below 12 years: 15 mg/kg every 6 hours, by mouth; rounded down to 0.5 mL; at most 1,000 mg in a dose, reached at about 66.7 kg)"
    )
    below = LexborHTMLParser(html).css_first("p.source").text().replace("\u00a0", " ")
    assert below.startswith("Computed from: Fever, US")


def test_each_strength_has_a_column_of_its_own(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(fact("daily", "regimen: {steps: [{amount: 12 mg/kg, every: 1 day}]}", title="Daily"), LIQUID, THICK)
    html = render.MACROS["dose_by_weight"](desk, "dose/daily", 35, 70, 35, "dose/liquid", "dose/thick", caption="Fever")
    assert text(html) == [
        ["Body weight (kg)", "Each dose (mg)", "In a day (mg)", "Each dose (mL of 24 mg in 1 mL)", "Each dose (mL of 70 mg in 1 mL)"],
        ["35", "420", "420", "17.5", "6"],
        ["70", "840", "840", "35", "12"],
    ]


NEEDED = fact(
    "needed",
    "regimen: {steps: [{amount: 15 mg/kg, every: 4 to 6 hours, as_needed: pain}], maximum: [1000 mg in a dose, 75 mg/kg in a day, 4 g in a day]}",
)


def test_what_is_taken_as_needed_is_told_as_the_most_of_a_day(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(NEEDED)
    html = render.MACROS["dose_by_weight"](desk, "dose/needed", 10, 90, 40, caption="Fever")
    assert text(html) == [
        ["Body weight (kg)", "Each dose (mg)", "At most in a day (mg)"],
        ["10", "150", "750 (maximum)"],
        ["50", "750", "3,750 (maximum)"],
        ["90", "1,000 (maximum)", "4,000 (maximum)"],
    ]
    assert text(render.table(desk, "dose/needed", caption="Fever", by="group"))[1:] == [
        [
            "Fever",
            "all whom it is for",
            "15 mg/kg every 4–6 hours as needed for pain; at most 1,000 mg in a dose, 75 mg/kg in a day and 4 g in a day US",
            "",
        ]
    ]


REFUSED = {
    "no-regimen": ("dose/liquid", [], "'dose/liquid' is no regimen, so no dose can be computed from it; write it as 'regimen:'"),
    "no-strength": ("dose/child", ["dose/liquid", "dose/child"], "'dose/child' is no strength; write it as 'strength: 250 mg in 5 mL'"),
    "research": ("dose/tried", [], f"'{SLUG}/dose/tried' is research, so no dose may be computed from it; delete the call"),
    "no-end": (
        "dose/thirds", ["dose/liquid"],
        "'dose/thirds' gives a figure that has to be rounded, and no rule of the label says how; write 'rounding:', or other weights",
    ),
    "rounded-apart": (
        "dose/child", ["dose/liquid", "dose/thick"],
        "'dose/child' is rounded to another dose with each strength; write a table for each of them",
    ),
}  # fmt: skip
THICK = fact("thick", "strength: 70 mg in 1 mL", title="Thick liquid", topic="composition")
THIRDS = fact("thirds", "regimen: {steps: [{amount: 10 mg/kg, every: 1 day}]}", title="Thirds")
TRIED = fact(
    "tried", "regimen: {steps: [{amount: 10 mg/kg, every: 1 day}]}", title="Tried",
    use="research", evidence="trial", places="global", source="exampla-trial",
)  # fmt: skip


@pytest.mark.parametrize(("name", "strengths", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_a_table_by_weight_that_cannot_be_computed_is_refused(
    desk_with: Callable[..., Desk], name: str, strengths: list[str], why: str
) -> None:
    desk = desk_with(CHILD, LIQUID, THICK, THIRDS, TRIED)
    with pytest.raises(Refused) as refused:
        render.MACROS["dose_by_weight"](desk, name, 20, 40, 10, *strengths, caption="Fever")
    assert str(refused.value) == why


def test_a_table_by_group_says_in_whom_and_the_whole_dose(desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(CHILD, fact("adult", "regimen: {who: {measures: {age: at least 12 years}}, withheld: avoid}"))
    assert text(render.table(desk, "dose/child", "dose/adult", caption="Fever", by="group")) == [
        ["For", "In whom", "Dose", "Source"],
        [
            "Fever",
            "age 2 to below 12 years",
            "15 mg/kg every 6 hours, by mouth; rounded down to 0.5 mL; at most 1,000 mg in a dose US",
            "",
        ],
        ["Fever", "age at least 12 years", "avoid US", ""],
    ]
