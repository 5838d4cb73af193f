"""Exceptions from the rules: each ends, each must be needed, and some rules have none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from macros.site.check import check
from tests.conftest import SLUG, TODAY

PAGE = f"docs/monographs/{SLUG}/index.md"
LINE = 11
FIGURE = f"{PAGE}:{LINE}: no-loose-figure: the figure '7' in “A fictional 7 medicine. See the evidence.” is typed by hand; make it a fact and call fact(), or list the name in terms.txt"
AT = "macros/data/exceptions.yml:1: exception-applies: seven:"
CASES = {
    "covered": ("no-loose-figure", "figure '7'", "2026-02-01", []),
    "last-day": ("no-loose-figure", "figure '7'", "2026-01-20", []),
    "ended": ("no-loose-figure", "figure '7'", "2026-01-19", [FIGURE, f"{AT} ended on 2026-01-19; delete the entry and mend the fault"]),
    "of-another-rule": ("links-lead-somewhere", "figure '7'", "2026-02-01", [FIGURE, f"{AT} no such finding is left; delete the entry"]),
    "of-other-words": ("no-loose-figure", "figure '8'", "2026-02-01", [FIGURE, f"{AT} no such finding is left; delete the entry"]),
    "never": ("research-marked", "figure '7'", "2026-02-01", [FIGURE, f"{AT} the rule research-marked has no exceptions; delete the entry and mend the fault"]),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "about", "until", "expected"), CASES.values(), ids=CASES)
def test_an_exception(project: Path, edit: Callable[[str, str, str], None], rule: str, about: str, until: str, expected: list[str]) -> None:
    edit(PAGE, "A fictional medicine.", "A fictional 7 medicine.")
    entry = f'  rule: {rule}\n  file: {PAGE}\n  about: "{about}"\n  reason: For the test.\n  until: {until}\n'
    (project / "macros/data/exceptions.yml").write_text(f"seven:\n{entry}", "utf-8")
    assert [str(finding) for finding in check(project, TODAY).findings] == expected


def test_an_exception_for_nothing_is_a_fault(project: Path) -> None:
    entry = f"  rule: no-loose-figure\n  file: {PAGE}\n  about: figure\n  reason: For the test.\n  until: 2026-02-01\n"
    (project / "macros/data/exceptions.yml").write_text(f"nothing:\n{entry}", "utf-8")
    assert [str(finding) for finding in check(project, TODAY).findings] == [
        "macros/data/exceptions.yml:1: exception-applies: nothing: no such finding is left; delete the entry"
    ]
