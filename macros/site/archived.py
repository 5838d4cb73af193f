"""The archives of all medicines in a site, made from what is kept of each, and from what they were before."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import orjson

from macros.export import archives, database as stored, packed, rows
from macros.finding import Refused
from macros.pages.files import API
from macros.site.edition import Edition
from macros.site.kept import Kept
from macros.site.made import Order
from macros.site.unchanged import Mark, mark_of

_BASE = "_base"
_OLDEST = (3, 27)


class _Base(NamedTuple):
    """The database as it is kept: its schema, a mark of its file, and of each medicine in it that of its rows, and its sources."""

    schema: str
    file: Mark
    marks: Mapping[str, tuple[int, int, int]]
    sources: Mapping[str, frozenset[str]]


def table(order: Order, site: Path, slugs: Iterable[str], this: Edition) -> dict[str, object]:
    """Writes the table of these medicines. Raises Refused if a zip can't hold it."""
    folder = _folder(site)
    try:
        packed.write(folder / archives.ZIP, archives.TABLE, this.built, _stretches(order, slugs))
    except OverflowError as error:
        raise Refused(f"the table of all medicines can't be written: {error}") from error
    return {}


def _stretches(order: Order, slugs: Iterable[str]) -> Iterator[packed.Stretch]:
    yield packed.stretch(rows.text_of([]))
    yield from (Kept(order.root).need(order.lined, slug) for slug in slugs)


def database(order: Order, site: Path, slugs: Sequence[str], this: Edition, notice: str) -> dict[str, object]:
    """Writes the database of these medicines, and keeps it for the next time, where a site takes the place of another.

    Raises Refused where Python's SQLite can't, or has no room.
    """
    if sqlite3.sqlite_version_info < _OLDEST:
        raise Refused(f"SQLite {sqlite3.sqlite_version} can't copy a database; use a Python that brings SQLite 3.27 or newer")
    try:
        _database(order, site, slugs, this, notice)
    except sqlite3.Error as error:
        raise Refused(f"the database of all medicines can't be written: {error}; nothing was published") from error
    return {}


def _database(order: Order, site: Path, slugs: Sequence[str], this: Edition, notice: str) -> None:
    kept = Kept(order.root)
    base = (kept.folder if order.published else site.parent) / f"{order.kind}.sqlite"
    before: _Base | None = kept.get(order.tabled, _BASE)
    if before is None or before.schema != stored.SCHEMA or not base.is_file() or before.file != mark_of(base.lstat()):
        base.unlink(missing_ok=True)
        before = _Base(stored.SCHEMA, (0, 0, 0, 0), {}, {})
    now = {slug: kept.mark(order.tabled, slug) for slug in slugs}
    stale = [slug for slug, mark in before.marks.items() if now.get(slug) != mark]
    sources = {slug: own for slug, own in before.sources.items() if slug not in stale}
    unused = frozenset[str]().union(*(before.sources[slug] for slug in stale)).difference(*sources.values())
    with stored.changed(base) as connection:
        for slug in stale:
            stored.take(connection, slug, unused & before.sources[slug])
        for slug in slugs:
            if slug not in sources:
                own: stored.Tables = orjson.loads(kept.need(order.tabled, slug))
                stored.put(connection, own)
                sources[slug] = frozenset(str(name) for name, *_ in own["sources"])
    stored.write(_folder(site) / archives.DATABASE, base, this.version, notice)
    if order.published:
        kept.put(order.tabled, _BASE, _Base(stored.SCHEMA, mark_of(base.lstat()), now, sources))


def _folder(site: Path) -> Path:
    folder = site / API
    folder.mkdir(parents=True, exist_ok=True)
    return folder
