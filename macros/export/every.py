"""The one list of all formats, and what a site holds of each."""

from macros.export import api, overview, rows, schema
from macros.export.place import ROOT, Made, Site
from macros.formulary.book import Formulary, Monograph


def of_medicine(book: Formulary, monograph: Monograph, site: Site) -> dict[str, str]:
    """The files of a medicine by their paths, in every format that has one of each."""
    said = api.record(book, monograph, site)
    path = f"{ROOT}/medicines/{monograph.slug}"
    return {f"{path}.json": api.text_of(said), f"{path}.csv": rows.text_of(rows.rows(said))}


def of_site(book: Formulary, site: Site, made: Made) -> dict[str, str]:
    """The files that tell of all medicines by their paths, but for archives."""
    schemas = schema.site(site)
    return {**overview.site(book, site, made, [*schemas]), **schemas}
