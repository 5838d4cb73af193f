"""Doses computed from data: the reference's own vectors, every body weight a second way, and the rules' limits."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from macros import dosing
from macros.dosing import Infusion, Leg, Rates, Rules
from macros.formulary import Formulary, load
from tests.conftest import MEDICINE, SLUG, TODAY


@pytest.fixture(scope="module")
def label(book: Formulary) -> Rules:
    """The rules of the real medicine, from its data."""
    found = dosing.rules(book.monographs[MEDICINE].facts, MEDICINE)
    assert found, "a figure that the dose is computed from is missing in dose.yml"
    return found


def computed(rules: Rules, weight: int) -> tuple[int, str, int, str]:
    """Weight, volume, vials and minutes, as the tables print them."""
    infusion = rules.infusion(weight)
    return infusion.weight, dosing.plain(infusion.volume), infusion.vials, dosing.plain(infusion.minutes)


@pytest.mark.parametrize(
    "expected",
    [
        (50, "150", 19, "80"),
        (60, "180", 23, "90"),
        (70, "210", 27, "97.5"),
        (80, "240", 30, "105"),
        (100, "300", 38, "120"),
        (120, "360", 45, "135"),
        (82, "246", 31, "106.5"),
    ],
    ids=lambda row: f"{row[0]}kg",
)
def test_vector_of_the_reference(label: Rules, expected: tuple[int, str, int, str]) -> None:
    assert computed(label, expected[0]) == expected


def slowly(weight: int) -> tuple[int, int, Fraction]:
    """Millilitres, vials and minutes, counted vial by vial and five seconds by five seconds.

    In five seconds 1 mL/min gives one twelfth of a millilitre, so everything here is a whole number.
    """
    volume = 3 * weight
    vials = 0
    while 8 * vials < volume:
        vials += 1
    given = ticks = 0
    while given < 12 * volume:
        given += min(1 + ticks // 360, 4)
        ticks += 1
    return volume, vials, Fraction(ticks, 12)


def test_every_weight_agrees_with_slow_counting(label: Rules) -> None:
    quickly = {weight: label.infusion(weight) for weight in range(40, 151)}
    assert {w: (i.volume, i.vials, i.minutes) for w, i in quickly.items()} == {w: slowly(w) for w in quickly}


RATES = Rates(start=Fraction(1), step=Fraction(1), interval=Fraction(20), fastest=Fraction(3))
SIMPLE = Rules(volume_per_kg=Fraction(2), vial=Fraction(10), rates=RATES)


def leg(rate: int, minutes: int | Fraction, volume: int) -> Leg:
    """A stretch at one rate."""
    return Leg(Fraction(rate), Fraction(minutes), Fraction(volume))


INFUSIONS = {
    "all-rates": (SIMPLE, 90, 180, 18, (leg(1, 20, 20), leg(2, 20, 40), leg(3, 40, 120))),
    "a-third-of-a-minute": (SIMPLE, 70, 140, 14, (leg(1, 20, 20), leg(2, 20, 40), leg(3, Fraction(80, 3), 80))),
    "first-rate-only": (SIMPLE, 5, 10, 1, (leg(1, 10, 10),)),
    "ends-with-a-rate": (SIMPLE, 30, 60, 6, (leg(1, 20, 20), leg(2, 20, 40))),
    "a-vial-just-opened": (SIMPLE, 51, 102, 11, (leg(1, 20, 20), leg(2, 20, 40), leg(3, 14, 42))),
    "one-rate": (replace(SIMPLE, rates=replace(RATES, start=Fraction(3))), 60, 120, 12, (leg(3, 40, 120),)),
    "step-past-the-fastest": (replace(SIMPLE, rates=replace(RATES, step=Fraction(5))), 40, 80, 8, (leg(1, 20, 20), leg(3, 20, 60))),
    "no-weight": (SIMPLE, 0, 0, 0, ()),
}


@pytest.mark.parametrize(("rules", "weight", "volume", "vials", "legs"), INFUSIONS.values(), ids=INFUSIONS.keys())
def test_infusion(rules: Rules, weight: int, volume: int, vials: int, legs: tuple[Leg, ...]) -> None:
    assert rules.infusion(weight) == Infusion(weight, Fraction(weight), Fraction(volume), vials, legs)


def test_minutes_are_those_of_all_legs() -> None:
    assert SIMPLE.infusion(90).minutes == Fraction(80)


def test_rules_come_from_the_data(project: Path) -> None:
    facts = load(project, TODAY)[0].facts
    assert dosing.rules(facts, SLUG) == SIMPLE


NO_RULES = {
    "missing": ("infusion-max:", "infusion-highest:"),
    "other-unit": ("amount: 2 × 10^13 vg/mL", "amount: 2 × 10^13 vg/vial"),
    "no-amount": ("amount: 3 mL/min", "terms: [slow]"),
    "unknown": ("amount: 20 minutes", "unknown: {reason: Not read., searched: 2026-01-10}"),
    "nought": ("amount: at least 10 mL", "amount: 0 mL"),
}


@pytest.mark.parametrize(("old", "new"), NO_RULES.values(), ids=NO_RULES.keys())
def test_no_rules_without_every_figure(project: Path, edit, old: str, new: str) -> None:
    edit(f"macros/data/{SLUG}/dose.yml", old, new)
    book, findings = load(project, TODAY)
    assert (findings, dosing.rules(book.facts, SLUG)) == ([], None)


@pytest.mark.parametrize(
    ("exact", "expected"),
    [
        (Fraction(0), "0"),
        (Fraction(150), "150"),
        (Fraction(100_000_000), "100000000"),
        (Fraction(195, 2), "97.5"),
        (Fraction(105, 4), "26.25"),
        (Fraction(9, 5), "1.8"),
        (Fraction(1, 100), "0.01"),
        (Fraction(129, 8), "16.125"),
        (Fraction(80, 3), "about 26.7"),
        (Fraction(1, 3), "about 0.4"),
        (Fraction(299, 100), "2.99"),
        (Fraction(2999, 1001), "about 3"),
    ],
    ids=str,
)
def test_plain(exact: Fraction, expected: str) -> None:
    assert dosing.plain(exact) == expected
