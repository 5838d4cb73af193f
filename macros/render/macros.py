"""The macros that editors call, each a function from a page's desk and literals to Markdown or HTML.

MACROS lists them; their docstrings open with the call as an editor writes it. Each raises Refused, in words for the
editor, if what it is given names nothing that is known; below stands what else it refuses.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from macros.finding import Refused, nearest
from macros.formulary import dosing
from macros.formulary.vocabulary import Status
from macros.render import (
    actions,
    calendar,
    checklist,
    comparison,
    doses,
    figures,
    furniture,
    lists,
    masthead,
    plainly,
    reports,
    sheets,
    tables,
    weights,
)
from macros.render.card import cards
from macros.render.choosing import chosen as _chosen, rules_of as _rules, unsaid as _untold, whole_numbers as _steps
from macros.render.desk import Desk
from macros.render.markup import attributes, citations, computed, legend, marks, opening, place, places, value_span
from macros.render.safe import Safe, joined

_SHORTEST, _TALLEST = 100, 250  # cm; a height in meters or inches is no height in centimeters


def fact(desk: Desk, id: str, cite: bool = True) -> Safe:
    """`fact("dose/standard")` – the value with its condition, in whom, when and where, and its citation, which `cite=False` leaves out."""
    found = desk.fact(id)
    beside = "; ".join(filter(None, (found.population, found.time)))
    when = Safe("<span {}>({})</span>").format(attributes(found), beside) if beside else Safe()
    # What only a list or a table says of it must still be said there.
    if not any((found.note, found.endpoint, found.n, found.statistic, found.interval, found.assay)):
        desk.told.add(found.id)
    tail = joined(place(desk, found), marks(desk, found), citations(desk, [found]) if cite else Safe())
    return joined(value_span(desk, found), when, tail)


def list_(desk: Desk, *what: str, jurisdiction: str = "", use: str = "") -> Safe:
    """`list("contraindication", jurisdiction="US")` – every fact of a topic, or the facts named by id, one a line."""
    return lists.items(desk, _untold(desk, what, jurisdiction, use))


def plain(desk: Desk, *what: str) -> Safe:
    """`plain("call")` – the same as sentences for patients: sources at their end, general advice marked once."""
    return plainly.plain_list(desk, _untold(desk, what))


def table(desk: Desk, *what: str, caption: str, by: str = "", why: str = "", use: str = "", jurisdiction: str = "") -> Safe:
    """`table("adverse-reaction", caption="…", by="jurisdiction")` – facts of some topics, or named by id, one a row or side by side.

    Raises Refused if there is no such layout, if `why` comes without it or it without `why`, or if the caption is empty.
    """
    layout = LAYOUTS.get(by)
    if layout is None:
        raise Refused(f"a table can't be laid out by '{by}'; {nearest(by, [name for name in LAYOUTS if name])} or leave it out")
    if bool(why) != (by == "evidence"):
        raise Refused("'why' and by=\"evidence\" belong together; write one sentence on why label and journal differ, or leave both out")
    below = Safe('<p class="why"><strong>Why they differ:</strong> {}</p>\n').format(why) if why else Safe()
    return layout(desk, _untold(desk, what, jurisdiction, use), caption) + below


def notice(desk: Desk, status: str, title: str) -> Safe:
    """`notice("research", "children")` – the heading of a block: `/// research | {{ notice("research", "children") }}`."""
    _status(desk, status)
    return opening(desk, status, title)


def badge(desk: Desk, status: str, *topics: str) -> Safe:
    """`badge("approved", "dose")` – the word of a status, the places that facts of these topics hold it for, and what ended since."""
    known = _status(desk, status)
    mark = Safe('<span aria-hidden="true">{}</span>').format(known.icon)
    beside = _held(desk, status, topics) if desk.slug else ""
    said = joined(mark, f"{known.chip}:" if beside else known.chip, computed("badge", beside) if beside else "")
    return Safe('<a class="badge status-{}" href="{}">{}</a>').format(status, legend(desk, status), said)


def _held(desk: Desk, status: str, topics: Sequence[str]) -> str:
    """Where facts of these topics, or any facts, hold this status, and what ended since."""
    facts = [
        each
        for each in (_chosen(desk, topics, "", status) if topics else desk.monograph().facts.values())
        if each.use == status and desk.formulary.authorizes(each)
    ]
    order = desk.vocabulary.lists.jurisdictions
    held = [place for place in order if any(place in each.jurisdictions for each in facts)]
    over = [
        (found, event)
        for found, event in desk.formulary.present(desk.monograph())
        if event.banner and desk.vocabulary.statuses[status].authorized
    ]
    since = "; ".join(f"{event.word} ({places(desk, found)})" for found, event in over)
    return "; but ".join(filter(None, (", ".join(held), since)))


def dose_table(desk: Desk, first: int, last: int, step: int, caption: str) -> Safe:
    """`dose_table(40, 150, 5, caption="…")` – volume, vials and shortest time by weight.

    Raises Refused if the weights don't rise or nobody has them, or if the dose can't be computed from the weight alone.
    """
    kilograms = _steps(first, last, step, 1, dosing.HEAVIEST, "kg")
    return doses.by_weight(desk, _rules(desk), kilograms, doses.facts_for(desk, desk.monograph().slug), caption)


def dose_table_by_height(desk: Desk, first: int, last: int, step: int, shortest: int, tallest: int, by: int, caption: str) -> Safe:
    """`dose_table_by_height(50, 120, 10, 150, 200, 10, caption="…")` – the volume by weight in kg and height in cm.

    Raises Refused if the dose does not depend on the height or can't be computed, or if weights or heights don't rise.
    """
    rules = _rules(desk)
    if rules.highest_bmi is None:
        raise Refused("the dose does not depend on the height; write dose_table()")
    kilograms, heights = _steps(first, last, step, 1, dosing.HEAVIEST, "kg"), _steps(shortest, tallest, by, _SHORTEST, _TALLEST, "cm")
    return doses.by_height(desk, rules, kilograms, heights, doses.facts_for(desk, desk.monograph().slug, dosing.VOLUME), caption)


def dose_example(desk: Desk, weight: int) -> Safe:
    """`dose_example(70)` – the computation for one body weight in kg, in words.

    Raises Refused if nobody weighs so much, or if the dose can't be computed from the weight alone.
    """
    rules = _rules(desk)
    return doses.example(desk, rules.infusion(dosing.possible(weight)), rules, doses.facts_for(desk, desk.monograph().slug))


def timeline(desk: Desk, *topics: str, caption: str) -> Safe:
    """`timeline("authorization", "availability", caption="…")` – dated events from the earliest to the latest."""
    return tables.timeline(desk, _untold(desk, topics), caption)


def figure(desk: Desk, kind: str, *what: str, caption: str, use: str = "", jurisdiction: str = "") -> Safe:
    """`figure("bars", "outcomes/abr-before", "outcomes/abr-after", caption="…")` – facts as a drawing; a table of them must follow.

    Raises Refused if there is no such kind, or if it can't draw the facts.
    """
    if kind not in figures.KINDS:
        raise Refused(f"unknown kind of figure '{kind}'; {nearest(kind, figures.KINDS)}")
    return figures.figure(desk, kind, _chosen(desk, what, jurisdiction, use), caption)


def report(desk: Desk, name: str, part: str = "") -> Safe:
    """`report("glossary")` – a part that is made from the data as a whole; the page "For editors" lists them.

    Raises Refused if there is no such report, if it is about all medicines and the page about one, or if a list has no such part.
    """
    if desk.slug and name in reports.OF_ALL:
        raise Refused(f"the report '{name}' is about all medicines; let it stand on a page of none")
    if name in reports.PARTED:
        return reports.PARTED[name](desk, part)
    if name not in reports.REPORTS:
        raise Refused(f"unknown report '{name}'; {nearest(name, reports.NAMES)}")
    if part:
        raise Refused(f"the report '{name}' has no parts; leave part= out")
    return reports.REPORTS[name](desk)


def _status(desk: Desk, name: str) -> Status:
    known = desk.vocabulary.statuses
    if name not in known:
        raise Refused(f"unknown status '{name}'; {nearest(name, known)}")
    return known[name]


LAYOUTS = {
    "": tables.of_facts,
    "jurisdiction": tables.by_jurisdiction,
    "evidence": tables.by_evidence,
    "group": tables.by_group,
}


@dataclass(frozen=True)
class Macro:
    """What editors call by a name; `shows_facts` unless it only marks, links or frames what others show."""

    run: Callable[..., Safe]
    shows_facts: bool = True

    def __call__(self, *args: Any, **options: Any) -> Safe:
        """What the macro writes, for a desk and what the editor gives. Raises Refused if the editor's words name nothing."""
        return self.run(*args, **options)


MACROS: dict[str, Macro] = {
    "fact": Macro(fact),
    "list": Macro(list_),
    "plain": Macro(plain),
    "table": Macro(table),
    "notice": Macro(notice, shows_facts=False),
    "badge": Macro(badge, shows_facts=False),
    "dose_table": Macro(dose_table),
    "check_table": Macro(sheets.check_table),
    "dose_table_by_height": Macro(dose_table_by_height),
    "dose_by_weight": Macro(weights.dose_by_weight),
    "dose_example": Macro(dose_example),
    "worksheet": Macro(sheets.worksheet),
    "rate_steps": Macro(sheets.rate_steps),
    "checks": Macro(sheets.checks),
    "brief": Macro(sheets.brief),
    "fields": Macro(sheets.fields, shows_facts=False),
    "imprint": Macro(sheets.imprint, shows_facts=False),
    "urgent": Macro(sheets.urgent),
    "panel": Macro(sheets.panel),
    "masthead": Macro(masthead.masthead, shows_facts=False),
    "cards": Macro(cards),
    "compare": Macro(comparison.compare),
    "timeline": Macro(timeline),
    "figure": Macro(figure),
    "checklist": Macro(checklist.checklist),
    "calendar": Macro(calendar.calendar),
    "actions": Macro(actions.actions),
    "cases": Macro(actions.cases),
    "sources": Macro(furniture.sources, shows_facts=False),
    "colophon": Macro(furniture.colophon, shows_facts=False),
    "report": Macro(report),
}
