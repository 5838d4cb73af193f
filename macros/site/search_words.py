"""Which words the search knows a text by; `words.js` cuts a question in the same way, and a test holds the two together."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_UNSAID = str.maketrans({**dict.fromkeys("®™℠©"), "½": ".5", "¼": ".25", "¾": ".75"})
_RAISED = re.compile(r"(?<=[0-9])[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_MARKS = re.compile(r"[\u0300-\u036f'’]")
_UNITS_IN_FULL = {
    "mg": ("milligram", "milligramme", "mg"),
    "mcg": ("microgram", "microgramme", "ug", "\u03bcg", "mcg"),
    "g": ("gram", "gramme"),
    "kg": ("kilogram", "kilo", "kg"),
    "ml": ("milliliter", "millilitre", "ml"),
}
_UNIT_OF = {written: unit for unit, others in _UNITS_IN_FULL.items() for written in others}
_DOTTED = re.compile(r"(?<!\w)(?:[a-z]\.)+[a-z](?!\w)")  # b.i.d.
_NUMBER = re.compile(r"[0-9]")
# One after the other, in small letters without accents: a number that is written in several ways is written in one.
_ONE_WAY: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))"), ""),  # 1,500
    (re.compile(r"(?<=[0-9]),(?=[0-9]{1,2}(?![0-9]))"), "."),  # 2,5
    (re.compile(r"(?<![\w.])\.(?=[0-9])"), "0."),  # .5
    (re.compile(r"(?<=[0-9])\.0+(?![0-9]|\.[0-9])"), ""),  # 2.0
    (re.compile(r"([0-9]\.[0-9]*[1-9])0+(?![0-9]|\.[0-9])"), r"\1"),  # 2.50
    (re.compile(r"\*\*"), "^"),
    (re.compile(r"([x×*·]\s*10)\s?(1[0-9])(?![0-9])"), r"\1^\2"),  # 6 x 1013, as a copy out of a PDF loses what is raised
    (re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*[x×*·]\s*10\s*\^\s*([0-9]+)"), r"\1e\2"),
    (re.compile(r"(?<=[0-9])e\+(?=[0-9])"), "e"),
    (
        re.compile(rf"([0-9])\s*({'|'.join(sorted(_UNIT_OF, key=len, reverse=True))})s?(?!\w)"),
        lambda match: f"{match[1]} {_UNIT_OF[match[2]]}",
    ),
    (re.compile(r"([0-9])(?=(?:kg|mg|mcg|g|ml|iu|vg)(?![^\W_]))"), r"\1 "),
)
# British and American spelling, of words in the singular.
_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"sulph"), "sulf"),
    (re.compile(r"(?<=[a-z]{2})our(?=$|ed$|ing$|al$|less$)"), "or"),
    (re.compile(r"(?<=[a-z]{2})tre$"), "ter"),
    (re.compile(r"(?<=[a-z]{4})iz(?=e$|ed$|er$|ing$|ation$)"), "is"),
    (re.compile(r"yz(?=e$|ed$|er$|ing$)"), "ys"),
    (re.compile(r"^(lic|def)ens(?=e$|ed$|ing$)"), r"\1enc"),
    (re.compile(r"gramme$"), "gram"),
    (re.compile(r"^(counsel|label|mislabel|model|cancel|signal)l(?=ed$|ing$|or$|er$)"), r"\1"),
)
_MANY = re.compile(r"[b-df-hj-np-tv-z]{2,}is")  # SSRIs
_DIPHTHONG = re.compile(r"[ao]e")
_WORD = re.compile(r"[^\W_]+(?:\^[0-9]+|(?:\.[0-9]+)+)?")
_POWERS = re.compile(r"[0-9.]+e[0-9]+")
_UNITS = frozenset(("kg", "mg", "mcg", "g", "ml", "iu", "vg"))
_OFTEN, _EACH = frozenset(("once", "twice", "time")), frozenset(("a", "per"))


def folded(text: str) -> str:
    """The text in small letters, without accents, its numbers, powers and units in one way: 6 × 10¹³ is 6e13, 2,50mg is 2.5 mg."""
    raised = _RAISED.sub(lambda match: f"^{match[0].translate(_SUPERSCRIPTS)}", text.translate(_UNSAID))
    small = _MARKS.sub("", unicodedata.normalize("NFKD", raised).lower())
    small = _DOTTED.sub(lambda match: match[0].replace(".", ""), small)
    if _NUMBER.search(small):
        for written, in_one_way in _ONE_WAY:
            small = written.sub(in_one_way, small)
    return small


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The word in the singular, in the spelling that British and American English share: haemophilias is hemophilia."""
    word = _singular(_DIPHTHONG.sub("e", word))
    for spelling, shared in _SPELLINGS:
        word = spelling.sub(shared, word)
    return word


def _singular(word: str) -> str:
    if word == "children":
        return "child"
    if _MANY.fullmatch(word):
        return word[:-1]
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

    So are a negation with what it denies, an amount with its unit, two figures, a letter or a short number with what it numbers, and
    how often with its time: not_recommended, 82_kg, 2_8, hepatitis_c, once_day, every_12. Words that a question passes over number nothing.
    """
    for one, next_ in zip(found, found[1:], strict=False):
        numbers = len(next_) == 1 or (len(next_) == 2 and next_.isdecimal() and next_.isascii())
        counted = "0" <= one[0] <= "9" and (next_ in _UNITS or next_ == "time" or "0" <= next_[0] <= "9")
        if one in negations or one == "every" or counted or (numbers and len(one) > 1 and one not in passed):
            yield f"{one}_{next_}"
    for often, each, time in zip(found, found[1:], found[2:], strict=False):
        if often in _OFTEN and each in _EACH:
            yield f"{often}_{time}"


def indexed(text: str, negations: Collection[str], passed: Collection[str]) -> list[str]:
    """All that a text is found by: its words, their pairs, and of a number such as 6e13 its power as well."""
    found = words(text)
    powers = [f"10^{word.partition('e')[2]}" for word in found if "e" in word and _POWERS.fullmatch(word)]
    return [*found, *pairs(found, negations, passed), *powers]
