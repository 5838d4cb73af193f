"""The parts of a drawing as SVG text: lines of words, shapes, a scale from zero. Positions come from values alone.

A drawing is narrow enough for a phone, so words wrap by a count of letters that fits with every common font.
"""

import textwrap
from decimal import Decimal
from math import ceil

WIDTH = 330
LINE = 16  # from one line of words to the next
LETTERS = 46  # in a line over the whole width
_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
_MOST_STEPS = 6
# Each shape is drawn around its own middle; beside colour and place the shape itself tells kinds apart.
SHAPES = ("M-4.5-4.5h9v9h-9z", "M0-5.5L5.5 0L0 5.5L-5.5 0z", "M0-5.5L5.5 4.5h-11z", "M-5.5-1.5h11v3h-11z")


def wrapped(text: str, letters: int = LETTERS) -> list[str]:
    """The text in lines; what no-break spaces hold together stays together."""
    return textwrap.wrap(text, letters, break_long_words=False, break_on_hyphens=False)


def place(value: Decimal, top: Decimal, left: int, span: int) -> str:
    """Where on the scale a value lies, to a tenth of a unit of the drawing."""
    return short(left + value * span / top)


def short(number: Decimal) -> str:
    """A length or position, to a tenth, without an idle zero."""
    return f"{number.quantize(Decimal('0.1')):f}".removesuffix(".0")


def ticks(highest: Decimal) -> list[Decimal]:
    """The marks of a scale that begins at zero and ends at or above the highest value."""
    power = Decimal(1).scaleb(highest.adjusted() - 1)
    step = next(each * scale for scale in (power, power * 10) for each in _STEPS if each * scale * _MOST_STEPS >= highest)
    return [(step * number).normalize() for number in range(ceil(highest / step) + 1)]


def line(x: int | str, y: int, html: str, kind: str = "") -> str:
    """One line of words; `html` is escaped already."""
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x}" y="{y}"{named}>{html}</text>\n'


def shape(x: str | int, y: int, path: str) -> str:
    """A shape around a point."""
    return f'<path class="mark-shape" transform="translate({x} {y})" d="{path}"/>\n'


def stroke(kind: str, x1: str | int, y1: int, x2: str | int, y2: int) -> str:
    """A straight line."""
    return f'<line class="{kind}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>\n'


def drawing(name: str, title: str, description: str, height: int, body: str) -> str:
    """A whole drawing; `name` begins its ids, title and description are escaped already."""
    return (
        f'<svg class="drawing" role="img" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'aria-labelledby="{name}-title" aria-describedby="{name}-description" data-computed="figure" data-search-exclude>\n'
        f'<title id="{name}-title">{title}</title>\n<desc id="{name}-description">{description}</desc>\n{body}</svg>\n'
    )
