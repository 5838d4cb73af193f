"""The steps of a regimen: how much, how it is divided, how often, when, for how long, and how fast."""

import re
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, Final, Literal, Protocol, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, model_validator

from macros.finding import Refused
from macros.formulary.bands import Bands
from macros.formulary.doses import FLOWING, SEVERAL, Dose, Dosed, highest as highest_of, in_smallest, unit_of, unit_without_day
from macros.formulary.fields import OneOf, Times, each_once, parsed, short_text, vocabulary_of
from macros.formulary.quantities import Amount, Range, whole
from macros.formulary.record import Flag, Prose, Record
from macros.formulary.vocabulary import Vocabulary
from macros.formulary.words import plainly

# What an editor writes where the label gives the amount of a day, and leaves open in how many doses.
UNSAID: Final = "unsaid"
Parts = Annotated[str, Field(pattern=rf"^(?:{UNSAID}|[1-9][0-9]?( to [1-9][0-9]?)?)$")]


def _time(raw: object, info: ValidationInfo) -> Amount | Range:
    made: Amount | Range = (Range if " to " in short_text(raw).removeprefix("up to ") else Amount).validated(raw, info)
    if vocabulary_of(info).kind_of_unit(made.unit) != "time":
        raise Refused(f"'{raw}' is no time; write hours, days, weeks or months, as in 12 hours")
    if isinstance(made, Amount) and made.bound not in ("", "at least", "up to"):
        raise Refused(f"'{raw}' is no time of a schedule; write it without '{made.bound}'")
    numbers = (made.low, made.high) if isinstance(made, Range) else (made.number,)
    if getattr(made, "power", 0) or any("." in f"{each:f}" and f"{each:f}".endswith("0") for each in numbers):
        raise Refused(f"'{raw}' is no time of a schedule; write its number in plain digits, without an idle zero: 12 hours")
    return made


Time = Annotated[Amount | Range, BeforeValidator(_time)]


def _interval(time: Amount | Range, info: ValidationInfo) -> Amount | Range:
    if isinstance(time, Amount) and time.bound == "up to":
        said = plainly(replace(time, bound="").written(vocabulary_of(info)))
        message = f"'every: up to {said}' could be any interval; write the shortest and the longest, as in '6 to 8 hours'"
        raise Refused(f"{message}, or 'at least {said}' where it may not be given sooner")
    return time


Every = Annotated[Time, AfterValidator(_interval)]


def _rate(dose: Dose) -> Dose:
    if not unit_of(dose).endswith(FLOWING):
        raise Refused(f"is in {unit_of(dose)}, and how fast something is given is an amount in a time; write it as in '10 mg/min'")
    return dose


def _volume(dose: Dose, info: ValidationInfo) -> Dose:
    if vocabulary_of(info).kind_of_unit(unit_of(dose)) != "volume" or unit_of(dose).endswith((*FLOWING, "/day")):
        raise Refused(f"is in {unit_of(dose)}, and something is diluted in a volume; write it as in '100 mL'")
    return dose


def _share(share: Amount, info: ValidationInfo) -> Amount:
    if vocabulary_of(info).kind_of_unit(share.unit) != "share" or share.number <= 0 or share.bound not in ("", "about", "up to"):
        raise Refused("is no share of a dose; write it as in '50 %', above zero, and a dose as 'amount:'")
    return share


def _days(raw: object) -> tuple[int, ...]:
    plain = isinstance(raw, (list, tuple)) and all(re.fullmatch("[0-9]{1,3}", str(each)) for each in raw)
    days = tuple(int(each) for each in raw) if isinstance(raw, (list, tuple)) and plain else ()
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
    share: Annotated[Amount, AfterValidator(_share)] | None = None
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
    every: Every | None = None
    """The interval: 12 hours, 1 day, 4 to 6 hours."""
    times: Times | None = None
    """How many times in each interval: 3."""
    days: Annotated[tuple[int, ...], BeforeValidator(_days)] | None = None
    """On which days of each interval: [1, 8, 15], with 'every: 28 days'."""
    at: Annotated[tuple[Annotated[str, OneOf("moments")], ...], AfterValidator(each_once)] = ()
    """At which time of the day, or with what: [bedtime]."""
    as_needed: Prose | None = None
    """What it is taken for as needed, without figures: pain."""
    duration: Annotated[Time | None, Field(alias="for")] = None
    """For how long: 7 to 10 days."""
    doses: Annotated[int, Field(gt=0), parsed(whole)] | None = None
    """For how many doses."""
    until: Prose | None = None
    """Until when, without figures: the fever is gone."""
    over: Time | None = None
    """Over which time each dose is given: 30 to 60 minutes."""
    rate: Annotated[Dosed, AfterValidator(_rate)] | None = None
    """How fast it is given: up to 10 mg/min."""
    volume: Annotated[Dosed, AfterValidator(_volume)] | None = None
    """In which volume it is diluted: 100 to 250 mL."""
    fluid: Annotated[str, OneOf("fluids")] | None = None
    """What it is diluted in: sodium chloride."""
    or_: Annotated[tuple["CourseOf", ...], Field(alias="or")] = ()
    """Other doses that may be given instead."""

    @model_validator(mode="after")
    def _whole(self, info: ValidationInfo) -> Self:
        known = vocabulary_of(info)
        told = (self.amount, self.share, self.raise_by, self.lower_by, self.target, self.adjusted_to)
        if sum(map(bool, told)) != 1:
            said = "amount, share, raise_by, lower_by, target, adjusted_to"
            raise Refused(f"a step says exactly one of {said}; write {{amount: 500 mg, every: 12 hours}}")
        if self.weight and not (self.amount and "/kg" in unit_of(self.amount)):
            raise Refused("'weight' is the weight that a dose for each kg is reckoned by; write such an amount, or delete it")
        if self.most and not _limits(self.most, self.amount, known):
            raise Refused(
                "'most' is no amount that can limit 'amount'; write both for a dose or both for a day: {amount: 25 mg/kg, most: 800 mg}"
            )
        if bool(self.share) != bool(self.of):
            raise Refused("'share' and 'of' belong together; write {share: 50 %, of: the usual dose}")
        self._changing(known)
        self._often()
        self._daily(known)
        self._lasting(known)
        return self

    def _changing(self, known: Vocabulary) -> None:
        change = self.raise_by or self.lower_by
        if self.to and not change:
            raise Refused("'to' is the end of a change; write it beside 'raise_by' or 'lower_by'")
        if not self.to or not change or isinstance(self.to, SEVERAL) or isinstance(change, SEVERAL):
            return
        (by, step), (of, end) = (in_smallest(highest_of(each), unit_without_day(unit_of(each))[0], known) for each in (change, self.to))
        if by != of:
            raise Refused(f"changes the dose in {unit_of(change)}, but to one in {unit_of(self.to)}; write both in one unit")
        if self.raise_by and step > end:
            raise Refused("is raised by more than the dose that it is raised to; correct the one that is wrong")

    def _often(self) -> None:
        if self.once and (self.every or self.times or self.days or self.divided or self.duration or self.doses or self.until):
            raise Refused("a single dose has no interval, no division and no duration; delete 'once' or the others")
        if self.times and self.days:
            raise Refused("'times' is not said of days of a cycle; write the amount of a day and 'divided:', as in 50 mg/day, divided: 2")
        if (self.times or self.days) and not self.every:
            raise Refused("'times' and 'days' count in an interval; write 'every: 1 day' or 'every: 28 days' beside them")
        for key, often in (("times", self.times), ("divided", self.divided)):
            if often and " to " in often and lowest(often) >= highest(often):
                raise Refused(f"'{key}: {often}' does not rise; write the lower number first")
        whole_days = isinstance(self.every, Amount) and self.every.unit == "day" and not self.every.bound
        if self.days and not (isinstance(self.every, Amount) and whole_days and self.days[-1] <= self.every.exact):
            raise Refused("'days' are days of a cycle; write its length in days beside them, as in 'every: 28 days'")
        flowing = self.amount is not None and unit_of(self.amount).endswith(FLOWING)
        if flowing and (self.once or self.every or self.divided) and not self.over:
            raise Refused("is an amount in a time that is given again and again; write with 'over:' for how long each time")
        if self.amount and unit_of(self.amount).endswith("/week"):
            raise Refused("is the amount of a week, which is misread as a dose; write each dose with its interval: 7.5 mg, every: 1 week")
        if self.amount and not (self.once or self.every or self.as_needed or self.divided or self.at or flowing):
            raise Refused("says how much, but not how often; write 'every:', 'once: true' or 'as_needed:'")
        if (self.raise_by or self.lower_by) and not self.every:
            raise Refused("says by how much the dose changes, but not how often; write 'every: 1 week'")

    def _lasting(self, known: Vocabulary) -> None:
        if self.duration and self.doses:
            raise Refused("says twice how long it goes on; keep 'for' or 'doses'")
        once_a_day = [known.lists.moments[name].once_a_day for name in self.at]
        often = a_day(self, known)
        if often is not None and all(once_a_day) and self.at and often != len(self.at):
            raise Refused("names other times of the day than its interval gives; correct 'at' or the interval")
        if any(each.model_copy(update={"or_": ()}) == self.model_copy(update={"or_": ()}) for each in self.or_):
            raise Refused("gives the same dose with 'or'; delete it, or correct the one that is wrong")
        if not self.every:
            return
        if self.duration and shorter(self.duration, self.every, known):
            raise Refused("ends before its interval does; correct 'for' or 'every', or write 'once: true' for a single dose")
        if self.over and shorter(self.every, self.over, known):
            raise Refused("is given over a longer time than its interval; correct 'over' or 'every'")

    def _daily(self, known: Vocabulary) -> None:
        much = self.amount or self.raise_by or self.lower_by
        daily = much is not None and unit_of(much).endswith("/day")
        if self.divided and not daily:
            raise Refused("'divided' parts the amount of a day; write that amount, as in 25 mg/kg/day, or delete 'divided'")
        if not daily or not self.amount:
            return
        often = a_day(self, known)
        if not self.divided and not self.once and often is None:
            raise Refused("gives an amount for a day, but not in how many doses; write 'divided: 2' or 'every: 12 hours'")
        if self.divided == UNSAID:
            if self.every or self.times:
                raise Refused("says how often, and that this is unsaid; delete 'divided' or the interval")
        elif self.divided and self.every and often is not None and not lowest(self.divided) <= often <= highest(self.divided):
            raise Refused(f"is divided into {self.divided} doses, which does not agree with its interval; correct the one that is wrong")


def _limits(most: Dose, amount: Dose | None, known: Vocabulary) -> bool:
    """Whether the one can limit the other: an exact amount of the same kind, of a day if that is, and no lower where the two compare."""
    if amount is None or not isinstance(most, Amount) or most.bound or isinstance(amount, SEVERAL):
        return False
    same_time = most.unit.endswith("/day") is amount.unit.endswith("/day")
    (of, limit), (by, given) = (in_smallest(highest_of(each), each.unit, known) for each in (most, amount))
    return same_time and known.kind_of_unit(most.unit) == known.kind_of_unit(amount.unit) and (of != by or limit >= given)


def lowest(times: str) -> int:
    """The lower number of '2 to 3'; of a single number that."""
    return int(times.split(" to ")[0])


def highest(times: str) -> int:
    """The higher number of '2 to 3'; of a single number that."""
    return int(times.split(" to ")[-1])


def minutes(time: Amount | Range, known: Vocabulary, end: Literal["low", "high"]) -> Fraction:
    """How long a time is in the smallest unit of time; of a range its lower or its higher end."""
    number = getattr(time, end) if isinstance(time, Range) else time.exact
    return Fraction(in_smallest(number, time.unit, known)[1])


def _bounded(time: Amount | Range, bound: str) -> bool:
    return isinstance(time, Amount) and time.bound == bound


def shorter(time: Amount | Range, other: Amount | Range, known: Vocabulary) -> bool:
    """Whether a time is shorter than another one, whatever the two mean exactly."""
    least = 0 if _bounded(other, "up to") else minutes(other, known, "low")
    return minutes(time, known, "high") < least and not _bounded(time, "at least")


class Timed(Protocol):
    """A step, as far as it says how often its dose is given."""

    @property
    def every(self) -> Amount | Range | None:
        """The interval."""

    @property
    def times(self) -> str | None:
        """How many times in each interval."""

    @property
    def days(self) -> tuple[int, ...] | None:
        """On which days of each interval."""

    @property
    def divided(self) -> str | None:
        """In how many doses the amount of a day is given."""

    @property
    def as_needed(self) -> str | None:
        """What it is taken for as needed."""


def a_day(step: Timed, known: Vocabulary) -> Fraction | None:
    """How many doses a day the step gives at most; None if it does not say so, or if they are fewer than one."""
    if step.every is None:
        return Fraction(highest(step.divided)) if step.divided and step.divided != UNSAID else None
    if step.days:
        return None
    day = Fraction(known.units["day"].size or 1)
    often = day / minutes(step.every, known, "low") * (highest(step.times) if step.times else 1)
    return often if often >= 1 else None


def left_open(step: Timed) -> bool:
    """Whether how often a dose is taken is left to the need, so that all that is known is how often it is at most."""
    return bool(step.as_needed) or (step.every is not None and _bounded(step.every, "at least"))
