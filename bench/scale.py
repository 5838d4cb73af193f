"""What grows with the number of monographs: seconds, memory and bytes, beside plain MkDocs on the same pages, as a table.

python -m bench.scale FOLDER NUMBER…, or `make bench N="3 100"`. Projects are made in the folder and taken away again.
"""

import os
import platform
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from gzip import compress
from importlib.metadata import version
from pathlib import Path
from time import perf_counter, sleep
from urllib.error import URLError
from urllib.request import urlopen

from bench.built import ROOT
from bench.synthetic import grown
from macros.formulary.book import DATA
from macros.pages.markdown import DOCS, MONOGRAPHS
from macros.site.clock import today
from macros.site.kept import Kept
from macros.site.part import SITE
from macros.site.serving import previewing

_TODAY = today(ROOT)
_PLAIN = """\
site_name: Plain
theme: {name: material, font: false, features: [navigation.indexes, navigation.prune, navigation.tabs]}
plugins: [search]
markdown_extensions: [abbr, attr_list, def_list, tables, {toc: {permalink: true}}, pymdownx.superfences, pymdownx.blocks.admonition]
"""


def measured(root: Path, target: Path, count: int) -> Iterator[tuple[str, str]]:
    """What is measured of a project with so many monographs, each figure with its name; the project is made in an empty folder."""
    yield "laid out, and judged for the first time, s", _seconds(lambda: grown(root, target, count, _TODAY))
    shutil.rmtree(target / ".cache")
    first, memory = _command(target, "site")
    yield "`make site` with nothing kept, s", first
    yield "memory of its largest process, MB", memory
    plain, memory = _plain(target)
    yield "plain MkDocs and Material on the same pages, macros resolved, s", plain
    yield "memory of that, MB", memory
    yield "ratio", f"{float(first) / float(plain):.2f}"
    yield "`make check`, nothing changed, s", _command(target, "check")[0]
    _change(target)
    yield "`make check` after a changed fact, s", _command(target, "check", fails=True)[0]
    yield "`make generate` after it, s", _command(target, "generate")[0]
    _record(target)
    _command(target, "generate")
    yield "`make site` after it, s", _command(target, "site")[0]
    yield "a saved page in `make serve DRUG=…`, s", f"{_served(target):.1f}"
    yield from _sizes(target / "site")


def _sizes(site: Path) -> Iterator[tuple[str, str]]:
    pages = list(site.rglob("*.html"))
    yield "pages", str(len(pages))
    yield "site, MB", f"{sum(path.stat().st_size for path in site.rglob('*') if path.is_file()) / 1e6:.0f}"
    longest = max(pages, key=lambda path: _compressed(path) if MONOGRAPHS not in path.parts else 0)
    yield "longest page of no medicine, KB compressed", f"{_compressed(longest) / 1e3:.0f} ({longest.relative_to(site).parent.as_posix()})"
    around = re.sub(rb"<article.*</article>", b"", next(site.glob(f"{MONOGRAPHS}/*/index.html")).read_bytes(), flags=re.DOTALL)
    yield "a monograph without its article, KB compressed", f"{len(compress(around, 6)) / 1e3:.1f}"
    yield "first file of the search, KB compressed", f"{_compressed(site / 'search/names.js') / 1e3:.0f}"


def _compressed(path: Path) -> int:
    return len(compress(path.read_bytes(), 6))


def _seconds(work: Callable[[], object]) -> str:
    began = perf_counter()
    work()
    return f"{perf_counter() - began:.1f}"


def _command(project: Path, *words: str, fails: bool = False) -> tuple[str, str]:
    return _run([sys.executable, "-m", "macros", *words], project, fails)


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "MONOGRAPHS_TODAY": _TODAY.isoformat(), "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(folder)}


def _run(command: list[str], folder: Path, fails: bool = False) -> tuple[str, str]:
    """The seconds that a command takes, and the most memory that it or any program that it started held."""
    began = perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=_environment(folder), stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if status and not fails:
        sys.exit(f"`{' '.join(command[1:])}` stopped, so it can't be timed")
    return f"{seconds:.1f}", f"{used.ru_maxrss / 1024:.0f}"


def _plain(target: Path) -> tuple[str, str]:
    """MkDocs and its theme on the pages with their macros resolved, without any rule."""
    folder = target.with_name(f"{target.name}-plain")
    for slug in (SITE, *sorted(path.name for path in (target / DOCS / MONOGRAPHS).iterdir() if path.is_dir())):
        for each in Kept(target).get("shown", slug).pages:
            place = folder / DOCS / each.page.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(each.page.filled(each.printed), "utf-8")
    (folder / "mkdocs.yml").write_text(_PLAIN, "utf-8")
    found = _run([sys.executable, "-m", "mkdocs", "build", "-q"], folder)
    shutil.rmtree(folder)
    return found


def _change(target: Path) -> None:
    """One word of one fact."""
    path = min((target / DATA).glob("*/safety.yml"))
    path.write_text(path.read_text("utf-8").replace("  title: ", "  title: Also ", 1), "utf-8")


def _record(target: Path) -> None:
    slug = min((target / DATA).glob("*/safety.yml")).parent.name
    _command(target, "record", slug, "--kind", "editorial", "--reason", "A title says more.")


def _served(target: Path) -> float:
    """The seconds from a saved page to its new text, in the preview of one monograph."""
    slug = min((target / DATA).glob("*/safety.yml")).parent.name
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    command = [*previewing(target, slug, _TODAY), "-q", "-a", place]
    preview = subprocess.Popen(command, cwd=target, env=_environment(target), stdout=subprocess.DEVNULL)
    try:
        address, page = f"http://{place}/{MONOGRAPHS}/{slug}/", target / DOCS / MONOGRAPHS / slug / "index.md"
        _until(preview, address, "</html>")
        page.write_text(page.read_text("utf-8").replace("\n## ", "\nWords that were just saved.\n\n## ", 1), "utf-8")
        began = perf_counter()
        _until(preview, address, "Words that were just saved")
        return perf_counter() - began
    finally:
        preview.terminate()
        preview.wait()


def _until(preview: subprocess.Popen[bytes], address: str, text: str) -> None:
    while preview.poll() is None:
        try:
            if text in urlopen(address, timeout=60).read().decode():
                return
        except (URLError, TimeoutError):
            pass
        sleep(0.1)
    sys.exit("the preview stopped, so it can't be timed")


def main(folder: Path, counts: list[int]) -> None:
    """Prints the table, a column for each number of monographs."""
    columns: list[dict[str, str]] = []
    for count in counts:
        target = folder.resolve() / f"of-{count}"
        target.mkdir(parents=True)
        columns.append({})
        for name, figure in measured(ROOT, target, count):
            columns[-1][name] = figure
            print(f"{count}: {name}: {figure}", file=sys.stderr, flush=True)
        shutil.rmtree(target)
    packages = ", ".join(f"{name} {version(name)}" for name in ("mkdocs", "mkdocs-material", "Markdown"))
    print(f"{_TODAY}, Python {platform.python_version()}, {packages}, {os.cpu_count()} cores of {platform.machine()}\n")
    print(f"| monographs | {' | '.join(map(str, counts))} |\n|---|{'---:|' * len(counts)}")
    for name in columns[0]:
        print(f"| {name} | {' | '.join(column[name] for column in columns)} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(each) for each in sys.argv[2:]])
