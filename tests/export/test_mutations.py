"""No change of a status, place, limit or condition in the data is lost on the way into JSON, a row or a page's text."""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from macros.export import api, rows
from macros.export.place import Site
from macros.export.twin import twin
from macros.formulary.load import load
from macros.pages.files import EVIDENCE, page_of
from macros.pages.html import address_of
from macros.pages.markdown import DOCS, MONOGRAPHS, read_pages
from macros.site.preview import render
from tests.conftest import TODAY
from tests.formulary.test_ordinary_medicines import project_with_both
from tests.support.changed_data import changed as changed_data

MUTATIONS = yaml.safe_load(Path(__file__).with_name("mutations.yml").read_text("utf-8"))


class Exported(NamedTuple):
    """What other programs get of a medicine, by the id of each fact, and the text of its page of evidence."""

    said: dict[str, dict[str, Any]]
    rows: dict[str, list[str]]
    authorizations: list[Any]
    text: str


def exported(project: Path, slug: str) -> Exported:
    """All of a medicine of the project."""
    book = load(project, TODAY)[0]
    record = api.record(book, book.monographs[slug], Site("Monographs"))
    said = [*record["facts"], *(gap for gaps in json.loads(json.dumps(record["gaps"])).values() for gap in gaps)]
    pages = [page for page in read_pages(project, DOCS / MONOGRAPHS / slug) if page.path == page_of(slug, EVIDENCE)]
    shown, failed = render(pages, book, project, TODAY)
    assert failed == []
    at = rows.HEAD.index("id")
    return Exported(
        {each["id"]: each for each in said},
        {row[at]: row for row in rows.rows(record)},
        record["authorizations"],
        twin(shown[address_of(page_of(slug, EVIDENCE))], book),
    )


def told(of: Exported, id: str) -> str | None:
    """The line of the text that tells a fact whole, without the numbers of sources; None if there is none."""
    found = next((line for line in of.text.split("\n") if f"`{id.partition('/')[2]}`" in line), None)
    return found and re.sub(r"\[\d[^\]]*\]", "", found)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the three fictional medicines; each test puts back what it changed."""
    return project_with_both(tmp_path_factory.mktemp("mutations"))


@pytest.fixture(scope="module")
def unchanged(project: Path) -> dict[str, Exported]:
    """What there is of each medicine before anything is changed."""
    return {slug: exported(project, slug) for slug in {each["of"] for each in MUTATIONS.values()}}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_change_reaches_every_format(project: Path, unchanged: dict[str, Exported], name: str) -> None:
    change = MUTATIONS[name]
    before = unchanged[change["of"]]
    with changed_data(project, change):
        after = exported(project, change["of"])
    changed = [id for id in after.said if after.said[id] != before.said.get(id)]
    assert changed
    assert [id for id in after.rows if after.rows[id] != before.rows.get(id)] == changed
    assert [id for id in changed if told(after, id) == told(before, id)] == ([*changed] if "unseen" in change else [])
    for id in changed:  # whoever shows one line alone shows what the fact is of
        fact = after.said[id]
        assert not fact["marked"] or fact["quote"].startswith(fact["status_word"])


def test_the_end_of_an_authorization_is_told_of_the_medicine_and_of_each_of_its_facts(
    project: Path, unchanged: dict[str, Exported]
) -> None:
    change = MUTATIONS["withdrawn-in-a-place"]
    with changed_data(project, change):
        after = exported(project, change["of"])
    assert [each for each in after.authorizations if "ended_by" in each] != [
        each for each in unchanged[change["of"]].authorizations if "ended_by" in each
    ]
    ended = {each["place"] for each in after.authorizations if "ended_by" in each}
    assert {place for fact in after.said.values() for place in fact.get("ended_places", ())} == ended
