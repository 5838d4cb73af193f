"""What systems leave behind in an unzipped copy is told from what someone put there."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from macros.copies import manifest
from tests.support.copies import said

FILES = {"START-HERE.html": b"<p>start", "site/index.html": b"a page"}
DOUBLE = b"\x00\x05\x16\x07" + bytes(50)
HEAD = "Left behind by systems; harmless to reading, but no part of this copy:"
VOLUME = "System Volume Information"

LEFT = {
    ".DS_Store": b"\x00\x00\x00\x01Bud1",
    "site/.DS_Store": b"\x00\x00\x00\x01Bud1",
    "site/Thumbs.db": b"\xd0\xcf\x11\xe0 <p>",
    "desktop.ini": b"\r\n[.ShellClassInfo]\r\n",
    "site/._index.html": DOUBLE,
    "._site": DOUBLE,
    "._.DS_Store": DOUBLE,
    "__MACOSX/._START-HERE.html": DOUBLE,
    "__MACOSX/site/._index.html": DOUBLE,
    f"{VOLUME}/WPSettings.dat": bytes(12),
    f"{VOLUME}/IndexerVolumeGuid": "{1}".encode("utf-16"),
}
ADDED = {
    "site/._index.html": b"<p>evil",  # not as macOS writes it
    "._START-HERE.html": DOUBLE + b"<p>evil",
    "._evil.html": DOUBLE,  # there is no such file beside it
    "__MACOSX/evil.html": b"<p>evil",
    "__MACOSX/._evil.html": DOUBLE,
    "__MACOSX/evil/.DS_Store": b"x",
    "other/.DS_Store": b"x",
    ".DS_Store": b" \n<html>",
    "desktop.ini": "<p>".encode("utf-16"),
    "site/thumbs.html": b"x",
    f"{VOLUME}/evil.html": b"x",
    f"{VOLUME}/tracking.log": b"<script>",
    f"site/{VOLUME}/WPSettings.dat": b"x",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    listed = manifest.written({name: sha256(content).hexdigest() for name, content in FILES.items()})
    for name, content in {**FILES, manifest.NAME: listed.encode()}.items():
        put(tmp_path, name, content)
    return tmp_path


def put(folder: Path, name: str, content: bytes) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


@pytest.mark.parametrize(("name", "content"), LEFT.items(), ids=LEFT)
def test_what_a_system_left_is_listed_apart(folder: Path, name: str, content: bytes) -> None:
    put(folder, name, content)
    whole = f"{folder}: every file is there and unchanged, and systems left only what is named below"
    assert said(folder) == (0, [whole, HEAD, f"  {name}"])
    put(folder, "site/index.html", b"evil")
    assert said(folder) == (1, ["site/index.html: was changed", HEAD, f"  {name}"])


@pytest.mark.parametrize(("name", "content"), ADDED.items(), ids=ADDED)
def test_what_only_bears_such_a_name_was_added(folder: Path, name: str, content: bytes) -> None:
    put(folder, name, content)
    assert said(folder) == (1, [f"{name}: was added; it is no part of this copy"])


FOLDERS: dict[str, Callable[[Path], object]] = {
    "site/empty": lambda folder: (folder / "site/empty").mkdir(),
    "site/evil.html": lambda folder: (folder / "site/evil.html").mkdir(),
    "deep/er": lambda folder: (folder / "deep/er").mkdir(parents=True),
}


@pytest.mark.parametrize(("name", "make"), FOLDERS.items(), ids=FOLDERS)
def test_an_empty_folder_is_no_part_of_a_copy(folder: Path, name: str, make: Callable[[Path], object]) -> None:
    make(folder)
    assert said(folder) == (1, [f"{name}: is an empty folder; it is no part of this copy"])
