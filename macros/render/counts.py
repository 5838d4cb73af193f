"""How many facts each medicine has, by use, grade and jurisdiction; the same counts for the command line and the page."""

from collections import Counter
from collections.abc import Iterator

from macros.formulary.book import Formulary, Monograph
from macros.formulary.values import Gap, NotFound, NotRead, Silent
from macros.render.markup import Desk, computed, escape
from macros.render.tables import table

GAPS: dict[str, type[Gap]] = {kind.word: kind for kind in (NotRead, Silent, NotFound)}


def counts(book: Formulary, monograph: Monograph) -> Iterator[tuple[str, int]]:
    """Each thing that is counted, in words, with the number of the medicine's facts."""
    lists, statuses = book.vocabulary.lists, book.vocabulary.statuses
    facts = list(monograph.facts.values())
    yield "all facts", len(facts)
    yield from ((f"gap: {word.lower()}", sum(isinstance(fact.value, kind) for fact in facts)) for word, kind in GAPS.items())
    uses = Counter(fact.use for fact in facts)
    yield from ((f"use: {status.word}", uses[name]) for name, status in statuses.items())
    yield "use: none, a fact of the product", uses[None]
    best = Counter(min((citation.grade for citation in fact.sources), default=None) for fact in facts)
    yield from ((f"best grade: {grade}", best[grade]) for grade in lists.grades)
    yield "best grade: none, general advice or a gap", best[None]
    places = Counter(place for fact in facts for place in fact.jurisdictions)
    yield from ((f"speaks for: {place.word}", places[name]) for name, place in lists.jurisdictions.items())


def lines(book: Formulary) -> Iterator[str]:
    """The counts as lines of text, medicine by medicine."""
    for monograph in book.monographs.values():
        yield monograph.medicine.inn
        yield from (f"  {number:4}  {what}" for what, number in counts(book, monograph))


def stats(desk: Desk) -> str:
    """The counts of every medicine, one a column."""
    books = list(desk.formulary.monographs.values())
    columns = [dict(counts(desk.formulary, book)) for book in books]
    rows = [("", [escape(what), *(computed("count", str(column[what])) for column in columns)]) for what in columns[0]]
    return table("Facts of each medicine", ("What is counted", *(escape(book.medicine.inn) for book in books)), rows, "plain")
