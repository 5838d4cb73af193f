"""Rules on the figures that doses are computed from. Each is a generator of faults."""

import re
from collections.abc import Iterator
from fractions import Fraction

from macros.finding import Fault
from macros.formulary import dosing, words
from macros.formulary.apart import complete, facts_here
from macros.formulary.book import Formulary
from macros.formulary.dosing import Part
from macros.formulary.model import Fact
from macros.formulary.monograph import Monograph
from macros.formulary.values import Amount, Count, Gap, Range, Regimen, Schedule
from macros.rules.rule import rule

_LEAST_BMI, _MOST_BMI = 15, 60  # kg/m²


@rule("data")
def dose_consistent(book: Formulary) -> Iterator[Fault]:
    """Dose, strength, volume per kilogram, vial content, rates and the label's own example agree with one another."""
    for slug, monograph in complete(book).items():
        unfit = list(_unfit(monograph))
        yield from unfit
        rules = dosing.dose_rules(monograph.facts, slug)
        if unfit or rules is None:
            continue
        if (rates := rules.rates) and rates.start > rates.fastest:
            fact = monograph.facts[f"{slug}/dose/{Part.INFUSION_START}"]
            yield Fault(fact.at, "dose/infusion-start: is faster than dose/infusion-max; correct the one that is wrong")
        if rates and rates.steps > dosing.MOST_STEPS:
            fact = monograph.facts[f"{slug}/dose/{Part.INFUSION_STEP}"]
            yield Fault(fact.at, f"dose/infusion-step: leads to dose/infusion-max in {rates.steps} steps; correct the one that is wrong")
            continue
        yield from _out_of_bounds(monograph, rules)
        yield from _disagreeing(monograph, rules)


def _disagreeing(monograph: Monograph, rules: dosing.DoseRules) -> Iterator[Fault]:
    """What a label states otherwise than its other figures give it."""
    for name, wanted, unit, others in _stated_twice(monograph, rules):
        stated = _fact(monograph, name)
        if stated is None:
            continue
        found, named = _number(stated), words.listed([f"dose/{each}" for each in others])
        if not isinstance(stated.value, Gap) and (found is None or getattr(stated.value, "bound", None)):
            yield Fault(stated.at, f"dose/{name}: can't be compared with {named}; write a plain amount")
        if found is not None and (found != wanted or _unit(stated) != unit):
            gives = f"{'give' if len(others) > 1 else 'gives'} {dosing.plain(wanted)} {unit}"
            message = f"does not agree with {named}, which {gives}; correct the one that is wrong, all stand in dose.yml"
            yield Fault(stated.at, f"dose/{name}: {message}")


def _unfit(monograph: Monograph) -> Iterator[Fault]:
    """The figures that no dose can be computed from, each where it stands, though its name says that one is."""
    for name in Part:
        fact = _fact(monograph, name)
        if fact and (why := dosing.unfit(name, fact)):
            yield Fault(fact.at, f"dose/{name}: {why}; correct it, or give the fact another name if no dose is computed from it")
    fit = {name: fact for name in dosing.COUNTING if (fact := _fact(monograph, name)) and _number(fact) and not dosing.unfit(name, fact)}
    counted = {name: _unit(fact).partition("/")[0] for name, fact in fit.items()}
    if len(set(counted.values())) > 1:
        first, second = sorted(counted)
        fact = monograph.facts[f"{monograph.slug}/dose/{second}"]
        yield Fault(
            fact.at, f"dose/{second}: counts in {counted[second]}, but dose/{first} in {counted[first]}; correct the one that is wrong"
        )


def _out_of_bounds(monograph: Monograph, rules: dosing.DoseRules) -> Iterator[Fault]:
    """What no label can mean."""
    example, constant = _fact(monograph, "example-weight"), _fact(monograph, Part.INFUSION_CONSTANT)
    weight = _number(example)
    if example and weight is not None and (weight.denominator != 1 or _unit(example) != "kg"):
        yield Fault(example.at, "dose/example-weight: is no whole number of kilograms, so the example can't be compared; write one")
    if rules.highest_bmi is not None and not _LEAST_BMI <= rules.highest_bmi <= _MOST_BMI:
        fact = monograph.facts[f"{monograph.slug}/dose/{Part.HIGHEST_BMI}"]
        yield Fault(
            fact.at, f"dose/highest-bmi: is no body mass index that a label would name; write one from {_LEAST_BMI} to {_MOST_BMI} kg/m²"
        )
    if constant and not isinstance(constant.value, Gap) and _fact(monograph, Part.INFUSION_START):
        yield Fault(constant.at, "dose/infusion-constant: stands beside rates that rise; keep one of the two")


def _stated_twice(monograph: Monograph, rules: dosing.DoseRules) -> Iterator[tuple[str, Fraction, str, tuple[str, ...]]]:
    """What a label may state that its other figures give, too: its name, its number and unit, and the names of the others."""
    strength, dose = _fact(monograph, Part.STRENGTH), _number(_fact(monograph, Part.STANDARD))
    both = (Part.STANDARD, Part.STRENGTH)
    volume = (Part.WEIGHT_PER_VOLUME,) if _fact(monograph, Part.WEIGHT_PER_VOLUME) else both
    yield Part.VOLUME_PER_KG, rules.volume_per_kg, "mL/kg", volume
    if strength and (content := _number(strength)) is not None:
        if dose:
            yield Part.WEIGHT_PER_VOLUME, content / dose, Part.WEIGHT_PER_VOLUME.unit, both
        if rules.vial:
            yield "vial-content", content * rules.vial, _unit(strength).replace("/mL", "/vial"), (Part.STRENGTH, Part.VIAL_VOLUME)
    weight = _number(_fact(monograph, "example-weight"))
    if weight is not None and weight.denominator == 1 and rules.highest_bmi is None:
        infusion = rules.infusion(int(weight))
        yield "example-volume", infusion.volume, "mL", (*volume, "example-weight")
        if infusion.vials is not None:
            yield "example-vials", Fraction(infusion.vials), "vial", (*volume, "example-weight", Part.VIAL_VOLUME)
    if (hourly := _number(_fact(monograph, Part.INFUSION_CONSTANT))) is not None:
        yield "infusion-constant-minute", Fraction(round(hourly / 60)), "mL/min", (Part.INFUSION_CONSTANT,)


@rule("data")
def condition_apart(book: Formulary) -> Iterator[Fault]:
    """What a dose, a rate or an interval holds under stands in its condition, which is printed wherever the value is, not in a note."""
    for fact in facts_here(book):
        said = _CONDITION.search(fact.note or "")
        if said and fact.file in _CONDITIONAL and isinstance(fact.value, Amount | Range | Count | Schedule | Regimen):
            yield Fault(fact.at, f"{fact.short_id}: its note says '{said[0]}', and a note can be left out; write that in 'condition:'")


# The files whose figures are acted on, and the words by which a note limits one.
_CONDITIONAL = ("dose", "monitoring")
_CONDITION = re.compile(r"\b(?:only|unless|if|provided|except|as long as|not for|no more than|up to|at most)\b", re.IGNORECASE)


@rule("data")
def interval_around_value(book: Formulary) -> Iterator[Fault]:
    """The interval of a result holds its value, so that no end of it is another result's."""
    for fact in facts_here(book):
        value, interval = fact.value, fact.interval
        if interval and isinstance(value, Amount) and not interval.low <= value.exact <= interval.high:
            yield Fault(fact.at, f"{fact.short_id}: its interval does not hold its value; correct the one that is wrong")


def _fact(monograph: Monograph, name: str) -> Fact | None:
    return monograph.facts.get(f"{monograph.slug}/dose/{name}")


def _unit(fact: Fact) -> str:
    """The unit of an amount, of a regimen's single dose or of a count; "" of any other value."""
    if isinstance(fact.value, Count):
        return fact.value.unit
    return amount.unit if (amount := dosing.amount_of(fact.value)) else ""


def _number(fact: Fact | None) -> Fraction | None:
    """The exact number of an amount, of a regimen's single dose or of a count."""
    if fact and (amount := dosing.amount_of(fact.value)):
        return Fraction(amount.exact)
    return Fraction(fact.value.number) if fact and isinstance(fact.value, Count) else None
