"""What every copy is made of: the site as it is built for reading from a disk, its edition, and pages that say which one it is."""

import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from io import BufferedIOBase, BytesIO
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from macros.copies import manifest
from macros.formulary.book import Formulary
from macros.formulary.words import full_date
from macros.site.build import built
from macros.site.edition import Edition, edition

PAGES = Path(__file__).parent.parent / "offline"
# What a copy does without: maps for programmers, the search of the theme, and what only a server uses.
_LEFT_OUT = (
    "**/*.map",
    "assets/javascripts/lunr",
    "assets/javascripts/workers",
    "404.html",
    "sitemap.xml",
    "sitemap.xml.gz",
    "assets/images/card.*",
)


@contextmanager
def offline_site(root: Path, today: date, day: date | None) -> Iterator[tuple[Path, Edition]]:
    """The folder of the site, which goes afterwards, and its edition. Raises what `built` raises."""
    with site_without(root, today, day, ()) as (site, this, _):
        yield site, this


@contextmanager
def site_without(root: Path, today: date, day: date | None, without: Collection[str]) -> Iterator[tuple[Path, Edition, Formulary]]:
    """The same without the pages of some medicines, named by their slugs, and what its lists show of all."""
    with built(root, today, day, offline=True, without=without) as (site, book):
        yield site, edition(root, book, day), book


def carried(site: Path) -> dict[str, Path]:
    """Each file of a site that a copy needs, by its name; they are read one by one, since of many medicines they fill a memory."""
    for pattern in _LEFT_OUT:
        for path in site.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*")) if path.is_file()}


def opened(file: Path | bytes) -> BufferedIOBase:
    """A file of a copy to be read piece by piece, be it one of the site or one that was made for the copy."""
    return file.open("rb") if isinstance(file, Path) else BytesIO(file)


def page(name: str, this: Edition, **more: object) -> str:
    """One of the pages that are no part of the site itself, filled with what it has to say of the edition."""
    jinja = Environment(
        loader=FileSystemLoader(PAGES), undefined=StrictUndefined, keep_trailing_newline=True, autoescape=name.endswith("html")
    )
    text = jinja.get_template(name).render(edition=this, date=full_date, manifest=manifest.NAME, **more)
    if not name.endswith(".txt"):
        return text
    # Old editors on Windows know no other line end, and show a space that keeps a line together as two strange letters.
    return text.replace("\n", "\r\n").replace("\N{NO-BREAK SPACE}", " ")
