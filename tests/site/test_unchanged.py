"""Files of the old site in the new one: only as they were written, and never half of a part."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.site import build
from macros.site.unchanged import is_carried, put
from tests.conftest import SLUG, TODAY
from tests.site.test_incremental import put as put_words, registered_anew
from tests.support.previewed import agreed_small, small_site

FILES = {"a/index.html": b"<p>5 mg</p>", "a/index.md": b"5 mg", "b.json": b"{}"}
PAGE = "a/index.html"


def as_of_then(path: Path, content: bytes) -> None:
    """Writes into a file and gives it back its time."""
    before = path.stat()
    path.write_bytes(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replaced(path: Path) -> None:
    """Puts a file of the same size and time in the place of another."""
    beside = path.with_suffix(".other")
    beside.write_bytes(b"<p>6 mg</p>")
    before = path.stat()
    os.utime(beside, ns=(before.st_atime_ns, before.st_mtime_ns))
    beside.replace(path)


def led_elsewhere(path: Path) -> None:
    """Puts a link to the file in the place of the file."""
    path.rename(path.with_suffix(".moved"))
    path.symlink_to(path.with_suffix(".moved"))


def written_again(path: Path) -> None:
    path.write_bytes(b"<p>6 mg</p>")
    os.utime(path, ns=(0, 0))  # clocks of disks are coarse, and a test is fast


CHANGES: dict[str, Callable[[Path], None]] = {
    "written-in": written_again,
    "longer": lambda path: as_of_then(path, b"<p>50 mg</p>"),
    "replaced": replaced,
    "gone": Path.unlink,
    "a-link": led_elsewhere,
    "other-rights": lambda path: path.chmod(0o600),
}


def test_what_is_as_it_was_written_is_in_the_new_site_too(tmp_path: Path) -> None:
    marks = put(tmp_path / "old", FILES)
    assert is_carried(tmp_path / "old", tmp_path / "new", marks)
    assert {name: (tmp_path / "new" / name).read_bytes() for name in FILES} == FILES
    assert [name for name in FILES if not (tmp_path / "new" / name).samefile(tmp_path / "old" / name)] == []


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_of_a_part_in_which_a_file_is_another_none_is_carried(tmp_path: Path, change: Callable[[Path], None]) -> None:
    marks = put(tmp_path / "old", FILES)
    change(tmp_path / "old" / PAGE)
    assert not is_carried(tmp_path / "old", tmp_path / "new", marks)
    assert [path for path in (tmp_path / "new").rglob("*") if path.is_file()] == []


def test_where_a_file_can_not_have_two_names_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks, link, done = put(tmp_path / "old", FILES), os.link, list[str]()

    def once(old: str, new: str) -> None:
        if done:
            raise PermissionError(1, "Operation not permitted", new)
        done.append(new)
        link(old, new)

    monkeypatch.setattr(os, "link", once)
    assert not is_carried(tmp_path / "old", tmp_path / "new", marks)
    assert [path for path in (tmp_path / "new").rglob("*") if path.is_file()] == []
    put(tmp_path / "new", FILES)


def test_nothing_is_written_into_a_file_that_is_there(tmp_path: Path) -> None:
    marks = put(tmp_path / "old", FILES)
    assert is_carried(tmp_path / "old", tmp_path / "new", marks)
    with pytest.raises(FileExistsError):
        put(tmp_path / "new", {PAGE: b"another"})
    assert (tmp_path / "old" / PAGE).read_bytes() == FILES[PAGE]


@pytest.mark.build
@pytest.mark.usefixtures("builder")
def test_a_site_that_is_built_again_keeps_the_files_of_its_medicines_and_mends_what_was_written_into_them(tmp_path: Path) -> None:
    project = agreed_small(small_site(tmp_path / "project"))
    build.site(project, TODAY, TODAY)
    page = project / "site/monographs" / SLUG / "index.html"
    text, file = page.read_bytes(), page.stat().st_ino
    build.site(project, TODAY, TODAY)
    assert page.stat().st_ino == file
    page.write_bytes(text.replace(b"<h1", b"<h2", 1))
    build.site(project, TODAY, TODAY)
    assert page.read_bytes() == text


# What may have become of the database that is kept: written into, cut off, of another program, gone.
SPOILT: dict[str, Callable[[Path], object]] = {
    "written-in": lambda path: path.write_bytes(path.read_bytes()[:-16384] + bytes(16384)),
    "cut-off": lambda path: path.write_bytes(path.read_bytes()[:9000]),
    "another": lambda path: path.write_bytes(b"no database"),
    "gone": Path.unlink,
}


@pytest.mark.build
@pytest.mark.usefixtures("builder")
def test_a_kept_database_that_is_another_than_it_was_left_is_made_anew(tmp_path: Path) -> None:
    project = agreed_small(small_site(tmp_path / "project"))
    build.site(project, TODAY, TODAY)
    kept, published = project / ".cache/parts/hosted.sqlite", project / "site/api/v1/monographs.sqlite"
    first, found = published.read_bytes(), {}
    for name, spoil in SPOILT.items():
        spoil(kept)
        build.site(project, TODAY, TODAY)
        found[name] = published.read_bytes() == first
    assert found == dict.fromkeys(SPOILT, True)


def versions(project: Path) -> set[str]:
    """What the pages of the medicine call their version, each at its end and on the line of a printed sheet."""
    pages = list((project / "site/monographs" / SLUG).rglob("*.html"))
    said = [re.findall(r"Version ([0-9a-f]{12})\.", page.read_text("utf-8")) for page in pages]
    assert [len(each) for each in said] == [2] * len(pages)
    return {version for each in said for version in each}


@pytest.mark.build
@pytest.mark.usefixtures("builder")
def test_pages_of_a_medicine_have_a_version_that_is_new_when_one_of_them_says_something_else(tmp_path: Path) -> None:
    project = agreed_small(small_site(tmp_path / "project"))
    build.site(project, TODAY, TODAY)
    first = versions(project)
    put_words(f"docs/monographs/{SLUG}/index.md", "\n## ", "\nWords that an editor added.\n\n## ")(project)
    registered_anew(project)
    build.site(project, TODAY, TODAY)
    second = versions(project)
    assert (len(first), len(second), len(first | second)) == (1, 1, 2)


@pytest.mark.build
@pytest.mark.usefixtures("builder")
def test_a_part_is_written_anew_for_other_rights(tmp_path: Path) -> None:
    """A first build under a strict setting must not hide the site from a server for good."""
    project = agreed_small(small_site(tmp_path / "project"))
    page = project / "site/monographs" / SLUG / "index.html"
    found = []
    for mask in (0o077, 0o022):
        before = os.umask(mask)
        try:
            build.site(project, TODAY, TODAY)
        finally:
            os.umask(before)
        found.append(page.stat().st_mode & 0o777)
    assert found == [0o600, 0o644]
