"""Writes one monograph as one HTML file that needs no other, for mail or a phone."""

import os
from datetime import date
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from macros.copies.bundle import DIST, page
from macros.finding import Finding, Refused, nearest
from macros.formulary.load import load
from macros.pages.files import page_of
from macros.pages.html import address_of
from macros.site.build import built
from macros.site.edition import edition

_SCRIPTS = ("edition.js", "citations.js", "copying.js")
_STAYS = ("#", "http://", "https://", "mailto:", "tel:")


def single(root: Path, inn: str, today: date, day: date | None) -> tuple[tuple[Finding, ...], Path]:
    """The findings that kept the file from being made, and the file in dist/ with the monograph of this INN."""
    book = load(root, today)[0]
    slug = inn.strip().lower().replace(" ", "-")
    if slug not in book.monographs:
        raise Refused(f"there is no monograph '{inn}'; {nearest(slug, book.monographs)}")
    with built(root, today, day, offline=True) as (site, findings):
        if findings:
            return findings, root
        this = edition(root, book, day)
        text = page("page.html", this, **_parts(site, page_of(slug)))
        return (), _written(root / DIST, f"{slug}-{this.version}.html", text)


def _parts(site: Path, source: str) -> dict[str, str]:
    """The title, the style sheets, the article and the script of a page, each as it stands in the one file."""
    path = site / address_of(source, directory_urls=False)
    tree = LexborHTMLParser(path.read_text("utf-8"))
    article, title = tree.css_first("article"), tree.css_first("title")
    assert article and title, "the theme gives every page both"
    for link in article.css("a[href]"):
        if not (link.attributes["href"] or "").startswith(_STAYS):
            link.unwrap()  # the page that it leads to is not in this file
    sheets = [path.parent / (link.attributes["href"] or "") for link in tree.css("link[rel=stylesheet]")]
    return {
        "title": title.text(),
        "style": "\n".join(sheet.read_text("utf-8") for sheet in sheets),
        "article": article.html or "",
        "script": "\n".join((site / "assets/javascripts" / name).read_text("utf-8") for name in _SCRIPTS),
    }


def _written(folder: Path, name: str, text: str) -> Path:
    """The file, written beside and renamed when it is whole."""
    folder.mkdir(exist_ok=True)
    part = folder / f".new-{os.getpid()}"
    try:
        part.write_text(text, "utf-8", newline="\n")
        part.replace(folder / name)
    finally:
        part.unlink(missing_ok=True)
    return folder / name
