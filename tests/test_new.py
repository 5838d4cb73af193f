"""A medicine that is begun and finished as the documentation says: on any day, and with no file touched but its own."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bench.built import ROOT, copied
from tests.support.forked import run

SPL = ROOT / "tests/labels/testidine-spl.xml"
MEDICINES = ROOT / "tests/medicines"
# What is no part of the project, though it may lie in its folder.
_MADE = shutil.ignore_patterns(".git", ".venv", ".new", ".cache", ".*_cache", ".hypothesis", "__pycache__", "site", "dist")
# What holds the names of medicines, and so might know only those that there were.
CHECKED = [
    "tests/test_monograph.py",
    "tests/rules/test_frame.py",
    "tests/rules/test_listed.py",
    "tests/rules/test_register.py",
    "tests/rules/test_comparisons.py",
    "tests/site/test_search_index.py",
    "tests/render/test_finder.py",
]


def git(project: Path, *words: str, day: str = "") -> None:
    """Calls git, and has it take this for the time."""
    settings = {**os.environ, "GIT_COMMITTER_DATE": day, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@x", *words], cwd=project, env=settings, check=True)


# Late in the day it is the next day elsewhere.
TIMES = {"late": f"{date.today()}T23:30:00+00:00", "long-ago": "2026-01-05T12:00:00+00:00"}  # noqa: DTZ011


@pytest.mark.build
def test_a_draft_passes_whenever_the_last_commit_was_made(tmp_path: Path) -> None:
    project = copied(ROOT, tmp_path)
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        git(project, *words)
    for time in TIMES.values():
        git(project, "commit", "-q", "--amend", "--no-edit", day=time)
        made = run(project, "new", "testidine", "--from", str(SPL))
        assert (made.returncode, made.stderr) == (0, ""), time
        assert f"date: {date.today()}\n" in (project / "macros/data/testidine/changes.yml").read_text("utf-8"), time  # noqa: DTZ011
        assert run(project, "generate").returncode == 0, time
        checked = run(project, "check")
        assert checked.returncode == 0, (time, checked.stdout)
        git(project, "checkout", "-q", ".")
        git(project, "clean", "-fdq", "-e", ".cache")  # what is known of the other medicines stays
        assert not (project / "macros/data/testidine").exists()


@pytest.mark.build
def test_a_finished_medicine_needs_no_other_file(tmp_path: Path) -> None:
    """Two finished medicines and a draft stand in the project; the tests that know medicines by name pass as before."""
    project = tmp_path / "project"
    shutil.copytree(ROOT, project, ignore=lambda folder, names: _MADE(folder, names) if Path(folder) == ROOT else {"__pycache__"})
    menu, sources = project / "mkdocs.yml", project / "macros/data/sources.yml"
    for path in sorted(path for path in MEDICINES.iterdir() if path.is_dir()):
        shutil.copytree(path / "data", project / "macros/data" / path.name)
        shutil.copytree(path / "docs", project / "docs/monographs" / path.name)
        lines = f"      - {path.name.capitalize()}:\n          - monographs/{path.name}/index.md\n          - Evidence: monographs/{path.name}/evidence.md\n"
        text = menu.read_text("utf-8")
        menu.write_text(text.replace("  - A to Z: a-z.md\n", f"{lines}  - A to Z: a-z.md\n"), "utf-8")
    sources.write_text(sources.read_text("utf-8") + (MEDICINES / "sources.yml").read_text("utf-8"), "utf-8")
    assert run(project, "new", "testidine", "--from", str(SPL)).returncode == 0
    assert run(project, "generate").returncode == 0
    checked = run(project, "check")
    assert checked.returncode == 0, checked.stdout
    tests = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-m", "not browser and not build and not slow", *CHECKED]
    done = subprocess.run(tests, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:]
