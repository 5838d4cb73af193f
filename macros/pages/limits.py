"""How much a page may hold: what is far more than anybody writes, Markdown and our own reading take minutes for, or fail."""

from collections.abc import Iterator
from typing import Final

MOST_BYTES: Final = 50_000
_MOST_LINES = 2_000
# Markdown and the rules read a paragraph as one text, and in some texts they look from each word on to the end.
_LONGEST = 6_000
# Markdown looks for the end of a link or a tag from each of these on.
_MOST_SIGNS = 500
_SIGNS = {"square brackets": "[]", "signs '<'": "<"}


def excess(body: str) -> tuple[int, str] | None:
    """The line at which the page holds too much, counted from 1, and what to write instead; none for a page of a usual size."""
    return next(_excesses(body.split("\n")), None)


def _excesses(lines: list[str]) -> Iterator[tuple[int, str]]:
    if len(lines) > _MOST_LINES:
        yield _MOST_LINES + 1, f"the page has more than {_MOST_LINES} lines; make several pages of it"
    counted, stretch = dict.fromkeys(_SIGNS, 0), 0
    for number, line in enumerate(lines, 1):
        stretch = stretch + len(line) if line.strip() else 0
        if len(line) > _LONGEST:
            yield number, f"the line is longer than {_LONGEST} characters; write one sentence a line"
        elif stretch > _LONGEST:
            yield number, f"more than {_LONGEST} characters stand here without an empty line; leave one between paragraphs"
        for name, signs in _SIGNS.items():
            counted[name] += sum(map(line.count, signs))
            if counted[name] > _MOST_SIGNS:
                yield number, f"the page holds more than {_MOST_SIGNS} {name}; make several pages of it, or delete what is no link"
