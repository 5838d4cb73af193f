"""What an entry of a zip may carry beside a name and a content; anything that can't be named here is refused."""

import re
import struct
import zipfile

_HEAD = struct.Struct("<2H")
# Times and owners in the only forms that they have; any other extra field can give another name or size to programs that know it.
_FIELDS = {
    0x000A: re.compile(rb"\x00{4}\x01\x00\x18\x00.{24}", re.DOTALL),
    0x5455: re.compile(rb"[\x00-\x07](.{4}){0,3}", re.DOTALL),
    0x5855: re.compile(rb".{8}|.{12}", re.DOTALL),
    0x7875: re.compile(rb"\x01\x04.{4}\x04.{4}", re.DOTALL),
}
_STRANGE = "something that no copy of ours carries"
# What the lower half of the attributes says that no page may be, by its bit; then those that change nothing:
# read-only, to be archived, normal, not to be indexed, and that the upper half is a mode.
_MARKS = {0x02: "hidden", 0x04: "part of a system", 0x08: "the name of a disk", 0x10: "a folder", 0x40: "a device", 0x400: "a link"}
_PLAIN = 0x01 | 0x20 | 0x80 | 0x2000 | 0x8000
_RIGHTS = 0o7000  # set-user-id, set-group-id and sticky


def too_much(entry: zipfile.ZipInfo) -> str:
    """What the list at the end says of a file that has no place in a copy; nothing, if all of it can be named."""
    if entry.comment:
        return "carries a comment"
    if entry.volume:
        return "is said to be on another disk"
    if marks := entry.external_attr & 0xFFFF & ~_PLAIN:
        return f"is marked as {next((word for bit, word in _MARKS.items() if marks & bit), _STRANGE)}"
    if entry.external_attr >> 16 & _RIGHTS:
        return "would run with the rights of another user"
    return f"is marked as {_STRANGE}" if entry.internal_attr & ~1 else ""


def kinds(extra: bytes) -> bool:
    """Whether there are only times and owners among the extra fields, judged by what each says it is."""
    while len(extra) >= _HEAD.size:
        kind, length = _HEAD.unpack_from(extra)
        if kind not in _FIELDS:
            return False
        extra = extra[_HEAD.size + length :]
    return not extra


def overfull(extra: bytes) -> bool:
    """Whether a time or an owner comes twice, or holds more than that."""
    seen: set[int] = set()
    while extra:
        kind, length = _HEAD.unpack_from(extra)
        body = extra[_HEAD.size :][:length]
        if kind in seen or len(body) != length or not _FIELDS[kind].fullmatch(body):
            return True
        seen.add(kind)
        extra = extra[_HEAD.size + length :]
    return False
