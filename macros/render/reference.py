"""The reports that list the vocabulary and the rules: glossary, legend, words, rules."""

from collections.abc import Iterable

from macros.render.desk import Desk
from macros.render.safe import Safe, joined
from macros.rules.every import RULES


def glossary(desk: Desk) -> Safe:
    """The abbreviations and terms, in alphabetical order."""
    entries = sorted(desk.vocabulary.glossary.items(), key=lambda item: item[0].lower())
    terms = [(name, joined(f"{entry.full}." if entry.full else "", entry.meaning)) for name, entry in entries]
    return Safe('\n<dl class="glossary" data-computed="glossary">\n{}</dl>\n').format(_terms(terms))


def _terms(entries: Iterable[tuple[str, str]]) -> Safe:
    """Terms with what they mean, for a list of definitions."""
    return Safe().join(Safe("<dt>{}</dt>\n<dd>{}</dd>\n").format(term, meaning) for term, meaning in entries)


def legend(desk: Desk) -> Safe:
    """Each status with its icon, its color and its meaning."""
    block = Safe(
        '\n<div class="legend status-{name}" id="status-{name}" data-computed="legend">\n<p class="legend-title">'
        '<span aria-hidden="true">{icon}</span> {word}</p>\n'
        "<p>{meaning}</p>\n<p>A block of this kind opens with the words “{heading}”.</p>\n</div>\n"
    )
    return Safe().join(
        block.format(name=name, icon=status.icon, word=status.word, meaning=status.meaning, heading=status.heading)
        for name, status in desk.vocabulary.statuses.items()
    )


def vocabulary(desk: Desk) -> Safe:
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
        terms = _terms((name, word.word) for name, word in getattr(lists, group).items())
        parts.append(Safe("\n<h3>{}</h3>\n<dl>\n{}</dl>\n").format(title, terms))
    return Safe().join(parts)


def rules(desk: Desk) -> Safe:
    """Every rule by name, with its sentence."""
    terms = _terms((Safe("<code>{}</code>").format(rule.name), rule.wording) for rule in RULES)
    return Safe('\n<dl data-computed="rules">\n{}</dl>\n').format(terms)
