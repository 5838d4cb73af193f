"""Doses by body weight: vectors worked by hand on both sides of each limit, a slow second computation, and what is refused."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest

from macros.finding import Refused
from macros.formulary.doses import Strength
from macros.formulary.vocabulary import Vocabulary
from macros.formulary.weighing import Portion, reached, weighing
from tests.formulary.test_regimens import made


def portion(written: str, weight: int, vocabulary: Vocabulary, strength: str = "") -> Portion:
    """What the regimen gives at a body weight in kg."""
    held = Strength.read(strength, vocabulary) if strength else None
    return weighing(made(written, vocabulary), held, vocabulary).portion(weight, vocabulary)


def numbers(found: Portion) -> tuple[str, ...]:
    """Dose, day and what is taken as an editor would reckon them on paper, each low and high if they differ; then whether it is capped."""
    ends = [(found.low, found.high), *filter(None, (found.day, found.taken))]
    return (*("–".join(dict.fromkeys(f"{float(each):g}" for each in pair)) for pair in ends), *(["capped"] if found.capped else []))


DOSE = "steps: [{amount: 15 mg/kg, every: 6 hours}]\nmaximum: [1000 mg in a dose]"
DAY = "steps: [{amount: 20 mg/kg, every: 6 hours}]\nmaximum: [4 g in a day]"
BY_WEIGHT = "steps: [{amount: 10 to 15 mg/kg, every: 6 hours}]\nmaximum: [1000 mg in a dose, 60 mg/kg in a day, 4 g in a day]"
DIVIDED = "steps: [{amount: 45 mg/kg/day, divided: 2}]\nmaximum: [875 mg in a dose]"
NEEDED = "steps: [{amount: 15 mg/kg, every: 4 to 6 hours, as_needed: pain}]\nmaximum: [1000 mg in a dose, 75 mg/kg in a day, 4 g in a day]"
TO_A_STEP = "steps: [{amount: 7 mg/kg, every: 1 day}]\nmaximum: [100 mg in a dose]\nrounding: %s"
VECTORS = {
    # 15 × 66 = 990; 15 × 67 = 1005, and no more than 1000 is given.
    "below-the-most-of-a-dose": (DOSE, 66, "", ("990", "3960")),
    "above-the-most-of-a-dose": (DOSE, 67, "", ("1000", "4000", "capped")),
    "far-above-it": (DOSE, 120, "24 mg in 1 mL", ("1000", "4000", "41.6667", "capped")),
    "in-a-volume": (DOSE, 20, "120 mg in 5 mL", ("300", "1200", "12.5")),
    # 4 g in a day are 1000 mg in each of 4 doses: reached at 50 kg.
    "at-the-most-of-a-day": (DAY, 50, "", ("1000", "4000")),
    "above-the-most-of-a-day": (DAY, 51, "", ("1000", "4000", "capped")),
    "below-the-most-of-a-day": (DAY, 49, "", ("980", "3920")),
    # 60 mg/kg in a day are 15 mg/kg in each of 4 doses.
    "range": (BY_WEIGHT, 20, "", ("200–300", "800–1200")),
    "range-capped-at-its-high-end": (BY_WEIGHT, 80, "", ("800–1000", "3200–4000", "capped")),
    "range-capped-at-both-ends": (BY_WEIGHT, 120, "", ("1000", "4000", "capped")),
    "divided": (DIVIDED, 38, "", ("855", "1710")),
    "divided-above-the-most": (DIVIDED, 39, "", ("875", "1750", "capped")),
    "once": ("steps: [{amount: 2 mg/kg, once: true}]\nmaximum: [150 mg in a course]", 76, "", ("150", "150", "capped")),
    "in-grams": ("steps: [{amount: 50 mg/kg, every: 1 day}]\nmaximum: [2 g in a dose]", 41, "1 g in 10 mL", ("2000", "2000", "20", "capped")),
    "in-tablets": ("steps: [{amount: 10 mg/kg, every: 1 day}]", 50, "250 mg in 1 tablet", ("500", "500", "2")),
    "rounded-down": (TO_A_STEP % "down to 10 mg", 12, "", ("80", "80")),
    "rounded-up": (TO_A_STEP % "up to 10 mg", 12, "", ("90", "90")),
    "rounded-up-to-the-most-only": (TO_A_STEP % "up to 30 mg", 14, "", ("90", "90")),
    "rounded-to-the-nearest-below": (TO_A_STEP % "to the nearest 10 mg", 12, "", ("80", "80")),
    "rounded-to-the-nearest-above": (TO_A_STEP % "to the nearest 10 mg", 11, "", ("80", "80")),
    # What is measured is what is given: 16.5 mL hold 82.5 mg.
    "a-rounded-volume": (TO_A_STEP % "down to 0.5 mL", 12, "25 mg in 5 mL", ("82.5", "82.5", "16.5")),
    "fewer-doses-than-the-day-has-room-for": ("steps: [{amount: 5 mg/kg, every: 1 hour, doses: 4}]", 10, "", ("50", "200")),
    # As needed a single dose may reach the most of a day; "in a day" is the most of it: 75 × 20 = 1500, 6 doses would be 1800.
    "as-needed-below-the-most-of-a-day": (NEEDED, 13, "", ("195", "975")),
    "as-needed-by-the-kilogram": (NEEDED, 20, "", ("300", "1500")),
    "as-needed-above-the-most-of-a-dose": (NEEDED, 70, "", ("1000", "4000", "capped")),
    "as-needed-at-intervals": ("steps: [{amount: 15 mg/kg, every: 6 hours, as_needed: pain}]", 20, "", ("300", "1200")),
    "as-needed-at-any-time": ("steps: [{amount: 15 mg/kg, as_needed: pain}]", 20, "", ("300",)),
    # Of every 5 hours no fifth dose fits into a day.
    "no-more-often-than": ("steps: [{amount: 10 mg/kg, every: at least 5 hours}]\nmaximum: [1 g in a day]", 20, "", ("200", "800")),
    "no-more-often-than-a-day-allows": ("steps: [{amount: 10 mg/kg, every: at least 5 hours}]\nmaximum: [1 g in a day]", 40, "", ("400", "1000")),
    "at-the-low-end-of-the-group": ("who: {measures: {body weight: 10 to below 20 kg}}\n" + DOSE, 10, "", ("150", "600")),
    "below-the-high-end-of-the-group": ("who: {measures: {body weight: 10 to below 20 kg}}\n" + DOSE, 19, "", ("285", "1140")),
    "at-the-high-end-of-the-group": ("who: {measures: {body weight: at most 20 kg}}\n" + DOSE, 20, "", ("300", "1200")),
    "another-criterion": (
        "who: {criteria: {least: 1, of: [{age: at least 80 years}, {serum creatinine: at least 1.5 mg/dL}]}}\n" + DOSE, 20, "", ("300", "1200"),
    ),
    "capped-by-the-doses-that-there-are": (
        "steps: [{amount: 5 mg/kg, every: 1 hour, doses: 4}]\nmaximum: [200 mg in a day]", 20, "", ("50", "200", "capped"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("written", "weight", "strength", "expected"), VECTORS.values(), ids=VECTORS.keys())
def test_a_dose_by_weight_is_that_worked_by_hand(
    vocabulary: Vocabulary, written: str, weight: int, strength: str, expected: tuple[str, ...]
) -> None:
    assert numbers(portion(written, weight, vocabulary, strength)) == expected


def slowly(per_kg: int, weight: int, times: int, dose_most: int, day_most: int) -> tuple[int, int]:
    """The dose and that of the day in mg, counted up milligram by milligram until a limit or the dose is reached."""
    given = 0
    while given < per_kg * weight and given < dose_most and (given + 1) * times <= day_most:
        given += 1
    return given, given * times


def test_a_slow_second_computation_gives_the_same_doses(vocabulary: Vocabulary) -> None:
    for per_kg, times, dose_most, day_most in product((5, 15, 20), (1, 3, 4), (400, 1000), (1200, 3999)):
        written = (
            f"steps: [{{amount: {per_kg} mg/kg, times: {times}, every: 1 day}}]\n".replace("times: 1, ", "")
            + f"maximum: [{dose_most} mg in a dose, {day_most} mg in a day]"
        )
        if day_most % times:
            continue  # a milligram at a time never reaches the share of the day
        for weight in range(1, 140, 7):
            found = portion(written, weight, vocabulary)
            assert found.day is not None
            assert (found.high, found.day[1]) == slowly(per_kg, weight, times, dose_most, day_most), (written, weight)


NO_SINGLE = "says '%s', and a table needs a single number of doses a day; write a fact for each number, as in 'divided: 2'"
REFUSED = {
    "of-another-medicine": (
        "medicine: partneridine\n" + DOSE, 20, "",
        "is the dose of partneridine, and a table by weight shows one of this medicine; delete the call",
    ),
    "outside-the-group": (
        "who: {measures: {body weight: 10 to below 20 kg}}\n" + DOSE, 20, "",
        "holds for body weight 10 to below 20 kg, and 20 kg lies outside; show the weights that it holds for",
    ),
    "below-the-group": (
        "who: {measures: {body weight: at least 10 kg}}\n" + DOSE, 9, "",
        "holds for body weight at least 10 kg, and 9 kg lies outside; show the weights that it holds for",
    ),
    "on-an-open-end": (
        "who: {measures: {body weight: above 10 kg}}\n" + DOSE, 10, "",
        "holds for body weight above 10 kg, and 10 kg lies outside; show the weights that it holds for",
    ),
    "two-steps": (
        "steps: [{amount: 5 mg/kg, once: true}, {amount: 2 mg/kg, every: 1 day}]", 10, "",
        "has 2 steps, and a table by weight shows one; delete the call",
    ),
    "an-alternative": (
        "steps: [{amount: 5 mg/kg, once: true, or: [{amount: 2 mg/kg, once: true}]}]", 10, "",
        "gives another dose with 'or', and a table by weight shows one; delete the call",
    ),
    "withheld": ("withheld: avoid", 10, "", "gives no dose; a table by weight shows a regimen in mg/kg"),
    "weight-or-another-criterion": (
        "who: {criteria: {least: 1, of: [{body weight: below 60 kg}, {serum creatinine: at least 1.5 mg/dL}]}}\n" + DOSE, 50, "",
        "holds for 'body weight below 60 kg or serum creatinine at least 1.5 mg/dL', which the body weight alone does not tell; "
        "delete the call",
    ),
    "a-fixed-dose": (
        "steps: [{amount: 5 mg, once: true}]", 10, "", "is in mg, and a table by weight needs an amount for each kg, as in mg/kg",
    ),
    "by-surface": (
        "steps: [{amount: 5 mg/m², once: true}]", 10, "", "is in mg/m², and a table by weight needs an amount for each kg, as in mg/kg",
    ),
    "a-flow": (
        "steps: [{amount: 5 micrograms/kg/min}]", 10, "",
        "is in microgram/kg/min, and a table by weight needs an amount for each kg, as in mg/kg",
    ),
    "about": ("steps: [{amount: about 5 mg/kg, once: true}]", 10, "", "says 'about', which is no exact dose; no table can be computed"),
    "another-weight": (
        "steps: [{amount: 5 mg/kg, weight: ideal, once: true}]", 10, "",
        "is reckoned by ideal body weight, which the body weight alone does not give",
    ),
    "a-combination": (
        "steps: [{amount: 875 mg/125 mg, once: true}]", 10, "",
        "gives a combination of several parts, and a table by weight shows one; delete the call",
    ),
    "a-range-of-combinations": (
        "steps: [{amount: 500 mg/125 mg to 875 mg/125 mg, once: true}]", 10, "",
        "gives a combination of several parts, and a table by weight shows one; delete the call",
    ),
    "a-share": (
        "steps: [{share: 50 %, of: the usual dose}]", 10, "",
        "gives no amount by body weight; write the table by hand of facts, or a regimen in mg/kg",
    ),
    "a-limit-in-another-unit": (
        "steps: [{amount: 5 mg/kg, every: 1 day}]\nmaximum: [5 mL in a dose]", 10, "",
        "has the maximum '5 mL in a dose', which can't be compared with a dose in mg; write it in mg",
    ),
    "a-limit-by-surface": (
        "steps: [{amount: 5 mg/kg, every: 1 day}]\nmaximum: [5 mg/m² in a dose]", 10, "",
        "has the maximum '5 mg/m² in a dose', which can't be compared with a dose in mg; write it in mg",
    ),
    "a-limit-of-a-course": (
        "steps: [{amount: 5 mg/kg, every: 1 day}]\nmaximum: [500 mg in a course]", 10, "",
        "has the maximum '500 mg in a course', which a table of single doses can't respect; delete the call",
    ),
    "a-limit-of-an-hour": (
        "steps: [{amount: 5 mg/kg, every: 1 day}]\nmaximum: [500 mg in an hour]", 10, "",
        "has the maximum '500 mg in an hour', which a table of single doses can't respect; delete the call",
    ),
    "a-day-without-doses": (
        "steps: [{amount: 5 mg/kg, every: 4 to 6 hours}]\nmaximum: [500 mg in a day]", 10, "", NO_SINGLE % "5 mg/kg every 4–6 hours",
    ),
    "a-division-in-a-range": (
        "steps: [{amount: 5 mg/kg/day, divided: 2 to 3}]", 10, "", NO_SINGLE % "5 mg/kg/day in 2–3 divided doses",
    ),
    "times-in-a-range": (
        "steps: [{amount: 5 mg/kg, times: 2 to 3, every: 1 day}]\nmaximum: [500 mg in a day]", 10, "",
        NO_SINGLE % "5 mg/kg 2–3 times a day",
    ),
    "an-interval-in-a-range": (
        "steps: [{amount: 5 mg/kg/day, every: 6 to 8 hours}]", 10, "", NO_SINGLE % "5 mg/kg/day in divided doses, every 6–8 hours",
    ),
    "a-day-without-an-interval": (
        "steps: [{amount: 5 mg/kg, at: [bedtime]}]\nmaximum: [500 mg in a day]", 10, "",
        "has a maximum for a day, but not how many doses a day are given; write 'every:' or 'divided:'",
    ),
    "a-division-left-open": (
        "steps: [{amount: 5 mg/kg/day, divided: unsaid}]", 10, "",
        "does not say in how many doses the amount of a day is given; write 'divided: 2'",
    ),
    "a-limit-of-two-parts": (
        "steps: [{amount: 5 mg/kg, every: 12 hours}]\nmaximum: [500 mg/100 mg in a dose]", 10, "",
        "has a maximum of several parts, and a table by weight needs a limit of one; delete the call",
    ),
    "a-strength-of-another-kind": (
        DOSE, 10, "100 units in 1 mL", "is in mg, and '100 units in 1 mL' can't be compared with it; name another strength",
    ),
    "a-combined-strength": (
        DOSE, 10, "875 mg/125 mg in 1 tablet", "is in mg, and '875 mg/125 mg in 1 tablet' can't be compared with it; name another strength",
    ),
    "below-the-group-in-grams": (
        "who: {measures: {body weight: below 2000 g}}\n" + DOSE, 40, "",
        "holds for body weight below 2,000 g, and 40 kg lies outside; show the weights that it holds for",
    ),
    "rounded-in-a-volume-without-a-strength": (
        TO_A_STEP % "down to 0.5 mL", 12, "", "is rounded in mL, and the table counts in mg; name a strength in that unit",
    ),
    "rounded-in-another-unit": (
        TO_A_STEP % "down to 0.1 g", 12, "25 mg in 5 mL", "is rounded in g, and the table counts in mg; name a strength in that unit",
    ),
    "a-day-of-a-dose-and-a-third": (
        "steps: [{amount: 5 mg/kg, every: 18 hours}]\nmaximum: [500 mg in a day]", 10, "", NO_SINGLE % "5 mg/kg every 18 hours",
    ),
    "rounded-to-nothing": (
        TO_A_STEP % "down to 50 mg", 5, "", "is rounded to nothing for one of the weights; begin with a higher weight",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("written", "weight", "strength", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_computed_is_refused(vocabulary: Vocabulary, written: str, weight: int, strength: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        portion(written, weight, vocabulary, strength)
    assert str(refused.value).replace("\u00a0", " ") == why


REACHED = {
    "of-a-dose": (DOSE, Fraction(200, 3)),
    "of-a-day": (DAY, Fraction(50)),
    "of-a-divided-day": (DIVIDED, Fraction(350, 9)),
    "of-what-is-taken-as-needed": (NEEDED, Fraction(200, 3)),
    "of-a-day-as-needed": ("steps: [{amount: 15 mg/kg, as_needed: pain}]\nmaximum: [1 g in a day]", None),
    "of-none": ("steps: [{amount: 5 mg/kg, every: 1 day}]", None),
}


@pytest.mark.parametrize(("written", "weight"), REACHED.values(), ids=REACHED.keys())
def test_the_weight_from_which_a_limit_holds(vocabulary: Vocabulary, written: str, weight: Fraction | None) -> None:
    assert reached(weighing(made(written, vocabulary), None, vocabulary), vocabulary) == weight


STRENGTHS = {
    "liquid": ("250 mg in 5 mL", "250 mg in 5 mL"),
    "combination": ("875 mg/125 mg in 1 tablet", "875 mg/125 mg in 1 tablet"),
    "units": ("100 units in 1 mL", "100 units in 1 mL"),
}


@pytest.mark.parametrize(("written", "said"), STRENGTHS.values(), ids=STRENGTHS.keys())
def test_a_strength_says_what_is_in_how_much(vocabulary: Vocabulary, written: str, said: str) -> None:
    assert Strength.read(written, vocabulary).written(vocabulary).replace("\u00a0", " ") == said


NO_STRENGTH = "is no strength; write '250 mg in 5 mL' or '875 mg/125 mg in 1 tablet'"
NO_STRENGTHS = {
    "alone": ("250 mg", "'250 mg' is not a strength; write '250 mg in 5 mL' or '875 mg/125 mg in 1 tablet'"),
    "in-mass": ("250 mg in 5 mg", f"'250 mg in 5 mg' {NO_STRENGTH}"),
    "of-tablets": ("2 tablets in 5 mL", f"'2 tablets in 5 mL' {NO_STRENGTH}"),
    "at-most": ("at most 250 mg in 5 mL", f"'at most 250 mg in 5 mL' {NO_STRENGTH}"),
}


@pytest.mark.parametrize(("written", "why"), NO_STRENGTHS.values(), ids=NO_STRENGTHS.keys())
def test_what_is_no_strength_is_refused(vocabulary: Vocabulary, written: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        Strength.read(written, vocabulary)
    assert str(refused.value) == why


def test_a_limit_is_in_the_unit_of_the_dose(vocabulary: Vocabulary) -> None:
    ready = weighing(made(BY_WEIGHT, vocabulary), None, vocabulary)
    assert (ready.per_dose, ready.per_day) == (((Fraction(1000), False),), ((Fraction(60), True), (Fraction(Decimal(4000)), False)))
