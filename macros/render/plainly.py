"""Facts as sentences for patients: no titles, no marks inside them, and general advice marked once for all of it."""

from collections.abc import Sequence

from macros.formulary import words
from macros.formulary.model import Fact
from macros.render.markup import Desk, attributes, citations, computed, escape, joined, note, value


def _item(desk: Desk, fact: Fact) -> str:
    """The fact as a sentence for patients: no title, no mark inside it, and where it holds, in words, and its sources at its end."""
    known = desk.vocabulary.lists.jurisdictions
    spoken_for = words.listed([known[place].word for place in desk.formulary.authorities_of(fact)])
    weak = "ask your team to check this" if desk.formulary.weak_for(fact) else ""
    beside = "; ".join(filter(None, (spoken_for, weak)))
    tail = f'<span class="where">({escape(beside)})</span>' if beside else ""
    return f"<li {attributes(fact)}>{joined(value(desk, fact), note(desk, fact), tail, citations(desk, [fact]))}</li>\n"


def plain_list(desk: Desk, facts: Sequence[Fact]) -> str:
    """The facts as sentences for patients: those with a source, then the general advice, marked once for all of it."""
    evidence = desk.vocabulary.lists.evidence
    general = [fact for fact in facts if fact.evidence and not evidence[fact.evidence].carried_by]
    sourced = [fact for fact in facts if fact not in general]
    parts = [f'\n<ul class="facts plain">\n{"".join(_item(desk, fact) for fact in sourced)}</ul>\n'] if sourced else []
    if general:
        word = evidence[general[0].evidence or ""].word
        mark = f'<p class="general">{computed("general", escape(word[0].upper() + word[1:]))}:</p>'
        parts.append(f'\n{mark}\n<ul class="facts plain">\n{"".join(_item(desk, fact) for fact in general)}</ul>\n')
    return "".join(parts)
