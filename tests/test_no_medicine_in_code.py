"""The code and the templates know no medicine: what differs between medicines stands in their data."""

from pathlib import Path

import pytest

from macros.formulary import Formulary
from tests.conftest import ROOT

CODE = sorted([*ROOT.glob("macros/*.py"), *(path for path in ROOT.glob("overrides/**/*") if path.suffix in {".html", ".js"})])


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_name_of_a_medicine(book: Formulary, path: Path) -> None:
    names = {
        part.lower()
        for monograph in book.monographs.values()
        for part in (monograph.slug, *monograph.medicine.inn.split(), *monograph.medicine.brands)
    }
    text = path.read_text("utf-8").lower()
    assert sorted(name for name in names if name in text) == []
