"""What was found out about parts of the project, kept between commands: in .cache, which may be deleted at any time."""

import gc
import os
import pickle
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import zstandard

from macros.finding import Refused

T = TypeVar("T")
_FOLDER = Path(".cache/parts")
_UNREADABLE = (
    OSError, zstandard.ZstdError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError, ValueError
)  # fmt: skip
_EVERYTHING = "_site"  # the name of what belongs to no medicine; no slug holds such a sign


class Kept:
    """Records by kind and part under `root`. What can't be read counts as not there: it is found out again."""

    def __init__(self, root: Path) -> None:
        self.folder = root / _FOLDER

    def get(self, kind: str, part: str) -> Any:
        """The record, None if there is none."""
        try:
            with garbage_let_be():
                return pickle.loads(zstandard.decompress(self._path(kind, part).read_bytes()))
        except _UNREADABLE:
            return None

    def need(self, kind: str, part: str) -> Any:
        """The record, which was kept. Raises Refused if it is gone or can't be read."""
        found = self.get(kind, part)
        if found is None:
            raise Refused(f"{self._path(kind, part)}: can't be read any more; delete the folder .cache, then run the same command again")
        return found

    def mark(self, kind: str, part: str) -> tuple[int, int, int]:
        """Of the file of a record, what is new when it is written; zeros if there is none."""
        try:
            found = self._path(kind, part).stat()
        except OSError:
            return 0, 0, 0
        return found.st_mtime_ns, found.st_size, found.st_ino

    def parts(self, *kinds: str) -> frozenset[str]:
        """The parts of which there are records of all these kinds, readable or not."""
        folders = [self.folder / kind for kind in kinds]
        if not all(folder.is_dir() for folder in folders):
            return frozenset()
        found = [frozenset(each.name for each in os.scandir(folder)) for folder in folders]
        return frozenset("" if name == _EVERYTHING else name for name in frozenset.intersection(*found))

    def put(self, kind: str, part: str, record: object) -> None:
        """Writes the record beside, then in its place."""
        path = self._path(kind, part)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.{os.getpid()}.new")  # a check may run beside another command
        beside.write_bytes(zstandard.compress(packed(record), 1))
        beside.replace(path)

    def forget(self, kind: str) -> None:
        """Lets go of all records of a kind."""
        shutil.rmtree(self.folder / kind, ignore_errors=True)

    def _path(self, kind: str, part: str) -> Path:
        return self.folder / kind / (part or _EVERYTHING)


class Packed(Mapping[str, T]):
    """Records by their names that are kept as one, each read when it is asked for."""

    def __init__(self, packed: Mapping[str, bytes]) -> None:
        self.packed = packed
        self.read: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        if name not in self.read:
            self.read[name] = pickle.loads(self.packed[name])
        return self.read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.packed)

    def __len__(self) -> int:
        return len(self.packed)


def packed(record: object) -> bytes:
    """A record as one of `Packed`."""
    return pickle.dumps(record, pickle.HIGHEST_PROTOCOL)


@contextmanager
def garbage_let_be() -> Iterator[None]:
    """Nothing looks for garbage meanwhile: where much is read that stays, this would take half of the time and find none."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()
