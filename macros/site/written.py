"""How anything is published: written beside first, then put where readers look, so that they find the old or the new and never a half."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_PART, _KEPT = ".new", "kept"


@contextmanager
def written_whole(folder: Path, *names: str) -> Iterator[Path]:
    """An empty folder for files and folders of these names; what stands there when the block ends takes its place in `folder`.

    They belong together: a name that was not written goes from `folder`, too, since it would speak of an earlier version.
    Whatever ends the block early, or stops the exchange, leaves `folder` as it was and is raised again.
    """
    part = folder / _PART
    shutil.rmtree(part, ignore_errors=True)  # of a run that was cut off
    part.mkdir(parents=True)
    try:
        yield part
        _take_place(part, folder, names)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _take_place(part: Path, folder: Path, names: Sequence[str]) -> None:
    """Exchanges what `folder` holds of these names for what `part` holds of them."""
    kept = part / _KEPT
    kept.mkdir()
    new = [name for name in names if (part / name).exists()]
    for name in names:
        if (folder / name).is_file():
            shutil.copy2(folder / name, kept / name)  # so that there is a file at every moment
    try:
        for name in names:
            if (folder / name).is_dir():
                (folder / name).replace(kept / name)  # nothing can be put over a folder that holds files
            if name in new:
                (part / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
    except BaseException:  # an interruption must not leave the reader without
        for name in names:
            if name in new and not (part / name).exists():
                (folder / name).replace(part / name)
            if (kept / name).exists():
                (kept / name).replace(folder / name)
        raise
