"""Medicines side by side, doses by height, and the counts of facts: whole rows, made from two copies of the fictional medicine."""

import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.finding import Refused
from macros.formulary.load import load
from macros.render import comparison, counts, macros as render, reports, site_lists
from macros.render.desk import Desk
from tests.conftest import SLUG, TODAY

OTHER = "fictivagene-secundavec"


def fact(
    name: str,
    topic: str,
    value: str,
    use: str = "approved",
    *,
    places: str = "US",
    evidence: str = "label",
    grade: str = "A",
    more: str = "",
) -> str:
    """A fact as it stands in a data file; `more` are further lines of it, with \\n after each."""
    used = f"  use: {use}\n" if use else ""
    said = f"  evidence: {evidence}\n" if evidence else ""
    spoken = f"  jurisdictions: [{places}]\n" if places else ""
    cited = f"  sources:\n    - {{source: exampla-label-us, grade: {grade}}}\n" if evidence else ""
    return f"{name}:\n  title: {name}\n  topic: {topic}\n  {value}\n{more}{used}{said}{spoken}{cited}  checked: 2026-01-10\n"


def asked(*rows: str) -> str:
    """A comparisons.yml with these rows, each the keys and values of one, in one group."""
    lines = "".join(
        f"        row-{number}: {{question: Question {word}, {row}}}\n"
        for number, (word, row) in enumerate(zip("ABCDEF", rows, strict=False))
    )
    return (
        "side-by-side:\n  disease: exampla disease\n  caption: Medicines\n  reminder: Do not compare\n"
        f"  groups:\n    first:\n      title: First\n      rows:\n{lines}"
    )


@pytest.fixture
def desk(project: Path) -> Callable[..., Desk]:
    """A page of no medicine beside the fictional one and a copy of it; `added` comes to the copy's doses, `replaced` changes them.

    `rows` are those of the comparison, `file` is where what is added goes.
    """

    def loaded(
        added: str = "",
        replaced: tuple[str, str] = ("", ""),
        slug: str | None = None,
        rows: Sequence[str] = (),
        file: str = "dose",
    ) -> Desk:
        data = project / "macros/data" / OTHER
        shutil.copytree(project / "macros/data" / SLUG, data)
        medicine, changed = data / "medicine.yml", data / f"{file}.yml"
        medicine.write_text(
            re.sub(
                "inn: .*\nbrand: .*", "inn: fictivagene secundavec\nbrand: Secunda\nother_brands: [Secundex]", medicine.read_text("utf-8")
            ),
            "utf-8",
        )
        text = changed.read_text("utf-8")
        assert replaced[0] in text
        changed.write_text(text.replace(*replaced) + added, "utf-8")
        if rows:
            (project / "macros/data/comparisons.yml").write_text(asked(*rows), "utf-8")
        book, findings = load(project, TODAY)
        assert findings == []
        return Desk(book, slug)

    return loaded


def cell(node: LexborNode) -> str:
    """The text of a cell, its lines apart."""
    texts = [" ".join(each.text().split()) for each in node.css(".entry")] or [" ".join(node.text().split())]
    return " / ".join(texts)


def rows(html: str) -> dict[str, list[str]]:
    """The cells of each row by its head, as the eye sees them on a wide screen."""
    tree = LexborHTMLParser(html)
    for unseen in tree.css(".spoken, .cites, .of"):
        unseen.decompose()
    found = [[cell(each) for each in row.css("th, td")] for row in tree.css("tbody tr:not(.group)")]
    return {cells[0]: cells[1:] for cells in found}


def compared(desk: Callable[..., Desk], added: str, *rows_: str, file: str = "dose") -> list[str]:
    """What the row of a comparison says of the fictional medicine and of its copy, to which these facts come."""
    return next(iter(rows(comparison.compare(desk(added, rows=rows_, file=file), "side-by-side")).values()))


INFECTION = "US Do not give during an active infection."
ONCE = "".join(
    (
        fact("once", "dose", "terms: [once]"),
        fact("limit", "dose", "amount: at most 9 mL/kg"),
        fact("sentence", "dose", "statement: 'Give {dose/limit}.'"),
    )
)
ANSWERED = {
    "a-topic": ("show: [contraindication]", INFECTION, INFECTION),
    "with-titles": ("show: [contraindication], titled: true", f"US Infection: {INFECTION[3:]}", f"US Infection: {INFECTION[3:]}"),
    "a-fact-that-one-has": ("show: [dose/once]", "none noted", "US once"),
    "a-fact-of-one-medicine": (f"show: [{SLUG}/dose/standard]", "US, EU 4 × 10¹³ vg/kg", "none noted"),
    "a-figure-in-a-sentence": ("show: [dose/limit, dose/sentence]", "none noted", "US Give at most 9 mL/kg."),
    "events-and-what-overtook-them": (
        "show: [authorization, availability]",
        "US authorized 5 January 2024 / EU conditional authorization June 2024 / US supply limited 1 June 2025 / EU availability not known to us: Not found",
        "US authorized 5 January 2024 / EU conditional authorization June 2024 / US supply limited 1 June 2025 / EU availability not known to us: Not found",
    ),
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
        "Question A": ["none noted", "US once"],
        "Question B": ["US, EU 4 × 10¹³ vg/kg", "US, EU 4 × 10¹³ vg/kg / US Give at most 9 mL/kg."],
    }


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
    changed = ("  amount: 4 × 10^13 vg/kg\n  use: approved", "  amount: 4 × 10^13 vg/kg\n  use: research")
    with pytest.raises(Refused) as refused:
        comparison.compare(desk("", changed, rows=("volume_at: 70",)), "side-by-side")
    assert str(refused.value) == f"'{OTHER}/dose/standard' is research, so no dose may be computed from it; delete the call"


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
    odd = fact("odd", "dose", "statement: '<b>Give</b> *it* [once](x).'").replace("title: odd", "title: '<i>odd</i> `x`'")
    made = comparison.compare(desk(odd, rows=("show: [dose/odd], titled: true",)), "side-by-side")
    assert LexborHTMLParser(made).css("b, i, u") == []
    assert rows(made) == {"Question A": ["none noted", "US <i>odd</i> `x`: <b>Give</b> *it* [once](x)."]}


BRANDS = {
    "list-of-medicines": lambda desk: reports.REPORTS["medicines"](desk),
    "a-to-z": site_lists.a_to_z,
    "how-to-cite": lambda desk: reports.REPORTS["citation"](Desk(desk.formulary, OTHER)),
}


@pytest.mark.parametrize("made", BRANDS.values(), ids=BRANDS.keys())
def test_every_brand_is_named(desk: Callable[..., Desk], made: Callable[[Desk], str]) -> None:
    said = LexborHTMLParser(made(desk())).text()
    assert ("Secunda" in said, "Secundex" in said) == (True, True)
