"""The closed lists: which words a list has, which units may be written, and that lists name one another rightly."""

from pathlib import Path

import pytest

from macros.formulary.load import Broken, load
from macros.formulary.units import Unit
from macros.formulary.vocabulary import Lists, Vocabulary
from tests.conftest import TODAY


@pytest.fixture
def vocabulary(project: Path) -> Vocabulary:
    """The vocabulary of the project."""
    return load(project, TODAY)[0].vocabulary


def test_a_unit_may_be_written_in_one_and_in_many() -> None:
    units = {"mL": Unit(), "week": Unit(plural="weeks"), "INR": Unit(written="")}
    assert Vocabulary.model_construct(units=units).written_units == {"mL": "mL", "week": "week", "INR": "INR", "weeks": "week"}


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        ("mg", "mg"),
        ("microgram", "ug"),
        ("mg/kg/day", "mg/kg/d"),
        ("microgram/kg/min", "ug/kg/min"),  # of the short form of a minute
        ("international unit/m²", "[iU]/m2"),
        ("mL/min", "mL/min"),
        ("mL/min/1.73 m²", "mL/min/{1.73_m2}"),
        ("mg/mL × min", "mg.min/mL"),
        ("BU", "[beth'U]"),
        ("unit", None),  # of which substance, nothing says; U is that of enzymes
        ("unit/kg", None),
        ("vg/kg", None),
        ("drop", None),  # a twentieth of a milliliter there, and not here
        ("cells/mm³", None),
        ("% a year", None),
    ],
)
def test_a_unit_has_the_code_of_the_same_unit_or_none(vocabulary: Vocabulary, unit: str, code: str | None) -> None:
    assert vocabulary.ucum(unit) == code


def test_every_list_is_found_by_its_name(vocabulary: Vocabulary) -> None:
    assert vocabulary.names("statuses") is vocabulary.statuses
    assert vocabulary.names("units") is vocabulary.units
    assert [vocabulary.names(name) for name in Lists.model_fields] == [getattr(vocabulary.lists, name) for name in Lists.model_fields]


@pytest.mark.parametrize("name", ["glossary", "terms", "model_fields", ""])
def test_nothing_else_is_a_list(vocabulary: Vocabulary, name: str) -> None:
    with pytest.raises(KeyError):
        vocabulary.names(name)


def test_marked_are_the_uses_with_a_notice(vocabulary: Vocabulary) -> None:
    assert {*vocabulary.marked} == {name for name, status in vocabulary.statuses.items() if status.notice} != set()


def test_long_forms_are_those_of_abbreviations(vocabulary: Vocabulary) -> None:
    assert dict(vocabulary.long_forms) == {name: entry.full for name, entry in vocabulary.glossary.items() if entry.full} != {}


def test_what_can_carry_evidence_is_a_kind_of_statement(project: Path) -> None:
    path = project / "macros/data/vocabulary.yml"
    path.write_text(path.read_text("utf-8").replace("carried_by: [label", "carried_by: [labels", 1), "utf-8")
    with pytest.raises(Broken, match="is carried by the unknown statement 'labels'; did you mean 'label'"):
        load(project, TODAY)


def test_an_event_is_of_a_topic(project: Path) -> None:
    path = project / "macros/data/vocabulary.yml"
    path.write_text(path.read_text("utf-8").replace("topic: availability", "topic: availabilities", 1), "utf-8")
    with pytest.raises(Broken, match="is an event of the unknown topic 'availabilities'; did you mean 'availability'"):
        load(project, TODAY)
