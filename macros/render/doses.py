"""Doses computed from facts, as tables by weight or by weight and height, and worked out in words for one weight."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from macros.finding import Refused
from macros.formulary import words
from macros.formulary.dosing import PARTS, STATED, DoseRules, Infusion, plain, read_from
from macros.formulary.model import Fact
from macros.render.desk import Desk
from macros.render.markup import citations, computed, involved
from macros.render.safe import Safe, escape, joined
from macros.render.tables import Row, table

_COMPUTED = Safe('data-computed="dose-table"')
_NOT_COMPUTED = Safe('<span class="nothing">not computed</span>')


def by_weight(desk: Desk, rules: DoseRules, weights: Sequence[int], facts: Sequence[Fact], caption: str, check: bool) -> Safe:
    """Weight, volume, and vials and shortest infusion time where they can be computed; `check` adds room for two people's initials.

    Raises Refused if the dose depends on the height, if a rate takes too many steps, or if the caption is empty.
    """
    infusions = [rules.infusion(weight) for weight in weights]
    columns = [
        ("Body weight (kg)", [str(infusion.weight) for infusion in infusions]),
        ("Volume before dilution (mL)" if rules.diluted else "Volume (mL)", [plain(infusion.volume) for infusion in infusions]),
    ]
    if any(infusion.vials is not None for infusion in infusions):
        columns.append(("Vials", [number(infusion.vials) for infusion in infusions]))
    if any(infusion.minutes is not None for infusion in infusions):
        columns.append(("Shortest infusion time (min)", [number(infusion.minutes) for infusion in infusions]))
    if check:
        columns += [(name, [""] * len(infusions)) for name in ("Calculated by", "Checked by")]
    lines = zip(*(cells for _, cells in columns), strict=True)
    rows = [
        Row(cells, joined(Safe('id="{}"').format(row_id(infusion.weight)), _COMPUTED))
        for infusion, cells in zip(infusions, lines, strict=True)
    ]
    return table(caption, [name for name, _ in columns], rows, "doses") + _rests_on(desk, facts)


def by_height(desk: Desk, rules: DoseRules, weights: Sequence[int], heights: Sequence[int], facts: Sequence[Fact], caption: str) -> Safe:
    """Volume in mL by weight in kg and height in cm; where the height limits the weight that counts, that weight stands beside it.

    Raises Refused if a rate takes too many steps, or if the caption is empty.
    """
    head = ["Body weight (kg)", *(computed("dose-table", f"Height {height}{words.NO_BREAK}cm: volume (mL)") for height in heights)]
    rows = []
    for weight in weights:
        cells = [str(weight)]
        for height in heights:
            infusion = rules.infusion(weight, height)
            limited = f" (for {plain(infusion.dose_weight)}{words.NO_BREAK}kg)" if infusion.dose_weight < weight else ""
            cells.append(plain(infusion.volume) + limited)
        rows.append(Row(cells, _COMPUTED))
    return table(caption, head, rows, "by-height") + _rests_on(desk, facts)


def example(desk: Desk, infusion: Infusion, rules: DoseRules, facts: Sequence[Fact]) -> Safe:
    """One infusion worked out in words, as far as it can be computed."""
    gap = words.NO_BREAK
    parts = [
        f"Example: a patient who weighs {infusion.weight}{gap}kg.",
        f"Volume: {infusion.weight}{gap}kg × {plain(rules.volume_per_kg)}{gap}mL/kg = {plain(infusion.volume)}{gap}mL.",
    ]
    if rules.vial and infusion.vials is not None:
        exact = infusion.volume / rules.vial
        rounded = "" if exact == infusion.vials else f", rounded up to {infusion.vials}"
        parts.append(f"Vials: {plain(infusion.volume)}{gap}mL ÷ {plain(rules.vial)}{gap}mL = {plain(exact)}{rounded}{gap}vials.")
    if infusion.legs is not None and infusion.minutes is not None:
        legs = words.listed(
            [f"{plain(leg.minutes)}{gap}min at {plain(leg.rate)}{gap}mL/min ({plain(leg.volume)}{gap}mL)" for leg in infusion.legs]
        )
        parts.append(f"Shortest infusion, if every step is tolerated: {legs}; {plain(infusion.minutes)}{gap}min in all.")
    else:
        parts.append("No infusion time is computed, since not all figures for it are known here.")
    return Safe('\n<p class="example">{} {}</p>\n').format(computed("dose-example", " ".join(parts)), citations(desk, facts))


def number(value: Fraction | int | None) -> Safe:
    """The number in digits, or, for None, the words that it can't be computed."""
    return _NOT_COMPUTED if value is None else escape(plain(Fraction(value)))


def row_id(weight: int) -> str:
    """The id of a weight's row, in kg, in a dose table."""
    return f"kg-{weight}"


def facts_for(desk: Desk, slug: str, names: Iterable[str] = (*PARTS, *STATED)) -> list[Fact]:
    """Those of the named dose facts of the medicine that a dose is computed from, with the facts that their texts refer to.

    Raises Refused if one is of a use that no authority approved.
    """
    own = desk.formulary.monographs[slug].facts
    found = [each for short in read_from(own, slug, names) for each in involved(desk, desk.fact(short, slug))]
    for each in found:
        if each.use and not desk.vocabulary.statuses[each.use].authorized:
            raise Refused(f"'{each.id}' is {each.use}, so no dose may be computed from it; delete the call")
    return found


def _rests_on(desk: Desk, facts: Sequence[Fact]) -> Safe:
    return Safe('<p class="source">Computed from the figures above. Source of the figures: {}</p>\n').format(citations(desk, facts))
