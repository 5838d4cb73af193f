"""What HACKING.md says one touches to add something: one of each kind is added to a copy of the project, in just those files."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import pytest
import yaml

from bench.built import ROOT, run

SECTION = (ROOT / "HACKING.md").read_text("utf-8").partition("## What you touch to add")[2].partition("\n## ")[0]
# The files that each list names, by the kind of thing that is added.
LISTED = {
    kind: [file for start in re.findall(r"^- (.*?):", items, re.MULTILINE) for file in re.findall(r"`([^`]+)`", start)]
    for kind, items in re.findall(r"^\*\*(.+?)\*\*\n\n((?:- .*\n)+)", SECTION, re.MULTILINE)
}
# One thing of each kind: the edits by file (an `old` of nothing begins a new file), the tests that hold such a thing to its
# lists, and how it is used: in a page or a figure of the fictional medicine, or by a command that writes a file.
ADDITIONS: dict[str, dict[str, Any]] = {
    each["kind"]: each for path in sorted((ROOT / "tests/additions").glob("*.yml")) for each in [yaml.safe_load(path.read_text("utf-8"))]
}
# What is no part of the project, though it may lie in its folder.
_MADE = shutil.ignore_patterns(".git", ".venv", ".new", ".cache", ".*_cache", ".hypothesis", "__pycache__", "site", "dist")
# Prints for each edit what is found in the fictional medicine's project after it, and its pages.
_USED = """
import json, sys
from pathlib import Path
from tempfile import TemporaryDirectory
from macros.site.check import check
from tests.conftest import TODAY, small_project
for kind, (file, old, new) in json.loads(sys.argv[1]).items():
    with TemporaryDirectory() as folder:
        project = small_project(Path(folder))
        text = (project / file).read_text("utf-8")
        assert text.count(old) == 1
        (project / file).write_text(text.replace(old, new), "utf-8")
        checked = check(project, TODAY)
    print(json.dumps([kind, "\\n".join([*map(str, checked.findings), *(page.html for page in checked.previews.values())])]))
"""


class Added(NamedTuple):
    """The project with one thing more of every kind, the exit codes of the commands that ran there, and pages of the fictional medicine."""

    project: Path
    ended: dict[str, int]
    shown: dict[str, str]


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Added:
    """All of them in one copy, since to judge and to build that takes long; each addition stands in files or places of its own."""
    project = tmp_path_factory.mktemp("additions") / "project"
    shutil.copytree(ROOT, project, ignore=lambda folder, names: _MADE(folder, names) if Path(folder) == ROOT else {"__pycache__"})
    for addition in ADDITIONS.values():
        for file, edits in addition["edits"].items():
            for edit in edits:
                old, new = (edit[word].removesuffix("\n" * edit.get("joined", False)) for word in ("old", "new"))
                _edited(project / file, old, new)
    commands = ["generate", *dict.fromkeys(each["command"] for each in ADDITIONS.values() if "command" in each)]
    ended = {command: _said(run(project, command)) for command in commands}
    ended["tests"] = _said(_python(project, "-m", "pytest", "-p", "no:cacheprovider", "-m", "not browser and not build", *_tests()))
    used = {kind: _use(addition) for kind, addition in ADDITIONS.items() if "command" not in addition}
    printed = _python(project, "-c", _USED, json.dumps(used)).stdout.splitlines()
    return Added(project, ended, dict(map(json.loads, printed)))


def _tests() -> list[str]:
    """The test files that any of them names, and the words by which tests are picked there."""
    given = [each["tests"] for each in ADDITIONS.values()]
    files = dict.fromkeys(file for words in given for file in words[: words.index("-k")])
    return [*files, "-k", " or ".join(f"({words[-1]})" for words in given)]


def _use(addition: dict[str, str]) -> tuple[str, str, str]:
    """An edit of the fictional medicine's project after which the new thing shows."""
    if "data" in addition:
        return ("macros/data/fictivagene-examplavec/dose.yml", "amount: 3 mL/min", addition["data"])
    return ("docs/monographs/fictivagene-examplavec/index.md", "A fictional medicine.\n", addition["page"])


def test_every_list_has_its_proof() -> None:
    assert LISTED.keys() == ADDITIONS.keys()


@pytest.mark.parametrize("kind", ADDITIONS)
def test_the_list_names_the_files_that_are_touched(kind: str) -> None:
    files, patterns = list(ADDITIONS[kind]["edits"]), LISTED[kind]
    assert [file for file in files if not any(PurePosixPath(file).match(each) for each in patterns)] == []
    assert [each for each in patterns if not any(PurePosixPath(file).match(each) for file in files)] == []


@pytest.mark.build
def test_nothing_else_has_to_be_touched(added: Added) -> None:
    assert added.ended == dict.fromkeys(added.ended, 0)


@pytest.mark.build
@pytest.mark.parametrize("kind", ADDITIONS)
def test_what_was_added_is_used(added: Added, kind: str) -> None:
    addition = ADDITIONS[kind]
    text = (added.project / addition["file"]).read_text("utf-8") if "command" in addition else added.shown[kind]
    assert addition["shows"] in text


def _edited(path: Path, old: str, new: str) -> None:
    if old:
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{path.name} holds {text.count(old)} times {old!r}"
        new = text.replace(old, new)
    path.write_text(new, "utf-8")


def _python(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], cwd=project, capture_output=True, text=True, check=False)


def _said(done: subprocess.CompletedProcess[str]) -> int:
    """The exit code; what was said is shown where a test fails."""
    print(done.stdout, done.stderr)
    return done.returncode
