"""The same facts for other programs, as the site holds them beside its pages: kept by part, written when the site is put together."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

from macros.export import archives, every, linked
from macros.export.overview import notice
from macros.export.place import Made, Site
from macros.export.records import Medicine
from macros.formulary.book import Formulary
from macros.pages.files import API, page_of
from macros.pages.html import Html, address_of
from macros.site.edition import Edition


def of_part(book: Formulary, slug: str, site: Site, pages: Mapping[str, Html]) -> dict[str, str]:
    """The files of a part by their paths: the twins of its pages, and what there is of a medicine. Signs stand for version and days."""
    own = every.of_medicine(book, book.monographs[slug], site) if slug else {}
    return {**own, **every.of_pages(book, pages, site)}


def with_linked(pages: Mapping[str, str], book: Formulary, slug: str, site: Site) -> dict[str, str]:
    """The pages of a medicine by their addresses, with what schema.org has words for in the head of its monograph."""
    address = address_of(page_of(slug), not site.offline)
    told = linked.text_of(book, book.monographs[slug], site)
    return {**pages, address: pages[address].replace("</head>", f"{told}</head>", 1)}


def write(
    folder: Path, book: Formulary, site: Site, this: Edition, said: Mapping[str, str], pages: Iterable[str], medicines: Iterable[str]
) -> None:
    """Writes what tells of all medicines into a built site.

    `said` are words for signs, `pages` the addresses of all pages, `medicines` the file of each as text.
    """
    made = Made(this.version, this.built, this.checked, this.until)
    for path, text in every.of_site(book, site, made, pages).items():
        for sign, words in said.items():
            text = text.replace(sign, words)
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8", newline="")
    archives.write(folder / API, _records(medicines), made, notice(book))


def _records(medicines: Iterable[str]) -> Iterator[Medicine]:
    yield from (cast(Medicine, json.loads(each)) for each in medicines)
