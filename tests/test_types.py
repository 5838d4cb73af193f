"""The types that are written hold: mypy asks, as strictly as pyproject.toml says."""

import subprocess
import sys

from tests.conftest import ROOT


def test_mypy() -> None:
    done = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
