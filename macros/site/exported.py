"""The same facts for other programs, as the site holds them beside its pages: kept by part, written when the site is put together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from macros.export import api, archives, every, linked
from macros.export.place import Made, Site
from macros.formulary.book import Formulary
from macros.pages.files import page_of
from macros.pages.html import address_of
from macros.site.edition import Edition
from macros.site.signed import Signed, filled, signed


@dataclass(frozen=True)
class Exported:
    """What other programs get of a medicine: files by their paths, with signs for version and days, and rows for what holds all.

    Beside them what schema.org has words for, which stands in the head of its monograph.
    """

    files: Mapping[str, Signed]
    rows: archives.Rows
    linked: str


def of_medicine(book: Formulary, slug: str, site: Site) -> Exported:
    """What there is of a medicine beside the twins of its pages."""
    monograph = book.monographs[slug]
    own, rows = every.of_medicine(book, monograph, site)
    return Exported({path: signed(text) for path, text in own.items()}, rows, linked.text_of(book, monograph, site))


def versioned(text: str, book: Formulary, slug: str | None) -> str:
    """What a page says, where a page of a medicine names the version of its own facts, as its files do, in place of that of all."""
    own = book.monographs.get(slug or "")
    return text.replace(book.version, api.version(book, own)) if own else text


def with_linked(pages: Mapping[str, str], slug: str, site: Site, told: str) -> dict[str, str]:
    """The pages of a medicine by their addresses, with what schema.org has words for in the head of its monograph."""
    address = address_of(page_of(slug), not site.offline)
    return {**pages, address: pages[address].replace("</head>", f"{told}</head>", 1)}


def write(
    folder: Path,
    book: Formulary,
    site: Site,
    this: Edition,
    said: Mapping[bytes, bytes],
    pages: Iterable[str],
) -> None:
    """Writes what tells of all medicines into a built site, but for archives.

    `said` are words for signs, `pages` the addresses of all pages.
    """
    made = _made(this)
    for path, text in every.of_site(book, site, made, pages).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(filled(signed(text), said))


def _made(this: Edition) -> Made:
    return Made(this.version, this.built, this.checked, this.until)
