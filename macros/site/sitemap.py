"""The map of the site for search engines, as MkDocs writes it, which builds no more than a part at once."""

from collections.abc import Iterable
from gzip import GzipFile
from html import escape
from pathlib import Path

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'


def write(site: Path, address: str, pages: Iterable[str], seconds: int, day: str) -> None:
    """Writes it into the site, plain and compressed.

    `address` is that of the site, "" where it has none yet and the map leads nowhere; `pages` are the files of its pages,
    `seconds` the time since 1970 that the compressed file carries, `day` the one on which the pages were made.
    """
    entry = "\n    <url>\n         <loc>{}</loc>\n         <lastmod>{}</lastmod>\n    </url>"
    where = (f"{address}{page.removesuffix('index.html')}" for page in sorted(pages)) if address else ()
    text = "".join([_HEAD, *(entry.format(escape(each), day) for each in where), "\n</urlset>"])
    (site / "sitemap.xml").write_text(text, "utf-8", newline="\n")
    with (site / "sitemap.xml.gz").open("wb") as file, GzipFile("sitemap.xml", "wb", fileobj=file, mtime=seconds) as packed:
        packed.write(text.encode())
