"""What `verify` says of copies that were damaged or tampered with; it names every file, and unpacks nothing."""

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from macros import __main__ as commands
from macros.copies import manifest
from tests.conftest import ROOT
from tests.support.copies import flipped, made, said, tree, unzipped, zipped

HOME, SHEET, START, LIST = "site/index.html", "site/assets/css/page.css", "START-HERE.html", manifest.NAME
EVIL = "site/evil.html"


@pytest.fixture
def folder(small_copy: Path, tmp_path: Path) -> Path:
    """A small copy, unzipped, to be spoiled."""
    return unzipped(made(small_copy), tmp_path / "copy")


def edited(folder: Path, change: Callable[[list[str]], list[str]]) -> None:
    """The list of files with its lines changed."""
    path = folder / LIST
    path.write_text("".join(change(path.read_text("utf-8").splitlines(keepends=True))), "utf-8", newline="")


def swapped(folder: Path) -> None:
    (folder / START).rename(folder / "x")
    (folder / "READ-ME.txt").rename(folder / START)
    (folder / "x").rename(folder / "READ-ME.txt")


def linked_file(folder: Path) -> None:
    (folder / HOME).rename(folder.parent / "elsewhere.html")
    (folder / HOME).symlink_to(folder.parent / "elsewhere.html")


def linked_folder(folder: Path) -> None:
    shutil.move(folder / "site/assets/css", folder.parent / "elsewhere")
    (folder / "site/assets/css").symlink_to(folder.parent / "elsewhere", target_is_directory=True)


def other_hash(lines: list[str]) -> list[str]:
    return [("0" if lines[0][0] != "0" else "1") + lines[0][1:], *lines[1:]]


STYLES = sorted(path.name for path in (ROOT / "docs/assets/css").glob("*.css"))
UNREAD = f"{LIST} is not as it was written; fetch the copy again"

# What is done to a copy, and every line that is said of the folder; for a zip, if that is something else.
TAMPERINGS: dict[str, tuple[Callable[[Path], object], list[str], list[str] | None]] = {
    "bit-in-a-page": (lambda f: flipped(f / HOME, 1000), [f"{HOME}: was changed"], None),
    "last-bit-of-a-page": (lambda f: flipped(f / HOME, -1), [f"{HOME}: was changed"], None),
    "bit-in-start-here": (lambda f: flipped(f / START, 700, 3), [f"{START}: was changed"], None),
    "bit-in-a-name-of-the-list": (lambda f: flipped(f / LIST, 66), ["READ-ME.txt: was added; it is no part of this copy", "SEAD-ME.txt: is missing"], None),
    "bit-between-hash-and-name": (lambda f: flipped(f / LIST, 64), [f"line 1 of {LIST} is not a hash and a name; fetch the copy again"], None),
    "hash-in-the-list": (lambda f: edited(f, other_hash), ["READ-ME.txt: was changed"], None),
    "line-out-of-the-list": (lambda f: edited(f, lambda lines: lines[1:]), ["READ-ME.txt: was added; it is no part of this copy"], None),
    "line-twice-in-the-list": (lambda f: edited(f, lambda lines: [lines[0], *lines]), [f"line 2 of {LIST} names 'READ-ME.txt' again; fetch the copy again"], None),
    "lines-in-another-order": (lambda f: edited(f, lambda lines: lines[::-1]), [UNREAD], None),
    "list-without-its-last-line-end": (lambda f: edited(f, lambda lines: [*lines[:-1], lines[-1].rstrip()]), [UNREAD], None),
    "list-with-an-empty-line": (lambda f: edited(f, lambda lines: [lines[0], "\n", *lines[1:]]), [f"line 2 of {LIST} is not a hash and a name; fetch the copy again"], None),
    "list-emptied": (lambda f: (f / LIST).write_bytes(b""), [f"line 1 of {LIST} is not a hash and a name; fetch the copy again"], None),
    "list-of-bytes": (lambda f: (f / LIST).write_bytes(b"\xff\xfe"), [f"line 1 of {LIST} is not a hash and a name; fetch the copy again"], None),
    "list-missing": (
        lambda f: (f / LIST).unlink(),
        [f"{LIST} is missing; name the folder that holds START-HERE.html"],
        [f"{LIST} is missing; nothing can be compared"],
    ),
    "file-added": (lambda f: (f / EVIL).write_text("x", "utf-8"), [f"{EVIL}: was added; it is no part of this copy"], None),
    "empty-file-added": (lambda f: (f / EVIL).touch(), [f"{EVIL}: was added; it is no part of this copy"], None),
    "hidden-file-added": (lambda f: (f / "site/.evil").write_text("x", "utf-8"), ["site/.evil: was added; it is no part of this copy"], None),
    "name-that-moves-the-cursor": (
        lambda f: (f / "site/\x1b[2Kfine\n").write_text("x", "utf-8"),
        ["'site/\\x1b[2Kfine\\n': was added; it is no part of this copy"],
        None,
    ),
    "second-list-added": (lambda f: shutil.copy(f / LIST, f / "site" / LIST), [f"site/{LIST}: was added; it is no part of this copy"], None),
    "file-removed": (lambda f: (f / SHEET).unlink(), [f"{SHEET}: is missing"], None),
    "file-renamed": (lambda f: (f / HOME).rename(f / EVIL), [f"{EVIL}: was added; it is no part of this copy", f"{HOME}: is missing"], None),
    "file-moved": (lambda f: (f / START).rename(f / "site" / START), [f"{START}: is missing", f"site/{START}: was added; it is no part of this copy"], None),
    "case-of-a-name": (
        lambda f: (f / START).rename(f / "Start-Here.html"),
        [f"{START}: is missing", "Start-Here.html: was added; it is no part of this copy"],
        None,
    ),
    "file-emptied": (lambda f: (f / HOME).write_bytes(b""), [f"{HOME}: was changed"], None),
    "file-doubled": (lambda f: (f / HOME).write_bytes((f / HOME).read_bytes() * 2), [f"{HOME}: was changed"], None),
    "line-ends": (lambda f: (f / HOME).write_bytes((f / HOME).read_bytes().replace(b"\n", b"\r\n")), [f"{HOME}: was changed"], None),
    "files-swapped": (swapped, ["READ-ME.txt: was changed", f"{START}: was changed"], None),
    "folder-removed": (lambda f: shutil.rmtree(f / "site/assets/css"), [f"site/assets/css/{name}: is missing" for name in STYLES], None),
    "file-made-a-link": (linked_file, [f"{HOME}: is a link and no file"], [f"{HOME}: is a link; do not unpack this zip"]),
    "list-made-a-link": (
        lambda f: [(f / LIST).rename(f.parent / "l"), (f / LIST).symlink_to(f.parent / "l")],
        [f"{LIST}: is a link and no file"],
        [f"{LIST}: is a link; do not unpack this zip"],
    ),
    "folder-made-a-link": (
        linked_folder,
        sorted(["site/assets/css: is a link and no file", *(f"site/assets/css/{name}: is missing" for name in STYLES)]),
        ["site/assets/css: is a link; do not unpack this zip"],
    ),
    "link-added": (
        lambda f: (f / EVIL).symlink_to("index.html"),
        [f"{EVIL}: is a link and no file"],
        [f"{EVIL}: is a link; do not unpack this zip"],
    ),
}  # fmt: skip


def test_a_copy_as_it_was_published_is_whole(offline: Path, tmp_path: Path) -> None:
    for copy in (made(offline), unzipped(made(offline), tmp_path)):
        assert said(copy) == (0, [f"{copy}: every file is there and unchanged, and none was added"])


BESIDE = {
    "nothing": ((), "inside it. A copy"),
    "hash": (("sha256",), "inside it and with x.zip.sha256. A copy"),
    "signature": (("minisig",), "inside it; x.zip.minisig is not looked at, minisign does that. A copy"),
    "both": (("sha256", "minisig"), "inside it and with x.zip.sha256; x.zip.minisig is not looked at, minisign does that. A copy"),
}


@pytest.mark.parametrize(("endings", "expected"), BESIDE.values(), ids=BESIDE)
def test_the_first_line_says_what_is_compared_and_what_that_can_not_show(tmp_path: Path, endings: tuple[str, ...], expected: str) -> None:
    for ending in ("zip", *(f"zip.{ending}" for ending in endings)):
        (tmp_path / f"x.{ending}").write_bytes(b"x")
    first = CliRunner().invoke(commands.main, ["verify", str(tmp_path / "x.zip")]).output.splitlines()[0]
    assert first.startswith(f"{tmp_path / 'x.zip'} is compared with the list of files {expected}")
    assert all(words in first for words in ("hash of its zip", "on paper", "signature", "How to check one"))


@pytest.mark.parametrize(("spoil", "expected", "_"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_a_folder_that_was_tampered_with(folder: Path, spoil: Callable[[Path], object], expected: list[str], _: object) -> None:
    spoil(folder)
    before = tree(folder)
    assert said(folder) == (1, expected)
    assert tree(folder) == before


@pytest.mark.parametrize(("spoil", "of_folder", "of_zip"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_a_zip_that_was_tampered_with(
    folder: Path, spoil: Callable[[Path], object], of_folder: list[str], of_zip: list[str] | None
) -> None:
    spoil(folder)
    target = zipped(folder, folder.parent / "copy.zip")
    assert said(target) == (1, of_folder if of_zip is None else of_zip)


def test_what_was_added_is_not_read_however_much_it_holds(folder: Path) -> None:
    with (folder / EVIL).open("wb") as file:
        file.truncate(1 << 42)  # four terabytes of nothing take no place on the disk, and hours to read
    assert said(folder) == (1, [f"{EVIL}: was added; it is no part of this copy"])


def test_what_waits_for_ever_is_not_read(folder: Path) -> None:
    os.mkfifo(folder / EVIL)
    assert said(folder) == (1, [f"{EVIL}: is no plain file"])


def test_a_folder_that_can_not_be_looked_into(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "site/closed").mkdir()
    scan = os.scandir

    def closed(path: os.PathLike[str]) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", closed)
    assert said(folder) == (1, ["site/closed: is a folder that can't be looked into"])


def beside(target: Path, content: bytes) -> str:
    """Puts the published hash of this content beside the zip; gives what is said when the zip is another one."""
    target.with_name(f"{target.name}.sha256").write_text(f"{sha256(content).hexdigest()}  {target.name}\n", "utf-8")
    return f"{target.name}: is not the zip that {target.name}.sha256 was made for; fetch both again"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"])
def test_a_zip_that_was_zipped_again_holds_the_same_and_is_another(small_copy: Path, folder: Path, method: int) -> None:
    target = zipped(folder, folder.parent / "again.zip", method)
    assert said(target) == (0, [f"{target}: every file is there and unchanged, and none was added"])
    line = beside(target, made(small_copy).read_bytes())
    assert said(target) == (1, [line])


# The published hash file as editors and other programs write it again.
EDITED: dict[str, Callable[[str, str], bytes]] = {
    "capitals": lambda hashed, name: f"{hashed.upper()}  {name}\n".encode(),
    "byte-order-mark": lambda hashed, name: f"{hashed}  {name}\n".encode("utf-8-sig"),
    "line-ends": lambda hashed, name: f"{hashed}  {name}\r\n".encode(),
    "asterisk": lambda hashed, name: f"{hashed} *{name}\n".encode(),
    "tab": lambda hashed, name: f"{hashed}\t{name}\n".encode(),
    "hash-alone": lambda hashed, name: f"{hashed}\r\n".encode(),
    "written-by-powershell": lambda hashed, name: f"{hashed.upper()}  {name}\r\n".encode("utf-16"),
}


@pytest.mark.parametrize("form", EDITED.values(), ids=EDITED)
def test_a_hash_file_that_an_editor_saved_is_read_and_still_compared(
    small_copy: Path, tmp_path: Path, form: Callable[[str, str], bytes]
) -> None:
    target = Path(shutil.copy(made(small_copy), tmp_path))
    right, beside_it = sha256(target.read_bytes()).hexdigest(), target.with_name(f"{target.name}.sha256")
    beside_it.write_bytes(form(right, target.name))
    assert said(target) == (0, [f"{target}: every file is there and unchanged, and none was added"])
    for wrong in (("0" if right[0] != "0" else "1") + right[1:], right + "0", right[1:], ""):
        beside_it.write_bytes(form(wrong, target.name))
        assert said(target) == (1, [f"{target.name}: is not the zip that {target.name}.sha256 was made for; fetch both again"])


def test_the_zip_and_a_file_in_it_are_both_named(small_copy: Path, folder: Path) -> None:
    flipped(folder / HOME, 1000)
    target = zipped(folder, folder.parent / "copy.zip")
    line = beside(target, made(small_copy).read_bytes())
    assert said(target) == (1, [line, f"{HOME}: was changed"])


@pytest.mark.parametrize("place", range(0, 100, 7))
def test_any_flipped_bit_of_a_zip_is_named_by_its_hash(small_copy: Path, tmp_path: Path, place: int) -> None:
    target = Path(shutil.copy(made(small_copy), tmp_path))
    line = beside(target, target.read_bytes())
    flipped(target, target.stat().st_size * place // 100, place % 8)
    code, lines = said(target)
    assert (code, line in lines) == (1, True)


# The line for a terminal that docs/about/offline.md gives to whoever has no Python.
LINE = re.search(r"\nOn Linux[^\n]*:\n\n```\n([^\n]*find [^\n]*)\n```\n", (ROOT / "docs/about/offline.md").read_text("utf-8"))[1]
NAMED = re.compile(r"^[<>] (?:[0-9a-f]{64}  |\./)(.*)$", re.MULTILINE)
LAST = "the last name of the list"
# A damaged list itself is shown as it differs, and so is what no hash can be made of.
SHOWN = {
    "bit-between-hash-and-name": {"READ-ME.txt"},
    "line-twice-in-the-list": {"READ-ME.txt"},
    "list-without-its-last-line-end": {LAST},
    "lines-in-another-order": None,
    "list-with-an-empty-line": set(),
    "list-emptied": None,
    "list-of-bytes": None,
    "list-missing": None,
    "name-that-moves-the-cursor": None,
}


def pasted(folder: Path) -> tuple[int, str]:
    done = subprocess.run(["sh", "-c", LINE], cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    return done.returncode, done.stdout


def test_the_documented_line_says_whole(folder: Path) -> None:
    assert pasted(folder) == (0, "whole\n")


@pytest.mark.parametrize("name", TAMPERINGS)
def test_the_documented_line_names_what_was_tampered_with(folder: Path, name: str) -> None:
    spoil, expected, _ = TAMPERINGS[name]
    last = (folder / LIST).read_text("utf-8").splitlines()[-1].partition("  ")[2]
    spoil(folder)
    code, output = pasted(folder)
    assert (code == 0, "whole" in output) == (False, False)
    wanted = SHOWN.get(name, {line.partition(": ")[0] for line in expected})
    assert wanted is None or {*NAMED.findall(output)} == {last if each == LAST else each for each in wanted}
