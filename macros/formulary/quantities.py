"""Values that are numbers: amounts, ranges, proportions, counts, and the confidence interval of a result."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Final, Self

from macros.finding import Refused
from macros.formulary.kinds import Grammar, Kind, unit_named
from macros.formulary.units import BESIDE_DOSES, DOSED
from macros.formulary.vocabulary import Vocabulary
from macros.formulary.words import NO_BREAK, in_pieces, number, number_aloud, span, unit_after, unit_aloud

# How an editor may say that an amount is a limit; the same words are printed.
BOUNDS: Final = (
    "at or below", "at least", "at most", "up to", "about", "more than", "less than", "below", "above",
    "≥", "≤", ">", "<",
)  # fmt: skip
_SPOKEN_BOUND = {"≥": "at least", "≤": "at most", ">": "more than", "<": "less than"}
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_BOUND = "|".join(re.escape(bound) for bound in BOUNDS)
_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"


@dataclass(frozen=True, slots=True)
class Amount(Grammar, Kind):
    """A number with its unit; `power` is the exponent of ten, `bound` the word that makes it a limit."""

    grammar: ClassVar = re.compile(
        rf"(?:(?P<bound>{_BOUND})(?: |(?<=[≥≤><])))?(?P<number>{_NUMBER})(?: [×x] 10\^(?P<power>[1-9][0-9]?))? (?P<unit>\S.*)"
    )
    name: ClassVar = "an amount"
    hint: ClassVar = "'[at least] 3 hours' or '6 × 10^13 vg/kg'"

    number: Decimal
    unit: str
    power: int = 0
    bound: str = ""

    @classmethod
    def read(cls, text: str, known: Vocabulary) -> Self:
        """The amount that the text states. Raises Refused."""
        match = cls.match(text)
        if match["number"].startswith("-") and not Decimal(match["number"]):
            raise Refused(f"'{text}' is less than nothing by nothing; write 0")
        unit = unit_named(match["unit"], known)
        _sensible(text, unit, [Decimal(match["number"])], known)
        return cls(Decimal(match["number"]), unit, int(match["power"] or 0), match["bound"] or "")

    @property
    def exact(self) -> Decimal:
        """The whole number in its unit, power of ten included."""
        return self.number.scaleb(self.power) if self.power else self.number

    def written(self, vocabulary: Vocabulary) -> str:
        """Bound, number, power of ten and unit: ≥ 6 × 10¹³ vg/kg."""
        bound = self.bound + (NO_BREAK if self.bound in _SPOKEN_BOUND else " ") if self.bound else ""
        exact = self.exact
        if pieces := in_pieces(exact, self.unit, vocabulary):
            return bound + pieces
        power = f" × 10{str(self.power).translate(_SUPERSCRIPT)}".replace(" ", NO_BREAK) if self.power else ""
        return bound + number(self.number) + power + unit_after(exact, self.unit, vocabulary)

    def spoken(self, vocabulary: Vocabulary) -> str:
        """In words, where a sign, a power or the unit has to be."""
        if not vocabulary.spoken_unit(self.unit) and not self.power and self.bound not in _SPOKEN_BOUND and self.number >= 0:
            return ""
        bound = _SPOKEN_BOUND.get(self.bound, self.bound)
        power = f"times 10 to the {self.power}" if self.power else ""
        return " ".join(filter(None, (bound, number_aloud(self.number), power, unit_aloud(self.exact, self.unit, vocabulary))))


@dataclass(frozen=True, slots=True)
class Range(Grammar, Kind):
    """From low to high in one unit."""

    grammar: ClassVar = re.compile(rf"(?P<low>{_NUMBER}) to (?P<high>{_NUMBER}) (?P<unit>\S.*)")
    name: ClassVar = "a range"
    hint: ClassVar = "'84 to 232 weeks'"

    low: Decimal
    high: Decimal
    unit: str

    @classmethod
    def read(cls, text: str, known: Vocabulary) -> Self:
        """The range that the text states. Raises Refused."""
        match = cls.match(text)
        low, high = _rising(match, "range")
        unit = unit_named(match["unit"], known)
        _sensible(text, unit, [low, high], known)
        return cls(low, high, unit)

    def written(self, vocabulary: Vocabulary) -> str:
        """Both numbers and the unit: 84–232 weeks."""
        if in_pieces(self.low, self.unit, vocabulary) or in_pieces(self.high, self.unit, vocabulary):
            ends = (
                in_pieces(each, self.unit, vocabulary) or f"{number(each)}{unit_after(each, self.unit, vocabulary)}"
                for each in (self.low, self.high)
            )
            return " to ".join(ends)
        return span(self.low, self.high) + unit_after(self.high, self.unit, vocabulary)

    def spoken(self, vocabulary: Vocabulary) -> str:
        """With 'to' for the dash; a unit that is not printed is not spoken either."""
        unit = unit_aloud(Decimal(2), self.unit, vocabulary)
        return f"{number_aloud(self.low)} to {number_aloud(self.high)} {unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Proportion(Grammar, Kind):
    """So many of so many."""

    grammar: ClassVar = re.compile(r"(?P<part>0|[1-9][0-9]*) of (?P<whole>[1-9][0-9]*)(?: (?P<unit>\S.*))?")
    name: ClassVar = "a proportion"
    hint: ClassVar = "'26 of 181'"

    part: int
    whole: int
    unit: str = ""

    @classmethod
    def read(cls, text: str, known: Vocabulary) -> Self:
        """The proportion that the text states. Raises Refused."""
        match = cls.match(text)
        part, whole = int(match["part"]), int(match["whole"])
        if part > whole:
            raise Refused(f"'{text}' is more than all; write the smaller number first")
        return cls(part, whole, unit_named(match["unit"], known) if match["unit"] else "")

    def written(self, vocabulary: Vocabulary) -> str:
        """Both numbers and the unit, if there is one: 26 of 181 participants."""
        return f"{self.part:,} of {self.whole:,}" + (unit_after(Decimal(self.whole), self.unit, vocabulary) if self.unit else "")


@dataclass(frozen=True, slots=True)
class Count(Grammar, Kind):
    """A whole number of things."""

    grammar: ClassVar = re.compile(r"(?P<number>0|[1-9][0-9]*) (?P<unit>\S.*)")
    name: ClassVar = "a count"
    hint: ClassVar = "a whole number and what is counted, as in '134 participants'"

    number: int
    unit: str

    @classmethod
    def read(cls, text: str, known: Vocabulary) -> Self:
        """The count that the text states. Raises Refused."""
        match = cls.match(text)
        return cls(int(match["number"]), unit_named(match["unit"], known))

    def written(self, vocabulary: Vocabulary) -> str:
        """The number and what is counted: 134 participants."""
        return f"{self.number:,}" + unit_after(Decimal(self.number), self.unit, vocabulary)


@dataclass(frozen=True, slots=True)
class Interval(Grammar):
    """A confidence interval: `level` in percent, ends in the unit of the value that it belongs to."""

    grammar: ClassVar = re.compile(rf"(?P<level>[1-9][0-9])% CI (?P<low>{_NUMBER}) to (?P<high>{_NUMBER})")
    name: ClassVar = "an interval"
    hint: ClassVar = "'95% CI 12.9 to 23.4'"

    level: int
    low: Decimal
    high: Decimal

    @classmethod
    def read(cls, text: str, known: Vocabulary) -> Self:
        """The confidence interval that the text states. Raises Refused."""
        match = cls.match(text)
        low, high = _rising(match, "interval")
        return cls(int(match["level"]), low, high)

    def __str__(self) -> str:
        """As it is printed: 95% CI 12.9–23.4."""
        return f"{self.level}% CI{NO_BREAK}{span(self.low, self.high)}"


# Of these there is no less than nothing, and nothing of them is no amount.
_MEASURED_OUT = (*DOSED, *BESIDE_DOSES)
_ABOVE_ZERO = (*_MEASURED_OUT, "time")


def _sensible(text: str, unit: str, numbers: Sequence[Decimal], known: Vocabulary) -> None:
    """Raises Refused if what is dosed or a time is nothing or less, or if what is dosed ends in an idle zero.

    A zero at the end of its decimals, as in 5.0 mg, is read as ten times as much where the point is overlooked. A measured
    time keeps it, since it says how exactly was measured.
    """
    kind = known.kind_of_unit(unit)
    if kind not in _ABOVE_ZERO:
        return
    for each in numbers:
        if each <= 0:
            raise Refused(f"'{text}' is not above zero; write the amount itself, or say in a statement that there is none")
        if kind in _MEASURED_OUT and "." in str(each) and str(each).endswith("0"):
            raise Refused(f"'{text}' ends in a zero, which is misread as ten times as much; write {each.normalize():f}")


def _rising(match: re.Match[str], what: str) -> tuple[Decimal, Decimal]:
    """The two numbers of a range or an interval."""
    low, high = Decimal(match["low"]), Decimal(match["high"])
    if low >= high:
        raise Refused(f"the {what} '{match[0]}' does not rise; write the lower number first")
    return low, high


def whole(text: str) -> int:
    """The whole number above zero that the text states. Raises Refused."""
    if not re.fullmatch("[1-9][0-9]*", text):
        raise Refused(f"'{text}' is not a whole number above zero; write its digits only, as in 134")
    return int(text)
