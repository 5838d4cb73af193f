"""Reads a zip that nobody should trust yet: says why not to unpack it, and gives what each of its files holds."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from macros.copies import carried

# Far above a copy of 2,000 medicines, which holds 2 GB in 50,000 files, far below what would fill a disk.
MOST_BYTES = 20_000_000_000
_MOST_FILES = 500_000
# So many times larger than the zip is no text or database of ours; what only a bomb does is found before anything is unpacked.
_MOST_TIMES, _LITTLE = 50, 1_000_000
_CHUNK = 1 << 20

# The header before each file, and the record that ends a zip.
_LOCAL = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")
# What stands before that record if a number is too large for it: the same once more, and where that stands.
_END_64, _WHERE_64 = struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL")
_MANY, _FAR = 0xFFFF, 0xFFFFFFFF
_ENCRYPTED, _SIZES_FOLLOW = 0x0001, 0x0008
# Besides those two: how hard it was packed, and that the name is Unicode.
_FLAGS = _ENCRYPTED | _SIZES_FOLLOW | 0x0002 | 0x0004 | 0x0800
_DIFFER = "is described in two ways that differ; do not unpack this zip"


def doubts(file: IO[bytes], archive: zipfile.ZipFile) -> list[str]:
    """Why the zip should not be unpacked at all."""
    entries = archive.infolist()
    size = file.seek(0, 2)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_FILES or max(size, unpacked) > MOST_BYTES or unpacked > _MOST_TIMES * size + _LITTLE:
        return ["the zip would unpack to far more than any copy holds; do not unpack it"]
    return [*_named(entries)] or [*_described(file, archive, size)]


def content(file: IO[bytes], entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a file of the zip holds, in pieces; refused if it is not exactly what the zip says of it, at the last of them.

    Python's own reader stops at the size that is stated; what another program would unpack beyond it went unseen.
    """
    front = _front(file, entry)
    if front is None:
        raise zipfile.BadZipFile(entry.filename)
    size = crc = 0
    for piece in _unpacked(file, front[0], entry):
        size, crc = size + len(piece), zlib.crc32(piece, crc)
        if size > entry.file_size:
            break
        yield piece
    if size != entry.file_size or crc != entry.CRC:
        raise zipfile.BadZipFile(entry.filename)


def _unpacked(file: IO[bytes], begins: int, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    file.seek(begins)
    left = entry.compress_size
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    while left and (packed := file.read(min(left, _CHUNK))):
        left -= len(packed)
        if entry.compress_type != zipfile.ZIP_DEFLATED:
            yield packed
            continue
        while packed and not unpack.eof:
            yield unpack.decompress(packed, _CHUNK)
            packed = unpack.unconsumed_tail
        if unpack.unused_data or (unpack.eof and left):
            raise zipfile.BadZipFile(entry.filename)
    if left or (entry.compress_type == zipfile.ZIP_DEFLATED and not unpack.eof):
        raise zipfile.BadZipFile(entry.filename)


def shown(name: str) -> str:
    """The name with nothing in it that can't be seen, or that would tell a terminal what to do."""
    return name if name.isprintable() else ascii(name)


def _named(entries: list[zipfile.ZipInfo]) -> Iterator[str]:
    """What is wrong with a name, a kind or a way of packing."""
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename  # before this program made it fit its own system
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if name != entry.filename or {"\\", ":", "\0"} & {*name} or {"", ".", ".."} & {*name.split("/")}:
            yield f"{ascii(name)}: leads out of the folder or is no plain file; do not unpack this zip"
        elif kind == stat.S_IFLNK:
            yield f"{shown(name)}: is a link; do not unpack this zip"
        elif kind not in (0, stat.S_IFREG):
            yield f"{shown(name)}: is no plain file; do not unpack this zip"
        elif name.lower() in seen:
            yield f"{shown(name)}: stands in the zip more than once; do not unpack it"
        elif entry.flag_bits & _ENCRYPTED:
            yield f"{shown(name)}: is encrypted; do not unpack this zip"
        elif entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or entry.flag_bits & ~_FLAGS:
            yield f"{shown(name)}: is packed in a way that not every program can unpack; do not unpack this zip"
        elif wrong := carried.too_much(entry):
            yield f"{shown(name)}: {wrong}; do not unpack this zip"
        seen.add(name.lower())


def _described(file: IO[bytes], archive: zipfile.ZipFile, size: int) -> Iterator[str]:
    """Where two programs could see two different zips: one reads from the front, another from the list at the end."""
    place = 0
    for entry in sorted(archive.infolist(), key=lambda entry: entry.header_offset):
        front = _front(file, entry) if entry.header_offset == place else None
        if front is None:
            yield f"{shown(entry.filename)}: {_DIFFER}"
            return
        begins, extra = front
        if carried.overfull(extra) or carried.overfull(entry.extra):
            yield f"{shown(entry.filename)}: carries more in an extra field than a time or an owner; do not unpack this zip"
        follows = (12, 16) if entry.flag_bits & _SIZES_FOLLOW else (0,)
        ends = begins + entry.compress_size
        place = next((ends + more for more in follows if _begin_anew(file, ends + more)), ends)
    if not _ends(file, len(archive.infolist()), place, size):
        yield f"the list of files in the zip {_DIFFER}"


def _ends(file: IO[bytes], files: int, place: int, size: int) -> bool:
    """Whether the list of so many files begins at this place, and nothing follows it but the record that says so."""
    file.seek(max(size - _END.size, 0))
    mark, *disks, here, total, length, start, comment = _END.unpack(file.read(_END.size))
    plain = (mark, disks, comment) == (b"PK\5\6", [0, 0], 0) and here == total
    if files < _MANY and place < _FAR:
        return plain and (total, start, start + length + _END.size) == (files, place, size)
    # A number that is too large stands as the largest that fits, and in full in a record before this one.
    more = _END_64.size + _WHERE_64.size
    file.seek(max(size - _END.size - more, 0))
    at = file.tell()
    mark_64, long, *_, disk, other, here_64, total_64, length_64, start_64 = _END_64.unpack(file.read(_END_64.size))
    where = _WHERE_64.unpack(file.read(_WHERE_64.size))
    same = (total, start, length) == (min(files, _MANY), min(place, _FAR), min(length_64, _FAR))
    whole = (mark_64, long, disk, other, here_64, total_64, start_64) == (b"PK\6\6", _END_64.size - 12, 0, 0, files, files, place)
    return plain and same and whole and where == (b"PK\6\7", 0, at, 1) and start_64 + length_64 == at


def _begin_anew(file: IO[bytes], place: int) -> bool:
    file.seek(place)
    return file.read(4) in (b"PK\3\4", b"PK\1\2", b"PK\5\6")


def _front(file: IO[bytes], entry: zipfile.ZipInfo) -> tuple[int, bytes] | None:
    """Where the content begins and the extra fields before it, if the header there says the same as the list at the end."""
    file.seek(entry.header_offset)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size:
        return None
    mark, _, flags, method, _, _, crc, packed, size, name, extra = _LOCAL.unpack(head)
    written = file.read(name)
    follow = file.read(extra)
    sizes = ((entry.CRC, entry.compress_size, entry.file_size), (0, 0, 0))[: 2 if flags & _SIZES_FOLLOW else 1]
    same = (b"PK\3\4", entry.flag_bits, entry.compress_type) == (mark, flags, method) and (crc, packed, size) in sizes
    if not same or written.decode("utf-8" if flags & 0x800 else "cp437", "replace") != entry.filename:
        return None
    return (file.tell(), follow) if carried.kinds(follow) and carried.kinds(entry.extra) else None
