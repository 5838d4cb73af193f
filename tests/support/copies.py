"""Offline copies for tests: made by the real command, unzipped, and zipped again in other ways."""

import os
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from click.testing import CliRunner

from bench.built import ROOT, copied
from macros import __main__ as commands
from macros.formulary.book import RECALLS
from macros.formulary.load import load
from macros.site.clock import HANDED_ON
from tests.support.forked import agreed, run

# The day after the last check of a fact, on which everything may be published; noon, so that no time zone moves it.
NEWEST = max(fact.checked for fact in load(ROOT, date.max)[0].facts.values())
MADE = NEWEST + timedelta(days=1)
NOON = int(datetime(MADE.year, MADE.month, MADE.day, 12, tzinfo=UTC).timestamp())

# A version that is recalled in the copies which tests look at, and why.
RECALLED = ("2025-11-22-0123456789", "It showed a wrong rate of infusion.")
# How the advice begins that follows files which were added to a folder; `test_left.py` asks for it, other tests do without.
OLDER = "What was added may be left of an older copy over which this one was unzipped, or somebody put it there."
_MACHINE = {"PYTHONHASHSEED": "1", "TZ": "America/Los_Angeles", "LC_ALL": "C"}


def recalling(target: Path) -> Path:
    """A copy of the project, without git, in which a version is recalled."""
    copied(ROOT, target)
    version, why = RECALLED
    (target / RECALLS).write_text(f"{version}:\n  date: {NEWEST}\n  why: {why}\n", "utf-8")
    return agreed(target)


def bundled(project: Path, *words: str, umask: int = 0o022, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python -m macros bundle …` in the project, on a machine that may be set up in an own way."""
    return commanded(project, "bundle", *words, umask=umask, **environment)


def commanded(project: Path, *words: str, umask: int = 0o022, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python -m macros …` in the project, on such a machine."""
    settings = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **_MACHINE, **environment}
    for name in (HANDED_ON, "SOURCE_DATE_EPOCH"):
        if name not in environment:
            settings.pop(name, None)
    command = [sys.executable, "-m", "macros", *words]
    return subprocess.run(command, cwd=project, env=settings, capture_output=True, text=True, umask=umask, check=False)


def other_forms(project: Path, inn: str) -> None:
    """Puts into forms/ what the commands for one page and for Kiwix make of a project with a bundle, of the same pages."""
    (project / "forms").mkdir()
    commands = {"html": ["page", inn], **({"zim": ["zim"]} if shutil.which("zimwriterfs") else {})}
    for ending, words in commands.items():
        done = run(project, *words, **_MACHINE, SOURCE_DATE_EPOCH=str(NOON))
        assert done.returncode == 0, done.stderr
        (path,) = (project / "dist").glob(f"*.{ending}")
        path.replace(project / "forms" / path.name)


def made(project: Path) -> Path:
    """The one zip in the project's dist folder."""
    (path,) = (project / "dist").glob("*.zip")
    return path


def unzipped(path: Path, target: Path) -> Path:
    """The folder with all that the zip holds."""
    with zipfile.ZipFile(path) as archive:
        archive.extractall(target)
    return target


def zipped(folder: Path, target: Path, method: int = zipfile.ZIP_DEFLATED) -> Path:
    """The folder as a zip again, links as links."""
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(folder.rglob("*")):
            info = zipfile.ZipInfo(path.relative_to(folder).as_posix())
            info.create_system, info.external_attr, info.compress_type = 3, (stat.S_IFREG | 0o644) << 16, method
            if path.is_symlink():
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
                archive.writestr(info, str(path.readlink()))
            elif path.is_file():
                archive.writestr(info, path.read_bytes())
    return target


def flipped(path: Path, place: int, bit: int = 0) -> None:
    """Turns one bit of the file round."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1 << bit
    path.write_bytes(content)


def tree(folder: Path) -> dict[str, bytes | str | None]:
    """Everything below the folder: contents of files, aims of links, none for folders."""
    return {
        path.relative_to(folder).as_posix(): str(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def said(copy: Path) -> tuple[int, list[str]]:
    """The exit code of `verify`, and every line that it prints below the first, which says what it can't know."""
    done = CliRunner().invoke(commands.main, ["verify", str(copy)])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    first, *lines = (line for line in done.output.splitlines() if not line.startswith(OLDER))
    assert "is compared with" in first and "forged as a whole passes" in first
    return done.exit_code, lines


def stopping(owner: object, call: str, at: int, after: bool, problem: BaseException) -> Callable[..., object]:
    """A function for the place of `owner.call` that stops its call number `at`, before or after what it does."""
    whole: Callable[..., object] = getattr(owner, call)
    calls: list[object] = []

    def stopped(*args: object, **options: object) -> object:
        calls.append(args)
        if len(calls) == at and not after:
            raise problem
        done = whole(*args, **options)
        if len(calls) == at:
            raise problem
        return done

    return stopped
