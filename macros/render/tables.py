"""Facts as tables: one layout for results, one for trials, one for events, one for jurisdictions side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from macros.finding import Refused
from macros.formulary.model import Fact, Outcome, Trial
from macros.formulary.values import Day, Gap, Planned, Regimen
from macros.render.desk import Desk
from macros.render.groups import Shared, in_cell, parted, shared, shared_in_column, told_below, warned
from macros.render.markup import (
    attributes,
    bare_value,
    capitalized,
    certainty,
    citations,
    condition,
    context,
    marks,
    named,
    note,
    noted,
    participants,
    place,
    places,
    said_aloud,
    value,
    where,
    whole_context,
)
from macros.render.safe import Safe, escape, joined

NOTHING = Safe('<span class="nothing"><span aria-hidden="true">–</span><span class="spoken">none noted</span></span>')


@dataclass(frozen=True)
class Row:
    """A row of a table: its cells, of which the first names the row, and the attributes of its element.

    `spans` says over how many columns each of the other cells reaches; without it, over one.
    """

    cells: Sequence[str]
    attributes: Safe = Safe()
    spans: Sequence[int] = ()

    def html(self, names: Sequence[str]) -> Safe:
        """The row as HTML; each cell bears the names of its columns, which are printed before it where columns stand below each other."""
        name, *others = self.cells
        began = Safe("<tr {}>").format(self.attributes) if self.attributes else Safe("<tr>")
        columns = iter([escape(column).striptags() for column in names[1:]])
        made = []
        for span, text in zip(self.spans or [1] * len(others), others, strict=True):
            named = ", ".join(next(columns) for _ in range(span))
            wide = Safe(' colspan="{}"').format(span) if span > 1 else Safe()
            made.append(Safe('<td{} data-h="{}">{}</td>').format(wide, named, text))
        return began + Safe('<th scope="row">{}</th>{}</tr>\n').format(name, Safe().join(made))


def _cells(kind: Safe, texts: Sequence[str]) -> Safe:
    return Safe().join(kind.format(text) for text in texts)


def table(
    caption: str, head: Sequence[str], rows: Sequence[Row], kind: str, names: Sequence[str] = (), computed: Safe | None = None
) -> Safe:
    """An HTML table that scrolls inside itself; `head` has the names of the columns, `kind` the class of its style.

    `names` are shorter names of the columns, for where they stand below each other. `computed` follows the caption: what was
    worked out from data and so holds figures.

    Raises Refused if the caption is empty.
    """
    if not caption.strip():
        raise Refused("the caption is empty; write in a few words what the table shows")
    # As running text each cell would run into the next: "year 1" and "42.9 %". search_sections reads it row by row.
    return Safe(
        '\n<div class="table-scroll {kind}" tabindex="0" role="group" aria-label="{caption}">\n'
        '<table class="facts {kind}" data-unsearched>\n<caption>{named}</caption>\n'
        "<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n</div>\n"
    ).format(
        kind=kind,
        caption=caption,
        named=joined(caption, computed or ""),
        head=_cells(Safe('<th scope="col">{}</th>'), head),
        body=Safe().join(row.html(names or head) for row in rows),
    )


def of_facts(desk: Desk, facts: Sequence[Fact], caption: str) -> Safe:
    """The facts one a row, in the layout of their kind; gaps that are warnings above them, others in a line below."""
    known, loud, quiet = parted(desk, facts)
    common = shared(desk, known)
    rows = _rows_of(desk, known, caption, common) if known else Safe()
    return warned(desk, loud) + common.line() + rows + told_below(desk, quiet)


def _rows_of(desk: Desk, facts: Sequence[Fact], caption: str, common: Shared) -> Safe:
    if all(isinstance(fact, Outcome) for fact in facts):
        return table(caption, ("Result", "In whom, and when", "Value", "Source"), _outcomes(desk, facts, common), "results")
    trials = [fact for fact in facts if isinstance(fact, Trial) and fact.name]
    if len(trials) == len(facts):
        return table(caption, ("Trial", "Registry number", "Phase and design", "Source"), _trials(desk, trials, common), "trials")
    rows = []
    for fact in facts:
        said = joined(noted(desk, fact, value(desk, fact), whole_context(desk, fact)), common.tail(desk, fact))
        rows.append(Row([fact.title, said, citations(desk, [fact])], attributes(fact)))
    return table(caption, ("What", "Value", "Source"), rows, "plain")


def by_jurisdiction(desk: Desk, facts: Sequence[Fact], caption: str) -> Safe:
    """Facts of the same title in one row, a column for each jurisdiction.

    Raises Refused if a fact names no jurisdiction.
    """
    if nowhere := [fact.short_id for fact in facts if not fact.jurisdictions]:
        raise Refused(f"'{nowhere[0]}' names no jurisdiction, so it has no column; leave by=\"jurisdiction\" out")
    found = list(dict.fromkeys(place for fact in facts for place in fact.jurisdictions))
    known = desk.vocabulary.lists.jurisdictions
    columns = {known[place].word: [fact for fact in facts if place in fact.jurisdictions] for place in found}
    return _side_by_side(desk, facts, columns, caption, [named(desk, [place]) for place in found])


def by_group(desk: Desk, facts: Sequence[Fact], caption: str) -> Safe:
    """Regimens one a row: what for, in whom, and the whole dose with its maximum; other facts without a group, gaps as everywhere."""
    known, loud, quiet = parted(desk, facts)
    rows = []
    for fact in known:
        who, dose = _group(desk, fact)
        tail = joined(place(desk, fact), marks(desk, fact))
        said = joined(noted(desk, fact, dose, condition(desk, fact), whole_context(desk, fact)), tail)
        rows.append(Row([fact.title, who, said, citations(desk, [fact])], attributes(fact)))
    made = table(caption, ("For", "In whom", "Dose", "Source"), rows, "regimens") if rows else Safe()
    return warned(desk, loud) + made + told_below(desk, quiet)


def _group(desk: Desk, fact: Fact) -> tuple[Safe, Safe]:
    """In whom a fact holds, and all else that it says; of a fact that is no regimen its value."""
    if not isinstance(fact.value, Regimen):
        return NOTHING, bare_value(desk, fact)
    seen, heard = fact.value.dose(desk.vocabulary), fact.value.dose(desk.vocabulary, aloud=True)
    who = [fact.value.group.parts(desk.vocabulary, aloud=aloud) for aloud in (False, True)]
    said, aloud = ("; ".join(parts) or "all whom it is for" for parts in who)
    return said_aloud(desk, said, "" if said == aloud else aloud), said_aloud(desk, seen, "" if seen == heard else heard)


def by_evidence(desk: Desk, facts: Sequence[Fact], caption: str) -> Safe:
    """Facts of the same title in one row: in one column what label or regulator say, in the other what else is said."""
    columns = {
        "label or regulator": [fact for fact in facts if desk.formulary.is_official(fact)],
        "other than the label": [fact for fact in facts if not desk.formulary.is_official(fact)],
    }
    return _side_by_side(desk, facts, columns, caption, list(columns))


def _side_by_side(desk: Desk, facts: Sequence[Fact], columns: Mapping[str, Sequence[Fact]], caption: str, names: Sequence[str]) -> Safe:
    """A column for each name, below what its facts share; on a narrow screen `names` stand before the cells, which need no more."""
    _, loud, _ = parted(desk, facts)
    rest = {name: [fact for fact in column if fact not in loud] for name, column in columns.items()}
    common = {name: shared_in_column(desk, column) for name, column in rest.items()}
    rows = []
    for title in dict.fromkeys(fact.title for fact in facts):
        cells = [([fact for fact in column if fact.title == title], common[name]) for name, column in rest.items()]
        if not any(found for found, _ in cells):
            continue
        # What holds for places that stand beside each other is one cell over both.
        alike = groupby(enumerate(cells), key=lambda each: each[1] if each[1][0] else each[0])
        texts, spans = [], []
        for _, same in alike:
            joint = list(same)
            found, mark = joint[0][1]
            texts.append(Safe().join(_beside(desk, fact, mark) for fact in found) or NOTHING)
            spans.append(len(joint))
        rows.append(Row([title, *texts], spans=spans))
    head = ["What", *(joined(capitalized(name), common[name].marks + " unless marked" if common[name].marks else "") for name in rest)]
    return warned(desk, loud) + (table(caption, head, rows, "side-by-side", ["What", *names]) if rows else Safe())


def _beside(desk: Desk, fact: Fact, common: Shared) -> Safe:
    """A fact in the column of its place; of its marks what the whole column shares is only heard, of a gap the kind and the part."""
    if isinstance(fact.value, Gap):
        said = joined(in_cell(desk, fact), condition(desk, fact), note(desk, fact))
    else:
        said = noted(desk, fact, value(desk, fact), whole_context(desk, fact))
    told = joined(said, common.marks_of(desk, fact), citations(desk, [fact]))
    return Safe('<div class="entry" {}>{}</div>').format(attributes(fact), told)


def timeline(desk: Desk, facts: Sequence[Fact], caption: str) -> Safe:
    """Events from the earliest to the latest; of those without a day, authorizations come first and all others last."""

    def when(fact: Fact) -> date:
        if isinstance(fact.value, Day | Planned):
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


def _outcomes(desk: Desk, facts: Sequence[Fact], common: Shared) -> list[Row]:
    rows = []
    for fact in facts:
        measured = joined(fact.title, context(desk, fact.endpoint, fact.assay))
        whom = context(desk, fact.population, participants(fact), fact.time)
        result = noted(desk, fact, value(desk, fact), context(desk, fact.statistic, certainty(fact)))
        rows.append(Row([measured, whom, joined(result, common.tail(desk, fact)), citations(desk, [fact])], attributes(fact)))
    return rows


def _trials(desk: Desk, facts: Sequence[Trial], common: Shared) -> list[Row]:
    rows = []
    for fact in facts:
        names = joined(fact.name or fact.title, context(desk, fact.sponsor_id))
        phase = f"phase {fact.phase}" if fact.phase else None
        about = joined(noted(desk, fact, context(desk, phase, fact.design, fact.population)), common.tail(desk, fact))
        rows.append(Row([names, value(desk, fact), about, citations(desk, [fact])], attributes(fact)))
    return rows
