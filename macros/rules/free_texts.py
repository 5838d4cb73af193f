"""Every free text of the data, as the models have them, so that a new field is read by the rules by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from macros.finding import Line
from macros.formulary.apart import complete
from macros.formulary.book import SOURCES, Formulary
from macros.formulary.comparisons import Comparison
from macros.formulary.free_texts import Key, free_texts
from macros.formulary.medicine import Medicine
from macros.formulary.model import Correction, Fact, Reporting, Trial
from macros.formulary.record import Filed, Placed, Record
from macros.formulary.sourcing import Source
from macros.formulary.values import Statement
from macros.formulary.vocabulary import Lists

# What is quoted: the title of a source, the names of its parts, what was searched for, what a draft claimed, an abbreviation to avoid.
_QUOTED: Final[Mapping[type[Record], tuple[str, ...]]] = {
    Source: ("title", "parts"),
    Fact: ("words",),
    Correction: ("claim",),
    Lists: ("abbreviations",),
}
# What may hold a figure, as it tells whom, when or which: patients of 2 to 18 years, year 3, phase 1/2, section 4. No dose is one.
_COUNTING: Final[Mapping[type[Record], tuple[str, ...]]] = {
    Fact: ("endpoint", "population", "time", "statistic", "assay", "code", "terms", "locator"),
    Trial: ("name", "sponsor_id", "phase", "design"),
    Source: ("edition", "date_words"),
    Medicine: ("also_searched",),
    Reporting: ("seen",),
}
# The keys whose texts may name facts in braces, by what holds them.
_BRACED: Final[Mapping[type[Record], tuple[str, ...]]] = {Fact: ("statement", "short", "condition", "note"), Correction: ("why",)}
_LISTS: Final = (_QUOTED, _COUNTING, _BRACED)
# What messages call a key that is no word for its text.
_CALLED: Final = {"why": "reason", "full": "long form", "class_": "class"}


@dataclass(frozen=True)
class FreeText:
    """A text of the data, without the references in it: where it stands, whose it is and what it is there.

    `counts` says that it may hold a figure, `braced` that it may name facts in braces.
    """

    at: Line
    owner: str
    where: str
    text: str
    counts: bool
    braced: bool


@lru_cache(maxsize=1)  # two rules ask, one after the other
def all_texts(book: Formulary) -> tuple[FreeText, ...]:
    """Every free text of the data that is no quotation; the title of a trial is its name. What search.yml holds is never printed.

    Of one medicine apart from the others these are its own.
    """
    return tuple(_all_texts(book))


def _all_texts(book: Formulary) -> Iterator[FreeText]:
    for at, owner, record in records(book):
        quoted, counting, braced = (_listed(number, type(record)) for number in range(len(_LISTS)))
        for keys, text in free_texts(record):
            if quoted.isdisjoint(keys):
                *entry, where = (key for key in keys if isinstance(key, str))
                yield FreeText(
                    record.place(*keys) if isinstance(record, Filed) else at,
                    "/".join([*filter(None, [owner]), *(entry if isinstance(record, Lists | Comparison) else ())]),
                    _CALLED.get(where, where),
                    " ¦ ".join(Statement(text).parts()[::2]) if "{" in text else text,
                    not counting.isdisjoint(keys) or (where == "title" and isinstance(record, Trial) and bool(record.name)),
                    not braced.isdisjoint(keys),
                )


@cache
def _listed(number: int, model: type[Record]) -> frozenset[Key]:
    """The keys that a list names for this kind of record."""
    return frozenset(key for kind, keys in _LISTS[number].items() if issubclass(model, kind) for key in keys)


def records(book: Formulary) -> Iterator[tuple[Line, str, Record]]:
    """Every record of the data that holds a text: where it stands, what it is called, the record.

    What lists show of a medicine is left out, with its own sources: it was judged with all else of the medicine.
    """
    listed = any(monograph.told for monograph in book.monographs.values())
    for monograph in complete(book).values():
        yield monograph.medicine.at, monograph.medicine.inn, monograph.medicine
        yield from ((fact.at, fact.short_id, fact) for fact in monograph.facts.values())
        for records in (monograph.corrections, monograph.changes, monograph.cards):
            yield from _named(records)
        if monograph.checklist is not None:
            yield monograph.checklist.at, "checklist", monograph.checklist
    apart = len(book.monographs) < len(book.names.called)  # so what all share is judged once, and not beside each
    sources = ((book.source_at[name], name, source) for name, source in book.sources.items())
    yield from (each for each in sources if not (apart if each[0][0] == SOURCES.as_posix() else listed))
    if apart:
        return
    known = book.vocabulary
    for shared in (book.recalls, book.reporting, book.comparisons, known.statuses, known.glossary):
        yield from _named(shared)
    yield known.lists.at, "", known.lists


def _named(records: Mapping[str, Placed]) -> Iterator[tuple[Line, str, Record]]:
    yield from ((record.at, name, record) for name, record in records.items())
