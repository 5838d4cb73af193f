"""Python files keep to the rules and the layout that pyproject.toml asks for, and docstrings say what is refused."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.inspection import silent_refusals


@pytest.mark.parametrize("words", ["check", "format --check"])
def test_ruff(words: str) -> None:
    command = [sys.executable, "-m", "ruff", *words.split(), "--no-cache", "."]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\nrun `ruff check --fix` and `ruff format`"


DESCRIBED = sorted(path for room in ("pages", "render") for path in (ROOT / "macros" / room).glob("*.py"))


@pytest.mark.parametrize("path", DESCRIBED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_docstring_says_what_is_refused(path: Path) -> None:
    assert silent_refusals(path.read_text("utf-8")) == []


REFUSING = {
    "silent": ('def f():\n    """A."""\n    raise Refused("a")', ["f"]),
    "said": ('def f():\n    """A.\n\n    Raises Refused if b.\n    """\n    raise Refused("a")', []),
    "of-its-own": ('def _f():\n    raise Refused("a")', []),
    "other": ('def f():\n    raise ValueError("a")', []),
    "in-a-class": ('class A:\n    def f(self):\n        if a:\n            raise Refused("a") from b', ["f"]),
}


@pytest.mark.parametrize(("source", "found"), REFUSING.values(), ids=REFUSING.keys())
def test_a_silent_refusal_is_found(source: str, found: list[str]) -> None:
    assert silent_refusals(source) == found
