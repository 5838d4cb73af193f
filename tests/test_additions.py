"""What HACKING.md says one touches to add something: each kind is added to a copy of the project, in just those files."""

import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

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
ADDITIONS = {
    each["kind"]: each for path in sorted((ROOT / "tests/additions").glob("*.yml")) for each in [yaml.safe_load(path.read_text("utf-8"))]
}
# What is no part of the project, though it may lie in its folder.
_MADE = shutil.ignore_patterns(".git", ".venv", ".new", ".cache", ".*_cache", ".hypothesis", "__pycache__", "site", "dist")
# Prints what is found in the fictional medicine's project after an edit, and its pages.
_USED = """
import sys
from pathlib import Path
from macros.site.check import check
from tests.conftest import TODAY, small_project
file, old, new, folder = sys.argv[1:]
project = small_project(Path(folder))
text = (project / file).read_text("utf-8")
assert text.count(old) == 1
(project / file).write_text(text.replace(old, new), "utf-8")
checked = check(project, TODAY)
print(*checked.findings, *(page.html for page in checked.previews.values()))
"""


def test_every_list_has_its_proof() -> None:
    assert LISTED.keys() == ADDITIONS.keys()


@pytest.mark.parametrize("kind", ADDITIONS)
def test_the_list_names_the_files_that_are_touched(kind: str) -> None:
    files, patterns = list(ADDITIONS[kind]["edits"]), LISTED[kind]
    assert [file for file in files if not any(PurePosixPath(file).match(each) for each in patterns)] == []
    assert [each for each in patterns if not any(PurePosixPath(file).match(each) for file in files)] == []


@pytest.mark.build
@pytest.mark.parametrize("kind", ADDITIONS)
def test_nothing_else_has_to_be_touched(kind: str, tmp_path: Path) -> None:
    addition, project = ADDITIONS[kind], tmp_path / "project"
    shutil.copytree(ROOT, project, ignore=lambda folder, names: _MADE(folder, names) if Path(folder) == ROOT else {"__pycache__"})
    for file, edits in addition["edits"].items():
        for edit in edits:
            old, new = (edit[word].removesuffix("\n" * edit.get("joined", False)) for word in ("old", "new"))
            _edited(project / file, old, new)
    assert _said(run(project, "generate")) == 0
    assert _said(_python(project, "-m", "pytest", "-p", "no:cacheprovider", "-m", "not browser and not build", *addition["tests"])) == 0
    assert addition["shows"] in _used(project, addition, tmp_path / "small")


def _edited(path: Path, old: str, new: str) -> None:
    if old:
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{path.name} holds {text.count(old)} times {old!r}"
        new = text.replace(old, new)
    path.write_text(new, "utf-8")


def _used(project: Path, addition: dict[str, str], folder: Path) -> str:
    """The text of a file or a page in which the new thing shows."""
    if "command" in addition:
        assert _said(run(project, addition["command"])) == 0
        return (project / addition["file"]).read_text("utf-8")
    folder.mkdir()
    if "data" in addition:
        edit = ("macros/data/fictivagene-examplavec/dose.yml", "amount: 3 mL/min", addition["data"])
    else:
        edit = ("docs/monographs/fictivagene-examplavec/index.md", "A fictional medicine.\n", addition["page"])
    return _python(project, "-c", _USED, *edit, str(folder)).stdout


def _python(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], cwd=project, capture_output=True, text=True, check=False)


def _said(done: subprocess.CompletedProcess[str]) -> int:
    """The exit code; what was said is shown where a test fails."""
    print(done.stdout, done.stderr)
    return done.returncode
