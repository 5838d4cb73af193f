"""The table of times comes out whole, and leaves the project as it is; how long anything takes is judged by people."""

import re
import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.build
TIMED = ["load the data", "render monographs/", "command check", "command site", "command gate"]


def test_every_row_has_its_figures() -> None:
    there = (ROOT / "site").exists()
    done = subprocess.run([sys.executable, "-m", "bench", "1"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    head, *rows = done.stdout.splitlines()
    assert head.split()[-3:] == ["median", "least", "most"]
    assert [any(row.startswith(name) for row in rows) for name in TIMED] == [True] * len(rows)
    assert [row for row in rows if not re.search(r"( +\d+\.\d{3}){3}$", row)] == []
    assert (ROOT / "site").exists() == there
