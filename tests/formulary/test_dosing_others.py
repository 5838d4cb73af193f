"""Doses of the other medicines: by weight and height, by a constant rate, and where a figure that they need is missing."""

from dataclasses import replace
from fractions import Fraction

import pytest

from macros.finding import Refused
from macros.formulary import dosing
from macros.formulary.book import Formulary
from macros.formulary.dosing import Infusion
from tests.conftest import MEDICINE
from tests.formulary.test_dosing import SIMPLE

SECOND = "etranacogene-dezaparvovec"
THIRD = "fidanacogene-elaparvovec"

# Worked out by hand. Volume: body weight × 2 mL/kg, from 2 × 10^13 gc/kg ÷ 1 × 10^13 gc/mL. Vials: volume ÷ 10 mL, rounded up.
BY_WEIGHT = {
    50: (100, 10),  # 50 × 2 = 100; 100 ÷ 10 = 10, the smallest kit
    51: (102, 11),  # 51 × 2 = 102; 102 ÷ 10 = 10.2, up to 11
    54: (108, 11),  # 54 × 2 = 108; 108 ÷ 10 = 10.8, up to 11
    55: (110, 11),  # 55 × 2 = 110; 110 ÷ 10 = 11
    56: (112, 12),  # 56 × 2 = 112; 112 ÷ 10 = 11.2, up to 12
    70: (140, 14),  # 70 × 2 = 140; 140 ÷ 10 = 14
    82: (164, 17),  # 82 × 2 = 164; 164 ÷ 10 = 16.4, up to 17
    240: (480, 48),  # 240 × 2 = 480; 480 ÷ 10 = 48, the largest kit
}

# Worked out by hand. The weight that counts is at most 30 kg/m² × height²; volume: that weight ÷ 20 kg/mL.
BY_HEIGHT = {
    (29, 100): ("29", "1.45"),  # 30 × 1 × 1 = 30, above 29; 29 ÷ 20 = 1.45
    (30, 100): ("30", "1.5"),  # 30 × 1 × 1 = 30, at the cap; 30 ÷ 20 = 1.5
    (31, 100): ("30", "1.5"),  # 30 × 1 × 1 = 30, below 31; 30 ÷ 20 = 1.5
    (67, 150): ("67", "3.35"),  # 30 × 2.25 = 67.5, above 67; 67 ÷ 20 = 3.35
    (68, 150): ("67.5", "3.375"),  # 67.5, below 68; 67.5 ÷ 20 = 3.375
    (150, 150): ("67.5", "3.375"),  # 67.5, far below 150
    (76, 160): ("76", "3.8"),  # 30 × 2.56 = 76.8, above 76; 76 ÷ 20 = 3.8
    (77, 160): ("76.8", "3.84"),  # 76.8, below 77; 76.8 ÷ 20 = 3.84
    (86, 170): ("86", "4.3"),  # 30 × 2.89 = 86.7, above 86; 86 ÷ 20 = 4.3
    (87, 170): ("86.7", "4.335"),  # 86.7, below 87; 86.7 ÷ 20 = 4.335
    (91, 175): ("91", "4.55"),  # 30 × 3.0625 = 91.875, above 91; 91 ÷ 20 = 4.55
    (92, 175): ("91.875", "4.59375"),  # 91.875, below 92; 91.875 ÷ 20 = 4.59375
    (97, 180): ("97", "4.85"),  # 30 × 3.24 = 97.2, above 97; 97 ÷ 20 = 4.85
    (98, 180): ("97.2", "4.86"),  # 97.2, below 98; 97.2 ÷ 20 = 4.86
    (108, 190): ("108", "5.4"),  # 30 × 3.61 = 108.3, above 108; 108 ÷ 20 = 5.4
    (109, 190): ("108.3", "5.415"),  # 108.3, below 109; 108.3 ÷ 20 = 5.415
    (119, 200): ("119", "5.95"),  # 30 × 4 = 120, above 119; 119 ÷ 20 = 5.95
    (120, 200): ("120", "6"),  # 30 × 4 = 120, at the cap; 120 ÷ 20 = 6
    (121, 200): ("120", "6"),  # 120, below 121; 120 ÷ 20 = 6
}


@pytest.mark.parametrize(("weight", "expected"), BY_WEIGHT.items())
def test_by_weight_alone(book: Formulary, weight: int, expected: tuple[int, int]) -> None:
    infusion = dosing.dose_rules(book.monographs[SECOND].facts, SECOND).infusion(weight)
    assert infusion == Infusion(weight, Fraction(weight), Fraction(expected[0]), expected[1], None)


@pytest.mark.parametrize(("body", "expected"), BY_HEIGHT.items(), ids=lambda each: "-".join(map(str, each)))
def test_by_weight_and_height(book: Formulary, body: tuple[int, int], expected: tuple[str, str]) -> None:
    infusion = dosing.dose_rules(book.monographs[THIRD].facts, THIRD).infusion(*body)
    dose_weight, volume = (Fraction(text) for text in expected)
    assert infusion == Infusion(body[0], dose_weight, volume, None, None)
    assert dosing.plain(infusion.volume) == expected[1]


def test_no_volume_without_the_height_that_it_depends_on(book: Formulary) -> None:
    rules = dosing.dose_rules(book.monographs[THIRD].facts, THIRD)
    with pytest.raises(Refused, match="height"):
        rules.infusion(70)


def test_a_constant_rate_after_dilution(book: Formulary) -> None:
    facts = dict(book.monographs[SECOND].facts)
    # 210 mL at 500 mL/h: 210 ÷ 500 × 60 = 25.2 min, whatever the weight.
    facts[f"{SECOND}/dose/final-volume"] = book.facts[f"{MEDICINE}/dose/example-volume"]
    rules = dosing.dose_rules(facts, SECOND)
    assert [dosing.plain(rules.infusion(weight).minutes) for weight in (60, 80)] == ["25.2", "25.2"]


def test_what_a_dose_is_read_from(book: Formulary) -> None:
    facts = book.monographs[SECOND].facts
    assert dosing.read_from(facts, SECOND, dosing.VOLUME) == ["dose/standard", "dose/strength", "dose/volume-per-kg"]


def test_no_dose_without_the_limit_that_is_known_to_exist(book: Formulary) -> None:
    facts = dict(book.monographs[THIRD].facts)
    facts[f"{THIRD}/dose/highest-bmi"] = facts[f"{THIRD}/dose/final-volume"]  # not established
    assert dosing.dose_rules(facts, THIRD) is None


def test_no_time_from_less_than_the_dose() -> None:
    assert replace(SIMPLE, final_volume=Fraction(100)).infusion(51).minutes is None


def test_no_time_from_the_volume_before_dilution(book: Formulary) -> None:
    facts = dict(book.monographs[SECOND].facts)
    del facts[f"{SECOND}/dose/final-volume"]
    assert dosing.dose_rules(facts, SECOND).infusion(70).minutes is None


def test_dose_and_strength_count_the_same_thing(book: Formulary) -> None:
    facts = dict(book.monographs[SECOND].facts)
    facts[f"{SECOND}/dose/strength"] = book.facts[f"{MEDICINE}/dose/strength"]  # in vg/mL, and the dose in gc/kg
    assert dosing.dose_rules(facts, SECOND) is None
