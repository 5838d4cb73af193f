"""What is published is whole or not there: files and folders that take the place of earlier ones, together, whatever stops it."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from bench.built import ROOT
from macros.finding import Refused
from macros.site.written import cleared, put_back, written_whole
from tests.support.copies import stopping

Tree = dict[str, str]
# In each case: what is there, the names that are asked for, what is written, and what is there then.
EXCHANGES: dict[str, tuple[Tree, list[str], Tree, Tree]] = {
    "a-first-file": ({}, ["a"], {"a": "new"}, {"a": "new"}),
    "a-file": ({"a": "old", "z": "other"}, ["a"], {"a": "new"}, {"a": "new", "z": "other"}),
    "a-first-folder": ({}, ["site"], {"site/a": "new"}, {"site/a": "new"}),
    "a-folder": ({"site/a": "old", "site/b/c": "old"}, ["site"], {"site/a": "new"}, {"site/a": "new"}),
    "files-that-belong-together": ({"a": "old", "b": "old"}, ["a", "b"], {"a": "new", "b": "new"}, {"a": "new", "b": "new"}),
    "a-file-that-is-not-written": ({"a": "old", "b": "old"}, ["a", "b"], {"b": "new"}, {"b": "new"}),
    "a-folder-that-is-not-written": ({"site/a": "old", "b": "old"}, ["site", "b"], {"b": "new"}, {"b": "new"}),
    "a-file-in-place-of-a-folder": ({"a/b": "old"}, ["a"], {"a": "new"}, {"a": "new"}),
    "what-is-not-named-goes": ({"a": "old"}, ["a"], {"a": "new", "work/b": "needed on the way"}, {"a": "new"}),
    "nothing": ({}, ["a"], {}, {}),
}


def put(folder: Path, files: Tree) -> None:
    """Writes the files into the folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def held(folder: Path) -> Tree:
    """All files of the folder, and its empty folders, which hold the text of none."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") if path.is_file() else ""
        for path in folder.rglob("*")
        if path.is_file() or not any(path.iterdir())
    }


@pytest.mark.parametrize(("old", "names", "new", "then"), EXCHANGES.values(), ids=EXCHANGES)
def test_what_is_written_takes_its_place(tmp_path: Path, old: Tree, names: list[str], new: Tree, then: Tree) -> None:
    put(tmp_path, old)
    with written_whole(tmp_path, *names) as part:
        put(part, new)
        assert held(tmp_path) == old | {f".new/{name}": text for name, text in new.items()} | ({} if new else {".new": ""})
    assert held(tmp_path) == then


def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    with written_whole(tmp_path / "dist", "a") as part:
        put(part, {"a": "new"})
    assert held(tmp_path) == {"dist/a": "new"}


def test_what_a_run_that_was_cut_off_left_goes(tmp_path: Path) -> None:
    put(tmp_path, {".new/a": "half", ".new/kept/a": "half"})
    with written_whole(tmp_path, "a", "b") as part:
        put(part, {"b": "new"})
    assert held(tmp_path) == {"b": "new"}


PROBLEMS = {"disk-full": OSError(errno.ENOSPC, "No space left on device"), "interrupted": KeyboardInterrupt(), "told": SystemExit(143)}


@pytest.mark.parametrize("problem", PROBLEMS.values(), ids=PROBLEMS)
@pytest.mark.parametrize(("old", "names", "new", "then"), EXCHANGES.values(), ids=EXCHANGES)
def test_an_error_while_it_is_written_leaves_what_was_there(
    tmp_path: Path, old: Tree, names: list[str], new: Tree, then: Tree, problem: BaseException
) -> None:
    put(tmp_path, old)
    with pytest.raises(type(problem)), written_whole(tmp_path, *names) as part:
        put(part, new)
        raise problem
    assert held(tmp_path) == old


# Each step of the exchange of a folder, a file, one that is not written, and one that is new; and how often it is taken.
OLD: Tree = {"site/a": "old", "b": "old", "c": "old"}
STEPS = {"copies": (shutil, "copy2", 2), "moves": (Path, "replace", 4), "removes": (Path, "unlink", 1)}
STOPS = {
    f"{name}-{at}-{'after' if after else 'before'}-{problem}": (owner, call, at, after, PROBLEMS[problem])
    for name, (owner, call, times) in STEPS.items()
    for at, after, problem in product(range(1, times + 1), (False, True), PROBLEMS)
}


@pytest.mark.parametrize(("owner", "call", "at", "after", "problem"), STOPS.values(), ids=STOPS)
def test_whatever_stops_the_exchange_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: object, call: str, at: int, after: bool, problem: BaseException
) -> None:
    put(tmp_path, OLD)
    with pytest.raises(type(problem)), written_whole(tmp_path, "site", "b", "c", "d") as part:
        put(part, {"site/a": "new", "b": "new", "d": "new"})
        monkeypatch.setattr(owner, call, stopping(owner, call, at, after, problem))
    monkeypatch.undo()
    assert held(tmp_path) == OLD


def test_there_is_a_file_at_every_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"a": "old"})
    replace, seen = Path.replace, []

    def watched(path: Path, to: Path) -> Path:
        seen.append((tmp_path / "a").read_text("utf-8"))
        moved = replace(path, to)
        seen.append((tmp_path / "a").read_text("utf-8"))
        return moved

    monkeypatch.setattr(Path, "replace", watched)
    with written_whole(tmp_path, "a") as part:
        put(part, {"a": "new"})
    assert seen == ["old", "new"]


WAITING = """
import signal, sys
from pathlib import Path
from macros.site.written import written_whole
signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job begins with it ignored
with written_whole(Path(sys.argv[1]), "a") as part:
    (part / "a").write_text("new")
    print(flush=True)
    signal.pause()
"""


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["told-to-stop", "interrupted"])
def test_a_signal_leaves_what_was_there(tmp_path: Path, number: int) -> None:
    put(tmp_path, {"a": "old"})
    command = [sys.executable, "-c", WAITING, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
        assert running.stdout
        running.stdout.readline()
        running.send_signal(number)
        running.wait(60)
    assert held(tmp_path) == {"a": "old"}


LEFT: dict[str, Callable[[Path], object]] = {
    "file": lambda path: path.write_text("x", "utf-8"),
    "link": lambda path: path.symlink_to(path.parent / "z"),
    "link-to-nowhere": lambda path: path.symlink_to("nowhere"),
    "folder": lambda path: put(path, {"a": "x", "kept/a": "x", "deep/er/a": "x"}),
}


@pytest.mark.parametrize("leave", LEFT.values(), ids=LEFT)
def test_what_something_else_left_goes(tmp_path: Path, leave: Callable[[Path], object]) -> None:
    put(tmp_path, {"a": "old", "z/b": "other"})
    leave(tmp_path / ".new")
    with written_whole(tmp_path, "a") as part:
        put(part, {"a": "new"})
    assert held(tmp_path) == {"a": "new", "z/b": "other"}


def test_what_can_not_be_removed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    put(tmp_path, {".new/a": "x"})
    monkeypatch.setattr(shutil, "rmtree", refused)
    with pytest.raises(Refused) as refusal:
        cleared(tmp_path / ".new")
    said = "is in the way and can't be removed (Permission denied); remove it, then run the same command again"
    assert str(refusal.value) == f"{tmp_path / '.new'}: {said}"


@pytest.mark.parametrize("leave", [LEFT["file"], LEFT["link-to-nowhere"]], ids=["file", "link-to-nowhere"])
def test_a_folder_that_is_none_is_refused(tmp_path: Path, leave: Callable[[Path], object]) -> None:
    leave(tmp_path / "dist")
    with (
        pytest.raises(Refused, match="dist: this is no folder; remove it, then run the same command again$"),
        written_whole(tmp_path / "dist"),
    ):
        pass


def test_a_folder_elsewhere_is_written_into(tmp_path: Path) -> None:
    put(tmp_path, {"elsewhere/a": "old"})
    (tmp_path / "dist").symlink_to("elsewhere")
    with written_whole(tmp_path / "dist", "a") as part:
        put(part, {"a": "new"})
    assert (held(tmp_path / "elsewhere"), (tmp_path / "dist").is_symlink()) == ({"a": "new"}, True)


# Ends itself as a power cut does, before or after the call of this number.
CUT_OFF = """
import os, shutil, signal, sys
from pathlib import Path
from macros.site.written import written_whole
folder, owner, call, at, after = Path(sys.argv[1]), *sys.argv[2:4], int(sys.argv[4]), sys.argv[5] == "after"
owner = {"Path": Path, "shutil": shutil}[owner]
whole, calls = getattr(owner, call), []
def cut_off(*args, **options):
    calls.append(call)
    if len(calls) == at and not after:
        os.kill(os.getpid(), signal.SIGKILL)
    done = whole(*args, **options)
    if len(calls) == at:
        os.kill(os.getpid(), signal.SIGKILL)
    return done
with written_whole(folder, "site", "b", "c", "d") as part:
    (part / "site").mkdir()
    for name in ("site/a", "b", "d"):
        (part / name).write_text("new", "utf-8")
    setattr(owner, call, cut_off)
"""
NEW: Tree = {"site/a": "new", "b": "new", "d": "new"}
# The one that ends the exchange is the second that is removed; what is left is taken away after that.
CUTS = {
    **{f"{call}-{at}-{when}": (owner, call, at, when, OLD)
       for owner, call, times in (("shutil", "copy2", 2), ("Path", "write_text", 1), ("Path", "replace", 4), ("Path", "unlink", 1))
       for at, when in product(range(1, times + 1), ("before", "after"))},
    "end-before": ("Path", "unlink", 2, "before", OLD),
    "end-after": ("Path", "unlink", 2, "after", NEW),
    "removal": ("shutil", "rmtree", 1, "before", NEW),
}  # fmt: skip


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signal")
@pytest.mark.parametrize(("owner", "call", "at", "when", "then"), CUTS.values(), ids=CUTS)
def test_what_was_cut_off_is_put_back(tmp_path: Path, owner: str, call: str, at: int, when: str, then: Tree) -> None:
    put(tmp_path, OLD)
    done = subprocess.run([sys.executable, "-c", CUT_OFF, str(tmp_path), owner, call, str(at), when], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    put_back(tmp_path)
    assert held(tmp_path) == then
