"""Doses computed from the facts of dose.yml: volume, vials and shortest infusion time for a body weight."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from macros.finding import Refused
from macros.model import Fact
from macros.values import Amount

# The facts that the computation reads, by the part they play, with the unit that each must have.
# per_kg / strength must come out in the unit of volume; the rates must be that volume per minute.
PARTS = {
    "per_kg": ("dose/standard", "vg/kg"),
    "strength": ("dose/strength", "vg/mL"),
    "vial": ("dose/vial-volume", "mL"),
    "start": ("dose/infusion-start", "mL/min"),
    "step": ("dose/infusion-step", "mL/min"),
    "interval": ("dose/infusion-interval", "minute"),
    "fastest": ("dose/infusion-max", "mL/min"),
}


# What the label states besides, so that readers can compare; cited beside every computed dose.
STATED = ("dose/volume-per-kg",)
# No infusion takes more steps to its highest rate; with more, a rate has lost or won a zero.
MOST_STEPS = 100


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch of the infusion at one rate: mL per minute, minutes, mL."""

    rate: Fraction
    minutes: Fraction
    volume: Fraction


@dataclass(frozen=True, slots=True)
class Infusion:
    """What a body weight needs: mL, whole vials, and the legs of the fastest infusion that the rates allow."""

    weight: int
    volume: Fraction
    vials: int
    legs: tuple[Leg, ...]

    @property
    def minutes(self) -> Fraction:
        """The shortest infusion time in minutes."""
        return sum((leg.minutes for leg in self.legs), Fraction())


@dataclass(frozen=True)
class Rules:
    """The label's figures that a dose is computed from, as exact numbers in the units of PARTS."""

    per_kg: Fraction
    strength: Fraction
    vial: Fraction
    start: Fraction
    step: Fraction
    interval: Fraction
    fastest: Fraction

    @property
    def volume_per_kg(self) -> Fraction:
        """Millilitres for each kilogram of body weight."""
        return self.per_kg / self.strength

    @property
    def steps(self) -> int:
        """How many steps lead from the first rate to the highest."""
        return ceil((self.fastest - self.start) / self.step)

    def infusion(self, weight: int) -> Infusion:
        """The infusion for a body weight in whole kilograms."""
        if self.steps > MOST_STEPS:
            raise Refused(f"the highest rate is {self.steps} steps away; correct dose/infusion-step or dose/infusion-max")
        volume = self.volume_per_kg * weight
        legs: list[Leg] = []
        rate, left = self.start, volume
        while left:
            most = left if rate >= self.fastest else min(left, rate * self.interval)
            legs.append(Leg(rate, most / rate, most))
            left -= most
            rate = min(rate + self.step, self.fastest)
        return Infusion(weight, volume, ceil(volume / self.vial), tuple(legs))


def rules(facts: Mapping[str, Fact], slug: str) -> Rules | None:
    """The dose rules of a medicine, or nothing if one of the figures is not established or in another unit."""
    parts = {}
    for part, (short_id, unit) in PARTS.items():
        fact = facts.get(f"{slug}/{short_id}")
        if fact is None or not isinstance(fact.value, Amount) or fact.value.unit != unit or fact.value.number <= 0:
            return None
        if fact.value.bound and part != "vial":
            return None  # a limit is no dose; only of the vial the label states the least that it yields
        parts[part] = Fraction(fact.value.exact)
    return Rules(**parts)


def plain(exact: Fraction) -> str:
    """The number in digits, exact where its digits end; one that never ends is rounded up to a tenth, with "about"."""
    rest = exact.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        return f"{(Decimal(exact.numerator) / Decimal(exact.denominator)).normalize():f}"
    return f"about {(Decimal(ceil(exact * 10)) / 10).normalize():f}"
