"""What was found out about parts of the project, kept between commands: in .cache, which may be deleted at any time."""

import pickle
import zlib
from pathlib import Path
from typing import Any

_FOLDER = Path(".cache/parts")
_EVERYTHING = "_site"  # the name of what belongs to no medicine; no slug holds such a sign


class Kept:
    """Records by kind and part under `root`. What can't be read counts as not there: it is found out again."""

    def __init__(self, root: Path) -> None:
        self.folder = root / _FOLDER

    def get(self, kind: str, part: str) -> Any:
        """The record, None if there is none."""
        try:
            return pickle.loads(zlib.decompress(self._path(kind, part).read_bytes()))
        except (OSError, zlib.error, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError, ValueError):
            return None

    def put(self, kind: str, part: str, record: object) -> None:
        """Writes the record beside, then in its place."""
        path = self._path(kind, part)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        beside.write_bytes(zlib.compress(pickle.dumps(record, pickle.HIGHEST_PROTOCOL), 1))
        beside.replace(path)

    def drop(self, kind: str, part: str) -> None:
        """Forgets the record."""
        self._path(kind, part).unlink(missing_ok=True)

    def _path(self, kind: str, part: str) -> Path:
        return self.folder / kind / (part or _EVERYTHING)
