"""What all that other programs get takes of a core for each medicine, step by step as a site is made, as a table.

python -m bench.exports FOLDER NUMBER. A project with so many monographs is laid out in the folder, if there is none, and stays.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from bench.built import ROOT
from bench.synthetic import laid_out
from macros.export import every
from macros.formulary.book import Formulary
from macros.formulary.load import load_shared
from macros.pages.html import Html, address_of
from macros.site import archived, exported
from macros.site.books import book_of, told
from macros.site.clock import today
from macros.site.edition import SIGNS, edition, words_of
from macros.site.kept import Kept, garbage_let_be
from macros.site.leaf import SITE, VERSION
from macros.site.made import Order, export
from macros.site.signed import Signed, filled, signed
from macros.site.unchanged import put
from macros.site.whole import judged, names_of_all

_TODAY = today(ROOT)
TURNS = 3  # of which the quickest counts, since whatever else the machine does makes others slower
_MANY = 2_000
_TWINS = "twins"
_LISTS = "lists of all"


class Steps:
    """The seconds of a core that each step took of each medicine, and what was made of it."""

    def __init__(self) -> None:
        self.took: dict[str, dict[str, float]] = {}

    def timed(self, step: str, slug: str, work: Callable[..., Any], *given: Any) -> Any:
        """What the work gives; its time counts if it is the shortest of this step and medicine."""
        began = process_time()
        made = work(*given)
        took = process_time() - began
        own = self.took.setdefault(step, {})
        own[slug] = min(took, own.get(slug, took))
        return made

    def reckoned(self, some: int, count: int) -> float:
        """The seconds that it takes of so many medicines, of which some were measured; what lists all of them did so already."""
        lists = sum(self.took[_LISTS].values())
        return (sum(sum(own.values()) for own in self.took.values()) - lists) / some * count + lists


def measured(root: Path, order: Order, slugs: Sequence[str], steps: Steps) -> None:
    """Makes, keeps and writes everything once, as `macros.site.build` does; the trees of pages are there, since the gate needs them."""
    shared, names, kept = load_shared(root, _TODAY), names_of_all(root), Kept(root)
    with TemporaryDirectory(dir=root) as name:
        site = Path(name) / "site"
        site.mkdir()
        listed, _ = told(root, _TODAY)
        this = edition(root, listed, _TODAY)
        words = words_of(this)
        said = {VERSION.encode(): b"0", **{sign.encode(): words[name].encode() for name, sign in SIGNS.items()}}
        for slug in slugs:
            steps.timed("what follows from the data: read, made and kept", slug, export, order, shared, [slug])
            book = book_of(root, shared, slug, names)  # another process has the pages, and knows nothing of what was said here
            trees = dict(_trees(kept, book, slug))
            steps.timed("put into the head of the monograph", slug, _linked, kept, order, slug, trees)
            twins: dict[str, Signed] = steps.timed("twins", slug, _twins, trees, book, slug, order)
            steps.timed("twins kept", slug, kept.put, _TWINS, slug, twins)
            steps.timed("files written", slug, _write, kept, order, slug, site, said)
        steps.timed("table of all", "", archived.table, order, site, slugs, this)
        base = kept.folder / f"{order.kind}.sqlite"
        base.unlink(missing_ok=True)
        steps.timed("database of all", "", archived.database, order, site, slugs, this, "")
        addresses = [address_of(page.page.path) for slug in (SITE, *slugs) for page in kept.need("shown", slug).pages.values()]
        steps.timed(_LISTS, "", exported.write, site, listed, order.site, this, said, addresses)


def _linked(kept: Kept, order: Order, slug: str, pages: Iterable[str]) -> None:
    exported.with_linked(dict.fromkeys(pages, "</head>"), slug, order.site, kept.need(order.linked, slug))


def _trees(kept: Kept, book: Formulary, slug: str) -> Iterator[tuple[str, Html]]:
    """The pages of a medicine as their previews show them: the articles are those of the site, sign for sign."""
    for each in kept.need("shown", slug).pages.values():
        page: Html = each.as_html(book.terms)
        assert page.main
        yield address_of(each.page.path), page


def _twins(pages: Mapping[str, Html], book: Formulary, slug: str, order: Order) -> dict[str, Signed]:
    with garbage_let_be():
        made = every.of_pages(book, pages, order.site)
    return {name: signed(exported.versioned(text, book, slug)) for name, text in made.items()}


def _write(kept: Kept, order: Order, slug: str, site: Path, said: Mapping[bytes, bytes]) -> None:
    texts = {**kept.need(_TWINS, slug), **kept.need(order.exported, slug)}
    put(site, {path: filled(text, said) for path, text in texts.items()})


def main(folder: Path, count: int) -> None:
    """Prints the table."""
    if not folder.exists():
        folder.mkdir(parents=True)
        laid_out(ROOT, folder, count, _TODAY)
        judged(folder, _TODAY)
    order, steps = Order(folder, _TODAY, {}, False, ()), Steps()
    slugs = sorted(names_of_all(folder).monographs)
    for _ in range(TURNS):
        measured(folder, order, slugs, steps)
    each = {step: sum(own.values()) / len(slugs) * 1000 for step, own in steps.took.items()}
    print(f"| {len(slugs)} medicines, the quickest of {TURNS} turns of each | ms of a core |\n|---|---:|")
    for step, took in each.items():
        print(f"| {step} | {took:.1f} |")
    whole = sum(each.values())
    print(f"| all | {whole:.1f} |\n| so of two cores at {_MANY:,}, reckoned, s | {whole * _MANY / 2 / 1000:.0f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
