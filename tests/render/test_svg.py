"""The parts of drawings: scales from zero, places on them, lines of text."""

from decimal import Decimal

import pytest

from macros.render import svg
from macros.render.safe import Safe

TICKS = {
    "tenths": ("0.3", "0 0.05 0.1 0.15 0.2 0.25 0.3"),
    "one": ("1", "0 0.2 0.4 0.6 0.8 1"),
    "above-a-mark": ("5.4", "0 1 2 3 4 5 6"),
    "on-a-mark": ("10", "0 2 4 6 8 10"),
    "tens": ("42.9", "0 10 20 30 40 50"),
    "hundreds": ("135.9", "0 50 100 150"),
}


@pytest.mark.parametrize(("highest", "expected"), TICKS.values(), ids=TICKS.keys())
def test_ticks(highest: str, expected: str) -> None:
    assert " ".join(f"{tick:f}" for tick in svg.ticks(Decimal(highest))) == expected


PLACES = {
    "zero": ("0", "12"),
    "half": ("3", "162"),
    "top": ("6", "312"),
    "between": ("5.4", "282"),
    "to-a-tenth": ("0.333", "28.6"),
}


@pytest.mark.parametrize(("value", "expected"), PLACES.values(), ids=PLACES.keys())
def test_place_of_a_value(value: str, expected: str) -> None:
    assert svg.short(svg.Scale(Decimal(6), 12, 300).x(Decimal(value))) == expected


WRAPPED = {
    "short": ("a b", ["a b"]),
    "at-spaces": ("twelve letters and more", ["twelve", "letters and", "more"]),
    "no-break": ("n\u00a0=\u00a0112 participants", ["n\u00a0=\u00a0112", "participants"]),
    "hyphen": ("intention-to-treat group", ["intention-to-treat", "group"]),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("text", "expected"), WRAPPED.values(), ids=WRAPPED.keys())
def test_wrapped(text: str, expected: list[str]) -> None:
    assert svg.wrapped(text, 12) == expected


def test_lines_stand_under_one_another_and_groups_hold_what_is_drawn_in_them() -> None:
    canvas = svg.Canvas(13)
    with canvas.group("event", Safe('data-fact="a"')):
        canvas.lines(5, ["one", "<two>"])
        canvas.down(3)
        canvas.draw(svg.line(0, canvas.y, "three", "head"))
    assert (canvas.y, canvas.drawn) == (
        48,
        '<g class="event" data-fact="a">\n<text x="5" y="13">one</text>\n<text x="5" y="29">&#60;two&#62;</text>\n'
        '<text x="0" y="48" class="head">three</text>\n</g>\n',
    )
