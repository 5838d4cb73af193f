"""Doses by body weight computed from a regimen: never above a limit, rounded by the label's rule only, or refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from macros.finding import Refused
from macros.formulary.courses import UNSAID, a_day, highest, left_open, lowest
from macros.formulary.doses import A_DAY, SEVERAL, Combination, Limit, Rounding, Strength, in_smallest, unit_without_day
from macros.formulary.quantities import Amount, Range
from macros.formulary.regimens import Regimen
from macros.formulary.steps import Course
from macros.formulary.vocabulary import Vocabulary
from macros.formulary.words import plainly


@dataclass(frozen=True, slots=True)
class Portion:
    """What a body weight in kg needs: a dose from `low` to `high` in the regimen's unit, and that of a day if it is known.

    `capped` says whether a limit holds the dose down, `day_capped` whether one holds down what is taken in a day at most; `taken` is
    the volume or the number of pieces, None where nothing is measured.
    """

    weight: int
    low: Fraction
    high: Fraction
    capped: bool
    day: tuple[Fraction, Fraction] | None = None
    taken: tuple[Fraction, Fraction] | None = None
    day_capped: bool = False


@dataclass(frozen=True, slots=True)
class Weighing:
    """A regimen by body weight, made ready: amounts for each kg in `unit`, doses a day, and limits in `unit`.

    `often` parts the amount of a day; `in_day` is how many doses a day holds, fewer where the regimen ends before. `left_open` says
    that this is at most, since it is taken as needed. A limit is a number and whether it is for each kg.
    """

    unit: str
    low: Fraction
    high: Fraction
    daily: bool
    often: Fraction | None
    in_day: Fraction | None
    left_open: bool
    per_dose: tuple[tuple[Fraction, bool], ...]
    per_day: tuple[tuple[Fraction, bool], ...]
    regimen: Regimen
    strength: Strength | None

    def portion(self, weight: int, vocabulary: Vocabulary) -> Portion:
        """The dose for a body weight in whole kg. Raises Refused if the regimen does not hold for it or a part is missing."""
        _inside(self.regimen, weight, vocabulary)
        low, high = self.low * weight, self.high * weight
        if self.daily:
            if self.often is None:
                _one_number(self.regimen.steps[0], vocabulary)
                raise Refused("does not say in how many doses the amount of a day is given; write 'divided: 2'")
            low, high = low / self.often, high / self.often
        most = _at(self.limits(vocabulary), weight)
        capped = bool(most) and high > min(most)
        low, high = (min(low, *most), min(high, *most)) if most else (low, high)
        rounding = self.regimen.rounding
        if rounding and rounding.step.unit == self.unit:
            low, high = (_rounded(each, rounding, min(most, default=None)) for each in (low, high))
        taken = None
        if self.strength is not None:
            each = self._each(self.strength, vocabulary)
            taken = low * each, high * each
            if rounding and rounding.step.unit == self.strength.each.unit:
                ceiling = min(most) * each if most else None
                taken = _rounded(taken[0], rounding, ceiling), _rounded(taken[1], rounding, ceiling)
                low, high = taken[0] / each, taken[1] / each  # what is measured is what is given
        day = (low * self.in_day, high * self.in_day) if self.in_day is not None else None
        if not self.left_open:
            return Portion(weight, low, high, capped, day, taken)
        of_day, held = day[1] if day else None, min(_at(self.per_day, weight), default=None)
        most_of_day = min((each for each in (of_day, held) if each is not None), default=None)
        held_down = held is not None and (of_day is None or held < of_day)
        return Portion(weight, low, high, capped, None if most_of_day is None else (most_of_day, most_of_day), taken, held_down)

    @property
    def tells_day(self) -> bool:
        """Whether what is given in a day, or taken in it at most, is known."""
        return self.in_day is not None or (self.left_open and bool(self.per_day))

    def limits(self, vocabulary: Vocabulary) -> list[tuple[Fraction, bool]]:
        """What no dose passes, each with whether it is for each kg. Raises Refused if a day has a limit, but no number of doses.

        Of what is taken as needed a single dose may be as much as a day allows, since nobody has to take a second one.
        """
        if self.left_open:
            return [*self.per_dose, *self.per_day]
        if self.per_day and self.in_day is None:
            _one_number(self.regimen.steps[0], vocabulary)
            raise Refused("has a maximum for a day, but not how many doses a day are given; write 'every:' or 'divided:'")
        return [*self.per_dose, *((limit / (self.in_day or 1), by_weight) for limit, by_weight in self.per_day)]

    def _each(self, strength: Strength, vocabulary: Vocabulary) -> Fraction:
        """How much volume, or how many pieces, hold one of the unit of the dose."""
        content = strength.amounts[0]
        kind, size = in_smallest(Decimal(1), self.unit, vocabulary)
        of, held = in_smallest(content.exact, content.unit, vocabulary)
        if of != kind or len(strength.amounts) > 1:
            raise Refused(f"is in {self.unit}, and '{strength.written(vocabulary)}' can't be compared with it; name another strength")
        return Fraction(strength.each.exact) * Fraction(size) / Fraction(held)


def _at(limits: Iterable[tuple[Fraction, bool]], weight: int) -> list[Fraction]:
    """Limits at a body weight in kg."""
    return [limit * weight if by_weight else limit for limit, by_weight in limits]


def _rounded(number: Fraction, rounding: Rounding, most: Fraction | None) -> Fraction:
    """The number rounded by the rule; what would pass the limit goes down instead. Raises Refused if nothing is left."""
    step = Fraction(rounding.step.exact)
    steps = number / step
    whole = floor(steps) if rounding.way == "down" else ceil(steps) if rounding.way == "up" else floor(steps + Fraction(1, 2))
    if most is not None and whole * step > most:
        whole = floor(most / step)
    if whole < 1:
        raise Refused("is rounded to nothing for one of the weights; begin with a higher weight")
    return whole * step


def _inside(regimen: Regimen, weight: int, vocabulary: Vocabulary) -> None:
    group, name = regimen.group, "body weight"
    if any(name in dict(each) for each in group.criteria):
        said = plainly(group.any_of(vocabulary))
        raise Refused(f"holds for '{said}', which the body weight alone does not tell; delete the call")
    band = group.band(name)
    if band is None:
        return
    low, high = band.ends(vocabulary)
    weighed = in_smallest(Decimal(weight), "kg", vocabulary)[1]
    below = low is not None and (weighed < low[0] or (weighed == low[0] and not low[1]))
    above = high is not None and (weighed > high[0] or (weighed == high[0] and not high[1]))
    if below or above:
        said = plainly(band.written(vocabulary))
        raise Refused(f"holds for body weight {said}, and {weight} kg lies outside; show the weights that it holds for")


def weighing(regimen: Regimen, strength: Strength | None, vocabulary: Vocabulary) -> Weighing:
    """The regimen made ready to be computed by body weight.

    Raises Refused, in words that follow the name of the fact, if it is not one dose by weight or if a limit can't be compared.
    """
    course = _only_step(regimen)
    amount = course.amount
    if regimen.medicine:
        raise Refused(f"is the dose of {regimen.medicine}, and a table by weight shows one of this medicine; delete the call")
    if isinstance(amount, SEVERAL):
        raise Refused("gives a combination of several parts, and a table by weight shows one; delete the call")
    if not isinstance(amount, (Amount, Range)):
        raise Refused("gives no amount by body weight; write the table by hand of facts, or a regimen in mg/kg")
    if course.weight:
        raise Refused(f"is reckoned by {vocabulary.lists.weights[course.weight].word}, which the body weight alone does not give")
    unit, daily = unit_without_day(amount.unit)
    of, stroke, by = unit.partition("/")
    if not stroke or by != "kg":
        raise Refused(f"is in {amount.unit}, and a table by weight needs an amount for each kg, as in mg/kg")
    if isinstance(amount, Amount) and amount.bound:
        raise Refused(f"says '{amount.bound}', which is no exact dose; no table can be computed")
    rounding = regimen.rounding
    if rounding and rounding.step.unit not in (of, strength.each.unit if strength else of):
        raise Refused(f"is rounded in {rounding.step.unit}, and the table counts in {of}; name a strength in that unit")
    low, high = (amount.low, amount.high) if isinstance(amount, Range) else (amount.exact, amount.exact)
    per_dose, per_day = [], []
    for limit in regimen.maximum:
        found = _in_unit(limit, of, vocabulary)
        if limit.period == "dose":
            per_dose.append(found)
        elif limit.period in A_DAY:
            per_day.append(found)
        elif not course.once:
            said = plainly(limit.written(vocabulary))
            raise Refused(f"has the maximum '{said}', which a table of single doses can't respect; delete the call")
        else:
            per_dose.append(found)
    often = Fraction(1) if course.once else _often(course, vocabulary)
    in_day = often if often is None or course.doses is None else min(often, Fraction(course.doses))
    limits = tuple(per_dose), tuple(per_day)
    return Weighing(of, Fraction(low), Fraction(high), daily, often, in_day, left_open(course), *limits, regimen, strength)


def _only_step(regimen: Regimen) -> Course:
    if regimen.withheld:
        raise Refused("gives no dose; a table by weight shows a regimen in mg/kg")
    if len(regimen.steps) > 1:
        raise Refused(f"has {len(regimen.steps)} steps, and a table by weight shows one; delete the call")
    if regimen.steps[0].instead:
        raise Refused("gives another dose with 'or', and a table by weight shows one; delete the call")
    return regimen.steps[0]


def _often(course: Course, vocabulary: Vocabulary) -> Fraction | None:
    """How many doses a day, if that is one number."""
    if course.divided == UNSAID:
        return None
    if course.divided:
        return Fraction(lowest(course.divided)) if lowest(course.divided) == highest(course.divided) else None
    often = a_day(course, vocabulary)
    if left_open(course):
        return None if often is None else Fraction(floor(often))  # nobody may take the next dose before its time
    whole = often is not None and often.denominator == 1  # of every 18 hours a day can hold one dose or two
    return often if whole and not isinstance(course.every, Range) and " to " not in course.times else None


def _one_number(course: Course, vocabulary: Vocabulary) -> None:
    """Raises Refused if the step says how often, but not as one number of doses a day."""
    if course.every or " to " in course.divided:
        said = plainly(course.said(vocabulary))
        raise Refused(f"says '{said}', and a table needs a single number of doses a day; write a fact for each number, as in 'divided: 2'")


def _in_unit(limit: Limit, unit: str, vocabulary: Vocabulary) -> tuple[Fraction, bool]:
    """The limit in the unit of the dose, and whether it is for each kg."""
    if isinstance(limit.amount, Combination):
        raise Refused("has a maximum of several parts, and a table by weight needs a limit of one; delete the call")
    base, stroke, by = limit.amount.unit.partition("/")
    kind, most = in_smallest(limit.amount.exact, base, vocabulary)
    of, one = in_smallest(Decimal(1), unit, vocabulary)
    if kind != of or by not in ("", "kg"):
        said = plainly(limit.written(vocabulary))
        raise Refused(f"has the maximum '{said}', which can't be compared with a dose in {unit}; write it in {unit}")
    return Fraction(most) / Fraction(one), bool(stroke)


def reached(ready: Weighing, vocabulary: Vocabulary) -> Fraction | None:
    """The body weight in kg from which a limit holds the highest dose down; None if none does."""
    each = ready.high / ready.often if ready.daily and ready.often else ready.high
    # A limit for each kg never lies below the dose for each kg, since no such regimen is read.
    limits = ready.per_dose if ready.left_open else ready.limits(vocabulary)
    flat = [limit for limit, by_weight in limits if not by_weight]
    return min(flat) / each if flat else None
