"""What governs a line, before each of its sentences: the status of its block, that of a draft, the topic that speaks against a medicine.

So a sentence that is copied alone keeps it. Where one ends can't always be told; then the words stand once more than they need to.
"""

import re
from collections.abc import Iterable
from typing import Final

from macros.export.inline import APART, APART_END, CITED, CITED_END, NOTE, lines

NEW_LINE: Final = " <br> "  # Markdown has a cell and an item on one line

# What ends no sentence though a point ends it: a shortened word, and the first letter of the name of a species.
_SHORT: Final = "".join(rf"(?<!\b{re.escape(word)}\.)" for word in ("e.g", "i.e", "vs", "ca", "St", "Dr", "et al", "U.S", "approx"))
_LETTER: Final = r"(?:(?<!\b[A-Z]\.)|(?! [a-z]))"
# Marks and citations behind a sentence belong to it, and so do the quotation marks and brackets that it closes.
_BEHIND: Final = rf'["”’)*_{APART_END}]*(?: (?:{APART}[^{APART_END}]*{APART_END}|{CITED}[^{CITED_END}]*{CITED_END}))*'
_NEXT: Final = re.compile(rf"([.!?]{_SHORT}{_LETTER}{_BEHIND}) (?![{APART}{CITED}{NOTE}]|<br>)| ?{NOTE}|({NEW_LINE})")
_SENTENCE: Final = re.compile(rf"[.!?]{_SHORT}{_LETTER}{_BEHIND}(?: |$)|{NOTE}|{NEW_LINE}")


def governed(line: str, governs: str) -> str:
    """The line with what governs it before each of its sentences; the line alone if nothing does."""
    if not governs:
        return line
    mark = f"**{governs}:** "
    return mark + _NEXT.sub(lambda end: (end[2] or f"{end[1] or ''} ") + mark, line.removeprefix(NOTE))


def governed_cell(line: str, governs: str) -> str:
    """The same of a cell that does not begin its row; it stays as it is if no sentence stands in it."""
    return governed(line, governs) if governs and _SENTENCE.search(line) else line


def cell(text: str) -> str:
    """A text as it stands in a cell of a table."""
    if text.isprintable() and "  " not in text and "|" not in text:  # as nearly all are: one line, without a sign of ours
        return text.strip()
    return cell_of(lines(text))


def cell_of(said: Iterable[str]) -> str:
    """Lines as they stand in a cell."""
    return NEW_LINE.join(said).replace("|", "\\|")
