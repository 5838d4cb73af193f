"""What is wrong and where: the one record that the reader, the rules and the gate all give back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """A fault at a line of a file, with the name of its rule and words for an editor."""

    file: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.rule}: {self.message}"


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


def name_of(rule: Callable[..., Any]) -> str:
    """The name of a rule, as findings and the rules page print it."""
    return rule.__name__.replace("_", "-")


def described(rules: Iterable[Callable[..., Any]]) -> list[tuple[str, str]]:
    """Each rule's name and its public sentence, which is the first line of its docstring."""
    return [(name_of(rule), (rule.__doc__ or "").partition("\n")[0]) for rule in rules]
