"""Doses computed from data: the reference's own vectors, every body weight a second way, and the rules' limits."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from macros.finding import Refused
from macros.formulary import dosing, values
from macros.formulary.book import Formulary
from macros.formulary.dosing import DoseRules, Infusion, Leg, Part, Rates
from macros.formulary.load import load
from macros.formulary.model import Fact
from macros.formulary.units import Unit
from macros.formulary.vocabulary import Vocabulary
from tests.conftest import MEDICINE, SLUG, TODAY
from tests.support.two_medicines import fact


@pytest.fixture(scope="module")
def label(book: Formulary) -> DoseRules:
    """The rules of the real medicine, from its data."""
    found = dosing.dose_rules(book.monographs[MEDICINE].facts, MEDICINE)
    assert found, "a figure that the dose is computed from is missing in dose.yml"
    return found


def computed(rules: DoseRules, weight: int) -> tuple[int, str, int, str]:
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
def test_vector_of_the_reference(label: DoseRules, expected: tuple[int, str, int, str]) -> None:
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


def test_every_weight_agrees_with_slow_counting(label: DoseRules) -> None:
    quickly = {weight: label.infusion(weight) for weight in range(40, 151)}
    assert {w: (i.volume, i.vials, i.minutes) for w, i in quickly.items()} == {w: slowly(w) for w in quickly}


RATES = Rates(start=Fraction(1), step=Fraction(1), interval=Fraction(20), fastest=Fraction(3))
SIMPLE = DoseRules(volume_per_kg=Fraction(2), vial=Fraction(10), rates=RATES)


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
def test_infusion(rules: DoseRules, weight: int, volume: int, vials: int, legs: tuple[Leg, ...]) -> None:
    assert rules.infusion(weight) == Infusion(weight, Fraction(weight), Fraction(volume), vials, legs)


def test_minutes_are_those_of_all_legs() -> None:
    assert SIMPLE.infusion(90).minutes == Fraction(80)


def test_rules_come_from_the_data(project: Path) -> None:
    facts = load(project, TODAY)[0].facts
    assert dosing.dose_rules(facts, SLUG) == SIMPLE


NOT_READ = "{passages: [{source: exampla-label-eu, part: section 6.4}]}"
NO_RULES = {
    "missing": ("infusion-max:", "infusion-highest:"),
    "other-unit": ("amount: 2 × 10^13 vg/mL", "amount: 2 × 10^13 vg/vial"),
    "no-amount": ("amount: 3 mL/min", "terms: [slow]"),
    "gap": ("amount: 20 minutes", f"not_read: {NOT_READ}"),
    "nought": ("infusion-start:\n", f"{fact('highest-bmi', 'dose', 'amount: 0 kg/m²')}infusion-start:\n"),
    "a-vial-at-most": ("amount: at least 10 mL", "amount: at most 10 mL"),
    "a-limit": ("amount: 4 × 10^13 vg/kg", "amount: up to 4 × 10^13 vg/kg"),
}


@pytest.mark.parametrize(("old", "new"), NO_RULES.values(), ids=NO_RULES.keys())
def test_no_rules_without_every_figure(project: Path, edit, old: str, new: str) -> None:
    edit(f"macros/data/{SLUG}/dose.yml", old, new)
    book, findings = load(project, TODAY)
    assert (findings, dosing.dose_rules(book.facts, SLUG)) == ([], None)


def test_without_any_rate_there_is_still_a_volume(project: Path) -> None:
    path = project / f"macros/data/{SLUG}/dose.yml"
    text, gap = path.read_text("utf-8"), f"not_read: {NOT_READ}"
    path.write_text(re.sub(r"amount: \d+ (?:mL/min|minutes)", gap, text), "utf-8")
    assert dosing.dose_rules(load(project, TODAY)[0].facts, SLUG) == replace(SIMPLE, rates=None)


@pytest.mark.parametrize(
    ("exact", "expected"),
    [
        (Fraction(0), "0"),
        (Fraction(150), "150"),
        (Fraction(100_000_000), "100,000,000"),
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


# Worked out by hand: minutes ÷ 60, and what is left of a minute counts as a whole one.
CLOCKS = {
    "nothing": (Fraction(0), (0, 0), "0:00"),
    "a-moment": (Fraction(1, 1000), (0, 1), "0:01"),
    "a-minute": (Fraction(1), (0, 1), "0:01"),
    "just-over": (Fraction(1001, 1000), (0, 2), "0:02"),
    "below-an-hour": (Fraction(589, 10), (0, 59), "0:59"),
    "up-to-an-hour": (Fraction(591, 10), (1, 0), "1:00"),
    "an-hour": (Fraction(60), (1, 0), "1:00"),
    "70-kg": (Fraction(195, 2), (1, 38), "1:38"),  # 97.5 → 98
    "81-kg": (Fraction(423, 4), (1, 46), "1:46"),  # 105.75 → 106
    "82-kg": (Fraction(213, 2), (1, 47), "1:47"),  # 106.5 → 107
    "83-kg": (Fraction(429, 4), (1, 48), "1:48"),  # 107.25 → 108
    "a-third": (Fraction(80, 3), (0, 27), "0:27"),  # 26.67 → 27
    "ten-hours": (Fraction(600), (10, 0), "10:00"),
}


@pytest.mark.parametrize(("exact", "expected", "clock"), CLOCKS.values(), ids=CLOCKS.keys())
def test_a_time_is_rounded_up(exact: Fraction, expected: tuple[int, int], clock: str) -> None:
    assert (dosing.hours_and_minutes(exact), dosing.clock(exact)) == (expected, clock)


# Kilograms and the shortest time, by hand: 180 mL run in 90 min, the rest at 4 mL/min; below that 30 mL in 30 min, 60 mL in 30 min.
SHORTEST = {
    40: "1:10",  # 120 mL: 30 + 30 + 30 ÷ 3 = 70
    50: "1:20",  # 150 mL: 30 + 30 + 60 ÷ 3 = 80
    60: "1:30",  # 180 mL: 30 + 30 + 30 = 90
    61: "1:31",  # 183 mL: 90 + 3 ÷ 4 = 90.75
    63: "1:33",  # 189 mL: 90 + 9 ÷ 4 = 92.25
    64: "1:33",  # 192 mL: 90 + 12 ÷ 4 = 93
    82: "1:47",  # 246 mL: 90 + 66 ÷ 4 = 106.5
    100: "2:00",  # 300 mL: 90 + 120 ÷ 4 = 120
    150: "2:38",  # 450 mL: 90 + 270 ÷ 4 = 157.5
}


@pytest.mark.parametrize(("weight", "expected"), SHORTEST.items())
def test_the_shortest_time_of_a_weight(label: DoseRules, weight: int, expected: str) -> None:
    assert dosing.clock(label.infusion(weight).minutes) == expected


def test_no_weight_is_given_less_time_than_it_needs(label: DoseRules) -> None:
    early = [weight for weight in range(1, 501) if dosing.hours_and_minutes(slowly(weight)[2]) != divmod(-(-slowly(weight)[2] // 1), 60)]
    assert early == []


CLIMBS = {
    "by-steps": (RATES, (leg(1, 20, 20), leg(2, 20, 40))),
    "one-rate": (replace(RATES, start=Fraction(3)), ()),
    "past-the-fastest": (replace(RATES, step=Fraction(5)), (leg(1, 20, 20),)),
}


@pytest.mark.parametrize(("rates", "expected"), CLIMBS.values(), ids=CLIMBS.keys())
def test_the_rates_below_the_highest(rates: Rates, expected: tuple[Leg, ...]) -> None:
    assert rates.climb() == expected


def test_too_many_rates_are_refused() -> None:
    with pytest.raises(Refused, match="the highest rate is 200 steps away"):
        replace(RATES, step=Fraction(1, 100)).climb()


UNITS = Vocabulary.model_construct(
    units={
        **{"mL": Unit(kind="volume"), "vg": Unit(kind="potency"), "gc": Unit(kind="potency"), "kg": Unit(kind="body")},
        **{name: Unit() for name in ("mL/kg", "mL/min", "vg/kg", "vg/mL", "gc/kg", "kg/mL")},
    }
)


def amount(text: str) -> dict[str, object]:
    """A value as an editor writes it."""
    return {"amount": values.Amount.read(text, UNITS)}


GAP = {"not_read": values.NotRead("", (values.Passage("exampla-label-eu", "section 6.4"),))}
# The name of a fact, its value, and why no dose can be computed from it.
UNFIT = {
    "dose": ("standard", amount("4 × 10^13 vg/kg"), ""),
    "dose-that-counts-something-else": ("standard", amount("4 × 10^13 gc/kg"), ""),
    "dose-of-another-unit": ("standard", amount("4 mL/kg"), ""),  # what it counts is compared with the strength
    "dose-for-nobody": ("standard", amount("4 × 10^13 vg"), "is in vg, where doses are computed from vg/kg or gc/kg"),
    "dose-at-most": ("standard", amount("at most 4 × 10^13 vg/kg"), "is a limit (at most), and a limit is no dose"),
    "nought": ("weight-per-volume", amount("0 kg/mL"), "is not above zero"),
    "dose-in-words": ("standard", {"terms": values.Terms(("once",))}, "is no amount, where doses are computed from one in vg/kg or gc/kg"),
    "vial": ("vial-volume", amount("10 mL"), ""),
    "vial-at-least": ("vial-volume", amount("at least 10 mL"), ""),
    "vial-at-least-as-a-sign": ("vial-volume", amount("≥ 10 mL"), ""),
    "vial-at-most": ("vial-volume", amount("at most 10 mL"), "is a limit (at most), and a limit is no dose"),
    "rate-at-least": ("infusion-max", amount("at least 3 mL/min"), "is a limit (at least), and a limit is no dose"),
    "rate-in-another-unit": ("infusion-max", amount("3 mL"), "is in mL, where doses are computed from mL/min"),
    "strength-upside-down": ("weight-per-volume", amount("2 mL/kg"), "is in mL/kg, where doses are computed from kg/mL"),
    "stated-volume-in-another-unit": ("volume-per-kg", amount("2 mL/min"), "is in mL/min, where doses are computed from mL/kg"),
    "gap": ("infusion-max", GAP, ""),
}


@pytest.mark.parametrize(("name", "value", "why"), UNFIT.values(), ids=UNFIT.keys())
def test_why_no_dose_can_be_computed_from_a_figure(name: str, value: dict[str, object], why: str) -> None:
    fact = Fact.model_construct(title="x", topic="dose", checked=TODAY, **value)
    assert dosing.unfit(Part(name), fact) == why


def test_each_part_has_its_unit() -> None:
    units = {"standard": "?/kg", "infusion-interval": "minute", "infusion-constant": "mL/h", "volume-per-kg": "mL/kg"}
    assert {name: Part(name).unit for name in units} == units
    assert [*dosing.PARTS, *dosing.STATED] == [*Part]
