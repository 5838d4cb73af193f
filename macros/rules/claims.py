"""Finds words that call a use authorized, for texts in which only facts may say so."""

import re
from collections.abc import Iterator

from macros.rules.figures_in_text import normal

# A trial may be registered, and a virus cleared, without anybody's approval.
_PARTICIPLE = (
    r"(?:approv(?:ed|es|ing)|licen[sc]ed|authori[sz](?:ed|es|ing)|indicated|on-label"
    r"|(?<!trial was )(?<!trials were )(?<!study was )registered|cleared(?= (?:for|by|in|to)\b))"
)
_GRANT = (
    r"(?:has|have|had|got|gets|gained|won|received|receives|granted|given|under)\s+(?:\S+\s+){0,2}"
    r"(?:approval|authori[sz]ation|licen[cs]e|clearance)"
)
_CLAIM = re.compile(rf"\b(?:{_PARTICIPLE}|{_GRANT})\b", re.IGNORECASE)
# The same words where they say it of something, not where they only name what is: "the licensed dose".
_GRANTED = re.compile(
    rf"\b(?:is|are|was|were|be|been|being|now|already|fully)\s+(?:\w+ly\s+)?{_PARTICIPLE}\b|\b{_PARTICIPLE}\s+(?:for|in|to)\b|\b{_GRANT}\b",
    re.IGNORECASE,
)
# A denial holds within its part of a sentence, and only for what follows soon; "no doubt" and "not only" deny nothing.
_DENIED = re.compile(
    r"(?:\b(?:not|no|none|nothing|never|neither|nor|without|outside|cannot|whether)\b|n['’]t\b|\bnon-)"
    r"(?!\s+(?:only|just|merely|simply|doubt|question|wonder|surprise|delay|before)\b)",
    re.IGNORECASE,
)
_SOON = 7  # words
_BREAK = re.compile(r"[.,;:!?–—…]|\b(?:and|but|(?<!not )(?<!nor )(?<!never )yet|while|whereas|although|because|since)\b", re.IGNORECASE)


def claim(sentence: str) -> str | None:
    """The word by which the sentence calls something authorized, unless it denies it."""
    return next(_undenied(_CLAIM, sentence), None)


def granted(sentence: str) -> str | None:
    """The words by which the sentence says of something that it is authorized; "the licensed dose" only names it."""
    return next(_undenied(_GRANTED, sentence), None)


def _undenied(pattern: re.Pattern[str], sentence: str) -> Iterator[str]:
    text = normal(sentence)
    for found in pattern.finditer(text):
        before = _BREAK.split(text[: found.start()])[-1].split()
        if not _DENIED.search(" ".join(before[-_SOON:])):
            yield found[0]
