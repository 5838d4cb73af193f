"""Of which groups, combinations and units there is no dose regimen, and in which words it is refused."""

import pytest
from pydantic import ValidationError

from macros.formulary.vocabulary import Vocabulary
from tests.formulary.test_regimens import made

REFUSED = {
    "unknown-measure": (
        "who: {measures: {body wieght: at least 10 kg}}\nsteps: [{amount: 5 mg, once: true}]",
        "unknown measure 'body wieght' (see measures in the vocabulary); did you mean 'body weight'?",
    ),
    "measure-in-another-unit": (
        "who: {measures: {age: at least 10 kg}}\nsteps: [{amount: 5 mg, once: true}]",
        "'age' is no measure in kg; write it in: day, week, month, year",
    ),
    "band-that-falls": (
        "who: {measures: {age: 5 to 2 years}}\nsteps: [{amount: 5 mg, once: true}]",
        "the band '5 to 2 years' does not rise; write the lower end first",
    ),
    "band-of-nothing": (
        "who: {measures: {age: 24 months to below 2 years}}\nsteps: [{amount: 5 mg, once: true}]",
        "the band '24 months to below 2 years' does not rise; write the lower end first",
    ),
    "band-that-falls-across-units": (
        "who: {measures: {age: 3 years to 30 weeks}}\nsteps: [{amount: 5 mg, once: true}]",
        "the band '3 years to 30 weeks' does not rise; write the lower end first",
    ),
    "band-from-another-measure": (
        "who: {measures: {age: 500 g to 2 years}}\nsteps: [{amount: 5 mg, once: true}]",
        "the band '500 g to 2 years' has two units that can't be compared; write both ends in one of them",
    ),
    "weight-as-age": (
        "who: {measures: {age: 500 g to 2 kg}}\nsteps: [{amount: 5 mg, once: true}]",
        "'age' is no measure in g; write it in: day, week, month, year",
    ),
    "band-of-two-clearances": (
        "who: {measures: {creatinine clearance: 20 mL/min to 40 mL/min/1.73 m²}}\nsteps: [{amount: 5 mg, once: true}]",
        "the band '20 mL/min to 40 mL/min/1.73 m²' has two units that can't be compared; write both ends in one of them",
    ),
    "band-in-other-words": (
        "who: {measures: {age: from 28 days to under 12 years}}\nsteps: [{amount: 5 mg, once: true}]",
        "'from 28 days to under 12 years' is not a band; write 'at least 18 years', 'below 30 mL/min', '2 to below 5 years', "
        "'28 days to below 2 years' or, with both ends in it, '20 to 40 kg'",
    ),
    "more-criteria-than-there-are": (
        "who: {criteria: {least: 3, of: [{age: at least 80 years}, {body weight: at most 60 kg}]}}\nsteps: [{amount: 5 mg, once: true}]",
        "asks for 3 of 2 criteria; write how many of them must hold",
    ),
    "combination-in-other-units": (
        "steps: [{amount: 500 mg/125 mg to 875 mg/125 micrograms, once: true}]",
        "'500 mg/125 mg to 875 mg/125 micrograms' does not name the same parts in the same units twice; write each dose with all its parts, "
        "as in '500 mg/125 mg to 875 mg/125 mg'",
    ),
    "limit-with-a-bound": (
        "steps: [{amount: 5 mg, once: true}]\nmaximum: [about 10 mg in a dose]",
        "'about 10 mg in a dose' needs no 'about', since every limit is the most; write '1000 mg in a dose' or '4 g in a day'",
    ),
    "rounding-to-a-rate": (
        "steps: [{amount: 5 mg/kg, once: true}]\nrounding: down to 5 mg/kg",
        "'down to 5 mg/kg' is not a rule of rounding; write 'down to 0.5 mL', 'up to 1 tablet' or 'to the nearest 10 mg'",
    ),
    "mcg": ("steps: [{amount: 50 mcg, once: true}]", "unknown unit 'mcg'; write 'micrograms'"),
    "micro-sign": ("steps: [{amount: 50 µg, once: true}]", "unknown unit 'µg'; write 'micrograms'"),
    "greek-mu": ("steps: [{amount: 50 μg, once: true}]", "unknown unit 'μg'; write 'micrograms'"),
    "mcg-in-parts": ("steps: [{amount: 50 mcg/kg/min}]", "unknown unit 'mcg/kg/min'; write 'micrograms/kg/min'"),
    "a-new-unit": (
        "steps: [{amount: 50 mcg/kg/week, every: 1 week}]",
        "unknown unit 'mcg/kg/week'; write 'micrograms/kg/week', a new unit, and list it in units.yml",
    ),
    "U": ("steps: [{amount: 10 U, once: true}]", "unknown unit 'U'; write 'units'"),
    "IU": ("steps: [{amount: 10 IU, once: true}]", "unknown unit 'IU'; write 'international units'"),
    "m2": ("steps: [{amount: 10 mg/m2, once: true}]", "unknown unit 'mg/m2'; write 'mg/m²'"),
    "capitals": ("steps: [{amount: 10 MG, once: true}]", "unknown unit 'MG'; write 'mg'"),
    "cc": ("steps: [{amount: 10 cc, once: true}]", "unknown unit 'cc'; write 'mL'"),
    "capital-letter": ("steps: [{amount: 2 Tablets, once: true}]", "unknown unit 'Tablets'; write 'tablets'"),
    "capital-letter-in-parts": ("steps: [{amount: 2 Units/kg, once: true}]", "unknown unit 'Units/kg'; write 'units/kg'"),
    "synonym-below-the-stroke": ("steps: [{amount: 5 mEq/d, divided: 2}]", "unknown unit 'mEq/d'; write 'mEq/day'"),
    "how-often-behind-the-unit": (
        "steps: [{amount: 5 mg QD}]",
        "unknown unit 'mg QD'; write 'mg' alone, and how often under a key of its own, as in 'every: 1 day'",
    ),
    "millions": (
        "steps: [{amount: 5 million units, once: true}]",
        "unknown unit 'million units'; write the whole number in digits, in front of the unit alone",
    ),
    "half-as-a-fraction": (
        "steps: [{amount: 1/2 tablet, once: true}]",
        "'1/2 tablet' is not the dose of a combination; write its number in plain digits, a half as 0.5",
    ),
    "hyphen": ("steps: [{amount: 5-10 mg, once: true}]", "'5-10 mg' is not an amount; write 'to' between the two numbers, the lower one first"),
    # Of another size or kind, or of none: none is advised.
    **{
        unit: (
            f"steps: [{{amount: 10 {unit}, once: true}}]",
            f"unknown unit '{unit}'; write a unit of units.yml in full, or list it there with its kind",
        )
        for unit in ("ppm", "m.g.", "ıu", "mg/lb", "dg", "parrots/dose")
    },
    # No longer in use, or without an exact size: what to write is said, and no unit of another size is named.
    **{
        unit: (f"steps: [{{amount: 10 {unit}, once: true}}]", f"unknown unit '{unit}'; write {right}")
        for unit, right in {
            "MU": "the whole number of units",
            "kIU": "the whole number of international units",
            "tsp": "the volume in mL",
            "teaspoonfuls": "the volume in mL",
            "minims": "the volume in mL",
            "gr": "the mass in metric units",
            "grains": "the mass in metric units",
            "ounces": "the amount in metric units",
            "Mg": "the unit that the label means",
            "lb": "the weight in metric units",
        }.items()
    },
    # Of one dose and of a minute.
    **{
        unit: (
            f"steps: [{{amount: 10 {unit}, every: 1 day}}]",
            f"unknown unit '{unit}'; write '{one}', which is an amount of one dose, with 'every:', "
            f"or an amount of a day as '{one}/day' with 'divided:'",
        )
        for unit, one in {"mg/kg/dose": "mg/kg", "mcg/kg/dose": "micrograms/kg", "mg per dose": "mg", "mg/kg/doses": "mg/kg"}.items()
    },
    "gtt-a-minute": ("steps: [{amount: 20 gtt/min, once: true}]", "unknown unit 'gtt/min'; write 'drops/min'"),
    "drops-per-minute": ("steps: [{amount: 20 drops per minute, once: true}]", "unknown unit 'drops per minute'; write 'drops/min'"),
    "ampules": ("steps: [{amount: 2 ampules, once: true}]", "unknown unit 'ampules'; write 'ampoules'"),
    "cells-in-powers": (
        "who: {measures: {platelets: below 50 x 10^9/L}}\nsteps: [{amount: 5 mg, every: 1 day}]",
        "unknown unit 'x 10^9/L'; write '× 10⁹/L'",
    ),
    "msec": ("who: {measures: {QTc interval: below 500 msec}}\nsteps: [{amount: 5 mg, every: 1 day}]", "unknown unit 'msec'; write 'ms'"),
    "nobody's-unit": (
        "steps: [{amount: 10 mq, once: true}]",
        "unknown unit 'mq'; write a unit of units.yml in full, or list it there with its kind",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("written", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_regimen_is_refused(vocabulary: Vocabulary, written: str, why: str) -> None:
    with pytest.raises(ValidationError) as refused:
        made(written, vocabulary)
    assert {error["msg"].removeprefix("Value error, ") for error in refused.value.errors()} == {why}
