"""What grows with the number of monographs: seconds, memory and bytes, beside plain MkDocs on the same pages; a table for RESULTS.md."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from gzip import compress
from pathlib import Path
from time import perf_counter

from bench.synthetic import grown
from macros.formulary.book import DATA
from macros.pages.markdown import DOCS, MONOGRAPHS
from macros.site.kept import Kept
from macros.site.part import SITE

_TODAY = date(2026, 11, 26)
_PLAIN = """\
site_name: Plain
docs_dir: docs
theme: {name: material, font: false, features: [navigation.indexes, navigation.prune, navigation.tabs]}
plugins: [search]
markdown_extensions: [abbr, attr_list, def_list, tables, {toc: {permalink: true}}, pymdownx.superfences, pymdownx.blocks.admonition]
not_in_nav: "*"
"""


def measured(root: Path, target: Path, count: int) -> dict[str, str]:
    """What was measured of a project with so many monographs, which is made in an empty folder and stays there."""
    found: dict[str, str] = {"monographs": str(count)}
    found["laid out and judged for the first time, s"] = _seconds(lambda: grown(root, target, count, _TODAY))
    found["`make site` from nothing kept, s"], found["its peak memory, MB"] = _run(target, "site")
    found["plain MkDocs on the resolved pages, s"], found["its memory, MB"] = _plain(target)
    found["ratio to plain MkDocs"] = (
        f"{float(found['`make site` from nothing kept, s']) / float(found['plain MkDocs on the resolved pages, s']):.2f}"
    )
    found["`make check`, nothing changed, s"], _ = _run(target, "check")
    _change(target)
    found["`make check` after a changed fact, s"], _ = _run(target, "check", fails=True)
    _run(target, "generate")
    found["`make site` after it, s"], _ = _run(target, "site")
    pages = list((target / "site").rglob("*.html"))
    found["pages"] = str(len(pages))
    found["site, MB"] = f"{sum(path.stat().st_size for path in (target / 'site').rglob('*') if path.is_file()) / 1e6:.0f}"
    found["longest page of no medicine, KB compressed"] = (
        f"{max(_compressed(path) for path in pages if MONOGRAPHS not in path.parts) / 1e3:.0f}"
    )
    return found


def _compressed(path: Path) -> int:
    return len(compress(path.read_bytes(), 6))


def _seconds(work: Callable[[], object]) -> str:
    began = perf_counter()
    work()
    return f"{perf_counter() - began:.1f}"


def _run(project: Path, *words: str, fails: bool = False) -> tuple[str, str]:
    """The seconds that a command takes, and the most memory that it or a program that it started held."""
    return _command([sys.executable, "-m", "macros", *words], project, fails)


def _command(command: list[str], folder: Path, fails: bool = False) -> tuple[str, str]:
    began = perf_counter()
    environment = {**os.environ, "MONOGRAPHS_TODAY": _TODAY.isoformat(), "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(folder)}
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, used = os.wait4(process.pid, 0)
    seconds = perf_counter() - began
    if status and not fails:
        sys.exit(f"{' '.join(command[-2:])} stopped: {process.stderr.read().decode()[-2000:] if process.stderr else ''}")
    return f"{seconds:.1f}", f"{used.ru_maxrss / 1024:.0f}"


def _plain(target: Path) -> tuple[str, str]:
    """MkDocs and its theme on the pages with their macros resolved, without any rule."""
    folder = target.with_name(f"{target.name}-plain")
    shutil.rmtree(folder, ignore_errors=True)
    for slug in (SITE, *sorted(path.name for path in (target / DOCS / MONOGRAPHS).iterdir() if path.is_dir())):
        for each in Kept(target).get("shown", slug) or ():
            place = folder / DOCS / each.page.path
            place.parent.mkdir(parents=True, exist_ok=True)
            printed = iter(each.printed)
            text = each.page.body
            for call in each.page.calls:
                _ = call
            place.write_text(_resolved(text, printed), "utf-8")
    (folder / "mkdocs.yml").write_text(_PLAIN, "utf-8")
    found = _command([sys.executable, "-m", "mkdocs", "build", "-q"], folder)
    shutil.rmtree(folder)
    return found


def _resolved(text: str, printed: object) -> str:
    import re

    return re.sub(r"\{\{(?! *raw).*?\}\}", lambda match: next(printed, ""), text)  # type: ignore[call-overload]


def _change(target: Path) -> None:
    """One word of one fact."""
    path = next(iter(sorted((target / DATA).glob("*/safety.yml"))))
    path.write_text(path.read_text("utf-8").replace("  title: ", "  title: Also ", 1), "utf-8")


def main(counts: list[int], folder: Path) -> None:
    """Prints a table with a column for each number of monographs."""
    root = Path(__file__).resolve().parent.parent
    columns = []
    for count in counts:
        target = folder / f"of-{count}"
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        columns.append(measured(root, target, count))
        print(columns[-1], flush=True)
        shutil.rmtree(target)
    for name in columns[0]:
        print(f"| {name} | " + " | ".join(column[name] for column in columns) + " |")


if __name__ == "__main__":
    main([int(each) for each in sys.argv[2:]], Path(sys.argv[1]))

_ = resource
