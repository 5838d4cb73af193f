"""The files of the search, which a browser loads one by one as it needs them: what is asked for first, pieces of words, texts of pages.

Each is a script that hands over its text, so that a page from a disk, which may read no files, finds what a hosted one finds.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from macros.formulary.book import Formulary
from macros.pages.listing import codes, searched_names
from macros.site.search_index import Records, base36, names_of, shared

FOLDER = "search"
# So many letters make a piece: one that is read in a moment, of which there are not too many to list.
_PIECE = 30_000
# The letters that stand for the kinds of pages that medicines have; none of them needs a sign before it in a string.
_KINDS = [chr(code) for code in range(48, 127) if code != 92]
_OF_MEDICINE = re.compile(r"monographs/[^/]+/")


class Indexed(NamedTuple):
    """What is asked of a page before any of its sections is shown: its status if it is a monograph, how many they are, its words."""

    monograph: str | None
    status: tuple[str, ...]
    sections: int
    words: Mapping[str, str]


class Joined(NamedTuple):
    """Pages in a row, with what has to be known of each when the words of all are joined: its address, its medicine, its status.

    `words` has for each word the number within the row of the first page that it stands on, where it stands on that page and on
    those after it, and the number of the last.
    """

    pages: tuple[tuple[str, str | None, tuple[str, ...]], ...]
    sections: int
    words: Mapping[str, tuple[int, bytes, int]]


def indexed(each: Records) -> Indexed:
    """What is asked of a page first."""
    return Indexed(each.monograph, each.status, len(each.found), each.words)


def told(each: Records) -> str:
    """What results show of a page, as its file tells it."""
    return _json([each.title, [[one.anchor, one.title, list(one.marks), "\n".join(one.lines)] for one in each.found]])


def of_pages(texts: Mapping[str, str]) -> dict[str, bytes]:
    """The files that tell of some pages, by their paths in a site.

    Each says its page by name, since a page that was opened before the site was made anew knows others by their old numbers.
    """
    names = {address: address.removesuffix("/index.html") for address in texts}
    return {f"{FOLDER}/pages/{names[address]}.js": _script("page", names[address], text) for address, text in texts.items()}


def joined(found: Iterable[tuple[str, Indexed]]) -> Joined:
    """These pages, given by their addresses, joined."""
    pages: list[tuple[str, str | None, tuple[str, ...]]] = []
    places: dict[str, bytearray] = {}
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    sections = 0
    for number, (address, each) in enumerate(found):
        pages.append((address, each.monograph, each.status))
        sections += each.sections
        for word, at in each.words.items():
            if word in places:
                places[word] += f".{base36(number - last[word], 1)}{at}".encode()
            else:
                places[word], first[word] = bytearray(at.encode()), number
            last[word] = number
    return Joined(tuple(pages), sections, {word: (first[word], bytes(at), last[word]) for word, at in places.items()})


def write(site: Path, found: Iterable[Joined], book: Formulary) -> None:
    """Writes all else of the search of a site whose pages are these, in the order of their addresses; holds of them only words."""
    addresses, words, statuses, sections = list[str](), _Words(), {}, 0
    for each in found:
        words.add(len(addresses), each.words)
        sections += each.sections
        for address, monograph, status in each.pages:
            addresses.append(address)
            if status and monograph:
                statuses[monograph] = (address, status)
    pieces = list(words.pieces())
    folders, kinds = _folded(addresses)
    common = shared(book)
    first = {
        "sections": sections,
        "folders": folders,
        "kinds": kinds,
        "words": [piece.partition(" ")[0] for piece in pieces],
        "passed": sorted(common.passed),
        "negations": sorted(common.negations),
        "synonyms": [[said, *synonym.words] for said, synonym in book.vocabulary.search.synonyms.items()],
        "groups": [[said, *group.words] for said, group in book.vocabulary.search.groups.items()],
        **_names(book, addresses, statuses),
    }
    codes_of = _json(_codes(book, list(statuses)))
    # What speaks of pages or of medicines by number lies in a folder that is named by all of it, so that no other's is ever read.
    version = sha256("\n".join([_json(first), codes_of, *pieces]).encode()).hexdigest()[:8]
    for number, piece in enumerate(pieces):
        _put(site / FOLDER / version / f"{number}.js", "words", str(number), _json(piece))
    _put(site / FOLDER / version / "codes.js", "codes", "all", codes_of)
    _put(site / FOLDER / "names.js", "names", "all", _json({"version": version, **first}))


class _Words:
    """Where each word stands, page after page, in as few bytes as it takes."""

    def __init__(self) -> None:
        self._places: dict[str, bytearray] = {}
        self._last: dict[str, int] = {}

    def add(self, first: int, words: Mapping[str, tuple[int, bytes, int]]) -> None:
        """Adds what was joined of pages in a row, the first of which has this number; they come after all that were added."""
        every, last = self._places, self._last
        for word, (begins, places, ends) in words.items():
            step = f".{base36(first + begins - last.get(word, -1), 1)}".encode()
            if word in every:
                every[word] += step + places
            else:
                every[word] = bytearray(step + places)
            last[word] = first + ends

    def pieces(self) -> Iterator[str]:
        """The words in their order, a line each, cut into pieces; a word that fills a piece has its own."""
        lines: list[str] = []
        length = 0
        for word in sorted(self._places):
            line = f"{word} {self._places[word].decode()}"
            if lines and length + len(line) > _PIECE:
                yield "\n".join(lines)
                lines, length = [], 0
            lines.append(line)
            length += len(line)
        if lines:
            yield "\n".join(lines)


def _folded(addresses: Iterable[str]) -> tuple[list[list[str]], list[str]]:
    """The addresses in their order, the pages of a medicine together, with a letter for each; and what the letters stand for."""
    folders: list[list[str]] = []
    kinds: dict[str, str] = {}
    for address in addresses:
        match = _OF_MEDICINE.match(address)
        if match is None:
            folders.append([address, ""])
            continue
        if not folders or folders[-1][0] != match[0]:
            folders.append([match[0], ""])
        rest = address.removeprefix(match[0])
        folders[-1][1] += kinds.setdefault(rest, _KINDS[len(kinds)])
    return folders, list(kinds)


def _names(book: Formulary, addresses: list[str], statuses: Mapping[str, tuple[str, tuple[str, ...]]]) -> dict[str, object]:
    """Each medicine with its page, its names and its status.

    Then what else a medicine is called, and each class, disease and other word, with the medicines that have it.
    """
    numbers = {address: number for number, address in enumerate(addresses)}
    medicines: list[list[object]] = []
    aliases: dict[str, list[int]] = {}
    said: dict[str, int] = {}
    terms: dict[str, list[int]] = {}
    for number, (slug, (address, status)) in enumerate(statuses.items()):
        monograph = book.monographs[slug]
        medicines.append([numbers[address], list(names_of(monograph)), [said.setdefault(each, len(said)) for each in status]])
        own = {*names_of(monograph), *codes(monograph)}
        for name in searched_names(book, monograph):
            if name not in own:
                (aliases if name in monograph.aliases else terms).setdefault(name, []).append(number)
    listed = {kind: [[name, *of[name]] for name in sorted(of)] for kind, of in (("aliases", aliases), ("terms", terms))}
    return {"medicines": medicines, "statuses": list(said), **listed}


def _codes(book: Formulary, slugs: list[str]) -> list[list[object]]:
    """Each code with the medicines that have it; a code is exact, so none is near another."""
    found: dict[str, list[int]] = {}
    for number, slug in enumerate(slugs):
        for code in codes(book.monographs[slug]):
            found.setdefault(code, []).append(number)
    return [[code, *found[code]] for code in sorted(found)]


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("\u2028", " ").replace("\u2029", " ")


def _put(path: Path, kind: str, name: str, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_script(kind, name, text))


def _script(kind: str, name: str, text: str) -> bytes:
    return f'sought("{kind}",{_json(name)},{text})\n'.encode()
