"""What is known of a label from its file: whose it is, what it is about, and its sections as lines of text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from macros.finding import Refused

SMPC, LEAFLET, US = "smpc", "leaflet", "us"
MONOGRAPH = "monograph"  # of a site like this one: no label, but it says where the labels are to be looked for
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?[\s:]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a label: the code that its format gives it, its number if it has one, its title, and its text in lines."""

    code: str
    number: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One text of a label: which kind it is, in which version and of which day, in which language, and its sections."""

    kind: str
    set_id: str
    version: str
    day: date | None
    language: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A label as its file has it.

    `ingredients` holds for each active ingredient the names that the file has for it, and is empty where it lists none;
    then `introduced` is the text that names them. `identifiers` are kinds with their codes, `remarks` what an editor has to
    know of the file before a word of it is used.
    """

    form: str
    place: str
    ingredients: tuple[tuple[str, ...], ...]
    introduced: str
    brands: tuple[str, ...]
    identifiers: tuple[tuple[str, tuple[str, ...]], ...]
    documents: tuple[Document, ...]
    remarks: tuple[str, ...] = ()


def numbered(title: str) -> str:
    """The number that a heading begins with, as 4.2, or an empty text."""
    found = _NUMBERED.match(title)
    return found[1] if found else ""


def day(text: str) -> date | None:
    """The day that a label writes as 20260424 or as 2026-04-24T…; None for anything else."""
    found = re.match(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)|(\d{4})(\d{2})(\d{2})\d{4,6}(?:[+-]\d{4})?$", text)
    if not found:
        return None
    year, month, number = (part for part in found.groups() if part)
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        return None


def once(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts that say something, each once, in their order."""
    return tuple(dict.fromkeys(text for each in texts if (text := " ".join(each.split()))))


def kinds(found: Iterable[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Codes by their kind, each once; a kind without a code is none."""
    pairs = list(found)
    by_kind = {kind: once(code for each, code in pairs if each == kind) for kind in dict.fromkeys(kind for kind, _ in pairs)}
    return tuple((kind, codes) for kind, codes in by_kind.items() if codes)


def something(documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """The documents, if each has a section with text. Raises Refused otherwise."""
    if not documents or not all(document.sections for document in documents):
        raise Refused("this label has no section with text; download the label whole")
    return documents
