"""Characters that nobody can see are found in one way for data, pages and messages."""

import pytest

from macros.finding import Finding, unseen

TEXTS = {
    "plain": ("a b", []),
    "no-break-space": ("a\u00a0b", []),
    "letters-of-others": ("αβ ü 漢", []),
    "zero-width": ("a\u200bb", ["\u200b"]),
    "turned-round": ("\u202eab\u202c", ["\u202e", "\u202c"]),
    "tab-and-line-feed": ("a\tb\nc", ["\t", "\n"]),
    "line-separator": ("a\u2028b", ["\u2028"]),
    "lone-surrogate": ("a\ud800", ["\ud800"]),
    "twice": ("\u200b\u200b", ["\u200b", "\u200b"]),
    "a-letter-that-fills": ("a\u3164b", ["\u3164"]),
    "a-choice-of-looks": ("a\ufe0fb\U000e0100", ["\ufe0f", "\U000e0100"]),
    "a-blank-of-braille": ("\u2800", ["\u2800"]),
    "an-accent-of-its-own": ("e\u0301", []),
    "unassigned": ("\u0378", []),
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS.keys())
def test_unseen(text: str, expected: list[str]) -> None:
    assert unseen(text) == expected


def test_a_message_shows_a_space_for_each() -> None:
    assert Finding("a.md", 1, "rule", "“a\u202e\tb”").message == "“a  b”"
