"""Events on a line of time, drawn as a panel for each jurisdiction: marks with numbers, and a key to the numbers below.

Every length and position is in user units of the drawing.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil

from macros.finding import Refused
from macros.formulary import words
from macros.formulary.model import Fact
from macros.formulary.values import Day, Planned, Terms
from macros.render import svg
from macros.render.desk import Desk
from macros.render.markup import attributes, capitalized, plain_condition
from macros.render.safe import Safe

_LEFT, _SPAN = 18, 294  # of the line; leaves room for a whole year's name under both ends
_MOST_YEARS = 7  # whose names stand side by side
_KEY, _KEY_LETTERS = 34, 41  # where the text of the key to the numbers begins, and how many letters fit in its lines


def timeline(desk: Desk, facts: Sequence[Fact]) -> list[svg.Panel]:
    """Events as marks on a line of time, a panel for each jurisdiction.

    Raises Refused if no event has a date, or if the events are about more topics than there are shapes.
    """
    dates = [fact.value for fact in facts if isinstance(fact.value, Day)]
    if not dates:
        raise Refused("no event has a date, so there is no line of time; name events with dates, or write timeline()")
    time = _Time(min(each.earliest.year for each in dates), max(each.earliest.year for each in dates) + 1)
    known = desk.vocabulary.lists.jurisdictions
    names = dict.fromkeys(place for fact in facts for place in fact.jurisdictions)
    topics = list(dict.fromkeys(fact.topic for fact in facts))
    shapes = dict(zip(topics, svg.SHAPES, strict=False))
    if len(shapes) < len(topics):
        raise Refused(f"a figure has shapes for {len(svg.SHAPES)} topics; name fewer")
    return [_lane(desk, known[name].word, [fact for fact in facts if name in fact.jurisdictions], shapes, time) for name in names]


@dataclass(frozen=True)
class _Time:
    """A line of time from the first day of one year to that of another."""

    first: int
    last: int

    def x(self, day: date) -> Decimal:
        """The position of a day, in user units."""
        start, end = date(self.first, 1, 1), date(self.last, 1, 1)
        return svg.Scale(Decimal((end - start).days), _LEFT, _SPAN).x(Decimal((day - start).days))

    def years(self) -> range:
        """The years that are named below the line, so few that their names stand apart."""
        return range(self.first, self.last + 1, ceil((self.last - self.first) / _MOST_YEARS))


@dataclass(frozen=True)
class _Mark:
    """The mark of a date on the line of time: the first and the last position that it can mean, and the row of its number."""

    low: Decimal
    high: Decimal
    row: int

    @property
    def x(self) -> str:
        """The position of its middle, in user units."""
        return svg.short((self.low + self.high) / 2)


def _marks(days: Iterable[Day], time: _Time) -> list[_Mark]:
    """The marks of dates, which are in the order of time."""
    spans = [(time.x(first), time.x(last)) for first, last in map(period, days)]
    rows = rows_apart((low + high) / 2 for low, high in spans)
    return [_Mark(low, high, row) for (low, high), row in zip(spans, rows, strict=True)]


def _lane(desk: Desk, name: str, facts: Sequence[Fact], shapes: dict[str, str], time: _Time) -> svg.Panel:
    """One jurisdiction: its line of time with a number at each mark, and the key to the numbers."""
    days = {fact.id: fact.value for fact in facts if isinstance(fact.value, Day)}
    dated = sorted((fact for fact in facts if fact.id in days), key=lambda fact: days[fact.id].earliest)
    marks = dict(zip((fact.id for fact in dated), _marks((days[fact.id] for fact in dated), time), strict=True))
    canvas = svg.Canvas(svg.TOP)
    canvas.draw(svg.line(0, canvas.y, capitalized(name), "head"))
    canvas.draw(*_key_to_shapes(desk, shapes, canvas.y + 16))
    canvas.down(49 + 12 * max((mark.row for mark in marks.values()), default=0))
    axis = canvas.y
    canvas.draw(*_years(time, axis))
    canvas.down(46)
    said = []
    for number, fact in enumerate([*dated, *(fact for fact in facts if fact.id not in days)], 1):
        when = fact.value.written(desk.vocabulary) if isinstance(fact.value, Planned) else days.get(fact.id, "no date")
        text = f"{when}: {_event(desk, fact)}"
        path = shapes[fact.topic]
        with canvas.group("event", attributes(fact)):
            if fact.id in marks:
                canvas.draw(*_numbered_mark(marks[fact.id], number, axis, path))
                canvas.draw(svg.line(_KEY - 6, canvas.y, str(number), "number value"))
            canvas.draw(svg.shape(6, canvas.y - 4, path))
            canvas.lines(_KEY, svg.wrapped(text.replace(words.NO_BREAK, " "), _KEY_LETTERS))
        canvas.down(3)
        said.append(text)
    return svg.Panel(capitalized(name), f"Events from {time.first} to {time.last}. {'; '.join(said)}.", canvas.y - 6, canvas.drawn)


def _key_to_shapes(desk: Desk, shapes: dict[str, str], y: int) -> Iterator[Safe]:
    """Each shape with the topic that it stands for, in one line."""
    x = 6
    for topic, path in shapes.items():
        word = desk.vocabulary.lists.topics[topic].word
        yield svg.shape(x, y, path)
        yield svg.line(x + 12, y + 4, word)
        x += 36 + 7 * len(word)


def _years(time: _Time, y: int) -> Iterator[Safe]:
    """The line of time with its years."""
    yield svg.stroke("axis", _LEFT, y, _LEFT + _SPAN, y)
    for year in time.years():
        x = svg.short(time.x(date(year, 1, 1)))
        yield svg.stroke("axis", x, y, x, y + 9)
        yield svg.line(x, y + 22, str(year), "tick")


def _numbered_mark(mark: _Mark, number: int, y: int, path: str) -> Iterator[Safe]:
    """A mark on the line of time, with a stroke over all the days that its date can mean, and its number above it."""
    low, high = svg.short(mark.low), svg.short(mark.high)
    if low != high:
        yield svg.stroke("interval", low, y, high, y)
    yield svg.shape(mark.x, y, path)
    yield svg.line(mark.x, y - 9 - 12 * mark.row, str(number), "tick value")


def _event(desk: Desk, fact: Fact) -> str:
    """What happened, and which terms if it is about terms."""
    event = desk.formulary.event(fact)
    word = event.word if event else fact.title
    said = f"{word}: {words.listed(fact.value.terms)}" if isinstance(fact.value, Terms) else word
    return " ".join(filter(None, (said, plain_condition(desk, fact))))


def period(value: Day) -> tuple[date, date]:
    """The first and the last day that a date can mean."""
    low = value.earliest
    if len(value.text) == 10:
        return low, low
    if len(value.text) == 4:
        return low, date(low.year, 12, 31)
    return low, low.replace(day=monthrange(low.year, low.month)[1])


def rows_apart(xs: Iterable[Decimal], apart: int = 16) -> list[int]:
    """The row, from 0, for the number at each place, so that neighbors closer than `apart` user units don't overlap."""
    ends: list[Decimal] = []
    found = []
    for x in xs:
        row = next((at for at, end in enumerate(ends) if x - end >= apart), len(ends))
        ends[row : row + 1] = [x]
        found.append(row)
    return found
