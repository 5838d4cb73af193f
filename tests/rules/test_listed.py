"""Rules on what the build may run and load: what gets in the way of it, and all that is found."""

from pathlib import Path

import pytest

from tests.support.broken import Case, Edit, broken, cases_of, found

CASES = cases_of("listed")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fault(project: Path, edit: Edit, case: Case) -> None:
    assert found(broken(project, edit, case)) == case["findings"].splitlines()
