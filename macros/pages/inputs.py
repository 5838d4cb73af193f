"""The files that the site is made from: where they stand, and whether each can be read as what it is."""

import os
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, TemplateSyntaxError

from macros.finding import MERGED, Finding, Refused, merging, unseen
from macros.formulary.book import DATA
from macros.formulary.reader import contents
from macros.pages.markdown import DOCS, MONOGRAPHS
from macros.pages.settings import SETTINGS

INPUTS: Final = ("docs", "macros", "overrides", SETTINGS, "requirements.txt")
READABLE: Final = "file-readable"  # the rule whose findings these are
OVERRIDES: Final = "overrides/"
_TEMPLATES = (OVERRIDES, "macros/offline/")
_WRITTEN = (".css", ".html", ".jinja", ".js", ".svg", ".txt")
_OF_TEXT = (".json", ".md", ".py", ".txt", ".yml")  # beside them, what a merge may leave its marks in
# What is written by hand is never so long; the rules that read it look from each sign on for another.
_MOST_WRITTEN = 30_000
_MOST = 10_000_000
# As MkDocs sets it up for its themes.
_JINJA = Environment(extensions=["jinja2.ext.i18n"])
_JINJA.filters |= {"url": str, "script_tag": str}


class _Unfit(Exception):
    def __init__(self, line: int, message: str, rule: str = READABLE) -> None:
        self.line, self.message, self.rule = line, message, rule


def files(root: Path, without: Collection[Path] = ()) -> Iterator[Path]:
    """Every file under `root` that the site is made from, and whatever stands in its place, in the same order everywhere.

    Folders that it is asked `without` are passed over.
    """
    for path in (root / name for name in sorted(INPUTS)):
        if path.is_dir() and not path.suffix:  # the project may link to folders elsewhere, what is in them may not
            yield from _below(path.iterdir(), without)
        elif os.path.lexists(path):
            yield path


def of_medicine(root: Path, slug: str) -> Iterator[Path]:
    """Those of a medicine."""
    return _below(path for path in of_medicines(root, [slug]) if os.path.lexists(path))


def of_medicines(root: Path, slugs: Iterable[str]) -> list[Path]:
    """The folders in which the files of these medicines stand, whether or not they are there."""
    return [root / place / slug for slug in slugs for place in (DATA, DOCS / MONOGRAPHS)]


def _below(paths: Iterable[Path], without: Collection[Path] = ()) -> Iterator[Path]:
    for path in sorted(paths, key=lambda path: path.name):  # Windows has an order of its own for paths
        if path.name.startswith((".", "__pycache__")) or path.name.endswith("~"):
            continue  # of a system, an editor's program or Python
        if path in without:
            continue
        if path.is_dir() and not path.is_symlink() and not path.suffix:
            yield from _below(path.iterdir(), without)
        else:
            yield path


def faults(root: Path, paths: Iterable[Path] | None = None) -> list[Finding]:
    """What is wrong with the files, or with these of them, that have no reader of their own, as pages and data have."""
    found = []
    for path in files(root) if paths is None else paths:
        name = path.relative_to(root).as_posix()
        try:
            _judge(path, name)
        except _Unfit as unfit:
            found.append(Finding(name, unfit.line, unfit.rule, unfit.message))
        except (Refused, FileNotFoundError) as error:
            message = str(error) if isinstance(error, Refused) else "this link leads nowhere; put the file itself here"
            found.append(Finding(name, 1, READABLE, message))
    return found


def _judge(path: Path, name: str) -> None:
    if hidden := unseen(name):
        raise _Unfit(1, f"the file's name holds U+{ord(hidden[0]):04X}, which nobody can see; name it in plain letters")
    inside = "/" in name
    if name == SETTINGS or (inside and _has_reader(path, name)):
        return
    written = inside and path.suffix in _WRITTEN
    raw = contents(path, _MOST_WRITTEN if written else _MOST)
    if not written:
        if path.suffix in _OF_TEXT and (merged := merging(raw.decode("utf-8", "replace"))):
            raise _Unfit(*merged, MERGED)
        return
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _Unfit(raw[: error.start].count(b"\n") + 1, "not UTF-8 text; save the file as UTF-8") from error
    if merged := merging(text):
        raise _Unfit(*merged, MERGED)
    for number, line in enumerate(text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"), 1):
        if hidden := [char for char in unseen(line) if char != "\t"]:
            raise _Unfit(number, f"the line holds the invisible character U+{ord(hidden[0]):04X}; delete it")
    if name.startswith(_TEMPLATES) and path.suffix in (".html", ".txt"):
        _judge_template(text)


@lru_cache(maxsize=20)  # a preview judges the same templates after each change of a page
def _judge_template(text: str) -> None:
    try:
        _JINJA.compile(text)
    except (TemplateSyntaxError, RecursionError) as error:
        at = error.lineno if isinstance(error, TemplateSyntaxError) else 1
        raise _Unfit(at, f"the template can't be read: {error}; write what Jinja can read") from error


def _has_reader(path: Path, name: str) -> bool:
    return (name.startswith(f"{DOCS}/") and path.suffix == ".md") or (
        name.startswith(f"{DATA.as_posix()}/") and path.suffix in (".yml", ".txt")
    )
