"""The macros that editors call, each a function from a page's desk and literals to Markdown or HTML.

MACROS lists them; their docstrings open with the call as an editor writes it.
"""

from collections.abc import Callable, Iterable

from macros import dosing, reports, tables
from macros.finding import Refused, nearest
from macros.markup import Desk, attributes, citations, computed, escape, involved, items, joined, marks, note, value, value_span, where
from macros.model import Fact, StatusFact
from macros.values import Day, Statement
from macros.words import full_date

DISCLAIMER = (
    "This page gives information and does not replace the label, local rules or the judgment of your own team. "
    "No clinician has reviewed it unless a reviewer is named above."
)


def fact(desk: Desk, id: str, cite: bool = True) -> str:
    """`fact("dose/standard")` – the value, with its time if it is a result, and its citation; `cite=False` where the sentence cites it already."""
    found = desk.fact(id)
    when = f'<span {attributes(found)}>({escape(found.time)})</span>' if found.time else ""
    return joined(value_span(desk, found), when, marks(desk, found), citations(desk, [found]) if cite else "")


def list_(desk: Desk, *what: str, jurisdiction: str = "", use: str = "") -> str:
    """`list("contraindication", jurisdiction="US")` – every fact of a topic, or the facts named by id, one a line."""
    return items(desk, _chosen(desk, what, jurisdiction, use))


def table(desk: Desk, *what: str, caption: str, by: str = "", use: str = "", jurisdiction: str = "") -> str:
    """`table("adverse-reaction", caption="…", by="jurisdiction")` – facts of some topics, or named by id, one a row or side by side."""
    facts = _chosen(desk, what, jurisdiction, use)
    layout = LAYOUTS.get(by)
    if layout is None:
        raise Refused(f"a table can't be laid out by '{by}'; {nearest(by, [name for name in LAYOUTS if name])} or leave it out")
    return layout(desk, facts, caption)


def notice(desk: Desk, status: str, title: str) -> str:
    """`notice("research", "children")` – the heading of a block: `/// research | {{ notice("research", "children") }}`."""
    known = desk.vocabulary.statuses
    if status not in known:
        raise Refused(f"unknown status '{status}'; {nearest(status, known)}")
    return f"### {known[status].heading}: {escape(title)}"


def badge(desk: Desk, status: str) -> str:
    """`badge("approved")` – the word of a status with its mark, linked to the legend."""
    known = desk.vocabulary.statuses
    if status not in known:
        raise Refused(f"unknown status '{status}'; {nearest(status, known)}")
    legend = desk.href("about/statuses.md", f"status-{status}")
    return f'<a class="badge status-{status}" href="{legend}"><span aria-hidden="true">{escape(known[status].icon)}</span> {escape(known[status].word)}</a>'


def dose_table(desk: Desk, first: int, last: int, step: int, caption: str, check: bool = False) -> str:
    """`dose_table(40, 150, 5, caption="…")` – volume, vials and shortest time by weight; `check=True` for the print sheet."""
    return tables.doses(desk, _rules(desk), range(first, last + 1, step), _dose_facts(desk), caption, check)


def dose_example(desk: Desk, weight: int) -> str:
    """`dose_example(70)` – the computation for one body weight, in words."""
    rules = _rules(desk)
    return tables.example(desk, rules.infusion(weight), rules, _dose_facts(desk))


def timeline(desk: Desk, *topics: str, caption: str) -> str:
    """`timeline("authorisation", "availability", caption="…")` – dated events from the earliest to the latest."""
    return tables.timeline(desk, _chosen(desk, topics, "", ""), caption)


def availability(desk: Desk) -> str:
    """`availability()` – the banner above the title that says what is known of the supply."""
    events = desk.vocabulary.lists.events
    lines = []
    for found in desk.monograph().facts.values():
        if isinstance(found, StatusFact) and found.event and events[found.event].banner:
            said = joined(f"{value(desk, found)}:" if isinstance(found.value, Day) else value(desk, found), note(desk, found), citations(desk, [found]))
            head = f"{where(desk, found)}: {escape(events[found.event].word)}."
            lines.append(f"<li {attributes(found)}><strong>{head}</strong> {said}</li>\n")
    if not lines:
        return ""
    return (
        '\n<div class="availability" role="note">\n<p class="availability-title">Availability: check before you plan '
        f'treatment</p>\n<ul>\n{"".join(lines)}</ul>\n</div>\n'
    )


def checked(desk: Desk) -> str:
    """`checked()` – when the sources were checked, and who reviewed the page clinically."""
    book = desk.monograph() if desk.slug else None
    when = book.checked if book else desk.formulary.checked
    reviews = book.medicine.reviews if book else ()
    named = "; ".join(f"{r.name}, {r.role}, {full_date(r.date)}" for r in reviews)
    line = f"Sources checked {full_date(when)}. Clinical review: {named or 'none yet'}."
    return f'\n<p class="checked">{computed("checked", escape(line))}</p>\n'


def sources(desk: Desk) -> str:
    """`sources()` – the numbered list of what this page cites; the last thing before `colophon()`."""
    return reports.cited(desk)


def colophon(desk: Desk) -> str:
    """`colophon()` – the end of every page: checked, check due, clinical review, data version, disclaimer."""
    books = [desk.monograph()] if desk.slug else list(desk.formulary.monographs.values())
    due = min(book.medicine.check_due for book in books)
    line = f"Next check due {full_date(due)}. Data version {desk.formulary.version}."
    tooltips = "".join(
        f"*[{name}]: {entry.full}\n" for name, entry in desk.vocabulary.glossary.items() if entry.full
    )
    return (
        f'\n<div class="colophon" role="note">\n{checked(desk).strip()}\n<p>{computed("colophon", escape(line))}</p>\n'
        f"<p>{escape(DISCLAIMER)}</p>\n</div>\n\n{tooltips}\n"
    )


def report(desk: Desk, name: str) -> str:
    """`report("glossary")` – a part that is made from the data as a whole; the page "For editors" lists them."""
    if name not in reports.REPORTS:
        raise Refused(f"unknown report '{name}'; {nearest(name, reports.REPORTS)}")
    return reports.REPORTS[name](desk)


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
            right_use = found.use == use if use else not (found.use and statuses[found.use].notice)
            if right_use and (not jurisdiction or jurisdiction in found.jurisdictions):
                facts.append(found)
    # A figure that another of these facts states in its sentence is not repeated on a line of its own.
    told = {reference for each in facts if isinstance(each.value, Statement) for reference in each.value.references}
    facts = [each for each in facts if each.short_id not in told]
    if not facts:
        raise Refused(f"no fact matches {' '.join(filter(None, (*what, jurisdiction, use)))}; change the topic, jurisdiction or use")
    return facts


def _rules(desk: Desk) -> dosing.Rules:
    rules = dosing.rules(desk.monograph().facts, desk.monograph().slug)
    if rules is None:
        needed = ", ".join(f"{short} in {unit}" for short, unit in dosing.PARTS.values())
        raise Refused(f"the dose can't be computed; give each of these as an amount: {needed}")
    return rules


def _dose_facts(desk: Desk) -> list[Fact]:
    needed = [short for short, _ in dosing.PARTS.values()]
    return [each for short in [*needed, *dosing.STATED] for each in involved(desk, desk.fact(short))]


LAYOUTS = {"": tables.of_facts, "jurisdiction": tables.by_jurisdiction, "evidence": tables.by_evidence}

MACROS: dict[str, Callable[..., str]] = {
    "fact": fact,
    "list": list_,
    "table": table,
    "notice": notice,
    "badge": badge,
    "dose_table": dose_table,
    "dose_example": dose_example,
    "timeline": timeline,
    "sources": sources,
    "availability": availability,
    "checked": checked,
    "colophon": colophon,
    "report": report,
}
