"""Doses by height, and what is said of several medicines: whole rows, made from two copies of the fictional medicine."""

from collections.abc import Callable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.formulary.load import load
from macros.render import counts, macros as render, reports, site_lists
from macros.render.desk import Desk
from tests.conftest import SLUG, TODAY
from tests.support.two_medicines import OTHER, beside, fact, rows


@pytest.fixture
def desk(project: Path) -> Callable[..., Desk]:
    """A page of no medicine beside the fictional one and a copy of it."""
    return beside(project)


BMI = fact("highest-bmi", "dose", "amount: 30 kg/m²")
# Worked out by hand: at most 30 kg/m² × 1.5² m² = 67.5 kg count at 150 cm, 30 × 1.6² = 76.8 kg at 160 cm; 2 mL/kg.
BY_HEIGHT = {
    "66": ["132", "132"],
    "67": ["134", "134"],
    "68": ["135 (for 67.5 kg)", "136"],
    "69": ["135 (for 67.5 kg)", "138"],
}


def test_doses_by_height(desk: Callable[..., Desk]) -> None:
    made = render.dose_table_by_height(desk(BMI, slug=OTHER), 66, 69, 1, 150, 160, 10, caption="Caption")
    head = [cell.text() for cell in LexborHTMLParser(made).css("thead th")]
    assert head == ["Body weight (kg)", "Height 150\u00a0cm: volume (mL)", "Height 160\u00a0cm: volume (mL)"]
    assert rows(made) == BY_HEIGHT


def test_the_counts_of_a_medicine(desk: Callable[..., Desk]) -> None:
    book = desk().formulary
    found = dict(counts.counts(book, book.monographs[SLUG]))
    assert {what: number for what, number in found.items() if number} == {
        "all facts": 26,
        "gap: not read by us yet": 1,
        "gap: silent": 1,
        "gap: not found": 2,
        "use: Approved": 9,
        "use: Off-label": 1,
        "use: Research only": 1,
        "use: none, a fact of the product": 15,
        "best grade: A": 16,
        "best grade: B": 4,
        "best grade: C": 1,
        "best grade: none, general advice or a gap": 5,
        "speaks for: United States": 15,
        "speaks for: European Union": 6,
        "speaks for: worldwide": 2,
    }


def test_of_more_medicines_than_a_page_is_wide_the_counts_stand_together(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "_MOST", 5)
    book = load(root, TODAY.max)[0]
    columns = [dict(counts.counts(book, monograph)) for monograph in book.monographs.values()]
    html = reports.REPORTS["stats"](Desk(book, None))
    assert [cell.text() for cell in LexborHTMLParser(html).css("thead th")] == ["What is counted", "all medicines"]
    together = {what: [str(sum(column[what] for column in columns))] for what in columns[0]}
    assert rows(html) == {"medicines": [str(len(columns))], **together}


def test_the_page_gives_the_counts_of_every_medicine(root: Path) -> None:
    book = load(root, TODAY.max)[0]
    columns = [dict(counts.counts(book, monograph)) for monograph in book.monographs.values()]
    assert rows(reports.REPORTS["stats"](Desk(book, None))) == {what: [str(column[what]) for column in columns] for what in columns[0]}


BRANDS = {
    "list-of-medicines": lambda desk: reports.REPORTS["medicines"](desk),
    "a-to-z": site_lists.a_to_z,
    "how-to-cite": lambda desk: reports.REPORTS["citation"](Desk(desk.formulary, OTHER)),
}


@pytest.mark.parametrize("made", BRANDS.values(), ids=BRANDS.keys())
def test_every_brand_is_named(desk: Callable[..., Desk], made: Callable[[Desk], str]) -> None:
    said = LexborHTMLParser(made(desk())).text()
    assert ("Secunda" in said, "Secundex" in said) == (True, True)
