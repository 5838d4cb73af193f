"""A foreign program: its classes are made from the published schema alone, and it works doses out again from the files alone."""

import importlib.util
import json
import math
import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest
from datamodel_code_generator import DataModelType, Formatter, InputFileType, generate
from openapi_spec_validator import validate

from macros.export import api, every, schema
from macros.export.place import Site
from macros.formulary.book import Formulary
from macros.pages.files import data_of
from macros.site.check import Checked

SITE = Site("Monographs")


def test_the_description_of_the_interface_is_openapi() -> None:
    validate(json.loads(api.text_of(schema.openapi(SITE))))


@pytest.fixture(scope="module")
def classes(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """What a public generator makes of the schema of a medicine."""
    path = tmp_path_factory.mktemp("foreign") / "medicine.py"
    text = api.text_of(schema.schema("medicine"))
    generate(
        text,
        input_file_type=InputFileType.JsonSchema,
        output=path,
        output_model_type=DataModelType.PydanticV2BaseModel,
        formatters=[Formatter.BUILTIN],
    )
    spec = importlib.util.spec_from_file_location("foreign_medicine", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["foreign_medicine"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def medicines(book: Formulary, classes: ModuleType) -> Mapping[str, Any]:
    """Each real medicine as the foreign program reads it."""
    files = {slug: every.of_medicine(book, each, SITE)[0][data_of(slug)["JSON"]] for slug, each in book.monographs.items()}
    return {slug: classes.Medicine.model_validate_json(text) for slug, text in files.items()}


def test_it_reads_all_medicines(book: Formulary, medicines: Mapping[str, Any]) -> None:
    counted = {slug: len(each.facts) + sum(map(len, each.gaps.__dict__.values())) for slug, each in medicines.items()}
    assert counted == {slug: len(each.facts) for slug, each in book.monographs.items()}


def _value(medicine: Any, name: str) -> Any:
    return next(fact.value for fact in medicine.facts if fact.id == f"{medicine.medicine}/{name}")


def _by_weight(medicine: Any, dose: str, weights: Iterable[int]) -> dict[str, list[str]]:
    """Each dose in mg, the amount of a day and the volume of a dose of both suspensions, for these weights in kg."""
    regimen = _value(medicine, dose)
    step, band = regimen.steps[0], next(each for each in regimen.group.measures if each.measure == "body weight")
    assert (step.dose.low[0].unit, regimen.maximum, band.high_included) == ("mg/kg/day", [], False)
    table = {}
    for weight in weights:
        assert weight < Decimal(band.high)
        day = Decimal(step.dose.low[0].number) * weight
        dose_mg = day / Decimal(step.divided)
        measured = []
        for strength in ("dose/suspension-125", "dose/suspension-250"):
            held = _value(medicine, strength)
            measured.append(_said(dose_mg / Decimal(held.amounts[0].number) * Decimal(held.each.number)))
        table[str(weight)] = [_said(dose_mg), _said(day), *measured]
    return table


def _said(number: Decimal) -> str:
    return f"{number.normalize():,f}"


def _printed(checked: Checked, slug: str, told: str) -> dict[str, list[str]]:
    """The rows of the tables of a dose sheet whose caption or head says this, by weight."""
    page = checked.previews[f"monographs/{slug}/dose-sheet/index.html"]
    found = {}
    for table in page.main.css("table.doses"):
        if told in table.text():
            for row in table.css("tbody tr"):
                weight, *cells = [cell.text() for cell in row.css("th, td")]
                found[weight] = cells
    return found


@pytest.mark.parametrize(
    ("dose", "told", "weights"),
    [("dose/child-mild-12", "25 mg/kg/day", range(6, 39, 2)), ("dose/child-severe-8", "40 mg/kg/day", range(6, 37, 3))],
)
def test_it_works_out_doses_of_a_suspension(
    checked: Checked, medicines: Mapping[str, Any], dose: str, told: str, weights: Iterable[int]
) -> None:
    printed = _printed(checked, "amoxicillin", told.replace(" ", "\N{NO-BREAK SPACE}"))
    assert printed == _by_weight(medicines["amoxicillin"], dose, weights)


def test_it_works_out_the_volume_and_the_vials_of_an_infusion(checked: Checked, medicines: Mapping[str, Any]) -> None:
    medicine = medicines["valoctocogene-roxaparvovec"]
    per_kg, strength = (_value(medicine, name).amount for name in ("dose/volume-per-kg", "dose/strength"))
    dose = _value(medicine, "dose/standard").steps[0].dose.low[0]
    vial = _value(medicine, "dose/vial-volume").amount
    assert (per_kg.unit, strength.unit, dose.unit, vial.unit) == ("mL/kg", "vg/mL", "vg/kg", "mL")
    assert Decimal(dose.number) / Decimal(strength.number) == Decimal(per_kg.number)
    worked_out = {}
    for weight in range(40, 151):
        volume = Decimal(per_kg.number) * weight
        worked_out[str(weight)] = [_said(volume), str(math.ceil(volume / Decimal(vial.number)))]
    printed = {weight: cells[:2] for weight, cells in _printed(checked, medicine.medicine, "vials").items()}
    assert printed == worked_out
