"""Values that are dose regimens: for whom, by which route, how much, how often, for how long, and never more than.

A regimen prints itself whole: amount, division, condition and maximum stand together or not at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, ValidationInfo, model_validator

from macros.finding import Refused
from macros.formulary.bands import Group, GroupOf
from macros.formulary.courses import UNSAID, CourseOf, Time, a_day, left_open, lowest
from macros.formulary.doses import A_DAY, PERIODS, Combination, Dose, Limit, Rounding, highest_parts, in_smallest, unit_without_day
from macros.formulary.fields import OneOf, vocabulary_of
from macros.formulary.kinds import Formed, worded
from macros.formulary.quantities import Amount, Range
from macros.formulary.record import Prose, Record
from macros.formulary.steps import Course
from macros.formulary.vocabulary import Vocabulary
from macros.formulary.words import listed, plainly


class RegimenOf(Record):
    """A dose regimen as an editor writes it."""

    medicine: Prose | None = None
    """Another medicine, whose dose it is: clarithromycin. Without it, the dose is one of this medicine."""
    who: GroupOf | None = None
    """For whom it holds: {measures: {age: 2 to below 5 years}}. Without it, for all whom the indication names."""
    route: Annotated[str, OneOf("routes")] | None = None
    """The way by which it is given: oral."""
    steps: tuple[CourseOf, ...] = ()
    """The doses, one after another, each on a line: '- {amount: 500 mg, every: 12 hours, for: 7 days}'."""
    duration: Annotated[Time | None, Field(alias="for")] = None
    """For how long all steps together are given: at least 6 weeks."""
    withheld: Annotated[str, OneOf("withheld")] | None = None
    """What is said of the group instead of a dose: do-not-use."""
    maximum: tuple[Limit, ...] = ()
    """What is never exceeded: [1000 mg in a dose, 4 g in a day]."""
    rounding: Rounding | None = None
    """How the label rounds a dose by weight: 'down to 0.5 mL'."""

    @model_validator(mode="after")
    def _whole(self, info: ValidationInfo) -> Self:
        if bool(self.steps) == (self.withheld is not None):
            raise Refused("a regimen says either 'steps' or 'withheld'; write the doses, or what is said of the group instead")
        if self.withheld and (self.maximum or self.rounding or self.duration):
            raise Refused("where no dose is given there is no maximum, no rounding and no duration; delete them")
        courses = [course for step in self.steps for course in (step, *step.or_)]
        if self.route and any(course.route for course in courses):
            raise Refused("names a route for all steps and for one of them; write it in each step, or once for all")
        if len(courses) == 1 and courses[0].most:
            raise Refused("has one step, so its limit is that of the regimen; write it in 'maximum:', as in [1000 mg in a dose]")
        if self.duration and len(self.steps) == 1:
            raise Refused("has one step, so its duration is that of the step; write 'for:' in it")
        for step, after in zip(self.steps, self.steps[1:], strict=False):
            if after.amount and any(each.amount and not _ends(each) for each in (step, *step.or_)):
                raise Refused("does not say how long a step goes on that another dose follows; write 'for:', 'doses:' or 'until:' in it")
        known = vocabulary_of(info)
        _agreeing(self.maximum, known)
        for course in courses:
            _within(course, self.maximum, known)
        return self


def _ends(course: CourseOf) -> bool:
    return bool(course.once or course.duration or course.doses or course.until)


_RISING = ("dose", "hour", "day", "week", "month", "year", "lifetime")


def _agreeing(maximum: tuple[Limit, ...], known: Vocabulary) -> None:
    """Raises Refused if a limit stands twice, or if one allows more in a shorter time than another in a longer one."""
    limits = [("day" if limit.period in A_DAY else limit.period, *_first_part(limit, known)) for limit in maximum]
    if again := next((one[0] for one, other in combinations(limits, 2) if one[:2] == other[:2]), None):
        raise Refused(f"names what is the most {PERIODS[again]} more than once; keep one")
    ordered = sorted((each for each in limits if each[0] in _RISING), key=lambda each: _RISING.index(each[0]))
    for (short, kind, most), (long, of, least) in combinations(ordered, 2):
        if kind == of and most > least:
            raise Refused(f"allows more {PERIODS[short]} than {PERIODS[long]}; correct the limit that is wrong")


def _first_part(limit: Limit, known: Vocabulary) -> tuple[str, Decimal]:
    first = limit.amount.amounts[0] if isinstance(limit.amount, Combination) else limit.amount
    return in_smallest(first.exact, first.unit, known)


def _within(course: CourseOf, maximum: tuple[Limit, ...], known: Vocabulary) -> None:
    """Raises Refused if a dose passes a limit that it can be compared with; of what is taken as needed one dose is."""
    often = a_day(course, known)
    fewest = Fraction(lowest(course.divided)) if course.divided and course.divided != UNSAID else often
    in_day = often if often is None or course.doses is None else min(often, Fraction(course.doses))
    doses: list[Dose] = [dose for dose in (course.amount, course.to) if dose]
    for dose, limit in ((dose, limit) for dose in doses for limit in maximum):
        for unit, number, of, most in _compared(dose, limit, known):
            daily = unit_without_day(unit)[1]
            per_dose = number / (fewest if daily and fewest else 1)
            of_day = number if daily or left_open(course) else number * in_day if in_day else None
            given = per_dose if limit.period == "dose" and not (daily and not fewest) else of_day if limit.period in A_DAY else None
            if of == in_smallest(Decimal(1), unit_without_day(unit)[0], known)[0] and given is not None and given > most:
                raise Refused(f"'{plainly(limit.written(known))}' is less than the regimen gives; correct the one that is wrong")


def _compared(dose: Dose, limit: Limit, known: Vocabulary) -> Iterator[tuple[str, Fraction, str, Fraction]]:
    """The parts of a dose beside those of a limit: unit and highest number of the one, kind and number of the other."""
    parts = highest_parts(dose)
    most = limit.amount.amounts if isinstance(limit.amount, Combination) else (limit.amount,)
    if len(parts) != len(most):
        return  # which part the limit is of, nothing here says
    for (unit, number), each in zip(parts, most, strict=True):
        of, limited = in_smallest(each.exact, each.unit, known)
        yield unit, Fraction(in_smallest(number, unit_without_day(unit)[0], known)[1]), of, Fraction(limited)


@dataclass(frozen=True, slots=True)
class Regimen(Formed):
    """A dose regimen; `withheld` is a word of the vocabulary for a group that is given none.

    `medicine` is another one, given with this one or compared with it; "" for this one.
    """

    form: ClassVar[Any] = RegimenOf

    group: Group = Group()
    route: str = ""
    steps: tuple[Course, ...] = ()
    withheld: str = ""
    maximum: tuple[Limit, ...] = ()
    rounding: Rounding | None = None
    duration: Amount | Range | None = None
    medicine: str = ""

    @classmethod
    def of(cls, given: RegimenOf) -> Self:
        """The regimen of its validated form."""
        steps = tuple(Course.of(step) for step in given.steps)
        return cls(
            Group.of(given.who), given.route or "", steps, given.withheld or "", given.maximum, given.rounding, given.duration,
            given.medicine or "",
        )  # fmt: skip

    @property
    def single(self) -> Amount | None:
        """The amount, if the regimen is one single dose of this medicine for everybody; else None."""
        only = self.steps[0] if len(self.steps) == 1 and self.group == Group() and not self.medicine else None
        return only.amount if only and only.once and not only.instead and isinstance(only.amount, Amount) else None

    def written(self, vocabulary: Vocabulary) -> str:
        """The whole regimen on a line: age 2 to below 5 years: by mouth, 5 mg/kg every 8 hours for 5 days; at most 1 g in a day."""
        return self._said(vocabulary, aloud=False)

    def spoken(self, vocabulary: Vocabulary) -> str:
        """The same with its units spoken."""
        aloud = self._said(vocabulary, aloud=True)
        return "" if aloud == self._said(vocabulary, aloud=False) else aloud

    def _said(self, vocabulary: Vocabulary, *, aloud: bool) -> str:
        who = "; ".join(self.group.parts(vocabulary, aloud=aloud))
        return f"{who}: {self.dose(vocabulary, aloud=aloud)}" if who else self.dose(vocabulary, aloud=aloud)

    def dose(self, vocabulary: Vocabulary, *, aloud: bool = False) -> str:
        """All that the regimen says but for whom: for a column beside that of the groups. The dose of another medicine names it."""
        if self.withheld:
            given = vocabulary.lists.withheld[self.withheld].word
        else:
            given = ", then ".join(step.said(vocabulary, aloud=aloud) for step in self.steps)
        given = f"{self.medicine} {given}" if self.medicine else given
        route = vocabulary.lists.routes[self.route].word if self.route else ""
        most = self.limits(vocabulary, aloud=aloud)
        rounded = worded(self.rounding, vocabulary, aloud) if self.rounding else ""
        long = f"{worded(self.duration, vocabulary, aloud)} in all" if self.duration else ""
        between = " " if self.withheld else ", "
        return "; ".join(filter(None, (between.join(filter(None, (given, route))), long, rounded, most)))

    def limits(self, vocabulary: Vocabulary, *, aloud: bool = False) -> str:
        """The maximum in words: at most 1,000 mg in a dose and 4 g in a day; "" if the label names none."""
        said = [(limit.spoken(vocabulary) if aloud else "") or limit.written(vocabulary) for limit in self.maximum]
        return f"at most {listed(said)}" if said else ""

    def texts(self) -> Iterator[tuple[str, str]]:
        """The words that somebody chose inside it."""
        if self.medicine:
            yield "medicine", self.medicine
        yield from self.group.texts()
        for step in self.steps:
            yield from step.texts()
