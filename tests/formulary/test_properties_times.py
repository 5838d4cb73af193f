"""Times of an infusion, whatever they are: rounded up to the whole minute, never down, and never by a minute too many."""

from fractions import Fraction

from hypothesis import given, strategies as st

from macros.formulary.dosing import DoseRules, Rates, clock, hours_and_minutes

MINUTES = st.fractions(min_value=0, max_value=10_000, max_denominator=10_000)
RATE = st.fractions(min_value=Fraction(1, 10), max_value=10, max_denominator=100)


@given(MINUTES)
def test_a_time_is_never_rounded_down_and_by_less_than_a_minute(exact: Fraction) -> None:
    hours, minutes = hours_and_minutes(exact)
    assert 0 <= 60 * hours + minutes - exact < 1
    assert 0 <= minutes < 60


@given(MINUTES)
def test_a_clock_says_the_same_time(exact: Fraction) -> None:
    hours, minutes = clock(exact).split(":")
    assert ((int(hours), int(minutes)), len(minutes)) == (hours_and_minutes(exact), 2)


@given(MINUTES, MINUTES)
def test_a_longer_time_is_never_printed_as_a_shorter_one(one: Fraction, other: Fraction) -> None:
    assert hours_and_minutes(min(one, other)) <= hours_and_minutes(max(one, other))


@given(st.integers(1, 500), RATE, RATE, RATE)
def test_the_rates_to_fill_in_are_those_of_the_computed_infusion(weight: int, start: Fraction, step: Fraction, above: Fraction) -> None:
    rates = Rates(start, step, Fraction(30), start + above)
    if rates.steps > 100:
        return
    legs = DoseRules(volume_per_kg=Fraction(3), rates=rates).infusion(weight).legs
    assert legs is not None
    climb = rates.climb()
    assert [leg.rate for leg in legs] == [*(leg.rate for leg in climb), rates.fastest][: len(legs)]
    assert all(full == leg for full, leg in zip(climb, legs[:-1], strict=False))
