"""The forms of a checklist, row by row: of the fictional medicine as a whole, of the real ones what must never be lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.finding import Refused
from macros.formulary.book import Formulary
from macros.formulary.load import load
from macros.render.desk import Desk
from macros.render.macros import MACROS
from tests.conftest import SLUG, TODAY
from tests.support.small_forms import CHECKLIST


@pytest.fixture
def made(project: Path) -> Callable[..., list[list[str]]]:
    """The caption and all rows of a macro's tables, for the fictional medicine with this checklist."""

    def rows(macro: str, text: str = CHECKLIST) -> list[list[str]]:
        (project / "macros/data" / SLUG / "checklist.yml").write_text(text, "utf-8")
        book, findings = load(project, TODAY)
        assert findings == []
        return table(MACROS[macro](Desk(book, SLUG)))

    return rows


def table(html: str) -> list[list[str]]:
    """The caption and all rows of the tables, as the eye sees them where there are columns; the class of a row before its head."""
    tree = LexborHTMLParser(html)
    for unseen in tree.css(".spoken, .cites"):
        unseen.decompose()
    found = []
    for each in tree.css("caption, tr"):
        cells = [" ".join(cell.text(separator=" ").split()) for cell in each.css("th, td")] or [" ".join(each.text().split())]
        found.append([*filter(None, [each.attributes.get("class")]), *cells])
    return found


def test_what_stands_where_follows_from_the_facts(made: Callable[..., list[list[str]]]) -> None:
    caption, *rows = made("checklist")
    assert caption[0].startswith("Eligibility checklist. A tick says that it was asked, not that treatment is allowed.")
    assert rows == [
        ["Ask and test", "US", "EU", "Not the label", "Result, date"],
        [
            "Infection",
            "Contraindications: Do not give during an active infection.",
            "nothing read",
            "Yellow eyes: Call at once if the eyes turn yellow. general advice, not from the label",
            "",
        ],
        [
            "Nausea",
            "12% weak source, check before use",
            "common Overdose: Silent",
            "nothing read",
            "",
        ],
        ["Dose", "4 × 10¹³ vg/kg as a single dose", "nothing read", ""],
    ]


def test_a_calendar_says_in_each_row_whose_rule_it_is(made: Callable[..., list[list[str]]]) -> None:
    caption, head, rules, before, *visits, after = made("calendar")
    assert (caption, head) == (["Monitoring calendar, counted from the infusion"], ["When", "Date", "Liver enzymes", "Initials"])
    said = "US: Liver enzymes: every week until 26 weeks after the infusion, then less often EU: Not read by us yet"
    assert rules == ["rules", "Whose rule, and when", "", said, ""]
    assert before == ["Before treatment", "", "baseline", ""]
    assert visits == [[f"Week {week}", "", "US", ""] for week in range(1, 27)]
    assert after == ["After year 1", "", "US (less often)", ""]


def test_a_label_that_was_not_read_comes_before_all_others(made: Callable[..., list[list[str]]]) -> None:
    assert made("actions") == [
        ["What to do when a test is abnormal"],
        ["Whose rule", "When to act", "Rate"],
        ["US: label or regulator", "Infection: Do not give during an active infection.", "Highest rate: 3 mL/min"],
        ["loud", "EU: label or regulator", "Check the label first. Silent"],
        ["EU: label or regulator", "nothing read", "Nausea: common"],
        [
            "General: not the label",
            "Yellow eyes: Call at once if the eyes turn yellow. general advice, not from the label",
            "nothing read",
        ],
    ]


def test_an_example_says_by_which_threshold(made: Callable[..., list[list[str]]]) -> None:
    assert made("cases") == [
        ["Example, no patient: A fast infusion (rate 4 mL/min)"],
        ["Whose rule", "Does it apply?", "What it says to do"],
        ["loud", "EU: label or regulator", "Silent: Check the label first.", "nothing read"],
        [
            "US: label or regulator",
            "Highest rate: The rule applies. rate 4 mL/min against 3 mL/min : yes",
            "Infection: Do not give during an active infection.",
        ],
        [
            "US: label or regulator",
            "Infection: The rule names no threshold.",
            "Infection: Do not give during an active infection.",
        ],
    ]


ROWS = CHECKLIST.partition("calendar:")[0]


@pytest.mark.parametrize("macro", ["calendar", "actions", "cases"])
def test_a_part_that_a_checklist_lacks_is_refused(made: Callable[..., list[list[str]]], macro: str) -> None:
    with pytest.raises(Refused, match=f"the checklist of this medicine has no '{macro}:'"):
        made(macro, ROWS)


def test_a_medicine_without_a_checklist_has_no_form(project: Path) -> None:
    with pytest.raises(Refused, match=r"this medicine has no checklist; write checklist\.yml"):
        MACROS["checklist"](Desk(load(project, TODAY)[0], SLUG))


CALENDARS = {
    "valoctocogene-roxaparvovec": {
        "Week 9": ["EU; not label: US, expert panel", "–", "–", "–"],
        "Week 26": ["EU; not label: US, expert panel", "–", "–", "not label: expert panel, expert review"],
        "Week 27": ["not label: expert panel", "–", "–", "–"],
        "Month 15": ["EU (less often); not label: expert panel", "–", "–", "–"],
        "After year 5": [
            "EU (less often); not label: expert panel (every 3–6 months)",
            "US (every year; weak source)",
            "not label: expert panel (every year)",
            "not label: expert panel (every 6 months), expert review (every 6 months)",
        ],
    },
    "etranacogene-dezaparvovec": {
        "Week 9": ["EU, CH; not label: US", "–"],
        "Week 26": ["EU", "–"],
        "Year 5": ["EU", "EU"],
        "After year 5": ["EU (at least until then)", "EU (at least until then)"],
    },
    "fidanacogene-elaparvovec": {
        "Week 17": ["US", "–"],
        "Week 24": ["US", "–"],
        "Year 5": ["US", "US"],
        "Month 66": ["US", "–"],
        "After year 6": ["US (every year)", "no rule in what we read"],
    },
}


@pytest.mark.parametrize("slug", CALENDARS)
def test_the_calendars_of_the_real_medicines(book: Formulary, slug: str) -> None:
    found = {cells[0]: cells[2:-1] for cells in table(MACROS["calendar"](Desk(book, slug))) if len(cells) > 2}
    assert {name: found.get(name) for name in CALENDARS[slug]} == CALENDARS[slug]


@pytest.mark.parametrize("slug", CALENDARS)
def test_what_was_not_read_of_a_label_is_loud_in_each_table_on_a_finding(book: Formulary, slug: str) -> None:
    for macro in ("actions", "cases"):
        rows = table(MACROS[macro](Desk(book, slug)))
        heads = [number for number, cells in enumerate(rows) if cells[0] == "Whose rule"]
        assert [rows[number + 1][0] for number in heads] == ["loud"] * len(heads)
        assert all("Check the label first." in " ".join(rows[number + 1]) for number in heads)


BESIDE = {
    "etranacogene-dezaparvovec": ("Fit for", "nothing read Not the label: US: A payer asks for a plan for corticosteroids when ALT rises payer's criteria, not label"),
    "fidanacogene-elaparvovec": ("Willing to", "nothing read Not the label: worldwide: Follow-up announced by the company: 15 years company report, not label"),
}  # fmt: skip


@pytest.mark.parametrize("slug", BESIDE)
def test_what_is_not_the_label_has_its_name_where_other_places_share_its_column(book: Formulary, slug: str) -> None:
    rows = table(MACROS["checklist"](Desk(book, slug)))
    assert rows[1][-2].endswith("; not the label")
    asked, said = BESIDE[slug]
    assert [cells[-2] for cells in rows if cells[0].startswith(asked)] == [said]


@pytest.mark.parametrize("slug", CALENDARS)
def test_every_fact_of_the_checklist_stands_in_its_form(book: Formulary, slug: str) -> None:
    tree = LexborHTMLParser(MACROS["checklist"](Desk(book, slug)))
    told = {each.attributes["data-fact"] for each in tree.css("td .entry[data-fact]")}
    own = book.monographs[slug].checklist
    assert own
    assert {f"{slug}/{name}" for question in own.rows.values() for name in question.facts} - told == set()
