"""What is printed and written on: boxes, checks, a dose that two people work out, the rates of an infusion, reasons to call."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.finding import Refused
from macros.formulary.book import Formulary
from macros.formulary.load import load
from macros.render import macros as render, sheets
from macros.render.desk import Desk
from tests.conftest import MEDICINE, SLUG, TODAY

SECOND, THIRD = "etranacogene-dezaparvovec", "fidanacogene-elaparvovec"


def seen(html: str) -> LexborHTMLParser:
    """The HTML without what is only said aloud."""
    tree = LexborHTMLParser(html)
    for each in tree.css(".spoken"):
        each.decompose()
    return tree


def text(node: LexborNode) -> str:
    """What an element says to the eye."""
    return " ".join(node.text().split())


def cells(tree: LexborHTMLParser) -> list[list[str]]:
    """The rows of the tables, cell by cell."""
    return [[text(cell) for cell in row.css("th, td")] for row in tree.css("tr")]


def test_fields_are_boxes_with_names() -> None:
    assert [text(node) for node in seen(sheets.fields(None, "Patient", "Ward & room")).css(".fields > .field")] == [
        "Patient",
        "Ward & room",
    ]


def test_two_people_work_a_dose_out_and_sign(desk: Desk) -> None:
    made = sheets.worksheet(desk, "dose/standard", "dose/volume-per-kg", "dose/vial-volume", caption="Dose")
    assert cells(seen(made)) == [
        ["What", "Rule", "Worked out by", "Checked by", "In the table"],
        ["Total dose (vg)", "Body weight (kg) × 4 × 10¹³ vg/kg as a single dose US, EU [1, 2]", "", "", ""],
        ["Volume (mL)", "Body weight (kg) × 2 mL/kg US [1]", "", "", ""],
        ["Vials", "Volume of a vial: at least 10 mL US [1]", "", "", ""],
        ["Name, signature", "", "", "", ""],
    ]


def test_each_place_keeps_its_own_rule_in_the_row_of_the_dose(book: Formulary) -> None:
    made = sheets.worksheet(Desk(book, SECOND), "dose/standard", "dose/standard-elsewhere", "dose/volume-per-kg-eu", caption="Dose")
    (_, dose, volume, _) = cells(seen(made))
    assert (
        dose[0],
        dose[1].count("2 × 10¹³ gc/kg as a single dose, by intravenous infusion US ["),
        dose[1].count("2 × 10¹³ gc/kg as a single dose, by intravenous infusion EU ["),
    ) == (
        "Total dose (gc)",
        1,
        1,
    )
    assert volume[0] == "Volume before dilution (mL)"


def test_a_gap_has_a_row_by_its_title(book: Formulary) -> None:
    made = sheets.worksheet(Desk(book, SECOND), "dose/final-volume", caption="Dose")
    assert cells(seen(made))[1][0] == "Volume after dilution"


def test_a_dose_by_height_has_no_worksheet(book: Formulary) -> None:
    with pytest.raises(Refused, match="the dose depends on the height as well"):
        sheets.worksheet(Desk(book, THIRD), "dose/standard", caption="Dose")


def test_the_rates_have_room_for_the_clock(desk: Desk) -> None:
    assert cells(seen(sheets.rate_steps(desk, caption="Rates"))) == [
        ["Rate (US)", "Before the next step", "Started at", "Changed at", "Given at this rate (mL)"],
        ["1 mL/min [1]", "20 min, 20 mL", "", "", ""],
        ["2 mL/min [1]", "20 min, 40 mL", "", "", ""],
        ["3 mL/min [1]", "highest rate, to the end", "", "", ""],
        ["Other rate (mL/min):", "", "", "", ""],
    ]


def test_each_rate_leads_to_the_facts_that_it_rests_on(desk: Desk, project: Path) -> None:
    def facts(page: Desk) -> list[tuple[str, str]]:
        tree = seen(sheets.rate_steps(page, caption="Rates"))
        return [(str(node.attributes["data-fact"]).rpartition("/")[2], text(node)) for node in tree.css("[data-fact]")]

    first = [("infusion-start", "1 mL/min"), ("infusion-interval", "20 min, 20 mL")]
    assert facts(desk) == [*first, ("infusion-step", "2 mL/min"), ("infusion-max", "3 mL/min")]
    dose = project / "macros/data" / SLUG / "dose.yml"
    dose.write_text(dose.read_text("utf-8").replace("3 mL/min", "2 mL/min"), "utf-8")
    one_step = Desk(load(project, TODAY)[0], SLUG)
    assert facts(one_step) == [*first, ("infusion-max", "2 mL/min"), ("infusion-step", "2 mL/min")]


def test_each_step_keeps_its_condition(book: Formulary) -> None:
    rows = cells(seen(sheets.rate_steps(Desk(book, MEDICINE), caption="Rates")))
    assert [row[0].partition(" [")[0] for row in rows[1:]] == [
        "1 mL/min", "2 mL/min if tolerated", "3 mL/min if tolerated", "4 mL/min if tolerated", "Other rate (mL/min):",
    ]  # fmt: skip


def test_a_rate_that_is_not_known_to_rise_has_no_steps(book: Formulary) -> None:
    with pytest.raises(Refused, match=r"there are no rates that rise; write the times to fill in with fields\(\)"):
        sheets.rate_steps(Desk(book, SECOND), caption="Rates")


def test_checks_are_answered_by_no_or_yes(desk: Desk) -> None:
    tree = seen(sheets.checks(desk, "contraindication", caption="Does it speak against it?"))
    assert [text(node) for node in tree.css(".checks-caption, .checks > li")] == [
        "Does it speak against it?",
        "no yes Infection: Do not give during an active infection. US [1]",
    ]
    assert [node.attributes["data-fact"] for node in tree.css(".checks > li")] == [f"{SLUG}/safety/infection"]


def test_what_was_not_read_is_cleared_by_nobody(book: Formulary) -> None:
    tree = seen(sheets.checks(Desk(book, SECOND), "safety/contraindications-us", caption="Does it speak against it?"))
    assert [text(node) for node in tree.css(".checks > li")] == [
        "label read no yes Contraindications in the present US label: Not read by us yet (the present label): US package insert of "
        "Hemgenix (on the FDA's page of the product), section 4 US"
    ]


def test_in_brief_a_fact_keeps_its_note(book: Formulary) -> None:
    desk = Desk(book, MEDICINE)
    (whole,), (short,) = (seen(made(desk, "dose/infusion-rate-eu")).css("li") for made in (render.list_, sheets.brief))
    assert [text(each.css_first(".note")) for each in (whole, short)] == [
        "From a Chinese digest, which names no condition for a step. Check the rates in the SmPC."
    ] * 2


def test_the_table_to_check_against_has_each_weight_once_in_blocks(desk: Desk) -> None:
    tree = seen(sheets.check_table(desk, 40, 46, caption="Doses"))
    assert [[row[0] for row in cells(LexborHTMLParser(block.html))] for block in tree.css("table")] == [
        ["kg", "40", "41", "42"], ["kg", "43", "44", "45"], ["kg", "46"],
    ]  # fmt: skip
    assert [text(node) for node in tree.css("caption")] == ["40 to 42 kg", "43 to 45 kg", "46 to 46 kg"]
    assert [node.attributes["id"] for node in tree.css("tbody tr")] == [f"kg-{weight}" for weight in range(40, 47)]
    assert text(tree.css_first(".heads")) == "Doses. kg: body weight; mL: volume; vials; h:min: shortest infusion time, rounded up."
    assert cells(LexborHTMLParser(tree.css_first("table").html))[1] == ["40", "80", "8", "0:47"]  # 20 + 20 + 20 ÷ 3 min


def test_the_table_to_check_against_says_what_the_other_says(desk: Desk) -> None:
    rows = cells(seen(render.dose_table(desk, 40, 60, 1, caption="Doses")))
    assert rows[0] == ["Body weight (kg)", "Volume (mL)", "Vials", "Shortest infusion time, rounded up (h:min)"]
    assert [row for row in cells(seen(sheets.check_table(desk, 40, 60, caption="Doses"))) if row[0] != "kg"] == rows[1:]


def test_a_table_to_check_against_needs_a_caption(desk: Desk) -> None:
    with pytest.raises(Refused, match="the caption is empty"):
        sheets.check_table(desk, 40, 46, caption=" ")


EXAMPLES = {82: "1\u00a0h 47\u00a0min in all (rounded up).", 100: "2\u00a0h 0\u00a0min in all."}


@pytest.mark.parametrize(("weight", "ending"), EXAMPLES.items())
def test_the_example_says_where_it_rounded(book: Formulary, weight: int, ending: str) -> None:
    said = LexborHTMLParser(render.dose_example(Desk(book, MEDICINE), weight)).css_first("[data-computed]").text()
    assert said.endswith(ending)


def test_a_sheet_says_what_it_is(book: Formulary) -> None:
    tree = seen(sheets.imprint(Desk(book, MEDICINE, "../../../", site="Site"), "patient.md"))
    own = book.monographs[MEDICINE]
    assert text(tree.css_first(".imprint")) == (
        f"Roctavian (valoctocogene roxaparvovec). Data version {book.version}. Sources checked {own.checked.day} November 2026. "
        f"Not reviewed by a clinician. Sources and exact words: monographs/{MEDICINE}/patient/ (Site)."
    )
    assert tree.css_first("a").attributes["href"] == f"../../../monographs/{MEDICINE}/patient/"


def test_a_sheet_names_a_page_that_a_medicine_has(desk: Desk) -> None:
    with pytest.raises(Refused, match=r"a medicine has no page 'patients.md'; did you mean 'patient.md'\?"):
        sheets.imprint(desk, "patients.md")


def test_emergencies_stand_first_whatever_their_order(book: Formulary) -> None:
    tree = seen(sheets.urgent(Desk(book, MEDICINE), "advice/leg-clot", "advice/chest-pain", "advice/dark-urine"))
    assert [(text(level.css_first(".level-word")), [text(node) for node in level.css("li")]) for level in tree.css(".level")] == [
        ("Call the emergency number now", ["For chest pain, call the emergency number at once."]),
        (
            "Call your team at once, the same day at the latest",
            ["If a leg swells or hurts, call your team at once.", "If your urine turns dark, call your team at once."],
        ),
    ]
    assert [text(node) for node in tree.css(".general")] == ["General advice, not from the label:"]


def test_general_advice_beside_a_label_is_marked_in_its_level(book: Formulary) -> None:
    tree = seen(sheets.urgent(Desk(book, SECOND), "call"))
    assert [len(level.css(".general")) for level in tree.css(".level")] == [1, 1]
    assert text(tree.css_first("li")).startswith("Get help at once for signs of a blood clot.")


def test_what_says_nothing_of_its_urgency_is_refused(book: Formulary) -> None:
    with pytest.raises(Refused, match=r"'advice/blood-tests' does not say how urgent it is; show it with plain\(\)"):
        sheets.urgent(Desk(book, MEDICINE), "advice/blood-tests")


@pytest.mark.parametrize("slug", [MEDICINE, SECOND, THIRD])
def test_no_emergency_is_called_less(book: Formulary, slug: str) -> None:
    calls = [fact for fact in book.monographs[slug].about("call") if fact.urgency != "emergency"]
    # Each of them names whom to call, or the day; what says no more than "at once", or names the emergency number, is an emergency.
    assert [
        fact.id for fact in calls if not any(word in fact.statement.text for word in ("your team", "your doctor", "the same day"))
    ] == []
    assert [fact.id for fact in calls if "emergency" in fact.statement.text or "Call them" in fact.statement.text] == []


def test_a_panel_has_its_title(book: Formulary) -> None:
    tree = seen(sheets.panel(Desk(book, MEDICINE), "Do", "advice/blood-tests"))
    assert [text(node) for node in tree.css(".panel > .panel-title, .panel li")] == [
        "Do",
        "Go to every blood test, even when you feel well.",
    ]


def test_a_draft_has_a_worksheet_of_what_is_known(project: Path) -> None:
    path = project / f"macros/data/{SLUG}/dose.yml"
    path.write_text(path.read_text("utf-8").replace("amount: 2 × 10^13 vg/mL", "amount: 2 × 10^13 vg/vial"), "utf-8")
    rows = cells(seen(sheets.worksheet(Desk(load(project, TODAY)[0], SLUG), "dose/volume-per-kg", caption="Dose")))
    assert rows[1][0] == "Volume (mL)"
