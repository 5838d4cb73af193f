"""Which files there are and whether they changed, without reading them: what a medicine is made from, and what belongs to none."""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from time import time_ns

from macros.formulary.book import DATA
from macros.formulary.load import slugs
from macros.pages.markdown import DOCS, MONOGRAPHS

# A file that was written so lately may be written again without a sign of it.
_FRESH = 100_000_000  # nanoseconds
_CODE = Path(__file__).parent.parent
_DRAWINGS = "drawings"


@dataclass(frozen=True)
class Stamps:
    """A mark for the files of each medicine, of its data, and of all that belongs to none; new when a file is new, changed or gone.

    `code` is the mark of the code itself and of what it runs on, `shared` that of the data that all medicines share. `fresh` are the
    medicines of which a file was written just now, so that its mark tells nothing yet; "" stands for all that belongs to none.
    """

    own: dict[str, str]
    data: dict[str, str]
    site: str
    shared: str
    code: str
    fresh: frozenset[str]


def stamps(root: Path) -> Stamps:
    """The marks of the files under `root` as they are now."""
    now = time_ns()
    data, own, fresh = {}, {}, set()
    for slug in slugs(root):
        there = list(_below(root / DATA / slug))
        data[slug] = mark_of_files(root, there)
        pages = list(_below(root / DOCS / MONOGRAPHS / slug))
        own[slug] = mark_of_files(root, [*there, *pages])
        if any(now - _changed(path) < _FRESH for path in (*there, *pages)):
            fresh.add(slug)
    apart = {*(root / DATA / slug for slug in own), *(root / DOCS / MONOGRAPHS / slug for slug in own)}
    others = [path for name in ("docs", "macros", "overrides") for path in _below(root / name, apart)]
    others += [root / "mkdocs.yml", root / "requirements.txt"]
    shared = sorted(path for path in (root / DATA).glob("*.*") if path.suffix in (".yml", ".txt"))
    if any(now - _changed(path) < _FRESH for path in others):
        fresh.add("")
    return Stamps(own, data, mark_of_files(root, others), mark_of_files(root, shared), _code(), frozenset(fresh))


def _below(folder: Path, apart: frozenset[Path] | set[Path] = frozenset()) -> Iterator[Path]:
    """Every file in the folder and in those below it that are not left apart."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__" and folder / entry.name not in apart:
                yield from _below(folder / entry.name, apart)
        else:
            yield folder / entry.name


def mark_of_files(root: Path, paths: Iterable[Path]) -> str:
    """A mark of files that is new when one of them changed, whatever stands in them."""
    total = sha256()
    for path in paths:
        try:
            found = path.lstat()
            said = f"{found.st_mode} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
        except OSError:
            said = "none"
        total.update(f"{path.relative_to(root).as_posix()}\0{said}\0".encode())
    return total.hexdigest()


def _changed(path: Path) -> int:
    try:
        found = path.lstat()
    except OSError:
        return 0
    return max(found.st_mtime_ns, found.st_ctime_ns)


def _code() -> str:
    """Of the code, and what it fills drawings into, by what stands in it, and of Python and every package that is installed."""
    total = sha256(sys.version.encode())
    for path in sorted([*_CODE.rglob("*.py"), *(_CODE / _DRAWINGS).rglob("*.*")]):
        total.update(path.relative_to(_CODE).as_posix().encode() + path.read_bytes())
    return sha256(total.digest() + _packages().encode()).hexdigest()


@lru_cache(maxsize=1)
def _packages() -> str:
    """The packages that are installed; a preview runs on those that it began with."""
    return "\n".join(sorted(f"{each.metadata['Name']} {each.version}" for each in distributions()))
