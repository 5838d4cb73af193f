"""What is wrong and where: the records that the reader and the rules give back, and what their messages are made with."""

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final
from unicodedata import category

# Unicode's categories of what nobody can see in a text: control and format characters, and odd ends of lines.
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
# Letters and marks that a font shows as nothing: fillers, the blank of Braille, what only chooses how the letter before it looks.
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")


def unseen(text: str) -> list[str]:
    """The characters of the text that nobody can see, in their order; a space is none of them."""
    if text.isascii() and text.isprintable():
        return []
    return [char for char in text if category(char) in _UNSEEN or _BLANK.match(char)]


# What git leaves where two versions of a file met, each at the beginning of a line.
_MERGE = re.compile(r"^(?:(?:<{7}|>{7}|\|{7})(?= |\r?$)|={7}(?=\r?$))", re.MULTILINE)
MERGED: Final = "merge-ended"  # the rule whose findings these are


def merging(text: str) -> tuple[int, str] | None:
    """The first line that a merge left in a text, with what is wrong there; None in a text that nobody merges."""
    found = _MERGE.search(text)
    if not found:
        return None
    message = f"a merge left its mark '{found[0]}' here; keep one version of what stands between the marks, and delete their lines"
    return text[: found.start()].count("\n") + 1, message


# A file by its path under the project, and the number of one of its lines.
Line = tuple[str, int]


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """A fault at a line of a file, with the name of its rule and words for an editor."""

    file: str
    line: int
    rule: str
    message: str

    def __post_init__(self) -> None:
        """A message may quote what stands on a page, and reaches a terminal: what can't be seen becomes a space."""
        if hidden := unseen(self.message):
            object.__setattr__(self, "message", self.message.translate(dict.fromkeys(map(ord, hidden), " ")))

    def annotation(self) -> str:
        """The finding as a line that GitHub shows beside the changed line."""
        message = self.message.replace("%", "%25")  # it holds no line end
        return f"::error file={self.file},line={self.line},title={self.rule}::{message}"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.rule}: {self.message}"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a rendered page: an element that shows a fact, or a text; if neither is given, the page as a whole.

    `nth` counts from 0 the elements that show the same fact; `near` is the text around, which tells equal texts apart.
    """

    fact: str = ""
    nth: int = 0
    text: str = ""
    near: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule finds: where, and words for an editor. A `Spot` is on the page that the rule was asked about."""

    where: Line | Spot
    message: str


# How Python begins the words of the system where it has only their text.
_NUMBERED = re.compile(r"^\[Errno \d+\] ")


def reason(error: OSError) -> str:
    """Why the system did not do it, in its own words, with the file; of many that were to be copied the first."""
    if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list):
        _, place, why = error.args[0][0]
        return f"{place}: {_NUMBERED.sub('', str(why)).partition(': ')[0]}"
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error)


class Refused(ValueError):
    """A value that can't be taken; its text says what is wrong and what to write instead."""


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint that names the closest known word, or lists the words if they are few."""
    names = sorted(known)
    lowered = {each.casefold(): each for each in names}
    close = get_close_matches(name.casefold(), lowered, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{lowered[close[0]]}'?"
    if not names:
        return "there is none yet"
    if len(names) <= 20:
        return "write one of: " + ", ".join(names)
    return f"none of the {len(names)} known names is close; compare with the page 'For editors'"


def excerpt(text: str) -> str:
    """The first 60 characters of a text on one line, with nothing in it that can't be seen."""
    return "".join(char if char.isprintable() else " " for char in " ".join(text.split()))[:60]
