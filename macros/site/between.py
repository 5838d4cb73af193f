"""The links from one part to another: which of them have to be asked again, and which lead nowhere."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from macros.finding import Finding, Line
from macros.pages.files import data_of, for_programs, medicine_of
from macros.pages.html import Landing, address_of
from macros.pages.markdown import DOCS, MONOGRAPHS
from macros.rules.html import Lead
from macros.site.leaf import SITE, dead
from macros.site.preview import assets

_MANY = 20  # parts whose landings are in memory at once
# Links of a part by the address that they lead to, each with its place in the source.
Leads = Mapping[str, tuple[tuple[Line, Lead], ...]]


class Ends(NamedTuple):
    """What has to be known of a part to tell whether a link has to be asked again, all of it as marks.

    `leads` are those of its links into other parts by where they lead, `landings` those of its own pages by their addresses, `files`
    that of all else that links may lead to.
    """

    leads: Mapping[str, str]
    landings: Mapping[str, str]
    files: str


class Tie(NamedTuple):
    """The links of a part to an address, with the marks of these links and of what is there."""

    part: str
    address: str
    leads: str
    landing: str


def grouped(leads: Iterable[tuple[Line, Lead]]) -> Leads:
    """The links by the address that they lead to."""
    found: dict[str, list[tuple[Line, Lead]]] = {}
    for at, lead in leads:
        found.setdefault(lead.target, []).append((at, lead))
    return {address: tuple(own) for address, own in found.items()}


def ends(root: Path, slug: str, leads: Leads, landings: Mapping[str, Landing]) -> Ends:
    """The marks of a part. Where in its sources a link stands counts for nothing."""
    return Ends(
        {address: _mark(*sorted({lead for _, lead in own}, key=repr)) for address, own in leads.items()},
        {address: _mark(sorted(own.ids), sorted(own.facts), own.monograph, own.source) for address, own in landings.items()},
        _mark(*_files(root, slug)),
    )


def ties(known: Mapping[str, Ends], slugs: frozenset[str]) -> Iterator[Tie]:
    """All links between these parts; an address in a folder of no medicine is one of the site."""
    everywhere = _mark(*sorted(slugs))
    for slug, own in known.items():
        for address, mark in own.leads.items():
            there = known[_part(address, slugs)]
            yield Tie(slug, address, mark, there.landings.get(address, there.files + everywhere))


def dead_ends(
    root: Path,
    asked: Iterable[Tie],
    slugs: frozenset[str],
    leads_of: Callable[[str], Leads],
    landings_of: Callable[[str], Mapping[str, Landing]],
    is_halted: Callable[[str], bool],
    pages_of: Callable[[str], Collection[str]],
) -> Iterator[tuple[Tie, Finding | None]]:
    """What is found where these links lead nowhere, or None where that can't be told yet.

    So it is of the links of a part that `is_halted`, and of those to one of the pages of a part that could not be rendered: each has
    a fault of its own.
    """
    landings, files = lru_cache(_MANY)(landings_of), lru_cache(_MANY)(lambda there: frozenset((*_files(root, there), *_made(there, slugs))))
    leads, pages = lru_cache(1)(leads_of), lru_cache(_MANY)(lambda there: frozenset(map(address_of, pages_of(there))))
    for tie in sorted(asked):
        there = _part(tie.address, slugs)
        if is_halted(tie.part) or (tie.address not in landings(there) and tie.address in pages(there)):
            yield tie, None
        else:
            yield from ((tie, each) for each in dead(leads(tie.part).get(tie.address, ()), files(there), landings(there)))


def _part(address: str, slugs: frozenset[str]) -> str:
    """The part in which an address is."""
    slug = medicine_of(address)
    return slug if slug in slugs else SITE


def _files(root: Path, slug: str) -> Iterator[str]:
    """The files of a part under docs that are no pages, and that a link may lead to."""
    if slug:
        yield from assets(root, DOCS / MONOGRAPHS / slug)[0]
    else:
        yield from (name for name in assets(root)[0] if not medicine_of(name))


def _made(slug: str, slugs: Iterable[str]) -> Iterator[str]:
    """The files of a part that are made for programs."""
    yield from data_of(slug).values() if slug else for_programs(slugs)


def _mark(*given: object) -> str:
    return sha256(repr(given).encode()).hexdigest()[:32]
