"""What the rest of the site has to know of a medicine whose facts are not at hand: its names, and what lists of the site show of it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256

from pydantic import BaseModel

from macros.formulary.book import Formulary
from macros.formulary.model import Fact
from macros.formulary.monograph import Monograph
from macros.formulary.side_by_side import compared

# The topics that say by which names people look for the medicine; lists show them, and rules keep them apart.
_NAMES = ("alias", "name")
_LISTED = (*_NAMES, "identifier")


def by_name(monograph: Monograph) -> Monograph:
    """The medicine with the facts about its names alone."""
    facts = {name: fact for name, fact in monograph.facts.items() if fact.topic in _NAMES}
    return replace(monograph, facts=facts, corrections={}, changes={}, cards={}, checklist=None, told=monograph.tally)


def for_lists(book: Formulary, monograph: Monograph, asked: Collection[str]) -> Monograph:
    """The medicine with the facts that pages of no medicine may show: all of one that stands in a comparison.

    Of others its names, the events of its authorization and supply, what is marked, those `asked` for by id, and what these
    name in their turn.
    """
    if any(monograph in compared(book, comparison) for comparison in book.comparisons.values()):
        return monograph
    wanted = [
        fact for fact in monograph.facts.values() if fact.topic in _LISTED or book.event(fact) or book.is_marked(fact) or fact.id in asked
    ]
    kept: set[str] = set()
    while wanted:
        fact = wanted.pop()
        if fact.id not in kept:
            kept.add(fact.id)
            names = (f"{fact.slug}/{name}" for name in _named(fact))
            wanted += [monograph.facts[name] for name in names if name in monograph.facts]
    facts = {name: fact for name, fact in monograph.facts.items() if name in kept}
    return replace(monograph, facts=facts, corrections={}, cards={}, checklist=None, told=monograph.tally)


def complete(book: Formulary) -> dict[str, Monograph]:
    """The medicines of which all facts are here; of others there is what lists show of them, which is judged with the rest of it."""
    return {slug: monograph for slug, monograph in book.monographs.items() if not monograph.told}


def facts_here(book: Formulary) -> Iterator[Fact]:
    """The facts of these."""
    return (fact for monograph in complete(book).values() for fact in monograph.facts.values())


def _named(fact: Fact) -> Iterator[str]:
    """The short ids of the facts that a fact names."""
    yield from fact.under
    if fact.trial:
        yield fact.trial
    yield from (name for text in fact.statements for name in text.references)


def mark_of(*given: object) -> str:
    """A hash of records, the same in every run for the same contents."""
    return sha256("\0".join(_leaves(given)).encode()).hexdigest()


def _leaves(given: object) -> Iterator[str]:
    if isinstance(given, BaseModel):
        yield type(given).__name__
        yield from _leaves([getattr(given, name) for name in type(given).model_fields])
        yield from _leaves((given.__pydantic_private__ or {}).get("_id"))
    elif is_dataclass(given) and not isinstance(given, type):
        yield type(given).__name__
        yield from _leaves([getattr(given, each.name) for each in fields(given)])
    elif isinstance(given, Mapping):
        yield f"{{{len(given)}"
        yield from (leaf for name, value in given.items() for leaf in _leaves([name, value]))
    elif isinstance(given, list | tuple):
        yield f"[{len(given)}"
        yield from (leaf for each in given for leaf in _leaves(each))
    elif isinstance(given, set | frozenset):
        yield from _leaves(sorted(given, key=repr))
    else:
        yield repr(given)
