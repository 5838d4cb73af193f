"""When tests fall due, computed from schedules: the rows of a calendar, and by whose rule each test stands in a row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from macros.finding import Refused
from macros.formulary.quantities import Amount, Range
from macros.formulary.schedules import Schedule
from macros.formulary.values import Value

_YEAR = Fraction(1461, 4)
DAYS: Final = {"day": Fraction(1), "week": Fraction(7), "month": _YEAR / 12, "year": _YEAR}
_HALF_A_WEEK = Fraction(7, 2)
_MOST = 1000  # no form has more rows


@dataclass(frozen=True, slots=True)
class Times:
    """When a rule wants a test, in days: `due` one by one; from `open` on without an interval, by the words `then`.

    `goes_on` says whether it speaks of the time after all rows; `least` whether only in that it ends there at the earliest.
    """

    due: tuple[Fraction, ...] = ()
    open: Fraction | None = None
    then: str = ""
    goes_on: bool = False
    least: bool = False


def days(amount: Amount) -> Fraction:
    """How many days the amount is. Raises Refused if it is no time."""
    if amount.unit not in DAYS or amount.exact <= 0:
        raise Refused(f"is '{amount.exact} {amount.unit}', which is no time of a calendar; name an amount in: {', '.join(DAYS)}")
    return Fraction(amount.exact) * DAYS[amount.unit]


def times_of(values: Sequence[Value], until: Amount | None, through: Amount) -> Times:
    """When a rule wants a test, up to `through`; `until` ends a last step that has no end.

    An amount is a single test. Raises Refused if a value states no time.
    """
    last, start, due = days(through), Fraction(0), list[Fraction]()
    end: Fraction | None = last  # what states no time does not go on either
    bound = through.bound
    if until:
        days(until)
    for value in values:
        if isinstance(value, Amount):
            start = end = days(value)
            bound = value.bound
            due.append(start)
            continue
        if not isinstance(value, Schedule):
            raise Refused("states no time; name a schedule, or an amount for a single test")
        for step in value.steps:
            if step.every is None:
                return Times(_kept(due, last), start, step.then, goes_on=True)
            told = step.duration or step.until or until
            end = None if told is None else _longest(told) + (start if step.duration else 0)
            bound = told.bound if isinstance(told, Amount) else ""
            stop = last if end is None else min(end, last)
            due += _every(_interval(step.every), start, stop)
            start = stop
    least = end is not None and bound == "at least" and abs(end - last) < _HALF_A_WEEK
    return Times(_kept(due, last), goes_on=end is None or least or end > last + _HALF_A_WEEK, least=least)


def _interval(every: Amount | Range) -> Fraction:
    """The shortest interval that a step allows, in days, so that the form has room for every test."""
    return days(every) if isinstance(every, Amount) else Fraction(every.low) * DAYS.get(every.unit, Fraction(0))


def _longest(duration: Amount | Range) -> Fraction:
    """How long a step goes on at most, in days."""
    return days(duration) if isinstance(duration, Amount) else Fraction(duration.high) * DAYS.get(duration.unit, Fraction(0))


def _every(interval: Fraction, start: Fraction, stop: Fraction) -> Iterator[Fraction]:
    if interval <= 0 or (stop - start) / interval > _MOST:
        raise Refused("has an interval that no form has room for; name a schedule in days, weeks, months or years")
    when = start + interval
    while when <= stop + _HALF_A_WEEK:
        yield when
        when += interval


def _kept(due: Iterable[Fraction], last: Fraction) -> tuple[Fraction, ...]:
    return tuple(each for each in due if each <= last + _HALF_A_WEEK)


def row_name(when: Fraction) -> str:
    """What the row of a day is called: in the first year by weeks, then by years and months. Days of the same name share a row."""
    years = round(when / _YEAR)
    if years and abs(when - years * _YEAR) < _HALF_A_WEEK:
        return f"Year {years}"
    if when < _YEAR:
        return f"Week {max(round(when / 7), 1)}"
    return f"Month {round(when / DAYS['month'])}"


def rows(rules: Iterable[Times]) -> list[tuple[str, Fraction]]:
    """The rows that the rules need together, in their order: the name of each, and its earliest day."""
    found: dict[str, Fraction] = {}
    for each in sorted(when for times in rules for when in times.due):
        found.setdefault(row_name(each), each)
    return list(found.items())


def anchors(values: Iterable[Value]) -> list[str]:
    """From when the schedules count, each once: the infusion."""
    steps = (step for value in values if isinstance(value, Schedule) for step in value.steps)
    return list(dict.fromkeys(step.after for step in steps if step.after))
