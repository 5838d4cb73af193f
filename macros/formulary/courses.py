"""The steps of a regimen: how much, how it is divided, how often, when, for how long, and how fast."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Final, Self

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator

from macros.finding import Refused
from macros.formulary.bands import Band, Bands
from macros.formulary.doses import Dose, Dosed, unit_of
from macros.formulary.fields import OneOf, Prose, Times, short_text, vocabulary_of
from macros.formulary.kinds import Kind
from macros.formulary.quantities import Amount, Range
from macros.formulary.record import Flag, Record
from macros.formulary.vocabulary import Vocabulary
from macros.formulary.words import listed

# What a dose in this unit is given over is the unit's own time, so that it needs no interval.
_FLOWING: Final = ("/hour", "/h", "/min")
_OFTEN = {"1": "once", "2": "twice"}


def _time(raw: object, info: ValidationInfo) -> Amount | Range:
    made: Amount | Range = (Range if " to " in short_text(raw) else Amount).validated(raw, info)
    if vocabulary_of(info).kind_of_unit(made.unit) != "time":
        raise Refused(f"'{raw}' is no time; write hours, days, weeks or months, as in 12 hours")
    if isinstance(made, Amount) and made.bound not in ("", "at least", "up to"):
        raise Refused(f"'{raw}' is no time of a schedule; write it without '{made.bound}'")
    return made


Time = Annotated[Amount | Range, BeforeValidator(_time)]


def _days(raw: object) -> tuple[int, ...]:
    days = tuple(int(each) for each in raw) if isinstance(raw, (list, tuple)) and all(str(each).isdigit() for each in raw) else ()
    if not days or list(days) != sorted(set(days)) or days[0] < 1:
        raise Refused("'days' is no list of days that rise; write [1, 8, 15]")
    return days


class CourseOf(Record):
    """A step of a regimen as an editor writes it."""

    amount: Dosed | None = None
    """The amount of a dose, or, with '/day', of a day: 500 mg, 250 to 500 mg, 875 mg/125 mg, 25 mg/kg/day, 2 tablets."""
    weight: Annotated[str, OneOf("weights")] | None = None
    """By which weight a dose for each kg is reckoned, where that is not the body weight: ideal."""
    share: Amount | None = None
    """The dose as a share of another one: 50 %."""
    of: Prose | None = None
    """Of which dose that is the share: the usual dose."""
    raise_by: Dosed | None = None
    """By how much the dose rises: 25 mg/day."""
    lower_by: Dosed | None = None
    """By how much the dose falls: 5 mg/day."""
    to: Dosed | None = None
    """Up or down to which dose: 200 mg/day."""
    target: Bands | None = None
    """What the dose is adjusted to: {INR: 2 to 3 INR}."""
    divided: Times | None = None
    """In how many doses the amount of a day is given: 2, or 2 to 3."""
    once: Flag = False
    """true: a single dose."""
    every: Time | None = None
    """The interval: 12 hours, 1 day, 4 to 6 hours."""
    times: Times | None = None
    """How many times in each interval: 3."""
    days: Annotated[tuple[int, ...], BeforeValidator(_days)] | None = None
    """On which days of each interval: [1, 8, 15], with 'every: 28 days'."""
    at: tuple[Annotated[str, OneOf("moments")], ...] = ()
    """At which time of the day, or with what: [bedtime]."""
    as_needed: Prose | None = None
    """What it is taken for as needed, without figures: pain."""
    duration: Annotated[Time | None, Field(alias="for")] = None
    """For how long: 7 to 10 days."""
    doses: Annotated[int, Field(gt=0)] | None = None
    """For how many doses."""
    until: Prose | None = None
    """Until when, without figures: the fever is gone."""
    over: Time | None = None
    """Over which time each dose is given: 30 to 60 minutes."""
    rate: Dosed | None = None
    """How fast it is given: up to 10 mg/min."""
    volume: Dosed | None = None
    """In which volume it is diluted: 100 to 250 mL."""
    fluid: Annotated[str, OneOf("fluids")] | None = None
    """What it is diluted in: sodium chloride."""
    or_: Annotated[tuple["CourseOf", ...], Field(alias="or")] = ()
    """Other doses that may be given instead."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if bool(self.amount) + bool(self.share) + bool(self.raise_by) + bool(self.lower_by) + bool(self.target) != 1:
            raise Refused("a step says exactly one of amount, share, raise_by, lower_by, target; write {amount: 500 mg, every: 12 hours}")
        if self.weight and not (self.amount and "/kg" in unit_of(self.amount)):
            raise Refused("'weight' is the weight that a dose for each kg is reckoned by; write such an amount, or delete it")
        if bool(self.share) != bool(self.of):
            raise Refused("'share' and 'of' belong together; write {share: 50 %, of: the usual dose}")
        if self.to and not (self.raise_by or self.lower_by):
            raise Refused("'to' is the end of a change; write it beside 'raise_by' or 'lower_by'")
        self._often()
        self._daily()
        return self

    def _often(self) -> None:
        if self.once and (self.every or self.times or self.days or self.divided or self.duration or self.doses):
            raise Refused("a single dose has no interval, no division and no duration; delete 'once' or the others")
        if (self.times or self.days) and not self.every:
            raise Refused("'times' and 'days' count in an interval; write 'every: 1 day' or 'every: 28 days' beside them")
        for key, often in (("times", self.times), ("divided", self.divided)):
            if often and " to " in often and lowest(often) >= highest(often):
                raise Refused(f"'{key}: {often}' does not rise; write the lower number first")
        if self.days and not (isinstance(self.every, Amount) and self.every.unit == "day" and self.days[-1] <= self.every.exact):
            raise Refused("'days' are days of a cycle; write its length in days beside them, as in 'every: 28 days'")
        if self.amount and not self._timed():
            raise Refused("says how much, but not how often; write 'every:', 'once: true' or 'as_needed:'")
        if (self.raise_by or self.lower_by) and not self.every:
            raise Refused("says by how much the dose changes, but not how often; write 'every: 1 week'")

    def _timed(self) -> bool:
        flowing = self.amount is not None and unit_of(self.amount).endswith(_FLOWING)
        return bool(self.once or self.every or self.as_needed or self.divided or self.at or flowing)

    def _daily(self) -> None:
        daily = self.amount is not None and unit_of(self.amount).endswith("/day")
        if self.divided and not daily:
            raise Refused("'divided' parts the amount of a day; write that amount, as in 25 mg/kg/day, or delete 'divided'")
        if not daily:
            return
        often = a_day(self)
        if not self.divided and not self.once and often is None:
            raise Refused("gives an amount for a day, but not in how many doses; write 'divided: 2' or 'every: 12 hours'")
        if self.divided and self.every and often is not None and not lowest(self.divided) <= often <= highest(self.divided):
            raise Refused(f"is divided into {self.divided} doses, which does not agree with its interval; correct the one that is wrong")


def lowest(times: str) -> int:
    """The lower number of '2 to 3'; of a single number that."""
    return int(times.split(" to ")[0])


def highest(times: str) -> int:
    """The higher number of '2 to 3'; of a single number that."""
    return int(times.split(" to ")[-1])


_MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}


def a_day(course: CourseOf) -> Fraction | None:
    """How many doses a day the step gives at most; None if it does not say so, or if they are fewer than one."""
    every = course.every
    if course.days or every is None or every.unit not in _MINUTES:
        return Fraction(highest(course.divided)) if course.divided and every is None else None
    shortest = Fraction(every.low if isinstance(every, Range) else every.exact) * _MINUTES[every.unit]
    often = Fraction(1440) / shortest * (highest(course.times) if course.times else 1)
    return often if often >= 1 else None


def _worded(value: Kind, vocabulary: Vocabulary, aloud: bool) -> str:
    return (value.spoken(vocabulary) if aloud else "") or value.written(vocabulary)


@dataclass(frozen=True, slots=True)
class Course:
    """A step of a regimen, as frozen values; what each means is said in CourseOf."""

    amount: Dose | None = None
    weight: str = ""
    share: Amount | None = None
    of_dose: str = ""
    raise_by: Dose | None = None
    lower_by: Dose | None = None
    to: Dose | None = None
    target: tuple[tuple[str, Band], ...] = ()
    divided: str = ""
    once: bool = False
    every: Amount | Range | None = None
    times: str = ""
    days: tuple[int, ...] = ()
    at: tuple[str, ...] = ()
    as_needed: str = ""
    duration: Amount | Range | None = None
    doses: int | None = None
    until: str = ""
    over: Amount | Range | None = None
    rate: Dose | None = None
    volume: Dose | None = None
    fluid: str = ""
    instead: tuple[Self, ...] = ()
    a_day: Fraction | None = None

    @classmethod
    def of(cls, given: CourseOf) -> Self:
        """The step of its validated form."""
        plain = {name: getattr(given, name) for name in CourseOf.model_fields if name not in ("of", "target", "or_")}
        kept = {name: value for name, value in plain.items() if value is not None}
        target = tuple((given.target or {}).items())
        return cls(**kept, of_dose=given.of or "", target=target, instead=tuple(cls.of(each) for each in given.or_), a_day=a_day(given))

    def said(self, vocabulary: Vocabulary, *, aloud: bool = False) -> str:
        """The step in words: 25 mg/kg/day in 2 divided doses, one every 12 hours, for 7–10 days."""
        much, often = self._much(vocabulary, aloud), self._often(vocabulary, aloud)
        to = f"to {_worded(self.to, vocabulary, aloud)}" if self.to else ""
        long = self._long(vocabulary, aloud)
        own = " ".join(filter(None, (much, often, to))) + (f"{',' if ',' in often else ''} {long}" if long else "")
        given = self._given(vocabulary, aloud)
        return " or ".join([f"{own}, {given}" if given else own, *(each.said(vocabulary, aloud=aloud) for each in self.instead)])

    def _much(self, vocabulary: Vocabulary, aloud: bool) -> str:
        if self.amount:
            by = f" of {vocabulary.lists.weights[self.weight].word}" if self.weight else ""
            return _worded(self.amount, vocabulary, aloud) + by
        if self.share:
            return f"{_worded(self.share, vocabulary, aloud)} of {self.of_dose}"
        if self.target:
            measures = vocabulary.lists.measures
            return "adjusted to " + listed([f"{measures[name].word} {_worded(band, vocabulary, aloud)}" for name, band in self.target])
        change = self.raise_by or self.lower_by
        word = "raised" if self.raise_by else "lowered"
        return f"{word} by {_worded(change, vocabulary, aloud) if change else ''}"

    def _often(self, vocabulary: Vocabulary, aloud: bool) -> str:
        interval = self._interval(vocabulary, aloud)
        if self.divided == "1":
            interval = "as a single dose of the day"
        elif self.divided:
            interval = f"in {self.divided.replace(' to ', '–')} divided doses" + (f", one {interval}" if interval else "")
        elif self.amount and unit_of(self.amount).endswith("/day") and self.a_day and self.a_day > 1:
            interval = f"in divided doses, {interval}"
        moments = [vocabulary.lists.moments[name].word for name in self.at]
        needed = f"as needed for {self.as_needed}" if self.as_needed else ""
        return " ".join(filter(None, ("as a single dose" if self.once else interval, listed(moments), needed)))

    def _interval(self, vocabulary: Vocabulary, aloud: bool) -> str:
        if self.every is None:
            return ""
        single = isinstance(self.every, Amount) and self.every.exact == 1
        if self.days:
            length = f"{self.every.exact:f}" if isinstance(self.every, Amount) else ""
            word = "day" if len(self.days) == 1 else "days"
            return f"on {word} {listed([str(day) for day in self.days])} of each cycle of {length} days"
        if single and not (self.raise_by or self.lower_by) and self.every.unit != "hour":
            often = _OFTEN.get(self.times or "1") or f"{self.times.replace(' to ', '–')} times"
            return f"{often} a {self.every.unit}"
        period = self.every.unit if single else _worded(self.every, vocabulary, aloud)
        return f"{self.times.replace(' to ', '–')} times every {period}" if self.times else f"every {period}"

    def _long(self, vocabulary: Vocabulary, aloud: bool) -> str:
        duration = f"for {_worded(self.duration, vocabulary, aloud)}" if self.duration else ""
        doses = f"for {self.doses} {'dose' if self.doses == 1 else 'doses'}" if self.doses else ""
        return " ".join(filter(None, (duration, doses, f"until {self.until}" if self.until else "")))

    def _given(self, vocabulary: Vocabulary, aloud: bool) -> str:
        over = f"over {_worded(self.over, vocabulary, aloud)}" if self.over else ""
        rate = f"at {_worded(self.rate, vocabulary, aloud)}" if self.rate else ""
        fluid = vocabulary.lists.fluids[self.fluid].word if self.fluid else ""
        volume = f"diluted in {_worded(self.volume, vocabulary, aloud)}{f' of {fluid}' if fluid else ''}" if self.volume else ""
        return ", ".join(filter(None, (volume or (f"diluted in {fluid}" if fluid else ""), over, rate)))

    def texts(self) -> Iterator[tuple[str, str]]:
        """The words that an editor chose."""
        named = (("of", self.of_dose), ("as_needed", self.as_needed), ("until", self.until))
        yield from ((key, text) for key, text in named if text)
        for each in self.instead:
            yield from each.texts()
