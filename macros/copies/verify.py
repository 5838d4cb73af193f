"""Compares an offline copy, zipped or unzipped, with its own list of files; it reads only, and unpacks nothing."""

import codecs
import os
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import IO, NamedTuple

from macros.copies import manifest, untrusted_zip
from macros.copies.left import LONGEST_LIST, left_behind, listed_in
from macros.copies.untrusted_zip import shown

_CHUNK = 1 << 16
_ADDED = ": was added; it is no part of this copy"
_OLDER = (
    "What was added may be left of an older copy over which this one was unzipped, or somebody put it there. "
    "Do not read it: delete the whole folder, unzip the new copy into an empty one, and compare again."
)
_LEFT = "Left behind by systems; harmless to reading, but no part of this copy:"
# A hash, and the name as sha256sum writes it if there is one.
_PUBLISHED = re.compile(r"([0-9A-Fa-f]{64})(?=[ \t\r\n*]|$)")


class Said(NamedTuple):
    """A line for each file that is wrong, and apart from them the names of what systems left in an unzipped copy."""

    wrong: list[str]
    left: list[str]

    def lines(self, copy: Path) -> list[str]:
        """All that is said of the copy, with what to do about files that were added to a folder: an older copy may have left them."""
        added = "systems left only what is named below" if self.left else "none was added"
        said = self.wrong or [f"{copy}: every file is there and unchanged, and {added}"]
        if copy.is_dir() and any(line.endswith(_ADDED) for line in self.wrong):
            said = [*said, _OLDER]
        return [*said, *([_LEFT, *(f"  {name}" for name in self.left)] if self.left else [])]


def verify(copy: Path) -> Said:
    """What is wrong with the copy; nothing, if every file is the one that was published."""
    try:
        if copy.is_file():
            return Said(sorted([*_beside(copy), *_in_zip(copy)]), [])
        left = left_behind(copy)
        return Said(sorted([*_in_folder(copy, {*left}), *_empty(copy, {*left})]), [shown(name) for name in left])
    except OSError as error:
        return Said([f"{copy}: can't be read ({error.strerror})"], [])


def compared(copy: Path) -> str:
    """What the copy is compared with, and what that can't show."""
    beside = [path.name for ending in ("sha256", "minisig") if (path := copy.with_name(f"{copy.name}.{ending}")).is_file()]
    files = beside if copy.is_file() else []
    hashed = "".join(f" and with {name}" for name in files if name.endswith(".sha256"))
    signed = "".join(f"; {name} is not looked at, minisign does that" for name in files if name.endswith(".minisig"))
    return (
        f"{shown(str(copy))} is compared with the list of files inside it{hashed}{signed}. "
        "A copy that was forged as a whole passes: compare the hash of its zip with the one on the website or on paper, "
        'or check its signature; see "How to check one" in docs/about/offline.md.'
    )


def _beside(path: Path) -> Iterator[str]:
    """Whether the zip is the one that the small file published beside it speaks of, if that is here."""
    published = path.with_name(f"{path.name}.sha256")
    if published.is_file():
        with path.open("rb") as file:
            if _said(published) != _hash(file):
                yield f"{path.name}: is not the zip that {published.name} was made for; fetch both again"


def _said(published: Path) -> str:
    """The hash in the small file, which an editor may have saved in its own way: a mark of the byte order, capitals, other line ends."""
    with published.open("rb") as file:
        raw = file.read(_CHUNK)
    text = raw.decode("utf-16" if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig", "replace")
    match = _PUBLISHED.match(text)
    return match[1].lower() if match else ""


def _in_zip(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
            yield f"{path.name} is no zip that can be read ({error}); fetch it again"
            return
        if doubts := untrusted_zip.doubts(file, archive):
            yield from doubts
            return
        hashes, broken, listed = {}, set(), b""
        for entry in archive.infolist():
            total = sha256()
            try:
                for piece in untrusted_zip.content(file, entry):
                    total.update(piece)
                    listed += piece if entry.filename == manifest.NAME and len(listed) <= LONGEST_LIST else b""
                hashes[entry.filename] = total.hexdigest()
            except (zipfile.BadZipFile, zlib.error):
                broken.add(entry.filename)
                yield f"{shown(entry.filename)}: can't be unpacked"
    if manifest.NAME in hashes:
        yield from _compared(listed, hashes, broken)
    elif manifest.NAME not in broken:
        yield f"{manifest.NAME} is missing; nothing can be compared"


def _empty(folder: Path, left: set[str]) -> Iterator[str]:
    for where, folders, files in os.walk(folder):
        name = Path(where).relative_to(folder).as_posix()
        if not folders and not files and Path(where) != folder and name not in left:
            yield f"{shown(name)}: is an empty folder; it is no part of this copy"


def _in_folder(folder: Path, left: set[str]) -> Iterator[str]:
    hashes, broken = {}, set()
    listed = listed_in(folder)
    for path in _walked(folder):
        name = path.relative_to(folder).as_posix()
        if name in left:
            continue
        wrong = _kind(path)
        try:
            if not wrong and listed and name not in listed:  # whatever it holds, and however much
                hashes[name] = ""
            elif not wrong:  # what only looks like a file could keep its reader waiting for ever
                with path.open("rb") as file:
                    hashes[name] = _hash(file)
        except OSError as error:
            wrong = f"can't be read ({error.strerror})"
        if wrong:
            broken.add(name)
            yield f"{shown(name)}: {wrong}"
    if manifest.NAME in hashes:
        with (folder / manifest.NAME).open("rb") as file:
            yield from _compared(file.read(LONGEST_LIST), hashes, broken)
    elif manifest.NAME not in broken:
        yield f"{manifest.NAME} is missing; name the folder that holds START-HERE.html"


def _kind(path: Path) -> str:
    """What keeps it from being compared, if it is no plain file."""
    if path.is_symlink():
        return "is a link and no file"
    if path.is_dir():
        return "is a folder that can't be looked into"
    return "" if path.is_file() else "is no plain file"


def _walked(folder: Path) -> Iterator[Path]:
    """Every file below, every link, which is not followed, and every folder that can't be looked into."""
    closed: list[str] = []
    for where, folders, files in os.walk(folder, onerror=lambda error: closed.append(error.filename)):
        yield from (Path(where, name) for name in files)
        yield from (Path(where, name) for name in folders if Path(where, name).is_symlink())
    yield from map(Path, closed)


def _compared(listed: bytes, hashes: Mapping[str, str], broken: set[str]) -> Iterator[str]:
    try:
        wanted = manifest.parsed(listed.decode("utf-8", "backslashreplace"))
    except manifest.Unreadable as error:
        yield str(error)
        return
    for name in wanted.keys() - hashes.keys() - broken:
        yield f"{shown(name)}: is missing"
    for name in hashes.keys() - wanted.keys() - {manifest.NAME}:
        yield f"{shown(name)}{_ADDED}"
    for name in wanted.keys() & hashes.keys():
        if wanted[name] != hashes[name]:
            yield f"{shown(name)}: was changed"


def _hash(file: IO[bytes]) -> str:
    """The SHA-256 of all that the file holds, read in pieces; of one that is larger than any copy, none that a list could hold."""
    total, size = sha256(), 0
    while piece := file.read(_CHUNK):
        total.update(piece)
        size += len(piece)
        if size > untrusted_zip.MOST_BYTES:
            return ""
    return total.hexdigest()
