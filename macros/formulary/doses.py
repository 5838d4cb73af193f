"""What one dose is: an amount, a range, or the amounts of a combination; and the limits that no dose passes."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Self

from pydantic import BeforeValidator, ValidationInfo

from macros.finding import Refused
from macros.formulary.fields import short_text, vocabulary_of
from macros.formulary.kinds import Grammar, Kind
from macros.formulary.quantities import Amount, Range
from macros.formulary.units import DOSED
from macros.formulary.vocabulary import Vocabulary

_PART = r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)? [^/0-9](?:[^/]|/(?![0-9]))*"
# A limit holds for each of these; what stands on the right is printed.
PERIODS: Final = {
    "dose": "in a dose", "hour": "in an hour", "day": "in a day", "24 hours": "in 24 hours", "week": "in a week",
    "month": "in a month", "year": "in a year", "cycle": "in a cycle", "course": "in a course", "lifetime": "in a lifetime",
}  # fmt: skip
A_DAY: Final = ("day", "24 hours")
# What is given in such a unit is given over the unit's own time.
FLOWING: Final = ("/hour", "/h", "/min")


# What a substance is measured in, by itself or in a product.
_SUBSTANCE: Final = ("mass", "substance", "potency")


@dataclass(frozen=True, slots=True)
class Combination(Grammar, Kind):
    """The amounts of the active substances of a combination, in the order of its name."""

    grammar: ClassVar = re.compile(rf"{_PART}(?:/{_PART})+")
    name: ClassVar = "the dose of a combination"
    hint: ClassVar = "the amount of each part, as in '875 mg/125 mg'"

    amounts: tuple[Amount, ...]

    @classmethod
    def read(cls, text: str, known: Vocabulary) -> Self:
        """The amounts that the text states. Raises Refused."""
        cls.match(text)
        amounts = tuple(Amount.read(each, known) for each in re.split(r"/(?=[0-9])", text))
        reckoned = {each.unit.partition("/")[2] for each in amounts}
        if len(reckoned) > 1 or not all(known.kind_of_unit(each.unit) in _SUBSTANCE for each in amounts):
            raise Refused(f"'{text}' is not {cls.name}, whose parts are amounts of substances; write {cls.hint}, a strength with 'in'")
        return cls(amounts)

    def written(self, vocabulary: Vocabulary) -> str:
        """The amounts with a stroke between them, 875 mg/125 mg; with "and", if their units have strokes: 40 mg/kg and 8 mg/kg."""
        between = " and " if any("/" in each.unit for each in self.amounts) else "/"
        return between.join(each.written(vocabulary) for each in self.amounts)

    def spoken(self, vocabulary: Vocabulary) -> str:
        """The amounts with "and" between them."""
        return " and ".join(each.spoken(vocabulary) or each.written(vocabulary) for each in self.amounts)


@dataclass(frozen=True, slots=True)
class Combinations(Grammar, Kind):
    """From one dose of a combination to a higher one of the same."""

    grammar: ClassVar = re.compile(rf"{Combination.grammar.pattern} to {Combination.grammar.pattern}")
    name: ClassVar = "a range of doses of a combination"
    hint: ClassVar = "each dose with all its parts, as in '500 mg/125 mg to 875 mg/125 mg'"

    low: Combination
    high: Combination

    @classmethod
    def read(cls, text: str, known: Vocabulary) -> Self:
        """The two doses that the text states. Raises Refused."""
        cls.match(text)
        low, high = (Combination.read(each, known) for each in text.split(" to ", 1))
        if [each.unit for each in low.amounts] != [each.unit for each in high.amounts]:
            raise Refused(f"'{text}' does not name the same parts in the same units twice; write {cls.hint}")
        ends = [(one.exact, other.exact) for one, other in zip(low.amounts, high.amounts, strict=True)]
        if low == high or any(one > other for one, other in ends):
            raise Refused(f"the range '{text}' does not rise; write the lower dose first")
        return cls(low, high)

    def written(self, vocabulary: Vocabulary) -> str:
        """Both doses in full: 500 mg/125 mg to 875 mg/125 mg."""
        return f"{self.low.written(vocabulary)} to {self.high.written(vocabulary)}"

    def spoken(self, vocabulary: Vocabulary) -> str:
        """The same with the units spoken."""
        return f"{self.low.spoken(vocabulary)} to {self.high.spoken(vocabulary)}"


Dose = Amount | Range | Combination | Combinations
# The doses that have several parts.
SEVERAL: Final = (Combination, Combinations)
_BOUNDS = ("", "about", "up to")


def unit_of(dose: Dose) -> str:
    """The unit of a dose; of a combination that of its first part."""
    if isinstance(dose, Combinations):
        return unit_of(dose.high)
    return dose.amounts[0].unit if isinstance(dose, Combination) else dose.unit


def highest(dose: Amount | Range) -> Decimal:
    """The highest number that a dose can mean."""
    return dose.high if isinstance(dose, Range) else dose.exact


def highest_parts(dose: Dose) -> list[tuple[str, Decimal]]:
    """The unit and the highest number of each part of a dose; of one that is no combination those of itself."""
    if isinstance(dose, Amount | Range):
        return [(dose.unit, highest(dose))]
    amounts = dose.high.amounts if isinstance(dose, Combinations) else dose.amounts
    return [(each.unit, each.exact) for each in amounts]


# The kind of a dose, by whether it ranges and whether it has several parts.
_KINDS: Final[dict[tuple[bool, bool], type[Amount | Range | Combination | Combinations]]] = {
    (False, False): Amount, (True, False): Range, (False, True): Combination, (True, True): Combinations,
}  # fmt: skip


_PARTS_OF_A_PIECE: Final = 4


def _dosed(unit: str, known: Vocabulary) -> bool:
    """Whether something is given in the unit: an amount, or what flows in a time, but no clearance by surface."""
    kind = known.kind_of_unit(unit)
    return kind in DOSED or (kind == "flow" and unit.endswith(FLOWING))


def _dose(raw: object, info: ValidationInfo) -> Dose:
    text = short_text(raw)
    ranging, parts = " to " in text and not text.startswith("up to "), bool(re.search(r"/ ?\d(?!\.73)", text))
    kind = _KINDS[ranging, parts]
    made: Dose = kind.validated(text, info)
    known = vocabulary_of(info)
    if isinstance(made, Amount) and made.bound not in _BOUNDS:
        raise Refused(f"'{text}' is a limit, no dose; write the limit in 'maximum:', as in [1000 mg in a dose]")
    if not all(_dosed(unit, known) for unit, _ in highest_parts(made)):
        raise Refused(f"'{text}' is no dose, since nothing is dosed in {unit_of(made)}; write the amount that is given")
    if isinstance(made, Amount) and made.power and known.kind_of_unit(made.unit) != "potency":
        raise Refused(f"'{text}' is no dose that anybody measures; write its number in plain digits")
    ends = (made.low, made.high) if isinstance(made, Range) else (made.number,) if isinstance(made, Amount) else ()
    if known.kind_of_unit(unit_of(made)) == "piece" and any(each * _PARTS_OF_A_PIECE % 1 for each in ends):
        raise Refused(f"'{text}' is no part that anybody can divide it into; write halves or quarters, or the amount in another unit")
    return made


Dosed = Annotated[Dose, BeforeValidator(_dose)]


@dataclass(frozen=True, slots=True)
class Limit(Grammar, Kind):
    """What nobody is given more of, in a dose, a day, a course or a lifetime."""

    grammar: ClassVar = re.compile(rf"(?P<amount>\S.*) (?P<period>{'|'.join(PERIODS.values())})")
    name: ClassVar = "a limit"
    hint: ClassVar = "'1000 mg in a dose' or '4 g in a day'"

    amount: Amount | Combination
    period: str

    @classmethod
    def read(cls, text: str, known: Vocabulary) -> Self:
        """The limit that the text states. Raises Refused."""
        match = cls.match(text)
        if Combination.grammar.fullmatch(match["amount"]):
            amounts = Combination.read(match["amount"], known)
            return cls(amounts, next(name for name, words in PERIODS.items() if words == match["period"]))
        amount = Amount.read(match["amount"], known)
        if amount.bound:
            raise Refused(f"'{text}' needs no '{amount.bound}', since every limit is the most; write {cls.hint}")
        if known.kind_of_unit(amount.unit) not in DOSED and amount.unit != "dose":
            raise Refused(f"'{text}' is no limit of a dose; write {cls.hint}")
        if amount.unit.endswith("/day"):
            raise Refused(f"'{text}' names its time twice; write it without '/day', as in '4 g in a day'")
        return cls(amount, next(name for name, words in PERIODS.items() if words == match["period"]))

    def written(self, vocabulary: Vocabulary) -> str:
        """The amount and for how long it holds: 4 g in a day."""
        return f"{self.amount.written(vocabulary)} {PERIODS[self.period]}"

    def spoken(self, vocabulary: Vocabulary) -> str:
        """The same with the unit spoken."""
        aloud = self.amount.spoken(vocabulary)
        return aloud and f"{aloud} {PERIODS[self.period]}"


@dataclass(frozen=True, slots=True)
class Strength(Grammar, Kind):
    """What a product holds: the amount of each active substance in a volume or a piece of it."""

    grammar: ClassVar = re.compile(r"(?P<amount>\S.*) in (?P<each>(?:0|[1-9][0-9]*)(?:\.[0-9]+)? \S.*)")
    name: ClassVar = "a strength"
    hint: ClassVar = "'250 mg in 5 mL' or '875 mg/125 mg in 1 tablet'"

    amounts: tuple[Amount, ...]
    each: Amount

    @classmethod
    def read(cls, text: str, known: Vocabulary) -> Self:
        """The strength that the text states. Raises Refused."""
        match = cls.match(text)
        amounts = tuple(Amount.read(part, known) for part in match["amount"].split("/"))
        each = Amount.read(match["each"], known)
        for amount in amounts:
            if known.kind_of_unit(amount.unit) not in _SUBSTANCE or "/" in amount.unit or amount.bound:
                raise Refused(f"'{text}' is no strength; write {cls.hint}")
        if known.kind_of_unit(each.unit) not in ("volume", "piece") or "/" in each.unit or each.bound:
            raise Refused(f"'{text}' is no strength; write {cls.hint}")
        return cls(amounts, each)

    def written(self, vocabulary: Vocabulary) -> str:
        """The amounts and in how much they are: 250 mg in 5 mL."""
        return f"{'/'.join(amount.written(vocabulary) for amount in self.amounts)} in {self.each.written(vocabulary)}"

    def spoken(self, vocabulary: Vocabulary) -> str:
        """The same with the units spoken."""
        said = " and ".join(amount.spoken(vocabulary) or amount.written(vocabulary) for amount in self.amounts)
        return f"{said} in {self.each.spoken(vocabulary) or self.each.written(vocabulary)}"


@dataclass(frozen=True, slots=True)
class Rounding(Grammar, Kind):
    """How the label rounds a computed dose: to which step, and which way."""

    grammar: ClassVar = re.compile(r"(?P<way>up|down|to the nearest) (?:to )?(?P<step>\S.*)")
    name: ClassVar = "a rule of rounding"
    hint: ClassVar = "'down to 0.5 mL', 'up to 1 tablet' or 'to the nearest 10 mg'"

    way: str
    step: Amount

    @classmethod
    def read(cls, text: str, known: Vocabulary) -> Self:
        """The rule that the text states. Raises Refused."""
        match = cls.match(text)
        step = Amount.read(match["step"], known)
        if step.bound or "/" in step.unit or known.kind_of_unit(step.unit) not in DOSED:
            raise Refused(f"'{text}' is not {cls.name}; write {cls.hint}")
        return cls(match["way"], step)

    def written(self, vocabulary: Vocabulary) -> str:
        """The rule in words: rounded down to 0.5 mL."""
        return self._said(self.step.written(vocabulary))

    def spoken(self, vocabulary: Vocabulary) -> str:
        """The same with the unit spoken."""
        aloud = self.step.spoken(vocabulary)
        return aloud and self._said(aloud)

    def _said(self, step: str) -> str:
        return f"rounded {self.way if self.way.startswith('to') else f'{self.way} to'} {step}"


def in_smallest(number: Decimal, unit: str, vocabulary: Vocabulary) -> tuple[str, Decimal]:
    """A number of a unit in a form that can be compared: the unit with its first part in the smallest of its kind, and the number."""
    first, stroke, rest = unit.partition("/")
    known = vocabulary.units.get(first)
    if known is None or known.size is None:
        return unit, number
    return f"{known.kind}{stroke}{rest}", number * known.size


def unit_without_day(unit: str) -> tuple[str, bool]:
    """The unit without "/day" at its end, and whether it had that."""
    return (unit[: -len("/day")], True) if unit.endswith("/day") else (unit, False)
