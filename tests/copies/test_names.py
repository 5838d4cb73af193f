"""A copy can be unzipped anywhere: on Windows, whose names and paths are the narrowest, and on the sticks that it writes."""

import re
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

import pytest

from tests.support.copies import made

_FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f\x7f]|[. ]$')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_LONGEST = 259  # what Windows takes as a path, without the sign that ends it
# Where somebody may unzip a copy: a long name of a user, and a folder in a folder. `Extract all` adds the name of the zip.
_BEFORE = r"C:\Users\firstname.lastname-of-a-clinic\OneDrive - Name of the Clinic\Documents\Pharmacy" + "\\"


def unfit(names: Collection[str], folder: str) -> Iterator[str]:
    """What keeps these names of files, unzipped into a folder of this name, from being the files that they are on each system."""
    paths = {part.as_posix() for name in names for part in (PurePosixPath(name), *PurePosixPath(name).parents) if part.name}
    small = sorted(paths, key=lambda path: (path.lower(), path))
    yield from (
        f"{one} and {two} differ by capitals alone" for one, two in zip(small, small[1:], strict=False) if one.lower() == two.lower()
    )
    for path in sorted(paths):
        name = PurePosixPath(path).name
        if _FORBIDDEN.search(name) or _DEVICES.fullmatch(name) or not name.isascii():
            yield f"{path} has a name that not every system takes"
    for name in sorted(names):
        if (length := len(f"{_BEFORE}{folder}\\{name}")) > _LONGEST:
            yield f"{name} is too long by {length - _LONGEST}"


UNFIT = {
    "colon": (["a/b:c"], ["a/b:c has a name that not every system takes"]),
    "stroke": (["a\\b"], ["a\\b has a name that not every system takes"]),
    "dot-at-the-end-of-a-folder": (["a./b"], ["a. has a name that not every system takes"]),
    "device": (["a/Aux.html"], ["a/Aux.html has a name that not every system takes"]),
    "no-device": (["a/auxin.html", "console"], []),
    "letter-of-a-language": (["é"], ["é has a name that not every system takes"]),
    "files-by-capitals": (["a/b", "a/B"], ["a/B and a/b differ by capitals alone"]),
    "folders-by-capitals": (["a/b", "A/c"], ["A and a differ by capitals alone"]),
    "just-short-enough": (["x" * (_LONGEST - len(_BEFORE) - 2)], []),
    "too-long": (["x" * (_LONGEST - len(_BEFORE) - 1)], [f"{'x' * (_LONGEST - len(_BEFORE) - 1)} is too long by 1"]),
}


@pytest.mark.parametrize(("names", "said"), UNFIT.values(), ids=UNFIT)
def test_a_name_that_not_every_system_takes_is_found(names: list[str], said: list[str]) -> None:
    assert list(unfit(names, "v")) == said


def test_every_system_takes_the_names_of_a_copy(offline: Path) -> None:
    path = made(offline)
    with zipfile.ZipFile(path) as archive:
        assert list(unfit(archive.namelist(), path.stem)) == []
