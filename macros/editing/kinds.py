"""Of what kind a change is, by the facts that are not as the register still has them: dose, warning, use, supply, or others."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from macros.formulary.book import DATA, Formulary
from macros.formulary.model import FILES
from macros.formulary.vocabulary import CardOf
from macros.pages.register import path_of, records

# What an editor says of a change that is more than wording; the kind of each fact says what it is about.
TO_BE_DERIVED = "significant"
NEW = "new"
_BY_FILE = {"status": "supply", "indications": "use", "monitoring": "warning"}
_ORDER = ("dose", "warning", "use", "supply")
# What says the same more shortly, or where it stands, and not what holds.
_WORDING = ("short", "title", "note", "evidence_only", "sources", "checked")
_LINE = re.compile(r"= (?P<fact>[a-z0-9-]+)\.(?P<field>[a-z_]+)(?P<rest>.*)")
# What no sentence can lose or gain by other words alone: the facts in it, and what denies or limits.
_HOLDING = re.compile(
    r"\{[^{}]+\}|\b(?:no|not|never|cannot|without|only|unless|if|provided|except|until|must|may|should|as long as"
    r"|at least|at most|up to|more than|less than|above|below|before|after)\b",
    re.IGNORECASE,
)


def kinds(root: Path, book: Formulary, slug: str) -> list[str]:
    """The kinds of what changed since the register of the medicine was written; empty if only its words did, or nothing.

    Other facts are named only where they alone changed. Without a register nothing is known of before, and the kind is the general one.
    """
    if not (root / path_of(slug)).is_file():
        return [TO_BE_DERIVED]
    cards = book.vocabulary.lists.cards
    found = {_kind(cards, file, topic) for file, _, topic in _differing(root, slug, lambda field, said: said)}
    return [kind for kind in _ORDER if kind in found - {TO_BE_DERIVED}] or sorted(found)


def beyond_words(root: Path, slug: str) -> list[str] | None:
    """The facts of which more than the words differ from the register, or that came or went; None where there is no register.

    A sentence may have been put better, as long as it names the same facts and denies and limits as it did; a value may not.
    """
    if not (root / path_of(slug)).is_file():
        return None
    return [f"{file}/{fact}" for file, fact, _ in _differing(root, slug, _held)]


def _held(field: str, said: str) -> str:
    return " ".join(_HOLDING.findall(said)).lower() if field == "statement" else said


def _differing(root: Path, slug: str, held: Callable[[str, str], str]) -> Iterator[tuple[str, str, str]]:
    """Each fact that is not as the register has it, as its file, its name and its topic; `held` gives what counts of a field."""
    register = _sections((root / path_of(slug)).read_text("utf-8"))
    for file in FILES:
        path = root / DATA / slug / f"{file}.yml"
        before, now = register.get(file, []), list(records(root, path)) if path.is_file() else []
        had, has = _facts(before, held), _facts(now, held)
        for fact in sorted(had.keys() | has.keys()):
            if had.get(fact) != has.get(fact):
                yield file, fact, _topic(fact, [*now, *before])


def _facts(lines: Iterable[str], held: Callable[[str, str], str]) -> dict[str, list[tuple[str, str]]]:
    """What counts of each field of each fact, in the order of its lines."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in lines:
        match = _LINE.fullmatch(line)
        if match and match["field"] not in _WORDING:
            found.setdefault(match["fact"], []).append((match["field"], held(match["field"], match["rest"])))
    return found


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


def _topic(fact: str, lines: list[str]) -> str:
    start = f"= {fact}.topic: "
    return next((line.removeprefix(start) for line in lines if line.startswith(start)), "")


def _kind(cards: Mapping[str, CardOf], file: str, topic: str) -> str:
    """What a fact of the topic is about: a file has its own kind, else the cards that a monograph needs tell doses from warnings."""
    needed = {"warning" if card.alert else "dose": card.topics for card in cards.values() if card.needed}
    return _BY_FILE.get(file) or next((kind for kind in ("dose", "warning") if topic in needed.get(kind, ())), TO_BE_DERIVED)
