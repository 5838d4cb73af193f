"""The reference pages, made from the vocabulary and the rules: glossary, legend, words, rules."""

from macros.render.markup import Desk, escape
from macros.rules.every import RULES


def glossary(desk: Desk) -> str:
    """The abbreviations and terms, in alphabetical order."""
    terms = []
    for name, entry in sorted(desk.vocabulary.glossary.items(), key=lambda item: item[0].lower()):
        full = f"{escape(entry.full)}. " if entry.full else ""
        terms.append(f"<dt>{escape(name)}</dt>\n<dd>{full}{escape(entry.meaning)}</dd>\n")
    return f'\n<dl class="glossary" data-computed="glossary">\n{"".join(terms)}</dl>\n'


def legend(desk: Desk) -> str:
    """Each status as it looks, with what it means."""
    parts = []
    for name, status in desk.vocabulary.statuses.items():
        parts.append(
            f'\n<div class="legend status-{name}" id="status-{name}" data-computed="legend">\n<p class="legend-title">'
            f'<span aria-hidden="true">{escape(status.icon)}</span> {escape(status.word)}</p>\n'
            f"<p>{escape(status.meaning)}</p>\n<p>A block of this kind opens with the words “{escape(status.heading)}”.</p>\n</div>\n"
        )
    return "".join(parts)


def vocabulary(desk: Desk) -> str:
    """The words for evidence, grades, statements, readings, extents and events."""
    parts = []
    lists = desk.vocabulary.lists
    titles = {
        "evidence": "What a fact rests on",
        "grades": "How far a value can be trusted",
        "statements": "Whose statement a source is",
        "readings": "How we read it",
        "extents": "How far a part of it was read",
        "events": "What can happen to an authorization or to the supply",
    }
    for group, title in titles.items():
        terms = "".join(f"<dt>{escape(name)}</dt>\n<dd>{escape(word.word)}</dd>\n" for name, word in getattr(lists, group).items())
        parts.append(f"\n<h3>{escape(title)}</h3>\n<dl>\n{terms}</dl>\n")
    return "".join(parts)


def rules(desk: Desk) -> str:
    """Every rule by name, with its sentence."""
    terms = "".join(f"<dt><code>{escape(rule.name)}</code></dt>\n<dd>{escape(rule.wording)}</dd>\n" for rule in RULES)
    return f'\n<dl data-computed="rules">\n{terms}</dl>\n'
