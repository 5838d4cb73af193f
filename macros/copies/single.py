"""Writes one monograph as one HTML file that needs no other, for mail or a phone."""

from datetime import date
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from macros.copies import chosen
from macros.copies.offline import page, site_without
from macros.pages.files import page_of
from macros.pages.html import address_of
from macros.site.edition import DIST
from macros.site.notices import NAME
from macros.site.written import written_whole

_SCRIPTS = ("edition.js", "citations.js", "copying.js")
_STAYS = ("#", "http://", "https://", "mailto:", "tel:")


def single(root: Path, inn: str, today: date, day: date | None) -> Path:
    """The file in dist/ with the monograph of this INN. Raises `Refused` when there is none, and what `built` raises."""
    slug = chosen.slug_named(root, inn)
    with site_without(root, today, day, chosen.all_but(root, [slug])) as (site, this, _):
        text = page("page.html", this, **_parts(site, page_of(slug)))
        name = f"{slug}-{this.version}.html"
        with written_whole(root / DIST, name) as part:
            (part / name).write_text(text, "utf-8", newline="\n")
    return root / DIST / name


def _remark(text: str) -> str:
    """The licences of what the file carries, which nobody sees who reads it."""
    return f"/*\n{text.replace('*/', '* /')}*/"


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
        "style": "\n".join([_remark((site / NAME).read_text("utf-8")), *(sheet.read_text("utf-8") for sheet in sheets)]),
        "article": article.html or "",
        "script": "\n".join((site / "assets/javascripts" / name).read_text("utf-8") for name in _SCRIPTS),
    }
