"""The editor's own command, `mkdocs serve`, on a small project, and an editor who saves files and looks at pages."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from bench.built import ROOT, copied
from macros.pages.template import TEMPLATE
from macros.site import whole
from tests.conftest import TODAY, small_project

# No build takes as long, however much else the machine does; what has not come by then never comes.
SECONDS = 120
# The script that MkDocs adds to each page; it is new in each answer.
_SCRIPT = re.compile(r"<script>\s*var livereload = .*?livereload\(\d+, \d+\);\s*</script>", re.DOTALL)
# What MkDocs says at the end of a build; it holds requests back until then.
BUILT = "Reloading browsers"
FAILED = "An error happened during the rebuild"


def small_site(target: Path) -> Path:
    """The project with the fictional medicine alone, and a menu of its pages: it builds in less than a second."""
    copied(ROOT, target)
    for folder in ("docs", "macros/data"):
        shutil.rmtree(target / folder)
    small_project(target)
    shutil.rmtree(target / TEMPLATE)  # it marks the words of the fictional medicine, which stands in this project
    for folder in ("overrides", "docs/assets"):  # the small project holds them by name only
        shutil.copytree(ROOT / folder, target / folder, dirs_exist_ok=True)
    settings = target / "mkdocs.yml"
    pages = sorted(path.relative_to(target / "docs").as_posix() for path in (target / "docs").rglob("*.md"))
    own = [page for page in pages if page.startswith("monographs/")]
    rest = [page for page in pages if page not in own]
    menu = "".join(f"  - Page {letter}: {page}\n" for letter, page in zip("abcdefgh", rest, strict=False))
    kinds = {"evidence.md": "Evidence: ", "patient.md": "Patient guide: ", "handout.md": "Handout: ", "dose-sheet.md": "Dose sheet: "}
    menu += "  - Fictivagene examplavec:\n" + "".join(f"      - {kinds.get(page.rpartition('/')[2], '')}{page}\n" for page in own)
    before, _, after = settings.read_text("utf-8").partition("\nnav:\n")
    below = after.partition("\n\n")[2]  # what stands below the menu comes before it, so that tests may lengthen that
    settings.write_text(f"{before}\n{below}\nnav:\n{menu}", "utf-8")
    return target


def agreed_small(project: Path) -> Path:
    """Such a project with the register of what its readers get now, which has to be without a fault."""
    outcome = whole.judged(project, TODAY)
    assert outcome.findings == ()
    shutil.rmtree(project / "register")
    (project / "register").mkdir()
    for path, text in whole.registers(project, outcome.keys):
        (project / path).write_text(text, "utf-8")
    return project


def with_page(project: Path, path: str, title: str, text: str) -> Path:
    """Such a project with a page more, and its line in the menu."""
    (project / "docs" / path).write_text(f"---\ntitle: {title}\n---\n# {title}\n\n{text}\n\n{{{{ colophon() }}}}\n", "utf-8")
    settings = project / "mkdocs.yml"
    settings.write_text(f"{settings.read_text('utf-8')}  - {title}: {path}\n", "utf-8")
    return project


class Preview:
    """A running preview, in which files are changed and pages looked at."""

    def __init__(self, project: Path, address: str, process: subprocess.Popen[str]):
        self.project, self.address, self.process = project, address, process
        self.lines: list[str] = []
        self.news = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            with self.news:
                self.lines.append(line)
                self.news.notify_all()
        with self.news:
            self.lines.append(f"{FAILED}, and ended MkDocs")
            self.news.notify_all()

    def wait_for(self, words: str, after: int = 0) -> str:
        """What the terminal says after so many lines, once it says the words or that a build failed."""
        with self.news:
            assert self.news.wait_for(lambda: any(words in line or FAILED in line for line in self.lines[after:]), SECONDS), self.lines
            return "".join(self.lines[after:])

    def page(self, where: str) -> str:
        """The page as MkDocs built it, or the status of an answer without a page."""
        return _SCRIPT.sub("", self._get(where))

    def faults(self, where: str) -> list[str]:
        """The faults that stand on top of the page."""
        page = LexborHTMLParser(self._get(where))
        return [node.text(strip=True) for node in page.css("div.fault li") or page.css("div.fault")]

    @contextmanager
    def changed(self, file: str, content: bytes | None) -> Iterator[None]:
        """The preview while the file has other content or none, built anew before and after."""
        whole = self.read(file)
        try:
            self.save(file, content)
            yield
        finally:
            self.save(file, whole)

    @contextmanager
    def stopped(self, file: str, content: bytes) -> Iterator[str]:
        """What the terminal says while MkDocs stops at the file's content; built anew after."""
        whole, before = self.read(file), len(self.lines)
        try:
            self.put(file, content)
            yield self.wait_for(FAILED, before)
        finally:
            self.save(file, whole)

    def read(self, file: str) -> bytes:
        """What stands in the file."""
        return (self.project / file).read_bytes()

    def save(self, file: str, content: bytes | None) -> None:
        """Writes or deletes the file and waits for the build that follows, which has to go well."""
        before = len(self.lines)
        self.put(file, content)
        said = self.wait_for(BUILT, before)
        assert FAILED not in said, said

    def put(self, file: str, content: bytes | None) -> None:
        """Writes the file in one step, so that MkDocs sees no half of it, or deletes it."""
        if content is None:
            (self.project / file).unlink()
            return
        beside = self.project / "being-written"
        beside.write_bytes(content)
        beside.replace(self.project / file)

    def _get(self, where: str) -> str:
        try:
            with urllib.request.urlopen(f"{self.address}{where}", timeout=SECONDS) as answer:
                return str(answer.read().decode("utf-8"))
        except urllib.error.HTTPError as error:
            with error:
                return str(error.code)


def started(project: Path, port: int, command: Sequence[str] = (sys.executable, "-m", "mkdocs", "serve")) -> subprocess.Popen[str]:
    """`mkdocs serve` in the project, which may not answer yet."""
    settings = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
    settings["TMPDIR"] = str(project)  # where it keeps its pages
    return subprocess.Popen(
        [*command, "--dev-addr", f"127.0.0.1:{port}"],
        cwd=project,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def previewing(project: Path, *command: str) -> Iterator[Preview]:
    """`mkdocs serve` in the project, from when it answers, or another command that serves it."""
    port = free_port()
    with started(project, port, *([command] if command else [])) as process:
        try:
            preview = Preview(project, f"http://127.0.0.1:{port}/", process)
            said = preview.wait_for("Serving on")
            assert FAILED not in said, said
            yield preview
        finally:
            process.terminate()
            process.wait(SECONDS)  # it takes its pages away first
