"""What a source's rule says to an example: its thresholds compared, one by one, with the figures of the example."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from macros.finding import Refused
from macros.formulary.checklist import Given
from macros.formulary.model import Fact
from macros.formulary.quantities import Amount
from macros.formulary.timing import DAYS
from macros.formulary.values import Gap


class Verdict(Enum):
    """Whether a rule applies to an example, in words for readers."""

    APPLIES = "The rule applies."
    NOT_REACHED = "The rule does not apply: no threshold that it names is reached."
    NOT_COVERED = "The rule does not cover this: it speaks of an earlier time."
    OPEN = "Can't be decided from the figures of the example."
    NO_FIGURE = "The rule names no threshold."
    NOT_READ = "Check the label first."


@dataclass(frozen=True, slots=True)
class Compared:
    """A threshold beside the figure of the example in the same measure; `holds` is None where the example gives none."""

    threshold: Fact
    given: Given | None
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What follows for an example, and from which comparisons."""

    verdict: Verdict
    compared: tuple[Compared, ...] = ()


def judged(given: Sequence[Given], rule: Fact, any_of: Sequence[Fact], within: Sequence[Fact]) -> Judged:
    """Whether the rule applies: in each time that it speaks of, and at least at one threshold.

    Raises Refused if a threshold is no figure that can be compared.
    """
    if isinstance(rule.value, Gap):
        return Judged(Verdict.NOT_READ)
    times = tuple(_compared(each, given, latest=True) for each in within)
    found = tuple(_compared(each, given) for each in any_of)
    whole = (*times, *found)
    if any(each.holds is False for each in times):
        return Judged(Verdict.NOT_COVERED, whole)
    if not found:
        return Judged(Verdict.NO_FIGURE, whole)
    reached = [each.holds for each in found]
    if True in reached and not any(each.holds is None for each in times):
        return Judged(Verdict.APPLIES, whole)
    return Judged(Verdict.OPEN if None in reached or True in reached else Verdict.NOT_REACHED, whole)


def _compared(threshold: Fact, given: Sequence[Given], latest: bool = False) -> Compared:
    limit = threshold.value
    if not isinstance(limit, Amount):
        raise Refused(f"'{threshold.short_id}' is no amount, so nothing can be compared with it; name one that is")
    same = next((each for each in given if _measure(each.amount) == _measure(limit)), None)
    return Compared(threshold, same, _holds(_size(same.amount), limit, latest) if same else None)


def _holds(figure: Fraction, limit: Amount, latest: bool) -> bool:
    """Whether the figure reaches the threshold by its bound, or by none that far; of the latest time, whether it is no later."""
    edge = _size(limit)
    if latest:
        return figure < edge if limit.bound in ("<", "below", "less than") else figure <= edge
    if limit.bound in (">", "above", "more than"):
        return figure > edge
    if limit.bound in ("<", "below", "less than"):
        return figure < edge
    if limit.bound in ("≤", "at or below", "at most", "up to"):
        return figure <= edge
    if limit.bound == "about":
        raise Refused("is an amount that is only about so much, with which nothing can be compared")
    return figure >= edge


def _measure(amount: Amount) -> str:
    return "time" if amount.unit in DAYS else amount.unit


def _size(amount: Amount) -> Fraction:
    exact: Decimal = amount.exact
    return Fraction(exact) * DAYS.get(amount.unit, Fraction(1))
