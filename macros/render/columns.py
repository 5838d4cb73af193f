"""How the cards of a monograph stand on a wide screen: in rows, or in two columns where that is shorter; reckoned by their letters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from macros.render.safe import Safe

_SPOKEN = re.compile(Safe('<span class="spoken".*?</span>'))
_TAG = re.compile(r"<[^>]*>")
# So many letters a line has across the whole page, and so much of the page the cards of a second row have, as cards.css lays them out.
_ACROSS = 160
_SECOND_ROW = {0: (), 1: (1.0,), 2: (1 / 2, 1 / 2), 3: (7 / 24, 10 / 24, 7 / 24)}
# What the head of a card and the space around it take, in lines.
_HEAD = 2
# What is reckoned is near, not exact: rows stay unless columns are so much shorter.
_CLEARLY = 0.9


def letters(html: str) -> int:
    """How many letters of a line are seen."""
    return len(_TAG.sub("", _SPOKEN.sub("", html)).strip())


@dataclass(frozen=True, slots=True)
class Layout:
    """How the cards stand: the look of all of them, and for each the side on which it stands; both empty for rows."""

    look: str
    sides: Sequence[str]


def layout(cards: Sequence[Sequence[int]]) -> Layout:
    """How cards stand, given the letters of the lines of each: in rows, unless those are clearly longer than two columns.

    Each stands in the column that is shorter so far, so that it begins no higher than the card before it; the right one,
    which has the dose, is the wider if it is the longer.
    """
    ends = {"left": 0, "right": 0}
    where = []
    for card in cards:
        side = min(ends, key=lambda name: ends[name])
        ends[side] += _lines(card, 1 / 2)
        where.append(side)
    first, second = cards[:2], cards[2:]
    look = "in-columns" + (" right-wide" if ends["right"] > ends["left"] else "")
    if len(second) not in _SECOND_ROW:
        return Layout(look, where)
    rows = [[(card, 1 / 2) for card in first], list(zip(second, _SECOND_ROW[len(second)], strict=True))]
    in_rows = sum(max((_lines(card, share) for card, share in row), default=0) for row in rows)
    return Layout(look, where) if max(ends.values()) < _CLEARLY * in_rows else Layout("", [""] * len(cards))


def _lines(card: Sequence[int], share: float) -> int:
    """How many lines a card takes that has this share of the page."""
    return _HEAD + sum(max(1, ceil(each / (_ACROSS * share))) for each in card)
