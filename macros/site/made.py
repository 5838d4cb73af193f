"""The pages of parts as MkDocs made them and as the gate passed them: what is kept of each until it changes."""

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import orjson

from macros.export import every as every_format, packed
from macros.export.place import Site
from macros.finding import Finding, Refused
from macros.formulary.book import Formulary
from macros.formulary.load import Shared
from macros.pages import listing, settings
from macros.pages.files import twin_address
from macros.pages.html import Html, address_of
from macros.rules import every
from macros.rules.from_data import known
from macros.rules.known import Known
from macros.site import headers, search_index, search_pieces
from macros.site.around import around
from macros.site.books import book_of
from macros.site.edition import OWN, SIGNS, recalled
from macros.site.exported import of_medicine, versioned, with_linked
from macros.site.kept import Kept, garbage_let_be
from macros.site.leaf import SITE, Leaf, facts_in
from macros.site.part import Anything, mark_of_pages
from macros.site.preview import Rendered, text_of
from macros.site.search_pieces import Indexed
from macros.site.shard import Shard, build
from macros.site.signed import Signed, signed
from macros.site.whole import names_of_all

_THEME_SEARCH = "search.json"  # Zensical writes it whether or not there is a search that reads it
PUBLISHED = "site"  # where readers look for the site
_MANUAL = "about/editors"
NOT_FOUND = "404.html"  # the one page that the theme makes, for addresses that do not exist


class Made(NamedTuple):
    """Pages of a part by address and their twins, with signs for what each edition has anew; of each its scripts, what a search shows."""

    pages: Mapping[str, Signed]
    twins: Mapping[str, Signed]
    scripts: Mapping[str, frozenset[str]]
    told: Mapping[str, str]


@dataclass(frozen=True)
class Order:
    """What pages are made for: of which project, judged by which day, with what environment, for reading from a disk or not."""

    root: Path
    today: date
    environment: Mapping[str, str]
    offline: bool
    lock: tuple[int, ...]

    @property
    def kind(self) -> str:
        """The name by which pages of this kind are kept."""
        return "offline" if self.offline else "hosted"

    @property
    def published(self) -> Path | None:
        """Where the site stands that this one takes the place of; a copy takes the place of none."""
        return None if self.offline else self.root / PUBLISHED

    @property
    def sought(self) -> str:
        """The name by which is kept what the search knows of each of them that it finds."""
        return f"{self.kind}-sought"

    @property
    def exported(self) -> str:
        """The name by which is kept what other programs get of each part."""
        return f"{self.kind}-exported"

    @property
    def tabled(self) -> str:
        """The name by which the rows of each medicine are kept that stand in the database of all."""
        return f"{self.kind}-tabled"

    @property
    def lined(self) -> str:
        """The name by which the lines of each medicine are kept, packed, that stand in the table of all."""
        return f"{self.kind}-lined"

    @property
    def linked(self) -> str:
        """The name by which is kept what stands of each medicine in the head of its monograph for other programs."""
        return f"{self.kind}-linked"

    @property
    def joined(self) -> str:
        """The name by which the words of many parts are kept, joined."""
        return f"{self.kind}-joined"

    @cached_property
    def site(self) -> Site:
        """The site as other programs see it."""
        return Site(settings.site_name(self.root), settings.site_url(self.root), self.offline)


def make(order: Order, shared: Shared, folder: Path, shard: Shard, marks: Mapping[str, str], rest: Collection[str]) -> list[Finding]:
    """Has MkDocs build the shard in a folder, judges each part of it, and keeps it if all pass; what the gate found.

    `marks` are those of the pages as rules judged them, `rest` the pages of no medicine that stay as they were made before.
    Raises Failed, and Refused if pages were judged anew meanwhile.
    """
    edition = {**SIGNS, **({} if order.offline else {"own": OWN}), "recalls": recalled(shared.recalls)}
    site = build(order.root, folder, shard, edition, order.environment, order.lock)
    common: search_index.Shared | None = None
    judged, names = dict[str, tuple[Made, dict[str, Indexed], list[Finding]]](), names_of_all(order.root)
    for slug in shard.slugs:
        book = book_of(order.root, shared, slug, names)
        common = common or search_index.shared(book)
        shown: Mapping[str, Rendered] = Kept(order.root).need("shown", slug).pages
        if mark_of_pages(shown.values()) != marks[slug]:
            raise Refused("the project was changed while its site was built; run the same command again")
        judged[slug] = _judged(order, book, site, slug, shard.pages[slug], shown, common)
    found = [finding for *_, findings in judged.values() for finding in findings]
    for slug, (record, sought, _) in judged.items() if not found else ():
        if slug == SITE:
            record, sought = _joined(order, record, sought, rest)
        Kept(order.root).put(order.kind, slug, record)
        Kept(order.root).put(order.sought, slug, sought)
    if SITE in shard.slugs and not found:
        new = beside(order).with_name("beside-new")
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(site, new, ignore=shutil.ignore_patterns("*.html", _THEME_SEARCH))
        shutil.rmtree(beside(order), ignore_errors=True)
        new.replace(beside(order))
    shutil.rmtree(folder)
    return found


def export(order: Order, shared: Shared, slugs: Iterable[str]) -> None:
    """Makes what other programs get of these medicines, and keeps it."""
    kept, names = Kept(order.root), names_of_all(order.root)
    for slug in slugs:
        with garbage_let_be():
            others = of_medicine(book_of(order.root, shared, slug, names), slug, order.site)
            kept.put(order.exported, slug, others.files)
            kept.put(order.tabled, slug, orjson.dumps(others.rows.tables))  # in a quarter of the time that pickling takes
            kept.put(order.lined, slug, packed.stretch(others.rows.lines))
            kept.put(order.linked, slug, others.linked)


def is_sought(address: str) -> bool:
    """Whether the search finds the page at this address.

    Parts of lists lead to pages that it finds. The manual for editors has doses that are made up.
    """
    return not address.startswith((f"{listing.FOLDER}/", _MANUAL))


def marks_of_pages(order: Order, book: Formulary, frame: str) -> dict[str, str]:
    """For each page of no medicine what it is made from as a mark; `frame` is that of what stands around it."""
    leaves: Mapping[str, Leaf] = Kept(order.root).need("shown", SITE).leaves
    return {path: _mark_of_page(leaf, book, frame) for path, leaf in leaves.items()}


def _mark_of_page(leaf: Leaf, book: Formulary, frame: str) -> str:
    shown = (book.facts[name] for name in facts_in("".join(leaf.shown.printed)) if name in book.facts)
    return sha256("\0".join((frame, leaf.mark, *(search_index.basis(fact, book) for fact in shown))).encode()).hexdigest()


def _joined(order: Order, made: Made, sought: dict[str, Indexed], rest: Collection[str]) -> tuple[Made, dict[str, Indexed]]:
    """Pages of no medicine that were made now, with those that stay."""
    if not rest:
        return made, sought
    kept, stays = Kept(order.root), [address_of(path, not order.offline) for path in rest]
    before: Made = kept.need(order.kind, SITE)
    known: Mapping[str, Indexed] = kept.need(order.sought, SITE)
    return (
        Made(
            {**{address: before.pages[address] for address in stays}, **made.pages},
            {**{twin_address(address): before.twins[twin_address(address)] for address in stays}, **made.twins},
            {**{address: before.scripts[address] for address in stays}, **made.scripts},
            {**{address: before.told[address] for address in stays if address in before.told}, **made.told},
        ),
        {**{address: known[address] for address in stays if address in known}, **sought},
    )


def beside(order: Order) -> Path:
    """Where the files are kept that stand beside the pages: what the theme brings along, and what is under docs but no page."""
    return Kept(order.root).folder / f"beside-{order.kind}"


def _judged(
    order: Order,
    book: Formulary,
    site: Path,
    slug: str,
    paths: Iterable[str],
    rendered: Mapping[str, Rendered],
    common: search_index.Shared,
) -> tuple[Made, dict[str, Indexed], list[Finding]]:
    """The pages of a part as they are kept, what the search knows of them, and what the gate finds."""
    lists = known(book, settings.reports(order.root))
    lists = replace(lists, at={}) if slug == SITE else lists
    pages, previews = dict[str, Html](), dict[str, Html]()
    for path in paths:
        address, preview = address_of(path, not order.offline), rendered[path].as_html(book.terms)
        if not (site / address).is_file():
            raise Refused(f"{site}: holds no page made from {preview.source}; delete the folder .cache and build anew")
        pages[address], previews[address] = replace(preview, address=address, html=text_of(site / address)), preview
    texts = {address: page.html for address, page in pages.items()}
    found = list(_found(pages, previews, lists))
    if slug == SITE and (site / NOT_FOUND).is_file():  # made from no page, but a page like any other to whoever gets it
        lost = Html(NOT_FOUND, f"overrides/{NOT_FOUND}", text_of(site / NOT_FOUND), None, lambda spot: 1)
        texts[NOT_FOUND] = lost.html
        found += every.of_html(lost, lists)
    scripts = {address: frozenset(headers.scripts(text)) for address, text in texts.items()}
    if slug != SITE:
        own = _mark_of_all(previews)
        texts = {name: text.replace(OWN, own) for name, text in texts.items()}
        texts = with_linked(texts, slug, order.site, Kept(order.root).need(order.linked, slug))
    records, twins = dict[str, search_index.Records](), dict[str, str]()
    for name, page in pages.items() if not found else ():
        apart = replace(page, html=versioned(page.html, book, slug))  # its tree goes with it: of pages of lists there are hundreds
        if is_sought(name):
            records[name] = search_index.records(name, apart, book, common)
        with garbage_let_be():
            twins |= every_format.of_pages(book, {name: apart}, order.site)
    texts, twins = ({name: versioned(text, book, slug) for name, text in each.items()} for each in (texts, twins))
    told = {address: search_pieces.told(each) for address, each in records.items()}
    sought = {address: search_pieces.indexed(each) for address, each in records.items()}
    cut, cut_twins = ({name: signed(text) for name, text in each.items()} for each in (texts, twins))
    return Made(cut, cut_twins, scripts, told), sought, found


def _mark_of_all(pages: Mapping[str, Html]) -> str:
    """A mark of all that the pages of a medicine say, whatever builds them, by which a reader can tell them from older ones."""
    return sha256("\0".join(f"{name}\0{pages[name].html}" for name in sorted(pages)).encode()).hexdigest()[:12]


def _found(pages: Mapping[str, Html], previews: Mapping[str, Html], lists: Known) -> Iterator[Finding]:
    """What the gate finds in the built pages of a part; what their articles hold was judged in their previews, if they are the same."""
    rests = [around(page, previews[address]) for address, page in pages.items()]
    if all(rests):
        yield from (finding for rest in rests if rest for finding in every.of_around(rest, lists))
    else:
        yield from (finding for address, page in pages.items() for finding in every.of_built(page, previews[address]))
        yield from (finding for page in pages.values() for finding in every.of_html(page, lists))
        yield from every.of_site(pages, lists, Anything(), True, lambda address: address not in pages)
