"""Folders that take long to make, made once for all workers of a run."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first worker of this run makes; the others wait for it. Tests only read it."""
    base = factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    target, done = folder / name, folder / f"{name}-done"
    if sys.platform == "win32":  # its locks give up after ten seconds, so each worker makes its own
        make(base / name)
        return base / name
    import fcntl

    with (folder / f"{name}-lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(target, ignore_errors=True)  # where it failed before
            make(target)
            done.touch()
    return target
