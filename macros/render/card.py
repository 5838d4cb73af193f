"""The card at the top of a monograph: seven lines, each of facts with their sources, and the way to the row of a body weight."""

from collections.abc import Sequence

from macros.finding import Refused
from macros.formulary.model import Fact
from macros.formulary.values import Day, Gap, Statement
from macros.formulary.words import NO_BREAK
from macros.render.desk import Desk
from macros.render.doses import row_id
from macros.render.markup import attributes, bare_value, citations, computed, condition, marks, noted, place, value, whole_context
from macros.render.safe import Safe, joined


def line(desk: Desk, name: str, facts: Sequence[Fact]) -> Safe:
    """One line of the card: its word and its facts.

    Raises Refused if a fact is about none of the line's topics, or holds for no place with a regulator.
    """
    card_line = desk.vocabulary.lists.card[name]
    for fact in facts:
        if fact.topic not in card_line.topics:
            raise Refused(f"'{fact.short_id}' is about {fact.topic}; this line takes facts about: {', '.join(card_line.topics)}")
        if fact.jurisdictions and not desk.formulary.authorities_of(fact):
            raise Refused(f"'{fact.short_id}' holds for no place with a regulator, and the card is read alone; leave it to its section")
    present = {fact.id for fact, _ in desk.formulary.present(desk.monograph())}
    entries = Safe().join(_entry(desk, fact) for fact in facts if fact.id in present or not desk.formulary.event(fact))
    return Safe('\n<div class="glance">\n<p class="glance-word">{}</p>\n<ul class="facts">\n{}</ul>\n</div>\n').format(
        card_line.word, entries
    )


def weights(desk: Desk, kilograms: Sequence[int], page: str) -> Safe:
    """Links to the rows of these body weights, in kg, on the dose sheet."""
    link = Safe('<a href="{}">{}</a>')
    links = Safe(" ").join(link.format(desk.href(page, row_id(each)), f"{each}{NO_BREAK}kg") for each in kilograms)
    return Safe('\n<p class="weights">{}</p>\n').format(computed("weights", joined("On the dose sheet, by weight, near:", links)))


def _entry(desk: Desk, fact: Fact) -> Safe:
    """A fact on the card; an event is its word and its day, a sentence needs no title."""
    event = desk.formulary.event(fact)
    if event:
        beside = Safe("({})").format(bare_value(desk, fact)) if isinstance(fact.value, Day) else Safe()
        beside = bare_value(desk, fact) if isinstance(fact.value, Gap) else beside
        said = noted(desk, fact, event.word, beside, condition(desk, fact))
    else:
        name = Safe() if isinstance(fact.value, Statement) else Safe("<strong>{}:</strong>").format(fact.title)
        said = noted(desk, fact, name, value(desk, fact), whole_context(desk, fact))
    return Safe("<li {}>{}</li>\n").format(attributes(fact), joined(said, place(desk, fact), marks(desk, fact), citations(desk, [fact])))
