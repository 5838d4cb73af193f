"""Facts as tables: one layout for results, one for trials, one for events, one for jurisdictions side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from macros.finding import Refused
from macros.formulary.model import Fact, Outcome, Trial
from macros.formulary.values import Day, Gap
from macros.render.desk import Desk
from macros.render.markup import (
    attributes,
    bare_value,
    basis,
    capitalized,
    certainty,
    citations,
    condition,
    context,
    marks,
    noted,
    participants,
    places,
    value,
    weakness,
    where,
    whole_context,
)
from macros.render.safe import Safe, joined

NOTHING = Safe('<span class="nothing">none noted</span>')


@dataclass(frozen=True)
class Row:
    """A row of a table: its cells, of which the first names the row, and the attributes of its element."""

    cells: Sequence[str]
    attributes: Safe = Safe()

    def html(self) -> Safe:
        """The row as HTML."""
        name, *others = self.cells
        began = Safe("<tr {}>").format(self.attributes) if self.attributes else Safe("<tr>")
        return began + Safe('<th scope="row">{}</th>{}</tr>\n').format(name, _cells(Safe("<td>{}</td>"), others))


def _cells(kind: Safe, texts: Sequence[str]) -> Safe:
    return Safe().join(kind.format(text) for text in texts)


def table(caption: str, head: Sequence[str], rows: Sequence[Row], kind: str) -> Safe:
    """An HTML table that scrolls inside itself; `head` has the names of the columns, `kind` the class of its style.

    Raises Refused if the caption is empty.
    """
    if not caption.strip():
        raise Refused("the caption is empty; write in a few words what the table shows")
    # The search of the theme would run each cell into the next: "year 1" and "42.9 %". search_index gives it the rows.
    return Safe(
        '\n<div class="table-scroll {kind}" tabindex="0" role="group" aria-label="{caption}">\n'
        '<table class="facts {kind}" data-search-exclude>\n<caption>{caption}</caption>\n'
        "<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n</div>\n"
    ).format(kind=kind, caption=caption, head=_cells(Safe('<th scope="col">{}</th>'), head), body=Safe().join(row.html() for row in rows))


def of_facts(desk: Desk, facts: Sequence[Fact], caption: str) -> Safe:
    """The facts one a row, in the layout of their kind."""
    if all(isinstance(fact, Outcome) for fact in facts):
        return table(caption, ("Result", "In whom, and when", "Value", "Where", "Source"), _outcomes(desk, facts), "results")
    trials = [fact for fact in facts if isinstance(fact, Trial) and fact.name]
    if len(trials) == len(facts):
        return table(caption, ("Trial", "Registry number", "Phase and design", "Source"), _trials(desk, trials), "trials")
    rows = [Row([fact.title, _value(desk, fact), where(desk, fact), citations(desk, [fact])], attributes(fact)) for fact in facts]
    return table(caption, ("What", "Value", "Where", "Source"), rows, "plain")


def by_jurisdiction(desk: Desk, facts: Sequence[Fact], caption: str) -> Safe:
    """Facts of the same title in one row, a column for each jurisdiction.

    Raises Refused if a fact names no jurisdiction.
    """
    if nowhere := [fact.short_id for fact in facts if not fact.jurisdictions]:
        raise Refused(f"'{nowhere[0]}' names no jurisdiction, so it has no column; leave by=\"jurisdiction\" out")
    names = list(dict.fromkeys(place for fact in facts for place in fact.jurisdictions))
    known = desk.vocabulary.lists.jurisdictions
    columns = {known[place].word: [fact for fact in facts if place in fact.jurisdictions] for place in names}
    return _side_by_side(desk, facts, columns, caption)


def by_evidence(desk: Desk, facts: Sequence[Fact], caption: str) -> Safe:
    """Facts of the same title in one row: in one column what label or regulator say, in the other what else is said."""
    columns = {
        "label or regulator": [fact for fact in facts if desk.formulary.is_official(fact)],
        "other than the label": [fact for fact in facts if not desk.formulary.is_official(fact)],
    }
    return _side_by_side(desk, facts, columns, caption)


def _side_by_side(desk: Desk, facts: Sequence[Fact], columns: Mapping[str, Sequence[Fact]], caption: str) -> Safe:
    rows = []
    for title in dict.fromkeys(fact.title for fact in facts):
        cells = [title]
        for column in columns.values():
            found = [cell(desk, fact) for fact in column if fact.title == title]
            cells.append(Safe().join(found) or NOTHING)
        rows.append(Row(cells))
    head = ["What", *(capitalized(name) for name in columns)]
    return table(caption, head, rows, "side-by-side")


def timeline(desk: Desk, facts: Sequence[Fact], caption: str) -> Safe:
    """Events from the earliest to the latest; of those without a day, authorizations come first and all others last."""

    def when(fact: Fact) -> date:
        if isinstance(fact.value, Day):
            return fact.value.earliest
        event = desk.formulary.event(fact)
        return date.min if event and event.effect == "granted" else date.max

    rows = []
    for fact in sorted(facts, key=when):
        event = desk.formulary.event(fact)
        what = joined(noted(desk, fact, event.word if event else fact.title, condition(desk, fact)), marks(desk, fact))
        gap = isinstance(fact.value, Gap)  # it is no day, so it says beside the event what is not known of it
        day, told = ("no day", bare_value(desk, fact)) if gap else (bare_value(desk, fact), Safe())
        rows.append(Row([day, where(desk, fact), joined(what, told), citations(desk, [fact])], attributes(fact)))
    return table(caption, ("When", "Where", "What", "Source"), rows, "timeline")


def _value(desk: Desk, fact: Fact) -> Safe:
    return joined(noted(desk, fact, value(desk, fact), whole_context(desk, fact)), marks(desk, fact))


def cell(desk: Desk, fact: Fact, *, titled: bool = False) -> Safe:
    """A fact with its sources, for a cell that may hold several; `titled` puts title, jurisdictions and event before the value."""
    head = f"{fact.title} ({places(desk, fact)}):" if titled and fact.jurisdictions else f"{fact.title}:" if titled else ""
    event = desk.formulary.event(fact) if titled else None
    happened = f"{event.word};" if event else ""
    entry = joined(head, happened, _value(desk, fact), citations(desk, [fact]))
    return Safe('<div class="entry" {}>{}</div>').format(attributes(fact), entry)


def _outcomes(desk: Desk, facts: Sequence[Fact]) -> list[Row]:
    rows = []
    for fact in facts:
        measured = joined(fact.title, context(desk, fact.endpoint, fact.assay))
        whom = context(desk, fact.population, participants(fact), fact.time)
        result = noted(desk, fact, value(desk, fact), context(desk, fact.statistic, certainty(fact)))
        rests = basis(desk.vocabulary.lists.evidence[fact.evidence].word) if fact.evidence else Safe()
        place = joined(where(desk, fact), rests, weakness(desk, fact))
        rows.append(Row([measured, whom, result, place, citations(desk, [fact])], attributes(fact)))
    return rows


def _trials(desk: Desk, facts: Sequence[Trial]) -> list[Row]:
    rows = []
    for fact in facts:
        names = joined(fact.name or fact.title, context(desk, fact.sponsor_id))
        phase = f"phase {fact.phase}" if fact.phase else None
        about = joined(noted(desk, fact, context(desk, phase, fact.design, fact.population)), marks(desk, fact))
        rows.append(Row([names, value(desk, fact), about, citations(desk, [fact])], attributes(fact)))
    return rows
