"""A name for the contents of files, the same for the same contents on every system."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from macros.finding import Refused
from macros.formulary.reader import contents

_MOST = 10_000_000


def tree_hash(root: Path, files: Iterable[Path]) -> str:
    """The first twelve digits of a hash of these files under `root`, of their names and texts in the order given.

    The line ends of Windows count as those of other systems. A file that can't be read counts as empty: nothing is
    published while there is one.
    """
    total = sha256()
    for path in files:
        try:
            content = contents(path, _MOST).replace(b"\r\n", b"\n")
        except (Refused, FileNotFoundError):
            content = b""
        total.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode() + content)
    return total.hexdigest()[:12]
