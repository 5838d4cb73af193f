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
from collections.abc import Iterator, Mapping
from gzip import compress
from importlib.metadata import version
from pathlib import Path
from time import perf_counter, sleep
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

from bench.builders import BUILDERS
from bench.built import ROOT
from bench.exports import TURNS, Steps, measured as exported
from bench.synthetic import laid_out, registered
from macros.export import archives
from macros.formulary.book import DATA
from macros.pages.files import API
from macros.pages.markdown import DOCS, MONOGRAPHS
from macros.site.clock import today
from macros.site.kept import Kept
from macros.site.leaf import SITE
from macros.site.made import Order
from macros.site.preview import Rendered
from macros.site.serving import previewing
from macros.site.whole import names_of_all

_TODAY = today(ROOT)
_SOME = 40  # medicines from which the others are reckoned
_PLAIN = """\
site_name: Plain
theme: {name: material, font: false, features: [navigation.indexes, navigation.prune, navigation.tabs]}
plugins: [search]
markdown_extensions: [abbr, attr_list, def_list, tables, {toc: {permalink: true}}, pymdownx.superfences, pymdownx.blocks.admonition]
"""
_MKDOCS = "MkDocs and Material"
_SHOWN = "<!doctype html><title>{{ .Title }}</title>{{ .TableOfContents }}<main>{{ .Content }}</main>"
_HUGO = {
    "hugo.toml": 'contentDir = "docs"\ndisableKinds = ["taxonomy", "term", "rss"]\nmarkup.goldmark.renderer.unsafe = true\n',
    **dict.fromkeys((f"layouts/_default/{kind}.html" for kind in ("single", "list")), _SHOWN),
    "layouts/index.html": _SHOWN,
}


def measured(target: Path, count: int) -> Iterator[tuple[str, str]]:
    """What is measured of a project with so many monographs, each figure with its name; the project is made in an empty folder.

    What others take comes last, since they need the most memory, or never end. Seconds are those of the clock, and in brackets those
    of all cores together, which other work on the machine changes less.
    """
    laid_out(ROOT, target, count, _TODAY)
    judging = _command(target, "check", fails=True)
    yield "all judged, with nothing kept, s", str(judging)
    yield "memory of its largest process, MB", judging.memory
    registered(target, _TODAY)
    _committed(target)
    building = _command(target, "site")
    yield "`make site` of what is judged, s", str(building)
    yield "memory of its largest process then, MB", building.memory
    yield from _sizes(target / "site")
    yield "`make check`, nothing changed, s", str(_command(target, "check"))
    _change(target)
    yield "`make check` after a changed fact, s", str(_command(target, "check", fails=True))
    yield "`python -m macros record` of it, s", str(_record(target))
    yield "`make generate` after it, s", str(_command(target, "generate"))
    yield "`make site` after it, s", str(_command(target, "site"))
    yield "a saved page in `make serve DRUG=…`, s", f"{_served(target):.1f}"
    bundle = _command(target, "bundle")
    yield "`make bundle` of what is judged, s", str(bundle)
    yield "memory of its largest process then, of the bundle, MB", bundle.memory
    copy = next((target / "dist").glob("*.zip"))
    yield "the zip, MB", f"{copy.stat().st_size / 1e6:.0f}"
    yield "`verify` of it, s", str(_command(target, "verify", str(copy)))
    if shutil.which("zimwriterfs"):
        kiwix = _command(target, "zim")
        yield "`make zim`, s", str(kiwix)
        yield "memory of its largest process then, of the copy for Kiwix, MB", kiwix.memory
        yield "the copy for Kiwix, MB", f"{next((target / 'dist').glob('*.zim')).stat().st_size / 1e6:.0f}"
    yield from _exports(target, count)
    beside = dict(_plain(target))
    for builder, used in beside.items():
        yield f"plain {builder} on the same pages, macros resolved, s", str(used)
        yield f"memory of {builder}, MB", used.memory
    plain = beside[_MKDOCS]
    ours = Used(judging.clock + building.clock, judging.cores + building.cores, "")
    yield "both of ours to plain, by the clock", f"{ours.clock / plain.clock:.2f}"
    yield "the same by what the cores had to do, on two cores", f"{ours.cores / 2 / plain.cores:.2f}"


class Used(NamedTuple):
    """What a command used: seconds of the clock and of all cores together, and the memory of its largest process."""

    clock: float
    cores: float
    memory: str

    def __str__(self) -> str:
        return f"{self.clock:.1f} ({self.cores:.1f})"


def _sizes(site: Path) -> Iterator[tuple[str, str]]:
    pages = list(site.rglob("*.html"))
    yield "pages", str(len(pages))
    yield "site, MB", f"{sum(path.stat().st_size for path in site.rglob('*') if path.is_file()) / 1e6:.0f}"
    longest = max(pages, key=lambda path: _compressed(path) if MONOGRAPHS not in path.parts else 0)
    yield "longest page of no medicine, KB compressed", f"{_compressed(longest) / 1e3:.0f} ({longest.relative_to(site).parent.as_posix()})"
    around = re.sub(rb"<article.*</article>", b"", min(site.glob(f"{MONOGRAPHS}/*/index.html")).read_bytes(), flags=re.DOTALL)
    yield "a monograph without its article, KB compressed", f"{len(compress(around, 6)) / 1e3:.1f}"
    yield "first file of the search, KB compressed", f"{_compressed(site / 'search/names.js') / 1e3:.0f}"


def _exports(target: Path, count: int) -> Iterator[tuple[str, str]]:
    """What other programs get: how large it is, and how long it takes, reckoned from some medicines; the kept database goes."""
    own = [path for path in (target / "site" / API).rglob("*") if path.is_file()]
    largest = max((path for path in own if path.suffix not in (".zip", ".sqlite")), key=lambda path: path.stat().st_size)
    yield "files for programs, MB", f"{sum(path.stat().st_size for path in own) / 1e6:.0f}"
    yield "of these the database, MB", f"{(target / 'site' / API / archives.DATABASE).stat().st_size / 1e6:.0f}"
    yield "the largest but archives, MB", f"{largest.stat().st_size / 1e6:.2f} ({largest.relative_to(target / 'site').as_posix()})"
    names, steps = sorted(names_of_all(target).called), Steps()
    chosen = names[:: max(1, len(names) // _SOME)]  # of every size as many as there are
    for _ in range(TURNS):
        exported(target, Order(target, _TODAY, {}, False, ()), chosen, steps)
    yield "seconds of a core that all of them take", f"{steps.reckoned(len(chosen), count):.0f}"


def _compressed(path: Path) -> int:
    return len(compress(path.read_bytes(), 6))


def _command(project: Path, *words: str, fails: bool = False) -> Used:
    return _run([sys.executable, "-m", "macros", *words], project, fails)


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "MONOGRAPHS_TODAY": _TODAY.isoformat(), "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(folder)}


def _run(command: list[str], folder: Path, fails: bool = False) -> Used:
    """What a command and every program that it started used."""
    began = perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=_environment(folder), stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    clock = perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in ((0, 1) if fails else (0,)):  # 1 says that something was found; a crash is no run
        sys.exit(f"`{' '.join(command[1:])}` stopped, so it can't be timed")
    return Used(clock, used.ru_utime + used.ru_stime, f"{used.ru_maxrss / 1024:.0f}")


def _plain(target: Path) -> Iterator[tuple[str, Used]]:
    """Each builder that is installed, on the pages with their macros resolved, without any rule; of Hugo without a theme, too."""
    folder = target.with_name(f"{target.name}-plain")
    resolved(target, folder)
    (folder / "mkdocs.yml").write_text(_PLAIN, "utf-8")
    yield _MKDOCS, _run([sys.executable, "-m", "mkdocs", "build", "-q"], folder)
    if (BUILDERS / "bin/python").exists():
        shutil.rmtree(folder / "site")
        yield "Zensical", _run([str(BUILDERS / "bin/python"), "-m", "zensical", "build"], folder)
    if hugo := shutil.which("hugo"):
        for page in (folder / DOCS).rglob("index.md"):
            page.rename(page.with_name("_index.md"))  # else it takes what stands beside for its own attachments
        for path, text in _HUGO.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
        yield "Hugo", _run([hugo, "--quiet"], folder)
    shutil.rmtree(folder)


def resolved(target: Path, folder: Path) -> None:
    """Writes every page of a project that was judged into docs/ of a folder, with what its macros print in their places."""
    for slug in (SITE, *sorted(path.name for path in (target / DOCS / MONOGRAPHS).iterdir() if path.is_dir())):
        shown: Mapping[str, Rendered] = Kept(target).need("shown", slug).pages
        for each in shown.values():
            place = folder / DOCS / each.page.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(each.page.filled(each.printed), "utf-8")


def _committed(target: Path) -> None:
    """Makes the project a repository with all of it in a commit, as an editor has it: without one each edition hashes every file."""
    shutil.copy(ROOT / ".gitignore", target)
    who = ("-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "commit.gpgsign=false")
    for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "All")):
        subprocess.run(["git", *words], cwd=target, check=True)


def _change(target: Path) -> None:
    """One word of one fact."""
    path = min((target / DATA).glob("*/safety.yml"))
    path.write_text(path.read_text("utf-8").replace("  title: ", "  title: Also ", 1), "utf-8")


def _record(target: Path) -> Used:
    slug = min((target / DATA).glob("*/safety.yml")).parent.name
    return _command(target, "record", slug, "--kind", "editorial", "--reason", "A title says more.")


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
        text = page.read_text("utf-8")
        page.write_text(text.replace("\n## ", "\nWords that were just saved.\n\n## ", 1), "utf-8")
        began = perf_counter()
        _until(preview, address, "Words that were just saved")
        seconds = perf_counter() - began
        page.write_text(text, "utf-8")
        return seconds
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
        try:
            target.mkdir(parents=True)
        except FileExistsError:
            sys.exit(f"{target} is there already, perhaps of a run that was stopped; delete it, or name another folder")
        columns.append({})
        for name, figure in measured(target, count):
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
