"""Dates: what is one, what is none, and the first day that one can mean."""

from datetime import date

import pytest

from macros.formulary.dates import whole_day
from macros.formulary.values import Day
from tests.formulary.test_values import UNITS, of, refusal

DAYS = {"year": "2023", "month": "2023-06", "day": "2023-06-29", "leap-day": "2024-02-29"}
NOT_A_DATE = "is not a date; write 2023, 2023-06 or 2023-06-29"
BAD_DAYS = {
    "month-13": "2023-13",
    "no-leap-year": "2023-02-29",
    "short-year": "23-06-29",
    "short-month": "2023-6",
    "slash": "2023/06",
    "words": "29 June 2023",
    "no-hyphens": "20230629",
    "with-time": "2023-06-29T10:00",
    "year-nought": "0000",
    "arabic-digits": "\u0662\u0660\u0662\u0663",
    "empty": "",
}


@pytest.mark.parametrize("text", DAYS.values(), ids=DAYS.keys())
def test_day(text: str) -> None:
    assert Day.read(text, UNITS) == Day(text)


@pytest.mark.parametrize("text", BAD_DAYS.values(), ids=BAD_DAYS.keys())
def test_day_refuses(text: str) -> None:
    assert refusal(Day.read, text, UNITS) == f"'{text}' {NOT_A_DATE}"


@of({
    "year": ("2023", date(2023, 1, 1)),
    "month": ("2023-06", date(2023, 6, 1)),
    "day": ("2023-06-29", date(2023, 6, 29)),
})  # fmt: skip
def test_earliest_day_that_a_date_can_mean(text: str, expected: date) -> None:
    assert Day(text).earliest == expected


def test_full_date() -> None:
    assert whole_day("2023-06-29") == date(2023, 6, 29)


@of({
    "year": ("2023", "'2023' is not a full date; write 2023-06-29"),
    "month": ("2023-06", "'2023-06' is not a full date; write 2023-06-29"),
    "no-such-day": ("2023-06-31", f"'2023-06-31' {NOT_A_DATE}"),
})  # fmt: skip
def test_full_date_refuses(text: str, expected: str) -> None:
    assert refusal(whole_day, text) == expected
