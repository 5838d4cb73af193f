"""Writes the record of a change that the rule change-recorded asks for, if every rule agrees to it."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import yaml

from macros.editing.kinds import NEW, TO_BE_DERIVED, beyond_words, kinds
from macros.finding import Finding, Refused
from macros.formulary.book import DATA, Formulary
from macros.formulary.monograph import Monograph
from macros.formulary.sentences import fingerprint

# What gives the project's findings as it stands now; the rules are known to the room that calls this one.
Judge = Callable[[], Iterable[Finding]]

# The one rule that may find something before the record is written, since it is what asks for it.
_ASKING = "change-recorded"
_WORDS_OF_A_NAME = 4
_SHOWN = 3


def record(root: Path, book: Formulary, inn: str, said: tuple[str, str, str | None], today: date, judge: Judge) -> list[str]:
    """Adds records of the last change to the medicine's changes.yml and gives back their lines: one for each kind of what changed.

    `said` holds kind, reason and, if the record's name is not to follow from its reason, that name.
    What is significant is told by what it is about, as the register shows; a change of nothing but words is none, and no other is
    editorial. Refused, and nothing is written, if there is no such medicine, none of its facts changed, something else is wrong
    with the project, or a rule finds a fault in the record.
    """
    monograph = book.named(inn)
    now = fingerprint(book, monograph)
    if monograph.changes and list(monograph.changes.values())[-1].facts == now:
        raise Refused(f"no fact of {monograph.medicine.inn} changed since its last record; nothing was written")
    before = list(judge())
    if other := [finding for finding in before if finding.rule != _ASKING]:
        raise Refused("\n".join([*map(str, other), "a change is recorded when all else is right; mend these faults first"]))
    kind, reason, name = said
    if refused := _unlike(kind, root, book, monograph):
        raise Refused(f"{refused}; nothing was written")
    derived = kinds(root, book, monograph.slug) if kind == TO_BE_DERIVED else [kind]
    if not derived:
        raise Refused("nothing but words changed, which are an editorial change; nothing was written")
    first = name or _named(monograph, reason)
    names = [first, *(f"{first}-{each}" for each in derived[1:])]
    lines = [line for own, each in zip(names, derived, strict=True) for line in _lines(own, today, each, reason, now)]
    path = root / DATA / monograph.slug / "changes.yml"
    old = path.read_bytes()
    try:
        path.write_text(old.decode("utf-8").rstrip() + "\n" + "\n".join(lines) + "\n", "utf-8", newline="\n")
        faults = [finding for finding in judge() if finding not in before or (root / finding.file) == path]
        if faults:
            raise Refused("\n".join([*map(str, faults), "nothing was written"]))
    except BaseException:  # also of an interruption: a record that no rule has judged must not stay
        path.write_bytes(old)
        raise
    return lines


def _unlike(kind: str, root: Path, book: Formulary, monograph: Monograph) -> str | None:
    """Why the change is not of the kind that it is said to be, and what to write; none if nothing speaks against it."""
    if kind == NEW and monograph.changes:
        return f"{monograph.medicine.inn} has records already, so its medicine is not new; write --kind {TO_BE_DERIVED}"
    known = book.vocabulary.lists.changes.get(kind)
    if not (known and known.wording):
        return None
    more = beyond_words(root, monograph.slug)
    if more is None:
        return f"no register says what was before, so nobody can tell whether only words changed; write --kind {TO_BE_DERIVED}"
    shown = ", ".join([*more[:_SHOWN], *(["…"] if len(more) > _SHOWN else [])])
    return f"more than words changed, so this is no {kind} change: {shown}; write --kind {TO_BE_DERIVED}" if more else None


def _lines(name: str, day: date, kind: str, reason: str, facts: str) -> list[str]:
    """The record as it stands in the file, a key a line."""
    keys = {"kind": kind, "reason": reason}
    written = [f"  {key}: {_scalar(text)}" for key, text in keys.items()]
    return [f"{_scalar(name)}:", f"  date: {day}", *written, f'  facts: "{facts}"']


def _scalar(text: str) -> str:
    """The text on one line of YAML, in quotes where it needs them."""
    one: str = yaml.safe_dump([" ".join(text.split())], allow_unicode=True, width=float("inf"))
    return one.removeprefix("- ").rstrip("\n")


def _named(monograph: Monograph, reason: str) -> str:
    """A name that no record of the medicine has, from the first words of the reason."""
    name = "-".join(re.findall(r"[a-z]+", reason.lower())[:_WORDS_OF_A_NAME]) or "change"
    numbered = (f"{name}-{number}" for number in range(2, len(monograph.changes) + 3))
    return next(each for each in (name, *numbered) if each not in monograph.changes)
