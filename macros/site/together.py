"""The site put together from the parts that were made: pages and files written, and what tells of all of them made from what is kept."""

import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from macros.export.overview import notice
from macros.formulary.book import Formulary
from macros.pages import settings
from macros.pages.html import address_of
from macros.site import exported, headers, notices, search_pieces, security, sitemap
from macros.site.cores import in_batches, meanwhile
from macros.site.edition import SIGNS, Edition, edition, words_of
from macros.site.kept import Kept
from macros.site.leaf import SITE, VERSION
from macros.site.made import Made, Order, beside, is_sought
from macros.site.search_pieces import Indexed, Joined
from macros.site.signed import Signed, filled
from macros.site.whole import key_of

BATCH = 40  # parts at most whose pages are written, or whose words are joined, by one process at once
# The theme's own search, which is not used, in forty languages.
_UNUSED = ("lunr", "workers")


@contextmanager
def put_together(
    order: Order, carried: Mapping[str, Iterable[str]], new: Collection[str], version: str, book: Formulary, work: Path, day: date | None
) -> Iterator[Path]:
    """The site of these parts, each with its pages, and with what every page says of the edition written in.

    The body of `with` makes the parts that are `new`; meanwhile the others are written, and the archives of all medicines.
    `version` is that of all data.
    """
    site = work / "whole"
    site.mkdir()
    this = edition(order.root, book, day)
    words = words_of(this)
    said = {VERSION.encode(): version.encode(), **{sign.encode(): words[name].encode() for name, sign in SIGNS.items()}}
    here = replace(book, monographs={slug: each for slug, each in book.monographs.items() if slug in carried})
    pages = [(address_of(page, not order.offline), slug) for slug, own in carried.items() for page in own]
    addresses = [address for address, _ in pages]
    sought = sorted(page for page in pages if is_sought(page[0]))
    numbers = {address: number for number, (address, _) in enumerate(sought)}
    medicines = [slug for slug in carried if slug != SITE]
    archives = _archived, order, site, medicines, this, notice(here)
    old = _batches([slug for slug in medicines if slug not in new], order, site, said, numbers)
    with meanwhile(_done, [archives, *old]) as scripts:
        yield site
        with meanwhile(_done, _batches([slug for slug in carried if slug in new], order, site, said, numbers)) as of_new:
            shutil.copytree(beside(order), site, ignore=shutil.ignore_patterns(*_UNUSED), dirs_exist_ok=True)
            (site / notices.NAME).write_text(notices.text(), "utf-8", newline="\n")
            search_pieces.write(site, _joined(order, sought), book)
            exported.write(site, here, order.site, this, said, addresses)
    seconds = int(order.environment.get("SOURCE_DATE_EPOCH") or os.environ.get("SOURCE_DATE_EPOCH") or 0)
    sitemap.write(site, settings.site_url(order.root), addresses, seconds, this.built.isoformat())
    if not order.offline:
        # A copy is read from a disk, where nothing is sent, so only the hosted site has this file.
        said_of_each = headers.for_hosts(headers.headers(set().union(*scripts, *of_new)), headers.kept(site))
        (site / headers.NAME).write_text(said_of_each, "utf-8", newline="\n")
        security.write(site, settings.security(order.root), order.site.url)


def _batches(slugs: Sequence[str], *given: Any) -> list[tuple[Any, ...]]:
    """Jobs that write these parts."""
    order, site, said, numbers = given
    return [(_written, order, site, batch, said, numbers) for batch in in_batches(slugs, BATCH)]


def _done(work: Callable[..., frozenset[str]], *given: Any) -> frozenset[str]:
    return work(*given)


def _written(order: Order, site: Path, slugs: Iterable[str], said: Mapping[bytes, bytes], numbers: Mapping[str, int]) -> frozenset[str]:
    """Writes the pages of these parts, with words in place of signs, and what the search tells of each by its number; their scripts."""
    scripts: set[str] = set()
    folders: set[str] = set()
    for slug in slugs:
        part: Made = Kept(order.root).need(order.kind, slug)
        others: Mapping[str, Signed] = Kept(order.root).need(order.exported, slug) if slug != SITE else {}
        files = {path: filled(text, said) for path, text in {**part.pages, **part.twins, **others}.items()}
        _put(site.as_posix(), {**files, **search_pieces.of_pages(part.told, numbers)}, folders)
        scripts.update(*part.scripts.values())
    return frozenset(scripts)


def _put(site: str, files: Mapping[str, bytes], folders: set[str]) -> None:
    """Writes files by their paths in the site; `folders` are there. Of tens of thousands each path costs more than what is written."""
    for name, content in files.items():
        path = f"{site}/{name}"
        folder = path.rpartition("/")[0]
        if folder not in folders:
            Path(folder).mkdir(exist_ok=True, parents=True)
            folders.add(folder)
        with Path(path).open("wb", buffering=0) as file:
            file.write(content)


def _archived(order: Order, site: Path, slugs: Iterable[str], this: Edition, told: str) -> frozenset[str]:
    """Writes the archives of all medicines, whose rows are in memory one by one. They hold no script."""
    exported.archived(site, (Kept(order.root).need(order.tabled, slug) for slug in slugs), this, told)
    return frozenset()


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
