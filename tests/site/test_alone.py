"""One command at a time writes into a project; the lock goes with the one that holds it, and not before its MkDocs has ended."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.built import ROOT
from macros import __main__ as commands
from macros.finding import Refused
from macros.site.alone import alone
from tests.conftest import SLUG
from tests.support.forked import command as begun, ended, run
from tests.support.previewed import small_site

INN = SLUG.replace("-", " ")
BUSY = "another command builds or writes in this project; wait until it has ended, then run the same command again"
WRITING = [
    ["site"], ["bundle"], ["page", INN], ["zim"], ["generate"], ["new", "testavec"], ["record", INN, "--kind", "new", "--reason", "It is new."],
]  # fmt: skip


def texts(project: Path) -> dict[Path, bytes]:
    """Every file of the project."""
    return {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}


@pytest.mark.parametrize("command", WRITING, ids=lambda command: command[0])
def test_a_second_command_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    monkeypatch.setattr(commands, "_ROOT", project)
    monkeypatch.setattr(shutil, "which", lambda name: name)
    with alone(project):
        before = texts(project)
        done = CliRunner().invoke(commands.main, command)
        assert (done.exit_code, done.output, texts(project)) == (1, f"{BUSY}\n", before)


def test_what_only_reads_is_not_refused(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "_ROOT", project)
    with alone(project):
        assert CliRunner().invoke(commands.main, ["facts", "dose/standard"]).exit_code == 0


def test_the_lock_goes_with_its_block(project: Path) -> None:
    for _ in range(2):
        with alone(project):
            pass


def test_what_stands_in_place_of_the_lock_is_named(project: Path) -> None:
    (project / ".lock").mkdir()
    with pytest.raises(Refused) as refused, alone(project):
        pass
    assert str(refused.value) == f"{project / '.lock'}: can't be opened (Is a directory); remove it, then run the same command again"


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES], ids=["read-only", "of-another-user"])
def test_a_project_that_can_not_be_written_to_is_named(project: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refused(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(Refused) as refusal, alone(project):
        pass
    mend = "let this user write into the project, or copy it to where that may be, then run the same command again"
    assert str(refusal.value) == f"{project / '.lock'}: can't be opened ({os.strerror(number)}); {mend}"


HOLDING = """
import subprocess, sys
from pathlib import Path
from macros.site.alone import alone
with alone(Path(sys.argv[1])) as lock:
    if sys.argv[2:]:
        subprocess.run([sys.executable, "-c", "print(flush=True); input()"], pass_fds=lock)
    print(flush=True)
    input()
"""


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signal")
@pytest.mark.parametrize("children", [[], ["child"]], ids=["alone", "with-a-program"])
def test_a_command_that_is_ended_lets_go(project: Path, children: list[str]) -> None:
    command = [sys.executable, "-c", HOLDING, str(project), *children]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
        assert running.stdin and running.stdout
        running.stdout.readline()
        running.send_signal(signal.SIGKILL)
        running.wait(60)
        if children:  # still at work
            with pytest.raises(Refused, match=BUSY), alone(project):
                pass
        running.stdin.close()
        running.stdout.read()  # ends with the last that could write
    with alone(project):
        pass


def power_cut(project: Path, at: int, when: str) -> None:
    """Has the site made, in a process of its own that ends as at a power cut, before or after the old or the new site is moved."""
    whole, moves = Path.replace, list[Path]()

    def cut_off(path: Path, to: Path) -> Path:
        moves.extend({path} & {project / "site", project / ".new/site"})  # what is kept of parts is moved, too
        if path in moves and len(moves) == at and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        moved = whole(path, to)
        if path in moves and len(moves) == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return moved

    Path.replace = cut_off  # type: ignore[method-assign]
    begun(project, "site")


# The old site is moved away, the new one into its place.
MOMENTS = {f"{at}-{when}": (at, when) for at in (1, 2) for when in ("before", "after")}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with its site."""
    project = small_site(tmp_path_factory.mktemp("published"))
    for command in ("generate", "site"):
        done = run(project, command)
        assert done.returncode == 0, done.stdout + done.stderr
    return project


@pytest.mark.build
@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signal")
@pytest.mark.parametrize(("at", "when"), MOMENTS.values(), ids=MOMENTS)
def test_after_a_power_cut_the_old_site_is_there(published: Path, at: int, when: str) -> None:
    site, page = published / "site", published / "docs/notes.md"
    before = texts(site)
    assert ended(published, lambda: power_cut(published, at, when)) == -signal.SIGKILL
    page.write_text("---\ntitle: Notes\n---\n# Notes\n\nGive 5 mg.\n", "utf-8")
    done = run(published, "site")
    page.unlink()
    assert (done.returncode, "the figure '5'" in done.stdout, texts(site)) == (1, True, before)
    assert [path.name for path in published.iterdir() if path.name in (".new", ".site-new")] == []
