"""Finds figures in plain text: a number, in digits or words, that quantifies something."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

# "once", "single", "one-time" and "first" are not figures; "one" and "a third" are only where they count something.
_NUMBER_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions "
    "billion billions dozen dozens zero twice thrice half halves third thirds quarter quarters fifth fifths tenth tenths double doubled "
    "doubling halve halved halving triple tripled tripling quadruple quadrupled quintuple sextuple fourth fourths sixth sixths "
    "seventh sevenths eighth eighths ninth ninths eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth "
    "eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth hundredths "
    "thousandth thousandths millionth tens twenties thirties forties fifties sixties seventies eighties nineties "
    "couple fortnight fortnights fortnightly decade decades pct quarterly nightly weekly biweekly daily monthly bimonthly "
    "yearly annually hourly treble trebled nought naught trio semiweekly triweekly"
).split()
_COUNTED = (
    "second minute hour day night week month year vial dose infusion tablet capsule pill injection milliliter millilitre "
    "milligram gram kilogram percent unit bottle bag ampoule ampule syringe"
).split()
# Short forms of units; a letter before them is a number, whether it is Roman or a word stuck to them.
_UNIT = r"(?:mg|mcg|[µμ]g|g|kg|mL|dL|vg|IU|mmol|kPa)\b"
_WORD = "|".join(_NUMBER_WORDS)
_FIGURE = re.compile(
    rf"\b\w*\d(?:[\w.,/]*\w)?"
    rf"|\b(?:{_WORD})\b"
    rf"|\b(?:{_WORD})+(?:one|fold)?(?=\b|{_UNIT})"
    rf"|\bone[\s-]+(?:(?:{'|'.join(_COUNTED)})s?\b|{_UNIT})"
    rf"|(?<!factor )(?-i:\b[IVXLCDMOlo]+)(?=\s*{_UNIT}|\s+(?:{'|'.join(_COUNTED)})s?\b)"  # Roman, or letters that look like digits
    rf"|\b(?:{_WORD})(?=_)"
    r"|\b(?:once|dose|vial|infusion|tablet|injection)\s+(?:a|an|in\s+a)\s+(?:hour|day|night|morning|evening|week|month|year)\b"
    rf"|\b(?:every|each|per|alternate)[\s-]+(?:other[\s-]+|second[\s-]+)?(?:minute|hour|day|night|morning|evening|week|month|year)\b"
    r"|(?<!\w)(?:[btq]\.?i\.?d|q\.?o?\.?[dw]|[tq]\.?d\.?s|[bo]\.d)\b"
    r"|%|‰|\bper[\s-]?cent\b",
    re.IGNORECASE,
)
# What only a figure stands beside.
COUNTS = re.compile(rf"\b(?:{'|'.join(_COUNTED)})s?\b|(?<![^\W\d_]){_UNIT}", re.IGNORECASE)
_IN_SIGNS = re.compile(r"[\d%‰]")
_MEASURED = re.compile(rf"[\s-]*(?:(?:{'|'.join(_COUNTED)})s?\b|{_UNIT})", re.IGNORECASE)

# What is left of hyphens and minus signs, and letters that have a stroke; a name is the same name with each of them.
_PLAIN = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2212": "-"} | dict(zip("ıøØłŁđĐħĦŧŦ", "ioOlLdDhHtT", strict=True)))
# Beside letters and signs of ASCII and Latin letters with accents, the signs that monographs are written with.
_SIGNS = frozenset("\u00a0\u202f–—‘’“”…·•×÷±−≥≤≠≈°®™©§¶¦′″‰¹²³⁰⁴⁵⁶⁷⁸⁹⁻⁺₀₁₂₃₄₅₆₇₈₉⁄¼½¾€£→←µμαβγδκλΔ")


@cache
def _names(terms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(map(normal, terms), key=len, reverse=True)
    listed = "|".join(map(re.escape, longest_first)) or "(?!)"
    return re.compile(rf"(?<![\w])(?:{listed})(?!\w|[\s-]*(?:{_UNIT}|%))", re.IGNORECASE)


def normal(text: str) -> str:
    """The text with superscripts, accents, full-width digits and odd spaces made plain, so that nothing hides in them."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text).translate(_PLAIN)
    plain = "".join(char for char in plain if unicodedata.category(char) not in ("Cf", "Mn", "Me"))
    return "".join(c if c.isascii() or not c.isnumeric() else f"{unicodedata.numeric(c):g}" for c in plain)


def figures(text: str, terms: Iterable[str], *, words: bool = True) -> list[str]:
    """Every figure in the text, as normalised text, once the names in `terms` are taken out.

    Without `words` a number in words counts only where what it counts is measured: "two calls" no, "two weeks" yes.
    """
    return list(_figures(text, tuple(terms), words))


@lru_cache(maxsize=20_000)  # a preview judges the same texts again and again
def _figures(text: str, terms: tuple[str, ...], words: bool) -> tuple[str, ...]:
    rest = _names(terms).sub("\u00a6", normal(text))
    found = _FIGURE.finditer(rest)
    return tuple(match[0] for match in found if words or _IN_SIGNS.search(match[0]) or _MEASURED.match(rest, match.end()))


def strangers(text: str, known: str = "") -> list[str]:
    """Every character that monographs are not written with, in the order of its first use; a figure could hide in it."""
    if text.isascii():
        return []
    usual = _SIGNS.union(known)
    odd = (c for c in dict.fromkeys(text) if c not in usual and not (" " <= c <= "~") and not ("À" <= c <= "ſ"))
    # What can't be seen is found where it is read, and other digits are found as figures.
    return [c for c in odd if unicodedata.category(c) not in ("Cc", "Cf") and not figures(c, ())]
