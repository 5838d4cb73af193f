"""The checklist before treatment: a row for each question, a column for each place with a regulator, and one for what is no label.

What stands where follows from the facts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from macros.formulary.checklist import Question
from macros.formulary.model import Fact
from macros.render.desk import Desk
from macros.render.forms import NOT_THE_LABEL, TO_FILL, cell, checklist_of, entries, fact_of, form, is_official, row
from macros.render.markup import capitalized
from macros.render.safe import Safe, joined

_BOX = Safe('<span class="box" aria-hidden="true"></span>')
# So many places have a column of their own; the others share one, where each fact names its place.
_APART = 2
# A column is narrow that holds less than so much of all.
_LITTLE = 0.15


def checklist(desk: Desk) -> Safe:
    """`checklist()` – what to ask and test before treatment: a row for each question, a column for each place, boxes to tick."""
    rows = checklist_of(desk).rows
    columns = _columns(desk, [fact_of(desk, name) for question in rows.values() for name in question.facts])
    body = Safe().join(_question(desk, question, columns) for question in rows.values())
    head = ["Ask and test", *columns, "Result, date"]
    legend = "“Nothing read”: none of our facts says it for that place, which does not mean that there is no rule. Check the label."
    looks = ["", *_widths(desk, rows.values(), columns), ""]
    return form("checklist", "Eligibility checklist", head, body, legend, looks)


def _columns(desk: Desk, facts: Sequence[Fact]) -> Mapping[str, tuple[str, ...] | None]:
    """The names of the columns with the places of each; None is for what is not the label."""
    spoken = {place for fact in facts if is_official(desk, fact) for place in desk.formulary.authorities_of(fact)}
    order = [place for place in desk.formulary.authorities if place in spoken]
    own, shared = order[:_APART], order[_APART:]
    columns: dict[str, tuple[str, ...] | None] = {place: (place,) for place in own}
    if shared:
        columns[", ".join(shared)] = tuple(shared)
    if any(not is_official(desk, fact) for fact in facts):
        columns[capitalized(NOT_THE_LABEL)] = None
    return columns


def _widths(desk: Desk, questions: Iterable[Question], columns: Mapping[str, tuple[str, ...] | None]) -> list[str]:
    """For each column whether it has much or little to say, by how many facts stand in it; the page is as long as the fullest is narrow."""
    full = dict.fromkeys(columns, 0)
    for question in questions:
        for column in _placed(desk, [fact_of(desk, name) for name in question.facts], columns):
            full[column.name] += len(column.facts)
    most = max(full.values())
    return ["much" if count == most else "little" if count < sum(full.values()) * _LITTLE else "" for count in full.values()]


def _question(desk: Desk, question: Question, columns: Mapping[str, tuple[str, ...] | None]) -> Safe:
    facts = [fact_of(desk, name) for name in question.facts]
    cells, told = Safe(), dict[str, str]()
    for names, own, shared in _merged(_placed(desk, facts, columns)):
        cells += cell(", ".join(names), entries(desk, own, question.ask, shared, told), len(names))
        told |= {fact.id: names[0] for fact in own}
    return row(joined(_BOX, question.ask), cells + TO_FILL)


@dataclass(frozen=True, slots=True)
class _Column:
    """What a question has in a column; `shared` are the places where several share it."""

    name: str
    facts: list[Fact]
    shared: tuple[str, ...] = ()


def _placed(desk: Desk, facts: Sequence[Fact], columns: Mapping[str, tuple[str, ...] | None]) -> Iterator[_Column]:
    for name, own in columns.items():
        if own is None:
            yield _Column(name, [fact for fact in facts if not is_official(desk, fact)])
        else:
            here = [fact for fact in facts if is_official(desk, fact) and not set(own).isdisjoint(fact.jurisdictions)]
            yield _Column(name, here, own if len(own) > 1 else ())


def _merged(columns: Iterable[_Column]) -> list[tuple[list[str], list[Fact], tuple[str, ...]]]:
    """The columns, those beside each other as one that have the very same facts."""
    cells: list[tuple[list[str], list[Fact], tuple[str, ...]]] = []
    for column in columns:
        if cells and column.facts and not column.shared and not cells[-1][2] and cells[-1][1] == column.facts:
            cells[-1][0].append(column.name)
        else:
            cells.append(([column.name], column.facts, column.shared))
    return cells
