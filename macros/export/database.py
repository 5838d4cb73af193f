"""Everything in a database of SQLite. One medicine is in memory at once, and only what changed is put in anew."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from macros.export import records as api, rows

# The rows of a medicine by their tables, in the order of the columns.
Tables = Mapping[str, list[tuple[str | int | None, ...]]]

# No table has numbers of rows beside its key, so the file follows from what it holds, whatever was put in and taken out before.
_TABLES: Final = (
    "about (name TEXT PRIMARY KEY, said TEXT NOT NULL)",
    "medicines (medicine TEXT PRIMARY KEY, inn TEXT NOT NULL, brands TEXT NOT NULL, draft TEXT NOT NULL, page TEXT NOT NULL, "
    "checked TEXT NOT NULL, check_due TEXT NOT NULL, classes TEXT NOT NULL, diseases TEXT NOT NULL, data_version TEXT NOT NULL)",
    "authorizations (medicine TEXT NOT NULL REFERENCES medicines, place TEXT NOT NULL, granted TEXT NOT NULL, ended_by TEXT, "
    "position INTEGER NOT NULL, event TEXT NOT NULL, since TEXT, stands TEXT NOT NULL, "
    "PRIMARY KEY (medicine, place))",
    f"facts ({', '.join(f'{name} TEXT' for name in rows.HEAD)}, value TEXT, position INTEGER NOT NULL, PRIMARY KEY (id))",
    "sources (name TEXT PRIMARY KEY, title TEXT NOT NULL, statement TEXT NOT NULL, address TEXT, date TEXT, date_read TEXT, "
    "places TEXT NOT NULL, reading TEXT, doi TEXT, pmid TEXT, edition TEXT, date_words TEXT)",
    "citations (fact TEXT NOT NULL REFERENCES facts, source TEXT NOT NULL REFERENCES sources, grade TEXT NOT NULL, locator TEXT, "
    "position INTEGER NOT NULL, PRIMARY KEY (fact, position))",
    "changes (medicine TEXT NOT NULL REFERENCES medicines, id TEXT NOT NULL, date TEXT NOT NULL, kind TEXT NOT NULL, "
    "reason TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (medicine, id))",
)
_INDEX: Final = "CREATE INDEX facts_of_a_medicine ON facts (medicine, topic, position)"
_PAGE: Final = 16384  # bytes; on pages of the usual 4096 one part in eight is left empty, as rows are long
SCHEMA: Final = ";\n".join([f"PRAGMA page_size = {_PAGE}", *(f"CREATE TABLE {table} WITHOUT ROWID" for table in _TABLES), _INDEX])
_OF_A_MEDICINE: Final = ("authorizations", "changes", "facts", "medicines")
_JSON: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False)
_PARTED: Final = "\0"


def tables_of(said: api.Medicine, facts: Iterable[tuple[str, ...]]) -> Tables:
    """The rows of a medicine; those of its facts stand in its table, too."""
    slug, at = said["medicine"], rows.HEAD.index("id")
    values = dict(zip((each["id"] for each in said["facts"]), _each_encoded([each["value"] for each in said["facts"]]), strict=True))
    about = (slug, said["inn"], "; ".join(said["brands"]), _flag(said["draft"]), said["page"], said["checked"], said["check_due"])
    return {
        "medicines": [(*about, "; ".join(said["classes"]), "; ".join(said["diseases"]), said["data_version"])],
        "authorizations": [
            (slug, each["place"], _flag(each["granted"]), each.get("ended_by"), position, *_decided(each))
            for position, each in enumerate(said["authorizations"], 1)
        ],
        "facts": [(*row, values.get(row[at]), position) for position, row in enumerate(facts, 1)],
        "sources": [_source(each) for each in said["sources"]],
        "citations": [
            (fact["id"], each["source"], each["grade"], each.get("locator"), position)
            for fact in said["facts"]
            for position, each in enumerate(fact["sources"], 1)
        ],
        "changes": [
            (slug, each["id"], each["date"], each["kind"], each["reason"], position) for position, each in enumerate(said["changes"], 1)
        ],
    }


def _each_encoded(values: Iterable[object]) -> list[str]:
    """Each value as JSON. All are encoded at once, parted by a text that none of them holds, since to begin takes longer than most."""
    parted = [part for value in values for part in (_PARTED, value)][1:]
    return _JSON.encode(parted)[1:-1].split(f", {_JSON.encode(_PARTED)}, ") if parted else []


@contextmanager
def changed(path: Path) -> Iterator[sqlite3.Connection]:
    """The database at this path, which is made if there is none, to put medicines in or to take them out.

    Whoever is stopped meanwhile has to make it anew: nothing could be taken back.
    """
    new = not path.exists()
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode = OFF")
        for each in SCHEMA.split(";\n") if new else ():
            base.execute(each)
        base.execute("BEGIN")
        yield base
        base.execute("COMMIT")


def put(base: sqlite3.Connection, own: Tables) -> None:
    """Puts in a medicine; a source on which several rest is there once."""
    for table, of_table in own.items():
        _insert(base, table, of_table)


def take(base: sqlite3.Connection, slug: str, sources: Iterable[str]) -> None:
    """Takes out a medicine, with sources on which no other rests."""
    # A medicine's facts are the ids that begin with its name and "/", the sign after which is "0".
    base.execute("DELETE FROM citations WHERE fact > ? AND fact < ?", (f"{slug}/", f"{slug}0"))
    for table in _OF_A_MEDICINE:
        base.execute(f"DELETE FROM {table} WHERE medicine = ?", (slug,))
    base.executemany("DELETE FROM sources WHERE name = ?", [(name,) for name in sources])


def write(path: Path, of: Path, version: str, notice: str) -> None:
    """Writes the database at `of` to a new place, with its version and what whoever shows the data has to say.

    It is the same for the same medicines, made by the same SQLite.
    """
    with closing(sqlite3.connect(of, isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("DELETE FROM about")
        _insert(base, "about", [("version", version), ("notice", notice)])
        base.execute("VACUUM INTO ?", (str(path),))


def _source(of: api.Source) -> tuple[str | None, ...]:
    places = "; ".join(of["places"])
    known = (of.get("reading"), of.get("doi"), of.get("pmid"), of.get("edition"), of.get("date_words"))
    return (of["name"], of["title"], of["statement"], of.get("address"), of.get("date"), of.get("date_read"), places, *known)


def _decided(of: api.Authorization) -> tuple[str | None, ...]:
    """What decides an authorization, since when, and whether one stands."""
    return of["event"], of.get("since"), _flag(of["stands"])


def _flag(said: bool) -> str:
    return str(said).lower()


def _insert(base: sqlite3.Connection, table: str, own: list[tuple[str | int | None, ...]]) -> None:
    if own:
        base.executemany(f"INSERT {'OR IGNORE ' * (table == 'sources')}INTO {table} VALUES ({', '.join('?' * len(own[0]))})", own)
