"""Tells what systems leave behind in an unzipped copy from what someone put there: by name, by place and by what it holds."""

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from macros.copies import manifest

_OWN = {".DS_Store", "Thumbs.db", "desktop.ini", "Desktop.ini"}
_VOLUME, _MAC = "System Volume Information", "__MACOSX"
_OF_VOLUME = {f"{_VOLUME}/{name}" for name in ("IndexerVolumeGuid", "WPSettings.dat", "tracking.log")}
# How macOS begins what it keeps beside a file; a browser would show what follows if it held a tag.
_DOUBLE = b"\x00\x05\x16\x07"
_TAG = re.compile(rb"<[A-Za-z!/?]")
_BLANK = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n\f"
_MOST = 1 << 20


def left_behind(folder: Path) -> list[str]:
    """The names of what systems left; nothing, if the list of files can't be read and so nothing can be told apart."""
    try:
        listed = {*manifest.parsed((folder / manifest.NAME).read_text("utf-8")), manifest.NAME}
    except (OSError, ValueError, manifest.Unreadable):
        return []
    known = listed | {str(above) for name in listed for above in PurePosixPath(name).parents}
    return sorted({*_files(folder, known - listed, known), *_closed(folder)} - listed)


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
        return str(path) in _OF_VOLUME
    whose = inner.name.removeprefix("._")
    return inner.name in _OWN or (whose != inner.name and (whose in _OWN | {"."} or str(inner.parent / whose) in known))


def _holds_no_page(path: Path) -> bool:
    """Whether a browser that opens it shows no page."""
    try:
        with path.open("rb") as file:
            content = file.read(_MOST + 1)
    except OSError:
        return False
    if path.name.startswith("._"):
        return len(content) <= _MOST and content.startswith(_DOUBLE) and not _TAG.search(content)
    return not content.lstrip(_BLANK).startswith(b"<")


def _closed(folder: Path) -> Iterator[str]:
    """The folder in which Windows keeps its own things on each disk, and into which it lets nobody look."""
    try:
        os.scandir(folder / _VOLUME).close()
    except PermissionError:
        yield _VOLUME
    except OSError:
        return
