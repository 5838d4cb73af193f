"""A number sign that cuts a text is found on its line, and no other."""

import pytest

from macros.formulary.comments import cut_off

CUT = {
    "plain": ("a: one # two\n", 1, "# two"),
    "in-place-of-a-value": ("a: 1\nb: # two\n", 2, "# two"),
    "without-a-space-behind": ("a: 30 mg/kg #/day\n", 1, "#/day"),
    "behind-quotes": ('a: "é # y" # z\n', 1, "# z"),
    "second-line": ("a: one\n  two # three\n", 2, "# three"),
    "first-line-of-two": ("a: one # two\n  three\n", 1, "# two"),
    "line-of-its-own-within": ("a:\n  b: one\n    # two\n  c: d\n", 3, "# two"),
    "head-of-a-folded-text": ("a: >- # one\n  two\n", 1, "# one"),
    "in-a-list": ("a: [x, y # z\n  ]\n", 1, "# z"),
    "item": ("- a # b\n", 1, "# b"),
    "behind-braces": ("a: {b: c} # d\n", 1, "# d"),
    "windows": ("a: 1\r\n# c\r\nb: 2 # x\r\n", 3, "# x"),
    "byte-order-mark": ("\ufeffa: 'q' # r\n", 1, "# r"),
    "letters-beyond-ascii": ("a: Ünï – é # cut\n", 1, "# cut"),
}
WHOLE = {
    "none": "a: 1\n",
    "head": "# head\na: 1\n",
    "beside-keys": "a:\n  # note\n  b: 1\n  # note\n  c: 2\n# end\n",
    "quoted": "a: 'x # y'\nb: \"x\n  # y\"\n",
    "folded": "a: >-\n  text # one\n  # two\nb: 1\n",
    "in-a-word": "a: b#c\n",
    "below-a-quoted-text": "a: 'x'\n   # y\nb: 1\n",
    "between-items": "a:\n  - x\n  # y\n  - z\n",
    "quote-left-open": 'a: "x # y\nb: 2\n',
    "above-braces-left-open": "a:\n #b: 1\n  c: {d",
    "above-a-key-without-a-value": "a:\n #b\n  c:",
}


@pytest.mark.parametrize(("text", "line", "cut"), CUT.values(), ids=CUT)
def test_what_is_cut(text: str, line: int, cut: str) -> None:
    remedy = "put the whole text in quotes, or write the comment above, on a line of its own"
    assert cut_off(text) == (line, f"a number sign begins a comment, so '{cut}' is cut off; {remedy}")


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
def test_what_is_whole(text: str) -> None:
    assert cut_off(text) is None
