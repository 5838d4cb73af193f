"""Python files keep to the rules and the layout that pyproject.toml asks for."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.mark.parametrize("words", ["check", "format --check"])
def test_ruff(words: str) -> None:
    command = [sys.executable, "-m", "ruff", *words.split(), "--no-cache", "."]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\nrun `ruff check --fix` and `ruff format`"
