"""Files of the site that are as they were: they get a second name in the new site, and are not written again."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

# What the system says of a file as it was written. Whoever writes into it, or puts another in its place, makes it another, unless
# size and time are given back on purpose: a folder site/ that is not trusted has to be deleted.
Mark = tuple[int, int, int, int]


class Written(NamedTuple):
    """A part as it stands in a site: a mark of what its files were made from, the signs that were in them, their marks, its scripts."""

    made_from: str
    signs: frozenset[bytes]
    files: Mapping[str, Mark]
    scripts: frozenset[str]


def is_carried(old: Path, new: Path, files: Mapping[str, Mark]) -> bool:
    """Whether all these files are in the new site now; none of them is if one is another than it was written, or can't have two names.

    Not every disk lets a file have two names; there all are written again.
    """
    begins, ends = old.as_posix(), new.as_posix()
    done: list[str] = []
    try:
        if any(mark_of(os.lstat(f"{begins}/{name}")) != mark for name, mark in files.items()):
            return False
        folders(new, files)
        for name in files:
            os.link(f"{begins}/{name}", f"{ends}/{name}")
            done.append(name)
    except OSError:
        for name in done:
            Path(f"{ends}/{name}").unlink()
        return False
    return True


def put(site: Path, files: Mapping[str, bytes]) -> dict[str, Mark]:
    """Writes files by their paths in the site, where nothing may stand yet: it could be a file of the old site."""
    folders(site, files)
    marks = {}
    for name, content in files.items():
        with Path(f"{site.as_posix()}/{name}").open("xb", buffering=0) as file:
            file.write(content)
            marks[name] = mark_of(os.fstat(file.fileno()))
    return marks


def folders(site: Path, names: Iterable[str]) -> None:
    """Makes the folders in which files of these paths stand. Of tens of thousands each path costs more than what is written."""
    for folder in dict.fromkeys(name.rpartition("/")[0] for name in names):
        Path(f"{site.as_posix()}/{folder}").mkdir(exist_ok=True, parents=True)


def mark_of(of: os.stat_result) -> Mark:
    """What tells a file from what it may become."""
    return of.st_mtime_ns, of.st_size, of.st_ino, of.st_mode
