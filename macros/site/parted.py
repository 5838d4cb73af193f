"""What the pages of parts of lists are made from, as marks, so that of hundreds only those are made anew whose medicines changed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from macros.formulary.book import Formulary
from macros.formulary.model import Fact
from macros.formulary.monograph import Monograph
from macros.pages.listing import LISTS, placed


def marks(book: Formulary, of: Mapping[str, str], today: date) -> dict[str, str]:
    """The mark of each page of a part, by its path under docs.

    `of` are the marks of all that lists show of each medicine. Beside its entries such a page knows which parts there are, the days
    of all medicines and today; what else it shows follows from the vocabulary and the names of all.
    """
    there = {kind.name: placed(book, kind) for kind in LISTS.values()}
    of_all = (today, book.checked, book.check_due, [(name, list(parts)) for name, parts in there.items()]) if book.monographs else ()
    common = sha256(repr(of_all).encode()).hexdigest()
    found = {}
    for kind in LISTS.values():
        parts = there[kind.name]
        widest = tuple(parts[""].below)
        for at, part in parts.items():
            if not at:  # the list itself may tell of all medicines
                continue
            entries = [(told, [of[slug] for slug in slugs]) for told, slugs in map(_told, part.entries)]
            given = (common, kind.name, at, part.label, part.above, widest, tuple(part.below.items()), entries)
            found[kind.page_of(at)] = sha256(repr(given).encode()).hexdigest()
    return found


def _told(entry: Any) -> tuple[list[str], list[str]]:
    """By what an entry is known, and the medicines that it shows."""
    names: list[str] = []
    slugs: list[str] = []
    for each in _leaves(entry):
        if isinstance(each, Monograph | Fact):
            slugs.append(each.slug)
        names.append(each.id if isinstance(each, Fact) else each.slug if isinstance(each, Monograph) else repr(each))
    return names, slugs


def _leaves(entry: Any) -> Iterator[Any]:
    if isinstance(entry, Sequence) and not isinstance(entry, str):
        for each in entry:
            yield from _leaves(each)
    else:
        yield entry
