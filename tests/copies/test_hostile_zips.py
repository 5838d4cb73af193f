"""Zips that were made to harm whoever unpacks them, or to show one thing to `verify` and another to other programs."""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from macros.copies import manifest, untrusted_zip
from tests.support.copies import said, tree

FILES = {"START-HERE.html": b"<p>start", "site/a.html": b"a page " * 50, "site/b/c.html": b"another " * 30}
LISTED = {**FILES, manifest.NAME: manifest.written({name: sha256(content).hexdigest() for name, content in FILES.items()}).encode()}
PAGE, DIFFER = "site/a.html", "is described in two ways that differ; do not unpack this zip"
OUT = "leads out of the folder or is no plain file; do not unpack this zip"


def packed(*more: tuple[zipfile.ZipInfo | str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the copy and of what else is given."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a name stands there twice is the point
        for name, content in (*LISTED.items(), *more):
            archive.writestr(name, content)
    return made.getvalue()


def entry(name: str, kind: int = 0o100644) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, kind << 16
    return info


def patched(content: bytes, name: str, place: tuple[int | None, int | None], form: str, value: int) -> bytes:
    """The zip with another number in the header before the file, in the list at the end, or in both."""
    raw = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        local, central = archive.getinfo(name).header_offset, archive.start_dir
        for info in archive.infolist():
            if info.filename == name:
                break
            central += 46 + len(info.filename.encode()) + len(info.extra) + len(info.comment)
    for begins, offset in ((local, place[0]), (central, place[1])):
        if offset is not None:
            struct.pack_into(form, raw, begins + offset, value)
    return bytes(raw)


def renamed(old: bytes, new: bytes, count: int = -1) -> bytes:
    """A zip with one more file whose name is replaced where it stands in the bytes."""
    return packed((old.decode(), b"x")).replace(old, new, count)


def longer_than_stated() -> bytes:
    """A page whose stated size and sum are those of the published beginning; other programs unpack what follows too."""
    good = FILES[PAGE]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in LISTED.items():
            archive.writestr(name, good + b"and something evil" * 1000 if name == PAGE else content)
    short = patched(made.getvalue(), PAGE, (14, 16), "<L", zlib.crc32(good))
    return patched(short, PAGE, (22, 24), "<L", len(good))


def hidden_behind_a_page() -> bytes:
    """Bytes behind the end of a packed page; a program that unpacks to that end takes them for the next file."""
    good, pack = FILES[PAGE], zlib.compressobj(wbits=-zlib.MAX_WBITS)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in LISTED.items():
            archive.writestr(name, pack.compress(good) + pack.flush() + b"evil" if name == PAGE else content)
    raw = made.getvalue()
    for place, form, value in (((8, 10), "<H", zipfile.ZIP_DEFLATED), ((14, 16), "<L", zlib.crc32(good)), ((22, 24), "<L", len(good))):
        raw = patched(raw, PAGE, place, form, value)
    return raw


def hidden_between() -> bytes:
    """A whole file between two others that the list at the end does not know; a program that reads from the front unpacks it."""
    content = packed()
    body = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 33, zlib.crc32(b"evil"), 4, 4, 6, 0) + b"x.htmlevil"
    return moved(content, body, at_front=False)


def moved(content: bytes, more: bytes, *, at_front: bool) -> bytes:
    """The zip with bytes before all files or after them, and its own places put right."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start, infos = archive.start_dir, archive.infolist()
    place = 0 if at_front else start
    raw = bytearray(content[:place] + more + content[place:])
    central = start + len(more)
    struct.pack_into("<L", raw, len(raw) - 6, central)
    for info in infos if at_front else ():
        struct.pack_into("<L", raw, central + 42, info.header_offset + len(more))
        central += 46 + len(info.filename) + len(info.extra)
    return bytes(raw)


def with_other_name() -> bytes:
    """An extra field by which some programs take another name."""
    info = entry(EXTRA)
    body = b"\1" + struct.pack("<L", zlib.crc32(EXTRA.encode())) + b"../x"
    info.extra = struct.pack("<2H", 0x7075, len(body)) + body
    return packed((info, b"x"))


def with_more(name: str = "site/a.html", *, comment: bytes = b"", extra: bytes = b"", at_front: bytes | None = None) -> bytes:
    """A copy in which one file carries a comment, extra fields, and those in the header before it if they are others of that length."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, content in LISTED.items():
            info = entry(other)
            if other == name:
                info.comment, info.extra = comment, extra
            archive.writestr(info, content)
    return made.getvalue().replace(extra, at_front, 1) if at_front else made.getvalue()


def field(kind: int, body: bytes) -> bytes:
    return struct.pack("<2H", kind, len(body)) + body


def mode_of_a_page(mode: int) -> bytes:
    """A copy in which a page has this mode as a plain file, or as a link when the mode makes it one."""
    return patched(packed(), PAGE, (None, 38), "<L", (0o100000 | mode) << 16)


def commented() -> bytes:
    """A copy with a comment of the whole archive."""
    raw = bytearray(packed())
    struct.pack_into("<H", raw, len(raw) - 2, 4)
    return bytes(raw) + b"evil"


EXTRA = "site/x.html"
NOT = "do not unpack this zip"
FULL = f"{PAGE}: carries more in an extra field than a time or an owner; {NOT}"
STRANGE = f"{PAGE}: is marked as something that no copy of ours carries; {NOT}"
TIME, OWNER, NTFS = b"\3" + bytes(8), b"\1\4" + bytes(4) + b"\4" + bytes(4), bytes(4) + b"\1\0\x18\0" + bytes(24)
FAR = "the zip would unpack to far more than any copy holds; do not unpack it"
LIST_DIFFERS = f"the list of files in the zip {DIFFER}"

HOSTILE: dict[str, tuple[Callable[[], bytes], list[str]]] = {
    "up": (lambda: packed(("../x", b"x")), [f"'../x': {OUT}"]),
    "up-from-below": (lambda: packed(("site/../../x", b"x")), [f"'site/../../x': {OUT}"]),
    "absolute": (lambda: packed((entry("/etc/x"), b"x")), [f"'/etc/x': {OUT}"]),
    "backslash": (lambda: packed(("..\\x", b"x")), [f"'..\\\\x': {OUT}"]),
    "drive": (lambda: packed(("C:/x", b"x")), [f"'C:/x': {OUT}"]),
    "stream-of-windows": (lambda: packed(("site/a.html:x", b"x")), [f"'site/a.html:x': {OUT}"]),
    "here": (lambda: packed(("./x", b"x")), [f"'./x': {OUT}"]),
    "two-slashes": (lambda: packed(("site//x", b"x")), [f"'site//x': {OUT}"]),
    "folder": (lambda: packed(("site/x/", b"")), [f"'site/x/': {OUT}"]),
    "folder-with-content": (lambda: packed(("site/x/", b"x")), [f"'site/x/': {OUT}"]),
    "nul": (lambda: renamed(b"site/x.htmlQ.png", b"site/x.html\0.png"), [f"'site/x.html\\x00.png': {OUT}"]),
    "no-name": (lambda: packed((entry(""), b"x")), [f"'': {OUT}"]),
    "link": (lambda: packed((entry("site/x", 0o120777), b"/etc/passwd")), ["site/x: is a link; do not unpack this zip"]),
    "device": (lambda: packed((entry("site/x", 0o060644), b"")), ["site/x: is no plain file; do not unpack this zip"]),
    "folder-without-slash": (lambda: packed((entry("site/x", 0o040755), b"")), ["site/x: is no plain file; do not unpack this zip"]),
    "twice": (lambda: packed((PAGE, b"x")), [f"{PAGE}: stands in the zip more than once; do not unpack it"]),
    "twice-the-same": (lambda: packed((PAGE, FILES[PAGE])), [f"{PAGE}: stands in the zip more than once; do not unpack it"]),
    "twice-but-for-case": (lambda: packed(("site/A.html", b"x")), ["site/A.html: stands in the zip more than once; do not unpack it"]),
    "encrypted": (lambda: patched(packed(), PAGE, (6, 8), "<H", 1), [f"{PAGE}: is encrypted; do not unpack this zip"]),
    "packed-by-bzip2": (
        lambda: packed(method=zipfile.ZIP_BZIP2),
        [f"{name}: is packed in a way that not every program can unpack; do not unpack this zip" for name in sorted(LISTED)],
    ),
    "size-of-a-bomb": (lambda: patched(packed(), PAGE, (22, 24), "<L", 0xF0000000), [FAR]),
    "bomb": (lambda: packed(("site/zeros", bytes(60_000_000))), [FAR]),
    "small-size-of-a-bomb": (lambda: patched(packed((EXTRA, bytes(30_000_000))), EXTRA, (22, 24), "<L", 5), [f"{EXTRA}: can't be unpacked"]),
    "longer-than-stated": (longer_than_stated, [f"{PAGE}: can't be unpacked"]),
    "hidden-behind-a-page": (hidden_behind_a_page, [f"{PAGE}: can't be unpacked"]),
    "sum": (lambda: patched(packed(), PAGE, (14, 16), "<L", 5), [f"{PAGE}: can't be unpacked"]),
    "other-sum-at-the-front": (lambda: patched(packed(), PAGE, (14, None), "<L", 5), [f"{PAGE}: {DIFFER}"]),
    "other-size-at-the-front": (lambda: patched(packed(), PAGE, (22, None), "<L", 5), [f"{PAGE}: {DIFFER}"]),
    "other-flags-at-the-front": (lambda: patched(packed(), PAGE, (6, None), "<H", 1), [f"{PAGE}: {DIFFER}"]),
    "other-packing-at-the-front": (lambda: patched(packed(), PAGE, (8, None), "<H", 0), [f"{PAGE}: {DIFFER}"]),
    "other-name-at-the-front": (lambda: renamed(b"site/x.html", b"../../x.htm", 1), [f"site/x.html: {DIFFER}"]),
    "other-name-in-an-extra-field": (with_other_name, [f"{EXTRA}: {DIFFER}"]),
    "file-of-another": (lambda: patched(packed(), PAGE, (None, 42), "<L", 0), [f"{PAGE}: {DIFFER}"]),
    "hidden-file": (hidden_between, [LIST_DIFFERS]),
    "program-in-front": (lambda: moved(packed(), b"#!/bin/sh\n", at_front=True), [f"START-HERE.html: {DIFFER}"]),
    "more-behind": (lambda: packed() + b"more", [LIST_DIFFERS]),
    "two-zips-in-one": (lambda: packed() + packed(), [f"START-HERE.html: {DIFFER}"]),
    "comment-of-a-file": (lambda: with_more(comment=b"evil"), [f"{PAGE}: carries a comment; {NOT}"]),
    "comment-of-all": (commented, [LIST_DIFFERS]),
    "junk-in-a-time": (lambda: with_more(extra=field(0x5455, bytes(4000))), [FULL]),
    "junk-in-an-old-time": (lambda: with_more(extra=field(0x5855, bytes(9))), [FULL]),
    "junk-in-an-owner": (lambda: with_more(extra=field(0x7875, OWNER + b"x")), [FULL]),
    "junk-in-a-time-of-windows": (lambda: with_more(extra=field(0x000A, NTFS[:4] + b"\2" + NTFS[5:])), [FULL]),
    "time-twice": (lambda: with_more(extra=field(0x5455, TIME) * 2), [FULL]),
    "junk-in-a-time-at-the-front": (lambda: with_more(extra=field(0x5455, TIME), at_front=field(0x5455, b"x" * len(TIME))), [FULL]),
    "time-cut-at-the-front": (lambda: with_more(extra=field(0x5455, TIME), at_front=struct.pack("<2H", 0x5455, 99) + TIME), [FULL]),
    "junk-in-a-field-of-its-own": (lambda: with_more(extra=field(0xEEEE, bytes(4000))), [f"{PAGE}: {DIFFER}"]),
    "hidden-attribute": (lambda: patched(packed(), PAGE, (None, 38), "<L", 0x02), [f"{PAGE}: is marked as hidden; {NOT}"]),
    "system-attribute": (lambda: patched(packed(), PAGE, (None, 38), "<L", 0x24), [f"{PAGE}: is marked as part of a system; {NOT}"]),
    "disk-attribute": (lambda: patched(packed(), PAGE, (None, 38), "<L", 0x08), [f"{PAGE}: is marked as the name of a disk; {NOT}"]),
    "folder-attribute": (lambda: patched(packed(), PAGE, (None, 38), "<L", 0x81A40010), [f"{PAGE}: is marked as a folder; {NOT}"]),
    "device-attribute": (lambda: patched(packed(), PAGE, (None, 38), "<L", 0x40), [f"{PAGE}: is marked as a device; {NOT}"]),
    "link-attribute": (lambda: patched(packed(), PAGE, (None, 38), "<L", 0x400), [f"{PAGE}: is marked as a link; {NOT}"]),
    "unknown-attribute": (lambda: patched(packed(), PAGE, (None, 38), "<L", 0x1000), [STRANGE]),
    "unknown-inner-attribute": (lambda: patched(packed(), PAGE, (None, 36), "<H", 2), [STRANGE]),
    "other-disk": (lambda: patched(packed(), PAGE, (None, 34), "<H", 1), [f"{PAGE}: is said to be on another disk; {NOT}"]),
    "masked": (lambda: patched(packed(), PAGE, (6, 8), "<H", 0x2000), [f"{PAGE}: is packed in a way that not every program can unpack; {NOT}"]),
    **{
        f"mode-{mode:o}": (partial(mode_of_a_page, mode), [f"{PAGE}: would run with the rights of another user; {NOT}"])
        for mode in (0o4755, 0o2755, 0o1777)
    },
    "link-in-place-of-a-page": (partial(mode_of_a_page, 0o020777), [f"{PAGE}: is a link; {NOT}"]),
    "empty-folder-named-like-a-page": (lambda: packed((entry("site/x.html/", 0o040755), b"")), [f"'site/x.html/': {OUT}"]),
    "no-file": (lambda: b"PK\5\6" + bytes(18), [f"{manifest.NAME} is missing; nothing can be compared"]),
    "empty": (lambda: b"", ["x.zip is no zip that can be read (File is not a zip file); fetch it again"]),
    "no-zip": (lambda: b"<html>" * 99, ["x.zip is no zip that can be read (File is not a zip file); fetch it again"]),
    "truncated": (lambda: packed()[:-1], ["x.zip is no zip that can be read (File is not a zip file); fetch it again"]),
    "half": (lambda: packed()[:300], ["x.zip is no zip that can be read (File is not a zip file); fetch it again"]),
    "folder-in-folder": (lambda: packed((f"{'x/' * 200}x", b"x")), [f"{'x/' * 200}x: was added; it is no part of this copy"]),
    "name-that-moves-the-cursor": (lambda: packed(("\x1b[2Kfine", b"x")), ["'\\x1b[2Kfine': was added; it is no part of this copy"]),
}  # fmt: skip


def test_the_zip_that_is_spoiled_here_is_fine_before(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(packed())
    assert said(path) == (0, [f"{path}: every file is there and unchanged, and none was added"])


# What other programs add to a zip of the same files, all of which can be named.
HARMLESS: dict[str, Callable[[], bytes]] = {
    "times-and-owners": lambda: with_more(extra=field(0x5455, TIME) + field(0x7875, OWNER)),
    "old-times": lambda: with_more(extra=field(0x5855, bytes(12))),
    "times-of-windows": lambda: with_more(extra=field(0x000A, NTFS)),
    "to-be-archived": lambda: patched(packed(), PAGE, (None, 38), "<L", 0x20),
    "normal-and-not-indexed": lambda: patched(packed(), PAGE, (None, 38), "<L", 0x2080),
    "may-be-run": lambda: mode_of_a_page(0o777),
    "mode-of-another-program": lambda: patched(packed(), PAGE, (None, 38), "<L", 0x81A48020),
    "text": lambda: patched(packed(), PAGE, (None, 36), "<H", 1),
    "packed-harder": lambda: patched(packed(), PAGE, (6, 8), "<H", 2),
}


@pytest.mark.parametrize("content", HARMLESS.values(), ids=HARMLESS)
def test_what_other_programs_add_is_no_fault(tmp_path: Path, content: Callable[[], bytes]) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content())
    assert said(path) == (0, [f"{path}: every file is there and unchanged, and none was added"])


@pytest.mark.parametrize(("content", "expected"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_zip_is_refused_in_words_and_unpacks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: Callable[[], bytes], expected: list[str]
) -> None:
    (tmp_path / "in/here").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "in/here")
    path = tmp_path / "in/x.zip"
    path.write_bytes(content())
    before = tree(tmp_path)
    assert said(path) == (1, expected)
    assert tree(tmp_path) == before


def test_a_zip_too_large_to_be_a_copy_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(packed())
    monkeypatch.setattr(untrusted_zip, "MOST_BYTES", 500)
    assert said(path) == (1, [FAR])


def test_a_zip_of_too_many_files_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(packed())
    monkeypatch.setattr(untrusted_zip, "_MOST_FILES", 1)
    assert said(path) == (1, [FAR])


def test_a_zip_that_was_written_into_a_pipe_is_read(tmp_path: Path) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    made = Pipe()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in LISTED.items():
            archive.writestr(name, content)
    path = tmp_path / "x.zip"
    path.write_bytes(made.getvalue())
    assert said(path) == (0, [f"{path}: every file is there and unchanged, and none was added"])
