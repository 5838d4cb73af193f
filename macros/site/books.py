"""The formulary for a part, and its pages, from what was kept when they were judged."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from macros.finding import Finding, Line
from macros.formulary.book import Formulary
from macros.formulary.load import Part, Shared, formulary, load_shared
from macros.formulary.monograph import Names
from macros.pages.files import medicine_of
from macros.site.kept import Kept
from macros.site.leaf import SITE, VERSION, Shown
from macros.site.preview import Rendered
from macros.site.whole import names_of_all, told_of_all


def book_of(root: Path, shared: Shared, slug: str, names: Names) -> Formulary:
    """The formulary for the pages of a part: its medicine beside the names of all, or what lists show of each."""
    return _read(root, shared, slug, names)[0]


def told(root: Path, today: date, inn: str | None = None) -> tuple[Formulary, tuple[Finding, ...]]:
    """What lists show of every medicine, or all of one, as it was judged last, and what is wrong with the data of all.

    Raises Broken, and Refused if there is no such medicine.
    """
    shared, names = load_shared(root, today), names_of_all(root)
    listed, found = _read(root, shared, SITE, names)
    return (book_of(root, shared, listed.named(inn).slug, names) if inn else listed), found


def _read(root: Path, shared: Shared, slug: str, names: Names) -> tuple[Formulary, tuple[Finding, ...]]:
    """The same, and what is wrong with the data that it was read from."""
    parts: Mapping[str, Part] = told_of_all(root, sorted(names.called)) if slug == SITE else {slug: Kept(root).need("read", slug)}
    found = tuple(finding for part in parts.values() for finding in part.findings)
    return formulary(shared, parts, VERSION, None if slug == SITE else names), (*shared.findings, *found)


class Parts:
    """What pages show that are built part by part, from what was kept when they were judged; one part is in memory at once."""

    def __init__(self, root: Path, today: date) -> None:
        self.root, self.shared, self.names = root, load_shared(root, today), names_of_all(root)
        self.slug: str | None = None
        self.shown = Shown()
        self.read: tuple[str, Formulary, tuple[Finding, ...]] | None = None

    def page(self, path: str) -> Rendered | None:
        """A page as it was judged; none if it could not be shown whole."""
        shown = self._of(path)
        leaf = None if shown.halted else shown.leaves.get(path)
        return leaf.shown if leaf and len(leaf.shown.page.calls) == len(leaf.shown.printed) else None

    def book(self, path: str) -> tuple[Formulary, tuple[Finding, ...]]:
        """The formulary for a page, and what is wrong with its data."""
        if self.read is None or self.read[0] != medicine_of(path):
            self.read = (medicine_of(path), *_read(self.root, self.shared, medicine_of(path), self.names))
        return self.read[1:]

    def at(self, path: str) -> Mapping[str, Line]:
        """Where in the data each fact stands that a page may show."""
        return self._of(path).at

    def _of(self, path: str) -> Shown:
        if (slug := medicine_of(path)) != self.slug:
            self.slug, self.shown = slug, Kept(self.root).get("shown", slug) or Shown()
        return self.shown
