"""Regimens of real labels, from loading dose to taper: each is taken as its label gives it, and says all of it."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from macros.formulary.book import Formulary
from tests.formulary.test_regimens import made


class Real(NamedTuple):
    """A regimen of a label: its name, whose it is and where it stands, the regimen as written, and what it says."""

    name: str
    label: str
    regimen: dict[str, Any]
    said: str


REAL = [Real(**each) for each in yaml.safe_load(Path(__file__).with_name("regimens.yml").read_text("utf-8"))]


@pytest.mark.parametrize("real", REAL, ids=[each.name for each in REAL])
def test_a_regimen_of_a_real_label_says_what_the_label_gives(book: Formulary, real: Real) -> None:
    written = made(yaml.safe_dump(real.regimen, allow_unicode=True), book.vocabulary).written(book.vocabulary)
    assert written.replace("\u00a0", " ") == real.said


def test_at_least_twenty_regimens_of_twelve_labels_are_held() -> None:
    assert len({each.name for each in REAL}) == len(REAL) >= 20
    assert len({each.label.split(",")[0] for each in REAL}) >= 12
