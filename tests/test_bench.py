"""The table of times comes out whole, and leaves the project as it is; how long anything takes is judged by people."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.exports import Steps, measured
from bench.scale import resolved
from bench.synthetic import grown, names
from macros.pages.markdown import DOCS
from macros.site.clock import today
from macros.site.made import Order
from macros.site.whole import judged
from tests.conftest import ROOT

pytestmark = pytest.mark.build
EACH = [
    "what follows from the data: read, made and kept",
    "put into the head of the monograph",
    "twins",
    "twins kept",
    "files written",
]
TIMED = ["load the data", "render monographs/", "command check", "command site", "command gate"]


# The command of the bench, for another project.
BENCH = "import sys; from pathlib import Path; from bench import __main__ as bench; bench._ROOT = Path(sys.argv[1]); bench.main(1)"


def test_every_row_has_its_figures(small_built: Path) -> None:
    before = sorted(small_built.rglob("*"))
    done = subprocess.run([sys.executable, "-c", BENCH, small_built], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    head, *rows = done.stdout.splitlines()
    assert head.split()[-3:] == ["median", "least", "most"]
    assert [any(row.startswith(name) for row in rows) for name in TIMED] == [True] * len(rows)
    assert [row for row in rows if not re.search(r"( +\d+\.\d{3}){3}$", row)] == []
    assert sorted(small_built.rglob("*")) == before


def test_made_up_monographs_pass_every_rule_and_all_of_them_is_measured(tmp_path: Path) -> None:
    day, project, plain = today(ROOT), tmp_path / "project", tmp_path / "plain"
    project.mkdir()
    grown(ROOT, project, 3, day)
    outcome = judged(project, day)
    assert (outcome.findings, outcome.register, len(outcome.keys)) == ((), (), 4)
    resolved(project, plain)
    pages = {path.relative_to(plain / DOCS).as_posix(): path.read_text("utf-8") for path in plain.rglob("*.md")}
    assert sorted(pages) == sorted(page for own in outcome.pages.values() for page in own)
    assert [page for page, text in pages.items() if re.search(r"\{\{ *\w+\(", text)] == ["about/editors.md"]  # which shows them to editors
    steps, medicines = Steps(), [slug for slug in outcome.keys if slug]
    measured(project, Order(project, day, {}, False, ()), medicines[:2], steps)
    assert {step: sorted(own) for step, own in steps.took.items() if "" not in own} == dict.fromkeys(EACH, medicines[:2])
    assert steps.reckoned(2, 4) < 2 * steps.reckoned(2, 2)  # what lists all medicines is not done twice


def test_made_up_names_are_apart() -> None:
    made = list(names(20_000))
    every = {name.lower() for pair in made for name in pair}
    assert len(every) == 40_000
