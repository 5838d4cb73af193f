"""One part of the project judged by itself: a medicine with its pages, or all that belongs to none."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from macros.finding import Finding, Line
from macros.formulary.apart import by_name, for_lists, mark_of
from macros.formulary.book import DATA, Formulary
from macros.formulary.load import Part, Shared, formulary, load_part
from macros.formulary.monograph import Monograph, Names
from macros.pages import inputs, settings
from macros.pages.html import address_of
from macros.pages.markdown import DOCS, MONOGRAPHS, Page, read_pages
from macros.pages.register import joined, records_of
from macros.rules import every
from macros.rules.from_data import known
from macros.site import parted, preview
from macros.site.between import Ends, Leads, ends, grouped
from macros.site.leaf import SITE, VERSION, Before, Leaf, Shown, basis_of, dead, landings_of, leaf as leaf_of, mark_of as mark_of_leaf


class Read(NamedTuple):
    """What came of reading a medicine: its mark for lists, that of its names, where each source stands that it alone has.

    `clean` says that nothing was found, `due` when its sources are due to be checked again, `version` is the hash of its data.
    """

    mark: str
    names: str
    sources: tuple[tuple[str, Line], ...]
    clean: bool
    due: date | None
    version: str


@dataclass(frozen=True)
class Told:
    """A medicine as it was read, and what others have to know of it: for lists of the site with its own sources, and by its names.

    `records` is what its register says of its data.
    """

    read: Part
    part: Part
    names: Monograph | None
    mark: str
    mark_of_names: str
    records: tuple[str, ...]


@dataclass(frozen=True)
class Judged:
    """What was found in a part, and what has to be known of it afterwards.

    `record` counts where nothing else is wrong anywhere; `whole` says that every page of it could be rendered, `halted` that none
    is, as data is faulty; `mark` is that of its pages, `ends` those of its links into other parts and of what others may lead to.
    """

    findings: tuple[Finding, ...]
    record: tuple[Finding, ...] = ()
    pages: tuple[str, ...] = ()
    facts: int = 0
    whole: bool = False
    halted: bool = False
    mark: str = ""
    ends: Ends = Ends({}, {}, "")

    @property
    def clean(self) -> bool:
        """Whether nothing was found in all its pages; what has to be recorded does not follow the day."""
        return self.whole and not self.findings


class Found(NamedTuple):
    """What came of judging a part: what was found, its pages, what its register has to say, and its links into other parts."""

    judged: Judged
    shown: Shown
    register: str
    leads: Leads


class Anything(Container[str]):
    """Holds whatever is asked for: of what other parts have, links are judged later."""

    def __contains__(self, _: object) -> bool:
        return True


def told(shared: Shared, slug: str, asked: frozenset[str]) -> Told:
    """What others have to know of a medicine; `asked` are the facts that pages of no medicine name."""
    part = load_part(shared, slug)
    records = tuple(records_of(shared.root, slug))
    if part.monograph is None:
        return Told(part, part, None, mark_of(part.left_out, part.sources), "", records)
    listed, names = for_lists(formulary(shared, {slug: part}, VERSION), part.monograph, asked), by_name(part.monograph)
    mark = mark_of(listed, part.sources, part.source_at, part.left_out)
    own = part.monograph.medicine  # of which others are asked for no more than its names
    return Told(part, replace(part, monograph=listed), names, mark, mark_of(own.inn, own.brands, names.facts), records)


def medicine(root: Path, today: date, shared: Shared, slug: str, part: Part, records: Iterable[str], names: Names, before: Before) -> Found:
    """A medicine as it was read, judged beside the `names` of all."""
    book = formulary(shared, {slug: part}, VERSION, names)
    pages = read_pages(root, DOCS / MONOGRAPHS / slug)
    mark = "\n".join((before.made_from, *(page.path for page in pages)))
    shown = before.shown
    if shown.mark != mark:
        own = (f"{(DATA / slug).as_posix()}/", f"{(DOCS / MONOGRAPHS / slug).as_posix()}/")
        of_data = tuple(each for each in every.of_data(book) if each.file.startswith(own))
        shown = Shown(shown.leaves, {fact.id: fact.at for fact in book.facts.values()}, mark, of_data)
    found = [*part.findings, *inputs.faults(root, inputs.of_medicine(root, slug)), *shown.of_data, *every.of_files(root, book)]
    halted = every.stopped([*shared.findings, *found])
    given = dict.fromkeys((page.path for page in pages), mark)
    return _judged(root, today, book, pages, found, slug, halted, before._replace(shown=shown), given, records)


def rest(
    root: Path,
    today: date,
    shared: Shared,
    parts: Mapping[str, Part],
    marks: Mapping[str, str],
    pages: Iterable[str],
    halted: bool,
    before: Before,
) -> Found:
    """All that belongs to no medicine, with what lists show of each.

    `marks` are those of what they show, `pages` those of all medicines, by their paths under docs; `halted` says that the data of
    one can't be shown. What follows from all else is found anew only if that is new: `before.made_from` is its mark, "" if unknown.
    """
    book = formulary(shared, parts, VERSION)
    own = tuple(f"{(DATA / slug).as_posix()}/" for slug in parts)
    theirs = sorted(pages)
    mark = sha256("\n".join((before.made_from, *theirs)).encode()).hexdigest() if before.made_from else ""
    shown = Shown(before.shown.leaves, {fact.id: fact.at for fact in book.facts.values()})
    if mark and before.shown.mark == mark:
        shown = replace(before.shown, at=shown.at)
    else:
        faults = [*inputs.faults(root, inputs.files(root, frozenset(inputs.of_medicines(root, parts)))), *settings.faults(root)]
        shown = replace(shown, mark=mark, of_data=tuple(faults), records=tuple(records_of(root, SITE)))
    found = [*shared.findings, *shown.of_data]
    found += [each for each in every.of_data(book) if not each.file.startswith(own)]
    if not parts:
        found.append(Finding(DATA.as_posix(), 1, "shape", "no medicine is here; begin one with make new"))
    halted = halted or every.stopped(found)
    given = {} if halted else parted.marks(book, marks, today)
    before = before._replace(shown=shown)
    return _judged(
        root, today, book, read_pages(root, without=frozenset(theirs)), found, SITE, halted, before, given, shown.records, theirs
    )


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
    before: Before,
    given: Mapping[str, str],
    records: Iterable[str],
    others: Iterable[str] = (),
) -> Found:
    """`given` is for each page what its macros print from, as far as that is known; where this is as it was, they need not run.

    Where they run, and the page comes out as it was, nothing in it is judged again.
    """
    macros, factual = preview.signatures(), preview.factual()
    for page in pages:
        found += [*page.findings, *every.of_page(page, book, macros, factual)]
    names = tuple(page.path for page in pages)
    count = len(book.monographs[slug].facts) if slug in book.monographs else 0
    own = {address_of(name) for name in names}
    if halted or not settings.usable(root):  # links are asked again only if they are others when all is mended
        leads = _leads(before.shown.leaves.values(), own)
        ends_before = ends(root, slug, leads, landings_of(before.shown.leaves))
        return Found(
            Judged(tuple(found), pages=names, facts=count, halted=True, ends=ends_before), replace(before.shown, halted=True), "", {}
        )
    unread, of_frame = every.stopped_pages(found), before.shown.of_frame
    lists = known(book, settings.reports(root))
    if slug == SITE:
        lists = replace(lists, at={})  # whether each fact is shown is asked of its medicine
        if of_frame is None:
            assets, links = preview.assets(root)
            of_frame = tuple(every.of_frame(root, book, [*assets, *names, *others], links))
        found += [*of_frame, *every.of_lists(book, names)]
    there = [page for page in pages if page.file not in unread]
    known_before = before.shown.leaves
    set_up, basis, failed = settings.text(root), basis_of(lists, before.basis), False
    given = {path: sha256(f"{basis}\0{mark}".encode()).hexdigest() for path, mark in given.items()}
    leaves = {page.path: leaf for page in there if (leaf := known_before.get(page.path)) and leaf.made_from(page, given.get(page.path))}
    for made in preview.printed_pages([page for page in there if page.path not in leaves], book, root, today):
        mark = mark_of_leaf(made, lists, basis)
        leaf = known_before.get(made.page.path)
        if leaf is None or leaf.mark != mark or leaf.findings:
            rendered = preview.rendered(made, set_up)
            leaf = leaf_of(rendered, lists, set_up, mark) if rendered else None
        since = "" if made.findings else given.get(made.page.path, "")
        leaves |= {made.page.path: replace(leaf, given=since)} if leaf else {}
        found += made.findings
        failed |= bool(made.findings)
    leaves = {name: leaves[name] for name in names if name in leaves}
    landings = landings_of(leaves)
    whole = not unread and not failed
    found += every.of_landings(landings, lists, whole)
    for leaf in leaves.values():
        found += leaf.findings
        found += dead((each for each in leaf.leads if each[1].target in own and (whole or not each[1].fact)), Anything(), landings)
    record = tuple(every.of_record(book)) if slug != SITE else ()
    said = joined([(leaf.shown.page, leaf.said) for leaf in leaves.values()], records) if whole else ""
    shown = replace(before.shown, leaves=leaves, of_frame=of_frame, mark="" if failed else before.shown.mark, halted=False)
    leads = _leads(leaves.values(), own)
    judged = Judged(
        tuple(found), record, names, count, whole, False, mark_of_pages(shown.pages.values()), ends(root, slug, leads, landings)
    )
    return Found(judged, shown, said, leads)


def _leads(leaves: Iterable[Leaf], own: Container[str]) -> Leads:
    """The links of a part into others; `own` are the addresses of its pages."""
    return grouped(each for leaf in leaves for each in leaf.leads if each[1].target not in own)
