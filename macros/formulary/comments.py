"""Where a number sign cuts a text of a YAML file in silence: a comment stands on lines of its own and goes on no text."""

import re
from dataclasses import dataclass

import yaml

from macros.finding import excerpt

_WHOLE = "put the whole text in quotes, or write the comment above, on a line of its own"
_COMMENT = re.compile(r"(?:^|[ \t])#")


def cut_off(text: str) -> tuple[int, str] | None:
    """The first line on which a number sign cuts a text, with what is wrong there: a comment that stands on no line of its own.

    So does a line below a text that begins with one and is indented as the text's further lines would be.
    """
    lines = text.removeprefix("\ufeff").split("\n")
    suspects = [number for number, line in enumerate(lines) if _COMMENT.search(line)]
    if not suspects or not any(lines[number].strip()[:1] != "#" or lines[number][:1] == " " for number in suspects):
        return None
    scalars, broken = _scalars(text)
    for number in suspects:
        if broken is not None and number > broken:
            return None
        signs = (found.end() - 1 for found in _COMMENT.finditer(lines[number]))
        sign = next((at for at in signs if not any(scalar.holds(number, at) for scalar in scalars)), None)
        if sign is None:
            continue
        if number == broken and re.search("[\"']", lines[number][scalars[-1].end[1] : sign]):
            return None  # a quote that is never closed; the parser says so
        above, said = lines[number][:sign].strip(), lines[number][sign:].strip()
        if above or any(scalar.goes_on(number, sign, lines) for scalar in scalars):
            return number + 1, f"a number sign begins a comment, so '{excerpt(said)}' is cut off; {_WHOLE}"
    return None


@dataclass(frozen=True)
class _Scalar:
    """Where a text of a file begins and ends, as line and column, and the sign that it is written with."""

    begin: tuple[int, int]
    end: tuple[int, int]
    sign: str

    def holds(self, line: int, column: int) -> bool:
        """Whether the place is within the text; what follows the sign of a block on its line is not."""
        return self.begin <= (line, column) < self.end and not (self.sign in ("|", ">") and line == self.begin[0])

    def goes_on(self, line: int, column: int, lines: list[str]) -> bool:
        """Whether a reader takes a comment for a further line of this text: it stands below it, and is indented more than its key."""
        if self.begin[0] >= line:
            return False
        last = line - 1
        while last > self.end[0] and not lines[last].strip():
            last -= 1
        first = lines[self.begin[0]]
        whole = self.end[0] == last and not lines[last][self.end[1] :].strip() and self.begin != self.end
        return whole and not self.sign and column > len(first) - len(first.lstrip())


def _scalars(text: str) -> tuple[list[_Scalar], int | None]:
    """Every text of a file, and the line on which the parser gave up, if it did."""
    found: list[_Scalar] = []
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
            if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
                begin, end = ((mark.line, mark.column) for mark in (event.start_mark, event.end_mark))
                found.append(_Scalar(begin, end, event.style or ""))
    except yaml.YAMLError:
        return found, found[-1].end[0] if found else -1
    return found, None
