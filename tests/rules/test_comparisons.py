"""Rules on comparisons: what an editor gets wrong, and all that is found."""

from pathlib import Path

import pytest

from tests.support.broken import Case, Edit, broken, cases_of, found

CASES = cases_of("comparisons")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fault(project: Path, edit: Edit, case: Case) -> None:
    assert found(broken(project, edit, case)) == case["findings"].splitlines()


def test_names_are_not_judged_while_facts_are_missing(project: Path, edit: Edit) -> None:
    """A fact that could not be read may be the one that a row names."""
    new = "s:\n  disease: exampla disease\n  caption: C\n  reminder: R\n  groups: {g: {title: G, rows: {r: {question: Q, show: [dose/standard]}}}}\n"
    (project / "macros/data/comparisons.yml").write_text(new, "utf-8")
    edit("macros/data/fictivagene-examplavec/dose.yml", "amount: 4 × 10^13 vg/kg", "amount: four")
    assert [each for each in found(project) if "comparison-answered" in each] == []
