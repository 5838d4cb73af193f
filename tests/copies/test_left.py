"""What systems leave behind in an unzipped copy is told from what someone put there."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from macros.copies import manifest
from macros.copies.untrusted_zip import shown
from macros.copies.verify import Said
from tests.support.copies import OLDER, said

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
    "site/.directory": b"[Desktop Entry]\nIcon=folder\n",
    "site/.nomedia": b"",
    "ehthumbs.db": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "$RECYCLE.BIN/S-1-5-21-1-2-3-1001/desktop.ini": b"\r\n[.ShellClassInfo]\r\n",
    ".fseventsd/fseventsd-uuid": b"8F0D2D6E-0000-0000-0000-000000000000",
    ".fseventsd/0000000000a1b2c3": b"\x1f\x8b\x08",
    ".Spotlight-V100/VolumeConfiguration.plist": b"bplist00",
    "START-HERE.html:Zone.Identifier": b"[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://a.example/monographs.zip\r\n",  # of NTFS, where another system reads it
    "site/index.html:Zone.Identifier": b"[ZoneTransfer]\r\nZoneId=3\r\n",
    "site/.~lock.index.html#": b",nurse,pc-3,27.11.2026 16:00,file:///home/nurse/.config/libreoffice/4;",
    "site/~$dex.html": b"\x05nurse" + bytes(156),  # of Word, which puts two signs in the place of the first two
    ".localized": b"",
    "site/.metadata_never_index": b"",
    "site/Icon\r": b"",
    "$Recycle.Bin/S-1-5-18/desktop.ini": b"\r\n[.ShellClassInfo]\r\nCLSID={645FF040-5081-101B-9F08-00AA002F954E}\r\n",
    "site/desktop.ini": b"[ViewState]\r\nMode=\r\nVid=\r\nFolderType=Generic\r\n[.ShellClassInfo]\r\nIconResource=C:\\WINDOWS\\System32\\SHELL32.dll,4\r\n",
    f"{VOLUME}/AadRecoveryPasswordDelete": b"",
    ".Spotlight-V100/Store-V2/8F0D2D6E-0000-0000-0000-000000000000/.store.db": b"8tsd",
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
    "Thumbs.db.html": b"\xd0\xcf\x11\xe0",
    "Thumbs.db": b"MZ\x90",  # a program
    ".DS_Store/index.html": b"<p>evil",
    ".DS_Store/.DS_Store": b"\x00\x00\x00\x01Bud1",
    "site/desktop.ini": b"#!/bin/sh\n",
    ".directory": b"<p>evil",
    ".nomedia": b"<p>evil",
    ".Nomedia": b"",
    "$RECYCLE.BIN/S-1-5-21-1-2-3-1001/$R2.html": b"x",
    "$RECYCLE.BIN/desktop.ini": b"\n<p>",
    ".Trashes/501/page.html": b"x",
    ".fseventsd/0000000000a1b2c3": b"#!/bin/sh\n",
    ".fseventsd/0000000000a1b2c3.html": b"\x1f\x8b\x08",
    ".Spotlight-V100/Store-V2/8F0D2D6E-0000-0000-0000-000000000000/page.html": b"x",
    ".Spotlight-V100/Store-V2/8F0D2D6E-0000-0000-0000-000000000000/page": b"<html>",
    "lost+found/page.html": b"x",
    "START-HERE.html:Zone.Identifier": b"<p>evil",
    "site/evil.html:Zone.Identifier": b"[ZoneTransfer]\r\nZoneId=3\r\n",
    "site/index.html:other": b"[ZoneTransfer]\r\nZoneId=3\r\n",
    "site/.~lock.evil.html#": b",nurse,pc-3,27.11.2026 16:00,file:///home;",
    "site/.~lock.index.html#": b",nurse<script>",
    "site/~$il.html": b"\x05nurse" + bytes(156),
    "site/~$dex.html": b"\x05<img src=x>" + bytes(150),
    ".localized": b"x",
    "site/Icon\r": b"<p>evil",
    f"{VOLUME}/AadRecoveryPasswordDelete": b"x",
    "LOST.DIR/1": b"x",
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
    assert said(folder) == (0, [whole, HEAD, f"  {shown(name)}"])
    put(folder, "site/index.html", b"evil")
    assert said(folder) == (1, ["site/index.html: was changed", HEAD, f"  {shown(name)}"])


@pytest.mark.parametrize(("name", "content"), ADDED.items(), ids=ADDED)
def test_what_only_bears_such_a_name_was_added(folder: Path, name: str, content: bytes) -> None:
    put(folder, name, content)
    assert said(folder) == (1, [f"{shown(name)}: was added; it is no part of this copy"])


# What Windows or KDE would obey: names shown in place of others, an icon from another machine, a folder that becomes something else.
OBEYED = {
    "names": ("site/desktop.ini", b"[LocalizedFileNames]\r\nindex.html=@evil.dll,-1\r\n"),
    "far-icon": ("site/Desktop.ini", b"[.ShellClassInfo]\r\nIconResource=\\\\evil.example\\share\\x.ico\r\n"),
    "class": ("desktop.ini", "[.ShellClassInfo]\r\nCLSID={645FF040-5081-101B-9F08-00AA002F954E}\r\n".encode("utf-16")),
    "picture": ("site/.directory", b"[Desktop Entry]\nIcon=http://evil.example/x.png\n"),
    "program": ("site/.directory", b"[Desktop Entry]\nType=Application\nExec=evil\n"),
}


@pytest.mark.parametrize(("name", "content"), OBEYED.values(), ids=OBEYED)
def test_what_would_change_how_a_folder_looks_was_added(folder: Path, name: str, content: bytes) -> None:
    put(folder, name, content)
    assert said(folder) == (1, [f"{name}: was added; it is no part of this copy"])


EMPTY = [
    VOLUME, "$RECYCLE.BIN", "$RECYCLE.BIN/S-1-5-18", ".Trashes", ".Trashes/501", ".fseventsd", ".Spotlight-V100", ".TemporaryItems", ".Trash-1000/files",
    "lost+found", "LOST.DIR", "$Recycle.Bin", f"{VOLUME}/ClientRecoveryPasswordRotation", ".DocumentRevisions-V100", ".TemporaryItems/folders.501",
]  # fmt: skip


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_folder_of_a_system_is_listed_apart(folder: Path, name: str) -> None:
    (folder / name).mkdir(parents=True)
    whole = f"{folder}: every file is there and unchanged, and systems left only what is named below"
    assert said(folder) == (0, [whole, HEAD, f"  {name}"])


def test_what_was_added_may_be_left_of_an_older_copy(folder: Path) -> None:
    put(folder, "site/old.html", b"<p>old")
    lines = Said(["site/old.html: was added; it is no part of this copy"], []).lines(folder)
    assert lines == [
        "site/old.html: was added; it is no part of this copy",
        f"{OLDER} Do not read it: delete the whole folder, unzip the new copy into an empty one, and compare again.",
    ]
    assert Said(["site/old.html: was changed"], []).lines(folder) == ["site/old.html: was changed"]


FOLDERS: dict[str, Callable[[Path], object]] = {
    "site/empty": lambda folder: (folder / "site/empty").mkdir(),
    "site/evil.html": lambda folder: (folder / "site/evil.html").mkdir(),
    ".DS_Store": lambda folder: (folder / ".DS_Store").mkdir(),
    "site/lost+found": lambda folder: (folder / "site/lost+found").mkdir(),
    "deep/er": lambda folder: (folder / "deep/er").mkdir(parents=True),
}


@pytest.mark.parametrize(("name", "make"), FOLDERS.items(), ids=FOLDERS)
def test_an_empty_folder_is_no_part_of_a_copy(folder: Path, name: str, make: Callable[[Path], object]) -> None:
    make(folder)
    assert said(folder) == (1, [f"{name}: is an empty folder; it is no part of this copy"])
