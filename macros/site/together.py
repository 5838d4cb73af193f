"""The site put together from the parts that were made: pages and files written, and what tells of all of them made from what is kept."""

import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from macros.export.overview import notice
from macros.formulary.book import Formulary
from macros.pages import settings
from macros.pages.html import address_of
from macros.site import archived, exported, headers, notices, search_pieces, security, sitemap
from macros.site.cores import in_batches, meanwhile
from macros.site.edition import SIGNS, edition, words_of
from macros.site.kept import Kept
from macros.site.leaf import SITE, VERSION
from macros.site.made import Made, Order, beside, is_sought
from macros.site.search_pieces import Indexed, Joined
from macros.site.signed import Signed, filled
from macros.site.unchanged import Written, is_carried, put
from macros.site.whole import key_of

BATCH = 40  # parts at most whose pages are written, or whose words are joined, by one process at once
# The theme's own search, which is not used, in forty languages.
_UNUSED = ("lunr", "workers")
_WRITTEN = "_written"


@contextmanager
def put_together(
    order: Order, carried: Mapping[str, Iterable[str]], new: Collection[str], version: str, book: Formulary, work: Path, day: date | None
) -> Iterator[tuple[Path, Callable[[], None]]]:
    """The site of these parts, each with its pages, and with what every page says of the edition written in.

    The body of `with` makes the parts that are `new`; meanwhile the others are written. It has to call what it gets beside the
    site, too, which writes what tells of all medicines, when there is time for it. `version` is that of all data.
    """
    site = work / "whole"
    site.mkdir()
    this = edition(order.root, book, day)
    words = words_of(this)
    said = {VERSION.encode(): version.encode(), **{sign.encode(): words[name].encode() for name, sign in SIGNS.items()}}
    here = replace(book, monographs={slug: each for slug, each in book.monographs.items() if slug in carried})
    own = {slug: [address_of(page, not order.offline) for page in pages] for slug, pages in carried.items()}
    addresses = [address for each in own.values() for address in each]
    sought = sorted((address, slug) for slug, each in own.items() for address in each if is_sought(address))
    before: Mapping[str, Written] = Kept(order.root).get(order.kind, _WRITTEN) or {}
    parts = {slug: _Part(slug, before.get(slug)) for slug in carried}
    medicines = [slug for slug in carried if slug != SITE]
    archives = [(archived.table, order, site, medicines, this), (archived.database, order, site, medicines, this, notice(here))]
    old = _batches([parts[slug] for slug in medicines if slug not in new], order, site, said)
    with meanwhile(_done, old) as of_old:
        yield site, partial(exported.write, site, here, order.site, this, said, addresses)
        of_these = _batches([part for slug, part in parts.items() if slug in new], order, site, said)
        with meanwhile(_done, [*archives, *of_these]) as of_new:
            shutil.copytree(beside(order), site, ignore=shutil.ignore_patterns(*_UNUSED), dirs_exist_ok=True)
            (site / notices.NAME).write_text(notices.text(), "utf-8", newline="\n")
            search_pieces.write(site, _joined(order, sought), book)
            written = {slug: each for done in (*of_old, *of_new) for slug, each in done.items()}
    seconds = int(order.environment.get("SOURCE_DATE_EPOCH") or os.environ.get("SOURCE_DATE_EPOCH") or 0)
    sitemap.write(site, settings.site_url(order.root), addresses, seconds, this.built.isoformat())
    if not order.offline:
        # A copy is read from a disk, where nothing is sent, so only the hosted site has this file.
        scripts = set[str]().union(*(each.scripts for each in written.values()))
        (site / headers.NAME).write_text(headers.for_hosts(headers.headers(scripts), headers.kept(site)), "utf-8", newline="\n")
        security.write(site, settings.security(order.root), order.site.url)
        Kept(order.root).put(order.kind, _WRITTEN, written)


class _Part(NamedTuple):
    """A part that is to be written, and how it was written before."""

    slug: str
    before: Written | None


def _batches(parts: Sequence[_Part], *given: Any) -> list[tuple[Any, ...]]:
    """Jobs that write these parts."""
    order, site, said = given
    return [(_written, order, site, batch, said) for batch in in_batches(parts, BATCH)]


def _done(work: Callable[..., dict[str, Written]], *given: Any) -> dict[str, Written]:
    return work(*given)


def _written(order: Order, site: Path, parts: Iterable[_Part], said: Mapping[bytes, bytes]) -> dict[str, Written]:
    """Writes these parts: their pages, with words in place of signs, and what the search tells of each.

    Of a part that would be as it stands in the site that is there already, the files are carried over.
    """
    return {part.slug: _carried(order, site, part, said) or _filled(order, site, part, said) for part in parts}


def _carried(order: Order, site: Path, part: _Part, said: Mapping[bytes, bytes]) -> Written | None:
    """A part that stands in the site as it was written before, if nothing is new in it."""
    slug, before = part
    if before is None or order.published is None or not before.signs <= said.keys():  # other code may have had other signs
        return None
    if before.made_from != _made_from(order, site, slug, said, before.signs):
        return None
    return before if is_carried(order.published, site, before.files) else None


def _filled(order: Order, site: Path, part: _Part, said: Mapping[bytes, bytes]) -> Written:
    made: Made = Kept(order.root).need(order.kind, part.slug)
    others: Mapping[str, Signed] = Kept(order.root).need(order.exported, part.slug) if part.slug != SITE else {}
    texts = {**made.pages, **made.twins, **others}
    signs = frozenset(sign for text in texts.values() for sign in text[1::2])
    files = {path: filled(text, said) for path, text in texts.items()}
    marks = put(site, {**files, **search_pieces.of_pages(made.told)})
    return Written(_made_from(order, site, part.slug, said, signs), signs, marks, frozenset[str]().union(*made.scripts.values()))


def _made_from(order: Order, site: Path, slug: str, said: Mapping[bytes, bytes], signs: Iterable[bytes]) -> str:
    """A mark of all that the files of a part follow from, if these are the signs in them."""
    kept = Kept(order.root)
    rights = site.stat().st_mode  # what a file that is written now would get follows from the same setting
    return key_of(kept.mark(order.kind, slug), kept.mark(order.exported, slug), rights, {sign: said[sign] for sign in sorted(signs)})


def _joined(order: Order, pages: Iterable[tuple[str, str]]) -> Iterator[Joined]:
    """The words of these pages, given by address and part in the order of their addresses, joined in rows that are kept."""
    kept = Kept(order.root)
    for number, row in enumerate(_rows(pages)):
        marks = (kept.mark(order.sought, slug) for slug in dict.fromkeys(slug for _, slug in row))
        mark = key_of(row, *marks)
        before: tuple[str, Joined] | None = kept.get(order.joined, str(number))
        if before is None or before[0] != mark:
            before = mark, search_pieces.joined(_found(order, row))
            kept.put(order.joined, str(number), before)
        yield before[1]


def _rows(pages: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """These pages in rows: those of no medicine together, and those of so many medicines as make a batch."""
    for of_medicines, group in groupby(pages, lambda page: page[1] != SITE):
        own = [list(each) for _, each in groupby(group, lambda page: page[1])]
        size = BATCH if of_medicines else 1
        yield from (sum(own[at : at + size], []) for at in range(0, len(own), size))


def _found(order: Order, pages: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Indexed]]:
    """What is asked first of each of these pages; one part is in memory at once."""
    for slug, own in groupby(pages, lambda page: page[1]):
        part: Mapping[str, Indexed] = Kept(order.root).need(order.sought, slug)
        yield from ((address, part[address]) for address, _ in own)
