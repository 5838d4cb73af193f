"""What is wrong and where: the one record that the reader, the rules and the gate all give back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any
from unicodedata import category

# Unicode's categories of what nobody can see in a text: control and format characters, and odd ends of lines.
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


def unseen(text: str) -> list[str]:
    """The characters of the text that nobody can see, in their order; a space is none of them."""
    return [] if text.isprintable() else [char for char in text if category(char) in _UNSEEN]


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

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.rule}: {self.message}"


# What a rule on data yields: where the fault stands, and words for an editor.
Fault = tuple[tuple[str, int], str]


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


# What is found while files are read and macros run, before any rule is asked, with its public wording.
READING = {
    "yaml": "A data file, and the front matter of a page, is UTF-8 text in plain YAML in which no key stands twice.",
    "shape": "An entry has the keys that belong to it, with values of the right kind, and dates that have come.",
    "macro-syntax": "A page runs no code: it calls macros with texts in quotes and whole numbers.",
    "block-closed": "Every block and every piece of code that begins also ends.",
    "macro-call": "Every macro finds what it is asked for.",
}


def excerpt(text: str) -> str:
    """The beginning of a text on one line, with nothing in it that can't be seen."""
    return "".join(char if char.isprintable() else " " for char in " ".join(text.split()))[:60]


def name_of(rule: Callable[..., Any]) -> str:
    """The name of a rule, as findings and the rules page print it."""
    return rule.__name__.replace("_", "-")


def described(rules: Iterable[Callable[..., Any]]) -> list[tuple[str, str]]:
    """Each rule's name and its public sentence, which is the first line of its docstring."""
    return [(name_of(rule), (rule.__doc__ or "").partition("\n")[0]) for rule in rules]
