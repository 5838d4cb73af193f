"""Finds in plain text what only facts may say: numbers, in digits or words, and words that call a use authorized."""

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterable
from functools import cache, lru_cache

# "once", "single", "one-time" and "first" are no numbers; "one" and "a third" are only where they count something.
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
_COUNTABLE = (
    "second minute hour day night week month year vial dose infusion tablet capsule pill injection milliliter millilitre "
    "milligram gram kilogram percent unit bottle bag ampoule ampule syringe"
).split()


def _any_of(words: Iterable[str]) -> str:
    """A pattern of these words, letter by letter, since each place of each text is tried."""
    below: dict[str, list[str]] = {}
    for word in words:
        below.setdefault(word[:1], []).append(word[1:])
    ends = "" in below and below.pop("") is not None
    rest = "|".join(re.escape(letter) + (_any_of(ends) if any(ends) else "") for letter, ends in below.items())
    return f"(?:{rest}){'?' if ends else ''}" if rest else ""


_WORD = _any_of(_NUMBER_WORDS)
# A number in words, where a unit follows it.
IN_WORDS = rf"(?i:{_WORD}|one|half an?)"
_COUNTED = rf"(?:{'|'.join(_COUNTABLE)})s?\b"
# Short forms of units; a letter before them is a number, whether it is Roman or a word stuck to them.
_UNIT = r"(?:mg|mcg|[µμ]g|g|kg|mL|dL|vg|IU|mmol|kPa)\b"
_MEASURE = rf"(?:{_COUNTED}|{_UNIT})"
_TIME = (
    "(?:hour|day|night|morning|noon|evening|week|weekday|weekend|fortnight|month|quarter|year|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_TIMELY = "(?:bi|tri|semi)?(?:night|fortnight|week|dai|month|year|annual|hour|quarter)ly"
# As doctors write it: b.i.d., TDS, qod, q12h, q.4-6 h, nocte.
_LATIN = (
    r"(?:[btq]\.?i\.?[dw]|q\.?(?:o|h|a|p)?\.?(?:[dwhnsm]|wk)|[btq]\.?d\.?s|[bo]\.?d|eod|h\.s|q\s?[ap]\.?m|nocte|mane|quaque|quotidie|alternis|in\s+die"
    r"|q\.?\s?\d+(?:[.,⁄]\d+)?(?:\s?(?:-|–|to|/)\s?\d+)?\s?\.?(?:h|hr|hour|d|day|w|wk|week|mo|month)s?)"
)

# Of the shapes that fit at one place the first counts.
_SHAPES = (
    r"\b\w*\d(?:[\w.,/]*\w)?",  # digits, with the letters that are stuck to them
    rf"\b{_WORD}\b",  # "two"
    rf"\b{_WORD}+(?:one|fold)?(?=\b|{_UNIT})",  # "twentyone", "tenfold", "fivemg"
    rf"\bone[\s-]+{_MEASURE}",  # "one week"
    rf"(?<!factor )(?-i:\b[IVXLCDMOlo]+)(?=\s*{_UNIT}|\s+{_COUNTED})",  # Roman, or letters that look like digits
    rf"\b{_WORD}(?=_)",  # "two_vials"
    rf"\b(?:once|dose|vial|infusion|tablet|injection)\s+(?:a|an|in\s+a)\s+{_TIME}\b",  # "once a day"
    rf"\b(?:every|each|per|alternate)[\s-]+(?:other[\s-]+|second[\s-]+)?(?:minute|{_TIME})\b",  # "every other day"
    rf"(?<!\w){_LATIN}\b",  # "b.i.d."
    r"%|‰|\bper[\s-]?cent\b",
)
_NUMBER = re.compile("|".join(_SHAPES), re.IGNORECASE)

_JOIN, _GAP = r"[\s-]{0,3}", r"[\s-]{1,3}"  # so few, that no text of blanks takes long
_SOME = rf"(?:\d+(?:[.,/⁄ ]\d+)?|half{_GAP}an?|(?:a{_GAP})?couple{_GAP}of|{_WORD}|[ivx]{{2,}}|[vx]|once|one|several|many)"
_SEVERAL = rf"{_SOME}(?:(?:{_GAP}to{_GAP}|\s?[-–]\s?){_SOME})?"
_PERIOD = rf"(?:minute|{_TIME}|min|hr|wk|[hd])s?"
_A = rf"(?:an?|per|each|every|in{_GAP}an?|in{_GAP}each|in{_GAP}every)"
_GIVEN = r"(?:x|×|times?|days?|nights?|doses?|vials?|infusions?|tablets?|capsules?|injections?)?"
_MOMENT = "(?:breakfast|morning|noon|midday|lunch|evening|dinner|supper|night|bedtime)s?"
_CLOCK = r"(?:\d{1,2}(?::\d\d)?\s?[ap]\.?m\b\.?|\d{1,2}:\d\d)"
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?"
_AND = rf"(?:\s?[,&/]\s?|{_GAP}and{_GAP})"
# What says how often something is done. It is a figure wherever it stands: "weekly" of a test is as wrong as of a dose where the
# label says otherwise, and a word beside a dose that stands as a reference could contradict it. So none is let through in a
# text; a schedule or a regimen holds it, where rules compare it, and a sentence names that.
_RHYTHMS = (
    rf"\b(?:every|each|per|alternat(?:e|ing)){_JOIN}(?:(?:other|second|few|{_SEVERAL}){_JOIN})?{_PERIOD}\b",
    rf"\b(?:each|every){_GAP}meal\b|\bper{_GAP}diem\b",
    rf"\b(?:x\s?)?{_SOME}{_JOIN}{_GIVEN}{_JOIN}(?:(?:{_A}{_GAP}|/\s?){_PERIOD}|{_TIMELY})\b",
    rf"\b{_SOME}{_JOIN}(?:x|×|times?)?{_GAP}in{_GAP}(?:the{_GAP}{_MOMENT}|{_SEVERAL}{_GAP}{_PERIOD})\b",
    rf"\b(?:dose|vial|infusion|tablet|injection){_GAP}(?:a|an|in{_GAP}a){_GAP}{_TIME}\b",
    rf"\bintervals?{_GAP}of{_GAP}{_SOME}\b|\b{_SOME}{_GAP}{_PERIOD}{_GAP}(?:intervals?|apart)\b",
    rf"\b{_MOMENT}{_AND}(?:(?:at|with|in{_GAP}the){_GAP})?{_MOMENT}\b|\b{_CLOCK}{_AND}{_CLOCK}|\b{_WEEKDAY}{_AND}{_WEEKDAY}(?![a-z])",
    rf"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days|twice|thrice|{_TIMELY})\b",
    r"(?<![\d-])[0-4](?:\s?[-+–]\s?[0-4]){2,3}(?![\d-])",  # morning, noon and evening: 1-0-1
    rf"(?<![\w.]){_LATIN}\b\.?",
)
_OFTEN = re.compile("|".join(_RHYTHMS))
# What only a number stands beside; a capital alone is the letter of a name, as in penicillin G.
COUNTS = re.compile(rf"\b{_COUNTED}|(?<=\d)\s?{_UNIT}|(?<![^\W\d_])(?-i:{_UNIT})", re.IGNORECASE)
_IN_SIGNS = re.compile(r"[\d%‰]")
_MEASURED = re.compile(rf"[\s-]*{_MEASURE}", re.IGNORECASE)

# What is left of hyphens and minus signs, and letters that have a stroke; a name is the same name with each of them.
_PLAIN = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2212": "-"} | dict(zip("ıøØłŁđĐħĦŧŦ", "ioOlLdDhHtT", strict=True)))
# Beside letters and signs of ASCII and Latin letters with accents, the signs that monographs are written with.
_SIGNS = frozenset("\u00a0\u202f–—‘’“”…·•×÷±−≥≤≠≈°®™©§¶¦′″‰¹²³⁰⁴⁵⁶⁷⁸⁹⁻⁺₀₁₂₃₄₅₆₇₈₉⁄¼½¾€£→←µμαβγδκλΔ")

_MARKUP = re.compile(r"[<>{}\[\]\\`*\"]|&(?=\w+;|#)")

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


def numbers(text: str, terms: Iterable[str], *, words: bool = True) -> list[str]:
    """Every number in the text, as `normal` writes it, once the names in `terms` are taken out.

    Without `words` a number in words counts only where what it counts is measured: "two calls" no, "two weeks" yes.
    """
    return list(_found(text, tuple(terms), words))


def often(text: str, terms: Iterable[str]) -> str:
    """The first words of the text that say how often something is done, once the names in `terms` are taken out; "" if none do."""
    return _often(text, tuple(terms))


def instead(figure: str, otherwise: str, call: str) -> str:
    """What to write instead of a figure that `numbers` found: of how often a fact of its own, to `call`, of any other `otherwise`."""
    if not _OFTEN.fullmatch(_small(figure)):
        return otherwise
    return f"how often something is done is a figure, too: make it a fact with 'schedule:', or of a dose its 'regimen:', and {call}"


def _small(text: str) -> str:
    """The text in small letters, sign for sign, in which patterns are found in half of the time that they take without regard to case."""
    return text.lower() if text.isascii() else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=20_000)  # a preview judges the same texts again and again
def _often(text: str, terms: tuple[str, ...]) -> str:
    plain = _without_names(text, terms)
    found = _OFTEN.search(_small(plain))
    return plain[slice(*found.span())] if found else ""


@lru_cache(maxsize=20_000)
def _without_names(text: str, terms: tuple[str, ...]) -> str:
    return _names(terms).sub("\u00a6", normal(text))


@lru_cache(maxsize=20_000)
def _found(text: str, terms: tuple[str, ...], words: bool) -> tuple[str, ...]:
    rest = _without_names(text, terms)
    found = _NUMBER.finditer(rest)
    return tuple(match[0] for match in found if words or _IN_SIGNS.search(match[0]) or _MEASURED.match(rest, match.end()))


def odd_characters(text: str, known: str = "") -> list[str]:
    """Every character that monographs are not written with, in the order of its first use; a number could hide in it."""
    if text.isascii():
        return []
    usual = _SIGNS.union(known)
    odd = (c for c in dict.fromkeys(text) if c not in usual and not (" " <= c <= "~") and not ("À" <= c <= "ſ"))
    # What can't be seen is found where it is read, and other digits are found as numbers.
    return [c for c in odd if unicodedata.category(c) not in ("Cc", "Cf") and not numbers(c, ())]


def markup(name: str) -> list[str]:
    """All that a name may not hold where the theme puts it into HTML as it stands: signs that mean something there, odd characters."""
    return [*_MARKUP.findall(name), *odd_characters(name)]


def claim(sentence: str) -> str | None:
    """The word by which the sentence calls something authorized, unless it denies it."""
    return _undenied(_CLAIM, sentence)


def granted(sentence: str) -> str | None:
    """The words by which the sentence says of something that it is authorized; "the licensed dose" only names it."""
    return _undenied(_GRANTED, sentence)


@lru_cache(maxsize=20_000)
def _undenied(pattern: re.Pattern[str], sentence: str) -> str | None:
    """The first words that the pattern finds in the sentence and nothing before them denies."""
    text = normal(sentence)
    breaks = [0, *(each.end() for each in _BREAK.finditer(text))]
    for found in pattern.finditer(text):
        part = text[breaks[bisect(breaks, found.start()) - 1] : found.start()]
        if not _DENIED.search(" ".join(part.rsplit(None, _SOON)[-_SOON:])):
            return found[0]
    return None
