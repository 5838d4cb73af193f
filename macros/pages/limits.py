"""How much a page may hold: what is far more than anybody writes, Markdown and our own reading take minutes for, or fail."""

from collections.abc import Iterator
from typing import Final

MOST_BYTES: Final = 50_000
_MOST_LINES = 2_000
_LONGEST = 6_000
# Markdown looks for the end of a link from each bracket on.
_MOST_BRACKETS = 500
_BRACKETS = "[]"


def excess(body: str) -> tuple[int, str] | None:
    """The line at which the page holds too much, counted from 1, and what to write instead; none for a page of a usual size."""
    return next(_excesses(body.split("\n")), None)


def _excesses(lines: list[str]) -> Iterator[tuple[int, str]]:
    if len(lines) > _MOST_LINES:
        yield _MOST_LINES + 1, f"the page has more than {_MOST_LINES} lines; make several pages of it"
    brackets = 0
    for number, line in enumerate(lines, 1):
        if len(line) > _LONGEST:
            yield number, f"the line is longer than {_LONGEST} characters; write one sentence a line"
        brackets += sum(line.count(each) for each in _BRACKETS)
        if brackets > _MOST_BRACKETS:
            yield number, f"the page holds more than {_MOST_BRACKETS} square brackets; make several pages of it, or delete what is no link"
