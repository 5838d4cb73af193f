"""Doses computed from the facts of dose.yml: volume, vials and shortest infusion time for a body weight."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import Self

from macros.finding import Refused
from macros.formulary.model import Fact
from macros.formulary.values import Amount, Gap, Regimen, Value


class Part(StrEnum):
    """The name of a fact of dose.yml that a computed dose rests on or is compared with.

    `unit` is the unit that the fact must have; "?" in it is what the dose counts, such as vg or gc.
    """

    # Dose and strength give the volume, or a label says itself for which body weight a milliliter is.
    STANDARD = "standard", "?/kg"
    STRENGTH = "strength", "?/mL"
    WEIGHT_PER_VOLUME = "weight-per-volume", "kg/mL"
    VIAL_VOLUME = "vial-volume", "mL"
    HIGHEST_BMI = "highest-bmi", "kg/m²"
    INFUSION_START = "infusion-start", "mL/min"
    INFUSION_STEP = "infusion-step", "mL/min"
    INFUSION_INTERVAL = "infusion-interval", "minute"
    INFUSION_MAX = "infusion-max", "mL/min"
    INFUSION_CONSTANT = "infusion-constant", "mL/h"
    FINAL_VOLUME = "final-volume", "mL"
    # What the label states besides, so that readers can compare; cited beside every computed dose.
    VOLUME_PER_KG = "volume-per-kg", "mL/kg"

    unit: str

    def __new__(cls, name: str, unit: str) -> Self:
        """The name, as a text, with its unit."""
        made = str.__new__(cls, name)
        made._value_, made.unit = name, unit
        return made


STATED = (Part.VOLUME_PER_KG,)
# Those that the computation reads, with the unit that each must have.
PARTS = {part: part.unit for part in Part if part not in STATED}
# Those of them that say what the dose counts.
COUNTING = tuple(part for part in PARTS if part.unit.startswith("?"))
# What the volume alone rests on.
VOLUME = (Part.STANDARD, Part.STRENGTH, Part.WEIGHT_PER_VOLUME, Part.HIGHEST_BMI, *STATED)
# What the rates of an infusion that rise rest on.
STEPPED = (Part.INFUSION_START, Part.INFUSION_STEP, Part.INFUSION_INTERVAL, Part.INFUSION_MAX)

# No infusion takes more steps to its highest rate; with more, a rate has lost or won a zero.
MOST_STEPS = 100
# kg; far above anyone, so that a slip of the pen can't make an endless table.
HEAVIEST = 500


def possible(weight: int) -> int:
    """The body weight in kg. Raises Refused if nobody can have it."""
    if not 1 <= weight <= HEAVIEST:
        raise Refused(f"nobody weighs {weight} kg; write a whole number from 1 to {HEAVIEST}")
    return weight


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch of the infusion at one rate: mL per minute, minutes, mL."""

    rate: Fraction
    minutes: Fraction
    volume: Fraction


@dataclass(frozen=True, slots=True)
class Infusion:
    """What a body weight needs: kg that count, mL, whole vials, and the legs of the fastest infusion; None where not known.

    `capped` says whether the regimen's maximum holds the volume down.
    """

    weight: int
    dose_weight: Fraction
    volume: Fraction
    vials: int | None
    legs: tuple[Leg, ...] | None
    capped: bool = False

    @property
    def minutes(self) -> Fraction | None:
        """The shortest infusion time in minutes, if the rates are known."""
        return None if self.legs is None else sum((leg.minutes for leg in self.legs), Fraction())


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of an infusion in mL per minute, and the minutes at each; one that never changes starts with the fastest."""

    start: Fraction
    step: Fraction
    interval: Fraction
    fastest: Fraction

    @property
    def steps(self) -> int:
        """How many steps lead from the first rate to the highest."""
        return ceil((self.fastest - self.start) / self.step)

    def climb(self) -> tuple[Leg, ...]:
        """The rates below the highest, each with the minutes before the next step and the mL given in them.

        Raises Refused if the highest rate is too many steps away.
        """
        self._reached()
        rates = (self.start + self.step * number for number in range(self.steps))
        return tuple(Leg(rate, self.interval, rate * self.interval) for rate in rates)

    def _reached(self) -> None:
        if self.steps > MOST_STEPS:
            raise Refused(f"the highest rate is {self.steps} steps away; correct dose/infusion-step or dose/infusion-max")

    def legs(self, volume: Fraction) -> tuple[Leg, ...]:
        """The stretches of the fastest infusion of a volume in mL. Raises Refused if the highest rate is too many steps away."""
        self._reached()
        legs: list[Leg] = []
        rate, left = self.start, volume
        while left:
            most = left if rate >= self.fastest else min(left, rate * self.interval)
            legs.append(Leg(rate, most / rate, most))
            left -= most
            rate = min(rate + self.step, self.fastest)
        return tuple(legs)


@dataclass(frozen=True, slots=True)
class DoseRules:
    """The label's figures that a dose is computed from, as exact numbers in the units of PARTS; None where not known."""

    volume_per_kg: Fraction
    most: Fraction | None = None
    vial: Fraction | None = None
    rates: Rates | None = None
    highest_bmi: Fraction | None = None
    final_volume: Fraction | None = None
    diluted: bool = False

    def dose_weight(self, weight: int, height: int | None) -> Fraction:
        """The kilograms that count, for a height in centimeters; above the highest body mass index they no longer rise.

        Raises Refused if the height counts and is not given.
        """
        if self.highest_bmi is None:
            return Fraction(weight)
        if height is None:
            raise Refused("the dose depends on the height as well; use dose_table_by_height()")
        return min(Fraction(weight), self.highest_bmi * Fraction(height, 100) ** 2)

    def volume(self, dose_weight: Fraction) -> tuple[Fraction, bool]:
        """The volume in mL for the kilograms that count, and whether the maximum holds it down."""
        volume = self.volume_per_kg * dose_weight
        return (volume, False) if self.most is None or volume <= self.most else (self.most, True)

    def infusion(self, weight: int, height: int | None = None) -> Infusion:
        """The infusion for a body weight in whole kilograms and, where it counts, a height in centimeters.

        Raises Refused if the height counts and is not given, or if the rates make no infusion.
        """
        dose_weight = self.dose_weight(weight, height)
        volume, capped = self.volume(dose_weight)
        vials = None if self.vial is None else ceil(volume / self.vial)
        infused = volume if self.final_volume is None else self.final_volume
        legs = self.rates.legs(infused) if self.rates and infused >= volume else None  # less than the dose is not all of it
        return Infusion(weight, dose_weight, volume, vials, legs, capped)


def dose_rules(facts: Mapping[str, Fact], slug: str) -> DoseRules | None:
    """The rules of a medicine's dose; None if one of the figures that it needs is missing or unfit, which `unfit` explains."""
    given: dict[Part, Fraction] = {}
    counted = set()
    for part in PARTS:
        fact = facts.get(f"{slug}/dose/{part}")
        if fact is None:
            continue
        if isinstance(fact.value, Gap):
            if part is Part.HIGHEST_BMI:
                return None  # there is a limit, so nothing may be computed without it
            continue
        value = amount_of(fact.value)
        if unfit(part, fact) or value is None:
            return None
        if part in COUNTING:
            counted.add(value.unit.partition("/")[0])
        given[part] = Fraction(value.exact)
    volume = _volume_per_kg(given) if len(counted) <= 1 else None
    stepped = [part in given for part in STEPPED]
    if volume is None or (any(stepped) and not all(stepped)):
        return None
    dilution, final = (facts.get(f"{slug}/dose/{name}") for name in ("dilution", Part.FINAL_VOLUME))
    final_known = Part.FINAL_VOLUME in given
    dose, strength = facts.get(f"{slug}/dose/{Part.STANDARD}"), given.get(Part.STRENGTH)
    weighed = dose is not None and isinstance(dose.value, Regimen) and any(step.weight for step in dose.value.steps)
    if weighed and Part.HIGHEST_BMI not in given:
        return None  # by a weight that nothing here tells
    most = None if dose is None else _most(dose.value, "" if (of := amount_of(dose.value)) is None else of.unit)
    if most is not None and strength is None:
        return None  # a limit that can't be turned into a volume
    return DoseRules(
        volume_per_kg=volume,
        most=None if most is None or strength is None else most / strength,
        vial=given.get(Part.VIAL_VOLUME),
        rates=None if (dilution or final) and not final_known else _rates(given),
        highest_bmi=given.get(Part.HIGHEST_BMI),
        final_volume=given.get(Part.FINAL_VOLUME),
        diluted=final_known or (dilution is not None and not isinstance(dilution.value, Gap)),
    )


def _units(wanted: str) -> str:
    """A unit of PARTS in words."""
    return " or ".join(wanted.replace("?", what) for what in ("vg", "gc")) if wanted.startswith("?") else wanted


def unfit(part: Part, fact: Fact) -> str:
    """Why no dose can be computed from the fact of this name, in words; "" if one can, or if its value is a gap."""
    if isinstance(fact.value, Gap):
        return ""
    value = amount_of(fact.value)
    if value is None:
        return f"is no amount, where doses are computed from one in {_units(part.unit)}"
    if value.number <= 0:
        return "is not above zero"
    if value.unit != part.unit.replace("?", value.unit.partition("/")[0]):
        return f"is in {value.unit}, where doses are computed from {_units(part.unit)}"
    if value.bound and not (part is Part.VIAL_VOLUME and value.bound in ("at least", "≥")):
        return f"is a limit ({value.bound}), and a limit is no dose"  # only of the vial the label states the least that it yields
    if isinstance(fact.value, Regimen) and fact.value.rounding:
        return "has a rule of rounding, by which no infusion is computed"
    if isinstance(fact.value, Regimen) and fact.value.maximum and _most(fact.value, value.unit) is None:
        return "has a maximum that its amount can't be compared with"
    return ""


def amount_of(value: Value) -> Amount | None:
    """The amount that a value states, or that a regimen of a single dose for everybody gives; None of any other."""
    return value.single if isinstance(value, Regimen) else value if isinstance(value, Amount) else None


def _most(value: Value, unit: str) -> Fraction | None:
    """The most of a single dose in what a unit for each kg counts; None if there is no limit, or none that can be compared."""
    if not isinstance(value, Regimen):
        return None
    counted = unit.partition("/")[0]
    limits = [limit.amount for limit in value.maximum if isinstance(limit.amount, Amount) and limit.amount.unit == counted]
    return min((Fraction(each.exact) for each in limits), default=None) if len(limits) == len(value.maximum) else None


def _volume_per_kg(given: Mapping[Part, Fraction]) -> Fraction | None:
    if Part.WEIGHT_PER_VOLUME in given:
        return 1 / given[Part.WEIGHT_PER_VOLUME]
    return given[Part.STANDARD] / given[Part.STRENGTH] if {Part.STANDARD, Part.STRENGTH} <= given.keys() else None


def _rates(given: Mapping[Part, Fraction]) -> Rates | None:
    if Part.INFUSION_START in given:
        return Rates(*(given[part] for part in STEPPED))
    if (hourly := given.get(Part.INFUSION_CONSTANT)) is not None:
        return Rates(hourly / 60, hourly / 60, Fraction(1), hourly / 60)
    return None


def read_from(facts: Mapping[str, Fact], slug: str, names: Iterable[str]) -> list[str]:
    """The short ids of those of the named facts that are given as amounts."""
    named = [f"dose/{name}" for name in names]
    return [short for short in named if (fact := facts.get(f"{slug}/{short}")) and amount_of(fact.value)]


def hours_and_minutes(exact: Fraction) -> tuple[int, int]:
    """Whole hours, and the whole minutes beyond them, of so many minutes; rounded up, since nobody may take a shortest time for longer."""
    return divmod(ceil(exact), 60)


def clock(exact: Fraction) -> str:
    """So many minutes as hours and minutes, rounded up to the whole minute: 1:47."""
    hours, minutes = hours_and_minutes(exact)
    return f"{hours}:{minutes:02}"


def plain(exact: Fraction) -> str:
    """The number in digits, exact where its digits end; one that never ends is rounded up to a tenth, with "about"."""
    rest = exact.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        return f"{(Decimal(exact.numerator) / Decimal(exact.denominator)).normalize():,f}"
    return f"about {(Decimal(ceil(exact * 10)) / 10).normalize():,f}"
