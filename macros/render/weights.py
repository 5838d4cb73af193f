"""Doses of a regimen by body weight, as a table that names every limit and shows where it holds the dose down."""

from collections.abc import Sequence
from fractions import Fraction

from macros.finding import Refused
from macros.formulary import dosing, words
from macros.formulary.doses import Strength
from macros.formulary.model import Fact
from macros.formulary.regimens import Regimen
from macros.formulary.weighing import Portion, Weighing, reached, weighing
from macros.render.choosing import whole_numbers
from macros.render.desk import Desk
from macros.render.doses import BODY_WEIGHT, COMPUTED, of_approved_uses
from macros.render.markup import citations, computed, marks, place, plain_condition
from macros.render.safe import Safe, joined
from macros.render.tables import Row, table

_DIGITS = 3  # after the point; what has more is no dose that anybody measures


def dose_by_weight(desk: Desk, id: str, first: int, last: int, step: int, *strengths: str, caption: str) -> Safe:
    """`dose_by_weight("dose/child", 10, 40, 5, "dose/suspension", caption="…")` – a regimen's dose by body weight in kg.

    Each strength has a column of its own. Raises Refused if it is no regimen by weight, if a part is missing or a limit can't be
    compared, if a figure has no end, or if the strengths lead to different doses.
    """
    fact, of = desk.fact(id), [desk.fact(each) for each in strengths]
    if not isinstance(fact.value, Regimen):
        raise Refused(f"'{id}' is no regimen, so no dose can be computed from it; write it as 'regimen:'")
    held = [each.value for each in of if isinstance(each.value, Strength)]
    if other := next((name for name, each in zip(strengths, of, strict=True) if not isinstance(each.value, Strength)), None):
        raise Refused(f"'{other}' is no strength; write it as 'strength: 250 mg in 5 mL'")
    of_approved_uses(desk, (fact, *of))
    kilograms = whole_numbers(first, last, step, 1, dosing.HEAVIEST, "kg")
    try:
        ready = [weighing(fact.value, each, desk.vocabulary) for each in held or (None,)]
        rows = [Row(_cells([each.portion(weight, desk.vocabulary) for each in ready]), COMPUTED) for weight in kilograms]
    except Refused as refused:
        raise Refused(f"'{id}' {refused}") from None
    below = joined("Computed from:", f"{fact.title},", place(desk, fact), marks(desk, fact), citations(desk, [fact, *of]))
    most = computed("dose-table", f"({_limits(desk, fact, fact.value, ready[0])})")
    return table(caption, _head(ready[0], held, desk), rows, "doses", computed=most) + Safe('<p class="source">{}</p>\n').format(
        computed("dose-table", below)
    )


def _limits(desk: Desk, fact: Fact, regimen: Regimen, ready: Weighing) -> str:
    """For whom it is, the whole dose with rounding and maximum, its condition, and the weight from which the maximum holds it down."""
    said = joined(regimen.written(desk.vocabulary), plain_condition(desk, fact))
    if not regimen.maximum:
        return f"{said}; the source names no maximum"
    holds = reached(ready, desk.vocabulary)
    return said + (f", reached at {dosing.plain(holds)}{words.NO_BREAK}kg" if holds is not None else "")


def _head(ready: Weighing, held: Sequence[Strength], desk: Desk) -> list[str]:
    head = [BODY_WEIGHT, f"Each dose ({ready.unit})"]
    if ready.tells_day:
        head.append(f"{'At most in a day' if ready.left_open else 'In a day'} ({ready.unit})")
    for each in held:
        measured = f"{desk.vocabulary.plural_unit(each.each.unit)} of {each.written(desk.vocabulary)}"
        head.append(computed("dose-table", f"Each dose ({measured})"))
    return head


def _cells(portions: Sequence[Portion]) -> Sequence[str]:
    """What a body weight needs, and how much of each strength that is. Raises Refused if one strength can't give what another does."""
    portion = portions[0]
    if any((each.low, each.high) != (portion.low, portion.high) for each in portions):
        raise Refused("is rounded to another dose with each strength; write a table for each of them")
    cells = [str(portion.weight), _span((portion.low, portion.high)) + (" (maximum)" if portion.capped else "")]
    if portion.day is not None:
        cells.append(_span(portion.day) + (" (maximum)" if portion.day_capped else ""))
    return [*cells, *(_span(each.taken) for each in portions if each.taken is not None)]


def _span(ends: tuple[Fraction, Fraction]) -> str:
    low, high = (_exact(each) for each in ends)
    return low if low == high else f"{low}–{high}"


def _exact(number: Fraction) -> str:
    """The number in digits. Raises Refused if they don't end soon, since no rule says how to round it."""
    if (number * 10**_DIGITS).denominator != 1:
        raise Refused("gives a figure that has to be rounded, and no rule of the label says how; write 'rounding:', or other weights")
    return dosing.plain(number)
