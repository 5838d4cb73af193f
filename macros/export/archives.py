"""Everything in one file: a table for spreadsheets in a zip, and a database. One medicine is in memory at once."""

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from macros.export import records as api, rows
from macros.export.place import Made

TABLE: Final = "facts.csv"
ZIP: Final = f"{TABLE}.zip"
DATABASE: Final = "monographs.sqlite"

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
    "CREATE INDEX facts_of_a_medicine ON facts (medicine, topic)",
)


def write(folder: Path, medicines: Iterable[api.Medicine], made: Made, notice: str) -> None:
    """Writes both files into a folder, the same for the same medicines, made by the same SQLite."""
    (folder / DATABASE).unlink(missing_ok=True)
    zipped = zipfile.ZipFile(folder / ZIP, "w", zipfile.ZIP_DEFLATED)
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as base, zipped:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("BEGIN")
        for table in _TABLES:
            base.execute(table)
        base.executemany("INSERT INTO about VALUES (?, ?)", [("version", made.version), ("notice", notice)])
        info = zipfile.ZipInfo(TABLE, (made.built.year, made.built.month, made.built.day, 0, 0, 0))
        info.create_system, info.external_attr, info.compress_type = 3, 0o100644 << 16, zipfile.ZIP_DEFLATED
        with zipped.open(info, "w") as opened, io.TextIOWrapper(opened, "utf-8", newline="") as table_of_all:
            table_of_all.write(rows.text_of([]))
            for each in medicines:
                facts = list(rows.rows(each))
                table_of_all.write(rows.text_of(facts, head=False))
                _insert(base, each, facts)
        base.execute("COMMIT")


def _insert(base: sqlite3.Connection, of: api.Medicine, facts: list[list[str]]) -> None:
    about = (of["medicine"], of["inn"], "; ".join(of["brands"]), str(of["draft"]).lower(), of["page"], of["checked"], of["check_due"])
    _many(base, "medicines", [about])
    _many(
        base,
        "authorizations",
        ((of["medicine"], each["place"], str(each["granted"]).lower(), each.get("ended_by")) for each in of["authorizations"]),
    )
    values = {each["id"]: json.dumps(each["value"], ensure_ascii=False) for each in of["facts"]}
    at = rows.HEAD.index("id")
    _many(base, "facts", ([*row, values.get(row[at])] for row in facts))
    _many(base, "sources", (_source(each) for each in of["sources"]), "OR IGNORE")  # several medicines may rest on one
    _many(base, "citations", _citations(of))
    _many(base, "changes", ((of["medicine"], each["id"], each["date"], each["kind"], each["reason"]) for each in of["changes"]))


def _source(of: api.Source) -> tuple[Any, ...]:
    return (
        of["name"], of["title"], of["statement"], of.get("address"), of.get("date"), of.get("date_read"), "; ".join(of["places"]),
    )  # fmt: skip


def _citations(of: api.Medicine) -> Iterator[tuple[Any, ...]]:
    for fact in of["facts"]:
        yield from ((fact["id"], each["source"], each["grade"], each.get("locator")) for each in fact["sources"])


def _many(base: sqlite3.Connection, table: str, given: Iterable[Any], otherwise: str = "") -> None:
    for row in given:
        base.execute(f"INSERT {otherwise} INTO {table} VALUES ({', '.join('?' * len(row))})", tuple(row))
