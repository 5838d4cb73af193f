"""How many facts each medicine has, by use, grade and jurisdiction."""

from collections.abc import Iterator

from macros.formulary.book import Formulary
from macros.formulary.monograph import Monograph
from macros.formulary.values import Gap, NotFound, NotRead, Silent
from macros.render.desk import Desk
from macros.render.markup import computed
from macros.render.safe import Safe
from macros.render.tables import Row, table

_MOST = 12  # columns: more than a page is wide
GAPS: dict[str, type[Gap]] = {kind.word: kind for kind in (NotRead, Silent, NotFound)}


def counts(book: Formulary, monograph: Monograph) -> Iterator[tuple[str, int]]:
    """The name of each count, and the number of the medicine's facts that it counts."""
    lists, statuses = book.vocabulary.lists, book.vocabulary.statuses
    told = monograph.tally.counts
    yield "all facts", monograph.tally.facts
    yield from ((f"gap: {word.lower()}", told.get(("gap", word), 0)) for word in GAPS)
    yield from ((f"use: {status.word}", told.get(("use", name), 0)) for name, status in statuses.items())
    yield "use: none, a fact of the product", told.get(("use", ""), 0)
    yield from ((f"best grade: {grade}", told.get(("grade", grade), 0)) for grade in lists.grades)
    yield "best grade: none, general advice or a gap", told.get(("grade", ""), 0)
    yield from ((f"speaks for: {place.word}", told.get(("place", name), 0)) for name, place in lists.jurisdictions.items())


def stats(desk: Desk) -> Safe:
    """The counts of every medicine, one a column, or of so many together as no page has room for."""
    columns = {each.medicine.inn: dict(counts(desk.formulary, each)) for each in desk.formulary.monographs.values()}
    named, caption = list(next(iter(columns.values()))), "Facts of each medicine"
    if len(columns) > _MOST:
        together = {what: sum(column[what] for column in columns.values()) for what in named}
        # The head of a column is no place for a figure that a rule could not tell from a typed one.
        columns, caption = {"all medicines": {"medicines": len(columns), **together}}, "Facts of all medicines"
        named = ["medicines", *named]
    rows = [Row([computed("count", what), *(computed("count", str(column[what])) for column in columns.values())]) for what in named]
    return table(caption, ("What is counted", *columns), rows, "plain")
