"""Compares an offline copy, zipped or unzipped, with its own list of files; it reads only, and unpacks nothing."""

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import IO

from macros import manifest

# Far above any copy of ours, far below what would fill a machine.
_MOST_BYTES = 200_000_000
_MOST_FILES = 20_000
_CHUNK = 1 << 16


def verify(copy: Path) -> list[str]:
    """What is wrong with the copy, a line for each file; nothing, if every file is the one that was published."""
    try:
        return sorted([*_beside(copy), *_in_zip(copy)] if copy.is_file() else _in_folder(copy))
    except manifest.Unreadable as error:
        return [str(error)]


def _beside(path: Path) -> Iterator[str]:
    """Whether the zip is the one that the small file published beside it speaks of, if that is here."""
    published = path.with_name(f"{path.name}.sha256")
    if published.is_file():
        with path.open("rb") as file:
            if published.read_text("utf-8", "replace").partition(" ")[0] != _hash(file):
                yield f"{path.name}: is not the zip that {published.name} was made for; fetch both again"


def _in_zip(path: Path) -> Iterator[str]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        yield f"{path.name} is no zip that can be read ({error}); fetch it again"
        return
    with archive:
        hostile = list(_hostile(archive.infolist()))
        if hostile:
            yield from hostile
            return
        files = {info.filename: info for info in archive.infolist()}
        hashes, broken = {}, set()
        for name, info in files.items():
            try:
                with archive.open(info) as file:
                    hashes[name] = _hash(file)
                if name == manifest.NAME:
                    listed = archive.read(info)
            except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
                broken.add(name)
        yield from (f"{name}: can't be unpacked" for name in broken)
        if manifest.NAME in hashes:
            yield from _compared(_text(listed), hashes, broken)
        elif manifest.NAME not in broken:
            yield f"{manifest.NAME} is missing; nothing can be compared"


def _hostile(entries: list[zipfile.ZipInfo]) -> Iterator[str]:
    """Why the zip should not be unpacked at all."""
    if len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > _MOST_BYTES:
        yield "the zip would unpack to far more than any copy holds; do not unpack it"
        return
    seen: set[str] = set()
    for entry in entries:
        # A zip may say one thing to this program and another to the one that unpacks it.
        name = entry.orig_filename
        parts = name.split("/")
        if (
            name != entry.filename
            or not name
            or "\\" in name
            or ":" in name
            or ".." in parts
            or "" in parts
            or "." in parts
            or "\0" in name
        ):
            yield f"{ascii(name)}: leads out of the folder or is no plain file; do not unpack this zip"
        elif stat.S_ISLNK(entry.external_attr >> 16):
            yield f"{name}: is a link; do not unpack this zip"
        elif name.lower() in seen:
            yield f"{name}: stands in the zip more than once; do not unpack it"
        seen.add(name.lower())


def _in_folder(folder: Path) -> Iterator[str]:
    hashes, broken = {}, set()
    for path in _walked(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            broken.add(name)
            yield f"{name}: is a link and no file"
            continue
        try:
            with path.open("rb") as file:
                hashes[name] = _hash(file)
        except OSError as error:
            broken.add(name)
            yield f"{name}: can't be read ({error.strerror})"
    if manifest.NAME in hashes:
        yield from _compared(_text((folder / manifest.NAME).read_bytes()), hashes, broken)
    elif manifest.NAME not in broken:
        yield f"{manifest.NAME} is missing; name the folder that holds START-HERE.html"


def _walked(folder: Path) -> Iterator[Path]:
    """Every file below, and every link, which is not followed."""
    for where, folders, files in os.walk(folder):
        for name in files:
            yield Path(where, name)
        for name in folders:
            if Path(where, name).is_symlink():
                yield Path(where, name)


def _compared(listed: str, hashes: Mapping[str, str], broken: set[str]) -> Iterator[str]:
    wanted = manifest.parsed(listed)
    for name in wanted.keys() - hashes.keys() - broken:
        yield f"{name}: is missing"
    for name in hashes.keys() - wanted.keys() - {manifest.NAME}:
        yield f"{name}: was added; it is no part of this copy"
    for name in wanted.keys() & hashes.keys():
        if wanted[name] != hashes[name]:
            yield f"{name}: was changed"


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise manifest.Unreadable(f"{manifest.NAME} is not text") from error


def _hash(file: IO[bytes]) -> str:
    """The SHA-256 of all that the file holds, read in pieces, and not for ever."""
    total, size = sha256(), 0
    while piece := file.read(_CHUNK):
        size += len(piece)
        if size > _MOST_BYTES:
            raise OSError(0, "holds more than any file of a copy")
        total.update(piece)
    return total.hexdigest()
