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
    ".localized": b"",  # macOS
    ".metadata_never_index": b"",
    "Icon\r": b"",
}
# What such a file may not say, as systems obey it: names shown in place of others, what the folder becomes, what lies elsewhere or runs.
_OBEYED = re.compile(rb"LocalizedFileNames|CLSID|Exec|URL|\\\\|//", re.IGNORECASE)
# What a program or a system keeps beside a file that somebody opened or fetched: how its name is made of the other's, how it begins.
_BESIDE = {
    re.compile(r"(?P<whole>.+):Zone\.Identifier", re.DOTALL): re.compile(rb"\[ZoneTransfer\]"),  # NTFS, read by another system
    re.compile(r"\.~lock\.(?P<whole>.+)#", re.DOTALL): re.compile(rb","),  # LibreOffice
    re.compile(r"~\$(?P<end>.+)", re.DOTALL): re.compile(rb"[\x01-\x36][^\x00]{1,54}[\x00 ]"),  # Word
}
# files that it writes at the top of a disk;
_OF_VOLUME = re.compile(
    r"System Volume Information/(IndexerVolumeGuid|WPSettings\.dat|tracking\.log|AadRecoveryPasswordDelete)"  # Windows
    r"|\$(RECYCLE\.BIN|Recycle\.Bin)/(S-1(-\d+)+/)?desktop\.ini"
    r"|\.fseventsd/([0-9a-f]{16}|fseventsd-uuid|no_log)"  # macOS
    r"|\.Spotlight-V100/(VolumeConfiguration\.plist|Store-V[12]/[0-9A-F-]{36}/\.?[A-Za-z0-9_-]+(\.(db|header|plist|state|index[A-Za-z]+))?)"
)
# and folders there, which may be empty or closed to all others.
_FOLDERS = re.compile(
    r"System Volume Information(/ClientRecoveryPasswordRotation)?|\$(RECYCLE\.BIN|Recycle\.Bin)(/S-1(-\d+)+)?"
    r"|\.Trashes(/\d+)?|\.fseventsd|\.Spotlight-V100(/Store-V[12])?"
    r"|\.TemporaryItems(/folders\.\d+)?|\.DocumentRevisions-V100|\.Trash-\d+(/(files|info))?|lost\+found|LOST\.DIR"
)
LONGEST_LIST = 100_000_000  # far above a list of half a million files
_MAC = "__MACOSX"
# How macOS begins what it keeps beside a file; a browser would show what follows if it held a tag.
_DOUBLE = b"\x00\x05\x16\x07"
_TAG = re.compile(rb"<[A-Za-z!/?]")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"PK")
_BLANK = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n\f"
_MOST = 1 << 20
_SHORT = 4096
_BIN = b"{645FF040-5081-101B-9F08-00AA002F954E}"  # what makes a folder of Windows the one of what was deleted


def left_behind(folder: Path) -> list[str]:
    """The names of what systems left; nothing, if the list of files can't be read and so nothing can be told apart."""
    if not (listed := listed_in(folder)):
        return []
    known = listed | {str(above) for name in listed for above in PurePosixPath(name).parents}
    return sorted({*_files(folder, known - listed, known), *_folders(folder)} - listed)


def listed_in(folder: Path) -> set[str]:
    """The names in the list of files of an unzipped copy, and its own; none if it can't be read."""
    path = folder / manifest.NAME
    try:
        if path.stat().st_size > LONGEST_LIST or not path.is_file():
            return set()
        return {*manifest.parsed(path.read_text("utf-8")), manifest.NAME}
    except (OSError, ValueError, manifest.Unreadable):
        return set()


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
    return (
        inner.name in _OWN
        or _beside(inner, known) is not None
        or (whose != inner.name and (whose in {*_OWN, "."} or str(inner.parent / whose) in known))
    )


def _beside(path: PurePosixPath, known: set[str]) -> re.Pattern[bytes] | None:
    """How a file begins that something keeps beside a file of the copy, judged by its name alone."""
    for name, begins in _BESIDE.items():
        if match := name.fullmatch(path.name):
            parts = match.groupdict()
            others = [path.parent / parts["whole"]] if "whole" in parts else [PurePosixPath(each) for each in known]
            if any(
                str(each) in known and each.parent == path.parent and ("whole" in parts or each.name[2:] == parts["end"]) for each in others
            ):
                return begins
    return None


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
    if begins == b"[":
        plain = content.replace(b"\0", b"")  # as Windows writes it, each sign may take two bytes
        recycles = path.parent.parent.name.upper() == "$RECYCLE.BIN" or path.parent.name.upper() == "$RECYCLE.BIN"
        obeyed = _OBEYED.search(plain.replace(b"CLSID=" + _BIN, b"") if recycles else plain)
        return plain.lstrip(_BLANK).startswith(begins) and not obeyed and not _TAG.search(plain)
    if begins is not None:
        return content.startswith(begins) if begins else not content
    for name, start in _BESIDE.items():
        if name.fullmatch(path.name):
            return len(content) <= _SHORT and start.match(content) is not None and not _TAG.search(content)
    return bool(path.name != "AadRecoveryPasswordDelete" or not content) and not content.lstrip(_BLANK).startswith((b"<", *_PROGRAMS))


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
