"""For whom a dose holds: measures of a patient, each in a band whose ends say whether they count."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from macros.finding import Refused, nearest
from macros.formulary.fields import SHARED, parsed, vocabulary_of
from macros.formulary.kinds import Fields, Grammar, Kind, unit_named, worded
from macros.formulary.quantities import whole
from macros.formulary.record import Prose, Record, Text
from macros.formulary.vocabulary import Vocabulary
from macros.formulary.words import listed, number, number_aloud, unit_after, unit_aloud

_NUMBER = r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
# Each end by the words for it, with whether it counts itself.
_LOWER = {"at least": True, "above": False}
_UPPER = {"at most": True, "below": False}


@dataclass(frozen=True, slots=True)
class Band(Grammar, Kind):
    """A stretch of a measure. An end that is None is open; `low_in` and `high_in` say whether the end itself belongs to it.

    `low_unit` is the unit of the lower end where that is another one than `unit`.
    """

    grammar: ClassVar = re.compile(
        rf"(?:(?P<over>above )?(?P<low>{_NUMBER})(?: (?P<first>\S.*?))? to (?P<under>below )?(?P<high>{_NUMBER})"
        rf"|(?:(?P<word>at least|above|at most|below) )?(?P<end>{_NUMBER})) (?P<unit>\S.*)"
    )
    name: ClassVar = "a band"
    hint: ClassVar = (
        "'at least 18 years', 'below 30 mL/min', '2 to below 5 years', '28 days to below 2 years' or, with both ends in it, '20 to 40 kg'"
    )

    low: Decimal | None
    high: Decimal | None
    low_in: bool
    high_in: bool
    unit: str
    low_unit: str = ""

    @classmethod
    def read(cls, text: str, known: Vocabulary) -> Self:
        """The band that the text states. Raises Refused."""
        match = cls.match(text)
        unit = unit_named(match["unit"], known)
        if idle := next((each for each in match.group("low", "high", "end") if each and "." in each and each.endswith("0")), None):
            raise Refused(f"'{text}' ends in a zero, which is misread as ten times as much; write {Decimal(idle).normalize():f}")
        if match["end"] and match["word"] in ("below", "at least") and not Decimal(match["end"]):
            raise Refused(
                f"'{text}' is true of {'nobody' if match['word'] == 'below' else 'everybody'}; write the end that the label names"
            )
        if match["word"] in _LOWER:
            return cls(Decimal(match["end"]), None, _LOWER[match["word"]], False, unit)
        if match["word"]:
            return cls(None, Decimal(match["end"]), False, _UPPER[match["word"]], unit)
        if match["end"]:
            return cls(Decimal(match["end"]), Decimal(match["end"]), True, True, unit)
        first = unit_named(match["first"], known) if match["first"] else unit
        band = cls(
            Decimal(match["low"]), Decimal(match["high"]), not match["over"], not match["under"], unit, first if first != unit else ""
        )
        if band.low_unit and not known.compared(unit, first):
            raise Refused(f"the band '{text}' has two units that can't be compared; write both ends in one of them")
        low, high = band.ends(known)
        if low and high and low[0] >= high[0]:
            raise Refused(f"the band '{text}' does not rise; write the lower end first")
        return band

    def written(self, vocabulary: Vocabulary) -> str:
        """Both ends with the unit: 2 to below 5 years; 28 days to below 2 years; at least 18 years."""
        first = unit_after(self.low, self.low_unit, vocabulary) if self.low is not None and self.low_unit else ""
        return self._said(number, first) + unit_after(self._last, self.unit, vocabulary)

    def spoken(self, vocabulary: Vocabulary) -> str:
        """The same in words, where a unit has to be spoken."""
        if not any(vocabulary.spoken_unit(unit) for unit in self.units):
            return ""
        first = f" {unit_aloud(self.low, self.low_unit, vocabulary)}" if self.low is not None and self.low_unit else ""
        return f"{self._said(number_aloud, first)} {unit_aloud(self._last, self.unit, vocabulary)}".rstrip()

    @property
    def units(self) -> tuple[str, ...]:
        """The unit of each end, once if they share it."""
        return (self.low_unit, self.unit) if self.low_unit else (self.unit,)

    @property
    def _last(self) -> Decimal:
        """The number that stands before the unit."""
        last = self.low if self.high is None else self.high
        return Decimal(0) if last is None else last

    def _said(self, say: Callable[[Decimal], str], first: str) -> str:
        if self.low == self.high and not self.low_unit:
            return say(self._last)
        if self.low is None or self.high is None:
            words, inside = (_UPPER, self.high_in) if self.low is None else (_LOWER, self.low_in)
            word = next(word for word, counts in words.items() if counts is inside)
            return f"{word} {say(self._last)}"
        return f"{'' if self.low_in else 'above '}{say(self.low)}{first} to {'' if self.high_in else 'below '}{say(self.high)}"

    def ends(self, vocabulary: Vocabulary) -> tuple[tuple[Decimal, bool] | None, tuple[Decimal, bool] | None]:
        """Low and high, each with whether it counts, in the smallest unit of their kind, so that months meet years; None is open."""
        low = None if self.low is None else (self.low * (vocabulary.units[self.low_unit or self.unit].size or 1), self.low_in)
        return low, None if self.high is None else (self.high * (vocabulary.units[self.unit].size or 1), self.high_in)


class _OfMeasures:
    """Marks bands whose names are measures of the vocabulary, each in a unit of its measure; any other is Refused."""

    def __call__(self, given: Mapping[str, Band], info: ValidationInfo) -> Mapping[str, Band]:
        known = vocabulary_of(info).lists.measures
        for name, band in given.items():
            if name not in known:
                raise Refused(f"unknown measure '{name}' (see measures in the vocabulary); {nearest(name, known)}")
            if wrong := next((unit for unit in band.units if unit not in known[name].units), None):
                raise Refused(f"'{name}' is no measure in {wrong}; write it in: {', '.join(known[name].units)}")
        return given

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), "propertyNames": {SHARED: "measures"}}


Bands = Annotated[Mapping[Text, Band], _OfMeasures()]


class CriteriaOf(Record):
    """Of several criteria so many must hold."""

    least: Annotated[int, Field(gt=0), parsed(whole)]
    """How many of them must hold: 2; 1, where the label says "or"."""
    of: Annotated[tuple[Bands, ...], Field(min_length=1)]
    """The criteria, each on a line: '- {age: at least 80 years}'."""
    also: tuple[Prose, ...] = ()
    """Criteria that are no measure, without figures: [taking a strong inhibitor of CYP3A4]."""

    @model_validator(mode="after")
    def _some(self) -> Self:
        several = len(self.of) + len(self.also)
        if self.least > several:
            raise Refused(f"asks for {self.least} of {several} criteria; write how many of them must hold")
        if self.least == several:
            raise Refused("asks for all of its criteria; write them under 'measures:' and 'also:', where all must be true")
        return self


class GroupOf(Record):
    """For whom a dose holds; all of it must be true."""

    measures: Bands = Field(default_factory=dict)
    """Measures of the patient: {age: 2 to below 5 years, body weight: at least 10 kg}."""
    criteria: CriteriaOf | None = None
    """Several criteria, of which so many must hold: {least: 2, of: [{age: at least 80 years}, …]}."""
    also: tuple[Prose, ...] = ()
    """What else must be true, without figures: [taking a strong inhibitor of CYP3A4]."""

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not (self.measures or self.criteria or self.also):
            raise Refused("says of nobody in particular for whom it holds; write for whom, or delete 'who:'")
        return self


@dataclass(frozen=True, slots=True)
class Group(Fields):
    """For whom a dose holds, as frozen values: measures, then `least` of `criteria` and `either`, then what else must be true."""

    measures: tuple[tuple[str, Band], ...] = ()
    least: int = 0
    criteria: tuple[tuple[tuple[str, Band], ...], ...] = ()
    also: tuple[str, ...] = ()
    either: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: GroupOf | None) -> Self:
        """The group of its validated form; without one, everybody."""
        if given is None:
            return cls()
        criteria = given.criteria
        of = tuple(tuple(each.items()) for each in criteria.of) if criteria else ()
        least, either = (criteria.least, criteria.also) if criteria else (0, ())
        return cls(tuple(given.measures.items()), least, of, given.also, either)

    def parts(self, vocabulary: Vocabulary, *, aloud: bool = False) -> list[str]:
        """Each condition in words: age 2 to below 5 years."""
        said = [_measured(name, band, vocabulary, aloud) for name, band in self.measures]
        if self.criteria:
            said.append(self.any_of(vocabulary, aloud=aloud))
        return [*said, *self.also]

    def any_of(self, vocabulary: Vocabulary, *, aloud: bool = False) -> str:
        """The criteria of which so many must hold: body weight below 60 kg or taking an inhibitor; at least 2 of: …"""
        criteria = [listed([_measured(*each, vocabulary, aloud) for each in one]) for one in self.criteria]
        if self.least > 1:
            return f"at least {self.least} of: {', '.join([*criteria, *self.either])}"
        comma = any(len(one) > 1 for one in self.criteria)  # A and B, or C
        return (", or " if comma else " or ").join([*criteria, *self.either])

    def band(self, measure: str) -> Band | None:
        """The band of a measure, if the group names one."""
        return dict(self.measures).get(measure)

    def without(self, measure: str) -> tuple[object, ...]:
        """All that the group says but one measure, to tell whether two groups differ in that alone."""
        others = frozenset((name, band) for name, band in self.measures if name != measure)
        return (others, self.least, self.criteria, self.also, self.either)

    def texts(self) -> Iterator[tuple[str, str]]:
        """The words that an editor chose."""
        yield from (("also", text) for text in (*self.also, *self.either))


def _measured(name: str, band: Band, vocabulary: Vocabulary, aloud: bool) -> str:
    return f"{vocabulary.lists.measures[name].word} {worded(band, vocabulary, aloud)}"


def flaws(bands: Sequence[Band], vocabulary: Vocabulary) -> Iterator[tuple[int, int, str]]:
    """Where bands of one measure overlap or leave a gap: the numbers of the two, and `overlap` or `gap`."""
    ends = {number: band.ends(vocabulary) for number, band in enumerate(bands)}

    def begins(number: int) -> tuple[Decimal, bool]:
        low = ends[number][0]
        return (low[0], not low[1]) if low else (Decimal("-Infinity"), False)

    def reaches(number: int) -> tuple[Decimal, bool]:
        high = ends[number][1]
        return high or (Decimal("Infinity"), True)

    order = sorted(ends, key=begins)
    farthest = order[0] if order else 0
    for each in order[1:]:
        (end, counts), low = reaches(farthest), ends[each][0]
        if low is None or low[0] < end or (low[0] == end and low[1] and counts):
            yield farthest, each, "overlap"
        elif low[0] > end or not (low[1] or counts):
            yield farthest, each, "gap"
        farthest = max(farthest, each, key=reaches)
