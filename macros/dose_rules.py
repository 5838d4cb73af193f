"""Rules on the figures that doses are computed from. Each is a generator of findings, as in rules.py."""

from collections.abc import Iterator
from fractions import Fraction

from macros import dosing, words
from macros.finding import Fault
from macros.formulary import Formulary, Monograph
from macros.model import Fact
from macros.values import Amount, Count, Range


def dose_consistent(book: Formulary) -> Iterator[Fault]:
    """Dose, strength, volume per kilogram, vial content, rates and the label's own example agree with one another."""
    for slug, monograph in book.monographs.items():
        rules = dosing.rules(monograph.facts, slug)
        if rules is None:
            continue
        if (rates := rules.rates) and rates.start > rates.fastest:
            fact = monograph.facts[f"{slug}/dose/infusion-start"]
            yield fact.at, "dose/infusion-start: is faster than dose/infusion-max; correct the one that is wrong"
        if rates and rates.steps > dosing.MOST_STEPS:
            fact = monograph.facts[f"{slug}/dose/infusion-step"]
            yield fact.at, f"dose/infusion-step: leads to dose/infusion-max in {rates.steps} steps; correct the one that is wrong"
            continue
        for name, wanted, unit, others in _stated_twice(monograph, rules):
            fact = _fact(monograph, name)
            found = _number(fact)
            if fact and found is not None and (found != wanted or fact.value.unit != unit):
                yield (
                    fact.at,
                    (
                        f"dose/{name}: does not agree with {words.listed([f'dose/{each}' for each in others])}, "
                        f"which {'give' if len(others) > 1 else 'gives'} {dosing.plain(wanted)} {unit}; "
                        "correct the one that is wrong, all stand in dose.yml"
                    ),
                )


def _stated_twice(monograph: Monograph, rules: dosing.Rules) -> Iterator[tuple[str, Fraction, str, tuple[str, ...]]]:
    """What a label may state that its other figures give, too: its name, its number and unit, and the names of the others."""
    strength, dose = _fact(monograph, "strength"), _number(_fact(monograph, "standard"))
    volume = ("weight-per-volume",) if _fact(monograph, "weight-per-volume") else ("standard", "strength")
    yield "volume-per-kg", rules.volume_per_kg, "mL/kg", volume
    if (content := _number(strength)) is not None:
        if dose:
            yield "weight-per-volume", content / dose, "kg/mL", ("standard", "strength")
        if rules.vial:
            yield "vial-content", content * rules.vial, strength.value.unit.replace("/mL", "/vial"), ("strength", "vial-volume")
    if (weight := _number(_fact(monograph, "example-weight"))) is not None and rules.highest_bmi is None:
        infusion = rules.infusion(int(weight))
        yield "example-volume", infusion.volume, "mL", (*volume, "example-weight")
        if infusion.vials is not None:
            yield "example-vials", Fraction(infusion.vials), "vial", (*volume, "example-weight", "vial-volume")
    if (hourly := _number(_fact(monograph, "infusion-constant"))) is not None:
        yield "infusion-constant-minute", Fraction(round(hourly / 60)), "mL/min", ("infusion-constant",)


def no_trailing_zero(book: Formulary) -> Iterator[Fault]:
    """A dose, volume or rate has no zero at the end of its decimals, which could be misread as ten times as much."""
    for fact in book.facts.values():
        value = fact.value
        numbers = (value.number,) if isinstance(value, Amount) else (value.low, value.high) if isinstance(value, Range) else ()
        if fact.file == "dose":
            for number in numbers:
                if "." in str(number) and str(number).endswith("0"):
                    yield fact.at, f"{fact.short_id}: '{number}' ends in a zero; write {number.normalize():f}"


def _fact(monograph: Monograph, name: str) -> Fact | None:
    return monograph.facts.get(f"{monograph.slug}/dose/{name}")


def _number(fact: Fact | None) -> Fraction | None:
    """The exact number of an amount or a count."""
    if fact and isinstance(fact.value, Amount):
        return Fraction(fact.value.exact)
    return Fraction(fact.value.number) if fact and isinstance(fact.value, Count) else None
