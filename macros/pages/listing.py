"""Lists of the whole site that grow with it: which pages they stand on, so that each stays short.

A list is whole on its page until it has more entries than one page should hold. Then that page leads to its parts, each on
a page of its own by letter or year, and a part that is too long leads to narrower ones in the same way. Pages of parts are
real Markdown, which `generate` writes; a rule says which are missing.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from macros.formulary import words
from macros.formulary.book import Formulary
from macros.formulary.monograph import Monograph
from macros.formulary.naming import slug_of
from macros.formulary.values import Code, Terms
from macros.pages.markdown import DOCS

# Under this folder of docs stand the pages of all parts, and nothing else.
FOLDER: Final = "lists"
_OTHER: Final = "other"
# So many letters of a name, and of the name of a group, tell parts apart.
_DEEPEST: Final = 6
_OF_A_GROUP: Final = 2
_LETTERS = re.compile(rf"[A-Z][a-z]{{,{_DEEPEST - 1}}}")


class Step(NamedTuple):
    """One step on the way to an entry: the name of the part in addresses, and what readers call it."""

    at: str
    label: str


class Named(NamedTuple):
    """A name from A to Z, whether it is a code, and the medicines that it leads to."""

    name: str
    is_code: bool
    monographs: Sequence[Monograph]


class Entry(NamedTuple):
    """An entry of a list, and the steps from the widest part that it stands in to the narrowest that there may be."""

    way: Sequence[Step]
    what: Any


@dataclass(frozen=True)
class Listing:
    """A list of the site: the name that report() takes, its page, what that is called, and so many entries on one page."""

    name: str
    page: str
    title: str
    most: int
    entries: Callable[[Formulary], Iterable[Entry]]
    # Whether what stands in a part is cited, so that its page has a list of sources.
    cites: bool = False

    def page_of(self, at: str) -> str:
        """Where a part stands under docs; the list itself has no name of a part."""
        return f"{FOLDER}/{self.name}/{at}.md" if at else self.page


@dataclass(frozen=True)
class Part:
    """A part of a list: the entries that stand on its page, and the narrower parts that it leads to with their numbers of entries."""

    label: str
    above: str | None
    entries: Sequence[Any]
    below: Mapping[Step, int]


class _Same(NamedTuple):
    """A formulary that is the same as another only if it is the very one."""

    book: Formulary

    def __hash__(self) -> int:
        return id(self.book)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.book is self.book


def placed(book: Formulary, listing: Listing) -> Mapping[str, Part]:
    """Every part of the list by its name in addresses, the list itself first and under no name."""
    return _placed(_Same(book), listing)


@lru_cache(maxsize=20)
def _placed(same: _Same, listing: Listing) -> Mapping[str, Part]:
    """The same, made once for all pages."""
    return dict(_parts(Step("", ""), None, list(listing.entries(same.book)), 0, listing.most))


def _parts(here: Step, above: str | None, entries: list[Entry], depth: int, most: int) -> Iterator[tuple[str, Part]]:
    ends = [each for each in entries if len(each.way) <= depth]
    if len(entries) <= most or len(ends) == len(entries):
        yield here.at, Part(here.label, above, [each.what for each in entries], {})
        return
    narrower: dict[Step, list[Entry]] = {}
    for each in entries:
        if len(each.way) > depth:
            narrower.setdefault(each.way[depth], []).append(each)
    if len(narrower) == 1 and not ends:  # a page that leads to one other helps nobody
        yield from _parts(here, above, entries, depth + 1, most)
        return
    steps = sorted(narrower.items())
    yield here.at, Part(here.label, above, [each.what for each in ends], {step: len(found) for step, found in steps})
    for step, found in steps:
        yield from _parts(step, here.at, found, depth + 1, most)


def pages(book: Formulary) -> dict[Path, str]:
    """The text of the page of each part that there has to be, by its path in the project."""
    return {
        DOCS / listing.page_of(at): _page(listing, at, part.label)
        for listing in LISTS.values()
        for at, part in placed(book, listing).items()
        if at
    }


def _page(listing: Listing, at: str, label: str) -> str:
    """A page that shows a part. Only letters stand in its title: figures and words of the data are what the report prints."""
    title = f"{listing.title}: {label}" if _LETTERS.fullmatch(label) else listing.title
    sources = "## Sources\n\n{{ sources() }}\n\n" if listing.cites else ""
    return (
        f"---\ntitle: {_quoted(title)}\ndescription: {_quoted(f'A part of the list “{listing.title}”.')}\nhide: [navigation, toc]\n---\n"
        f'# {title}\n\n{{{{ report("{listing.name}", part="{at}") }}}}\n\n{sources}{{{{ colophon() }}}}\n'
    )


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@lru_cache(maxsize=20_000)  # each list asks for the same names
def letters(name: str) -> tuple[Step, ...]:
    """The parts that a name stands in, by its first letters: T, Te, Tes."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    found = re.sub("[^a-z0-9]", "", plain)[:_DEEPEST]
    # Joined by hyphens, since a system has files of its own that are called con, aux and nul.
    return tuple(Step("-".join(found[:end]), found[:end].capitalize()) for end in range(1, len(found) + 1)) or (Step(_OTHER, "Other"),)


def searched_names(book: Formulary, monograph: Monograph) -> list[str]:
    """By whatever people may look for the medicine, codes included, in alphabetical order."""
    medicine = monograph.medicine
    named = {medicine.inn, *medicine.brands, *book.searched(monograph), *medicine.class_, *medicine.diseases}
    named.update(term for fact in monograph.about("alias") if isinstance(fact.value, Terms) for term in fact.value.terms)
    return sorted(named | codes(monograph))


def codes(monograph: Monograph) -> set[str]:
    """The codes and numbers that the medicine has."""
    found: set[str] = set()
    for fact in monograph.about("identifier"):
        if isinstance(fact.value, Terms):
            found.update(fact.value.terms)
        elif isinstance(fact.value, Code):
            found.add(fact.value.text)
    return found


def _names(book: Formulary) -> Iterator[Entry]:
    """Every name, class, disease and code, each once."""
    found: dict[str, list[Monograph]] = {}
    for each in book.monographs.values():
        for name in searched_names(book, each):
            found.setdefault(name, []).append(each)
    in_codes = {code for each in book.monographs.values() for code in codes(each)}
    return (Entry(letters(name), Named(name, name in in_codes, found[name])) for name in sorted(found))


def _in_groups(key: Callable[[Monograph], Iterable[str]]) -> Callable[[Formulary], Iterator[Entry]]:
    """Every group with each of its medicines: by the first letters of the group, then by itself and the letters of the medicine."""

    def entries(book: Formulary) -> Iterator[Entry]:
        for each in book.monographs.values():
            for group in key(each):
                yield Entry([*of_group(group), *_within(group, each)], (group, each))

    return entries


def of_group(group: str) -> list[Step]:
    """The parts that all medicines of a class or a disease stand in: by its first letters, then by itself."""
    return [*letters(group)[:_OF_A_GROUP], Step(slug_of(group), group)]


def _within(group: str, monograph: Monograph) -> Iterator[Step]:
    """The narrower parts of a group, by the letters of the medicine."""
    return (Step(f"{slug_of(group)}-{step.at}", f"{group}, {step.label}") for step in letters(monograph.medicine.inn))


def _by_status(book: Formulary) -> Iterator[Entry]:
    """Every event that lists show, with places, of each medicine: by what happened, then by the letters of the medicine."""
    for each in book.monographs.values():
        for fact, event in book.present(each):
            if event.listed:
                way = [Step(slug_of(event.word), event.word), *_within(event.word, each)]
                yield Entry(way, (f"{words.listed(fact.jurisdictions)}: {event.word}", each))


def _research(book: Formulary) -> Iterator[Entry]:
    """Every fact on a use that is marked, by the letters of its medicine."""
    for each in book.monographs.values():
        way = letters(each.medicine.inn)
        yield from (Entry(way, fact) for fact in each.facts.values() if book.is_marked(fact))


def _sources(book: Formulary) -> Iterator[Entry]:
    """Every source of each medicine, by the letters of the medicine."""
    for each in book.monographs.values():
        way = letters(each.medicine.inn)
        yield from (Entry(way, (each, name)) for name in each.tally.cited if name in book.sources)


def _changes(book: Formulary) -> Iterator[Entry]:
    """Every record of a change, the newest first, by year and month, then by the letters of the medicine."""
    # The last record of a day comes first, as the last day does.
    found = [(each, change) for each in book.monographs.values() for change in reversed(list(each.changes.values()))]
    for each, change in sorted(found, key=lambda one: one[1].date, reverse=True):
        year, month = f"{change.date:%Y}", words.month(change.date.year, change.date.month)
        way = Step(year, year), Step(f"{change.date:%Y-%m}", month)
        last = [Step(f"{way[1].at}-{step.at}", f"{month}, {step.label}") for step in letters(each.medicine.inn)]
        yield Entry([*way, *last], (each, change))


# So many entries stand on one page that it stays below 100 KB when it is compressed: a line of a name takes some 30 bytes,
# a row of research or a source some 150. A new list of all medicines is a new line here.
NAMES: Final = Listing("a-to-z", "a-z.md", "A to Z", 1500, _names)
CLASSES: Final = Listing("by-class", "monographs/index.md", "By class", 600, _in_groups(lambda each: each.medicine.class_))
DISEASES: Final = Listing("by-disease", "monographs/index.md", "By disease", 600, _in_groups(lambda each: each.medicine.diseases))
STATUSES: Final = Listing("by-status", "monographs/index.md", "By status", 600, _by_status)
RESEARCH: Final = Listing("research", "research.md", "Research register", 250, _research, cites=True)
SOURCES: Final = Listing("sources", "about/sources.md", "Sources", 500, _sources)
CHANGES: Final = Listing("changes", "changes.md", "What changed", 1000, _changes)
LISTS: Final[Mapping[str, Listing]] = {each.name: each for each in (NAMES, CLASSES, DISEASES, STATUSES, RESEARCH, SOURCES, CHANGES)}
