"""Facts as tables: one layout for results, one for trials, one for events, one for jurisdictions side by side."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from macros.finding import Refused
from macros.formulary import words
from macros.formulary.dosing import PARTS, STATED, DoseRules, Infusion, plain, read_from
from macros.formulary.model import Fact, Outcome, Trial
from macros.formulary.values import Day, Gap
from macros.render.markup import (
    Desk,
    attributes,
    bare_value,
    certainty,
    citations,
    computed,
    condition,
    context,
    escape,
    involved,
    joined,
    marks,
    note,
    participants,
    value,
    weakness,
    where,
    whole_context,
)

NOTHING = '<span class="nothing">not read</span>'

Row = tuple[str, list[str]]


def table(caption: str, head: Sequence[str], rows: Sequence[Row], kind: str) -> str:
    """An HTML table that scrolls inside itself; a row is its attributes and its cells, the first of them its name."""
    names = "".join(f'<th scope="col">{name}</th>' for name in head)
    body = "".join(
        f'<tr{" " + extra if extra else ""}><th scope="row">{cells[0]}</th>' + "".join(f"<td>{cell}</td>" for cell in cells[1:]) + "</tr>\n"
        for extra, cells in rows
    )
    if not caption.strip():
        raise Refused("the caption is empty; write in a few words what the table shows")
    # The search of the theme would run each cell into the next: "year 1" and "42.9 %". search_index gives it the rows.
    scrolled = f'<div class="table-scroll {kind}" tabindex="0" role="group" aria-label="{escape(caption)}">'
    return (
        f'\n{scrolled}\n<table class="facts {kind}" data-search-exclude>\n<caption>{escape(caption)}</caption>\n'
        f"<thead><tr>{names}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n</div>\n"
    )


def of_facts(desk: Desk, facts: Sequence[Fact], caption: str) -> str:
    """The facts one a row, in the layout of their kind."""
    if all(isinstance(fact, Outcome) for fact in facts):
        return table(caption, ("Result", "In whom, and when", "Value", "Where", "Source"), _outcomes(desk, facts), "results")
    trials = [fact for fact in facts if isinstance(fact, Trial) and fact.name]
    if len(trials) == len(facts):
        return table(caption, ("Trial", "Registry number", "Phase and design", "Source"), _trials(desk, trials), "trials")
    rows = [(attributes(fact), [escape(fact.title), _value(desk, fact), where(desk, fact), citations(desk, [fact])]) for fact in facts]
    return table(caption, ("What", "Value", "Where", "Source"), rows, "plain")


def by_jurisdiction(desk: Desk, facts: Sequence[Fact], caption: str) -> str:
    """Facts of the same title in one row, a column for each jurisdiction."""
    if nowhere := [fact.short_id for fact in facts if not fact.jurisdictions]:
        raise Refused(f"'{nowhere[0]}' names no jurisdiction, so it has no column; leave by=\"jurisdiction\" out")
    places = list(dict.fromkeys(place for fact in facts for place in fact.jurisdictions))
    known = desk.vocabulary.lists.jurisdictions
    columns = {known[place].word: [fact for fact in facts if place in fact.jurisdictions] for place in places}
    return _side_by_side(desk, facts, columns, caption)


def by_evidence(desk: Desk, facts: Sequence[Fact], caption: str) -> str:
    """Facts of the same title in one row: what label or regulator say beside what is not the label."""
    columns = {
        "label or regulator": [fact for fact in facts if desk.formulary.is_official(fact)],
        "other than the label": [fact for fact in facts if not desk.formulary.is_official(fact)],
    }
    return _side_by_side(desk, facts, columns, caption)


def _side_by_side(desk: Desk, facts: Sequence[Fact], columns: Mapping[str, Sequence[Fact]], caption: str) -> str:
    rows = []
    for title in dict.fromkeys(fact.title for fact in facts):
        cells = [escape(title)]
        for column in columns.values():
            found = [cell(desk, fact) for fact in column if fact.title == title]
            cells.append("".join(found) or NOTHING)
        rows.append(("", cells))
    head = ["What", *(escape(name[0].upper() + name[1:]) for name in columns)]
    return table(caption, head, rows, "side-by-side")


def timeline(desk: Desk, facts: Sequence[Fact], caption: str) -> str:
    """Events from the earliest to the latest; of those without a day an authorization comes first, the others at the end."""

    def when(fact: Fact) -> date:
        if isinstance(fact.value, Day):
            return fact.value.earliest
        event = desk.formulary.event(fact)
        return date.min if event and event.effect == "granted" else date.max

    rows = []
    for fact in sorted(facts, key=when):
        event = desk.formulary.event(fact)
        what = joined(escape(event.word if event else fact.title), condition(desk, fact), note(desk, fact), marks(desk, fact))
        gap = isinstance(fact.value, Gap)  # it is no day, so it says beside the event what is not known of it
        day, told = ("no day", bare_value(desk, fact)) if gap else (bare_value(desk, fact), "")
        rows.append((attributes(fact), [day, where(desk, fact), joined(what, told), citations(desk, [fact])]))
    return table(caption, ("When", "Where", "What", "Source"), rows, "timeline")


def doses(desk: Desk, rules: DoseRules, weights: Sequence[int], facts: Sequence[Fact], caption: str, check: bool) -> str:
    """Weight, volume, and vials and shortest infusion time where they can be computed; `check` adds room for two people's initials."""
    infusions = [rules.infusion(weight) for weight in weights]
    head = ["Body weight (kg)", "Volume before dilution (mL)" if rules.diluted else "Volume (mL)"]
    vials, timed = (any(figure is not None for figure in each) for each in zip(*((i.vials, i.minutes) for i in infusions), strict=True))
    head += ["Vials"] * vials + ["Shortest infusion time (min)"] * timed
    rows = []
    for infusion in infusions:
        cells = [str(infusion.weight), plain(infusion.volume)]
        cells += [figured(infusion.vials)] * vials + [figured(infusion.minutes)] * timed
        rows.append((f'id="{row_id(infusion.weight)}" data-computed="dose-table"', cells + ["", ""] * check))
    head += ["Calculated by", "Checked by"] * check
    return table(caption, head, rows, "doses") + _rests_on(desk, facts)


def dose_facts(desk: Desk, slug: str, names: Iterable[str] = (*PARTS, *STATED)) -> list[Fact]:
    """The facts of these names that a dose of the medicine is computed from, which must be of a use that is authorized."""
    own = desk.formulary.monographs[slug].facts
    found = [each for short in read_from(own, slug, names) for each in involved(desk, desk.fact(short, slug))]
    for each in found:
        if each.use and not desk.vocabulary.statuses[each.use].authorized:
            raise Refused(f"'{each.id}' is {each.use}, so no dose may be computed from it; delete the call")
    return found


def row_id(weight: int) -> str:
    """The id of a weight's row in a dose table."""
    return f"kg-{weight}"


def doses_by_height(
    desk: Desk, rules: DoseRules, weights: Sequence[int], heights: Sequence[int], facts: Sequence[Fact], caption: str
) -> str:
    """Volume by weight and height; where the height limits the weight that counts, that weight stands beside it."""
    head = ["Body weight (kg)", *(computed("dose-table", f"Height {height}{words.NO_BREAK}cm: volume (mL)") for height in heights)]
    rows = []
    for weight in weights:
        cells = [str(weight)]
        for height in heights:
            infusion = rules.infusion(weight, height)
            limited = f" (for {plain(infusion.dose_weight)}{words.NO_BREAK}kg)" if infusion.dose_weight < weight else ""
            cells.append(plain(infusion.volume) + limited)
        rows.append(('data-computed="dose-table"', cells))
    return table(caption, head, rows, "by-height") + _rests_on(desk, facts)


def _rests_on(desk: Desk, facts: Sequence[Fact]) -> str:
    return f'<p class="source">Computed from the figures above. Source of the figures: {citations(desk, facts)}</p>\n'


def figured(figure: Fraction | int | None) -> str:
    """The figure, or the words that it can't be computed."""
    return '<span class="nothing">not computed</span>' if figure is None else plain(Fraction(figure))


def example(desk: Desk, infusion: Infusion, rules: DoseRules, facts: Sequence[Fact]) -> str:
    """One infusion worked out in words, as far as its figures are known."""
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
    return f'\n<p class="example"><span data-computed="dose-example">{escape(" ".join(parts))}</span> {citations(desk, facts)}</p>\n'


def _value(desk: Desk, fact: Fact) -> str:
    return joined(value(desk, fact), whole_context(desk, fact), note(desk, fact), marks(desk, fact))


def cell(desk: Desk, fact: Fact, *, titled: bool = False) -> str:
    """A fact with its sources inside a cell; `titled` says what it is and where it holds."""
    head = f"{escape(fact.title)} ({where(desk, fact)}):" if titled and fact.jurisdictions else f"{escape(fact.title)}:" if titled else ""
    event = desk.formulary.event(fact) if titled else None
    happened = f"{escape(event.word)};" if event else ""
    return f'<div class="entry" {attributes(fact)}>{joined(head, happened, _value(desk, fact), citations(desk, [fact]))}</div>'


def _outcomes(desk: Desk, facts: Sequence[Fact]) -> list[Row]:
    rows = []
    for fact in facts:
        measured = joined(escape(fact.title), context(desk, fact.endpoint, fact.assay))
        whom = context(desk, fact.population, participants(fact), fact.time)
        result = joined(value(desk, fact), context(desk, fact.statistic, certainty(fact)), note(desk, fact))
        basis = desk.vocabulary.lists.evidence[fact.evidence].word if fact.evidence else ""
        place = joined(where(desk, fact), f'<span class="mark">{escape(basis)}</span>' if basis else "", weakness(desk, fact))
        rows.append((attributes(fact), [measured, whom, result, place, citations(desk, [fact])]))
    return rows


def _trials(desk: Desk, facts: Sequence[Trial]) -> list[Row]:
    rows = []
    for fact in facts:
        name = fact.name or fact.title
        names = joined(escape(name), context(desk, fact.sponsor_id))
        phase = f"phase {fact.phase}" if fact.phase else None
        about = joined(context(desk, phase, fact.design, fact.population), note(desk, fact), marks(desk, fact))
        rows.append((attributes(fact), [names, value(desk, fact), about, citations(desk, [fact])]))
    return rows
