"""The one list of all formats, and what a site holds of each."""

from collections.abc import Iterable, Mapping

from macros.export import api, archives, feed, fhir, overview, rows, schema
from macros.export.llms import llms
from macros.export.place import Made, Site
from macros.export.twin import twin
from macros.formulary.book import Formulary
from macros.formulary.monograph import Monograph
from macros.pages.files import FEED, data_of, twin_address
from macros.pages.html import Html


def of_medicine(book: Formulary, monograph: Monograph, site: Site) -> tuple[dict[str, str], archives.Rows]:
    """The files of a medicine by their paths, in every format that has one of each, and its rows for what holds all.

    They change with its data alone.
    """
    said, slug = api.record(book, monograph, site), monograph.slug
    document = fhir.bundle(book, monograph, lambda fact: site.url + site.fact(fact), said["data_version"], monograph.tally.newest)
    own = archives.rows_of(said)
    made = {
        "JSON": api.text_of(said),
        "CSV": rows.text_of([]) + own.lines,
        "FHIR": fhir.text(document),
        "Atom": feed.feed(book, site.name, slug, site.url),
    }
    return {path: made[name] for name, path in data_of(slug).items()}, own


def of_pages(book: Formulary, pages: Mapping[str, Html], site: Site) -> dict[str, str]:
    """The twin of each page by its path."""
    return {twin_address(address): twin(page, book, site.url) for address, page in pages.items()}


def of_site(book: Formulary, site: Site, made: Made, pages: Iterable[str]) -> dict[str, str]:
    """The files that tell of all medicines by their paths, but for archives; `pages` are the addresses of all pages."""
    schemas = schema.site(site)
    return {
        **overview.site(book, site, made, [*schemas]),
        **schemas,
        **llms(site.name, book, pages, site.url),
        FEED: feed.feed(book, site.name, base=site.url),
    }
