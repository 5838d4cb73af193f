"""Commands and MkDocs begun as copies of this process, which holds their modules: a new one reads them for longer than it works on a small site.

That a command begins by itself, with the code of its own project, is asked where the tests call `bench.built.run`.
"""

import os
import signal
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from io import FileIO, TextIOWrapper
from pathlib import Path
from subprocess import CompletedProcess
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest

from bench import built
from macros import __main__ as commands
from macros.site import shard

# What a build reads besides, most of it only when it is at work already.
_READ = (
    "colorama", "jinja2.debug", "macros.site.live", "material.plugins.offline.plugin", "material.templates", "mkdocs.__main__",
    "mkdocs.commands.build", "mkdocs.config.defaults", "mkdocs.theme", "mkdocs_macros.plugin", "pymdownx.blocks.admonition",
    "pymdownx.superfences",
)  # fmt: skip
_QUIET = "NO_MKDOCS_2_WARNING"


def run(project: Path, *words: str, **environment: str) -> CompletedProcess[str]:
    """What `bench.built.run` gives, by the code of this project, in a third of the time."""
    if not hasattr(os, "fork"):
        return built.run(project, *words, **environment)
    _read()

    code, out, err = _forked(lambda: command(project, *words), project, {**os.environ, _QUIET: "1", **environment})
    return CompletedProcess(words, code, out.decode("utf-8"), err.decode("utf-8"))


def command(project: Path, *words: str) -> None:
    """Is this command; only for a process that does nothing else."""
    commands._ROOT = project
    vars(shard)["subprocess"] = SimpleNamespace(run=_run)
    commands.main(words, prog_name="python -m macros")


def ended(project: Path, program: Callable[[], object]) -> int:
    """With which code a copy of this process ends that does this alone, in the project."""
    _read()
    return _forked(program, project, {**os.environ, _QUIET: "1"})[0]


def agreed(project: Path) -> Path:
    """What `bench.built.agreed` does, begun so."""
    done = run(project, "generate")
    assert done.returncode == 0, done.stderr
    return project


@contextmanager
def builder_forked() -> Iterator[None]:
    """Has builds that are asked for in this process begin MkDocs so."""
    with pytest.MonkeyPatch.context() as patch:
        if hasattr(os, "fork"):
            _read()
            patch.setattr(shard, "subprocess", SimpleNamespace(run=_run))
        yield


@cache
def _read() -> None:
    """Reads what copies are to hold."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(_QUIET, "1")
        for name in _READ:
            import_module(name)


def _run(command: Sequence[str], *, cwd: Path, env: Mapping[str, str], encoding: str, errors: str, **given: Any) -> CompletedProcess[str]:
    """What `subprocess.run` gives for the command of a build."""
    assert command[:3] == [sys.executable, "-m", "mkdocs"]
    assert given.keys() == {"capture_output", "check", "pass_fds"}

    def mkdocs() -> None:
        del sys.modules["macros"]  # the seam to MkDocs knows by its place what it builds
        sys.path.insert(0, str(cwd))
        sys.modules["mkdocs.__main__"].cli(command[3:])

    code, *said = _forked(mkdocs, cwd, env)
    return CompletedProcess(command, code, *(each.decode(encoding, errors) for each in said))


def _forked(program: Callable[[], object], cwd: Path, env: Mapping[str, str]) -> tuple[int, bytes, bytes]:
    """How a copy of this process ended that did this alone, and what it said."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            _become(program, cwd, env, out.fileno(), err.fileno())
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        for file in (out, err):
            file.seek(0)
        return code, out.read(), err.read()


def _become(program: Callable[[], object], cwd: Path, env: Mapping[str, str], out: int, err: int) -> NoReturn:
    """Is this program and ends as it does, with nothing of the tests around it."""
    code = 1
    try:
        for number, file in ((1, out), (2, err)):
            os.dup2(file, number)
        sys.stdout, sys.stderr = (TextIOWrapper(FileIO(number, "w", closefd=False), encoding="utf-8") for number in (1, 2))
        os.environ.clear()
        os.environ.update(env)
        os.chdir(cwd)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        warnings.resetwarnings()
        program()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
