"""An infusion by weight never holds more than the regimen's maximum, and is not computed where that can't be compared."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from macros.formulary import dosing
from macros.formulary.load import load
from tests.conftest import SLUG, TODAY

CAPPED = "regimen: {steps: [{amount: 4 × 10^13 vg/kg, once: true}], maximum: [%s]}"
# The strength is 2 × 10^13 vg/mL, so a kilogram needs 2 mL.
MOST = {
    "below": ("2 × 10^15 vg in a dose", 49, (Fraction(98), False)),
    "at": ("2 × 10^15 vg in a dose", 50, (Fraction(100), False)),
    "above": ("2 × 10^15 vg in a dose", 51, (Fraction(100), True)),
    "of-a-lifetime": ("2 × 10^15 vg in a lifetime", 51, (Fraction(100), True)),
}


@pytest.mark.parametrize(("most", "weight", "expected"), MOST.values(), ids=MOST.keys())
def test_no_infusion_holds_more_than_the_maximum(
    project: Path, edit: Callable[[str, str, str], None], most: str, weight: int, expected: tuple[Fraction, bool]
) -> None:
    edit(f"macros/data/{SLUG}/dose.yml", "regimen: {steps: [{amount: 4 × 10^13 vg/kg, once: true}]}", CAPPED % most)
    rules = dosing.dose_rules(load(project, TODAY)[0].facts, SLUG)
    assert rules is not None
    infusion = rules.infusion(weight)
    assert (infusion.volume, infusion.capped) == expected


UNCOMPARED = {
    "in-another-unit": CAPPED % "1000 mg in a dose",
    "by-another-weight": "regimen: {steps: [{amount: 4 × 10^13 vg/kg, weight: ideal, once: true}]}",
    "again-and-again": "regimen: {steps: [{amount: 4 × 10^13 vg/kg, every: 1 day}]}",
    "for-some-only": "regimen: {who: {measures: {age: at least 18 years}}, steps: [{amount: 4 × 10^13 vg/kg, once: true}]}",
}


@pytest.mark.parametrize("regimen", UNCOMPARED.values(), ids=UNCOMPARED.keys())
def test_no_dose_is_computed_where_the_maximum_or_the_weight_cannot_be_compared(
    project: Path, edit: Callable[[str, str, str], None], regimen: str
) -> None:
    edit(f"macros/data/{SLUG}/dose.yml", "regimen: {steps: [{amount: 4 × 10^13 vg/kg, once: true}]}", regimen)
    assert dosing.dose_rules(load(project, TODAY)[0].facts, SLUG) is None
