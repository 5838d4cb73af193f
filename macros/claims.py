"""Finds words that call a use authorised, for texts in which only facts may say so."""

import re

_CLAIM = re.compile(r"\b(?:approved|licensed|licenced|authori[sz]ed|indicated)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|no|none|nothing|never|neither|nor|without|outside|cannot)\b|n['’]t\b", re.IGNORECASE)


def claim(sentence: str) -> str | None:
    """The word by which the sentence calls something authorised, unless it denies it."""
    found = _CLAIM.search(sentence)
    return found[0] if found and not _DENIED.search(sentence) else None
