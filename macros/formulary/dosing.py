"""Doses computed from the facts of dose.yml: volume, vials and shortest infusion time for a body weight."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from macros.finding import Refused
from macros.formulary.model import Fact
from macros.formulary.values import Amount, Gap

# The facts that the computation reads, with the unit that each must have; "?" is what the dose counts, such as vg or gc.
# The volume comes from dose and strength, or, where a label says so itself, from the body weight that a milliliter is for.
PARTS = {
    "standard": "?/kg",
    "strength": "?/mL",
    "weight-per-volume": "kg/mL",
    "vial-volume": "mL",
    "highest-bmi": "kg/m²",
    "infusion-start": "mL/min",
    "infusion-step": "mL/min",
    "infusion-interval": "minute",
    "infusion-max": "mL/min",
    "infusion-constant": "mL/h",
    "final-volume": "mL",
}
_STEPPED = ("infusion-start", "infusion-step", "infusion-interval", "infusion-max")

# What the label states besides, so that readers can compare; cited beside every computed dose.
STATED = ("volume-per-kg",)
# Those of them that the volume alone rests on.
VOLUME = ("standard", "strength", "weight-per-volume", "highest-bmi", *STATED)
# No infusion takes more steps to its highest rate; with more, a rate has lost or won a zero.
MOST_STEPS = 100
# kg; far above anyone, so that a slip of the pen can't make an endless table.
HEAVIEST = 500


def possible(weight: int) -> int:
    """The body weight in kg, if anyone can have it."""
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
    """What a body weight needs: kg that count, mL, whole vials, and the legs of the fastest infusion; nothing where not known."""

    weight: int
    dose_weight: Fraction
    volume: Fraction
    vials: int | None
    legs: tuple[Leg, ...] | None

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

    def legs(self, volume: Fraction) -> tuple[Leg, ...]:
        """The stretches of the fastest infusion of the volume."""
        if self.steps > MOST_STEPS:
            raise Refused(f"the highest rate is {self.steps} steps away; correct dose/infusion-step or dose/infusion-max")
        legs: list[Leg] = []
        rate, left = self.start, volume
        while left:
            most = left if rate >= self.fastest else min(left, rate * self.interval)
            legs.append(Leg(rate, most / rate, most))
            left -= most
            rate = min(rate + self.step, self.fastest)
        return tuple(legs)


@dataclass(frozen=True, slots=True)
class Rules:
    """The label's figures that a dose is computed from, as exact numbers in the units of PARTS; nothing where not known."""

    volume_per_kg: Fraction
    vial: Fraction | None = None
    rates: Rates | None = None
    highest_bmi: Fraction | None = None
    final_volume: Fraction | None = None
    diluted: bool = False

    def dose_weight(self, weight: int, height: int | None) -> Fraction:
        """The kilograms that count, for a height in centimeters; above the highest body mass index they no longer rise."""
        if self.highest_bmi is None:
            return Fraction(weight)
        if height is None:
            raise Refused("the dose depends on the height as well; use dose_table_by_height()")
        return min(Fraction(weight), self.highest_bmi * Fraction(height, 100) ** 2)

    def infusion(self, weight: int, height: int | None = None) -> Infusion:
        """The infusion for a body weight in whole kilograms and, where it counts, a height in centimeters."""
        dose_weight = self.dose_weight(weight, height)
        volume = self.volume_per_kg * dose_weight
        vials = None if self.vial is None else ceil(volume / self.vial)
        infused = volume if self.final_volume is None else self.final_volume
        legs = self.rates.legs(infused) if self.rates and infused >= volume else None  # less than the dose is not all of it
        return Infusion(weight, dose_weight, volume, vials, legs)


def rules(facts: Mapping[str, Fact], slug: str) -> Rules | None:
    """The dose rules of a medicine, or nothing if one of the figures that it needs is missing or in another unit."""
    given: dict[str, Fraction] = {}
    counted = set()
    for name, wanted in PARTS.items():
        fact = facts.get(f"{slug}/dose/{name}")
        if fact is None:
            continue
        value = fact.value
        if isinstance(value, Gap):
            if name == "highest-bmi":
                return None  # there is a limit, so nothing may be computed without it
            continue
        if unfit(name, fact) or not isinstance(value, Amount):
            return None
        if wanted.startswith("?"):
            counted.add(value.unit.partition("/")[0])
        given[name] = Fraction(value.exact)
    volume = _volume_per_kg(given) if len(counted) <= 1 else None
    stepped = [name in given for name in _STEPPED]
    if volume is None or (any(stepped) and not all(stepped)):
        return None
    dilution, final = (facts.get(f"{slug}/dose/{name}") for name in ("dilution", "final-volume"))
    diluted = "final-volume" in given or (dilution is not None and not isinstance(dilution.value, Gap))
    rates = None if (dilution or final) and "final-volume" not in given else _rates(given)
    return Rules(volume, given.get("vial-volume"), rates, given.get("highest-bmi"), given.get("final-volume"), diluted)


def _units(wanted: str) -> str:
    """A unit of PARTS in words."""
    return " or ".join(wanted.replace("?", what) for what in ("vg", "gc")) if wanted.startswith("?") else wanted


def unfit(name: str, fact: Fact) -> str:
    """Why no dose can be computed from the fact of this name, in words; nothing if one can, or if its value is a gap."""
    value, wanted = fact.value, PARTS.get(name, "mL/kg")
    if isinstance(value, Gap):
        return ""
    if not isinstance(value, Amount):
        return f"is no amount, where doses are computed from one in {_units(wanted)}"
    if value.number <= 0:
        return "is not above zero"
    if value.unit != wanted.replace("?", value.unit.partition("/")[0]):
        return f"is in {value.unit}, where doses are computed from {_units(wanted)}"
    if value.bound and (name, value.bound) not in (("vial-volume", "at least"), ("vial-volume", "≥")):
        return f"is a limit ({value.bound}), and a limit is no dose"  # only of the vial the label states the least that it yields
    return ""


def _volume_per_kg(given: Mapping[str, Fraction]) -> Fraction | None:
    if "weight-per-volume" in given:
        return 1 / given["weight-per-volume"]
    return given["standard"] / given["strength"] if {"standard", "strength"} <= given.keys() else None


def _rates(given: Mapping[str, Fraction]) -> Rates | None:
    if _STEPPED[0] in given:
        return Rates(*(given[name] for name in _STEPPED))
    if (hourly := given.get("infusion-constant")) is not None:
        return Rates(hourly / 60, hourly / 60, Fraction(1), hourly / 60)
    return None


def read_from(facts: Mapping[str, Fact], slug: str, names: Iterable[str]) -> list[str]:
    """The short ids of those of the named facts that are given as amounts."""
    named = [f"dose/{name}" for name in names]
    return [short for short in named if (fact := facts.get(f"{slug}/{short}")) and isinstance(fact.value, Amount)]


def plain(exact: Fraction) -> str:
    """The number in digits, exact where its digits end; one that never ends is rounded up to a tenth, with "about"."""
    rest = exact.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        return f"{(Decimal(exact.numerator) / Decimal(exact.denominator)).normalize():f}"
    return f"about {(Decimal(ceil(exact * 10)) / 10).normalize():f}"
