"""What holds all medicines in one file: a table for spreadsheets in a zip, and a database. One medicine is in memory at once."""

from pathlib import PurePosixPath
from typing import Final, NamedTuple

from macros.export import database, records as api, rows
from macros.pages.files import DATA_OF_ALL

ZIP, DATABASE = (PurePosixPath(DATA_OF_ALL[name]).name for name in ("table", "database"))
TABLE: Final = ZIP.removesuffix(".zip")


class Rows(NamedTuple):
    """What both archives hold of a medicine: the lines of its table without their head, and the rows of each table of the database."""

    lines: str
    tables: database.Tables


def rows_of(said: api.Medicine) -> Rows:
    """The rows of a medicine, made once and kept until it changes."""
    facts = list(rows.rows(said))
    return Rows(rows.text_of(facts, head=False), database.tables_of(said, facts))
