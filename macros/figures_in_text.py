"""Finds figures in plain text: a number, in digits or words, that quantifies something."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

# "once", "single", "one-time" and "first" are not figures; "one" and "a third" are only where they count something.
_NUMBER_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions "
    "billion billions dozen dozens zero twice thrice half halves third thirds quarter quarters fifth fifths tenth tenths double doubled "
    "doubling halved halving triple tripled tripling quadruple quadrupled fourth fourths sixth sixths seventh sevenths "
    "eighth eighths ninth ninths quarterly"
).split()
_COUNTED = "second minute hour day night week month year vial dose milliliter millilitre milligram gram kilogram percent unit".split()
_FIGURE = re.compile(
    rf"\w*\d(?:[\w.,/]*\w)?"
    rf"|\b(?:{'|'.join(_NUMBER_WORDS)})\b"
    rf"|\bone[\s-]+(?:{'|'.join(_COUNTED)})s?\b"
    rf"|\b(?:two|three|four|five|six|seven|eight|nine|ten|hundred|thousand)-?fold\b"
    rf"|\b(?:weekly|daily|monthly|yearly|annually|hourly|fortnightly|biweekly)\b"
    rf"|%|‰|\bper\s?cent\b",
    re.IGNORECASE,
)


# What NFKC leaves of hyphens and minus signs; a name is the same name with each of them.
_DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2212": "-"})


@cache
def _names(terms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(map(normal, terms), key=len, reverse=True)
    return re.compile(rf"(?<![\w])(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?![\w])", re.IGNORECASE)


def normal(text: str) -> str:
    """The text with superscripts, full-width digits and odd spaces made plain, so that nothing hides in them."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    plain = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in plain)


def figures(text: str, terms: Iterable[str]) -> list[str]:
    """Every figure in the text, as normalised text, once the names in `terms` are taken out."""
    rest = _names(tuple(terms)).sub("\u00a6", normal(text))
    return [match[0] for match in _FIGURE.finditer(rest)]
