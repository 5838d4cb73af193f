"""Values as words: what is printed, and what is read aloud where that differs."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from macros.formulary import words
from macros.formulary.load import load
from macros.formulary.units import Unit
from macros.formulary.values import (
    Amount,
    Code,
    Count,
    Day,
    Interval,
    NotFound,
    NotRead,
    Passage,
    Proportion,
    Range,
    Schedule,
    Silent,
    Statement,
    Step,
    Terms,
    Value,
)
from macros.formulary.vocabulary import Vocabulary
from tests.conftest import TODAY

_ = "\u00a0"  # the no-break space, written out here so that another one is noticed

VOCABULARY = Vocabulary.model_construct(
    units={
        "vg/kg": Unit(spoken=("vector genome per kilogram", "vector genomes per kilogram")),
        "mL": Unit(spoken=("millilitre", "millilitres")),
        "°C": Unit(spoken=("degree Celsius", "degrees Celsius")),
        "× ULN": Unit(spoken=("times the upper limit of normal", "times the upper limit of normal")),
        "%": Unit(tight="true"),
        "INR": Unit(written="", spoken=("", "")),
        "hour": Unit(plural="hours"),
        "week": Unit(plural="weeks"),
        "month": Unit(plural="months"),
        "participant": Unit(plural="participants"),
        "tablet": Unit(kind="piece", plural="tablets"),
    }
)


def amount(number: str, unit: str, power: int = 0, bound: str = "") -> Amount:
    """An amount from short text."""
    return Amount(Decimal(number), unit, power, bound)


WEEK = amount("1", "week")
LABEL = Passage("label-us", "section 6.4")
# Each row: the value, what is printed, what is read aloud ("" where the printed form speaks for itself).
WORDS: dict[str, tuple[Value, str, str]] = {
    "amount-many": (amount("3", "hour"), f"3{_}hours", ""),
    "amount-one": (amount("1", "hour"), f"1{_}hour", ""),
    "amount-none": (amount("0", "hour"), f"0{_}hours", ""),
    "amount-measured-one": (amount("1.0", "hour"), f"1.0{_}hours", ""),
    "amount-part": (amount("0.5", "hour"), f"0.5{_}hours", ""),
    "amount-minus-one": (amount("-1", "hour"), f"−1{_}hour", "minus 1 hour"),
    "amount-precision": (amount("4.90", "hour"), f"4.90{_}hours", ""),
    "amount-long": (amount("1E+3", "hour"), f"1,000{_}hours", ""),
    "amount-spoken-many": (amount("210", "mL"), f"210{_}mL", "210 millilitres"),
    "amount-spoken-one": (amount("1", "mL"), f"1{_}mL", "1 millilitre"),
    "amount-spoken-part": (amount("0.5", "mL"), f"0.5{_}mL", "0.5 millilitres"),
    "amount-percent": (amount("12", "%"), "12%", ""),
    "amount-percent-bound": (amount("12", "%", 0, "≥"), f"≥{_}12%", "at least 12 percent"),
    "amount-percent-minus": (amount("-12.5", "%"), "−12.5%", "minus 12.5 percent"),
    "amount-no-unit": (amount("1.4", "INR", 0, "≥"), f"≥{_}1.4", "at least 1.4"),
    "amount-bound-at-most": (amount("1.4", "INR", 0, "≤"), f"≤{_}1.4", "at most 1.4"),
    "amount-bound-more": (
        amount("1.25", "× ULN", 0, ">"),
        f">{_}1.25{_}× ULN",
        "more than 1.25 times the upper limit of normal",
    ),
    "amount-bound-less": (amount("3", "hour", 0, "<"), f"<{_}3{_}hours", "less than 3 hours"),
    "amount-bound-word": (amount("3", "hour", 0, "at least"), f"at least 3{_}hours", ""),
    "amount-bound-word-spoken": (amount("8", "mL", 0, "at least"), f"at least 8{_}mL", "at least 8 millilitres"),
    "amount-bound-minus": (
        amount("-60", "°C", 0, "at or below"),
        f"at or below −60{_}°C",
        "at or below minus 60 degrees Celsius",
    ),
    "power": (
        amount("6", "vg/kg", 13),
        f"6{_}×{_}10¹³{_}vg/kg",
        "6 times 10 to the 13 vector genomes per kilogram",
    ),
    "power-of-one": (
        amount("1", "vg/kg", 13),
        f"1{_}×{_}10¹³{_}vg/kg",
        "1 times 10 to the 13 vector genomes per kilogram",
    ),
    "power-plain-unit": (
        amount("2.5", "participant", 3),
        f"2.5{_}×{_}10³{_}participants",
        "2.5 times 10 to the 3 participants",
    ),
    "power-bound": (
        amount("4", "vg/kg", 13, "about"),
        f"about 4{_}×{_}10¹³{_}vg/kg",
        "about 4 times 10 to the 13 vector genomes per kilogram",
    ),
    "pieces-half": (amount("0.5", "tablet"), "half a tablet", ""),
    "pieces-a-quarter": (amount("0.25", "tablet"), "a quarter of a tablet", ""),
    "pieces-many": (amount("1500.5", "tablet"), "1,500 and a half tablets", ""),
    "pieces-beyond-all": (amount("3", "tablet", 40), f"3{_}×{_}10⁴⁰{_}tablets", "3 times 10 to the 40 tablets"),
    "range-whole": (Range(Decimal("84"), Decimal("232"), "week"), f"84–232{_}weeks", "84 to 232 weeks"),
    "range-percent": (Range(Decimal("3"), Decimal("5"), "%"), "3–5%", "3 to 5 percent"),
    "range-spoken": (Range(Decimal("2"), Decimal("8"), "°C"), f"2–8{_}°C", "2 to 8 degrees Celsius"),
    "range-minus": (
        Range(Decimal("-8"), Decimal("-2"), "°C"),
        f"−8 to −2{_}°C",
        "minus 8 to minus 2 degrees Celsius",
    ),
    "range-minus-to-plus": (Range(Decimal("-2"), Decimal("2"), "mL"), f"−2 to 2{_}mL", "minus 2 to 2 millilitres"),
    "proportion": (Proportion(26, 181), "26 of 181", ""),
    "proportion-unit": (Proportion(26, 181, "participant"), f"26 of 181{_}participants", ""),
    "proportion-of-one": (Proportion(0, 1, "participant"), f"0 of 1{_}participant", ""),
    "count-many": (Count(134, "participant"), f"134{_}participants", ""),
    "count-one": (Count(1, "participant"), f"1{_}participant", ""),
    "count-none": (Count(0, "participant"), f"0{_}participants", ""),
    "date-year": (Day("2022"), "2022", ""),
    "date-month": (Day("2022-08"), "August 2022", ""),
    "date-day": (Day("2023-06-09"), f"9{_}June 2023", ""),
    "code": (Code("B02BD15"), "B02BD15", ""),
    "terms-one": (Terms(("stage 3",)), "stage 3", ""),
    "terms-two": (Terms(("stage 3", "stage 4")), "stage 3 and stage 4", ""),
    "terms-three": (Terms(("ALT", "AST", "GGT")), "ALT, AST and GGT", ""),
    "statement": (Statement("Not above {dose/max}."), "Not above {dose/max}.", ""),
    "not-read": (NotRead("", (LABEL,)), "Not read by us yet: label-us, section 6.4", ""),
    "not-read-undivided": (NotRead("", (Passage("letter"),)), "Not read by us yet: letter", ""),
    "not-read-in-two-passages": (NotRead("", (LABEL, Passage("letter"))), "Not read by us yet: label-us, section 6.4; letter", ""),
    "not-read-in-part": (NotRead("the temperature", (LABEL,)), "Not read by us yet (the temperature): label-us, section 6.4", ""),
    "silent": (Silent("", (LABEL,)), "Silent: label-us, section 6.4, read whole, says nothing on it", ""),
    "silent-in-two-passages": (
        Silent("", (LABEL, Passage("letter"))),
        "Silent: label-us, section 6.4; letter, each read whole, say nothing on it",
        "",
    ),
    "silent-in-part": (
        Silent("how often", (LABEL,)),
        "Silent (how often): label-us, section 6.4, read whole, says nothing on it",
        "",
    ),
    "not-found": (
        NotFound("", ("one word",), "stored copies of journals", date(2026, 11, 22)),
        f"Not found: searched on 22{_}November 2026 in stored copies of journals, by the words “one word”",
        "",
    ),
    "not-found-by-many-words-in-part": (
        NotFound("the price", ("one", "two"), "journals", date(2026, 11, 22)),
        f"Not found (the price): searched on 22{_}November 2026 in journals, by the words “one”, “two”",
        "",
    ),
    "schedule-every": (Schedule((Step(WEEK),)), "every week", ""),
    "schedule-every-few": (Schedule((Step(amount("3", "month")),)), f"every 3{_}months", ""),
    "schedule-every-range": (Schedule((Step(Range(Decimal("1"), Decimal("2"), "week")),)), f"every 1–2{_}weeks", ""),
    "schedule-times": (Schedule((Step(WEEK, "2"),)), "2 times a week", ""),
    "schedule-times-range": (Schedule((Step(WEEK, "1 to 2"),)), "1–2 times a week", ""),
    "schedule-times-in-few": (Schedule((Step(amount("2", "week"), "3"),)), f"3 times every 2{_}weeks", ""),
    "schedule-until": (
        Schedule((Step(WEEK, until=amount("26", "week"), after="the infusion"),)),
        f"every week until 26{_}weeks after the infusion",
        "",
    ),
    "schedule-until-after-something-else": (
        Schedule((Step(WEEK, "2", until=amount("1", "month"), after="the last dose of corticosteroid"),)),
        f"2 times a week until 1{_}month after the last dose of corticosteroid",
        "",
    ),
    "schedule-for-at-least": (
        Schedule((Step(WEEK, until=amount("26", "week", 0, "at least"), after="the infusion"),)),
        f"every week for at least 26{_}weeks after the infusion",
        "",
    ),
    "schedule-steps": (
        Schedule((Step(WEEK, until=amount("26", "week"), after="the infusion"), Step(amount("4", "week")), Step(then="less often"))),
        f"every week until 26{_}weeks after the infusion, then every 4{_}weeks, then less often",
        "",
    ),
}


@pytest.mark.parametrize(("value", "expected"), [(row[0], row[1]) for row in WORDS.values()], ids=WORDS.keys())
def test_written(value: Value, expected: str) -> None:
    assert value.written(VOCABULARY) == expected


@pytest.mark.parametrize(("value", "expected"), [(row[0], row[2]) for row in WORDS.values()], ids=WORDS.keys())
def test_spoken(value: Value, expected: str) -> None:
    assert value.spoken(VOCABULARY) == expected


@pytest.mark.parametrize(
    ("power", "raised"),
    [(10, "¹⁰"), (23, "²³"), (45, "⁴⁵"), (67, "⁶⁷"), (89, "⁸⁹")],
    ids=["10", "23", "45", "67", "89"],
)
def test_every_digit_of_a_power_is_raised(power: int, raised: str) -> None:
    assert amount("2", "mL", power).written(VOCABULARY) == f"2{_}×{_}10{raised}{_}mL"


def test_a_dose_is_written_and_spoken_with_the_units_of_the_data(root: Path) -> None:
    vocabulary = load(root, TODAY)[0].vocabulary
    dose = Amount.read("6 × 10^13 vg/kg", vocabulary)
    assert (dose.written(vocabulary).replace(_, " "), dose.spoken(vocabulary)) == (
        "6 × 10¹³ vg/kg",
        "6 times 10 to the 13 vector genomes per kilogram",
    )


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [("12.9", "23.4", f"95% CI{_}12.9–23.4"), ("-1", "2.0", f"95% CI{_}−1 to 2.0")],
    ids=["plain", "minus"],
)
def test_interval(low: str, high: str, expected: str) -> None:
    assert str(Interval(95, Decimal(low), Decimal(high))) == expected


def test_full_date_names_each_month() -> None:
    assert [words.full_date(date(2024, month, month)) for month in range(1, 13)] == [
        f"1{_}January 2024", f"2{_}February 2024", f"3{_}March 2024", f"4{_}April 2024", f"5{_}May 2024",
        f"6{_}June 2024", f"7{_}July 2024", f"8{_}August 2024", f"9{_}September 2024", f"10{_}October 2024",
        f"11{_}November 2024", f"12{_}December 2024",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("items", "expected"),
    [((), ""), (("a",), "a"), (("a", "b"), "a or b"), (("a", "b", "c"), "a, b or c")],
    ids=["none", "one", "two", "three"],
)
def test_listed_with_another_last_word(items: tuple[str, ...], expected: str) -> None:
    assert words.listed(items, "or") == expected
