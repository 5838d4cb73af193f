"""What becomes of facts over time: records of change, due dates, stale facts, sentences."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from macros import __main__ as command
from macros.editing.history import due, expiring, stale
from macros.formulary import sentences
from macros.formulary.book import Formulary
from macros.formulary.load import load
from macros.pages.settings import security
from macros.rules import read_parts
from macros.site.check import check
from tests.conftest import SLUG, TODAY

DATA = f"macros/data/{SLUG}"
Edit = Callable[[str, str, str], None]


def _book(project: Path) -> Formulary:
    return load(project, TODAY)[0]


def test_a_changed_fact_wants_a_record(project: Path, edit: Edit) -> None:
    edit(f"{DATA}/safety.yml", "amount: 12 %", "amount: 15 %")
    book = _book(project)
    wanted = sentences.fingerprint(book, book.monographs[SLUG])
    assert [str(finding) for finding in check(project, TODAY).findings] == [
        f"{DATA}/changes.yml:4: change-recorded: the facts changed since the last record; add one by `python -m macros record`, or at the end of the file "
        f"with a name of its own, date, kind, reason and 'facts: \"{wanted}\"'"
    ]
    path = project / DATA / "changes.yml"
    record = f"second:\n  date: 2026-01-20\n  kind: significant\n  reason: Nausea is more common.\n  facts: {wanted}\n"
    path.write_text(path.read_text("utf-8") + record, "utf-8")
    assert check(project, TODAY).findings == ()


def test_records_stand_in_the_order_of_their_dates(project: Path, edit: Edit) -> None:
    path = project / DATA / "changes.yml"
    print_of_now = path.read_text("utf-8").rpartition("facts: ")[2]
    path.write_text(
        path.read_text("utf-8") + f"earlier:\n  date: 2026-01-01\n  kind: editorial\n  reason: Wording.\n  facts: {print_of_now}", "utf-8"
    )
    assert [finding.message for finding in check(project, TODAY).findings] == [
        "the records do not stand in the order of their dates; put the oldest first"
    ]


# The fictional medicine was checked on 2026-01-10 and is due on 2026-07-10.
DUE = {
    "61-days-before": (date(2026, 5, 10), []),
    "60-days-before": (date(2026, 5, 11), ["The sources are due to be checked again by 10\u00a0July 2026."]),
    "on-the-day": (date(2026, 7, 10), ["The sources are due to be checked again by 10\u00a0July 2026."]),
    "the-day-after": (
        date(2026, 7, 11),
        ["Overdue: the sources should have been checked again by 10\u00a0July 2026. Compare every figure with the label before use."],
    ),
}


@pytest.mark.parametrize(("day", "expected"), DUE.values(), ids=DUE)
def test_a_page_says_when_its_check_is_due_and_can_be_published_all_the_same(project: Path, day: date, expected: list[str]) -> None:
    checked = check(project, day)
    page = checked.previews[f"monographs/{SLUG}/index.html"]
    assert [node.text() for node in page.main.css("[data-computed=due]")] == expected
    assert checked.findings == ()


STALE = {
    "a-year": (date(2027, 1, 10), 0),
    "a-year-and-a-day": (date(2027, 1, 11), 26),
}


@pytest.mark.parametrize(("day", "expected"), STALE.values(), ids=STALE)
def test_facts_go_stale(project: Path, day: date, expected: int) -> None:
    lines = stale(_book(project), day)
    assert lines[0] == f"overdue: {SLUG}: the check was due on 2026-07-10"
    assert len([line for line in lines if line.startswith("stale: ")]) == expected


PLANNED = {"year": ("2027", date(2027, 12, 31), date(2028, 1, 1)), "month": ("2027-06", date(2027, 6, 30), date(2027, 7, 1))}


@pytest.mark.parametrize(("planned", "last", "over"), PLANNED.values(), ids=PLANNED)
def test_what_was_planned_is_asked_for_when_its_day_is_over(project: Path, edit: Edit, planned: str, last: date, over: date) -> None:
    new = f"  event: end-of-supply-planned\n  planned: {planned}\n"
    edit(f"macros/data/{SLUG}/status.yml", "  event: limited\n  date: 2025-06-01\n", new)
    asked = [[line for line in stale(_book(project), day) if "write what happened" in line] for day in (last, over)]
    assert [len(lines) for lines in asked] == [0, 1]


def test_a_partial_edit_moves_no_date(project: Path, edit: Edit) -> None:
    edit(f"{DATA}/safety.yml", "amount: 12 %", "amount: 15 %")
    assert _book(project).checked == date(2026, 1, 10)


def gaps(project: Path, file: str, topic: str, *parts: str) -> None:
    """Adds facts that wait for these parts of the EU label."""
    with (project / DATA / file).open("a", encoding="utf-8") as facts:
        for number, part in enumerate(parts):
            passage = f"{{source: exampla-label-eu, part: {part}}}"
            facts.write(
                f"gap-{part.split()[1].replace('.', '-')}-{number}:\n  title: Gap {part}\n  topic: {topic}\n  not_read: {{passages: [{passage}]}}\n"
            )
            facts.write("  jurisdictions: [EU]\n  checked: 2026-01-10\n")


LABEL = "to read: Product information of Exampla (fictional), "
OPENS = "(https://example.org/exampla-eu)"


def test_the_most_useful_passage_is_to_be_read_first(project: Path, edit: Edit) -> None:
    more = "section 6.6: {read: opening}\n    section 7: {read: not}\n    section 8: {read: not}\n"
    edit("macros/data/sources.yml", "    section 6.4: {read: not}\n", f"    section 6.4: {{read: not}}\n    {more}")
    gaps(project, "advice.yml", "do", "section 8", "section 8", "section 7")
    gaps(project, "safety.yml", "warning", "section 6.6", "section 6.6")
    assert list(read_parts.to_read(_book(project))) == [
        f"{LABEL}section 6.6: may fill 2: {SLUG}/safety/gap-6-6-0, {SLUG}/safety/gap-6-6-1 {OPENS}",
        f"{LABEL}section 6.4: may fill 1: {SLUG}/dose/storage-eu {OPENS}",
        f"{LABEL}section 8: may fill 2: {SLUG}/advice/gap-8-0, {SLUG}/advice/gap-8-1 {OPENS}",
        f"{LABEL}section 7: may fill 1: {SLUG}/advice/gap-7-2 {OPENS}",
    ]


def test_a_passage_in_which_nothing_was_said_is_not_to_be_read_again(project: Path) -> None:
    assert [line for line in read_parts.to_read(_book(project)) if "section 4.9" in line] == []


UNREAD_LINE = f"{LABEL}section 6.4: may fill 1: {SLUG}/dose/storage-eu {OPENS}"
ENDS = {
    "only-unread": (date(2026, 7, 10), 0, ["nothing is overdue or stale"]),
    "overdue": (date(2026, 7, 11), 1, [f"overdue: {SLUG}: the check was due on 2026-07-10"]),
}


@pytest.mark.parametrize(("day", "code", "first"), ENDS.values(), ids=ENDS.keys())
def test_an_unread_passage_is_work_and_no_fault(
    project: Path, monkeypatch: pytest.MonkeyPatch, day: date, code: int, first: list[str]
) -> None:
    monkeypatch.setattr(command, "_ROOT", project)
    done = CliRunner().invoke(command.main, ["stale", "--today", f"{day}"])
    assert (done.exit_code, done.output.splitlines()) == (code, [*first, UNREAD_LINE])


@pytest.mark.parametrize(("until", "told"), [((2026, 3, 22), 0), ((2026, 3, 21), 1), ((2026, 1, 1), 1)], ids=["far", "near", "over"])
def test_an_address_that_nobody_may_read_any_more_is_named(until: tuple[int, int, int], told: int) -> None:
    day = date(*until)
    line = f"stale: mkdocs.yml: security.txt holds until {day}; ask who reads a@b.example, then write a new 'security_until'"
    assert expiring(("a@b.example", day), TODAY) == [line] * told


@pytest.mark.parametrize("contact", ["  report_mail: a@b.example\n", "  security_until: '2026-01-01'\n", ""])
def test_without_an_address_and_a_day_nothing_ends(project: Path, contact: str) -> None:
    edited = (project / "mkdocs.yml").read_text("utf-8").replace("  scope: /\n", f"  scope: /\n{contact}")
    (project / "mkdocs.yml").write_text(edited, "utf-8")
    assert security(project) is None


def test_the_address_and_its_day_are_those_of_the_settings(project: Path) -> None:
    contact = "  report_mail: a@b.example\n  security_until: '2026-01-01'\n"
    edited = (project / "mkdocs.yml").read_text("utf-8").replace("  scope: /\n", f"  scope: /\n{contact}")
    (project / "mkdocs.yml").write_text(edited, "utf-8")
    assert security(project) == ("a@b.example", date(2026, 1, 1))
    assert due(project, _book(project), TODAY)[-1].startswith("stale: mkdocs.yml: security.txt holds until 2026-01-01")
