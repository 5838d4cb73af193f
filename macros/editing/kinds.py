"""Of what kind a change is, by the facts that are not as the register still has them: dose, warning, use, supply, or others."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from macros.formulary.book import DATA, Formulary
from macros.formulary.model import FILES
from macros.formulary.record import prose_fields
from macros.formulary.vocabulary import CardOf
from macros.pages.register import FOLDER, records

# What an editor says of a change that is more than wording; the kind of each fact says what it is about.
TO_BE_DERIVED = "significant"
EDITORIAL = "editorial"
_BY_FILE = {"status": "supply", "indications": "use", "monitoring": "warning"}
_ORDER = ("dose", "warning", "use", "supply")
# What says the same more shortly, or where it stands, and not what holds.
_WORDING = ("short", "title", "note", "sources", "checked")
_LINE = re.compile(r"= (?P<fact>[a-z0-9-]+)\.(?P<field>[a-z_]+)(?P<rest>.*)")


def kinds(root: Path, book: Formulary, slug: str) -> list[str]:
    """The kinds of what changed since the register of the medicine was written; empty if only its words did, or nothing.

    Other facts are named only where they alone changed. Without a register nothing is known of before, and the kind is the general one.
    """
    path = root / FOLDER / f"{slug}.txt"
    if not path.is_file():
        return [TO_BE_DERIVED]
    before = _sections(path.read_text("utf-8"))
    found = {kind for file in _files(root, slug) for kind in _changed(root, book, slug, file, before.get(file, []))}
    return [kind for kind in _ORDER if kind in found - {TO_BE_DERIVED}] or sorted(found)


def beyond_words(root: Path, slug: str) -> list[str]:
    """The facts that the register of the medicine has with another value or condition, or that came or went; none without a register.

    All else is words: a sentence may have been put better, a dose may not.
    """
    path = root / FOLDER / f"{slug}.txt"
    before = _sections(path.read_text("utf-8")) if path.is_file() else {}
    found = dict[str, None]()
    for file, lines in before.items():
        for line in sorted({*lines} ^ {*_now(root, slug, file)}):
            match = _LINE.fullmatch(line)
            if match and match["field"] not in _words(file):
                found[f"{file}/{match['fact']}"] = None
    return list(found)


@cache
def _words(file: str) -> frozenset[str]:
    """The fields of the facts in a file that say what holds in other words."""
    return frozenset((*_WORDING, "statement", *prose_fields(FILES[file]))) - {"condition"}


def _now(root: Path, slug: str, file: str) -> Iterator[str]:
    path = root / DATA / slug / f"{file}.yml"
    return records(root, path) if path.is_file() else iter(())


def _files(root: Path, slug: str) -> list[str]:
    """The files of the medicine that hold facts."""
    return [name for name in FILES if (root / DATA / slug / f"{name}.yml").is_file()]


def _sections(register: str) -> dict[str, list[str]]:
    """The lines of each data file of the medicine, by its name."""
    found: dict[str, list[str]] = {}
    file = ""
    for line in register.splitlines():
        if line.startswith("== "):
            file = line.rpartition("/")[2].removesuffix(".yml") if line.startswith("== data ") else ""
        elif file:
            found.setdefault(file, []).append(line)
    return found


def _changed(root: Path, book: Formulary, slug: str, file: str, before: list[str]) -> Iterator[str]:
    """The kind of each fact of a file of which more than words differ."""
    now = list(records(root, root / DATA / slug / f"{file}.yml"))
    for line in {*before} ^ {*now}:
        match = _LINE.fullmatch(line)
        if match and match["field"] not in _WORDING:
            yield _kind(book.vocabulary.lists.cards, file, _topic(match["fact"], [*now, *before]))


def _topic(fact: str, lines: list[str]) -> str:
    start = f"= {fact}.topic: "
    return next((line.removeprefix(start) for line in lines if line.startswith(start)), "")


def _kind(cards: Mapping[str, CardOf], file: str, topic: str) -> str:
    """What a fact of the topic is about: a file has its own kind, else the cards that a monograph needs tell doses from warnings."""
    needed = {"warning" if card.alert else "dose": card.topics for card in cards.values() if card.needed}
    return _BY_FILE.get(file) or next((kind for kind in ("dose", "warning") if topic in needed.get(kind, ())), TO_BE_DERIVED)
