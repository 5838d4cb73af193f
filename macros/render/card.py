"""The card at the top of a monograph: seven lines, each of facts with their sources, and the way to the row of a body weight."""

from collections.abc import Sequence

from macros.finding import Refused
from macros.formulary.model import Fact
from macros.formulary.values import Day, Gap, Statement
from macros.formulary.words import NO_BREAK
from macros.pages.html import CARD
from macros.render.markup import (
    Desk,
    attributes,
    bare_value,
    citations,
    computed,
    condition,
    escape,
    joined,
    marks,
    note,
    value,
    where,
    whole_context,
)
from macros.render.tables import row_id


def line(desk: Desk, name: str, facts: Sequence[Fact]) -> str:
    """One line of the card: its word and its facts."""
    word, topics = CARD[name]
    for fact in facts:
        if fact.topic not in topics:
            raise Refused(f"'{fact.short_id}' is about {fact.topic}; this line takes facts about: {', '.join(topics)}")
        if fact.jurisdictions and not desk.formulary.authorities_of(fact):
            raise Refused(f"'{fact.short_id}' holds for no place with a regulator, and the card is read alone; leave it to its section")
    present = {fact.id for fact, _ in desk.formulary.present(desk.monograph())}
    entries = "".join(_entry(desk, fact) for fact in facts if fact.id in present or not desk.formulary.event(fact))
    return f'\n<div class="glance">\n<p class="glance-word">{word}</p>\n<ul class="facts">\n{entries}</ul>\n</div>\n'


def weights(desk: Desk, kilograms: Sequence[int], page: str) -> str:
    """Links to the rows of these body weights on the dose sheet."""
    links = " ".join(f'<a href="{desk.href(page, row_id(each))}">{each}{NO_BREAK}kg</a>' for each in kilograms)
    said = "On the dose sheet, by weight, near:"
    return f'\n<p class="weights">{computed("weights", f"{said} {links}")}</p>\n'


def _entry(desk: Desk, fact: Fact) -> str:
    happened = desk.formulary.event(fact)
    event = happened.word if happened else ""
    day = bare_value(desk, fact) if isinstance(fact.value, Day) else ""
    name = "" if event or isinstance(fact.value, Statement) else f"<strong>{escape(fact.title)}:</strong>"
    gap = bare_value(desk, fact) if event and isinstance(fact.value, Gap) else ""
    said = joined(escape(event), f"({day})" if day else gap) if event else value(desk, fact)
    place = f'<span class="where">{where(desk, fact)}</span>' if fact.jurisdictions else ""
    beside = joined(whole_context(desk, fact), note(desk, fact)) if not event else joined(condition(desk, fact), note(desk, fact))
    return f"<li {attributes(fact)}>{joined(name, said, beside, place, marks(desk, fact), citations(desk, [fact]))}</li>\n"
