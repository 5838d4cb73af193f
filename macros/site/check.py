"""Everything that can be judged without building the site: data, pages and their HTML without the theme."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from macros.finding import Finding, Refused
from macros.formulary.book import Formulary
from macros.formulary.load import Broken, load
from macros.pages.html import Html, address_of
from macros.pages.markdown import DOCS, Page, read_pages
from macros.rules import frame, html as gate, pages as page_rules, records, sources as rules
from macros.site import preview

# After these the pages, or the one page, can't be judged: everything found there would only repeat them.
DATA_UNREAD = ("gap-read", "shape", "yaml", "reference-known", "reference-of-own-use", "source-known")
PAGE_UNREAD = ("block-closed", "macro-known", "macro-syntax", "medicine-known", "nesting-followed", "yaml")
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
    if book is None:
        return Checked(None, (), {}, tuple(unfit))
    found = [*unfit, *rules.findings(book)]
    pages = tuple(read_pages(root))
    found += page_rules.findings(pages, book, preview.signatures())
    if any(finding.rule in DATA_UNREAD and not finding.file.endswith(".md") for finding in found):
        return Checked(book, pages, {}, _sorted(found))
    unread = {finding.file for finding in found if finding.rule in PAGE_UNREAD}
    previews, failed = preview.render([page for page in pages if page.file not in unread], book, root, today)
    found += failed
    assets, links = _assets(root)
    found += gate.files_known([*assets, *(page.path for page in pages)], links)
    found += frame.names_claim_nothing(root, book.vocabulary.terms)
    found += frame.template_claims_nothing(root)
    found += frame.sheet_adds_nothing(root, [(DOCS / name).as_posix() for name in assets if name.endswith(".css")])
    files = [*assets, *(address_of(page.path) for page in pages)]
    found += _judged(previews, book, files, whole=not unread and not failed)
    if not found:
        found = list(records.findings(book))  # the facts have to be right before their change is recorded
    return Checked(book, pages, previews, _sorted(found))


def check_site(root: Path, site: Path, checked: Checked, pages: Mapping[str, Html]) -> tuple[Finding, ...]:
    """What the gate finds in a built site of these pages."""
    files = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    _of_these_pages(site, files, pages, checked)
    assert checked.book  # nothing is built from a broken vocabulary
    return _sorted(_judged(pages, checked.book, files, whole=True))


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


def _judged(pages: Mapping[str, Html], book: Formulary, files: list[str], whole: bool) -> list[Finding]:
    ground = preview.ground(book)
    found = list(gate.findings(pages, ground))
    found += gate.links_lead_somewhere(pages, [*files, *pages])
    if whole:
        found += gate.every_fact_shown(pages.values(), ground, {fact.id: fact.at for fact in book.facts.values()})
    return found


def _assets(root: Path) -> tuple[list[str], list[str]]:
    """The files under docs that are no pages, and what there is but a link to something elsewhere."""
    docs = root / DOCS
    paths = {path.relative_to(docs).as_posix(): path for path in sorted(docs.rglob("*"))}
    seen = {name: path for name, path in paths.items() if not any(part.startswith(".") for part in name.split("/"))}
    files = [name for name, path in seen.items() if path.is_file() and path.suffix != ".md"]
    return files, [name for name, path in seen.items() if path.is_symlink()]


def _sorted(found: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(set(found)))
