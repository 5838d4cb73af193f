"""Tells what systems leave behind in an unzipped copy from what someone put there: by name, by place and by what it holds."""

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from macros.copies import manifest

# What is harmless: files that a system writes into any folder, by how each begins ("" for one that is empty);
_OWN = {
    ".DS_Store": b"\x00\x00\x00\x01Bud1",  # macOS
    "Thumbs.db": b"\xd0\xcf\x11\xe0",  # Windows
    "ehthumbs.db": b"\xd0\xcf\x11\xe0",
    "desktop.ini": b"[",
    "Desktop.ini": b"[",
    ".directory": b"[",  # KDE
    ".nomedia": b"",  # Android
}
# files that it writes at the top of a disk;
_OF_VOLUME = re.compile(
    r"System Volume Information/(IndexerVolumeGuid|WPSettings\.dat|tracking\.log)"  # Windows
    r"|\$RECYCLE\.BIN/(S-1(-\d+)+/)?desktop\.ini"
    r"|\.fseventsd/([0-9a-f]{16}|fseventsd-uuid|no_log)"  # macOS
    r"|\.Spotlight-V100/(VolumeConfiguration\.plist|Store-V[12]/[0-9A-F-]{36}/\.?[A-Za-z0-9_-]+(\.(db|header|plist|state|index[A-Za-z]+))?)"
)
# and folders there, which may be empty or closed to all others.
_FOLDERS = re.compile(
    r"System Volume Information|\$RECYCLE\.BIN(/S-1(-\d+)+)?|\.Trashes(/\d+)?|\.fseventsd|\.Spotlight-V100(/Store-V[12])?"
    r"|\.TemporaryItems|\.Trash-\d+(/(files|info))?|lost\+found|LOST\.DIR"
)
_MAC = "__MACOSX"
# How macOS begins what it keeps beside a file; a browser would show what follows if it held a tag.
_DOUBLE = b"\x00\x05\x16\x07"
_TAG = re.compile(rb"<[A-Za-z!/?]")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"PK")
_BLANK = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n\f"
_MOST = 1 << 20


def left_behind(folder: Path) -> list[str]:
    """The names of what systems left; nothing, if the list of files can't be read and so nothing can be told apart."""
    try:
        listed = {*manifest.parsed((folder / manifest.NAME).read_text("utf-8")), manifest.NAME}
    except (OSError, ValueError, manifest.Unreadable):
        return []
    known = listed | {str(above) for name in listed for above in PurePosixPath(name).parents}
    return sorted({*_files(folder, known - listed, known), *_folders(folder)} - listed)


def _files(folder: Path, folders: set[str], known: set[str]) -> Iterator[str]:
    for where, _, files in os.walk(folder):
        for path in (Path(where, name) for name in files):
            name = path.relative_to(folder).as_posix()
            if _placed(PurePosixPath(name), folders, known) and path.is_file() and not path.is_symlink() and _holds_no_page(path):
                yield name


def _placed(path: PurePosixPath, folders: set[str], known: set[str]) -> bool:
    """Whether a system writes such a name there: into a folder of the copy, and `._NAME` only where NAME is."""
    inner = path.relative_to(_MAC) if path.parts[0] == _MAC else path
    if str(inner.parent) not in folders:
        return _OF_VOLUME.fullmatch(str(path)) is not None
    whose = inner.name.removeprefix("._")
    return inner.name in _OWN or (whose != inner.name and (whose in {*_OWN, "."} or str(inner.parent / whose) in known))


def _holds_no_page(path: Path) -> bool:
    """Whether a browser that opens it shows no page."""
    try:
        with path.open("rb") as file:
            content = file.read(_MOST + 1)
    except OSError:
        return False
    if path.name.startswith("._"):
        return len(content) <= _MOST and content.startswith(_DOUBLE) and not _TAG.search(content)
    begins = _OWN.get(path.name)
    if begins is not None:
        return content.lstrip(_BLANK).startswith(begins) if begins == b"[" else content.startswith(begins) if begins else not content
    return not content.lstrip(_BLANK).startswith((b"<", *_PROGRAMS))


def _folders(folder: Path) -> Iterator[str]:
    """The folders in which systems keep their own things on each disk, if they hold nothing or let nobody look."""
    for where, _, _ in os.walk(folder):
        for path in Path(where).iterdir():
            name = path.relative_to(folder).as_posix()
            if _FOLDERS.fullmatch(name) and path.is_dir() and not path.is_symlink() and _empty_or_closed(path):
                yield name


def _empty_or_closed(path: Path) -> bool:
    try:
        return not [*path.iterdir()]
    except PermissionError:
        return True
