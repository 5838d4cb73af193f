"""No change of a status, place, limit or condition in the data is lost on the way into a FHIR document, unless a rule leaves its fact out."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from macros.export import fhir
from macros.export.held import Medicine
from macros.formulary.load import load
from tests.conftest import TODAY
from tests.formulary.test_ordinary_medicines import project_with_both
from tests.support.changed_data import changed
from tests.support.fhir import Read, read

MUTATIONS = yaml.safe_load(Path(__file__).with_name("mutations.yml").read_text("utf-8"))


class Document(NamedTuple):
    """A document: its text, what a program reads from it, and the reasons for which facts are left out."""

    text: str
    read: Read
    reasons: Mapping[str, str]


def document(project: Path, slug: str) -> Document:
    """The document of a medicine of the project."""
    book = load(project, TODAY)[0]
    monograph = book.monographs[slug]
    text = fhir.text(fhir.bundle(book, monograph, lambda fact: f"../../#{fact.id}", "1", date(2026, 1, 20)))
    return Document(text, read(text), {each.fact.id: each.why for each in Medicine(book, monograph).left_out})


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the three fictional medicines; each test puts back what it changed."""
    return project_with_both(tmp_path_factory.mktemp("mutations"))


@pytest.fixture(scope="module")
def unchanged(project: Path) -> dict[str, Document]:
    """The document of each medicine before anything is changed."""
    return {slug: document(project, slug) for slug in {each["of"] for each in MUTATIONS.values()}}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_change_reaches_the_document(project: Path, unchanged: dict[str, Document], name: str) -> None:
    change = MUTATIONS[name]
    before = unchanged[change["of"]]
    with changed(project, change):
        after = document(project, change["of"])
    differs = [
        each.name
        for each in fields(Read)
        if each.name not in ("references", "addresses") and getattr(before.read, each.name) != getattr(after.read, each.name)
    ]
    if "out" in change:
        assert (after.text == before.text, change["out"] in after.reasons.values()) == (True, True)
    else:
        assert after.text != before.text
        assert set(differs) == set(change["reaches"]) - {"text"}
