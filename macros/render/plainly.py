"""Facts as sentences for patients: without titles or marks inside them; general advice is marked once, above all of it."""

from collections.abc import Sequence

from macros.formulary import words
from macros.formulary.model import Fact
from macros.render.desk import Desk
from macros.render.markup import attributes, capitalized, citations, computed, noted, value
from macros.render.safe import Safe, joined


def _item(desk: Desk, fact: Fact) -> Safe:
    """The fact as a sentence for patients, without title or marks; where it holds, in words, and its sources stand at its end."""
    known = desk.vocabulary.lists.jurisdictions
    spoken_for = words.listed([known[place].word for place in desk.formulary.authorities_of(fact)])
    sourced = spoken_for and fact.evidence and desk.vocabulary.lists.evidence[fact.evidence].carried_by
    rests = desk.vocabulary.lists.evidence[fact.evidence or ""].word if sourced and desk.formulary.rests_elsewhere(fact) else ""
    weak = "ask your team to check this" if desk.formulary.weak_for(fact) else ""
    beside = "; ".join(filter(None, (spoken_for, rests, weak)))
    tail = Safe('<span class="where">({})</span>').format(beside) if beside else Safe()
    sentence = joined(noted(desk, fact, value(desk, fact)), tail, citations(desk, [fact]))
    return Safe("<li {}>{}</li>\n").format(attributes(fact), sentence)


def items(desk: Desk, facts: Sequence[Fact]) -> Safe:
    """The facts as sentences for patients, one an item, without a mark on general advice."""
    return Safe('\n<ul class="facts plain">\n{}</ul>\n').format(Safe().join(_item(desk, fact) for fact in facts))


def general(desk: Desk, facts: Sequence[Fact]) -> list[Fact]:
    """Those of the facts that are general advice, which no source carries."""
    evidence = desk.vocabulary.lists.evidence
    return [fact for fact in facts if fact.evidence and not evidence[fact.evidence].carried_by]


def general_mark(desk: Desk, facts: Sequence[Fact]) -> Safe:
    """The words that stand above general advice; empty if there is none."""
    if not facts:
        return Safe()
    word = desk.vocabulary.lists.evidence[facts[0].evidence or ""].word
    return Safe('\n<p class="general">{}:</p>').format(computed("general", capitalized(word)))


def plain_list(desk: Desk, facts: Sequence[Fact]) -> Safe:
    """The facts as sentences for patients: those with a source, then the general advice, marked once for all of it."""
    advice = general(desk, facts)
    sourced = [fact for fact in facts if fact not in advice]
    return Safe().join([items(desk, sourced) if sourced else "", general_mark(desk, advice), items(desk, advice) if advice else ""])
