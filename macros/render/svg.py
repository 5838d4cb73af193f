"""The parts of a drawing as SVG: lines of text, shapes, a scale from zero. Positions come from values alone.

Every length and position is in user units of the drawing, which is `WIDTH` of them wide; y grows downwards. A drawing is
narrow enough for a phone, so text wraps by a count of letters that fits with every common font.
"""

import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil

from macros.render.safe import Safe

WIDTH = 330  # user units
LINE = 16  # user units from one line of text to the next
LETTERS = 46  # in a line over the whole width
TOP = 13  # of the first line of text, in user units
_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
_MOST_STEPS = 6
# Each shape is drawn around its own middle; beside color and place the shape itself tells kinds apart.
SHAPES = ("M-4.5-4.5h9v9h-9z", "M0-5.5L5.5 0L0 5.5L-5.5 0z", "M0-5.5L5.5 4.5h-11z", "M-5.5-1.5h11v3h-11z")


def wrapped(text: str, letters: int = LETTERS) -> list[str]:
    """The text in lines; what no-break spaces hold together stays together."""
    return textwrap.wrap(text, letters, break_long_words=False, break_on_hyphens=False)


@dataclass(frozen=True)
class Scale:
    """A scale from zero at `left` to the value `top`, which lies `span` user units to the right of it."""

    top: Decimal
    left: int
    span: int

    def x(self, value: Decimal) -> Decimal:
        """The position of a value, in user units."""
        return self.left + self.length(value)

    def length(self, value: Decimal) -> Decimal:
        """How far a value lies from zero, in user units."""
        return value * self.span / self.top


def short(number: Decimal) -> str:
    """A length or position in user units, to a tenth, without an idle zero."""
    return f"{number.quantize(Decimal('0.1')):f}".removesuffix(".0")


def ticks(highest: Decimal) -> list[Decimal]:
    """The marks of a scale that begins at zero and ends at or above the highest value."""
    power = Decimal(1).scaleb(highest.adjusted() - 1)
    step = next(each * scale for scale in (power, power * 10) for each in _STEPS if each * scale * _MOST_STEPS >= highest)
    return [(step * number).normalize() for number in range(ceil(highest / step) + 1)]


def line(x: int | str, y: int, text: str, kind: str = "") -> Safe:
    """One line of text, whose baseline begins at this position, in user units."""
    named = Safe(' class="{}"').format(kind) if kind else ""
    return Safe('<text x="{}" y="{}"{}>{}</text>\n').format(x, y, named, text)


def shape(x: str | int, y: int, path: str) -> Safe:
    """A shape around a point, whose position is in user units."""
    return Safe('<path class="mark-shape" transform="translate({} {})" d="{}"/>\n').format(x, y, path)


def stroke(kind: str, x1: str | int, y1: int, x2: str | int, y2: int) -> Safe:
    """A straight line from one position to another, in user units; `kind` is the class of its style."""
    return Safe('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>\n').format(kind, x1, y1, x2, y2)


@dataclass
class Canvas:
    """A drawing while it is made: its parts so far, and in `y` where the next one stands, in user units from its top."""

    y: int
    _parts: list[Safe] = field(default_factory=list)

    @property
    def drawn(self) -> Safe:
        """All that was drawn."""
        return Safe().join(self._parts)

    def draw(self, *parts: Safe) -> None:
        """Adds parts, which stand where they say."""
        self._parts += parts

    def down(self, by: int) -> None:
        """Moves on by so many user units."""
        self.y += by

    def lines(self, x: int, texts: Iterable[str]) -> None:
        """Lines of text, one under another; moves on to the line after the last."""
        for text in texts:
            self.draw(line(x, self.y, text))
            self.down(LINE)

    @contextmanager
    def group(self, kind: str, attributes: Safe) -> Iterator[None]:
        """What is drawn meanwhile stands in an element of its own, with this class and these attributes."""
        self.draw(Safe('<g class="{}" {}>\n').format(kind, attributes))
        yield
        self.draw(Safe("</g>\n"))


@dataclass(frozen=True)
class Panel:
    """One drawing of a figure: its title, its description, its height in user units and what is drawn."""

    title: str
    description: str
    height: int
    body: Safe


def drawing(name: str, panel: Panel) -> Safe:
    """A panel as a whole drawing; `name` begins its ids."""
    return Safe(
        '<svg class="drawing" role="img" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'aria-labelledby="{name}-title" aria-describedby="{name}-description" data-computed="figure" data-unsearched>\n'
        '<title id="{name}-title">{title}</title>\n<desc id="{name}-description">{description}</desc>\n{body}</svg>\n'
    ).format(name=name, title=panel.title, description=panel.description, body=panel.body, width=WIDTH, height=panel.height)
