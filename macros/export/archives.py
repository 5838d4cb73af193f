"""Everything in one file: a table for spreadsheets in a zip, and a database. One medicine is in memory at once."""

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from macros.export import records as api, rows
from macros.export.place import Made
from macros.pages.files import DATA_OF_ALL

ZIP, DATABASE = (PurePosixPath(DATA_OF_ALL[name]).name for name in ("table", "database"))
TABLE: Final = ZIP.removesuffix(".zip")

_TABLES: Final = (
    "CREATE TABLE about (name TEXT PRIMARY KEY, said TEXT NOT NULL)",
    "CREATE TABLE medicines (medicine TEXT PRIMARY KEY, inn TEXT NOT NULL, brands TEXT NOT NULL, draft TEXT NOT NULL, page TEXT NOT NULL, "
    "checked TEXT NOT NULL, check_due TEXT NOT NULL)",
    "CREATE TABLE authorizations (medicine TEXT NOT NULL REFERENCES medicines, place TEXT NOT NULL, granted TEXT NOT NULL, ended_by TEXT)",
    f"CREATE TABLE facts ({', '.join(f'{name} TEXT' for name in rows.HEAD)}, value TEXT, PRIMARY KEY (id))",
    "CREATE TABLE sources (name TEXT PRIMARY KEY, title TEXT NOT NULL, statement TEXT NOT NULL, address TEXT, date TEXT, date_read TEXT, "
    "places TEXT NOT NULL)",
    "CREATE TABLE citations (fact TEXT NOT NULL REFERENCES facts, source TEXT NOT NULL REFERENCES sources, grade TEXT NOT NULL, "
    "locator TEXT)",
    "CREATE TABLE changes (medicine TEXT NOT NULL REFERENCES medicines, id TEXT NOT NULL, date TEXT NOT NULL, kind TEXT NOT NULL, "
    "reason TEXT NOT NULL)",
)
_INDEX: Final = "CREATE INDEX facts_of_a_medicine ON facts (medicine, topic)"
_PAGE: Final = 16384  # bytes; on pages of the usual 4096 one part in eight is left empty, as rows are long
_JSON: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False)


class Rows(NamedTuple):
    """What both archives hold of a medicine: the lines of its table without their head, and the rows of each table of the database."""

    lines: str
    tables: Mapping[str, list[tuple[str | None, ...]]]


def rows_of(said: api.Medicine) -> Rows:
    """The rows of a medicine, made once and kept until it changes."""
    facts = list(rows.rows(said))
    slug, at = said["medicine"], rows.HEAD.index("id")
    values = {each["id"]: _JSON.encode(each["value"]) for each in said["facts"]}
    brands = "; ".join(said["brands"])
    about = (slug, said["inn"], brands, _flag(said["draft"]), said["page"], said["checked"], said["check_due"])
    tables: dict[str, list[tuple[str | None, ...]]] = {
        "medicines": [about],
        "authorizations": [(slug, each["place"], _flag(each["granted"]), each.get("ended_by")) for each in said["authorizations"]],
        "facts": [(*row, values.get(row[at])) for row in facts],
        "sources": [_source(each) for each in said["sources"]],
        "citations": [
            (fact["id"], each["source"], each["grade"], each.get("locator")) for fact in said["facts"] for each in fact["sources"]
        ],
        "changes": [(slug, each["id"], each["date"], each["kind"], each["reason"]) for each in said["changes"]],
    }
    return Rows(rows.text_of(facts, head=False), tables)


def write(folder: Path, medicines: Iterable[Rows], made: Made, notice: str) -> None:
    """Writes both files into a folder, the same for the same medicines, made by the same SQLite."""
    (folder / DATABASE).unlink(missing_ok=True)
    zipped = zipfile.ZipFile(folder / ZIP, "w", zipfile.ZIP_DEFLATED)
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as base, zipped:
        base.execute(f"PRAGMA page_size = {_PAGE}")
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("BEGIN")
        for table in _TABLES:
            base.execute(table)
        _insert(base, "about", [("version", made.version), ("notice", notice)])
        info = zipfile.ZipInfo(TABLE, (made.built.year, made.built.month, made.built.day, 0, 0, 0))
        info.create_system, info.external_attr, info.compress_type = 3, 0o100644 << 16, zipfile.ZIP_DEFLATED
        with zipped.open(info, "w") as opened, io.TextIOWrapper(opened, "utf-8", newline="") as table_of_all:
            table_of_all.write(rows.text_of([]))
            for each in medicines:
                table_of_all.write(each.lines)
                for table, own in each.tables.items():
                    _insert(base, table, own)
        base.execute(_INDEX)
        base.execute("COMMIT")


def _source(of: api.Source) -> tuple[str | None, ...]:
    places = "; ".join(of["places"])
    return (of["name"], of["title"], of["statement"], of.get("address"), of.get("date"), of.get("date_read"), places)


def _flag(said: bool) -> str:
    return str(said).lower()


def _insert(base: sqlite3.Connection, table: str, own: Sequence[tuple[str | None, ...]]) -> None:
    """Puts rows into a table; a source on which several medicines rest is there once."""
    if own:
        base.executemany(f"INSERT {'OR IGNORE ' * (table == 'sources')}INTO {table} VALUES ({', '.join('?' * len(own[0]))})", own)
