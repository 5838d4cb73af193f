"""The same facts for other programs, as the site holds them beside its pages: kept by part, written when the site is put together."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

from macros.export import archives, every, linked
from macros.export.overview import notice
from macros.export.place import ROOT, Made, Site
from macros.export.records import Medicine
from macros.formulary.book import Formulary
from macros.pages.files import page_of
from macros.pages.html import address_of
from macros.site.edition import Edition


def of_part(book: Formulary, slug: str, site: Site) -> dict[str, str]:
    """The files of a medicine by their paths, with signs for what is new with every version."""
    return every.of_medicine(book, book.monographs[slug], site)


def with_linked(pages: Mapping[str, str], book: Formulary, slug: str, site: Site) -> dict[str, str]:
    """The pages of a medicine by their addresses, with what schema.org has words for in the head of its monograph."""
    address = address_of(page_of(slug), not site.offline)
    told = linked.text_of(book, book.monographs[slug], site)
    return {**pages, address: pages[address].replace("</head>", f"{told}</head>", 1)}


def write(folder: Path, book: Formulary, site: Site, this: Edition, said: Mapping[str, str], medicines: Iterable[str]) -> None:
    """Writes what tells of all medicines into a built site; `said` are words for signs, `medicines` the files of each as text."""
    made = Made(this.version, this.built, this.checked, this.until)
    for path, text in every.of_site(book, site, made).items():
        for sign, words in said.items():
            text = text.replace(sign, words)
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8", newline="")
    archives.write(folder / ROOT, _records(medicines), made, notice(book))


def _records(medicines: Iterable[str]) -> Iterator[Medicine]:
    yield from (cast(Medicine, json.loads(each)) for each in medicines)
