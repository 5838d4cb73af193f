"""The checklist before treatment: a row for each question, a column for each place with a regulator, and one for what is no label.

What stands where follows from the facts. Past two places the others share the last column with what is not the label, which
stands below them with its name: more columns would not fit one screen.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import ceil

from macros.formulary.checklist import Question
from macros.formulary.model import Fact
from macros.render.columns import letters
from macros.render.desk import Desk
from macros.render.forms import NOT_THE_LABEL, NOTHING, TO_FILL, cell, checklist_of, entries, fact_of, form, is_official, row
from macros.render.markup import capitalized
from macros.render.safe import Safe, joined

_BOX = Safe('<span class="box" aria-hidden="true"></span>')
# So many places have a column of their own; the others share one, where each fact names its place.
_APART = 2
# What the columns share of the page, in twentieths, as checklist.css lays them out: none is narrower than the least, and a twentieth
# has so many letters a line, but for those that the end of a line costs.
_ALL, _LEAST, _LETTERS, _LOST = 20, 2, 12, 4


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: the places whose labels and regulators stand in it, and whether what is not the label does."""

    places: tuple[str, ...]
    others: bool = False

    @property
    def spoken_for(self) -> str:
        """Whose words stand first in it: what is not the label has its name behind them."""
        return ", ".join(self.places) or capitalized(NOT_THE_LABEL)

    @property
    def head(self) -> str:
        """What stands above it."""
        return f"{self.spoken_for}; {NOT_THE_LABEL}" if self.places and self.others else self.spoken_for


@dataclass(frozen=True, slots=True)
class _Cell:
    """What a question has in a column, or in several beside each other that have the very same."""

    columns: tuple[_Column, ...]
    official: list[Fact]
    others: list[Fact]


def checklist(desk: Desk) -> Safe:
    """`checklist()` – what to ask and test before treatment: a row for each question, a column for each place, boxes to tick."""
    questions = checklist_of(desk).rows.values()
    columns = _columns(desk, [fact_of(desk, name) for question in questions for name in question.facts])
    rows = [(question.ask, list(_cells(desk, question, columns))) for question in questions]
    body = Safe().join(row(joined(_BOX, ask), Safe().join(said for _, said in cells) + TO_FILL) for ask, cells in rows)
    shares = _shares([[(1, letters(ask)), *((width, letters(said)) for width, said in cells)] for ask, cells in rows], 1 + len(columns))
    head = ["Ask and test", *(column.head for column in columns), "Result, date"]
    caption = (
        "Eligibility checklist. A tick says that it was asked, not that treatment is allowed. "
        "The label of your own place decides; what is not the label is marked."
    )
    legend = "“Nothing read”: none of our facts says it for that place, which does not mean that there is no rule. Check the label."
    return form("checklist", caption, head, body, legend, [*(f"share-{share}" for share in shares), ""])


def _columns(desk: Desk, facts: Sequence[Fact]) -> list[_Column]:
    spoken = {place for fact in facts if is_official(desk, fact) for place in desk.formulary.authorities_of(fact)}
    order = [place for place in desk.formulary.authorities if place in spoken]
    others = any(not is_official(desk, fact) for fact in facts)
    last = [_Column(tuple(order[_APART:]), others)] if order[_APART:] or others else []
    return [*(_Column((place,)) for place in order[:_APART]), *last]


def _shares(rows: Sequence[Sequence[tuple[int, int]]], count: int) -> list[int]:
    """How many twentieths of the page each of so many columns has, so that all rows together take the fewest lines.

    Of each row are given the cells, each with the number of its columns and of its letters. Of equals the most even is taken.
    """

    def lines(shares: Sequence[int]) -> int:
        total = 0
        for cells in rows:
            left = iter(shares)
            total += max(ceil(said / (_LETTERS * sum(next(left) for _ in range(width)) - _LOST)) for width, said in cells)
        return total

    cuts = ((0, *inner, _ALL) for inner in combinations(range(1, _ALL), count - 1))
    every = ([after - before for before, after in pairwise(each)] for each in cuts)
    return min((each for each in every if min(each) >= _LEAST), key=lambda shares: (lines(shares), max(shares)))


def _cells(desk: Desk, question: Question, columns: Iterable[_Column]) -> Iterator[tuple[int, Safe]]:
    """Each cell of a question with the number of its columns."""
    told = dict[str, str]()
    for each in _merged(_placed(desk, [fact_of(desk, name) for name in question.facts], columns)):
        last = each.columns[-1]
        official = entries(desk, each.official, question.ask, last.places if last.others or len(last.places) > 1 else (), told)
        others = entries(desk, each.others, question.ask, (), told)
        if others and last.places:
            head = Safe('<span class="kind">{}:</span>').format(capitalized(NOT_THE_LABEL))
            others = Safe('{}<div class="others">{} {}</div>').format("" if official else NOTHING, head, others)
        told |= {fact.id: each.columns[0].spoken_for for fact in each.official}
        yield len(each.columns), cell(", ".join(column.spoken_for for column in each.columns), official + others, len(each.columns))


def _placed(desk: Desk, facts: Sequence[Fact], columns: Iterable[_Column]) -> Iterator[_Cell]:
    for column in columns:
        here = [fact for fact in facts if is_official(desk, fact) and not set(column.places).isdisjoint(fact.jurisdictions)]
        yield _Cell((column,), here, [fact for fact in facts if not is_official(desk, fact)] if column.others else [])


def _merged(cells: Iterable[_Cell]) -> list[_Cell]:
    """The cells, those beside each other as one that have the very same facts and no other place to tell."""
    merged: list[_Cell] = []
    for each in cells:
        before = merged[-1] if merged else None
        alike = before and each.official and before.official == each.official
        if before and alike and not each.columns[0].others and len(each.columns[0].places) == 1:
            merged[-1] = _Cell((*before.columns, *each.columns), each.official, [])
        else:
            merged.append(each)
    return merged
