"""Rules on dose regimens: what an editor gets wrong, and all that is found."""

from pathlib import Path

import pytest

from tests.support.broken import Case, Edit, broken, cases_of, found

CASES = cases_of("regimens")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fault(project: Path, edit: Edit, case: Case) -> None:
    assert found(broken(project, edit, case)) == case["findings"].splitlines()
