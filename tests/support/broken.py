"""What an editor can get wrong: the table of tests/broken, one edit of the small project a case, with all that is found."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml

from macros.rules.every import RULES
from macros.site.check import check
from tests.conftest import TODAY

Case = dict[str, str]
# A name that says which rule and which case, with the case as a test takes it.
Cases = dict[str, pytest.ParameterSet]
Edit = Callable[[str, str, str], None]

DATA = "macros/data/fictivagene-examplavec"
PAGES = "docs/monographs/fictivagene-examplavec"
# libyaml where PyYAML has it: half a second less before any test begins.
FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# The rules that have examples, in the order of their names.
TABLE: list[tuple[str, Case]] = [
    (path.stem, case)
    for path in sorted((Path(__file__).parent.parent / "broken").glob("*.yml"))
    for case in yaml.load(path.read_text("utf-8"), Loader=FAST)
]


def cases_of(module: str) -> Cases:
    """The examples of all rules whose functions stand in a module of macros/rules; "rule" stands for those without one."""
    names = {rule.name for rule in RULES if rule.find.__module__ == f"macros.rules.{module}"}
    assert names, f"no rule stands in macros/rules/{module}.py"
    return first_of_each({f"{name}-{case['name']}": (name, case) for name, case in TABLE if name in names})


def first_of_each(cases: Mapping[str, tuple[str, object]]) -> dict[str, pytest.ParameterSet]:
    """Cases, each with its kind, as a test takes them: all but the first of each kind are slow, so that `make quick` tries one."""
    kinds: set[str] = set()
    made = {}
    for name, (kind, case) in cases.items():
        made[name] = pytest.param(case, marks=[pytest.mark.slow] if kind in kinds else [])
        kinds.add(kind)
    return made


def found(project: Path) -> list[str]:
    """Every finding as it is printed."""
    return [str(finding) for finding in check(project, TODAY).findings]


def broken(project: Path, edit: Edit, case: Case) -> Path:
    """The project with the fault of the case in it."""
    if "old" in case:
        edit(case["file"], case["old"], case["new"])
    elif "new" in case:
        path = project / case["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(case["new"], "utf-8")
    else:
        (project / case["file"]).unlink()
    return project
