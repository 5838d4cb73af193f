"""Dose regimens: what each branch says, what is refused and in which words, and that bands meet."""

from datetime import date
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

from macros.formulary.bands import Band, flaws
from macros.formulary.book import Formulary
from macros.formulary.regimens import Regimen
from macros.formulary.vocabulary import Vocabulary

REGIMEN = TypeAdapter(Regimen)


@pytest.fixture
def vocabulary(book: Formulary) -> Vocabulary:
    """The closed lists of the real project."""
    return book.vocabulary


def texts(tree: Any) -> Any:
    """What the reader of the data files gives: every scalar is a text."""
    if isinstance(tree, dict):
        return {str(key): texts(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [texts(each) for each in tree]
    return str(tree).lower() if isinstance(tree, bool) else str(tree)


def made(written: str, vocabulary: Vocabulary) -> Regimen:
    """The regimen that an editor wrote."""
    return REGIMEN.validate_python(texts(yaml.safe_load(written)), context={"vocabulary": vocabulary, "today": date(2026, 1, 10)})


SAID = {
    "once": ("steps: [{amount: 6 × 10^13 vg/kg, once: true}]", "6 × 10¹³ vg/kg as a single dose"),
    "every-few-hours": ("steps: [{amount: 500 mg, every: 12 hours}]", "500 mg every 12 hours"),
    "once-a-day": ("steps: [{amount: 5 mg, every: 1 day}]", "5 mg once a day"),
    "twice-a-day": ("steps: [{amount: 5 mg, times: 2, every: 1 day}]", "5 mg twice a day"),
    "several-times": ("steps: [{amount: 5 mg, times: 3, every: 1 day}]", "5 mg 3 times a day"),
    "two-or-three-times": ("steps: [{amount: 5 mg, times: 2 to 3, every: 1 day}]", "5 mg 2–3 times a day"),
    "once-a-week": ("steps: [{amount: 7.5 mg, every: 1 week}]", "7.5 mg once a week"),
    "alternate-days": ("steps: [{amount: 7.5 mg, every: 2 days}]", "7.5 mg every 2 days"),
    "three-in-a-fortnight": ("steps: [{amount: 7.5 mg, times: 3, every: 2 weeks}]", "7.5 mg 3 times every 2 weeks"),
    "every-hour": ("steps: [{amount: 5 mg, every: 1 hour, doses: 4}]", "5 mg every hour for 4 doses"),
    "one-dose-more": ("steps: [{amount: 5 mg, every: 1 hour, doses: 1}]", "5 mg every hour for 1 dose"),
    "range": ("steps: [{amount: 250 to 500 mg, every: 8 hours}]", "250–500 mg every 8 hours"),
    "for-some-days": ("steps: [{amount: 5 mg, every: 1 day, for: 7 to 10 days}]", "5 mg once a day for 7–10 days"),
    "until": ("steps: [{amount: 5 mg, every: 1 day, until: the fever is gone}]", "5 mg once a day until the fever is gone"),
    "as-needed": ("steps: [{amount: 5 mg, every: 4 to 6 hours, as_needed: pain}]", "5 mg every 4–6 hours as needed for pain"),
    "only-as-needed": ("steps: [{amount: 5 mg, as_needed: pain}]", "5 mg as needed for pain"),
    "cycle": ("steps: [{amount: 30 mg/m², every: 28 days, days: [1, 8, 15]}]", "30 mg/m² on days 1, 8 and 15 of each cycle of 28 days"),
    "day-of-a-cycle": ("steps: [{amount: 30 mg/m², every: 21 days, days: [1]}]", "30 mg/m² on day 1 of each cycle of 21 days"),
    "divided": ("steps: [{amount: 25 mg/kg/day, divided: 2}]", "25 mg/kg/day in 2 divided doses"),
    "divided-by-interval": ("steps: [{amount: 25 mg/kg/day, every: 8 hours}]", "25 mg/kg/day in divided doses, every 8 hours"),
    "divided-both": (
        "steps: [{amount: 25 mg/kg/day, divided: 2, every: 12 hours, for: 7 days}]",
        "25 mg/kg/day in 2 divided doses, one every 12 hours, for 7 days",
    ),
    "divided-in-a-range": ("steps: [{amount: 40 mg/day, divided: 2 to 4}]", "40 mg/day in 2–4 divided doses"),
    "undivided": ("steps: [{amount: 40 mg/day, divided: 1}]", "40 mg/day as a single dose of the day"),
    "combination": ("steps: [{amount: 875 mg/125 mg, every: 12 hours}]", "875 mg/125 mg every 12 hours"),
    "combination-in-grams": ("steps: [{amount: 1 g/0.2 g, every: 8 hours}]", "1 g/0.2 g every 8 hours"),
    "half-a-tablet": ("steps: [{amount: 0.5 tablet, every: 1 day}]", "half a tablet once a day"),
    "and-a-half": ("steps: [{amount: 1.5 tablets, every: 1 day}]", "1 and a half tablets once a day"),
    "quarter": ("steps: [{amount: 0.25 tablet, every: 1 day}]", "a quarter of a tablet once a day"),
    "three-quarters": ("steps: [{amount: 0.75 tablet, every: 1 day}]", "three quarters of a tablet once a day"),
    "half-to-one": ("steps: [{amount: 0.5 to 1 tablet, every: 1 day}]", "half a tablet to 1 tablet once a day"),
    "half-a-vowel": ("steps: [{amount: 0.5 application, every: 1 day}]", "half an application once a day"),
    "two-puffs": ("steps: [{amount: 2 puffs, times: 4, every: 1 day}]", "2 puffs 4 times a day"),
    "share": ("steps: [{share: 50 %, of: the usual dose}]", "50% of the usual dose"),
    "raised": ("steps: [{raise_by: 25 mg, every: 1 week, to: 200 mg}]", "raised by 25 mg every week to 200 mg"),
    "lowered": ("steps: [{lower_by: 5 mg/day, every: 3 days}]", "lowered by 5 mg/day every 3 days"),
    "target": ("steps: [{target: {INR: 2 to 3 INR}}]", "adjusted to INR 2 to 3"),
    "exact-target": ("steps: [{target: {area under the curve: 5 mg/mL × min}}]", "adjusted to area under the curve 5 mg/mL × min"),
    "at": ("steps: [{amount: 5 mg, every: 1 day, at: [bedtime]}]", "5 mg once a day at bedtime"),
    "at-two-moments": ("steps: [{amount: 5 mg, at: [morning, evening]}]", "5 mg in the morning and in the evening"),
    "other-weight": ("steps: [{amount: 5 mg/kg, weight: ideal, once: true}]", "5 mg/kg of ideal body weight as a single dose"),
    "diluted": (
        "steps: [{amount: 5 mg, once: true, volume: 100 mL, fluid: glucose, over: 30 minutes}]",
        "5 mg as a single dose, diluted in 100 mL of glucose solution, over 30 minutes",
    ),
    "fluid-alone": ("steps: [{amount: 5 mg, once: true, fluid: glucose}]", "5 mg as a single dose, diluted in glucose solution"),
    "rate": ("steps: [{amount: 5 mg, once: true, rate: up to 50 mg/min}]", "5 mg as a single dose, at up to 50 mg/min"),
    "flowing": ("steps: [{amount: 3 micrograms/kg/min}]", "3 micrograms/kg/min"),
    "taper": (
        "steps: [{amount: 20 mg, every: 1 day, for: 5 days}, {amount: 15 mg, every: 1 day, for: 5 days}]",
        "20 mg once a day for 5 days, then 15 mg once a day for 5 days",
    ),
    "or": (
        "steps: [{amount: 500 mg, every: 12 hours, or: [{amount: 250 mg, every: 8 hours}]}]",
        "500 mg every 12 hours or 250 mg every 8 hours",
    ),
    "route": ("route: oral\nsteps: [{amount: 5 mg, every: 1 day}]", "5 mg once a day, by mouth"),
    "withheld": ("route: oral\nwithheld: do-not-use", "do not use by mouth"),
    "maximum": (
        "steps: [{amount: 15 mg/kg, every: 6 hours}]\nmaximum: [1000 mg in a dose, 4 g in a day]",
        "15 mg/kg every 6 hours; at most 1,000 mg in a dose and 4 g in a day",
    ),
    "maximum-of-doses": (
        "steps: [{amount: 2 puffs, as_needed: wheeze}]\nmaximum: [8 doses in 24 hours]",
        "2 puffs as needed for wheeze; at most 8 doses in 24 hours",
    ),
    "rounding-down": (
        "steps: [{amount: 5 mg/kg, once: true}]\nrounding: down to 0.5 mL",
        "5 mg/kg as a single dose; rounded down to 0.5 mL",
    ),
    "rounding-near": (
        "steps: [{amount: 5 mg/kg, once: true}]\nrounding: to the nearest 10 mg",
        "5 mg/kg as a single dose; rounded to the nearest 10 mg",
    ),
    "group": (
        "who: {measures: {age: 2 to below 5 years, body weight: above 10 kg}, also: [whose kidneys are well]}\n"
        "steps: [{amount: 5 mg, every: 1 day}]",
        "age 2 to below 5 years; body weight above 10 kg; whose kidneys are well: 5 mg once a day",
    ),
    "criteria": (
        "who: {criteria: {least: 2, of: [{age: at least 80 years}, {body weight: at most 60 kg, age: at least 65 years}]}}\n"
        "steps: [{amount: 5 mg, every: 1 day}]",
        "at least 2 of: age at least 80 years, body weight at most 60 kg and age at least 65 years: 5 mg once a day",
    ),
    "millions": ("steps: [{amount: 2400000 units, once: true}]", "2,400,000 units as a single dose"),
}


@pytest.mark.parametrize(("written", "said"), SAID.values(), ids=SAID.keys())
def test_a_regimen_says_all_of_itself(vocabulary: Vocabulary, written: str, said: str) -> None:
    assert made(written, vocabulary).written(vocabulary).replace("\u00a0", " ") == said


def test_a_regimen_is_heard_with_its_units_in_words(vocabulary: Vocabulary) -> None:
    written = (
        "who: {measures: {body weight: at least 10 kg}}\nroute: oral\n"
        "steps: [{amount: 25 mg/kg/day, divided: 2, every: 4 to 6 hours, or: [{amount: 875 mg/125 mg, once: true}]}]\n"
        "maximum: [1000 mg in a dose]"
    ).replace("divided: 2, every: 4 to 6 hours", "divided: 4 to 6, every: 4 to 6 hours")
    assert made(written, vocabulary).spoken(vocabulary) == (
        "body weight at least 10 kilograms: 25 milligrams per kilogram per day in 4–6 divided doses, one every 4 to 6 hours "
        "or 875 milligrams and 125 milligrams as a single dose, by mouth; at most 1000 milligrams in a dose"
    )


REFUSED = {
    "nothing": ("{}", "a regimen says either 'steps' or 'withheld'; write the doses, or what is said of the group instead"),
    "both": ("steps: [{amount: 5 mg, once: true}]\nwithheld: avoid", "a regimen says either 'steps' or 'withheld'; write the doses, or what is said of the group instead"),
    "maximum-of-nothing": ("withheld: avoid\nmaximum: [5 mg in a dose]", "where no dose is given there is no maximum and no rounding; delete them"),
    "no-interval": ("steps: [{amount: 5 mg}]", "says how much, but not how often; write 'every:', 'once: true' or 'as_needed:'"),
    "no-division": ("steps: [{amount: 5 mg/day}]", "says how much, but not how often; write 'every:', 'once: true' or 'as_needed:'"),
    "no-division-in-a-week": (
        "steps: [{amount: 5 mg/day, every: 1 week}]",
        "gives an amount for a day, but not in how many doses; write 'divided: 2' or 'every: 12 hours'",
    ),
    "division-of-a-dose": (
        "steps: [{amount: 5 mg, divided: 2}]",
        "'divided' parts the amount of a day; write that amount, as in 25 mg/kg/day, or delete 'divided'",
    ),
    "division-against-interval": (
        "steps: [{amount: 5 mg/day, divided: 2, every: 8 hours}]",
        "is divided into 2 doses, which does not agree with its interval; correct the one that is wrong",
    ),
    "once-and-again": (
        "steps: [{amount: 5 mg, once: true, every: 8 hours}]",
        "a single dose has no interval, no division and no duration; delete 'once' or the others",
    ),
    "two-amounts": (
        "steps: [{amount: 5 mg, share: 50 %, once: true}]",
        "a step says exactly one of amount, share, raise_by, lower_by, target; write {amount: 500 mg, every: 12 hours}",
    ),
    "share-of-nothing": ("steps: [{share: 50 %}]", "'share' and 'of' belong together; write {share: 50 %, of: the usual dose}"),
    "end-of-no-change": (
        "steps: [{amount: 5 mg, once: true, to: 10 mg}]",
        "'to' is the end of a change; write it beside 'raise_by' or 'lower_by'",
    ),
    "change-without-interval": (
        "steps: [{raise_by: 5 mg}]",
        "says by how much the dose changes, but not how often; write 'every: 1 week'",
    ),
    "weight-of-a-fixed-dose": (
        "steps: [{amount: 5 mg, weight: ideal, once: true}]",
        "'weight' is the weight that a dose for each kg is reckoned by; write such an amount, or delete it",
    ),
    "times-of-nothing": (
        "steps: [{amount: 5 mg, times: 3, as_needed: pain}]",
        "'times' and 'days' count in an interval; write 'every: 1 day' or 'every: 28 days' beside them",
    ),
    "times-that-fall": (
        "steps: [{amount: 5 mg, times: 4 to 2, every: 1 day}]",
        "'times: 4 to 2' does not rise; write the lower number first",
    ),
    "days-beyond-the-cycle": (
        "steps: [{amount: 5 mg, every: 7 days, days: [1, 8]}]",
        "'days' are days of a cycle; write its length in days beside them, as in 'every: 28 days'",
    ),
    "days-that-fall": ("steps: [{amount: 5 mg, every: 28 days, days: [8, 1]}]", "'days' is no list of days that rise; write [1, 8, 15]"),
    "interval-in-mg": (
        "steps: [{amount: 5 mg, every: 3 mg}]",
        "'3 mg' is no time; write hours, days, weeks or months, as in 12 hours",
    ),
    "a-limit-as-dose": (
        "steps: [{amount: at most 5 mg, once: true}]",
        "'at most 5 mg' is a limit, no dose; write the limit in 'maximum:', as in [1000 mg in a dose]",
    ),
    "kg-as-dose": ("steps: [{amount: 5 kg, once: true}]", "'5 kg' is no dose, since nothing is dosed in kg; write the amount that is given"),
    "negative": (
        "steps: [{amount: -5 mg, once: true}]",
        "'-5 mg' is not above zero; write the amount itself, or say in a statement that there is none",
    ),
    "nought": (
        "steps: [{amount: 0 mg, once: true}]",
        "'0 mg' is not above zero; write the amount itself, or say in a statement that there is none",
    ),
    "range-from-below": (
        "steps: [{amount: -5 to 5 mg, once: true}]",
        "'-5 to 5 mg' is not above zero; write the amount itself, or say in a statement that there is none",
    ),
    "idle-zero": (
        "steps: [{amount: 5.0 mg, once: true}]",
        "'5.0 mg' ends in a zero, which is misread as ten times as much; write 5",
    ),
    "idle-zero-behind": (
        "steps: [{amount: 2.50 mg, once: true}]",
        "'2.50 mg' ends in a zero, which is misread as ten times as much; write 2.5",
    ),
    "naked-point": ("steps: [{amount: .5 mg, once: true}]", "'.5 mg' is not an amount; write '[at least] 3 hours' or '6 × 10^13 vg/kg'"),
    "more-than-a-dose": (
        "steps: [{amount: 2 g, once: true}]\nmaximum: [1000 mg in a dose]",
        "'1,000 mg in a dose' is less than the regimen gives; correct the one that is wrong",
    ),
    "more-than-a-day": (
        "steps: [{amount: 500 mg, times: 3, every: 1 day}]\nmaximum: [300 mg in a day]",
        "'300 mg in a day' is less than the regimen gives; correct the one that is wrong",
    ),
    "more-than-a-day-in-hours": (
        "steps: [{amount: 1 g, every: 4 to 6 hours}]\nmaximum: [5 g in 24 hours]",
        "'5 g in 24 hours' is less than the regimen gives; correct the one that is wrong",
    ),
    "more-than-a-day-by-weight": (
        "steps: [{amount: 20 mg/kg, every: 6 hours}]\nmaximum: [75 mg/kg in a day]",
        "'75 mg/kg in a day' is less than the regimen gives; correct the one that is wrong",
    ),
    "more-in-the-alternative": (
        "steps: [{amount: 5 mg, once: true, or: [{amount: 2 g, once: true}]}]\nmaximum: [1000 mg in a dose]",
        "'1,000 mg in a dose' is less than the regimen gives; correct the one that is wrong",
    ),
    "two-maxima": (
        "steps: [{amount: 5 mg, once: true}]\nmaximum: [10 mg in a dose, 20 mg in a dose]",
        "names the maximum for a dose more than once; keep one",
    ),
    "maximum-of-what": ("steps: [{amount: 5 mg, once: true}]\nmaximum: [10 mg]", "'10 mg' is not a limit; write '1000 mg in a dose' or '4 g in a day'"),
    "maximum-twice-a-day": (
        "steps: [{amount: 5 mg, once: true}]\nmaximum: [10 mg/day in a day]",
        "'10 mg/day in a day' names its time twice; write it without '/day', as in '4 g in a day'",
    ),
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
        "the band '5 to 2 years' does not rise; write the lower number first",
    ),
    "more-criteria-than-there-are": (
        "who: {criteria: {least: 3, of: [{age: at least 80 years}, {body weight: at most 60 kg}]}}\nsteps: [{amount: 5 mg, once: true}]",
        "asks for 3 of 2 criteria; write how many of them must hold",
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


MET = {
    "half-open": (["below 2 years", "2 to below 5 years", "at least 5 years"], []),
    "in-any-order": (["at least 5 years", "below 2 years", "2 to below 5 years"], []),
    "in-two-units": (["below 24 months", "at least 2 years"], []),
    "open-low-end": (["at most 2 years", "above 2 to 5 years"], []),
    "both-ends": (["2 to 5 years", "5 to 8 years"], [(0, 1, "overlap")]),
    "neither-end": (["below 5 years", "above 5 years"], [(0, 1, "gap")]),
    "hole": (["2 to below 5 years", "6 to 8 years"], [(0, 1, "gap")]),
    "over-each-other": (["2 to 6 years", "5 to 8 years"], [(0, 1, "overlap")]),
    "two-open": (["at least 2 years", "at least 5 years"], [(0, 1, "overlap")]),
    "the-same": (["below 5 years", "below 5 years"], [(0, 1, "overlap")]),
}


@pytest.mark.parametrize(("written", "found"), MET.values(), ids=MET.keys())
def test_bands_meet_or_it_is_said_how_they_do_not(vocabulary: Vocabulary, written: list[str], found: list[tuple[int, int, str]]) -> None:
    assert list(flaws([Band.read(each, vocabulary) for each in written], vocabulary)) == found
