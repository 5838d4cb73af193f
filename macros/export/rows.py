"""A fact on one row, for spreadsheets and databases: the same columns in CSV and SQLite, in one list."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from macros.export import records as api

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
# With these a spreadsheet begins a formula, some with those of full width as well.
_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
# An Excel without this takes the file for one in its own letters.
_MARK = "\ufeff"

_Row = Mapping[str, Any]


def _listed(key: str) -> Callable[[_Row], str]:
    return lambda said: "; ".join(said.get(key, ()))


def _number(key: str) -> Callable[[_Row], str]:
    """A field of the value, where that is an amount or a range: of all other kinds no column can hold a part alone."""

    def found(said: _Row) -> str:
        value = said.get("value", {})
        return str((value.get("amount") or value.get("range") or {}).get(key, ""))

    return found


def _value(key: str) -> Callable[[_Row], str]:
    return lambda said: str(said.get("value", {}).get(key, ""))


def _cited(said: _Row) -> str:
    return "; ".join(
        f"{each['source']} ({each['grade']}{', ' + each['locator'] if 'locator' in each else ''})" for each in said.get("sources", ())
    )


def _plain(key: str) -> Callable[[_Row], str]:
    def found(said: _Row) -> str:
        value = said.get(key)
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    return found


# Each column with what stands in it. `gap` says of a row without a value which kind of gap it is.
COLUMNS: Final[Mapping[str, Callable[[_Row], str]]] = {
    "id": _plain("id"),
    "title": _plain("title"),
    "topic": _plain("topic"),
    "status": _plain("status"),
    "status_word": _plain("status_word"),
    "marked": _plain("marked"),
    "places": _listed("places"),
    "ended_places": _listed("ended_places"),
    "evidence": _plain("evidence"),
    "authorizes": _plain("authorizes"),
    "gap": _plain("kind"),
    "kind": _value("kind"),
    "quote": _plain("quote"),
    "text": _plain("text"),
    "condition": _plain("condition"),
    "bound": _number("bound"),
    "number": _number("number"),
    "low": _number("low"),
    "high": _number("high"),
    "unit": _number("unit"),
    "ucum": _number("ucum"),
    "endpoint": _plain("endpoint"),
    "population": _plain("population"),
    "participants": _plain("participants"),
    "time": _plain("time"),
    "statistic": _plain("statistic"),
    "interval": _plain("interval"),
    "assay": _plain("assay"),
    "note": _plain("note"),
    "under": _listed("under"),
    "trial": _plain("trial"),
    "event": _plain("event"),
    "weak_places": lambda said: "; ".join(each or "all" for each in said.get("weak_places", ())),
    "sources": _cited,
    "checked": _plain("checked"),
    "address": _plain("address"),
    "date": _value("date"),
    "planned": _value("planned"),
}
HEAD: Final = ("medicine", "inn", "draft", *COLUMNS)


def rows(of: api.Medicine) -> Iterator[list[str]]:
    """Each fact and each gap of a medicine, in the order of HEAD."""
    first = [of["medicine"], of["inn"], str(of["draft"]).lower()]
    gaps = of["gaps"]
    for said in (*of["facts"], *gaps["not_read"], *gaps["silent"], *gaps["not_found"]):
        yield [*first, *(found(said) for found in COLUMNS.values())]


def text_of(of: Iterable[Iterable[str]], *, head: bool = True) -> str:
    """Rows as CSV, below their head, if they begin a file. What a spreadsheet would run as a formula has an apostrophe in front."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    if head:
        writer.writerow(HEAD)
    writer.writerows([_defused(cell) for cell in row] for row in of)
    return _MARK * head + made.getvalue()


def _defused(cell: str) -> str:
    return f"'{cell}" if cell[:1] in _FORMULA and not _NUMBER.fullmatch(cell) else cell
