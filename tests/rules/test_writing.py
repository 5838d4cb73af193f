"""Rules on how doses are written: what an editor gets wrong, and all that is found."""

from pathlib import Path

import pytest

from macros.formulary.book import Formulary
from macros.rules.writing import dose_in, unsafe
from tests.support.broken import Case, Edit, broken, cases_of, found

CASES = cases_of("writing")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fault(project: Path, edit: Edit, case: Case) -> None:
    assert found(broken(project, edit, case)) == case["findings"].splitlines()


SAFE = {
    "a-result-to-its-precision": "1.0 bleeds a year",
    "a-name-with-a-unit": "Sodium in mg",
    "a-version": "version 1.20 of it",
    "an-end-of-a-sentence": "It is given. Then wait",
    "a-word-that-holds-one": "QDenga, BIDs and IUD",
    "a-unit-in-full": "5 micrograms and 10 units",
    "a-spelling": "5 millilitres",
}


@pytest.mark.parametrize("text", SAFE.values(), ids=SAFE.keys())
def test_what_nobody_misreads_passes(book: Formulary, text: str) -> None:
    assert unsafe(text, book.vocabulary) == ""


UNSAFE = {
    "stuck": ("5mcg", "'5mcg', whose unit is misread; write micrograms in full"),
    "in-parts": ("5.0 mg/kg", "'5.0 mg/kg', whose zero is misread as ten times as much; write 5 mg/kg"),
    "two-zeros": ("2.500 mL", "'2.500 mL', whose zero is misread as ten times as much; write 2.5 mL"),
    "in-brackets": ("(.25 mg)", "'.25', whose point is overlooked; write 0.25"),
    "full-width": ("５.０ mg", "'5.0 mg', whose zero is misread as ten times as much; write 5 mg"),
    "small-letter": ("10 u", "'10 u', whose unit is misread; write units in full"),
    "thousands": ("100,000 IU", "'100,000 IU', whose unit is misread; write international units in full"),
    "below-a-stroke": ("5 mcg/kg/min", "'5 mcg', whose unit is misread; write micrograms in full"),
    "below-a-stroke-and-in-no-list": ("10 IU/kg/week", "'10 IU', whose unit is misread; write international units in full"),
    "small-letters": ("10 mg qd", "'qd', which is misread; write once a day"),
    "spoon": ("1 tsp", "'tsp', which is misread; write the volume in mL"),
    "cc": ("10 cc", "'10 cc', whose unit is misread; write mL in full"),
    "sulfate": ("MgSO4 first", "'MgSO4', which is misread; write magnesium sulfate"),
}


@pytest.mark.parametrize(("text", "why"), UNSAFE.values(), ids=UNSAFE.keys())
def test_what_is_misread_is_told(book: Formulary, text: str, why: str) -> None:
    assert unsafe(text, book.vocabulary) == why


DOSES = {
    "digits": ("adults on 5 mg of it", "5 mg"),
    "unit-in-a-word": ("adults on 5 milligrams", "5 milligrams"),
    "words": ("adults on five milligrams", "five milligrams"),
    "one": ("one tablet", "one tablet"),
    "a-half": ("half a tablet", "half a tablet"),
    "capital-letter": ("2 Tablets", "2 Tablets"),
    "unit-of-no-list": ("5 mg/kg/fortnight", "5 mg/kg"),
    "misspelt-below-the-stroke": ("5 mmol/l", "5 mmol"),
    "end-of-a-sentence": ("three drops.", "three drops"),
    "a-result": ("activity of at least 40 international units/dL", ""),
    "a-result-and-a-dose": ("above 40 international units/dL, on 5 mg", "5 mg"),
    "a-time": ("year 3, after two weeks", ""),
    "no-unit": ("half of them, one of each", ""),
}


@pytest.mark.parametrize(("text", "dose"), DOSES.values(), ids=DOSES.keys())
def test_a_dose_is_found_however_it_is_written(book: Formulary, text: str, dose: str) -> None:
    assert dose_in(text, book.vocabulary) == dose
