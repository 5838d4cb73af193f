"""Medicines side by side: whole rows, made from two copies of the fictional medicine."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.finding import Refused
from macros.render import comparison
from macros.render.desk import Desk
from tests.conftest import SLUG
from tests.support.two_medicines import OTHER, beside, compared, fact, rows


@pytest.fixture
def desk(project: Path) -> Callable[..., Desk]:
    """A page of no medicine beside the fictional one and a copy of it."""
    return beside(project)


INFECTION = "US Do not give during an active infection."
ONCE = "".join(
    (
        fact("once", "dose", "terms: [once]"),
        fact("limit", "dose", "amount: at most 9 mL/kg"),
        fact("sentence", "dose", "statement: 'Give {dose/limit}.'"),
        fact("short", "preparation", "statement: Give it once only.", more="  short: Once\n"),
    )
)
ANSWERED = {
    "a-topic": ("show: [contraindication]", INFECTION, INFECTION),
    "with-titles": ("show: [contraindication], titled: true", f"US Infection: {INFECTION[3:]}", f"US Infection: {INFECTION[3:]}"),
    "a-fact-that-one-has": ("show: [dose/once]", "–", "US once"),
    "a-fact-of-one-medicine": (f"show: [{SLUG}/dose/standard]", "US, EU 4 × 10¹³ vg/kg as a single dose", "–"),
    "a-figure-in-a-sentence": ("show: [dose/limit, dose/sentence]", "–", "US Give at most 9 mL/kg."),
    "events-and-what-overtook-them": (
        "show: [authorization, availability]",
        "US authorized 5 January 2024 / EU conditional authorization June 2024 / US supply limited 1 June 2025 / EU availability not known to us: Not found",
        "US authorized 5 January 2024 / EU conditional authorization June 2024 / US supply limited 1 June 2025 / EU availability not known to us: Not found",
    ),
    "in-short": ("show: [dose/short]", "–", "US Once"),
    "in-full": ("show: [dose/short], in_full: true", "–", "US Give it once only."),
    "official-alone": ("show: [bleeding, contraindication], evidence: official", INFECTION, INFECTION),
    "research-never": ("show: [research, contraindication]", INFECTION, INFECTION),
}


@pytest.mark.parametrize(("row", "first", "second"), ANSWERED.values(), ids=ANSWERED.keys())
def test_what_answers_a_question(desk: Callable[..., Desk], row: str, first: str, second: str) -> None:
    assert compared(desk, ONCE, row) == [first, second]


def test_a_topic_leaves_out_what_another_row_names_or_tells(desk: Callable[..., Desk]) -> None:
    page = desk(ONCE, rows=("show: [dose]", "show: [dose/standard, dose/sentence]"))
    found = rows(comparison.compare(page, "side-by-side"))
    assert found == {
        "Question A": ["–", "US once"],
        "Question B": ["US, EU 4 × 10¹³ vg/kg as a single dose", "US, EU 4 × 10¹³ vg/kg as a single dose / US Give at most 9 mL/kg."],
    }


def test_each_cell_begins_with_its_medicine_and_each_column_leads_to_its_monograph(desk: Callable[..., Desk]) -> None:
    tree = LexborHTMLParser(comparison.compare(desk(rows=("show: [dose]",)), "side-by-side"))
    assert [" ".join(each.text().split()) for each in tree.css("thead th")] == [
        "Do not compare",
        "Fictivagene examplavec Exampla · exampla disease",
        "Fictivagene secundavec Secunda, Secundex · exampla disease",
    ]
    assert [each.attributes["href"] for each in tree.css("thead a")] == [f"monographs/{SLUG}/", f"monographs/{OTHER}/"]
    assert [each.text() for each in tree.css("td > :first-child")] == ["Exampla", "Secunda, Secundex"]
    assert [(each.attributes["scope"], each.attributes.get("id")) for each in tree.css("tbody th")] == [
        ("rowgroup", "first"),
        ("row", "row-0"),
    ]


REFUSED = {
    "misspelt": ("side-by-sid", ("show: [dose]",), "unknown comparison 'side-by-sid'; did you mean 'side-by-side'?"),
    "none": ("side-by-side", (), "unknown comparison 'side-by-side'; there is none yet"),
}


@pytest.mark.parametrize(("name", "rows_", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_compare_refuses(desk: Callable[..., Desk], name: str, rows_: tuple[str, ...], message: str) -> None:
    with pytest.raises(Refused) as refused:
        comparison.compare(desk(rows=rows_), name)
    assert str(refused.value) == message


def test_many_medicines_scroll_beside_the_questions(desk: Callable[..., Desk]) -> None:
    page = desk(rows=("show: [dose]",))
    copies = {f"{OTHER}-{number}": replace(page.formulary.monographs[OTHER], slug=OTHER) for number in range(9)}
    many = Desk(replace(page.formulary, monographs=page.formulary.monographs | copies))
    narrow, wide = (LexborHTMLParser(comparison.compare(each, "side-by-side")).css_first(".matrix") for each in (page, many))
    assert narrow is not None
    assert wide is not None
    assert (narrow.attributes["class"], "tabindex" in narrow.attributes) == ("matrix", False)
    assert (wide.attributes["class"], wide.attributes["tabindex"], wide.attributes["role"]) == ("matrix matrix-wide", "0", "group")
    assert [len(row.css("th, td")) for row in wide.css("tr:not(.group)")] == [12, 12]


BMI = fact("highest-bmi", "dose", "amount: 30 kg/m²")
VOLUMES = {
    "plain": ("", ("", ""), "US 140 mL"),
    "diluted": (fact("dilution", "preparation", "statement: It is diluted."), ("", ""), "US 140 mL before dilution"),
    "up-to-a-limit": (BMI, ("", ""), "US 140 mL (for a body mass index up to 30 kg/m²)"),
    "in-another-unit": ("", ("amount: 2 × 10^13 vg/mL", "amount: 2 × 10^13 vg/vial"), "not computed"),
    "of-another-dose": ("", ("4 × 10^13 vg/kg", "2 × 10^13 vg/kg"), "US 70 mL"),
    "weak": (
        "",
        (
            "  amount: 2 × 10^13 vg/mL\n  evidence: label\n  jurisdictions: [US]\n  sources:\n    - {source: exampla-label-us, grade: A}",
            "  amount: 2 × 10^13 vg/mL\n  evidence: label\n  jurisdictions: [US]\n  sources:\n    - {source: exampla-label-us, grade: C}",
        ),
        "US 140 mL weak source, check before use",
    ),
}


@pytest.mark.parametrize(("added", "replaced", "second"), VOLUMES.values(), ids=VOLUMES.keys())
def test_volumes(desk: Callable[..., Desk], added: str, replaced: tuple[str, str], second: str) -> None:
    made = comparison.compare(desk(added, replaced, rows=("volume_at: 70",)), "side-by-side")
    assert rows(made) == {"Question A (70 kg)": ["US 140 mL", second]}


def test_a_volume_cites_what_it_is_computed_from_and_nothing_else(desk: Callable[..., Desk]) -> None:
    page = desk(rows=("volume_at: 70",))
    comparison.compare(page, "side-by-side")
    assert list(page.numbers) == ["exampla-label-us", "exampla-label-eu"]


def test_no_volume_is_computed_from_research(desk: Callable[..., Desk]) -> None:
    changed = ("once: true}]}\n  use: approved", "once: true}]}\n  use: research")
    with pytest.raises(Refused) as refused:
        comparison.compare(desk("", changed, rows=("volume_at: 70",)), "side-by-side")
    assert str(refused.value) == f"'{OTHER}/dose/standard' is research, so no dose may be computed from it; delete the call"


def test_what_data_says_is_text(desk: Callable[..., Desk]) -> None:
    odd = fact("odd", "dose", "statement: '<b>Give</b> *it* [once](x).'").replace("title: odd", "title: '<i>odd</i> `x`'")
    made = comparison.compare(desk(odd, rows=("show: [dose/odd], titled: true",)), "side-by-side")
    assert LexborHTMLParser(made).css("b, i, u") == []
    assert rows(made) == {"Question A": ["–", "US <i>odd</i> `x`: <b>Give</b> *it* [once](x)."]}
