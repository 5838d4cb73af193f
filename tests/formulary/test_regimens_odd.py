"""Values of a regimen that make no sense: signs, zeros, bounds, kinds and parts that contradict one another, each refused in words."""

import pytest
from pydantic import ValidationError

from macros.formulary.vocabulary import Vocabulary
from tests.formulary.test_regimens import made

ODD = {
    "interval-up-to": (
        "steps: [{amount: 5 mg, every: up to 8 hours}]",
        "'every: up to 8 hours' could be any interval; write the shortest and the longest, as in '6 to 8 hours', "
        "or 'at least 8 hours' where it may not be given sooner",
    ),
    "no-interval": (
        "steps: [{amount: 5 mg, every: 0 hours}]",
        "'0 hours' is not above zero; write the amount itself, or say in a statement that there is none",
    ),
    "negative-interval": (
        "steps: [{amount: 5 mg, every: -8 hours}]",
        "'-8 hours' is not above zero; write the amount itself, or say in a statement that there is none",
    ),
    "interval-of-no-range": (
        "steps: [{amount: 5 mg, every: 8 to 8 hours}]",
        "the range '8 to 8 hours' does not rise; write the lower number first",
    ),
    "interval-about": (
        "steps: [{amount: 5 mg, every: about 8 hours}]",
        "'about 8 hours' is no time of a schedule; write it without 'about'",
    ),
    "interval-with-an-idle-zero": (
        "steps: [{amount: 5 mg, every: 8.0 hours}]",
        "'8.0 hours' is no time of a schedule; write its number in plain digits, without an idle zero: 12 hours",
    ),
    "interval-in-powers": (
        "steps: [{amount: 5 mg, every: 8 × 10^2 hours}]",
        "'8 × 10^2 hours' is no time of a schedule; write its number in plain digits, without an idle zero: 12 hours",
    ),
    "no-duration": (
        "steps: [{amount: 5 mg, every: 1 day, for: 0 days}]",
        "'0 days' is not above zero; write the amount itself, or say in a statement that there is none",
    ),
    "shorter-than-its-interval": (
        "steps: [{amount: 5 mg, every: 1 week, for: 3 days}]",
        "ends before its interval does; correct 'for' or 'every', or write 'once: true' for a single dose",
    ),
    "twice-how-long": (
        "steps: [{amount: 5 mg, every: 1 day, for: 7 days, doses: 3}]",
        "says twice how long it goes on; keep 'for' or 'doses'",
    ),
    "no-doses": (
        "steps: [{amount: 5 mg, every: 1 day, doses: 0}]",
        "'0' is not a whole number above zero; write its digits only, as in 134",
    ),
    "negative-doses": (
        "steps: [{amount: 5 mg, every: 1 day, doses: -3}]",
        "'-3' is not a whole number above zero; write its digits only, as in 134",
    ),
    "doses-in-decimals": (
        'steps: [{amount: 5 mg, every: 1 day, doses: "3.0"}]',
        "'3.0' is not a whole number above zero; write its digits only, as in 134",
    ),
    "day-nought": ("steps: [{amount: 5 mg, every: 28 days, days: [0]}]", "'days' is no list of days that rise; write [1, 8, 15]"),
    "superscript-day": (
        'steps: [{amount: 5 mg, every: 28 days, days: ["²"]}]',
        "'days' is no list of days that rise; write [1, 8, 15]",
    ),
    "arabic-day": (
        'steps: [{amount: 5 mg, every: 28 days, days: ["٣"]}]',
        "'days' is no list of days that rise; write [1, 8, 15]",
    ),
    "days-of-an-open-cycle": (
        "steps: [{amount: 5 mg, every: at least 28 days, days: [1]}]",
        "'days' are days of a cycle; write its length in days beside them, as in 'every: 28 days'",
    ),
    "times-in-a-cycle": (
        "steps: [{amount: 5 mg, every: 28 days, days: [1], times: 3}]",
        "'times' is not said of days of a cycle; write the amount of a day and 'divided:', as in 50 mg/day, divided: 2",
    ),
    "longer-than-its-interval": (
        "steps: [{amount: 5 mg, every: 8 hours, over: 12 hours}]",
        "is given over a longer time than its interval; correct 'over' or 'every'",
    ),
    "single-dose-until": (
        "steps: [{amount: 5 mg, once: true, until: the fever is gone}]",
        "a single dose has no interval, no division and no duration; delete 'once' or the others",
    ),
    "bedtime-twice": ("steps: [{amount: 5 mg, once: true, at: [bedtime, bedtime]}]", "lists 'bedtime' more than once; keep one"),
    "rate-without-a-time": (
        "steps: [{amount: 5 mg, once: true, rate: 5 mg}]",
        "is in mg, and how fast something is given is an amount in a time; write it as in '10 mg/min'",
    ),
    "rate-in-a-volume": (
        "steps: [{amount: 5 mg, once: true, rate: 5 mg/mL}]",
        "'5 mg/mL' is no dose, since nothing is dosed in mg/mL; write the amount that is given",
    ),
    "diluted-in-mg": (
        "steps: [{amount: 5 mg, once: true, volume: 5 mg}]",
        "is in mg, and something is diluted in a volume; write it as in '100 mL'",
    ),
    "diluted-in-a-flow": (
        "steps: [{amount: 5 mg, once: true, volume: 5 mL/min}]",
        "is in mL/min, and something is diluted in a volume; write it as in '100 mL'",
    ),
    "concentration": (
        "steps: [{amount: 5 mg/mL, once: true}]",
        "'5 mg/mL' is no dose, since nothing is dosed in mg/mL; write the amount that is given",
    ),
    "serum-level": (
        "steps: [{amount: 5 mg/dL, once: true}]",
        "'5 mg/dL' is no dose, since nothing is dosed in mg/dL; write the amount that is given",
    ),
    "clearance": (
        "steps: [{amount: 30 mL/min/1.73 m²}]",
        "'30 mL/min/1.73 m²' is no dose, since nothing is dosed in mL/min/1.73 m²; write the amount that is given",
    ),
    "level-in-micromoles": (
        "steps: [{amount: 5 micromole/L, once: true}]",
        "'5 micromole/L' is no dose, since nothing is dosed in micromole/L; write the amount that is given",
    ),
    "area-under-the-curve": (
        "steps: [{amount: 5 mg/mL × min, once: true}]",
        "'5 mg/mL × min' is no dose, since nothing is dosed in mg/mL × min; write the amount that is given",
    ),
    "share-of-nothing": (
        "steps: [{share: 0 %, of: the usual dose}]",
        "is no share of a dose; write it as in '50 %', above zero, and a dose as 'amount:'",
    ),
    "negative-share": (
        "steps: [{share: -50 %, of: the usual dose}]",
        "is no share of a dose; write it as in '50 %', above zero, and a dose as 'amount:'",
    ),
    "share-in-mg": (
        "steps: [{share: 5 mg, of: the usual dose}]",
        "is no share of a dose; write it as in '50 %', above zero, and a dose as 'amount:'",
    ),
    "share-at-least": (
        "steps: [{share: at least 50 %, of: the usual dose}]",
        "is no share of a dose; write it as in '50 %', above zero, and a dose as 'amount:'",
    ),
    "raised-beyond-its-end": (
        "steps: [{raise_by: 500 mg, every: 1 week, to: 200 mg}]",
        "is raised by more than the dose that it is raised to; correct the one that is wrong",
    ),
    "raised-in-another-unit": (
        "steps: [{raise_by: 5 mg, every: 1 week, to: 5 mL}]",
        "changes the dose in mg, but to one in mL; write both in one unit",
    ),
    "lowered-to-nothing": (
        "steps: [{lower_by: 5 mg, every: 1 week, to: 0 mg}]",
        "'0 mg' is not above zero; write the amount itself, or say in a statement that there is none",
    ),
    "step-without-an-end": (
        "steps: [{amount: 5 mg, every: 1 day}, {amount: 10 mg, every: 1 day}]",
        "does not say how long a step goes on that another dose follows; write 'for:', 'doses:' or 'until:' in it",
    ),
    "maximum-of-nothing": (
        "steps: [{amount: 5 mg, once: true}]\nmaximum: [0 mg in a day]",
        "'0 mg' is not above zero; write the amount itself, or say in a statement that there is none",
    ),
    "maximum-of-a-dose-above-that-of-a-day": (
        "steps: [{amount: 5 mg, once: true}]\nmaximum: [2 g in a dose, 1 g in a day]",
        "allows more in a dose than in a day; correct the limit that is wrong",
    ),
    "more-in-an-hour-than-in-a-day": (
        "steps: [{amount: 5 mg, every: at least 10 minutes, as_needed: pain}]\nmaximum: [50 mg in an hour, 40 mg in a day]",
        "allows more in an hour than in a day; correct the limit that is wrong",
    ),
    "maximum-of-a-clearance": (
        "steps: [{amount: 5 mg, once: true}]\nmaximum: [30 mL/min in a day]",
        "'30 mL/min in a day' is no limit of a dose; write '1000 mg in a dose' or '4 g in a day'",
    ),
    "maximum-of-a-concentration": (
        "steps: [{amount: 5 mg, once: true}]\nmaximum: [5 mg/mL in a day]",
        "'5 mg/mL in a day' is no limit of a dose; write '1000 mg in a dose' or '4 g in a day'",
    ),
    "rounded-to-nought": (
        "steps: [{amount: 5 mg, once: true}]\nrounding: down to 0 mL",
        "'0 mL' is not above zero; write the amount itself, or say in a statement that there is none",
    ),
    "below-nought": (
        "who: {measures: {age: below 0 years}}\nsteps: [{amount: 5 mg, once: true}]",
        "'below 0 years' is true of nobody; write the end that the label names",
    ),
    "from-nought": (
        "who: {measures: {age: at least 0 years}}\nsteps: [{amount: 5 mg, once: true}]",
        "'at least 0 years' is true of everybody; write the end that the label names",
    ),
    "idle-zero-of-a-weight": (
        "who: {measures: {body weight: at least 10.0 kg}}\nsteps: [{amount: 5 mg, once: true}]",
        "'at least 10.0 kg' ends in a zero, which is misread as ten times as much; write 10",
    ),
    "band-of-nobody": (
        "who: {measures: {age: above 0 to 0 years}}\nsteps: [{amount: 5 mg, once: true}]",
        "the band 'above 0 to 0 years' does not rise; write the lower end first",
    ),
    "none-of-the-criteria": (
        "who: {criteria: {least: 0, of: [{age: at least 80 years}, {age: below 2 years}]}}\nsteps: [{amount: 5 mg, once: true}]",
        "'0' is not a whole number above zero; write its digits only, as in 134",
    ),
    "the-only-criterion": (
        "who: {criteria: {least: 1, of: [{age: at least 80 years}]}}\nsteps: [{amount: 5 mg, once: true}]",
        "asks for all of its criteria; write them under 'measures:' and 'also:', where all must be true",
    ),
    "nobody": (
        "who: {}\nsteps: [{amount: 5 mg, once: true}]",
        "says of nobody in particular for whom it holds; write for whom, or delete 'who:'",
    ),
    "nobody-else": (
        "who: {also: []}\nsteps: [{amount: 5 mg, once: true}]",
        "says of nobody in particular for whom it holds; write for whom, or delete 'who:'",
    ),
    "mass-in-powers": (
        "steps: [{amount: 5 x 10^99 mg, once: true}]",
        "'5 x 10^99 mg' is no dose that anybody measures; write its number in plain digits",
    ),
    "combination-that-loses-a-part": (
        "steps: [{amount: 500 mg/125 mg to 875 mg, once: true}]",
        "'500 mg/125 mg to 875 mg' is not a range of doses of a combination; write each dose with all its parts, "
        "as in '500 mg/125 mg to 875 mg/125 mg'",
    ),
    "combination-that-falls": (
        "steps: [{amount: 875 mg/125 mg to 500 mg/125 mg, once: true}]",
        "the range '875 mg/125 mg to 500 mg/125 mg' does not rise; write the lower dose first",
    ),
    "combination-of-no-range": (
        "steps: [{amount: 500 mg/125 mg to 500 mg/125 mg, once: true}]",
        "the range '500 mg/125 mg to 500 mg/125 mg' does not rise; write the lower dose first",
    ),
    "combination-with-nothing": (
        "steps: [{amount: 500 mg/0 mg, once: true}]",
        "'0 mg' is not above zero; write the amount itself, or say in a statement that there is none",
    ),
    "strength-as-combination": (
        "steps: [{amount: 875 mg/5 mL, once: true}]",
        "'875 mg/5 mL' is not the dose of a combination, whose parts are amounts of substances; write the amount "
        "of each part, as in '875 mg/125 mg', a strength with 'in'",
    ),
    "combination-above-its-maximum": (
        "steps: [{amount: 500 mg/125 mg to 875 mg/125 mg, once: true}]\nmaximum: [875 mg/100 mg in a dose]",
        "'875 mg/100 mg in a dose' is less than the regimen gives; correct the one that is wrong",
    ),
    "same-dose-instead": (
        "steps: [{amount: 5 mg, once: true, or: [{amount: 5 mg, once: true}]}]",
        "gives the same dose with 'or'; delete it, or correct the one that is wrong",
    ),
    "third-of-a-tablet": (
        "steps: [{amount: 0.333 tablet, once: true}]",
        "'0.333 tablet' is no part that anybody can divide it into; write halves or quarters, or the amount in another unit",
    ),
    "three-times-at-bedtime": (
        "steps: [{amount: 5 mg, every: 8 hours, at: [bedtime]}]",
        "names other times of the day than its interval gives; correct 'at' or the interval",
    ),
    "over-no-time": (
        "steps: [{amount: 5 mg, once: true, over: 0 minutes}]",
        "'0 minutes' is not above zero; write the amount itself, or say in a statement that there is none",
    ),
    "flow-at-intervals": (
        "steps: [{amount: 5 mg/hour, every: 8 hours}]",
        "is an amount in a time that is given again and again; write with 'over:' for how long each time",
    ),
    "week-in-a-day": (
        "steps: [{amount: 5 mg/week, every: 1 day}]",
        "is the amount of a week, which is misread as a dose; write each dose with its interval: 7.5 mg, every: 1 week",
    ),
    "week-in-parts": (
        "steps: [{amount: 5 mg/week, times: 2, every: 1 week}]",
        "is the amount of a week, which is misread as a dose; write each dose with its interval: 7.5 mg, every: 1 week",
    ),
    "once-at-two-times": (
        "steps: [{amount: 5 mg, at: [morning, evening], every: 1 day}]",
        "names other times of the day than its interval gives; correct 'at' or the interval",
    ),
    "combination-of-two-times": (
        "steps: [{amount: 40 mg/kg/day/8 mg/kg, divided: 2}]",
        "'40 mg/kg/day/8 mg/kg' is not the dose of a combination, whose parts are amounts of substances; write the"
        " amount of each part, as in '875 mg/125 mg', a strength with 'in'",
    ),
}


@pytest.mark.parametrize(("written", "why"), ODD.values(), ids=ODD.keys())
def test_what_makes_no_sense_is_refused(vocabulary: Vocabulary, written: str, why: str) -> None:
    with pytest.raises(ValidationError) as refused:
        made(written, vocabulary)
    assert {error["msg"].removeprefix("Value error, ") for error in refused.value.errors()} == {why}
