"""Doses computed from facts: tables by weight or by weight and height, one weight in words, the rates of an infusion to fill in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from macros.finding import Refused
from macros.formulary import words
from macros.formulary.dosing import PARTS, STATED, STEPPED, DoseRules, Infusion, Part, clock, hours_and_minutes, plain, read_from
from macros.formulary.model import Fact
from macros.render.desk import Desk
from macros.render.markup import attributes, capitalized, citations, computed, condition, involved, places
from macros.render.safe import Safe, escape, joined
from macros.render.tables import Row, table

COMPUTED = Safe('data-computed="dose-table"')
BODY_WEIGHT = "Body weight (kg)"  # the head of the first column of a table by weight
_NOT_COMPUTED = Safe('<span class="nothing">not computed</span>')
# A sheet of paper holds a row for each kilogram in so many blocks beside one another.
_BLOCKS = 3


@dataclass(frozen=True)
class _Column:
    """A column of a table by weight: what it is called, what it counts, and what stands in it."""

    name: str
    unit: str
    cells: Sequence[str]

    @property
    def head(self) -> str:
        """The head of a wide column: what it is called, with its unit."""
        return capitalized(self.name if self.unit == self.name else f"{self.name} ({self.unit})")

    @property
    def meant(self) -> str:
        """What the head of a narrow column, which is the unit alone, means."""
        return self.unit if self.unit == self.name else f"{self.unit}: {self.name}"


def by_weight(desk: Desk, rules: DoseRules, weights: Sequence[int], facts: Sequence[Fact], caption: str) -> Safe:
    """Weight, volume, and vials and shortest infusion time where they can be computed.

    Raises Refused if the dose depends on the height, if a rate takes too many steps, or if the caption is empty.
    """
    columns = _by_weight(rules, weights)
    return table(caption, [column.head for column in columns], _rows(columns, weights), "doses") + _rests_on(desk, facts)


def to_check(desk: Desk, rules: DoseRules, weights: Sequence[int], facts: Sequence[Fact], caption: str) -> Safe:
    """The same in blocks that stand beside one another on paper, below the caption and what their short heads mean.

    Raises Refused if the dose depends on the height, if a rate takes too many steps, or if the caption is empty.
    """
    if not caption.strip():
        raise Refused("the caption is empty; write in a few words what the table shows")
    columns = _by_weight(rules, weights)
    rows = _rows(columns, weights)
    units = [column.unit for column in columns]
    head = Safe().join(Safe('<th scope="col">{}</th>').format(unit) for unit in units)
    long = ceil(len(rows) / _BLOCKS)
    # As running text each cell would run into the next; search_sections reads it row by row.
    block = Safe(
        '<table class="facts doses" data-unsearched>\n<caption>{}</caption>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n'
    )
    blocks = Safe().join(
        block.format(computed("dose-table", f"{weights[start]} to {weights[start:][:long][-1]}{words.NO_BREAK}kg"), head, body)
        for start in range(0, len(rows), long)
        if (body := Safe().join(row.html(units) for row in rows[start : start + long]))
    )
    meant = "; ".join(column.meant for column in columns)
    return Safe('\n<p class="heads"><strong>{}.</strong> {}</p>\n<div class="blocks">\n{}</div>\n').format(
        caption, computed("dose-table", f"{meant}."), blocks
    ) + _rests_on(desk, facts)


def _by_weight(rules: DoseRules, weights: Sequence[int]) -> list[_Column]:
    infusions = [rules.infusion(weight) for weight in weights]
    columns = [
        _Column("body weight", "kg", [str(infusion.weight) for infusion in infusions]),
        _Column(volume_name(rules), "mL", [_volume(infusion) for infusion in infusions]),
    ]
    if any(infusion.vials is not None for infusion in infusions):
        columns.append(_Column("vials", "vials", [number(infusion.vials) for infusion in infusions]))
    if any(infusion.minutes is not None for infusion in infusions):
        times = [_NOT_COMPUTED if infusion.minutes is None else escape(clock(infusion.minutes)) for infusion in infusions]
        columns.append(_Column("shortest infusion time, rounded up", "h:min", times))
    return columns


def _volume(infusion: Infusion) -> str:
    """The volume, with the word that the regimen's maximum holds it down."""
    return plain(infusion.volume) + (" (maximum)" if infusion.capped else "")


def _rows(columns: Sequence[_Column], weights: Sequence[int]) -> list[Row]:
    lines = zip(*(column.cells for column in columns), strict=True)
    return [Row(cells, joined(Safe('id="{}"').format(row_id(weight)), COMPUTED)) for weight, cells in zip(weights, lines, strict=True)]


def steps(desk: Desk, rules: DoseRules, facts: Sequence[Fact], caption: str) -> Safe:
    """The rates from the first to the highest, a row each, with room for the clock times and the volume given at each.

    Raises Refused if the rate never rises or is not known, if it takes too many steps, or if the caption is empty.
    """
    if rules.rates is None or not rules.rates.steps:
        raise Refused("there are no rates that rise; write the times to fill in with fields()")
    gap = words.NO_BREAK
    told = {part: fact for fact in facts for part in Part if fact.short_id == f"dose/{part}"}
    cites = citations(desk, told.values())
    start, step, interval, highest = (told[part] for part in STEPPED)
    rise, where = condition(desk, step), places(desk, start)
    rows = [
        (f"{plain(leg.rate)}{gap}mL/min", f"{plain(leg.minutes)}{gap}min, {plain(leg.volume)}{gap}mL") for leg in rules.rates.climb()
    ] + [(f"{plain(rules.rates.fastest)}{gap}mL/min", "highest rate, to the end")]
    lines = []
    for before, (rate, until) in enumerate(rows):
        # Each fact bears its name where it first counts: no page says one twice.
        by = [start] * (before == 0) + [step] * (before == 1) + [highest] * (before == len(rows) - 1)
        said = joined(_resting(rate, by), rise if before else Safe(), cites)
        lines.append(Row([said, _resting(until, [interval] * (before == 0)), "", "", ""]))
    blank = Row(["Other rate (mL/min):", "", "", "", ""])  # where a step is not tolerated
    head = (f"Rate ({where})", "Before the next step", "Started at", "Changed at", "Given at this rate (mL)")
    return table(caption, head, [*lines, blank], "worksheet steps")


def _resting(text: str, facts: Iterable[Fact]) -> Safe:
    """A rate or a time of a step inside the facts that it rests on."""
    said = computed("rate", text)
    for fact in facts:
        said = Safe("<span {}>{}</span>").format(attributes(fact), said)
    return said


def by_height(desk: Desk, rules: DoseRules, weights: Sequence[int], heights: Sequence[int], facts: Sequence[Fact], caption: str) -> Safe:
    """Volume in mL by weight in kg and height in cm; where the height limits the weight that counts, that weight stands beside it.

    Raises Refused if a rate takes too many steps, or if the caption is empty.
    """
    head = [BODY_WEIGHT, *(computed("dose-table", f"Height {height}{words.NO_BREAK}cm: volume (mL)") for height in heights)]
    rows = []
    for weight in weights:
        cells = [str(weight)]
        for height in heights:
            infusion = rules.infusion(weight, height)
            limited = f" (for {plain(infusion.dose_weight)}{words.NO_BREAK}kg)" if infusion.dose_weight < weight else ""
            cells.append(plain(infusion.volume) + limited)
        rows.append(Row(cells, COMPUTED))
    return table(caption, head, rows, "by-height") + _rests_on(desk, facts)


def example(desk: Desk, infusion: Infusion, rules: DoseRules, facts: Sequence[Fact]) -> Safe:
    """One infusion worked out in words, as far as it can be computed."""
    gap = words.NO_BREAK
    parts = [
        f"Example: a patient who weighs {infusion.weight}{gap}kg.",
        f"Volume: {infusion.weight}{gap}kg × {plain(rules.volume_per_kg)}{gap}mL/kg"
        f" = {plain(rules.volume_per_kg * infusion.dose_weight)}{gap}mL.",
    ]
    if infusion.capped:
        parts.append(f"The maximum is {plain(infusion.volume)}{gap}mL, so no more than that is given.")
    if rules.vial and infusion.vials is not None:
        exact = infusion.volume / rules.vial
        rounded = "" if exact == infusion.vials else f", rounded up to {infusion.vials}"
        parts.append(f"Vials: {plain(infusion.volume)}{gap}mL ÷ {plain(rules.vial)}{gap}mL = {plain(exact)}{rounded}{gap}vials.")
    if infusion.legs is not None and infusion.minutes is not None:
        legs = words.listed(
            [f"{plain(leg.minutes)}{gap}min at {plain(leg.rate)}{gap}mL/min ({plain(leg.volume)}{gap}mL)" for leg in infusion.legs]
        )
        hours, minutes = hours_and_minutes(infusion.minutes)
        rounded = "" if infusion.minutes.denominator == 1 else " (rounded up)"
        parts.append(f"Shortest infusion, if every step is tolerated: {legs}; {hours}{gap}h {minutes}{gap}min in all{rounded}.")
    else:
        parts.append("No infusion time is computed, since not all figures for it are known here.")
    return Safe('\n<p class="example">{} {}</p>\n').format(computed("dose-example", " ".join(parts)), citations(desk, facts))


def volume_name(rules: DoseRules | None) -> str:
    """What the volume by weight is called; what is diluted has another volume afterwards."""
    return "volume before dilution" if rules and rules.diluted else "volume"


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
    of_approved_uses(desk, found)
    return found


def of_approved_uses(desk: Desk, facts: Iterable[Fact]) -> None:
    """Raises Refused if a fact is of a use that no authority approved, so that no dose is computed from it."""
    for fact in facts:
        if fact.use and not desk.vocabulary.statuses[fact.use].authorized:
            raise Refused(f"'{fact.id}' is {fact.use}, so no dose may be computed from it; delete the call")


def _rests_on(desk: Desk, facts: Sequence[Fact]) -> Safe:
    return Safe('<p class="source">Computed from the figures above. Source of the figures: {}</p>\n').format(citations(desk, facts))
