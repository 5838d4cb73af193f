"""Every free text of the data, as the models have them, so that a new field is read by the rules by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from macros.finding import Line
from macros.formulary.book import Formulary
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


def all_texts(book: Formulary) -> Iterator[FreeText]:
    """Every free text of the data that is no quotation; the title of a trial is its name. What search.yml holds is never printed."""
    for at, owner, record in records(book):
        for keys, text in free_texts(record):
            if not _listed(_QUOTED, record, keys):
                *entry, where = (key for key in keys if isinstance(key, str))
                yield FreeText(
                    record.place(*keys) if isinstance(record, Filed) else at,
                    "/".join([*filter(None, [owner]), *(entry if isinstance(record, Lists | Comparison) else ())]),
                    _CALLED.get(where, where),
                    " ¦ ".join(Statement(text).parts()[::2]),
                    _listed(_COUNTING, record, keys) or (where == "title" and isinstance(record, Trial) and bool(record.name)),
                    _listed(_BRACED, record, keys),
                )


def _listed(lists: Mapping[type[Record], tuple[str, ...]], record: Record, keys: tuple[Key, ...]) -> bool:
    """Whether a list of keys of each kind of record names the one that a text stands under."""
    return any(isinstance(record, kind) and key in names for kind, names in lists.items() for key in keys)


def records(book: Formulary) -> Iterator[tuple[Line, str, Record]]:
    """Every record of the data that holds a text: where it stands, what it is called, the record."""
    for monograph in book.monographs.values():
        yield monograph.medicine.at, monograph.medicine.inn, monograph.medicine
        yield from ((fact.at, fact.short_id, fact) for fact in monograph.facts.values())
        for records in (monograph.corrections, monograph.changes, monograph.cards):
            yield from _named(records)
        if monograph.checklist is not None:
            yield monograph.checklist.at, "checklist", monograph.checklist
    yield from ((book.source_at[name], name, source) for name, source in book.sources.items())
    known = book.vocabulary
    for shared in (book.recalls, book.reporting, book.comparisons, known.statuses, known.glossary):
        yield from _named(shared)
    yield known.lists.at, "", known.lists


def _named(records: Mapping[str, Placed]) -> Iterator[tuple[Line, str, Record]]:
    yield from ((record.at, name, record) for name, record in records.items())
