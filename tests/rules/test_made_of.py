"""Rules on what a page is made of: what a theme, a template or a page brings that is not listed, and all that is found."""

from pathlib import Path

import pytest

from tests.support.broken import Case, Edit, broken, cases_of, found

CASES = cases_of("made_of")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fault(project: Path, edit: Edit, case: Case) -> None:
    assert found(broken(project, edit, case)) == case["findings"].splitlines()
