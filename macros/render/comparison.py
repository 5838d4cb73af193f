"""Medicines side by side in one table: a column for each medicine, a row for each question, in each cell a line for each place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from macros.finding import Refused, nearest
from macros.formulary import dosing, words
from macros.formulary.book import Monograph
from macros.formulary.comparisons import Row
from macros.formulary.model import Fact
from macros.formulary.side_by_side import answers, compared
from macros.formulary.values import Day, Gap
from macros.pages.files import page_of
from macros.render import doses
from macros.render.desk import Desk
from macros.render.markup import (
    attributes,
    capitalized,
    citations,
    computed,
    context,
    in_short,
    marks,
    noted,
    places,
    prose,
    value_span,
    whole_context,
)
from macros.render.safe import Safe, joined
from macros.render.tables import NOTHING

# So many columns fit beside the questions on a screen and on a sheet; with more the table scrolls inside itself.
_FIT = 4
_ID = re.compile(r' data-fact="[^"]*"')


def compare(desk: Desk, name: str) -> Safe:
    """`compare("severe-anemia")` – the medicines of a comparison in comparisons.yml side by side, question by question.

    Raises Refused if there is no such comparison, or no medicine in it.
    """
    known = desk.formulary.comparisons
    if name not in known:
        raise Refused(f"unknown comparison '{name}'; {nearest(name, known)}")
    comparison = known[name]
    monographs = compared(desk.formulary, comparison)
    if not monographs:
        raise Refused(f"no medicine is for '{comparison.disease}'")
    asked = dict(zip(map(id, comparison.rows), zip(*(answers(desk.formulary, comparison, each) for each in monographs)), strict=True))
    head = Safe().join(Safe('<th scope="col">{}</th>').format(each) for each in (comparison.reminder, *_heads(desk, monographs)))
    body = []
    for key, group in comparison.groups.items():
        note = Safe(' <span class="note">{}</span>').format(group.note) if group.note else Safe()
        rows = (_row(desk, monographs, own, row, asked[id(row)]) for own, row in group.rows.items())
        body.append(
            Safe('<tbody>\n<tr class="group"><th scope="rowgroup" colspan="{}" id="{}">{}{}</th></tr>\n{}</tbody>\n').format(
                len(monographs) + 1, key, group.title, note, Safe().join(rows)
            )
        )
    kind = "matrix" if len(monographs) <= _FIT else "matrix matrix-wide"
    # The search of the theme would run each cell into the next; search_index gives it the rows.
    return Safe(
        '\n<div class="{kind}"{scrolls}>\n<table class="facts" aria-label="{caption}" data-search-exclude>\n'
        "<thead><tr>{head}</tr></thead>\n{body}</table>\n</div>\n"
    ).format(
        kind=kind,
        caption=comparison.caption,
        head=head,
        body=Safe().join(body),
        scrolls=Safe() if len(monographs) <= _FIT else Safe(' tabindex="0" role="group" aria-label="{}"').format(comparison.caption),
    )


def _heads(desk: Desk, monographs: Sequence[Monograph]) -> Iterator[Safe]:
    """The head of each column: the medicine, which leads to its monograph, its brands and its diseases."""
    for each in monographs:
        beside = f"{', '.join(each.medicine.brands)} · {', '.join(each.medicine.diseases)}"
        link = desk.href(page_of(each.slug))
        yield Safe('<a href="{}">{}</a> <span class="brands">{}</span>').format(link, capitalized(each.medicine.inn), beside)


def _row(desk: Desk, monographs: Sequence[Monograph], name: str, row: Row, asked: Sequence[Sequence[Fact]]) -> Safe:
    """A question and its answers; each cell begins with the name of its medicine, for screens on which cells stand one below another."""
    cells = []
    for each, facts in zip(monographs, asked, strict=True):
        said = _volume(desk, each, row.volume_at) if row.volume_at else Safe().join(_line(desk, one) for one in lines(desk, facts, row.titled))
        cells.append(Safe('<td><span class="of">{}</span>{}</td>').format(", ".join(each.medicine.brands), said or NOTHING))
    question = Safe('<th scope="row" id="{}">{}</th>').format(name, _question(desk, row))
    return Safe("<tr>{}{}</tr>\n").format(question, Safe().join(cells))


def _question(desk: Desk, row: Row) -> Safe:
    if not row.volume_at:
        return prose(row.question, desk.vocabulary)
    return joined(prose(row.question, desk.vocabulary), computed("dose-table", f"({row.volume_at}{words.NO_BREAK}kg)"))


@dataclass(frozen=True)
class Line:
    """What one or several facts of a medicine say in the same words, of the same use, with the same marks, each for its own places."""

    facts: tuple[Fact, ...]
    said: Safe


def lines(desk: Desk, facts: Sequence[Fact], titled: bool) -> list[Line]:
    """The lines of a cell: facts share one only if nothing tells them apart but their places and their sources."""
    found: dict[object, Line] = {}
    for fact in facts:
        said = joined(_said(desk, fact, titled), marks(desk, fact))
        same = (_ID.sub("", said), fact.use, fact.evidence, type(fact.value) if isinstance(fact.value, Gap) else None, bool(fact.jurisdictions))
        found[same] = Line((*found[same].facts, fact), found[same].said) if same in found else Line((fact,), said)
    return list(found.values())


def _said(desk: Desk, fact: Fact, titled: bool) -> Safe:
    """The fact in few words, with all that it holds under and is a result of; of a gap its kind and what is missing."""
    event = desk.formulary.event(fact)
    head = Safe("<strong>{}:</strong>").format(fact.title) if titled else Safe()
    if isinstance(fact.value, Gap):
        gap = Safe('<span class="gap">{}</span>').format(fact.value.head)
        return joined(head, Safe("{}:").format(event.word) if event else "", gap)
    short = in_short(desk, fact)
    if event:
        short = joined(event.word + (":" if not isinstance(fact.value, Day) else ""), short)
    if fact.endpoint:
        return noted(desk, fact, head, short, whole_context(desk, fact))
    return joined(head, short, context(desk, fact.population, fact.time))


def _line(desk: Desk, line: Line) -> Safe:
    first, *others = line.facts
    where = ", ".join(dict.fromkeys(name for fact in line.facts for name in places(desk, fact).split(", ") if name))
    said = joined(line.said, citations(desk, line.facts))
    for fact in others:
        said = Safe("<span {}>{}</span>").format(attributes(fact), said)
    return Safe('<div class="entry" {}>{}<span class="told">{}</span></div>').format(attributes(first), _places(where), said)


def _places(where: str) -> Safe:
    """What stands before a line: the places that it holds for; empty for what holds for none in particular."""
    return Safe('<span class="place">{}</span> ').format(where) if where else Safe()


def _volume(desk: Desk, monograph: Monograph, weight: int) -> Safe:
    """The computed volume of the dose, with the places for which all figures behind it hold, its limits and its marks."""
    rules = dosing.dose_rules(monograph.facts, monograph.slug)
    if rules is None:
        return doses.number(None)
    facts = doses.facts_for(desk, monograph.slug, dosing.VOLUME)
    volume = computed("dose-table", f"{dosing.plain(rules.volume_per_kg * weight)}{words.NO_BREAK}mL")
    limit = monograph.facts.get(f"{monograph.slug}/dose/{dosing.Part.HIGHEST_BMI}")
    beside = [Safe("for a body mass index up to {}").format(value_span(desk, limit))] if limit else []
    if not rules.diluted and f"{monograph.slug}/dose/{dosing.Part.FINAL_VOLUME}" in monograph.facts:
        beside.append(Safe("not read by us yet whether it is diluted"))
    limits = Safe("({})").format(Safe("; ").join(beside)) if beside else Safe()
    weak = Safe(" ").join(dict.fromkeys(mark for fact in facts if (mark := marks(desk, fact))))
    said = joined(volume, "before dilution" if rules.diluted else "", limits, weak, citations(desk, facts))
    where = [place for place in facts[0].jurisdictions if all(place in fact.jurisdictions for fact in facts)]
    return Safe('<div class="entry">{}<span class="told">{}</span></div>').format(_places(", ".join(where)), said)
