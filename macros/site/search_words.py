"""Which words the search knows a text by; `find.js` cuts a question in the same way, and a test holds the two together."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = re.compile(r"(?<=[0-9])[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_MARKS = re.compile(r"[\u0300-\u036f'’]")
_POWER = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*[x×*·]\s*10\s*\^\s*([0-9]+)")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_AMOUNT = re.compile(r"([0-9])(?=(?:kg|mg|mcg|g|ml|iu|vg)(?![^\W_]))")
_DIPHTHONG = re.compile(r"[ao]e")
_WORD = re.compile(r"[^\W_]+(?:\^[0-9]+|(?:\.[0-9]+)+)?")
_POWERS = re.compile(r"[0-9.]+e[0-9]+")
_UNITS = frozenset(("kg", "mg", "mcg", "g", "ml", "iu", "vg"))


def folded(text: str) -> str:
    """The text in small letters, without accents, its powers and thousands in one way: 6 × 10¹³ is 6e13."""
    raised = _RAISED.sub(lambda match: f"^{match[0].translate(_SUPERSCRIPTS)}", text)
    small = _MARKS.sub("", unicodedata.normalize("NFKD", raised).lower())
    return _AMOUNT.sub(r"\1 ", _THOUSANDS.sub("", _POWER.sub(r"\1e\2", small)))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The word in the singular, in the spelling that British and American English share: haemophilias is hemophilia."""
    word = _DIPHTHONG.sub("e", word)
    if word == "children":
        return "child"
    if len(word) < 4 or not word.endswith("s") or word[-2] in "sui":
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("xes", "shes", "ches")) else word[:-1]


def words(text: str) -> list[str]:
    """The words of a text, each as it is looked up, in their order."""
    return [stem(word) for word in _WORD.findall(folded(text))]


def pairs(found: list[str], negations: Collection[str], passed: Collection[str]) -> Iterator[str]:
    """What two words that follow each other are looked up by, where one alone says too little.

    So are a negation with what it denies, an amount with its unit, and a letter or a short number with what it numbers:
    not_recommended, 82_kg, hepatitis_c. Words that a question passes over number nothing.
    """
    for one, next_ in zip(found, found[1:], strict=False):
        numbers = len(next_) == 1 or (len(next_) == 2 and next_.isdecimal() and next_.isascii())
        if one in negations or (numbers and len(one) > 1 and one not in passed) or (next_ in _UNITS and "0" <= one[0] <= "9"):
            yield f"{one}_{next_}"


def indexed(text: str, negations: Collection[str], passed: Collection[str]) -> list[str]:
    """All that a text is found by: its words, their pairs, and of a number such as 6e13 its power as well."""
    found = words(text)
    powers = [f"10^{word.partition('e')[2]}" for word in found if "e" in word and _POWERS.fullmatch(word)]
    return [*found, *pairs(found, negations, passed), *powers]


def compact(name: str) -> str:
    """A name or a code without what is written now so, now otherwise: BMN-270 is bmn270."""
    return "".join(words(name))
