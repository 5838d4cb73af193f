"""Files become records: each knows its name and place, and what only the loader sets is refused in a file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from macros.formulary.load import Broken, load
from tests.conftest import SLUG, TODAY

Edit = Callable[[str, str, str], None]
DOSE = f"macros/data/{SLUG}/dose.yml"


def line_of(project: Path, file: str, text: str) -> int:
    """The line of the first text of this kind in a file."""
    return (project / file).read_text("utf-8").partition(text)[0].count("\n") + 1


def test_a_record_knows_its_name_and_its_place(project: Path) -> None:
    book, found = load(project, TODAY)
    assert found == []
    strength = book.facts[f"{SLUG}/dose/strength"]
    assert (strength.id, strength.at) == (f"{SLUG}/dose/strength", (DOSE, line_of(project, DOSE, "strength:")))
    assert (strength.slug, strength.file, strength.short_id) == (SLUG, "dose", "dose/strength")
    status = book.vocabulary.statuses["research"]
    assert status.at == ("macros/data/statuses.yml", line_of(project, "macros/data/statuses.yml", "research:"))


@pytest.mark.parametrize("key", ["id", "at"])
def test_what_the_loader_sets_is_refused_in_a_file_and_the_fact_kept(project: Path, edit: Edit, key: str) -> None:
    edit(DOSE, "strength:\n", f"strength:\n  {key}: mine\n")
    book, found = load(project, TODAY)
    line = line_of(project, DOSE, f"  {key}: mine")
    assert [str(each) for each in found] == [f"{DOSE}:{line}: shape: strength: unknown key '{key}'; delete it, the loader sets it"]
    assert book.facts[f"{SLUG}/dose/strength"].id == f"{SLUG}/dose/strength"


def test_a_source_has_no_such_key_at_all(project: Path, edit: Edit) -> None:
    edit("macros/data/sources.yml", "exampla-trial:\n", "exampla-trial:\n  id: mine\n")
    said = [each.message for each in load(project, TODAY)[1]]
    assert said == ["exampla-trial: unknown key 'id'; did you mean 'pmid'?"]


def test_a_broken_vocabulary_stops_everything(project: Path) -> None:
    (project / "macros/data/units.yml").write_text("mL: {tight: perhaps}\n", "utf-8")
    with pytest.raises(Broken) as broken:
        load(project, TODAY)
    assert str(broken.value) == "macros/data/units.yml:1: shape: mL: 'tight': 'perhaps' is neither true nor false; write one of the two"


TERMS = {
    "hidden": ("AAV5\nAAV\u200b6\n", ["2: the line holds the invisible character U+200B; delete it"]),
    "two-hidden": ("AAV\u200b\u200e6\n", ["1: the line holds the invisible character U+200B; delete it"]),
    "space-behind": ("AAV5 \n", ["1: a line without a name, or with spare spaces; delete them"]),
    "empty-line": ("AAV5\n\nAAV6\n", ["2: a line without a name, or with spare spaces; delete them"]),
}


@pytest.mark.parametrize(("text", "expected"), TERMS.values(), ids=TERMS.keys())
def test_a_plain_list_refuses_what_nobody_sees(project: Path, text: str, expected: list[str]) -> None:
    (project / "macros/data/terms.txt").write_text(text, "utf-8")
    with pytest.raises(Broken) as broken:
        load(project, TODAY)
    assert [f"{each.line}: {each.message}" for each in broken.value.findings] == expected
