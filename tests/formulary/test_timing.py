"""When tests fall due: the rows of a calendar and what a rule says of the time after them, from schedules."""

from decimal import Decimal
from fractions import Fraction

import pytest

from macros.finding import Refused
from macros.formulary.quantities import Amount, Range
from macros.formulary.schedules import Schedule, Step
from macros.formulary.timing import Times, anchors, days, row_name, rows, times_of
from macros.formulary.values import Statement, Value


def amount(number: str, unit: str, bound: str = "") -> Amount:
    return Amount(Decimal(number), unit, bound=bound)


def every(interval: Amount | Range, until: Amount | None = None, after: str = "the infusion") -> Step:
    return Step(interval, until=until, after=after if until else "")


def lasting(interval: Amount | Range, duration: Amount | Range) -> Step:
    return Step(interval, duration=duration)


WEEKLY = every(amount("1", "week"), amount("4", "week"))
FORM = amount("1", "year")
RULES: dict[str, tuple[list[Value], Amount | None, list[str], str]] = {
    "until a time": ([Schedule((WEEKLY,))], None, ["Week 1", "Week 2", "Week 3", "Week 4"], "ends"),
    "then wider": (
        [Schedule((WEEKLY, every(amount("3", "month"), amount("1", "year"))))],
        None,
        ["Week 1", "Week 2", "Week 3", "Week 4", "Week 17", "Week 30", "Week 43"],
        "ends",
    ),
    "a range leaves room for the shortest": (
        [Schedule((every(Range(Decimal(2), Decimal(4), "week"), amount("8", "week")),))],
        None,
        ["Week 2", "Week 4", "Week 6", "Week 8"],
        "ends",
    ),
    "without an end": ([Schedule((every(amount("6", "month")),))], None, ["Week 26", "Year 1"], "goes on"),
    "with an end of another fact": ([Schedule((every(amount("3", "month")),))], amount("6", "month"), ["Week 13", "Week 26"], "ends"),
    "with an end beyond the form": (
        [Schedule((every(amount("6", "month"), amount("2", "year")),))],
        None,
        ["Week 26", "Year 1"],
        "goes on",
    ),
    "at least to the end of the form": (
        [Schedule((every(amount("6", "month"), amount("1", "year", "at least")),))],
        None,
        ["Week 26", "Year 1"],
        "at least",
    ),
    "at least to an earlier time": (
        [Schedule((every(amount("1", "week"), amount("2", "week", "at least")),))],
        None,
        ["Week 1", "Week 2"],
        "ends",
    ),
    "then in words": ([Schedule((WEEKLY, Step(then="less often")))], None, ["Week 1", "Week 2", "Week 3", "Week 4"], "less often"),
    "single tests, and what comes after them": (
        [amount("24", "week"), amount("32", "week"), Schedule((every(amount("4", "week"), amount("40", "week")),))],
        None,
        ["Week 24", "Week 32", "Week 36", "Week 40"],
        "ends",
    ),
    "for a time": ([Schedule((lasting(amount("1", "week"), amount("3", "week")),))], None, ["Week 1", "Week 2", "Week 3"], "ends"),
    "for a time after another": (
        [Schedule((WEEKLY, lasting(amount("2", "week"), amount("6", "week"))))],
        None,
        ["Week 1", "Week 2", "Week 3", "Week 4", "Week 6", "Week 8", "Week 10"],
        "ends",
    ),
    "for the longest of a time": (
        [Schedule((lasting(amount("1", "week"), Range(Decimal(2), Decimal(3), "week")),))],
        None,
        ["Week 1", "Week 2", "Week 3"],
        "ends",
    ),
    "for a time that ends beyond the form": (
        [amount("9", "month"), Schedule((lasting(amount("3", "month"), amount("6", "month")),))],
        None,
        ["Week 39", "Year 1"],
        "goes on",
    ),
    "for a time of at least the rest of the form": (
        [amount("6", "month"), Schedule((lasting(amount("6", "month"), amount("6", "month", "at least")),))],
        None,
        ["Week 26", "Year 1"],
        "at least",
    ),
    "nothing": ([], None, [], "ends"),
}


@pytest.mark.parametrize("name", RULES)
def test_when_a_rule_wants_a_test(name: str) -> None:
    values, until, wanted, after = RULES[name]
    times = times_of(values, until, FORM)
    said = times.then or ("at least" if times.least else "goes on" if times.goes_on else "ends")
    assert ([row_name(each) for each in times.due], said) == (wanted, after)


@pytest.mark.parametrize(
    ("when", "name"),
    [
        (Fraction(2), "Week 1"),
        (days(amount("26", "week")), "Week 26"),
        (days(amount("6", "month")), "Week 26"),
        (days(amount("52", "week")), "Year 1"),
        (days(amount("1", "year")), "Year 1"),
        (days(amount("15", "month")), "Month 15"),
        (days(amount("104", "week")), "Year 2"),
        (days(amount("5", "year")), "Year 5"),
    ],
)
def test_rows_have_names_by_weeks_then_months_and_years(when: Fraction, name: str) -> None:
    assert row_name(when) == name


def test_rules_share_rows_in_the_order_of_time() -> None:
    first = Times((days(amount("26", "week")), days(amount("2", "week"))))
    assert [name for name, _ in rows([first, Times((days(amount("6", "month")),)), Times((Fraction(7),))])] == [
        "Week 1",
        "Week 2",
        "Week 26",
    ]


REFUSED: dict[str, tuple[list[Value], Amount | None, str]] = {
    "a text": ([Statement("Every week.")], None, "states no time; name a schedule, or an amount for a single test"),
    "a dose": ([amount("2", "mg")], None, "is '2 mg', which is no time of a calendar; name an amount in: day, week, month, year"),
    "an end that is no time": (
        [Schedule((WEEKLY,))],
        amount("2", "mg"),
        "is '2 mg', which is no time of a calendar; name an amount in: day, week, month, year",
    ),
    "hours": (
        [Schedule((every(Range(Decimal(2), Decimal(4), "hour")),))],
        None,
        "has an interval that no form has room for; name a schedule in days, weeks, months or years",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_time(name: str) -> None:
    values, until, message = REFUSED[name]
    with pytest.raises(Refused) as refused:
        times_of(values, until, FORM)
    assert str(refused.value) == message


def test_from_when_a_calendar_counts() -> None:
    other = Schedule((every(amount("1", "week"), amount("2", "week"), "the operation"),))
    assert anchors([Schedule((WEEKLY, WEEKLY)), amount("2", "week"), other]) == ["the infusion", "the operation"]
