"""What of a regimen FHIR's Dosage says: each part by the element that means the same, and all of it as a sentence alone if one has none."""

import json
from typing import Any

import pytest

from macros.export import fhir_dosage, fhir_parts
from macros.formulary.book import Formulary
from macros.formulary.regimens import Regimen
from tests.formulary.test_regimens import made

MG = {"system": "http://unitsofmeasure.org", "code": "mg"}
DAY = {"unit": "day", "system": "http://unitsofmeasure.org", "code": "d"}
TWICE = {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}
FIVE = [{"doseQuantity": {"value": 5, "unit": "mg", **MG}}]


def mg(number: float) -> dict[str, Any]:
    """An amount in mg."""
    return {"value": number, "unit": "mg", **MG}


EXACT: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "so-often-a-day": ("steps: [{amount: 5 mg, times: 2, every: 1 day}]", [{"timing": TWICE, "doseAndRate": FIVE}]),
    "every-so-many-hours": (
        "steps: [{amount: 5 mg, every: 12 hours}]",
        [{"timing": {"repeat": {"frequency": 1, "period": 12, "periodUnit": "h"}}, "doseAndRate": FIVE}],
    ),
    "ranges": (
        "steps: [{amount: 250 to 500 mg, times: 2 to 3, every: 1 day, for: 7 to 10 days}]",
        [
            {
                "timing": {
                    "repeat": {
                        "boundsRange": {"low": {"value": 7, **DAY}, "high": {"value": 10, **DAY}},
                        "frequency": 2, "frequencyMax": 3, "period": 1, "periodUnit": "d",
                    }
                },
                "doseAndRate": [{"doseRange": {"low": mg(250), "high": mg(500)}}],
            }
        ],
    ),
    "an-interval-that-ranges": (
        "steps: [{amount: 5 mg, every: 4 to 6 hours, as_needed: pain}]",
        [
            {
                "timing": {"repeat": {"frequency": 1, "period": 4, "periodMax": 6, "periodUnit": "h"}},
                "asNeeded": True, "asNeededFor": [{"text": "pain"}], "doseAndRate": FIVE,
            }
        ],
    ),
    "one-after-another": (
        "route: oral\nsteps: [{amount: 10 mg, times: 2, every: 1 day, for: 7 days}, {amount: 5 mg, times: 2, every: 1 day}]",
        [
            {
                "sequence": 1, "route": {"text": "oral"},
                "timing": {"repeat": {"boundsDuration": {"value": 7, **DAY}, **TWICE["repeat"]}},
                "doseAndRate": [{"doseQuantity": mg(10)}],
            },
            {"sequence": 2, "route": {"text": "oral"}, "timing": TWICE, "doseAndRate": FIVE},
        ],
    ),
    "limits": (
        "steps: [{amount: 5 mg, times: 2, every: 1 day}]\nmaximum: [10 mg in a dose, 20 mg in 24 hours, 1 g in a lifetime]",
        [
            {
                "timing": TWICE, "doseAndRate": FIVE, "maxDosePerAdministration": mg(10),
                "maxDosePerPeriod": [
                    {"numerator": mg(20), "denominator": {"value": 24, "unit": "hour", "system": "http://unitsofmeasure.org", "code": "h"}}
                ],
                "maxDosePerLifetime": {"value": 1, "unit": "g", "system": "http://unitsofmeasure.org", "code": "g"},
            }
        ],
    ),
    "a-limit-of-a-step": (
        "steps: [{amount: 25 mg/kg, most: 800 mg, once: true}, {amount: 12 mg/kg, most: 400 mg, every: 1 day}]",
        [
            {
                "sequence": 1, "timing": {"repeat": {"count": 1}}, "maxDosePerAdministration": mg(800),
                "doseAndRate": [{"doseQuantity": {"value": 25, "unit": "mg/kg", "system": "http://unitsofmeasure.org", "code": "mg/kg"}}],
            },
            {
                "sequence": 2, "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "maxDosePerAdministration": mg(400),
                "doseAndRate": [{"doseQuantity": {"value": 12, "unit": "mg/kg", "system": "http://unitsofmeasure.org", "code": "mg/kg"}}],
            },
        ],
    ),
    "up-to-is-a-limit-and-no-amount": (
        "steps: [{amount: up to 5 mg, every: 1 day}]",
        [{"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "maxDosePerAdministration": mg(5)}],
    ),
    "at-times-of-the-day": (
        "steps: [{amount: 5 mg, times: 2, every: 1 day, at: [morning, bedtime]}]",
        [{"timing": {"repeat": {**TWICE["repeat"], "when": ["MORN", "HS"]}}, "doseAndRate": FIVE}],
    ),
    "over-a-time-and-so-often": (
        "steps: [{amount: 5 mg, every: 8 hours, doses: 3, over: 30 to 60 minutes}]",
        [
            {
                "timing": {
                    "repeat": {
                        "count": 3, "duration": 30, "durationMax": 60, "durationUnit": "min", "frequency": 1, "period": 8, "periodUnit": "h",
                    }
                },
                "doseAndRate": FIVE,
            }
        ],
    ),
    "what-flows": (
        "steps: [{amount: 0.1 microgram/kg/min}]",
        [{"doseAndRate": [{"rateQuantity": {"value": 0.1, "unit": "microgram/kg/min", "system": "http://unitsofmeasure.org", "code": "ug/kg/min"}}]}],
    ),
    "a-unit-that-ucum-has-not": (
        "steps: [{amount: 6 × 10^13 vg/kg, once: true}]",
        [{"timing": {"repeat": {"count": 1}}, "doseAndRate": [{"doseQuantity": {"value": 60000000000000, "unit": "vg/kg"}}]}],
    ),
}  # fmt: skip
INEXACT = {
    "about": ("steps: [{amount: about 5 mg, every: 1 day}]", "a bound of a dose"),
    "no-dose": ("withheld: do-not-use", "no dose is given"),
    "rounded": ("steps: [{amount: 5 mg/kg, every: 1 day}]\nrounding: down to 0.5 mL", "a rule of rounding"),
    "in-all": ("steps: [{amount: 5 mg, once: true}, {amount: 2 mg, every: 1 day}]\nfor: 6 weeks", "the duration of all steps"),
    "a-combination": ("steps: [{amount: 875 mg/125 mg, every: 12 hours}]", "the amounts of a combination"),
    "limit-of-a-combination": ("steps: [{amount: 500 mg, every: 1 day}]\nmaximum: [1750 mg/250 mg in a day]", "a maximum of a combination"),
    "limit-of-a-course": ("steps: [{amount: 5 mg, every: 1 day}]\nmaximum: [4 g in a course]", "a maximum of a course"),
    "limit-in-doses": (
        "steps: [{amount: 5 mg, every: 4 hours, as_needed: pain}]\nmaximum: [8 doses in 24 hours]",
        "a maximum that counts doses",
    ),
    "of-a-day": ("steps: [{amount: 15 mg/kg/day, divided: 2}]", "the amount of a day that is divided"),
    "of-a-day-undivided": ("steps: [{amount: 15 mg/day, every: 1 day}]", "the amount of a day"),
    "most-of-a-day": ("steps: [{amount: up to 15 mg/day, every: 1 day}]", "a limit that is none of one dose"),
    "weight": ("steps: [{amount: 5 mg/kg, weight: ideal, once: true}]", "the weight that it is reckoned by"),
    "share": ("steps: [{share: 50 %, of: the usual dose}]", "a share of a dose"),
    "rising": ("steps: [{raise_by: 5 mg, every: 1 week, to: 50 mg}]", "a dose that rises"),
    "falling": ("steps: [{lower_by: 5 mg, every: 1 week}]", "a dose that falls"),
    "target": ("steps: [{target: {INR: 2 to 3 INR}}]", "a dose by its target"),
    "adjusted": ("steps: [{adjusted_to: the blood pressure}]", "a dose to be adjusted"),
    "cycle": ("steps: [{amount: 5 mg, every: 28 days, days: [1, 8]}]", "days of a cycle"),
    "until": ("steps: [{amount: 5 mg, every: 1 day, until: the fever is gone}]", "an end in words"),
    "volume": ("steps: [{amount: 5 mg, once: true, volume: 100 mL}]", "a volume"),
    "fluid": ("steps: [{amount: 5 mg, once: true, fluid: glucose}]", "what it is diluted in"),
    "instead": ("steps: [{amount: 5 mg, every: 1 day, or: [{amount: 2 mg, every: 1 day}]}]", "other doses instead"),
    "no-sooner": ("steps: [{amount: 5 mg, every: at least 6 hours, as_needed: pain}]", "a bound of a time"),
    "at-least-so-long": ("steps: [{amount: 5 mg, every: 1 day, for: at least 5 days}]", "a bound of a time"),
    "rate-up-to": ("steps: [{amount: 5 mg, once: true, rate: up to 50 mg/min}]", "a bound of a rate"),
    "with-meals": ("steps: [{amount: 5 mg, every: 1 day, at: [with-meals]}]", "a moment without a code: with meals"),
    "two-limits": (
        "steps: [{amount: 5 mg, most: 8 mg, once: true}, {amount: 2 mg, every: 1 day}]\nmaximum: [10 mg in a dose]",
        "two limits of one dose",
    ),
    "up-to-and-a-limit": ("steps: [{amount: up to 5 mg, every: 1 day}]\nmaximum: [8 mg in a dose]", "two limits of one dose"),
    "flows-twice": ("steps: [{amount: 5 mg/min, rate: 4 mg/min}]", "two rates"),
}
YEAR, KG = ({"unit": unit, "system": "http://unitsofmeasure.org", "code": code} for unit, code in (("year", "a"), ("kg", "kg")))
GROUPS: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "at-least": ("measures: {age: at least 18 years}", [{"valueQuantity": {"value": 18, "comparator": ">=", **YEAR}}]),
    "above": ("measures: {age: above 18 years}", [{"valueQuantity": {"value": 18, "comparator": ">", **YEAR}}]),
    "below": ("measures: {age: below 18 years}", [{"valueQuantity": {"value": 18, "comparator": "<", **YEAR}}]),
    "at-most": ("measures: {age: at most 18 years}", [{"valueQuantity": {"value": 18, "comparator": "<=", **YEAR}}]),
    "both-ends-in-it": (
        "measures: {body weight: 20 to 40 kg}",
        [{"valueRange": {"low": {"value": 20, **KG}, "high": {"value": 40, **KG}}}],
    ),
    "upper-end-not-in-it": ("measures: {age: 2 to below 5 years}", [{"valueCodeableConcept": {"text": "2 to below 5 years"}}]),
    "lower-end-not-in-it": ("measures: {age: above 2 to 5 years}", [{"valueCodeableConcept": {"text": "above 2 to 5 years"}}]),
    "two-units": ("measures: {age: 28 days to 2 years}", [{"valueCodeableConcept": {"text": "28 days to 2 years"}}]),
    "one-value": ("measures: {age: 1 year}", [{"valueQuantity": {"value": 1, **YEAR}}]),
    "in-words": ("also: [taking a diuretic]", [{"valueCodeableConcept": {"text": "taking a diuretic"}}]),
    "some-of": (
        "criteria: {least: 1, of: [{age: at least 80 years}], also: [taking a diuretic]}",
        [{"valueCodeableConcept": {"text": "age at least 80 years or taking a diuretic"}}],
    ),
}


def tree(value: object) -> Any:
    """A tree of FHIR as a program reads it."""
    return json.loads(json.dumps(value, default=float))


@pytest.mark.parametrize(("written", "expected"), EXACT.values(), ids=EXACT.keys())
def test_a_part_stands_in_the_element_that_means_it(book: Formulary, written: str, expected: list[dict[str, Any]]) -> None:
    said = fhir_dosage.dosages(made(written, book.vocabulary), "All of it.", book.vocabulary)
    assert (tree(said.made), said.why) == ([{"text": "All of it.", **each} for each in expected], "")


@pytest.mark.parametrize(("written", "why"), INEXACT.values(), ids=INEXACT.keys())
def test_what_can_not_be_said_leaves_a_sentence_alone(book: Formulary, written: str, why: str) -> None:
    said = fhir_dosage.dosages(made(written, book.vocabulary), "All of it.", book.vocabulary)
    assert (list(said.made), said.why) == ([{"text": "All of it."}], why)


def test_a_dose_under_a_condition_is_a_sentence_alone(book: Formulary) -> None:
    regimen = made("steps: [{amount: 5 mg, every: 1 day}]", book.vocabulary)
    said = fhir_dosage.dosages(regimen, "All of it.", book.vocabulary, "a condition in words")
    assert (list(said.made), said.why) == ([{"text": "All of it."}], "a condition in words")


@pytest.mark.parametrize(("written", "expected"), GROUPS.values(), ids=GROUPS.keys())
def test_a_band_never_holds_an_end_that_is_not_in_it(book: Formulary, written: str, expected: list[dict[str, Any]]) -> None:
    group = made(f"who: {{{written}}}\nsteps: [{{amount: 5 mg, every: 1 day}}]", book.vocabulary).group
    assert [
        {key: value for key, value in tree(each).items() if key != "type"} for each in fhir_dosage.characteristics(group, book.vocabulary)
    ] == expected


def test_every_step_has_the_limits_of_the_regimen(book: Formulary) -> None:
    regimen: Regimen = made("steps: [{amount: 5 mg, once: true}, {amount: 2 mg, every: 1 day}]\nmaximum: [10 mg in a day]", book.vocabulary)
    most = [{"numerator": mg(10), "denominator": {"value": 1, **DAY}}]
    assert [tree(each)["maxDosePerPeriod"] for each in fhir_dosage.dosages(regimen, "", book.vocabulary).made] == [most, most]


def test_a_unit_has_a_code_only_where_ucum_has_it(book: Formulary) -> None:
    codes = {unit: tree(fhir_parts.quantity(fhir_parts.Decimal(1), unit, book.vocabulary)).get("code") for unit in book.vocabulary.units}
    assert {unit: code for unit, code in codes.items() if code} == {
        unit: code for unit in book.vocabulary.units if (code := book.vocabulary.ucum(unit))
    }
