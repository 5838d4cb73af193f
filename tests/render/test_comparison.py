"""Medicines side by side, doses by height, and the counts of facts: whole rows, made from two copies of the fictional medicine."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.finding import Refused
from macros.formulary.load import load
from macros.render import counts, macros as render, reports, site_lists
from macros.render.desk import Desk
from tests.conftest import SLUG, TODAY

OTHER = "fictivagene-secundavec"
DISEASE = "exampla disease"


def fact(name: str, topic: str, value: str, use: str = "approved") -> str:
    """A fact of the label as it stands in a data file."""
    return (
        f"{name}:\n  title: {name}\n  topic: {topic}\n  {value}\n  use: {use}\n  evidence: label\n  jurisdictions: [US]\n"
        "  sources:\n    - {source: exampla-label-us, grade: A}\n  checked: 2026-01-10\n"
    )


@pytest.fixture
def desk(project: Path) -> Callable[..., Desk]:
    """A page of no medicine beside the fictional one and a copy of it; `added` comes to the copy's doses, `replaced` changes them."""

    def loaded(added: str = "", replaced: tuple[str, str] = ("", ""), slug: str | None = None) -> Desk:
        data = project / "macros/data" / OTHER
        shutil.copytree(project / "macros/data" / SLUG, data)
        medicine, dose = data / "medicine.yml", data / "dose.yml"
        medicine.write_text(
            re.sub(
                "inn: .*\nbrand: .*", "inn: fictivagene secundavec\nbrand: Secunda\nother_brands: [Secundex]", medicine.read_text("utf-8")
            ),
            "utf-8",
        )
        text = dose.read_text("utf-8")
        assert replaced[0] in text
        dose.write_text(text.replace(*replaced) + added, "utf-8")
        book, findings = load(project, TODAY)
        assert findings == []
        return Desk(book, slug)

    return loaded


def rows(html: str) -> dict[str, list[str]]:
    """The cells of each row by its head, as the eye sees them."""
    tree = LexborHTMLParser(html)
    for unseen in tree.css(".spoken, .cites"):
        unseen.decompose()
    found = [[" ".join(cell.text().split()) for cell in row.css("th, td")] for row in tree.css("tbody tr")]
    return {cells[0]: cells[1:] for cells in found}


FIRST, SECOND = "fictivagene examplavec (Exampla)", "fictivagene secundavec (Secunda and Secundex)"
INFECTION = "Infection (US): Do not give during an active infection."
BLEEDS = (
    "Bleeding rate after treatment (worldwide): 1.2 bleeds a year treated bleeds; adults with exampla disease; n = 40; year 1; "
    "mean; 95% CI 0.9–1.5 trial report, not label"
)
ONCE = "".join(
    (
        fact("once", "dose", "terms: [once]"),
        fact("limit", "dose", "amount: at most 9 mL/kg"),
        fact("sentence", "dose", "statement: 'Give {dose/limit}.'"),
    )
)
APPROVALS = ["Approval (US): authorized; 5 January 2024 Approval (EU): conditional authorization; June 2024"]
COMPARED = {
    "a-topic": (("contraindication",), {}, [INFECTION], [INFECTION]),
    "a-fact-that-one-has": (("dose/once",), {}, ["none noted"], ["once (US): once"]),
    "a-result-from-elsewhere": (("bleeding",), {"evidence": "other"}, [BLEEDS], [BLEEDS]),
    "a-figure-in-a-sentence": (("dose/limit", "dose/sentence"), {}, ["none noted"], ["sentence (US): Give at most 9 mL/kg."]),
    "an-event": (("authorization",), {}, APPROVALS, APPROVALS),
}


@pytest.mark.parametrize(("what", "how", "first", "second"), COMPARED.values(), ids=COMPARED.keys())
def test_compare(desk: Callable[..., Desk], what: tuple[str, ...], how: dict[str, str], first: list[str], second: list[str]) -> None:
    made = render.MACROS["compare"](desk(ONCE), *what, disease=DISEASE, caption="Caption", **how)
    assert rows(made) == {FIRST: first, SECOND: second}


NOT_COMPARED = {
    "nothing": ((), {}, "no fact matches nothing; name topics or facts that may stand outside a block"),
    "research": (("research",), {}, "no fact matches research; name topics or facts that may stand outside a block"),
    "nothing-official": (
        ("bleeding",),
        {"evidence": "official"},
        "no fact matches bleeding official; name topics or facts that may stand outside a block",
    ),
    "misspelt": (("bleding",), {}, "no fact and no topic is called 'bleding'; did you mean 'bleeding'?"),
    "evidence": (("bleeding",), {"evidence": "others"}, "unknown evidence 'others'; did you mean 'other'? or leave it out"),
    "a-part-of-a-word": (("bleeding",), {"disease": "exam"}, "no medicine is for 'exam'; "),
    "no-disease": (("bleeding",), {"disease": ""}, "no medicine is for ''; "),
}


@pytest.mark.parametrize(("what", "how", "message"), NOT_COMPARED.values(), ids=NOT_COMPARED.keys())
def test_compare_refuses(desk: Callable[..., Desk], what: tuple[str, ...], how: dict[str, str], message: str) -> None:
    with pytest.raises(Refused) as refused:
        render.MACROS["compare"](desk(), *what, **({"disease": DISEASE, "caption": "Caption"} | how))
    assert str(refused.value).startswith(message)


BMI = fact("highest-bmi", "dose", "amount: 30 kg/m²")
VOLUMES = {
    "plain": ("", ("", ""), "140 mL"),
    "diluted": (fact("dilution", "preparation", "statement: It is diluted."), ("", ""), "140 mL before dilution"),
    "up-to-a-limit": (BMI, ("", ""), "140 mL (for a body mass index up to 30 kg/m²)"),
    "in-another-unit": ("", ("amount: 2 × 10^13 vg/mL", "amount: 2 × 10^13 vg/vial"), "not computed"),
    "of-another-dose": ("", ("4 × 10^13 vg/kg", "2 × 10^13 vg/kg"), "70 mL"),
}


@pytest.mark.parametrize(("added", "replaced", "second"), VOLUMES.values(), ids=VOLUMES.keys())
def test_compare_volumes(desk: Callable[..., Desk], added: str, replaced: tuple[str, str], second: str) -> None:
    made = render.MACROS["compare_volumes"](desk(added, replaced), 70, disease=DISEASE, caption="Caption")
    assert rows(made) == {FIRST: ["140 mL"], SECOND: [second]}


def test_a_volume_cites_what_it_is_computed_from_and_nothing_else(desk: Callable[..., Desk]) -> None:
    page = desk()
    render.MACROS["compare_volumes"](page, 70, disease=DISEASE, caption="Caption")
    assert list(page.numbers) == ["exampla-label-us", "exampla-label-eu"]


NO_VOLUMES = {
    "nobody": ("", ("", ""), 0, "nobody weighs 0 kg; write a whole number from 1 to 500"),
    "too-heavy": ("", ("", ""), 501, "nobody weighs 501 kg; write a whole number from 1 to 500"),
    "research": (
        "",
        ("  amount: 4 × 10^13 vg/kg\n  use: approved", "  amount: 4 × 10^13 vg/kg\n  use: research"),
        70,
        f"'{OTHER}/dose/standard' is research, so no dose may be computed from it; delete the call",
    ),
}


@pytest.mark.parametrize(("added", "replaced", "weight", "message"), NO_VOLUMES.values(), ids=NO_VOLUMES.keys())
def test_compare_volumes_refuses(desk: Callable[..., Desk], added: str, replaced: tuple[str, str], weight: int, message: str) -> None:
    with pytest.raises(Refused) as refused:
        render.MACROS["compare_volumes"](desk(added, replaced), weight, disease=DISEASE, caption="Caption")
    assert str(refused.value) == message


def test_a_table_without_a_caption_is_refused(desk: Callable[..., Desk]) -> None:
    with pytest.raises(Refused, match="the caption is empty; write in a few words what the table shows"):
        render.MACROS["compare_volumes"](desk(), 70, disease=DISEASE, caption="")


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


def test_the_page_gives_the_counts_of_every_medicine(root: Path) -> None:
    book = load(root, TODAY.max)[0]
    columns = [dict(counts.counts(book, monograph)) for monograph in book.monographs.values()]
    assert rows(reports.REPORTS["stats"](Desk(book, None))) == {what: [str(column[what]) for column in columns] for what in columns[0]}


def test_what_data_says_is_text(desk: Callable[..., Desk]) -> None:
    page = desk(fact("odd", "dose", "statement: '<b>Give</b> *it* [once](x).'").replace("title: odd", "title: '<i>odd</i> `x`'"))
    made = render.MACROS["compare"](page, "dose/odd", disease=DISEASE, caption="<u>C</u>")
    assert LexborHTMLParser(made).css("b, i, u") == []
    assert rows(made)[SECOND] == ["<i>odd</i> `x` (US): <b>Give</b> *it* [once](x)."]


BRANDS = {
    "list-of-medicines": lambda desk: reports.REPORTS["medicines"](desk),
    "a-to-z": site_lists.a_to_z,
    "how-to-cite": lambda desk: reports.REPORTS["citation"](Desk(desk.formulary, OTHER)),
}


@pytest.mark.parametrize("made", BRANDS.values(), ids=BRANDS.keys())
def test_every_brand_is_named(desk: Callable[..., Desk], made: Callable[[Desk], str]) -> None:
    said = LexborHTMLParser(made(desk())).text()
    assert ("Secunda" in said, "Secundex" in said) == (True, True)
