"""Dose regimens: what each branch says."""

from datetime import date
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from macros.formulary.regimens import Regimen
from macros.formulary.vocabulary import Vocabulary

REGIMEN = TypeAdapter(Regimen)


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
    "of-another-medicine": (
        "medicine: partneridine\nwho: {also: [adults]}\nroute: oral\nsteps: [{amount: 5 mg, every: 1 day}]",
        "adults: partneridine 5 mg once a day, by mouth",
    ),
    "into-the-nose": (
        "route: nasal\nsteps: [{amount: 1 spray, times: 2, every: 1 day, at: [in-each-nostril]}]",
        "1 spray twice a day in each nostril, into the nose",
    ),
    "under-the-tongue": (
        "route: sublingual\nsteps: [{amount: 0.4 mg, every: 5 minutes, doses: 3, as_needed: chest pain}]",
        "0.4 mg every 5 minutes as needed for chest pain for 3 doses, under the tongue",
    ),
    "on-the-skin": ("route: skin\nsteps: [{amount: 1 application, times: 2, every: 1 day}]", "1 application twice a day, on the skin"),
    "on-an-empty-stomach": ("steps: [{amount: 5 mg, every: 1 day, at: [empty-stomach]}]", "5 mg once a day on an empty stomach"),
    "milliequivalents": (
        "steps: [{amount: 20 mEq, every: 12 hours}]\nmaximum: [100 mEq in a day]",
        "20 mEq every 12 hours; at most 100 mEq in a day",
    ),
    "milliunits": ("steps: [{amount: 1 to 2 milliunits/min}]", "1–2 milliunits/min"),
    "level-in-the-blood": ("steps: [{target: {blood level: 0.6 to 1.2 mmol/L}}]", "adjusted to level in the blood 0.6 to 1.2 mmol/L"),
    "most-of-an-hour": (
        "steps: [{amount: 1 mg, every: at least 10 minutes, as_needed: pain}]\nmaximum: [5 mg in an hour]",
        "1 mg no more often than every 10 minutes as needed for pain; at most 5 mg in an hour",
    ),
    "newborn": (
        "who: {measures: {gestational age: 32 to below 37 weeks, postnatal age: at most 7 days}}\nsteps: [{amount: 5 mg/kg, every: 24 hours}]",
        "gestational age 32 to below 37 weeks; postnatal age at most 7 days: 5 mg/kg every 24 hours",
    ),
    "measured-before-the-dose": (
        "who: {measures: {systolic blood pressure: above 120 mmHg, neutrophils: at least 1000 cells/mm³}}\nsteps: [{amount: 5 mg, every: 1 day}]",
        "systolic blood pressure above 120 mmHg; neutrophils at least 1,000 cells/mm³: 5 mg once a day",
    ),
    "blood-counts": (
        "who: {measures: {neutrophils: 0.5 to below 1 × 10⁹/L, platelets: at least 50 × 10⁹/L, CD4 count: below 200 cells/mm³}}\n"
        "steps: [{amount: 2 ampoules, every: 1 day}]",
        "neutrophils 0.5 to below 1 × 10⁹/L; platelets at least 50 × 10⁹/L; CD4 count below 200 cells/mm³: 2 ampoules once a day",
    ),
    "heart": (
        "who: {measures: {diastolic blood pressure: below 60 mmHg, ejection fraction: at most 40 %, QTc interval: above 500 ms}}\n"
        "steps: [{amount: 1 film, every: 1 day}]",
        "diastolic blood pressure below 60 mmHg; ejection fraction at most 40%; QTc interval above 500 ms: 1 film once a day",
    ),
    "blood-chemistry": (
        "who: {measures: {serum sodium: below 130 mmol/L, HbA1c: at least 53 mmol/mol, hemoglobin: below 80 g/L}}\n"
        "steps: [{amount: 1 enema, once: true}]",
        "serum sodium below 130 mmol/L; HbA1c at least 53 mmol/mol; hemoglobin below 80 g/L: 1 enema as a single dose",
    ),
    "hours-after-birth": (
        "who: {measures: {postnatal age: 12 hours to 7 days}}\nsteps: [{amount: 2 inhalations, every: 12 hours}]",
        "postnatal age 12 hours to 7 days: 2 inhalations every 12 hours",
    ),
    "drops-a-minute": ("steps: [{amount: 500 mL, once: true, rate: 20 drops/min}]", "500 mL as a single dose, at 20 drops/min"),
    "once": ("steps: [{amount: 6 × 10^13 vg/kg, once: true}]", "6 × 10¹³ vg/kg as a single dose"),
    "every-few-hours": ("steps: [{amount: 500 mg, every: 12 hours}]", "500 mg every 12 hours"),
    "once-a-day": ("steps: [{amount: 5 mg, every: 1 day}]", "5 mg once a day"),
    "twice-a-day": ("steps: [{amount: 5 mg, times: 2, every: 1 day}]", "5 mg twice a day"),
    "several-times": ("steps: [{amount: 5 mg, times: 3, every: 1 day}]", "5 mg 3 times a day"),
    "two-or-three-times": ("steps: [{amount: 5 mg, times: 2 to 3, every: 1 day}]", "5 mg 2–3 times a day"),
    "no-more-often-than-a-day": (
        "steps: [{amount: 5 mg, every: at least 1 day, as_needed: pain}]",
        "5 mg no more often than every day as needed for pain",
    ),
    "once-a-week": ("steps: [{amount: 7.5 mg, every: 1 week}]", "7.5 mg once a week"),
    "alternate-days": ("steps: [{amount: 7.5 mg, every: 2 days}]", "7.5 mg every 2 days"),
    "three-in-a-fortnight": ("steps: [{amount: 7.5 mg, times: 3, every: 2 weeks}]", "7.5 mg 3 times every 2 weeks"),
    "every-hour": ("steps: [{amount: 5 mg, every: 1 hour, doses: 4}]", "5 mg every hour for 4 doses"),
    "one-dose-more": ("steps: [{amount: 5 mg, every: 1 hour, doses: 1}]", "5 mg every hour for 1 dose"),
    "range": ("steps: [{amount: 250 to 500 mg, every: 8 hours}]", "250–500 mg every 8 hours"),
    "for-some-days": ("steps: [{amount: 5 mg, every: 1 day, for: 7 to 10 days}]", "5 mg once a day for 7–10 days"),
    "until": ("steps: [{amount: 5 mg, every: 1 day, until: the fever is gone}]", "5 mg once a day until the fever is gone"),
    "as-needed": ("steps: [{amount: 5 mg, every: 4 to 6 hours, as_needed: pain}]", "5 mg every 4–6 hours as needed for pain"),
    "not-more-often": (
        "steps: [{amount: 1 to 2 puffs, every: at least 4 hours, as_needed: wheeze}]\nmaximum: [8 puffs in 24 hours]",
        "1–2 puffs no more often than every 4 hours as needed for wheeze; at most 8 puffs in 24 hours",
    ),
    "up-to-some-days": ("steps: [{amount: 5 mg, every: 1 day, for: up to 10 days}]", "5 mg once a day for up to 10 days"),
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
    "division-left-open": (
        "steps: [{amount: 400 mg/day, divided: unsaid, until: the fever is gone}]",
        "400 mg/day, number of doses a day not stated, until the fever is gone",
    ),
    "divided-on-some-days": (
        "steps: [{amount: 50 mg/m²/day, divided: 2, every: 7 days, days: [1, 2, 3]}]",
        "50 mg/m²/day in 2 divided doses on days 1, 2 and 3 of each cycle of 7 days",
    ),
    "undivided-on-some-days": (
        "steps: [{amount: 50 mg/m²/day, divided: 1, every: 28 days, days: [1, 2]}]",
        "50 mg/m²/day as a single dose of the day on days 1 and 2 of each cycle of 28 days",
    ),
    "undivided": ("steps: [{amount: 40 mg/day, divided: 1}]", "40 mg/day as a single dose of the day"),
    "combination": ("steps: [{amount: 875 mg/125 mg, every: 12 hours}]", "875 mg/125 mg every 12 hours"),
    "combination-in-grams": ("steps: [{amount: 1 g/0.2 g, every: 8 hours}]", "1 g/0.2 g every 8 hours"),
    "combination-by-weight": (
        "steps: [{amount: 40 mg/kg/day/8 mg/kg/day, divided: 2}]\nmaximum: [1600 mg/320 mg in a day]",
        "40 mg/kg/day and 8 mg/kg/day in 2 divided doses; at most 1,600 mg/320 mg in a day",
    ),
    "half-a-tablet": ("steps: [{amount: 0.5 tablet, every: 1 day}]", "half a tablet once a day"),
    "and-a-half": ("steps: [{amount: 1.5 tablets, every: 1 day}]", "1 and a half tablets once a day"),
    "quarter": ("steps: [{amount: 0.25 tablet, every: 1 day}]", "a quarter of a tablet once a day"),
    "three-quarters": ("steps: [{amount: 0.75 tablet, every: 1 day}]", "three quarters of a tablet once a day"),
    "half-to-one": ("steps: [{amount: 0.5 to 1 tablet, every: 1 day}]", "half a tablet to 1 tablet once a day"),
    "half-a-vowel": ("steps: [{amount: 0.5 application, every: 1 day}]", "half an application once a day"),
    "two-puffs": ("steps: [{amount: 2 puffs, times: 4, every: 1 day}]", "2 puffs 4 times a day"),
    "share": ("steps: [{share: 50 %, of: the usual dose}]", "50% of the usual dose"),
    "raised": ("steps: [{raise_by: 25 mg, every: 1 week, to: 200 mg}]", "raised by 25 mg every week to 200 mg"),
    "raised-in-parts": (
        "steps: [{raise_by: 100 mg/day, every: 1 week, divided: 3 to 4, to: 1 g/day, for: 4 weeks}]",
        "raised by 100 mg/day every week, in 3–4 divided doses, to 1 g/day, for 4 weeks",
    ),
    "adjusted": ("steps: [{adjusted_to: the blood pressure, every: 2 weeks}]", "adjusted to the blood pressure every 2 weeks"),
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
    "in-all": (
        "route: oral\nsteps: [{amount: 5 mg, once: true}, {amount: 10 mg, every: 1 day}]\nfor: at least 6 weeks",
        "5 mg as a single dose, then 10 mg once a day, by mouth; at least 6 weeks in all",
    ),
    "routes": (
        "steps: [{amount: 5 mg, once: true, route: intravenous}, {amount: 5 mg, every: 1 day, route: oral}]",
        "5 mg as a single dose, intravenously, then 5 mg once a day, by mouth",
    ),
    "limit-of-a-step": (
        "steps: [{amount: 25 mg/kg, most: 800 mg, once: true}, {amount: 12 mg/kg, most: 400 mg, every: 1 day, for: 3 weeks}]",
        "25 mg/kg, at most 800 mg, as a single dose, then 12 mg/kg, at most 400 mg, once a day for 3 weeks",
    ),
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
    "ends-in-two-units": (
        "who: {measures: {age: 28 days to below 2 years, body weight: 500 g to 2 kg}}\nsteps: [{amount: 5 mg, every: 1 day}]",
        "age 28 days to below 2 years; body weight 500 g to 2 kg: 5 mg once a day",
    ),
    "ends-in-one-unit": (
        "who: {measures: {age: above 2 weeks to 4 weeks}}\nsteps: [{amount: 5 mg, every: 1 day}]",
        "age above 2 to 4 weeks: 5 mg once a day",
    ),
    "ends-of-one": (
        "who: {measures: {age: 1 month to below 1 year}}\nsteps: [{amount: 5 mg, every: 1 day}]",
        "age 1 month to below 1 year: 5 mg once a day",
    ),
    "criteria": (
        "who: {criteria: {least: 2, of: [{age: at least 80 years}, {body weight: at most 60 kg, age: at least 65 years}, {eGFR: below 30 mL/min}]}}\n"
        "steps: [{amount: 5 mg, every: 1 day}]",
        "at least 2 of: age at least 80 years, body weight at most 60 kg and age at least 65 years, eGFR below 30 mL/min: 5 mg once a day",
    ),
    "either": (
        "who: {criteria: {least: 1, of: [{body weight: below 60 kg}, {serum creatinine: at least 1.5 mg/dL}]}}\n"
        "steps: [{amount: 5 mg, every: 1 day}]",
        "body weight below 60 kg or serum creatinine at least 1.5 mg/dL: 5 mg once a day",
    ),
    "either-with-words": (
        "who: {measures: {age: at least 18 years}, criteria: {least: 1, of: [{body weight: at most 60 kg, age: below 20 years}], "
        "also: [taking a strong inhibitor of P-gp]}}\nsteps: [{amount: 5 mg, every: 1 day}]",
        "age at least 18 years; body weight at most 60 kg and age below 20 years, or taking a strong inhibitor of P-gp: 5 mg once a day",
    ),
    "two-of-three-with-words": (
        "who: {criteria: {least: 2, of: [{age: at least 80 years}, {body weight: at most 60 kg}], also: [a weak heart]}}\n"
        "steps: [{amount: 5 mg, every: 1 day}]",
        "at least 2 of: age at least 80 years, body weight at most 60 kg, a weak heart: 5 mg once a day",
    ),
    "combination-range": (
        "steps: [{amount: 500 mg/125 mg to 875 mg/125 mg, every: 12 hours}]\nmaximum: [875 mg/125 mg in a dose]",
        "500 mg/125 mg to 875 mg/125 mg every 12 hours; at most 875 mg/125 mg in a dose",
    ),
    "combination-range-by-weight": (
        "steps: [{amount: 20 mg/kg/day/5 mg/kg/day to 60 mg/kg/day/15 mg/kg/day, divided: 3}]",
        "20 mg/kg/day and 5 mg/kg/day to 60 mg/kg/day and 15 mg/kg/day in 3 divided doses",
    ),
    "fluid-by-the-hour": ("steps: [{amount: 100 mL/h, for: 4 hours}]", "100 mL/h for 4 hours"),
    "rate-in-volume": ("steps: [{amount: 5 mg, once: true, rate: 1 to 2 mL/min}]", "5 mg as a single dose, at 1–2 mL/min"),
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
    two = "who: {measures: {body weight: 500 g to 2 kg}}\nsteps: [{amount: 500 mg/125 mg to 875 mg/125 mg, once: true}]"
    assert made(two, vocabulary).spoken(vocabulary) == (
        "body weight 500 grams to 2 kilograms: 500 milligrams and 125 milligrams to 875 milligrams and 125 milligrams as a single dose"
    )
