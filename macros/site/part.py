"""One part of the project judged by itself: a medicine with its pages, or all that belongs to none."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from macros.finding import Finding, Line
from macros.formulary.apart import by_name, for_lists, mark_of
from macros.formulary.book import DATA, Formulary, Monograph, Names
from macros.formulary.load import Part, Shared, formulary, load_part
from macros.pages import inputs, settings
from macros.pages.html import Landing, address_of
from macros.pages.markdown import DOCS, MONOGRAPHS, Page, read_pages
from macros.pages.register import register
from macros.rules import every
from macros.rules.from_data import known
from macros.rules.html import Lead, leading_apart
from macros.site import preview

SITE = ""  # the part of what belongs to no medicine
# Stands on pages for the version of the data, which is new after every change: whoever puts the site together writes it in.
VERSION = "version0data"


class Read(NamedTuple):
    """What came of reading a medicine: its mark for lists, that of its names, where each source stands that it alone has.

    `clean` says that nothing was found, `due` when its sources are due to be checked again.
    """

    mark: str
    names: str
    sources: tuple[tuple[str, Line], ...]
    clean: bool
    due: date | None


@dataclass(frozen=True)
class Told:
    """A medicine as it was read, and what others have to know of it: for lists of the site with its own sources, and by its names."""

    read: Part
    part: Part
    names: Monograph | None
    mark: str
    mark_of_names: str


@dataclass(frozen=True)
class Judged:
    """What was found in a part, and what has to be known of it afterwards.

    `record` counts where nothing else is wrong anywhere; `leads` lead to pages of other parts; `whole` says that every page of
    it could be rendered; `mark` is that of its pages.
    """

    findings: tuple[Finding, ...]
    record: tuple[Finding, ...] = ()
    leads: tuple[tuple[Line, Lead], ...] = ()
    pages: tuple[str, ...] = ()
    facts: int = 0
    whole: bool = False
    mark: str = ""

    @property
    def clean(self) -> bool:
        """Whether nothing was found in all its pages; what has to be recorded does not follow the day."""
        return self.whole and not self.findings


@dataclass(frozen=True)
class Shown:
    """The pages of a part as they were rendered, where links may lead on them, and what the register has to say of the part.

    `at` is where each fact stands in the data.
    """

    pages: tuple[preview.Rendered, ...] = ()
    landings: Mapping[str, Landing] = field(default_factory=dict)
    register: str = ""
    at: Mapping[str, Line] = field(default_factory=dict)


class Anything(Container[str]):
    """Holds whatever is asked for: of what other parts have, links are judged later."""

    def __contains__(self, _: object) -> bool:
        return True


def told(shared: Shared, slug: str, asked: frozenset[str]) -> Told:
    """What others have to know of a medicine; `asked` are the facts that pages of no medicine name."""
    part = load_part(shared, slug)
    if part.monograph is None:
        return Told(part, part, None, mark_of(part.left_out, part.sources), "")
    listed, names = for_lists(formulary(shared, {slug: part}, VERSION), part.monograph, asked), by_name(part.monograph)
    mark = mark_of(listed, part.sources, part.source_at, part.left_out)
    return Told(part, replace(part, monograph=listed), names, mark, mark_of(names.medicine, names.facts))


def medicine(root: Path, today: date, shared: Shared, slug: str, part: Part, names: Names) -> tuple[Judged, Shown]:
    """A medicine as it was read, judged beside the `names` of all."""
    book = formulary(shared, {slug: part}, VERSION, names)
    own = (f"{(DATA / slug).as_posix()}/", f"{(DOCS / MONOGRAPHS / slug).as_posix()}/")
    found = [*part.findings, *(each for each in every.of_data(book) if each.file.startswith(own)), *every.of_files(root, book)]
    halted = every.stopped([*shared.findings, *found])
    return _judged(root, today, book, read_pages(root, DOCS / MONOGRAPHS / slug), found, slug, halted)


def rest(root: Path, today: date, shared: Shared, parts: Mapping[str, Part], pages: Iterable[str], halted: bool) -> tuple[Judged, Shown]:
    """All that belongs to no medicine, with what lists show of each.

    `pages` are those of all medicines, by their paths under docs; `halted` says that the data of one can't be shown.
    """
    book = formulary(shared, parts, VERSION)
    own = tuple(f"{(DATA / slug).as_posix()}/" for slug in parts)
    found = [*shared.findings, *inputs.faults(root), *settings.faults(root)]
    found += [each for each in every.of_data(book) if not each.file.startswith(own)]
    if not parts:
        found.append(Finding(DATA.as_posix(), 1, "shape", "no medicine is here; begin one with make new"))
    theirs = frozenset(pages)
    return _judged(root, today, book, read_pages(root, without=theirs), found, SITE, halted or every.stopped(found), theirs)


def mark_of_pages(pages: Iterable[preview.Rendered]) -> str:
    """A mark of pages as they were rendered, which tells them from those of another moment."""
    total = sha256()
    for each in pages:
        total.update("\0".join((each.page.path, each.page.body, each.html, *each.printed)).encode())
    return total.hexdigest()


def _judged(
    root: Path,
    today: date,
    book: Formulary,
    pages: list[Page],
    found: list[Finding],
    slug: str,
    halted: bool,
    others: Iterable[str] = (),
) -> tuple[Judged, Shown]:
    macros, factual = preview.signatures(), preview.factual()
    for page in pages:
        found += [*page.findings, *every.of_page(page, book, macros, factual)]
    names = tuple(page.path for page in pages)
    count = len(book.monographs[slug].facts) if slug in book.monographs else 0
    if halted or settings.faults(root):
        return Judged(tuple(found), pages=names, facts=count), Shown()
    unread = every.stopped_pages(found)
    rendered, failed = preview.rendered_pages([page for page in pages if page.file not in unread], book, root, today)
    previews = {html.address: html for html in (each.as_html(book.terms) for each in rendered)}
    found += failed
    lists = known(book, settings.reports(root))
    if slug == SITE:
        lists = replace(lists, at={})  # whether each fact is shown is asked of its medicine
        assets, links = preview.assets(root)
        found += every.of_frame(root, book, [*assets, *names, *others], links)
    found += (each for html in previews.values() for each in every.of_html(html, lists))
    own = {address_of(name) for name in names}
    whole = not unread and not failed

    def apart(address: str) -> bool:
        return address not in own

    found += every.of_site(previews, lists, Anything(), whole, apart)
    leads = tuple(each for html in previews.values() for each in leading_apart(html, lists, apart))
    record = tuple(every.of_record(book)) if slug != SITE else ()
    said = register(root, slug, pages, previews, VERSION) if whole else ""
    landings = {address: html.landing for address, html in previews.items()}
    shown = Shown(tuple(rendered), landings, said, {fact.id: fact.at for fact in book.facts.values()})
    return Judged(tuple(found), record, leads, names, count, whole, mark_of_pages(rendered)), shown
