"""The kinds of value that a fact can have, each parsed once from the short text that an editor writes."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from macros.finding import Refused, nearest

# How an editor may say that an amount is a limit; the same words are printed.
BOUNDS: Final = (
    "at or below", "at least", "at most", "up to", "about", "more than", "less than", "below", "above",
    "≥", "≤", ">", "<",
)  # fmt: skip

_BOUND = "|".join(re.escape(bound) for bound in BOUNDS)
_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
# The grammar of each short text; the schemas give it to editors' programs.
AMOUNT = re.compile(rf"(?:(?P<bound>{_BOUND})(?: |(?<=[≥≤><])))?(?P<number>{_NUMBER})(?: [×x] 10\^(?P<power>[1-9][0-9]?))? (?P<unit>\S.*)")
RANGE = re.compile(rf"(?P<low>{_NUMBER}) to (?P<high>{_NUMBER}) (?P<unit>\S.*)")
PROPORTION = re.compile(r"(?P<part>0|[1-9][0-9]*) of (?P<whole>[1-9][0-9]*)(?: (?P<unit>\S.*))?")
COUNT = re.compile(r"(?P<number>0|[1-9][0-9]*) (?P<unit>\S.*)")
INTERVAL = re.compile(rf"(?P<level>[1-9][0-9])% CI (?P<low>{_NUMBER}) to (?P<high>{_NUMBER})")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
_REFERENCE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit; `power` is the exponent of ten, `bound` the word that makes it a limit."""

    number: Decimal
    unit: str
    power: int = 0
    bound: str = ""

    @property
    def exact(self) -> Decimal:
        """The whole number in its unit, power of ten included."""
        return self.number.scaleb(self.power)


@dataclass(frozen=True, slots=True)
class Range:
    """From low to high in one unit."""

    low: Decimal
    high: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Proportion:
    """So many of so many."""

    part: int
    whole: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number of things."""

    number: int
    unit: str


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is known: a year, a month or a day."""

    text: str

    @property
    def earliest(self) -> date:
        """The first day that the text can mean."""
        return date.fromisoformat(self.text + "-01-01"[len(self.text) - 4 :])


@dataclass(frozen=True, slots=True)
class Code:
    """An identifier, printed as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a schedule: `times` in every `every` until `until` after `after`, or a word for what comes last."""

    every: Amount | Range | None = None
    times: str = ""
    until: Amount | None = None
    after: str = ""
    then: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Steps that follow one another."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """A list of names."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence; facts that it refers to stand in it as `{file/name}`."""

    text: str

    @property
    def references(self) -> tuple[str, ...]:
        """The ids in braces, in their order."""
        return tuple(_REFERENCE.findall(self.text))

    def parts(self) -> list[str]:
        """The text cut at its references: words, id, words, id, …, words."""
        return _REFERENCE.split(self.text)


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a source by its name there, such as section 6.4; of one without parts, the source itself."""

    source: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A value that this site can't give; `only` is what of the topic is missing, where that is not all of it."""

    only: str


@dataclass(frozen=True, slots=True)
class NotRead(Gap):
    """The passages would say it and were not read, or not to their end."""

    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Silent(Gap):
    """The passages were read whole and say nothing on it."""

    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class NotFound(Gap):
    """It was searched for, by these words, in this place, on this day."""

    words: tuple[str, ...]
    where: str
    on: date


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval."""

    level: int
    low: Decimal
    high: Decimal


Value = Amount | Range | Proportion | Count | Day | Code | Schedule | Terms | Statement | NotRead | Silent | NotFound


def amount(text: str, units: dict[str, str]) -> Amount:
    """The amount that the text states; `units` maps every written unit to its name."""
    if not (match := AMOUNT.fullmatch(text)):
        raise Refused(f"'{text}' is not an amount; write '[at least] 3 hours' or '6 × 10^13 vg/kg'")
    if match["number"].startswith("-") and not Decimal(match["number"]):
        raise Refused(f"'{text}' is less than nothing by nothing; write 0")
    return Amount(Decimal(match["number"]), _unit(match["unit"], units), int(match["power"] or 0), match["bound"] or "")


def range_(text: str, units: dict[str, str]) -> Range:
    """The range that the text states."""
    if not (match := RANGE.fullmatch(text)):
        raise Refused(f"'{text}' is not a range; write '84 to 232 weeks'")
    low, high = Decimal(match["low"]), Decimal(match["high"])
    if low >= high:
        raise Refused(f"the range '{text}' does not rise; write the lower number first")
    return Range(low, high, _unit(match["unit"], units))


def proportion(text: str, units: dict[str, str]) -> Proportion:
    """The proportion that the text states."""
    if not (match := PROPORTION.fullmatch(text)):
        raise Refused(f"'{text}' is not a proportion; write '26 of 181'")
    part, whole = int(match["part"]), int(match["whole"])
    if part > whole:
        raise Refused(f"'{text}' is more than all; write the smaller number first")
    return Proportion(part, whole, _unit(match["unit"], units) if match["unit"] else "")


def count(text: str, units: dict[str, str]) -> Count:
    """The count that the text states."""
    if not (match := COUNT.fullmatch(text)):
        raise Refused(f"'{text}' is not a count; write a whole number and what is counted, as in '134 participants'")
    return Count(int(match["number"]), _unit(match["unit"], units))


def code(text: str) -> Code:
    """The identifier that the text is."""
    if not text or text != text.strip():
        raise Refused("is empty or has spare spaces; write the identifier as its register has it, such as B02BD15")
    return Code(text)


def whole(text: str) -> int:
    """The whole number above zero that the text states."""
    if not re.fullmatch("[1-9][0-9]*", text):
        raise Refused(f"'{text}' is not a whole number above zero; write its digits only, as in 134")
    return int(text)


def interval(text: str) -> Interval:
    """The confidence interval that the text states."""
    if not (match := INTERVAL.fullmatch(text)):
        raise Refused(f"'{text}' is not an interval; write '95% CI 12.9 to 23.4'")
    low, high = Decimal(match["low"]), Decimal(match["high"])
    if low >= high:
        raise Refused(f"the interval '{text}' does not rise; write the lower number first")
    return Interval(int(match["level"]), low, high)


def day(text: str) -> Day:
    """The date that the text states, to the year, month or day."""
    try:
        if _DATE.fullmatch(text):
            Day(text).earliest  # noqa: B018  raises for a day that no calendar has
            return Day(text)
    except ValueError:
        pass
    raise Refused(f"'{text}' is not a date; write 2023, 2023-06 or 2023-06-29")


def full_date(text: str) -> date:
    """The day that the text states."""
    if len(parsed := day(text).text) != 10:
        raise Refused(f"'{text}' is not a full date; write 2023-06-29")
    return date.fromisoformat(parsed)


def _unit(written: str, units: dict[str, str]) -> str:
    if written not in units:
        raise Refused(f"unknown unit '{written}'; {nearest(written, units)}")
    return units[written]
