"""The list of medicines, the register of research, the records of changes, A to Z, evidence by section: what each says, whole."""

from collections.abc import Callable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.formulary.load import load
from macros.render import changed, evidence, finder, reference, research, site_lists
from macros.render.desk import Desk
from tests.conftest import SLUG, TODAY

DATA = f"macros/data/{SLUG}"
Append = Callable[[str, str], Desk]


@pytest.fixture
def with_more(project: Path) -> Append:
    """A page of no medicine of the small project, to one of whose files something was added."""

    def loaded(file: str = "status", added: str = "") -> Desk:
        path = project / DATA / f"{file}.yml"
        path.write_text(path.read_text("utf-8") + added, "utf-8")
        book, findings = load(project, TODAY)
        assert findings == []
        return Desk(book)

    return loaded


def event(name: str, kind: str, topic: str, place: str, day: str, more: str = "") -> str:
    """A fact of status.yml as it is written."""
    return (
        f"{name}:\n  title: {name}\n  topic: {topic}\n  event: {kind}\n  date: {day}\n  jurisdictions: [{place}]\n"
        f"  sources:\n    - {{source: exampla-label-us, grade: A}}\n  checked: 2026-01-10\n{more}"
    )


def cells(html: str) -> list[list[list[tuple[str, str]]]]:
    """Of each row the chips of each column by their class and their words."""
    tree = LexborHTMLParser(html)
    for unseen in tree.css(".spoken"):
        unseen.decompose()
    return [
        [
            [
                ((each.attributes["class"] or "").removeprefix("chip "), " ".join(each.text().split()))
                for each in cell.css("a, span.nothing")
            ]
            for cell in row.css("td:has(ul.chips)")
        ]
        for row in tree.css("tbody tr")
    ]


US, EU = (
    [("alert", "! Supply limited June 2025"), ("granted", "✓ Authorized 2024")],
    [
        ("granted", "✓ Conditional 2024"),
        ("unknown", "? Availability not known"),
    ],
)
NONE = [("nothing", "not read by us")]
EVENTS = {
    "as-it-is": ("", [US, EU, NONE]),
    "ended": (
        event("over", "withdrawn", "authorization", "EU", "2025-01-02"),
        [US, [("ended", "✕ Authorization withdrawn January 2025"), EU[1]], NONE],
    ),
    "ended-in-one-of-the-others": (
        event("ca", "full", "authorization", "CA, CH", "2024-02-01") + event("over", "withdrawn", "authorization", "CH", "2025-01-02"),
        [
            US,
            EU,
            [
                ("ended", "✕ CH: authorization withdrawn January 2025"),
                ("granted", "✓ CA: authorized 2024"),
                ("nothing", "UK: not read by us"),
            ],
        ],
    ),
    "in-all-of-the-others": (
        event("rest", "marketed", "availability", "CA, UK, CH", "2024-02-01"),
        [US, EU, [("told", "Marketed February 2024")]],
    ),
    "opinion-before-the-decision": (event("opinion", "opinion", "authorization", "EU", "2024-05-01"), [US, EU, NONE]),
    "opinion-after-the-decision": (
        event("opinion", "opinion", "authorization", "EU", "2025-05-01"),
        [US, [*EU, ("told", "Positive opinion of the EU's committee May 2025")], NONE],
    ),
    "on-the-market-before-the-warning": (event("sold", "marketed", "availability", "US", "2024-03-01"), [US, EU, NONE]),
    "on-a-condition": (
        event("short", "limited", "availability", "CH", "2025-03-01", "  condition: (two hospitals only)\n".replace("two", "some")),
        [US, EU, [("alert", "! CH: supply limited (some hospitals only) March 2025"), ("nothing", "CA, UK: not read by us")]],
    ),
}


@pytest.mark.parametrize(("added", "expected"), EVENTS.values(), ids=EVENTS.keys())
def test_events_stand_in_their_columns_warnings_first(with_more: Append, added: str, expected: list[list[tuple[str, str]]]) -> None:
    assert cells(finder.medicines(with_more("status", added))) == [expected]


def test_each_chip_leads_to_where_its_event_is_told(with_more: Append) -> None:
    chips = LexborHTMLParser(finder.medicines(with_more())).css("a.chip")
    assert [(each.attributes["data-fact"], each.attributes["href"]) for each in chips] == [
        (f"{SLUG}/status/{name}", f"monographs/{SLUG}/#availability") for name in ("supply-us", "approval-us", "approval-eu", "supply-eu")
    ]


def test_a_row_names_the_medicine_and_leads_on(with_more: Append) -> None:
    desk = with_more("medicine", 'shortcuts:\n  - {word: Dosage, to: "#dosage"}\n  - {word: Print, to: "dose-sheet.md#kg-50"}\n')
    row = LexborHTMLParser(finder.medicines(desk)).css_first("tbody tr")
    assert row is not None
    links = [(a.text(), a.attributes["href"]) for a in row.css("th a, .shortcuts a")]
    home = f"monographs/{SLUG}/"
    assert links == [("Fictivagene examplavec", home), ("Dosage", f"{home}#dosage"), ("Print", f"{home}dose-sheet/#kg-50")]
    assert [row.css_first(kind).text() for kind in (".brands", ".diseases")] == ["Exampla", "exampla disease"]  # type: ignore[union-attr]


def record(name: str, day: str, kind: str) -> str:
    """A record of changes.yml as it is written."""
    return f'{name}:\n  date: {day}\n  kind: {kind}\n  reason: About {name}.\n  facts: "000000000000"\n'


RECORDS = {
    "none": ("", "none."),
    "other-facts": (record("other", "2026-01-12", "significant"), "none."),
    "wording": (record("words", "2026-01-12", "editorial"), "none."),
    "lately": (record("dose", "2026-01-12", "dose"), "Exampla (12 January 2026)."),
    "the-last-of-several": (
        record("dose", "2026-01-12", "dose") + record("more", "2026-01-13", "removed"),
        "Exampla (13 January 2026).",
    ),
    "on-the-first-day": (
        record("dose", "2025-10-14", "dose") + record("w", "2026-01-12", "editorial"),
        "Exampla (14 October 2025).",
    ),
    "a-day-before": (record("dose", "2025-10-13", "dose") + record("w", "2026-01-12", "editorial"), "none."),
}


@pytest.mark.parametrize(("added", "expected"), RECORDS.values(), ids=RECORDS.keys())
def test_what_changed_lately_goes_by_the_day_of_the_data(with_more: Append, added: str, expected: str) -> None:
    said = LexborHTMLParser(changed.lately(with_more("changes", added))).css_first(".alerts")
    assert said is not None
    head, _, names = said.text().replace("\u00a0", " ").strip().partition(": ")
    assert (head.startswith("Dose, warning, use or supply changed in the 90 days up to 1"), names) == (True, expected)


def test_of_other_changes_the_latest_are_told_but_for_wording(with_more: Append) -> None:
    added = record("other", "2026-01-12", "significant") + record("words", "2026-01-13", "editorial") + record("dose", "2026-01-13", "dose")
    rows = [each.text().replace("\u00a0", " ") for each in LexborHTMLParser(changed.lately(with_more("changes", added))).css(".lately li")]
    assert rows == ["12 January 2026 · Other facts: Exampla", "10 January 2026 · New: Exampla"]


def test_changes_are_a_table_the_newest_first(with_more: Append) -> None:
    made = changed.changes(with_more("changes", record("dose", "2026-01-10", "dose")))
    rows = [[cell.text().replace("\u00a0", " ") for cell in row.css("th, td")] for row in LexborHTMLParser(made).css("tbody tr")]
    assert rows == [
        ["10 January 2026", "Exampla", "Dose", "About dose."],
        ["10 January 2026", "Exampla", "New", "First version of the monograph."],
    ]


TRIAL = """example-2:
  title: EXAMPLE-2
  topic: trial
  code: NCT00000002
  name: EXAMPLE-2
  phase: 1/2
  design: open-label
  use: research
  evidence: trial
  sources:
    - {source: exampla-trial, grade: A}
  checked: 2026-01-10
"""


def test_the_register_has_one_table_a_status_and_its_gaps_below(with_more: Append, project: Path) -> None:
    path = project / DATA / "research.yml"
    path.write_text(path.read_text("utf-8").replace("  topic: research\n", "  topic: research\n  trial: trials/example-2\n", 1), "utf-8")
    made = research.register(with_more("trials", TRIAL))
    off_label, _, researched = made.partition("/// research")
    rows = [[" ".join(cell.text().split()) for cell in row.css("th, td")] for row in LexborHTMLParser(researched).css("tbody tr")]
    assert rows == [
        ["EXAMPLE-2: open-label trial report, not label", "Exampla", "EXAMPLE-2NCT00000002", "1/2", "", "[1]"],
        [
            "Children: 12 participants. A small study, without a control group. trial report, not label",
            "Exampla",
            "EXAMPLE-2NCT00000002",
            "1/2",
            "worldwide",
            "[1]",
        ],
    ]
    gaps = [" ".join(each.text().split()) for each in LexborHTMLParser(off_label).css("tbody tr, .gaps")]
    after = "The monograph says what was searched or not read; this does not mean that there is none."
    assert gaps == [f"Not found: Off-label use (Exampla). {after}"]


def test_names_from_a_to_z_and_codes_apart(with_more: Append) -> None:
    code = "atc:\n  title: ATC code\n  topic: identifier\n  code: B02\n  jurisdictions: [US]\n"
    desk = with_more("identity", f"{code}  sources:\n    - {{source: exampla-label-us, grade: A}}\n  checked: 2026-01-10\n")
    tree = LexborHTMLParser(site_lists.a_to_z(desk))
    said = {part.css_first("h2").text(): [item.text() for item in part.css("li")] for part in tree.css("section")}  # type: ignore[union-attr]
    assert said == {
        "E": ["Exampla", "exampla disease: Exampla", "exemplar disease: Exampla"],
        "F": ["fictivagene examplavec: Exampla"],
        "G": ["gene therapy: Exampla"],
        "Codes and numbers": ["B02: Exampla"],
    }
    assert [a.attributes["href"] for a in tree.css(".letters a")] == ["#letter-e", "#letter-f", "#letter-g", "#codes"]


def test_evidence_stands_by_section_and_names_an_odd_day_only(with_more: Append, project: Path) -> None:
    path = project / DATA / "dose.yml"
    path.write_text(path.read_text("utf-8").replace("checked: 2026-01-10", "checked: 2026-01-09", 1), "utf-8")
    desk = Desk(with_more().formulary, SLUG)
    tree = LexborHTMLParser(evidence.evidence(desk))
    assert [each.text().replace("\u00a0", " ") for each in tree.css("[data-computed=checked]")] == [
        "Checked 10 January 2026, unless the row names another day.",
        "checked 9 January 2026",
    ]
    sections = [each.attributes["id"] for each in tree.css("section")]
    assert sections == [(a.attributes["href"] or "").removeprefix("#") for a in tree.css(".jump a")]
    shown = [row.attributes["data-fact"] for row in tree.css("tbody tr")]
    assert sorted(filter(None, shown)) == sorted(desk.monograph().facts)


def test_words_that_nothing_uses_are_left_out(with_more: Append) -> None:
    tree = LexborHTMLParser(reference.vocabulary(with_more()))
    grades = next(each for each in tree.css("table") if "How far a value" in each.css_first("caption").text())  # type: ignore[union-attr]
    assert [row.css_first("th").text() for row in grades.css("tbody tr")] == ["A", "B", "C"]  # type: ignore[union-attr]
    events = tree.css("table")[-1]
    assert [row.css_first("th").text() for row in events.css("tbody tr")] == [  # type: ignore[union-attr]
        "Authorized",
        "Conditional authorization",
        "Supply limited",
        "Availability not known to us",
    ]
