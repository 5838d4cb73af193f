"""Everything that can be judged without building the site: data, pages and their HTML without the theme."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from macros.finding import Finding, Refused
from macros.formulary.book import Formulary
from macros.formulary.load import Broken, load
from macros.pages import inputs, settings
from macros.pages.files import for_programs
from macros.pages.html import Html, address_of
from macros.pages.markdown import Page, read_pages
from macros.pages.register import by_medicine, register
from macros.rules import every
from macros.rules.from_data import known
from macros.rules.known import Known
from macros.site import preview
from macros.site.exported import versioned

# The one page that the theme makes, for addresses that do not exist.
_NOT_FOUND = "404.html"


@dataclass(frozen=True)
class Checked:
    """What was read and what was found; without a formulary when the vocabulary itself is broken."""

    book: Formulary | None
    pages: tuple[Page, ...]
    previews: Mapping[str, Html]
    findings: tuple[Finding, ...]


def check(root: Path, today: date) -> Checked:
    """Every finding on data, pages and their preview, in the order of files and lines."""
    return check_read(root, today, *read(root, today))


def read(root: Path, today: date) -> tuple[Formulary | None, list[Finding]]:
    """The formulary, none if the vocabulary itself is broken, and what was found while it was read."""
    try:
        return load(root, today)
    except Broken as broken:
        return None, broken.findings


def check_read(root: Path, today: date, book: Formulary | None, unfit: Iterable[Finding]) -> Checked:
    """The same, for a formulary that was read already and what was found then."""
    found = [*unfit, *inputs.faults(root)]
    if book is None:
        return Checked(None, (), {}, _sorted(found))
    pages = tuple(read_pages(root))
    macros, factual = preview.signatures(), preview.factual()
    found += [*settings.faults(root), *every.of_data(book)]
    for page in pages:
        found += [*page.findings, *every.of_page(page, book, macros, factual)]
    if every.stopped(found):
        return Checked(book, pages, {}, _sorted(found))
    unread = every.stopped_pages(found)
    previews, failed = preview.render([page for page in pages if page.file not in unread], book, root, today)
    assets, links = preview.assets(root)
    found += failed
    found += every.of_files(root, book)
    names = [page.path for page in pages]
    found += [*every.of_frame(root, book, [*assets, *names], links), *every.of_lists(book, names)]
    found += _judged(
        previews,
        known(book, settings.reports(root)),
        [*assets, *(address_of(page.path) for page in pages), *for_programs(book.monographs)],
        whole=not unread and not failed,
    )
    if not found:
        found += every.of_record(book)  # the facts have to be right before their change is recorded
    return Checked(book, pages, previews, _sorted(found))


def registered(root: Path, checked: Checked) -> Checked:
    """The same with what is found in the register, if nothing else was found.

    A preview goes without, since it shows what nobody agreed to yet.
    """
    if checked.findings or checked.book is None:
        return checked
    texts = {
        slug: register(root, slug, own, checked.previews, checked.book.version) for slug, own in by_medicine(root, checked.pages).items()
    }
    found = [each for slug, text in texts.items() for each in every.of_register(root, slug, text)]
    return replace(checked, findings=_sorted(found))


def check_site(root: Path, site: Path, checked: Checked, pages: Mapping[str, Html]) -> tuple[Finding, ...]:
    """What the gate finds in a built site of these pages."""
    files = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    _of_these_pages(site, files, pages, checked)
    assert checked.book  # nothing is built from a broken vocabulary
    lists = known(checked.book, settings.reports(root))
    book = checked.book
    previews = {page.source: replace(page, html=versioned(page.html, book, page.monograph)) for page in checked.previews.values()}
    found = [finding for page in pages.values() for finding in every.of_built(page, previews[page.source])]
    if _NOT_FOUND in files:  # made from no page, but a page like any other to whoever gets it
        lost = Html(_NOT_FOUND, f"overrides/{_NOT_FOUND}", (site / _NOT_FOUND).read_text("utf-8"), None, lambda spot: 1)
        found += every.of_html(lost, lists)
    return _sorted([*found, *_judged(pages, lists, files, whole=True)])


def site_pages(site: Path, checked: Checked) -> dict[str, Html]:
    """The pages of a built site by their address."""
    assert checked.book  # nothing is built from a broken vocabulary
    return dict(preview.site_pages(site, checked.pages, checked.book, checked.previews))


def _of_these_pages(site: Path, files: Iterable[str], pages: Mapping[str, Html], checked: Checked) -> None:
    """Refuses a site that is not made of these pages: what is missing or left over from another build goes unjudged."""
    built = {page.source for page in pages.values()}
    missing = [page.file for page in checked.pages if page.file not in built]
    strange = [name for name in sorted(files) if name.endswith(".html") and name not in (*pages, _NOT_FOUND)]
    if missing or strange:
        said = f"holds no page made from {missing[0]}" if missing else f"holds {strange[0]}, which is made from no page"
        raise Refused(f"{site}: {said}; delete the folder and build it anew from these pages")


def _judged(pages: Mapping[str, Html], lists: Known, files: list[str], whole: bool) -> list[Finding]:
    """What the rules on HTML find, page by page and in all of them; `whole` says whether no page is left out."""
    found = [finding for page in pages.values() for finding in every.of_html(page, lists)]
    return [*found, *every.of_site(pages, lists, files, whole)]


def _sorted(found: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(set(found)))
