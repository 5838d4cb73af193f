"""The macros that editors call, each a function from a page's desk and literals to Markdown or HTML.

MACROS lists them; their docstrings open with the call as an editor writes it.
"""

from collections.abc import Callable, Iterable

from macros.finding import Refused, nearest
from macros.formulary import dosing
from macros.formulary.model import Fact
from macros.formulary.vocabulary import Status
from macros.pages.files import DOSE_SHEET, page_of
from macros.pages.html import CARD
from macros.render import card as glance, comparison, figures, furniture, plainly, reports, tables
from macros.render.markup import (
    Desk,
    attributes,
    citations,
    computed,
    escape,
    items,
    joined,
    legend,
    marks,
    opening,
    places,
    untold,
    value_span,
)

_SHORTEST, _TALLEST = 100, 250  # cm; a height in meters or inches is no height in centimeters


def fact(desk: Desk, id: str, cite: bool = True) -> str:
    """`fact("dose/standard")` – the value with its condition, in whom and when, and its citation, which `cite=False` leaves out."""
    found = desk.fact(id)
    beside = "; ".join(filter(None, (found.population, found.time)))
    when = f"<span {attributes(found)}>({escape(beside)})</span>" if beside else ""
    return joined(value_span(desk, found), when, marks(desk, found), citations(desk, [found]) if cite else "")


def list_(desk: Desk, *what: str, jurisdiction: str = "", use: str = "") -> str:
    """`list("contraindication", jurisdiction="US")` – every fact of a topic, or the facts named by id, one a line."""
    return items(desk, _chosen(desk, what, jurisdiction, use))


def plain(desk: Desk, *what: str) -> str:
    """`plain("call")` – the same as sentences for patients: sources at their end, general advice marked once."""
    return plainly.plain_list(desk, _chosen(desk, what, "", ""))


def table(desk: Desk, *what: str, caption: str, by: str = "", why: str = "", use: str = "", jurisdiction: str = "") -> str:
    """`table("adverse-reaction", caption="…", by="jurisdiction")` – facts of some topics, or named by id, one a row or side by side."""
    facts = _chosen(desk, what, jurisdiction, use)
    layout = LAYOUTS.get(by)
    if layout is None:
        raise Refused(f"a table can't be laid out by '{by}'; {nearest(by, [name for name in LAYOUTS if name])} or leave it out")
    if bool(why) != (by == "evidence"):
        raise Refused("'why' and by=\"evidence\" belong together; write one sentence on why label and journal differ, or leave both out")
    return layout(desk, facts, caption) + (f'<p class="why"><strong>Why they differ:</strong> {escape(why)}</p>\n' if why else "")


def notice(desk: Desk, status: str, title: str) -> str:
    """`notice("research", "children")` – the heading of a block: `/// research | {{ notice("research", "children") }}`."""
    _status(desk, status)
    return opening(desk, status, title)


def badge(desk: Desk, status: str, *topics: str) -> str:
    """`badge("approved", "dose")` – the word of a status, the places that facts of these topics hold it for, and what ended since."""
    known = _status(desk, status)
    mark = f'<span aria-hidden="true">{escape(known.icon)}</span>'
    opens = f'<a class="badge status-{status}" href="{legend(desk, status)}">{mark} {escape(known.word)}'
    if not desk.slug:
        return f"{opens}</a>"
    facts = [
        fact
        for fact in (_chosen(desk, topics, "", status) if topics else desk.monograph().facts.values())
        if fact.use == status and desk.formulary.authorizes(fact)
    ]
    order = desk.vocabulary.lists.jurisdictions
    held = [place for place in order if any(place in fact.jurisdictions for fact in facts)]
    over = [(fact, event) for fact, event in desk.formulary.present(desk.monograph()) if event.banner and known.authorized]
    since = "; ".join(f"{event.word} ({places(desk, fact)})" for fact, event in over)
    beside = "; but ".join(filter(None, (f"for {', '.join(held)}" if held else "", since)))
    return opens + (f" {computed('badge', escape(beside))}" if beside else "") + "</a>"


def dose_table(desk: Desk, first: int, last: int, step: int, caption: str, check: bool = False) -> str:
    """`dose_table(40, 150, 5, caption="…")` – volume, vials and shortest time by weight; `check=True` for the print sheet."""
    weights = _steps(first, last, step, 1, dosing.HEAVIEST, "kg")
    return tables.doses(desk, _rules(desk), weights, tables.dose_facts(desk, desk.monograph().slug), caption, check)


def dose_table_by_height(desk: Desk, first: int, last: int, step: int, shortest: int, tallest: int, by: int, caption: str) -> str:
    """`dose_table_by_height(50, 120, 10, 150, 200, 10, caption="…")` – the volume by weight in kg and height in cm."""
    rules = _rules(desk)
    if rules.highest_bmi is None:
        raise Refused("the dose does not depend on the height; write dose_table()")
    weights, heights = _steps(first, last, step, 1, dosing.HEAVIEST, "kg"), _steps(shortest, tallest, by, _SHORTEST, _TALLEST, "cm")
    return tables.doses_by_height(desk, rules, weights, heights, tables.dose_facts(desk, desk.monograph().slug, dosing.VOLUME), caption)


def dose_example(desk: Desk, weight: int) -> str:
    """`dose_example(70)` – the computation for one body weight, in words."""
    rules = _rules(desk)
    return tables.example(desk, rules.infusion(dosing.possible(weight)), rules, tables.dose_facts(desk, desk.monograph().slug))


def at_a_glance(desk: Desk, line: str, *what: str) -> str:
    """`glance("dose", "dose/standard", "dose/once")` – one of the seven lines of the card at the top of a monograph."""
    if line not in CARD:
        raise Refused(f"unknown line '{line}' of the card; {nearest(line, CARD)}")
    return glance.line(desk, line, _chosen(desk, what, "", ""))


def weights(desk: Desk, first: int, last: int, step: int) -> str:
    """`weights(40, 150, 10)` – links to the rows of these body weights on the dose sheet."""
    page = page_of(desk.monograph().slug, DOSE_SHEET)
    return glance.weights(desk, _steps(first, last, step, 1, dosing.HEAVIEST, "kg"), page)


def timeline(desk: Desk, *topics: str, caption: str) -> str:
    """`timeline("authorization", "availability", caption="…")` – dated events from the earliest to the latest."""
    return tables.timeline(desk, _chosen(desk, topics, "", ""), caption)


def figure(desk: Desk, kind: str, *what: str, caption: str, use: str = "", jurisdiction: str = "") -> str:
    """`figure("bars", "outcomes/abr-before", "outcomes/abr-after", caption="…")` – facts as a drawing; a table of them must follow."""
    if kind not in figures.KINDS:
        raise Refused(f"unknown kind of figure '{kind}'; {nearest(kind, figures.KINDS)}")
    return figures.figure(desk, kind, _chosen(desk, what, jurisdiction, use), caption)


def report(desk: Desk, name: str) -> str:
    """`report("glossary")` – a part that is made from the data as a whole; the page "For editors" lists them."""
    if name not in reports.REPORTS:
        raise Refused(f"unknown report '{name}'; {nearest(name, reports.REPORTS)}")
    return reports.REPORTS[name](desk)


def _status(desk: Desk, name: str) -> Status:
    known = desk.vocabulary.statuses
    if name not in known:
        raise Refused(f"unknown status '{name}'; {nearest(name, known)}")
    return known[name]


def _chosen(desk: Desk, what: Iterable[str], jurisdiction: str, use: str) -> list[Fact]:
    """The facts of the topics or ids; of a topic those that need a block of their own only when their use is asked for."""
    lists, statuses = desk.vocabulary.lists, desk.vocabulary.statuses
    if use and use not in statuses:
        raise Refused(f"unknown use '{use}'; {nearest(use, statuses)}")
    if jurisdiction and jurisdiction not in lists.jurisdictions:
        raise Refused(f"unknown jurisdiction '{jurisdiction}'; {nearest(jurisdiction, lists.jurisdictions)}")
    facts = []
    for name in what:
        if "/" in name:
            facts.append(desk.fact(name))
            continue
        if name not in lists.topics:
            raise Refused(f"unknown topic '{name}'; {nearest(name, lists.topics)}")
        for found in desk.monograph().about(name):
            right_use = found.use == use if use else not desk.formulary.is_marked(found)
            if right_use and (not jurisdiction or jurisdiction in found.jurisdictions):
                facts.append(found)
    facts = untold(facts)
    if not facts:
        raise Refused(f"no fact matches {' '.join(filter(None, (*what, jurisdiction, use)))}; change the topic, jurisdiction or use")
    return facts


def _rules(desk: Desk) -> dosing.DoseRules:
    rules = dosing.dose_rules(desk.monograph().facts, desk.monograph().slug)
    if rules is None:
        wanted = ", ".join(f"dose/{name} in {unit}" for name, unit in dosing.PARTS.items())
        raise Refused(f"the dose can't be computed; give those that the label states as amounts above zero: {wanted}")
    return rules


def _steps(first: int, last: int, step: int, least: int, most: int, unit: str) -> range:
    """The whole numbers from the first to the last, a step apart."""
    if step < 1 or not least <= first <= last <= most:
        raise Refused(f"no figures from {first} to {last} {unit} by {step}; write whole numbers that rise, from {least} to {most}")
    return range(first, last + 1, step)


LAYOUTS = {"": tables.of_facts, "jurisdiction": tables.by_jurisdiction, "evidence": tables.by_evidence}

MACROS: dict[str, Callable[..., str]] = {
    "fact": fact,
    "list": list_,
    "plain": plain,
    "table": table,
    "notice": notice,
    "badge": badge,
    "dose_table": dose_table,
    "dose_table_by_height": dose_table_by_height,
    "dose_example": dose_example,
    "glance": at_a_glance,
    "weights": weights,
    "compare": comparison.compare,
    "compare_volumes": comparison.compare_volumes,
    "timeline": timeline,
    "figure": figure,
    "sources": furniture.sources,
    "availability": furniture.availability,
    "checked": furniture.checked,
    "colophon": furniture.colophon,
    "report": report,
}
