"""Facts as rows: for spreadsheets, for pandas, for a database that Datasette opens."""

import asyncio
import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from macros.export import api, archives, database, packed, rows
from macros.export.place import Site
from macros.formulary.book import Formulary

SITE = Site("Monographs")
OF_A_MEDICINE = ("medicines", "authorizations", "facts", "changes")
COLUMNS = Path(__file__).parent.parent / "golden/api-v1-columns.txt"


@pytest.fixture(scope="module")
def folder(book: Formulary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both archives of the real medicines."""
    return written(
        tmp_path_factory.mktemp("archives"), [archives.rows_of(api.record(book, each, SITE)) for each in book.monographs.values()]
    )


def written(folder: Path, medicines: Sequence[archives.Rows]) -> Path:
    """Both archives of these medicines in a folder."""
    stretches = [packed.stretch(rows.text_of([])), *(packed.stretch(each.lines) for each in medicines)]
    packed.write(folder / archives.ZIP, archives.TABLE, date(2026, 11, 26), stretches)
    with database.changed(folder / "base") as base:
        for each in medicines:
            database.put(base, each.tables)
    database.write(folder / archives.DATABASE, folder / "base", "2026-11-26-0123456789", "A notice.")
    return folder


@pytest.fixture(scope="module")
def table(book: Formulary) -> list[dict[str, str]]:
    """The rows of apixaban's file."""
    text = rows.text_of(rows.rows(api.record(book, book.monographs["apixaban"], SITE)))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_one_row_a_fact(book: Formulary, table: list[dict[str, str]]) -> None:
    assert sorted(row["id"] for row in table) == sorted(book.monographs["apixaban"].facts)


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (
            "apixaban/dose/treated-before",
            {"kind": "amount", "bound": "at least", "number": "6", "low": "", "unit": "month", "ucum": "mo", "text": "at least 6 months"},
        ),
        ("apixaban/dose/first-after-surgery", {"kind": "range", "number": "", "low": "12", "high": "24", "unit": "hour", "ucum": "h"}),
        # A regimen has no number of its own: half of a dose is none.
        ("apixaban/dose/recurrence", {"kind": "regimen", "number": "", "low": "", "condition": "after at least 6 months of treatment for DVT or PE"}),
    ],
)  # fmt: skip
def test_a_row(table: list[dict[str, str]], fact: str, said: dict[str, str]) -> None:
    row = next(row for row in table if row["id"] == fact)
    assert {key: row[key] for key in said} == said
    assert (row["status"], row["places"], row["draft"]) == ("approved", "US", "false")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1 mg", "'+1 mg"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\n=1", "'\n=1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("\uff20SUM(A1)", "'\uff20SUM(A1)"),
        (" =1+1", "' =1+1"),
        ("\u00a0\u3000+1 mg", "'\u00a0\u3000+1 mg"),
        ("\u200b=1", "'\u200b=1"),
        ("\ufeff=1", "'\ufeff=1"),
        ("\u202e-x", "'\u202e-x"),
        ("\v@SUM(A1)", "'\v@SUM(A1)"),
        ("\x00=1", "'\x00=1"),
        ("\r5 mg", "'\r5 mg"),
        ("-5.2", "-5.2"),  # a number is none
        ("−5 mg", "−5 mg"),
        (" 5 mg", " 5 mg"),
        ("5 mg", "5 mg"),
        ("a=b", "a=b"),
        ("5 mg;=1+1", "5 mg;'=1+1"),
        ("US; =1+1;-x", "US; '=1+1;'-x"),
        ("a\t\u200b@SUM(A1)", "a\t\u200b'@SUM(A1)"),
        ("US; EU", "US; EU"),
    ],
)
def test_no_cell_is_a_formula(cell: str, written: str) -> None:
    assert next(csv.reader(io.StringIO(rows.text_of([[cell]], head=False), newline=""))) == [written]


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (["a", "", "b"], "a,,b"),
        (["", "a, b", ""], ',"a, b",'),
        (["a, b", "=1, 2", ""], '"a, b","\'=1, 2",'),
        (["a", " -x", "-1"], "a,' -x,-1"),
        (["a", "US; @b", "c"], "a,US; '@b,c"),
        (['say "no"', "a, b"], '"say ""no""","a, b"'),
        (["a\nb", "c"], '"a\nb",c'),
        (["", ""], ","),
    ],
)
def test_a_row_is_written_cell_by_cell(row: list[str], line: str) -> None:
    assert rows.text_of([row], head=False) == f"{line}\r\n"


def test_each_value_of_the_database_is_encoded_as_if_it_were_alone(book: Formulary) -> None:
    records = [api.record(book, each, SITE) for each in book.monographs.values()]
    at = len(rows.HEAD), rows.HEAD.index("id")
    stored = {row[at[1]]: row[at[0]] for each in records for row in archives.rows_of(each).tables["facts"] if row[at[0]] is not None}
    assert stored == {fact["id"]: json.dumps(fact["value"], ensure_ascii=False) for each in records for fact in each["facts"]}


def test_no_cell_is_empty_where_the_file_says_something(book: Formulary) -> None:
    for monograph in book.monographs.values():
        record = api.record(book, monograph, SITE)
        cells = {row[rows.HEAD.index("id")]: dict(zip(rows.HEAD, row, strict=True)) for row in rows.rows(record)}
        said = [*record["facts"], *(gap for kind in ("not_read", "silent", "not_found") for gap in record["gaps"][kind])]
        empty = [
            (each["id"], name)
            for each in said
            for name in rows.COLUMNS.keys() - {"kind"}  # of a gap it has a column of another name
            if each.get(name) not in (None, "", []) and not cells[each["id"]][name]
        ]
        assert empty == []


# What no column holds: the parts of a value and of a gap, which `text` says whole, and the short form, which says less.
IN_TEXT = {"kind", "value", "short", "only", "passages", "words", "where", "on"}


def test_all_that_the_file_says_of_a_fact_has_a_column(book: Formulary) -> None:
    records = [api.record(book, each, SITE) for each in book.monographs.values()]
    gaps = [gap for record in records for kind in ("not_read", "silent", "not_found") for gap in record["gaps"][kind]]
    said = {name for each in (*(fact for record in records for fact in record["facts"]), *gaps) for name in each}
    assert said - rows.COLUMNS.keys() - IN_TEXT == set()


def test_no_column_is_ever_taken_away(folder: Path, golden: Any) -> None:
    """A line goes only by hand, with a new version of the interface. In the table a new column stands behind the others."""
    with closing(sqlite3.connect(folder / archives.DATABASE)) as base:
        tables = [name for (name,) in base.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        stored = [f"{table}.{name} {kind}" for table in tables for _, name, kind, *_ in base.execute(f"PRAGMA table_info({table})")]
    now = [*(f"{archives.TABLE}: {name}" for name in rows.HEAD), *stored]
    known = COLUMNS.read_text("utf-8").splitlines() if COLUMNS.is_file() else []
    assert sorted({*known} - {*now}) == []
    assert [line for line in now if line in known] == known
    made = "\n".join(now) + "\n"
    assert made == golden(COLUMNS, made)


def test_a_day_stands_as_a_program_reads_it(book: Formulary) -> None:
    said = [dict(zip(rows.HEAD, row, strict=True)) for row in _rows(book, book.monographs["fidanacogene-elaparvovec"])]
    found = {row["id"].rpartition("/")[2]: (row["kind"], row["date"], row["planned"]) for row in said if row["kind"] in ("date", "planned")}
    assert found["eu-withdrawal"] == ("date", "2025-05-15", "")
    assert [name for name, (kind, day, planned) in found.items() if bool(day) == bool(planned) or (kind == "date") != bool(day)] == []


def test_the_whole_table_is_all_files_under_one_head(book: Formulary, folder: Path) -> None:
    with zipfile.ZipFile(folder / archives.ZIP) as opened:
        text = opened.read(archives.TABLE).decode("utf-8")
    found = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [row["id"] for row in found] == [row[rows.HEAD.index("id")] for each in book.monographs.values() for row in _rows(book, each)]


def _rows(book: Formulary, monograph: Any) -> list[list[str]]:
    return list(rows.rows(api.record(book, monograph, SITE)))


def test_pandas_reads_the_table_and_the_database(book: Formulary, folder: Path) -> None:
    import pandas

    whole = pandas.read_csv(folder / archives.ZIP, dtype=str, keep_default_na=False)
    with closing(sqlite3.connect(folder / archives.DATABASE)) as base:
        stored = pandas.read_sql("SELECT * FROM facts ORDER BY medicine, position", base, dtype=str)
    assert len(whole) == len(book.facts)
    # The apostrophe before what looks like a formula is for spreadsheets alone.
    assert [cell.removeprefix("'") for cell in whole["text"]] == [cell.removeprefix("'") for cell in stored["text"]]
    assert list(whole["status"]) == list(stored["status"])


def test_datasette_opens_the_database(folder: Path) -> None:
    from datasette.app import Datasette

    datasette = Datasette([str(folder / archives.DATABASE)])

    async def asked() -> Any:
        query = "/monographs/facts.json?_shape=array&id=apixaban/dose/recurrence"
        return (await datasette.client.get(query)).json()

    with ThreadPoolExecutor(1) as apart:  # a browser of another test may have a loop of its own in this thread
        found = apart.submit(lambda: asyncio.run(asked())).result()
    assert [(each["status"], each["places"], each["condition"]) for each in found] == [
        ("approved", "US", "after at least 6 months of treatment for DVT or PE")
    ]


def test_every_citation_leads_to_its_source(book: Formulary, folder: Path) -> None:
    with closing(sqlite3.connect(folder / archives.DATABASE)) as base:
        count = base.execute("SELECT count(*) FROM citations JOIN sources ON name = source JOIN facts ON id = fact").fetchone()
    assert count == (sum(len(fact.sources) for fact in book.facts.values()),)


def test_archives_are_the_same_each_time(book: Formulary, folder: Path, tmp_path: Path) -> None:
    written(tmp_path, [archives.rows_of(api.record(book, each, SITE)) for each in book.monographs.values()])
    for name in (archives.ZIP, archives.DATABASE):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_a_database_from_which_was_taken_and_into_which_was_put_is_as_a_first_one(book: Formulary, folder: Path, tmp_path: Path) -> None:
    """Whatever was in it between, and in whatever order medicines came; a source that a medicine alone had goes with it."""
    medicines = {each.slug: archives.rows_of(api.record(book, each, SITE)) for each in book.monographs.values()}
    own = {slug: {str(name) for name, *_ in each.tables["sources"]} for slug, each in medicines.items()}
    with database.changed(tmp_path / "base") as base:
        for slug in reversed(medicines):
            database.put(base, medicines[slug].tables)
    for slug in ("apixaban", "valoctocogene-roxaparvovec"):
        with database.changed(tmp_path / "base") as base:
            database.take(base, slug, own[slug].difference(*(each for other, each in own.items() if other != slug)))
    database.write(tmp_path / "less", tmp_path / "base", "", "")
    with closing(sqlite3.connect(tmp_path / "less")) as less:
        left = {table: {name for (name,) in less.execute(f"SELECT DISTINCT medicine FROM {table}")} for table in OF_A_MEDICINE}
        sources = {name for (name,) in less.execute("SELECT name FROM sources")}
        strays = less.execute("SELECT count(*) FROM citations WHERE fact NOT IN (SELECT id FROM facts)").fetchone()
    others = medicines.keys() - {"apixaban", "valoctocogene-roxaparvovec"}
    assert (left, sources, strays) == (dict.fromkeys(OF_A_MEDICINE, others), {*set[str]().union(*(own[slug] for slug in others))}, (0,))
    with database.changed(tmp_path / "base") as base:
        for slug in ("valoctocogene-roxaparvovec", "apixaban"):
            database.put(base, medicines[slug].tables)
    database.write(tmp_path / "again", tmp_path / "base", "2026-11-26-0123456789", "A notice.")
    assert (tmp_path / "again").read_bytes() == (folder / archives.DATABASE).read_bytes()


@pytest.mark.parametrize("texts", [[""], ["a,b\r\n"], ["", "5\u202fmg\r\n" * 9000, "", "é"]], ids=["empty", "one", "several"])
def test_a_zip_of_stretches_is_read_as_any_other(texts: list[str], tmp_path: Path) -> None:
    packed.write(tmp_path / "a.zip", "é.csv", date(2026, 11, 26), map(packed.stretch, texts))
    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        (info,) = opened.infolist()
        assert (opened.testzip(), opened.read(info).decode()) == (None, "".join(texts))
        told = (info.filename, info.date_time, info.external_attr >> 16, info.create_system, info.orig_filename)
    assert told == ("é.csv", (2026, 11, 26, 0, 0, 0), 0o100644, 3, "é.csv")


def test_a_file_too_large_for_a_zip_of_this_kind_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "_MOST", 100)
    with pytest.raises(OverflowError, match=r"^a\.csv: a zip of this kind holds no more than 100 bytes$"):
        packed.write(tmp_path / "a.zip", "a.csv", date(2026, 11, 26), [packed.stretch("a" * 101)])
