"""The steps of a regimen: how much, how it is divided, how often, when, for how long, and how fast."""

from fractions import Fraction
from typing import Annotated, Final, Self

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator

from macros.finding import Refused
from macros.formulary.bands import Bands
from macros.formulary.doses import Combination, Dose, Dosed, highest as highest_of, unit_of
from macros.formulary.fields import OneOf, Prose, Times, short_text, vocabulary_of
from macros.formulary.quantities import Amount, Range
from macros.formulary.record import Flag, Record

# What a dose in this unit is given over is the unit's own time, so that it needs no interval.
_FLOWING: Final = ("/hour", "/h", "/min")
# What an editor writes where the label gives the amount of a day, and leaves open in how many doses.
UNSAID: Final = "unsaid"
Parts = Annotated[str, Field(pattern=rf"^(?:{UNSAID}|[1-9][0-9]?( to [1-9][0-9]?)?)$")]


def _time(raw: object, info: ValidationInfo) -> Amount | Range:
    made: Amount | Range = (Range if " to " in short_text(raw).removeprefix("up to ") else Amount).validated(raw, info)
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

    route: Annotated[str, OneOf("routes")] | None = None
    """The way by which this step is given, where steps of one regimen differ in it: intravenous."""
    amount: Dosed | None = None
    """The amount of a dose, or, with '/day', of a day: 500 mg, 250 to 500 mg, 875 mg/125 mg, 25 mg/kg/day, 2 tablets."""
    weight: Annotated[str, OneOf("weights")] | None = None
    """By which weight a dose for each kg is reckoned, where that is not the body weight: ideal."""
    most: Dosed | None = None
    """The most that this step gives, where each step has a limit of its own: 800 mg."""
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
    adjusted_to: Prose | None = None
    """What the dose is adjusted to where the label gives no amount, without figures: the blood pressure."""
    divided: Parts | None = None
    """In how many doses the amount of a day is given: 2, or 2 to 3; unsaid, if the label leaves that open."""
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
        told = (self.amount, self.share, self.raise_by, self.lower_by, self.target, self.adjusted_to)
        if sum(map(bool, told)) != 1:
            said = "amount, share, raise_by, lower_by, target, adjusted_to"
            raise Refused(f"a step says exactly one of {said}; write {{amount: 500 mg, every: 12 hours}}")
        if self.weight and not (self.amount and "/kg" in unit_of(self.amount)):
            raise Refused("'weight' is the weight that a dose for each kg is reckoned by; write such an amount, or delete it")
        if self.most and not _limits(self.most, self.amount):
            raise Refused(
                "'most' is no amount that can limit 'amount'; write both for a dose or both for a day: {amount: 25 mg/kg, most: 800 mg}"
            )
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
        much = self.amount or self.raise_by or self.lower_by
        daily = much is not None and unit_of(much).endswith("/day")
        if self.divided and not daily:
            raise Refused("'divided' parts the amount of a day; write that amount, as in 25 mg/kg/day, or delete 'divided'")
        if not daily or not self.amount:
            return
        often = a_day(self)
        if not self.divided and not self.once and often is None:
            raise Refused("gives an amount for a day, but not in how many doses; write 'divided: 2' or 'every: 12 hours'")
        if self.divided == UNSAID:
            if self.every or self.times:
                raise Refused("says how often, and that this is unsaid; delete 'divided' or the interval")
        elif self.divided and self.every and often is not None and not lowest(self.divided) <= often <= highest(self.divided):
            raise Refused(f"is divided into {self.divided} doses, which does not agree with its interval; correct the one that is wrong")


def _limits(most: Dose, amount: Dose | None) -> bool:
    """Whether the one can limit the other: an exact amount, of a day if that is, and no lower in the same unit."""
    if amount is None or not isinstance(most, Amount) or most.bound or isinstance(amount, Combination):
        return False
    same_time = most.unit.endswith("/day") is amount.unit.endswith("/day")
    return same_time and (most.unit != amount.unit or most.exact >= highest_of(amount))


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
        return Fraction(highest(course.divided)) if course.divided and course.divided != UNSAID and every is None else None
    shortest = Fraction(every.low if isinstance(every, Range) else every.exact) * _MINUTES[every.unit]
    often = Fraction(1440) / shortest * (highest(course.times) if course.times else 1)
    return often if often >= 1 else None
