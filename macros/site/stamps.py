"""Which files there are and whether they changed, without reading them: what a medicine is made from, and what belongs to none."""

import os
import sqlite3
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from time import time_ns
from typing import NamedTuple

from macros.formulary.book import DATA
from macros.formulary.load import slugs
from macros.pages.markdown import DOCS, MONOGRAPHS
from macros.pages.register import FOLDER

# A file that was written so lately may be written again without a sign of it.
_FRESH = 100_000_000  # nanoseconds
_CODE = Path(__file__).parent.parent
_DRAWINGS = "drawings"
_PAGES = (DOCS / MONOGRAPHS).as_posix()


@dataclass(frozen=True)
class Stamps:
    """A mark for the files of each medicine, of its data, and of all that belongs to none; new when a file is new, changed or gone.

    `beside` has the files that stand beside the pages of a medicine and are none; they count as belonging to none as well, since the
    settings list them. `code` is the mark of the code itself and of what it runs on, `shared` that of the data that all medicines
    share. `fresh` are the medicines of which a file was written just now, so that its mark tells nothing yet; "" stands for all that
    belongs to none.
    """

    own: dict[str, str]
    data: dict[str, str]
    beside: dict[str, str]
    site: str
    shared: str
    code: str
    fresh: frozenset[str]


class _File(NamedTuple):
    """A file by its path under the project's root, with all that the system says of it, and when it was changed last.

    `is_plain` says that it is no link or other thing.
    """

    at: str
    said: tuple[int, ...]
    changed: int
    is_plain: bool = False


def stamps(root: Path, alone: str | None = None, before: Stamps | None = None) -> Stamps:
    """The marks of the files under `root` as they are now; with a medicine `alone`, those of all others as they were `before`."""
    now = time_ns()
    others_too = before is None or alone not in before.own or not (root / DATA / alone).is_dir()
    data, own, beside = ({}, {}, {}) if before is None or others_too else ({**before.data}, {**before.own}, {**before.beside})
    fresh = set[str]()
    for slug in slugs(root) if others_too else [str(alone)]:
        there = list(_below(root, f"{DATA.as_posix()}/{slug}"))
        data[slug] = _mark(there)
        pages = list(_below(root, f"{_PAGES}/{slug}"))
        own[slug] = _mark([*there, *pages])
        others = [file for file in pages if not (file.is_plain and file.at.endswith(".md"))]
        beside[slug] = _mark(others)
        fresh |= {name for name, files in ((slug, (*there, *pages)), ("", others)) if any(now - file.changed < _FRESH for file in files)}
    apart = frozenset(f"{folder}/{slug}" for folder in (DATA.as_posix(), _PAGES) for slug in own)
    others = [file for name in ("docs", "macros", "overrides") for file in _below(root, name, apart)]
    others += [_told(name, root / name) for name in ("mkdocs.yml", "requirements.txt")]
    shared = sorted(path for path in (root / DATA).glob("*.*") if path.suffix in (".yml", ".txt"))
    if any(now - file.changed < _FRESH for file in others):
        fresh.add("")
    of_all = _mark(_told(path.relative_to(root).as_posix(), path) for path in shared)
    return Stamps(own, data, beside, _hash([_mark(others), *beside.values()]), of_all, _code(), frozenset(fresh))


def registered(root: Path, paths: Mapping[str, str]) -> dict[str, str]:
    """A mark for the file of each part in the register, by whose path it is given; that of no medicine, "", goes by the names of all."""
    files = {file.at: file for file in _below(root, FOLDER.as_posix())}
    folder = (root / FOLDER).is_symlink()
    names = _hash(files) if "" in paths else ""
    return {slug: _hash([folder, files.get(path), "" if slug else names]) for slug, path in paths.items()}


def _below(root: Path, folder: str, apart: frozenset[str] = frozenset()) -> Iterator[_File]:
    """Every file in the folder and in those below it that are not left apart."""
    try:
        with os.scandir(f"{root}/{folder}") as found:
            entries = sorted(found, key=attrgetter("name"))
    except OSError:
        return
    for entry in entries:
        at = f"{folder}/{entry.name}"
        if not entry.is_dir(follow_symlinks=False):
            yield _told(at, entry)
        elif entry.name != "__pycache__" and at not in apart:
            yield from _below(root, at, apart)


def _told(at: str, file: os.DirEntry[str] | Path) -> _File:
    """What the system says of a file; one that went meanwhile is none."""
    try:
        found = file.stat(follow_symlinks=False)
    except OSError:
        return _File(at, (), 0)
    said = (found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    return _File(at, said, max(said[2], said[3]), stat.S_ISREG(said[0]))


def _mark(files: Iterable[_File]) -> str:
    """A mark of files that is new when one of them changed, whatever stands in them."""
    return _hash((file.at, file.said) for file in files)


def _hash(given: Iterable[object]) -> str:
    return sha256("\0".join(map(repr, given)).encode()).hexdigest()


def _code() -> str:
    """Of the code, and what it fills drawings into, by what stands in it, and of Python and every package that is installed."""
    total = sha256(sys.version.encode())
    rooms = sorted(path for path in _CODE.iterdir() if path.is_dir() and path.name != DATA.name)
    for path in sorted([*_CODE.glob("*.py"), *(each for room in rooms for each in room.rglob("*.py")), *(_CODE / _DRAWINGS).rglob("*.*")]):
        total.update(path.relative_to(_CODE).as_posix().encode() + path.read_bytes())
    return sha256(total.digest() + _packages().encode()).hexdigest()


@lru_cache(maxsize=1)
def _packages() -> str:
    """The packages that are installed; a preview runs on those that it began with."""
    libraries = (sqlite3.sqlite_version, zlib.ZLIB_RUNTIME_VERSION)  # the system's own, by which archives are made
    return "\n".join([*libraries, *sorted(path.name for place in sys.path for path in Path(place).glob("*.dist-info"))])
