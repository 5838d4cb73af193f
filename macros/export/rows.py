"""A fact on one row, for spreadsheets and databases: the same columns in CSV and SQLite, in one list."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from macros.export import records as api

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
# With these a spreadsheet begins a formula, some with those of full width as well, and some pass over spaces and what is not seen.
_PASSED, _BEGINS = "[\\s\\x00-\\x1f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]*", "[=+\\-@\uff1d\uff0b\uff0d\uff20]"
_FORMULA = re.compile(f"{_PASSED}{_BEGINS}|[\\t\\r\\n]")
# Where lists are parted by semicolons, as in German, a cell ends at one for a spreadsheet, or at a tab, whatever the file is called.
_FURTHER = re.compile(f"[;\t]{_PASSED}(?={_BEGINS})")
# Cells one after another, each behind a sign that no text may hold: whether any of them begins a formula, or holds one that it would.
_BETWEEN: Final = "\0"
_FORMULAS, _AFTER = re.compile(f"{_BETWEEN}{_PASSED}{_BEGINS}"), re.compile(f";{_PASSED}{_BEGINS}")
# An Excel without this takes the file for one in its own letters.
_MARK = "\ufeff"

# Where a column's field stands: of the fact itself, of its value, of the amount or range that the value is, or made for the table.
_FACT, _VALUE, _NUMBERS, _MADE = range(4)


def _of(at: int, *names: str) -> dict[str, tuple[int, str]]:
    return {name: (at, name) for name in names}


# Each column with the field that stands in it. `gap` says of a row without a value which kind of gap it is. Of a kind of value with
# several numbers no column holds one alone.
COLUMNS: Final[Mapping[str, tuple[int, str]]] = {
    **_of(_FACT, "id", "title", "topic", "status", "status_word", "marked", "places", "ended_places", "evidence", "authorizes"),
    "gap": (_FACT, "kind"),
    **_of(_VALUE, "kind"),
    **_of(_FACT, "quote", "text", "condition"),
    **_of(_NUMBERS, "bound", "number", "low", "high", "unit", "ucum"),
    **_of(_FACT, "endpoint", "population", "participants", "time", "statistic", "interval", "assay", "note", "under", "trial", "event"),
    **_of(_MADE, "weak_places", "sources"),
    **_of(_FACT, "checked", "address"),
    **_of(_VALUE, "date", "planned"),
    **_of(_FACT, "urgency", "trial_name", "sponsor_id", "phase", "design"),
}
# For each of these parts, where in a row its fields stand.
_AT: Final = tuple({name: at for at, (of, name) in enumerate(COLUMNS.values()) if of == part} for part in (_FACT, _VALUE, _NUMBERS, _MADE))
_EMPTY: Final = [""] * len(COLUMNS)
HEAD: Final = ("medicine", "inn", "draft", *COLUMNS)


def rows(of: api.Medicine) -> Iterator[tuple[str, ...]]:
    """Each fact and each gap of a medicine, in the order of HEAD."""
    first, gaps = [of["medicine"], of["inn"], _shown(of["draft"])], of["gaps"]
    for said in (*of["facts"], *gaps["not_read"], *gaps["silent"], *gaps["not_found"]):
        yield (*first, *_row(said))


def _row(said: Mapping[str, Any]) -> list[str]:
    """The cells of a fact. It has a third of all fields, so these are put where they stand, instead of asking for each column's."""
    value, row = said.get("value", {}), _EMPTY.copy()
    made = {"sources": "; ".join(map(_cited, said.get("sources", ())))}
    if "weak_places" in said:
        made["weak_places"] = "; ".join([each or "all" for each in said["weak_places"]])
    for at, part in zip(_AT, (said, value, value.get("amount") or value.get("range") or {}, made), strict=True):
        for name, field in part.items():
            if name in at:
                row[at[name]] = field if type(field) is str else _shown(field)
    return row


def _shown(field: object) -> str:
    """What stands in a cell for a field that is no text."""
    if field is None:
        return ""
    if isinstance(field, list):
        return "; ".join(field)
    return str(field).lower() if isinstance(field, bool) else str(field)


def _cited(of: api.Cited) -> str:
    return f"{of['source']} ({of['grade']}{', ' + of['locator'] if 'locator' in of else ''})"


def text_of(of: Iterable[Iterable[str]], *, head: bool = True) -> str:
    """Rows as CSV, below their head, if they begin a file. What a spreadsheet would run as a formula has an apostrophe in front."""
    return _MARK * head + "".join([f"{_line(row)}\r\n" for row in ([HEAD, *of] if head else of)])


def _line(row: Iterable[str]) -> str:
    """A row as it is written. Nearly all hold nothing but commas that has to be marked, which is seen at once for all of its cells."""
    cells = tuple(row)
    joined = _BETWEEN.join(["", *filter(None, cells)])
    if '"' in joined or "\n" in joined or "\r" in joined or "\t" in joined or _FORMULAS.search(joined) or _AFTER.search(joined):
        return ",".join(map(_written, cells))
    return ",".join([f'"{cell}"' if "," in cell else cell for cell in cells])


def _written(cell: str) -> str:
    # No formula begins with a letter or a digit, as nearly all cells do.
    safe = f"'{cell}" if not cell[:1].isalnum() and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell
    if ";" in safe or "\t" in safe:
        safe = _FURTHER.sub(lambda parted: f"{parted[0]}'", safe)
    if "," not in safe and '"' not in safe and "\n" not in safe and "\r" not in safe:
        return safe
    return '"{}"'.format(safe.replace('"', '""'))
