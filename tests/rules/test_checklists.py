"""Rules on the checklist of a medicine: what an editor gets wrong, and all that is found."""

from pathlib import Path

import pytest

from tests.support.broken import DATA, Case, Edit, broken, cases_of, found

CASES = cases_of("checklists")
ROW = "rows:\n  infection: {ask: Infection, facts: [safety/infection]}\n"


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fault(project: Path, edit: Edit, case: Case) -> None:
    assert found(broken(project, edit, case)) == case["findings"].splitlines()


CASE = """cases:
  rise:
    title: A high rate
    given: [{what: rate, amount: 4 mL/min}]
    answers:
      - {rule: safety/infection, any: [dose/infusion-start]}
"""


def test_no_threshold_of_a_rule_is_lost(project: Path, edit: Edit) -> None:
    edit(f"{DATA}/safety.yml", "during an active infection", "above {dose/infusion-start} or {dose/infusion-max}")
    (project / DATA / "checklist.yml").write_text(ROW + CASE, "utf-8")
    message = "'safety/infection' names 'dose/infusion-max', too; add it to 'any:' or 'within:', so that no condition of the rule is lost"
    assert [line for line in found(project) if "case-follows" in line] == [f"{DATA}/checklist.yml:8: case-follows: rise: {message}"]


CALENDAR = """calendar:
  through: 1 year
  tests:
    liver:
      test: Liver enzymes
      rules: [{times: [monitoring/liver]}, {times: [monitoring/kidneys]}]
"""


def test_a_calendar_counts_from_one_day(project: Path, edit: Edit) -> None:
    text = (project / DATA / "monitoring.yml").read_text("utf-8")
    second = text[text.index("liver:") :].replace("liver:", "kidneys:", 1).replace("title: Liver enzymes", "title: Kidneys")
    (project / DATA / "monitoring.yml").write_text(text + second.replace("after: the infusion", "after: the operation"), "utf-8")
    (project / DATA / "checklist.yml").write_text(ROW + CALENDAR, "utf-8")
    message = "counts from the operation, other times of the calendar from the infusion; leave one of the two out"
    assert [line for line in found(project) if "calendar-timed" in line] == [f"{DATA}/checklist.yml:8: calendar-timed: {message}"]
