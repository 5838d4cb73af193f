"""Fenced code in a page: the lines that Markdown is sure to read as code."""

import re

_FENCE = re.compile(r"([ \t]*)(`{3,}|~{3,})[ \t]*[\w#.+-]*[ \t]*")


def fenced_lines(body: str) -> tuple[set[int], dict[int, str]]:
    """The lines of fenced code, counted from 0, and the fences that are never closed."""
    fenced: set[int] = set()
    never_closed: dict[int, str] = {}
    lines = body.split("\n")
    for number, line in enumerate(lines):
        if number in fenced or not (match := _FENCE.fullmatch(line)):
            continue
        end = _end_of_code(lines, number, match[1], match[2])
        if end is None:
            never_closed[number] = match[2]
        else:
            fenced.update(range(number, end + 1))
    return fenced, never_closed


def _end_of_code(lines: list[str], start: int, indent: str, fence: str) -> int | None:
    for number in range(start + 1, len(lines)):
        if lines[number].rstrip() == indent + fence:
            return number
        if lines[number].strip() and not lines[number].startswith(indent):
            return None
    return None
