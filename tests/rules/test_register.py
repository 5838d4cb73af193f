"""Rules on the register: what an editor gets wrong, and all that is found; what is added to pages while they are built."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from macros.finding import Finding
from macros.pages.register import FOLDER
from macros.rules import every
from macros.site.check import check, registered
from tests.conftest import SLUG, TODAY
from tests.support.broken import Case, Edit, broken, cases_of

CASES = cases_of("register")
BUILT = {name: case for name, case in CASES.items() if name.startswith("built-as-registered-")}
RENEWED = {name: case for name, case in CASES.items() if name not in BUILT}


def test_a_register_as_pages_make_it_has_no_fault(project: Path) -> None:
    assert registered(project, check(project, TODAY)).findings == ()


@pytest.mark.parametrize("case", RENEWED.values(), ids=RENEWED.keys())
def test_fault(project: Path, edit: Edit, case: Case) -> None:
    lines = (project / FOLDER / "site.txt").read_text("utf-8").splitlines()
    wanted = re.sub(r"\{(== file [^}]*)\}", lambda match: str(lines.index(match[1]) + 1), case["findings"])
    broken(project, edit, case)
    assert [str(finding) for finding in registered(project, check(project, TODAY)).findings] == wanted.splitlines()


def test_what_else_is_wrong_is_said_first(project: Path, edit: Edit) -> None:
    edit("docs/about/statuses.md", "{{ colophon() }}", "{{ nothing() }}\n\n{{ colophon() }}")
    checked = check(project, TODAY)
    assert checked.findings and registered(project, checked) == checked


@pytest.fixture
def previewed(project: Path, case: Case) -> Iterator[list[Finding]]:
    """What is found in the built page of the case, which MkDocs made as the preview has it, but for the text of the case."""
    preview = check(project, TODAY).previews[case["file"]]
    assert preview.html.count(case["old"]) == 1
    yield list(every.of_built(replace(preview, html=preview.html.replace(case["old"], case["new"])), preview))


@pytest.mark.parametrize("case", BUILT.values(), ids=BUILT.keys())
def test_fault_of_a_built_page(previewed: list[Finding], case: Case) -> None:
    assert [str(finding) for finding in previewed] == case["findings"].splitlines()


def test_a_register_that_leads_elsewhere_is_refused(project: Path) -> None:
    path = project / FOLDER / f"{SLUG}.txt"
    path.rename(project / "elsewhere.txt")
    path.symlink_to(project / "elsewhere.txt")
    checked = registered(project, check(project, TODAY))
    assert [(finding.file, finding.message.partition(",")[0]) for finding in checked.findings] == [
        (f"register/{SLUG}.txt", "this file leads to one elsewhere")
    ]
