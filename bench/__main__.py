"""Times what editors and engineers wait for, each as the median of several runs; prints one table and judges nothing.

python -m bench [RUNS], or `make bench`.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.built import copied
from macros.formulary.load import load
from macros.pages.markdown import Page, read_pages
from macros.site import preview
from macros.site.clock import HANDED_ON, today

_ROOT = Path(__file__).resolve().parent.parent
_RUNS = 5


def main(runs: int) -> None:
    """Prints a row for each thing that is timed."""
    with TemporaryDirectory() as folder:
        project = Path(folder)
        copied(_ROOT, project)
        page = max(read_pages(project), key=lambda page: len(page.calls))
        day = today(_ROOT)
        timed: dict[str, Callable[[], object]] = {
            "load the data": lambda: load(project, day),
            f"render {page.path}": _rendering(project, page, day),
            "command check": lambda: _command(project, "check"),
            "command site": lambda: _command(project, "site"),
            "command gate": lambda: _command(project, "gate"),
        }
        width = max(map(len, timed))
        print(f"{f'seconds, {runs} runs each':{width}}  median   least    most")
        for name, work in timed.items():
            took = [_seconds(work) for _ in range(runs)]
            print(f"{name:{width}}  {median(took):6.3f}  {min(took):6.3f}  {max(took):6.3f}", flush=True)


def _rendering(project: Path, page: Page, day: date) -> Callable[[], object]:
    book, _ = load(project, day)
    return lambda: preview.render([page], book, project, day)


def _command(project: Path, name: str) -> None:
    """Runs the command as a person would, start of Python included."""
    environment = {**os.environ, HANDED_ON: today(_ROOT).isoformat()}
    done = subprocess.run([sys.executable, "-m", "macros", name], cwd=project, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"`python -m macros {name}` stopped, so it can't be timed:\n{done.stdout}{done.stderr}".rstrip())


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else _RUNS)
