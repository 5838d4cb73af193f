"""No change of a status, place, limit or condition in the data is lost on the way into JSON, a row, the database or a page's text."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from macros.export import api, archives, database, rows
from macros.export.place import Site
from macros.export.records import Medicine
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
    rows: dict[str, tuple[str, ...]]
    authorizations: list[Any]
    tables: dict[str, list[dict[str, Any]]]
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
        stored(project, record),
        twin(shown[address_of(page_of(slug, EVIDENCE))], book),
    )


def stored(project: Path, record: Medicine) -> dict[str, list[dict[str, Any]]]:
    """Each table of a database of this medicine alone, by the names of its columns, as a program reads it from the file."""
    for name in ("base", "whole"):
        (project / name).unlink(missing_ok=True)
    with database.changed(project / "base") as base:
        database.put(base, archives.rows_of(record).tables)
    database.write(project / "whole", project / "base", "1", "A notice.")
    with closing(sqlite3.connect(project / "whole")) as whole:
        whole.row_factory = sqlite3.Row
        names = [each[0] for each in whole.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: [dict(row) for row in whole.execute(f"SELECT * FROM {name}")] for name in names}


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
    agrees(after)
    for id in changed:  # whoever shows one line alone shows what the fact is of
        fact = after.said[id]
        assert not fact["marked"] or fact["quote"].startswith(fact["status_word"])


def agrees(of: Exported) -> None:
    """Holds the database against the file of the same medicine: facts, what they rest on, and where the medicine is authorized."""
    assert {row["id"]: tuple(row[name] for name in rows.HEAD) for row in of.tables["facts"]} == of.rows
    assert {row["id"]: json.loads(row["value"]) for row in of.tables["facts"] if row["value"]} == {
        id: fact["value"] for id, fact in of.said.items() if "value" in fact
    }
    cited = [(row["fact"], row["source"], row["grade"], row["locator"]) for row in of.tables["citations"]]
    assert sorted(cited, key=str) == sorted(
        ((id, each["source"], each["grade"], each.get("locator")) for id, fact in of.said.items() for each in fact.get("sources", ())),
        key=str,
    )
    columns = ("place", "granted", "ended_by", "event", "since", "stands")
    given = [{**each, "granted": str(each["granted"]).lower(), "stands": str(each["stands"]).lower()} for each in of.authorizations]
    ordered = sorted(of.tables["authorizations"], key=lambda row: row["position"])
    assert [tuple(row[name] for name in columns) for row in ordered] == [tuple(each.get(name) for name in columns) for each in given]


# What of a table a change has to change: each with the column, the value before and after.
STORED = {
    "grade": ("citations", "grade", "A", "C"),
    "grade-of-a-dose": ("citations", "grade", "A", "C"),
    "grade-of-a-strong-source": ("citations", "grade", "C", "A"),
    "withdrawn-in-a-place": ("authorizations", "stands", "true", "false"),
    "never-withdrawn": ("authorizations", "stands", "false", "true"),
    "conditional": ("authorizations", "event", "full", "conditional"),
    "day-of-authorization": ("authorizations", "since", "2015-06-02", "2015-06-03"),
    "day-of-withdrawal": ("authorizations", "since", "2011-05-12", "2011-05-13"),
}


@pytest.mark.parametrize("name", STORED)
def test_a_change_is_read_from_the_database(project: Path, unchanged: dict[str, Exported], name: str) -> None:
    table, column, *wanted = STORED[name]
    change = MUTATIONS[name]
    with changed_data(project, change):
        after = exported(project, change["of"])
    key = ("medicine", "place") if table == "authorizations" else ("fact", "source", "locator")
    before, now = ({tuple(row[each] for each in key): row[column] for row in of.tables[table]} for of in (unchanged[change["of"]], after))
    assert [[before[each], now[each]] for each in before if each in now and before[each] != now[each]] == [wanted]


def test_the_database_says_what_ended_an_authorization(project: Path, unchanged: dict[str, Exported]) -> None:
    change = MUTATIONS["withdrawn-in-a-place"]
    with changed_data(project, change):
        after = exported(project, change["of"])
    before, now = (
        {row["place"]: (row["ended_by"], row["event"], row["stands"]) for row in of.tables["authorizations"]}
        for of in (unchanged[change["of"]], after)
    )
    (place,) = (each for each in now if now[each] != before[each])
    assert (before[place][0], before[place][2]) == (None, "true")
    assert (now[place][1], now[place][2]) == ("withdrawn", "false") and now[place][0] in after.said


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
