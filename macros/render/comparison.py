"""Medicines side by side in one table: a column for each medicine, a row for each question, in each cell a line for each place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from macros.finding import Refused, nearest
from macros.formulary import dosing, words
from macros.formulary.comparisons import Group, Row
from macros.formulary.model import Fact
from macros.formulary.monograph import Monograph
from macros.formulary.side_by_side import answers, compared
from macros.formulary.values import Day, Gap, Planned
from macros.pages.files import page_of
from macros.render import doses
from macros.render.desk import Desk
from macros.render.markup import (
    attributes,
    capitalized,
    certainty,
    citations,
    computed,
    context,
    in_short,
    marks,
    participants,
    places,
    prose,
    value,
    value_span,
)
from macros.render.safe import Safe, joined
from macros.render.tables import NOTHING

# So many columns fit beside the questions on a screen and on a sheet; with more the table scrolls inside itself.
_FIT = 4
_ID = re.compile(r' data-fact="[^"]*"')


def compare(desk: Desk, name: str) -> Safe:
    """`compare("severe-anemia")` – the medicines of a comparison in comparisons.yml side by side, question by question.

    Raises Refused if there is no such comparison, no medicine in it, or if the page is that of one.
    """
    if desk.slug:
        raise Refused("a comparison is about several medicines; let it stand on a page of none, under docs/compare")
    known = desk.formulary.comparisons
    if name not in known:
        raise Refused(f"unknown comparison '{name}'; {nearest(name, known)}")
    comparison = known[name]
    monographs = compared(desk.formulary, comparison)
    if not monographs:
        raise Refused(f"no medicine is for '{comparison.disease}'")
    answered = zip(*(answers(desk.formulary, comparison, each) for each in monographs), strict=True)
    head = Safe().join(Safe('<th scope="col">{}</th>').format(each) for each in (comparison.reminder, *_heads(desk, monographs)))
    body = Safe().join(_group(desk, monographs, key, group, answered) for key, group in comparison.groups.items())
    wide = len(monographs) > _FIT
    scrolls = Safe(' tabindex="0" role="group" aria-label="{}"').format(comparison.caption) if wide else Safe()
    # As running text each cell would run into the next; search_sections reads it row by row.
    return Safe(
        '\n<div class="matrix{wide}"{scrolls}>\n<table class="facts" aria-label="{caption}" data-unsearched>\n'
        "<thead><tr>{head}</tr></thead>\n{body}</table>\n</div>\n"
    ).format(wide=" matrix-wide" if wide else "", scrolls=scrolls, caption=comparison.caption, head=head, body=body)


def _heads(desk: Desk, monographs: Sequence[Monograph]) -> Iterator[Safe]:
    """The head of each column: the medicine, which leads to its monograph, its brands and its diseases."""
    for each in monographs:
        beside = f"{', '.join(each.medicine.brands)} · {', '.join(each.medicine.diseases)}"
        link = desk.href(page_of(each.slug))
        yield Safe('<a href="{}">{}</a> <span class="brands">{}</span>').format(link, capitalized(each.medicine.inn), beside)


def _group(desk: Desk, monographs: Sequence[Monograph], key: str, group: Group, answered: Iterator[Sequence[Sequence[Fact]]]) -> Safe:
    """The rows of a group below its title; what answers them is taken from `answered`, row by row."""
    note = Safe(' <span class="note">{}</span>').format(group.note) if group.note else Safe()
    head = Safe('<tr class="group"><th scope="rowgroup" colspan="{}" id="{}">{}{}</th></tr>\n').format(
        len(monographs) + 1, key, group.title, note
    )
    rows = Safe().join(_row(desk, monographs, name, row, next(answered)) for name, row in group.rows.items())
    return Safe("<tbody>\n{}{}</tbody>\n").format(head, rows)


def _row(desk: Desk, monographs: Sequence[Monograph], name: str, row: Row, facts: Sequence[Sequence[Fact]]) -> Safe:
    """A question and its answers; each cell begins with the name of its medicine, for screens on which cells stand one below another."""
    cells = []
    for each, own in zip(monographs, facts, strict=True):
        told = _volume(desk, each, row.volume_at) if row.volume_at else Safe().join(_line(desk, one) for one in lines(desk, own, row))
        cells.append(Safe('<td><span class="of">{}</span>{}</td>').format(", ".join(each.medicine.brands), told or NOTHING))
    weight = computed("dose-table", f"({row.volume_at}{words.NO_BREAK}kg)") if row.volume_at else Safe()
    question = Safe('<th scope="row" id="{}">{}</th>').format(name, joined(prose(row.question, desk.vocabulary), weight))
    return Safe("<tr>{}{}</tr>\n").format(question, Safe().join(cells))


@dataclass(frozen=True)
class Line:
    """A line of a cell: what facts of a medicine say, each with the facts that say it in these words, and what they have in common.

    Facts stand together only if nothing tells them apart but their places and sources; results stand one behind the other
    only if they are results of the same, for the same places, and rest on the same.
    """

    said: tuple[tuple[tuple[Fact, ...], Safe], ...]
    common: Safe

    @property
    def facts(self) -> list[Fact]:
        """All facts of the line."""
        return [fact for facts, _ in self.said for fact in facts]

    @property
    def places(self) -> tuple[str, ...]:
        """The names of the jurisdictions that the line speaks for."""
        return tuple(dict.fromkeys(place for fact in self.facts for place in fact.jurisdictions))


def lines(desk: Desk, facts: Sequence[Fact], row: Row) -> list[Line]:
    """The lines of a cell: the facts of one medicine that answer the row's question, in their order."""
    alike: dict[object, Line] = {}
    for fact in facts:
        said = _said(desk, fact, row, others=[each for each in facts if each is not fact])
        common = joined(_result(desk, fact), marks(desk, fact))
        same = (_ID.sub("", said), common, *_standing(fact))
        before = alike[same].facts if same in alike else []
        alike[same] = Line((((*before, fact), alike[same].said[0][1] if before else said),), common)
    results: dict[object, Line] = {}
    for line in alike.values():
        first = line.facts[0]
        same = (line.common, line.places, *_standing(first), "" if first.endpoint else first.id)
        results[same] = Line((*results[same].said, *line.said), line.common) if same in results else line
    return list(results.values())


def _standing(fact: Fact) -> tuple[object, ...]:
    """What decides how a fact may be read: its use, what it rests on, whether and how it is a gap, and whether it names places."""
    return fact.use, fact.evidence, fact.value.word if isinstance(fact.value, Gap) else "", bool(fact.jurisdictions)


def _result(desk: Desk, fact: Fact) -> Safe:
    """What a result is a result of, but for its time and its interval, which are its own."""
    return context(desk, fact.endpoint, fact.population, participants(fact), fact.statistic, fact.assay)


def _said(desk: Desk, fact: Fact, row: Row, others: Sequence[Fact]) -> Safe:
    """The fact in few words, or in full where the row says so, with what it holds under.

    Of a gap its kind, and what is missing where other facts tell the rest.
    """
    event = desk.formulary.event(fact)
    head = Safe("<strong>{}:</strong>").format(fact.title) if row.titled else Safe()
    if isinstance(fact.value, Gap):
        rest = any(set(each.jurisdictions) & set(fact.jurisdictions) for each in others) and not event
        gap = Safe('<span class="gap">{}</span>').format(fact.value.head if rest else fact.value.word)
        return joined(head, Safe("{}:").format(event.word) if event else "", gap)
    told = value(desk, fact) if row.in_full else in_short(desk, fact)
    if event:
        told = joined(event.word + (":" if not isinstance(fact.value, Day | Planned) else ""), told)
    own = context(desk, fact.time, certainty(fact))
    return joined(head, told, Safe("({})").format(own) if own else "")


def _line(desk: Desk, line: Line) -> Safe:
    """The line as HTML: its places, what is said, what all of it has in common, and all sources."""
    where = ", ".join(dict.fromkeys(name for fact in line.facts for name in places(desk, fact).split(", ") if name))
    first = line.facts[0]
    parts = [_shown([fact for fact in facts if fact is not first], said) for facts, said in line.said]
    told = joined(Safe("; ").join(parts), line.common, citations(desk, line.facts))
    return Safe('<div class="entry" {}>{}{}</div>').format(attributes(first), _places(where), told)


def _shown(facts: Sequence[Fact], said: Safe) -> Safe:
    """What facts say in the same words, in an element of each of them."""
    for fact in reversed(facts):
        said = Safe("<span {}>{}</span>").format(attributes(fact), said)
    return said


def _places(where: str) -> Safe:
    """What stands before a line: the places that it holds for; empty for what holds for none in particular."""
    return Safe('<span class="place">{}</span> ').format(where) if where else Safe()


def _volume(desk: Desk, monograph: Monograph, weight: int) -> Safe:
    """The computed volume of the dose, with the places for which all figures behind it hold, its limits and its marks."""
    rules = dosing.dose_rules(monograph.facts, monograph.slug)
    if rules is None:
        return doses.number(None)
    facts = doses.facts_for(desk, monograph.slug, dosing.VOLUME)
    most, capped = rules.volume(Fraction(weight))
    volume = computed("dose-table", f"{dosing.plain(most)}{words.NO_BREAK}mL{' (maximum)' if capped else ''}")
    limit = monograph.facts.get(f"{monograph.slug}/dose/{dosing.Part.HIGHEST_BMI}")
    beside = [Safe("for a body mass index up to {}").format(value_span(desk, limit))] if limit else []
    if not rules.diluted and f"{monograph.slug}/dose/{dosing.Part.FINAL_VOLUME}" in monograph.facts:
        beside.append(Safe("not read by us yet whether it is diluted"))
    limits = Safe("({})").format(Safe("; ").join(beside)) if beside else Safe()
    weak = Safe(" ").join(dict.fromkeys(mark for fact in facts if (mark := marks(desk, fact))))
    said = joined(volume, "before dilution" if rules.diluted else "", limits, weak, citations(desk, facts))
    where = [place for place in facts[0].jurisdictions if all(place in fact.jurisdictions for fact in facts)]
    return Safe('<div class="entry">{}{}</div>').format(_places(", ".join(where)), said)
