"""How anything is published: written beside first, then put where readers look, so that they find the old or the new and never a half."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from macros.finding import Refused

_PART, _KEPT = ".new", "kept"
# Stands in the part while names are exchanged and lists the new ones; while it is there, the old ones hold.
_EXCHANGING = "exchanging"


@contextmanager
def written_whole(folder: Path, *names: str) -> Iterator[Path]:
    """An empty folder for files and folders of these names; what stands there when the block ends takes its place in `folder`.

    They belong together: a name that was not written goes from `folder`, too, since it would speak of an earlier version.
    Whatever ends the block early, or stops the exchange, leaves `folder` as it was and is raised again.
    """
    if os.path.lexists(folder) and not folder.is_dir():
        raise Refused(f"{folder}: this is no folder; remove it, then run the same command again")
    put_back(folder)
    part = folder / _PART
    part.mkdir(parents=True)
    try:
        yield part
        _take_place(part, folder, names)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def cut_off(folder: Path) -> bool:
    """Whether an exchange in the folder was begun and never ended, or is at work just now."""
    return (folder / _PART / _EXCHANGING).is_file()


def put_back(folder: Path) -> None:
    """Makes the folder what it was before an exchange that was cut off, and takes away what a run left there."""
    part, kept = folder / _PART, folder / _PART / _KEPT
    if cut_off(folder):
        for name in (part / _EXCHANGING).read_text("utf-8").split("\n"):
            if name and not (part / name).exists() and (folder / name).exists() and not (kept / name).is_file():
                (folder / name).replace(part / name)
        for path in kept.iterdir():
            path.replace(folder / path.name)
        (part / _EXCHANGING).unlink()
    cleared(part)


def cleared(path: Path) -> None:
    """Takes away what stands there, whatever it is and whoever left it. Raises Refused if it can't be taken away."""
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise Refused(
            f"{path}: is in the way and can't be removed ({error.strerror}); remove it, then run the same command again"
        ) from error


def _take_place(part: Path, folder: Path, names: Sequence[str]) -> None:
    """Exchanges what `folder` holds of these names for what `part` holds of them."""
    kept = part / _KEPT
    kept.mkdir()
    new = [name for name in names if (part / name).exists()]
    for name in names:
        if (folder / name).is_file():
            shutil.copy2(folder / name, kept / name)  # so that there is a file at every moment
    (part / _EXCHANGING).write_text("\n".join(new), "utf-8")
    try:
        for name in names:
            if (folder / name).is_dir():
                (folder / name).replace(kept / name)  # nothing can be put over a folder that holds files
            if name in new:
                (part / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
    except BaseException:  # an interruption must not leave the reader without
        put_back(folder)
        raise
    (part / _EXCHANGING).unlink()  # from here on the new ones hold
