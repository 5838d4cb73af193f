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
from macros.render.doses import COMPUTED, of_approved_uses
from macros.render.markup import citations, computed, marks, place, plain_condition
from macros.render.safe import Safe, joined
from macros.render.tables import Row, table

_DIGITS = 3  # after the point; what has more is no dose that anybody measures


def dose_by_weight(desk: Desk, id: str, first: int, last: int, step: int, caption: str, strength: str = "") -> Safe:
    """`dose_by_weight("dose/child", 10, 40, 5, caption="…", strength="dose/suspension")` – a regimen's dose by body weight in kg.

    Raises Refused if it is no regimen by weight, if a part is missing or a limit can't be compared, or if a figure has no end.
    """
    fact, of = desk.fact(id), desk.fact(strength) if strength else None
    if not isinstance(fact.value, Regimen):
        raise Refused(f"'{id}' is no regimen, so no dose can be computed from it; write it as 'regimen:'")
    if of and not isinstance(of.value, Strength):
        raise Refused(f"'{strength}' is no strength; write it as 'strength: 250 mg in 5 mL'")
    of_approved_uses(desk, filter(None, (fact, of)))
    kilograms = whole_numbers(first, last, step, 1, dosing.HEAVIEST, "kg")
    held = of.value if of and isinstance(of.value, Strength) else None
    try:
        ready = weighing(fact.value, held, desk.vocabulary)
        portions = [ready.portion(weight, desk.vocabulary) for weight in kilograms]
        rows = [Row(_cells(portion), COMPUTED) for portion in portions]
    except Refused as refused:
        raise Refused(f"'{id}' {refused}") from None
    source = citations(desk, [each for each in (fact, of) if each])
    below = joined("Computed from:", f"{fact.title},", place(desk, fact), marks(desk, fact), source)
    most = computed("dose-table", f"({_limits(desk, fact, fact.value, ready)})")
    return table(caption, _head(ready, held, desk), rows, "doses", computed=most) + Safe('<p class="source">{}</p>\n').format(
        computed("dose-table", below)
    )


def _limits(desk: Desk, fact: Fact, regimen: Regimen, ready: Weighing) -> str:
    """For whom it is, the whole dose with rounding and maximum, its condition, and the weight from which the maximum holds it down."""
    said = joined(regimen.written(desk.vocabulary), plain_condition(desk, fact))
    if not regimen.maximum:
        return f"{said}; the source names no maximum"
    holds = reached(ready, desk.vocabulary)
    return said + (f", reached at {dosing.plain(holds)}{words.NO_BREAK}kg" if holds is not None else "")


def _head(ready: Weighing, held: Strength | None, desk: Desk) -> list[str]:
    head = ["Body weight (kg)", f"Each dose ({ready.unit})"]
    if ready.tells_day:
        head.append(f"{'At most in a day' if ready.left_open else 'In a day'} ({ready.unit})")
    if held:
        unit = held.each.unit
        head.append(computed("dose-table", f"Each dose ({desk.vocabulary.plural_unit(unit)} of {held.written(desk.vocabulary)})"))
    return head


def _cells(portion: Portion) -> Sequence[str]:
    cells = [str(portion.weight), _span((portion.low, portion.high)) + (" (maximum)" if portion.capped else "")]
    if portion.day is not None:
        cells.append(_span(portion.day) + (" (maximum)" if portion.day_capped else ""))
    if portion.taken is not None:
        cells.append(_span(portion.taken))
    return cells


def _span(ends: tuple[Fraction, Fraction]) -> str:
    low, high = (_exact(each) for each in ends)
    return low if low == high else f"{low}–{high}"


def _exact(number: Fraction) -> str:
    """The number in digits. Raises Refused if they don't end soon, since no rule says how to round it."""
    if (number * 10**_DIGITS).denominator != 1:
        raise Refused("gives a figure that has to be rounded, and no rule of the label says how; write 'rounding:', or other weights")
    return dosing.plain(number)
