"""Whatever stands in the place of a file that the site is made from: a sentence that names it, and nobody waits."""

import os
import socket
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from tests.conftest import SLUG
from tests.support.broken import found

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")

PLAIN = "this is no plain file; put a file here, or delete it"
UNREAD = "this file can't be read ({0}); let whoever builds the site read it, or put another here"


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))  # a long path is refused


THINGS: dict[str, tuple[Callable[[Path], object], str]] = {
    "pipe": (os.mkfifo, PLAIN),
    "socket": (_socket, PLAIN),
    "device": (lambda path: path.symlink_to("/dev/zero"), PLAIN),
    "folder": (Path.mkdir, PLAIN),
    "link-in-a-circle": (lambda path: path.symlink_to(path.name), UNREAD.format(os.strerror(40))),
}
DATA = f"macros/data/{SLUG}"
# A file of each reader, with the name of the rule by which it is refused, and what else is then missing.
PLACES = {
    "data": (f"{DATA}/dose.yml", "yaml"),
    "list-of-names": ("macros/data/terms.txt", "shape"),
    "words": ("macros/data/units.yml", "yaml"),
    "page": ("docs/notes.md", "yaml"),
    "settings": ("mkdocs.yml", "yaml"),
    "template": ("overrides/main.html", "file-readable"),
    "part-of-a-template": ("overrides/partials/copyright.html", "file-readable"),
    "script": ("overrides/assets/javascripts/page.js", "file-readable"),
    "picture": ("overrides/assets/images/card.png", "file-readable"),
    "style-sheet": ("docs/assets/css/page.css", "file-readable"),
    "page-of-copies": ("macros/offline/START-HERE.html", "file-readable"),
    "drawing": ("macros/drawings/gene-transfer.svg", "file-readable"),
    "template-of-a-medicine": ("macros/template/data/dose.yml.jinja", "file-readable"),
    "list-of-packages": ("requirements.txt", "file-readable"),
}
CASES = {f"{thing}-for-{place}": (*THINGS[thing], *PLACES[place]) for thing, place in product(THINGS, PLACES)}


@pytest.mark.parametrize(("make", "said", "file", "rule"), CASES.values(), ids=CASES)
def test_what_is_no_file_is_refused(
    project: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], object], said: str, file: str, rule: str
) -> None:
    path = project / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    monkeypatch.chdir(path.parent)
    make(path)
    assert f"{file}:1: {rule}: {said}" in found(project)


def test_what_nobody_may_read_is_refused(project: Path) -> None:
    path = project / DATA / "dose.yml"
    path.unlink()
    path.symlink_to("/proc/self/mem")  # for whom every file can be read, this one can't
    assert f"{DATA}/dose.yml:1: yaml: {UNREAD.format(os.strerror(5))}" in found(project)


LINKS = {
    "folders-in-a-circle": (lambda docs: [(docs / name).symlink_to(".") for name in "abc"], ["docs/a:1", "docs/b:1", "docs/c:1"]),
    "page": (lambda docs: (docs / "a.md").symlink_to("nothing"), ["docs/a.md:1", "docs/a.md:1"]),
    "to-nowhere": (lambda docs: (docs / "a.png").symlink_to("nothing"), ["docs/a.png:1"]),
}


@pytest.mark.parametrize(("make", "named"), LINKS.values(), ids=LINKS)
def test_links_are_not_followed_without_end(project: Path, make: Callable[[Path], object], named: list[str]) -> None:
    make(project / "docs")
    assert [line.partition(": ")[0] for line in found(project)] == named


READABLE = "file-readable: "
TEXTS = {
    "template": ("overrides/main.html", b"a\nCaf\xe9", "2: file-readable: not UTF-8 text; save the file as UTF-8"),
    "template-with-nul": ("overrides/main.html", b"a\0", "1: file-readable: the line holds the invisible character U+0000; delete it"),
    "template-turned-round": (
        "overrides/main.html", "a\n\u202eb".encode(), "2: file-readable: the line holds the invisible character U+202E; delete it",
    ),
    "style-sheet": ("docs/assets/a.css", b"\x89PNG\r\n", "1: file-readable: not UTF-8 text; save the file as UTF-8"),
    "script": ("overrides/assets/javascripts/a.js", b"a\n\xff", "2: file-readable: not UTF-8 text; save the file as UTF-8"),
    "drawing": ("macros/drawings/a.svg", b"\xff", "1: file-readable: not UTF-8 text; save the file as UTF-8"),
    "code-of-a-template": (
        "overrides/main.html", b"a\n{% if %}",
        "2: file-readable: the template can't be read: Expected an expression, got 'end of statement block'; write what Jinja can read",
    ),
    "filter-of-a-template": (
        "overrides/partials/a.html", b"\n\n{{ a | nothing }}",
        "3: file-readable: the template can't be read: No filter named 'nothing'.; write what Jinja can read",
    ),
    "template-of-a-copy": (
        "macros/offline/READ-ME.txt", b"{{ a",
        "1: file-readable: the template can't be read: unexpected end of template, expected 'end of print statement'.; write what Jinja can read",
    ),
    "large-template": ("overrides/main.html", b"<" * 30_001, "1: file-readable: larger than 30000 bytes; delete what was not written by hand"),
    "large-style-sheet": ("docs/assets/a.css", b"/*" * 20_000, "1: file-readable: larger than 30000 bytes; delete what was not written by hand"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "raw", "said"), TEXTS.values(), ids=TEXTS)
def test_what_is_no_text_is_refused(project: Path, file: str, raw: bytes, said: str) -> None:
    (project / file).parent.mkdir(parents=True, exist_ok=True)
    (project / file).write_bytes(raw)
    assert found(project) == [f"{file}:{said}"]


def test_what_fits_passes(project: Path) -> None:
    for file, text in {"overrides/main.html": "{% trans %}a{% endtrans %}{{ 'a' | url }}\r\n\t", "overrides/a.png": "\0"}.items():
        (project / file).write_text(text, "utf-8", newline="")
    assert [line for line in found(project) if "file-readable" in line] == []
