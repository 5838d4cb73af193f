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
        last = next((at for at in range(number - 1, -1, -1) if lines[at].strip()), -1)
        if above or any(scalar.goes_on(last, sign, lines) for scalar in scalars):
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

    def goes_on(self, above: int, sign: int, lines: list[str]) -> bool:
        """Whether a reader takes a comment for a further line of this text: it stands below it, and is indented more than its key.

        `above` is the last line before the comment that is not empty, `sign` the column of its number sign.
        """
        if self.sign or self.begin == self.end or self.begin[0] > above or self.end[0] < above:
            return False
        first = lines[self.begin[0]]
        return not lines[self.end[0]][self.end[1] :].strip() and sign > len(first) - len(first.lstrip())


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
