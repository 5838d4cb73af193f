"""A regimen and a strength, with others that differ from them in one thing each: whatever a dose says has to be told apart."""

from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from macros.formulary.bands import Band, Group
from macros.formulary.doses import Combination, Limit, Rounding, Strength
from macros.formulary.quantities import Amount, Range
from macros.formulary.regimens import Regimen
from macros.formulary.steps import Course
from macros.formulary.values import Value

BAND = Band(Decimal(2), Decimal(5), True, False, "year")
COURSE = Course(amount=Amount(Decimal(5), "mg"), every=Amount(Decimal(12), "hour"))
GROUP = Group((("age", BAND),), 2, ((("age", BAND),), (("INR", BAND),), (("eGFR", BAND),)), ("on dialysis",))
LIMIT = Limit(Amount(Decimal(1), "g"), "day")
REGIMEN = Regimen(GROUP, "oral", (COURSE,), "", (LIMIT,), Rounding("down", Amount(Decimal("0.5"), "mL")))
STRENGTH = Strength((Amount(Decimal(250), "mg"),), Amount(Decimal(5), "mL"))


def of_band(**changed: Any) -> Regimen:
    """The regimen for another age."""
    return replace(REGIMEN, group=replace(GROUP, measures=(("age", replace(BAND, **changed)),)))


def of_group(**changed: Any) -> Regimen:
    """The regimen for another group."""
    return replace(REGIMEN, group=replace(GROUP, **changed))


REGIMENS: dict[str, Value] = {
    "low": of_band(low=Decimal(3)),
    "high": of_band(high=Decimal(6)),
    "low-that-does-not-count": of_band(low_in=False),
    "high-that-counts": of_band(high_in=True),
    "open-below": of_band(low=None),
    "open-above": of_band(high=None),
    "unit-of-the-band": of_band(unit="month"),
    "measure": of_group(measures=(("body weight", BAND),)),
    "no-measure": of_group(measures=()),
    "unit-of-the-low-end": of_band(low_unit="month"),
    "least": of_group(least=1),
    "either": of_group(either=("taking an inhibitor",)),
    "criteria": of_group(criteria=((("age", BAND),), (("INR", BAND),), (("age", BAND),))),
    "also": of_group(also=("off dialysis",)),
    "route": replace(REGIMEN, route="rectal"),
    "withheld": replace(REGIMEN, steps=(), withheld="avoid"),
    "step": replace(REGIMEN, steps=(replace(COURSE, amount=Amount(Decimal(6), "mg")),)),
    "one-more-step": replace(REGIMEN, steps=(COURSE, COURSE)),
    "no-maximum": replace(REGIMEN, maximum=()),
    "maximum": replace(REGIMEN, maximum=(replace(LIMIT, amount=Amount(Decimal(2), "g")),)),
    "period": replace(REGIMEN, maximum=(replace(LIMIT, period="dose"),)),
    "duration": replace(REGIMEN, duration=Amount(Decimal(6), "week")),
    "no-rounding": replace(REGIMEN, rounding=None),
    "way-of-rounding": replace(REGIMEN, rounding=Rounding("up", Amount(Decimal("0.5"), "mL"))),
    "step-of-rounding": replace(REGIMEN, rounding=Rounding("down", Amount(Decimal(1), "mL"))),
}
STRENGTHS: dict[str, Value] = {
    "amount": replace(STRENGTH, amounts=(Amount(Decimal(125), "mg"),)),
    "one-more": replace(STRENGTH, amounts=(Amount(Decimal(250), "mg"), Amount(Decimal(5), "mg"))),
    "each": replace(STRENGTH, each=Amount(Decimal(1), "mL")),
    "unit": replace(STRENGTH, each=Amount(Decimal(5), "tablet")),
}
WEEK = Amount(Decimal(1), "week")
MG, PER_KG = Amount(Decimal(5), "mg"), replace(COURSE, amount=Amount(Decimal(5), "mg/kg"))
SHARE = Course(share=Amount(Decimal(50), "%"), of_dose="the usual dose")
RAISED = Course(raise_by=MG, every=WEEK, to=Amount(Decimal(20), "mg"))
LOWERED = Course(lower_by=MG, every=WEEK)
DIVIDED = Course(amount=Amount(Decimal(5), "mg/day"), divided="2")
# Of each part of a step, a step and one that differs from it in that part alone.
STEPS: dict[str, tuple[Course, Course]] = {
    "route": (COURSE, replace(COURSE, route="oral")),
    "amount": (COURSE, replace(COURSE, amount=Combination((MG, MG)))),
    "weight": (PER_KG, replace(PER_KG, weight="ideal")),
    "most": (PER_KG, replace(PER_KG, most=Amount(Decimal(800), "mg"))),
    "share": (SHARE, replace(SHARE, share=Amount(Decimal(25), "%"))),
    "of_dose": (SHARE, replace(SHARE, of_dose="the highest dose")),
    "raise_by": (RAISED, replace(RAISED, raise_by=Amount(Decimal(6), "mg"))),
    "lower_by": (LOWERED, replace(LOWERED, lower_by=Amount(Decimal(6), "mg"))),
    "to": (RAISED, replace(RAISED, to=Amount(Decimal(25), "mg"))),
    "target": (Course(target=(("INR", BAND),)), Course(target=(("INR", replace(BAND, high=Decimal(3))),))),
    "adjusted_to": (Course(adjusted_to="the pain"), Course(adjusted_to="the fever")),
    "divided": (DIVIDED, replace(DIVIDED, divided="2 to 3")),
    "once": (Course(amount=MG), Course(amount=MG, once=True)),
    "every": (COURSE, replace(COURSE, every=Range(Decimal(8), Decimal(12), "hour"))),
    "times": (replace(COURSE, times="2"), replace(COURSE, times="2 to 3")),
    "days": (COURSE, replace(COURSE, every=Amount(Decimal(28), "day"), days=(1, 8))),
    "at": (COURSE, replace(COURSE, at=("bedtime",))),
    "as_needed": (COURSE, replace(COURSE, as_needed="pain")),
    "duration": (COURSE, replace(COURSE, duration=WEEK)),
    "doses": (COURSE, replace(COURSE, doses=3)),
    "until": (COURSE, replace(COURSE, until="it is gone")),
    "over": (COURSE, replace(COURSE, over=Amount(Decimal(30), "minute"))),
    "rate": (COURSE, replace(COURSE, rate=Amount(Decimal(1), "mL/min"))),
    "volume": (COURSE, replace(COURSE, volume=Amount(Decimal(100), "mL"))),
    "fluid": (COURSE, replace(COURSE, fluid="water")),
    "instead": (COURSE, replace(COURSE, instead=(PER_KG,))),
}


# The keys of a step that an editor writes otherwise.
_KEYS = {"of_dose": "of", "duration": "for", "instead": "or"}


def regimen_as_written(regimen: Regimen) -> dict[str, object]:
    """A regimen with the keys that it was given; of its group nothing, since no data that is spoiled has one."""
    steps = tuple(_step_as_written(step) for step in regimen.steps)
    told = {
        "route": regimen.route,
        "steps": steps,
        "withheld": regimen.withheld,
        "maximum": regimen.maximum,
        "rounding": regimen.rounding,
        "for": regimen.duration,
    }
    return {key: each for key, each in told.items() if each}


def _step_as_written(step: Course) -> dict[str, object]:
    """A step with the keys that it was given; how often a day it is follows from them."""
    told = {_KEYS.get(each.name, each.name): getattr(step, each.name) for each in fields(step)}
    return {key: each for key, each in told.items() if each}
