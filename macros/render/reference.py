"""The reports that list the vocabulary and the rules: glossary, legend, words, rules."""

import re
from collections.abc import Iterable

from macros.formulary.monograph import Monograph
from macros.formulary.sourcing import UNREAD, Source
from macros.formulary.vocabulary import Word
from macros.pages.files import page_of
from macros.render.desk import Desk
from macros.render.markup import capitalized
from macros.render.safe import Safe, escape, joined
from macros.render.tables import Row, table
from macros.rules.every import RULES


def glossary(desk: Desk) -> Safe:
    """The abbreviations and terms, in alphabetical order."""
    entries = sorted(desk.vocabulary.glossary.items(), key=lambda item: item[0].lower())
    # Each term is a result of the search by itself, which the index makes of it.
    term = Safe('<dt id="{}">{}</dt>\n<dd>{}</dd>\n')
    terms = [term.format(term_id(name), name, joined(f"{entry.full}." if entry.full else "", entry.meaning)) for name, entry in entries]
    return Safe('\n<dl class="glossary" data-computed="glossary" data-unsearched>\n{}</dl>\n').format(Safe().join(terms))


def term_id(name: str) -> str:
    """The anchor of a term of the glossary."""
    return "term-" + "-".join(re.findall(r"[a-z0-9]+", name.lower()))


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


def legend_in_short(desk: Desk) -> Safe:
    """Each status by its mark and a few words, then the mark of a gap and what a citation is."""
    item = Safe('<li><span class="chip status-{name}"><span aria-hidden="true">{icon}</span> {chip}</span> {short}</li>\n')
    marks = [
        item.format(name=name, icon=status.icon, chip=status.chip, short=status.in_short)
        for name, status in desk.vocabulary.statuses.items()
    ]
    gap = Safe('<li><span class="chip unknown"><span aria-hidden="true">?</span> Not established</span> {}</li>\n').format(
        "looked for and not found, or not read by us yet"
    )
    number = Safe("<li>A number in brackets leads to the source.</li>\n")
    return Safe('\n<ul class="legend in-short" data-computed="legend">\n{}</ul>\n').format(Safe().join([*marks, gap, number]))


# What the page of the statuses tells in a table each: the list of the vocabulary, and what its words say.
_TOLD = {
    "evidence": "What a fact rests on",
    "grades": "How far a value can be trusted",
    "statements": "Whose statement a source is",
    "readings": "How we read it",
    "extents": "How far a part of it was read",
    "events": "What can happen to an authorization or to the supply",
}


def vocabulary(desk: Desk) -> Safe:
    """The words that stand beside figures, a table for each list: word, meaning, and where one stands."""
    parts = []
    for group, title in _TOLD.items():
        examples = _examples(desk, group)
        rows = [
            Row([_written(group, name, word), word.meaning or "", examples[name]])
            for name, word in getattr(desk.vocabulary.lists, group).items()
            if name in examples
        ]
        head = ("Word", "Meaning", "For example")
        parts.append(Safe('\n<div data-computed="vocabulary">{}</div>\n').format(table(title, head, rows, "words")))
    return Safe().join(parts)


def _written(group: str, name: str, word: Word) -> str:
    """The word as readers meet it: a grade is a letter."""
    return name if group == "grades" else capitalized(word.word)


def _examples(desk: Desk, group: str) -> dict[str, Safe]:
    """For each entry of the list that anything uses, the first that does: a fact with its medicine, or a source by its title."""
    found: dict[str, Safe] = {}
    for monograph in desk.formulary.monographs.values():
        for (list_, name), title in monograph.tally.examples.items():
            if list_ == group and name not in found:
                found[name] = _of_a_medicine(desk, monograph, title)
    for source in desk.formulary.sources.values():
        for name in _of_source(source).get(group, ()):
            found.setdefault(name, escape(source.title))
    return found


def _of_source(source: Source) -> dict[str, list[str]]:
    """The entries that a source uses, by their list."""
    return {
        "statements": [source.statement],
        "readings": [source.read] if source.read else [],
        "extents": [source.extent(part) or UNREAD for part in source.parts or ("",)],
    }


def _of_a_medicine(desk: Desk, monograph: Monograph, title: str) -> Safe:
    name = desk.formulary.short_name(monograph)
    return Safe('{} (<a href="{}">{}</a>)').format(title, desk.href(page_of(monograph.slug)), name)


def keys(desk: Desk) -> Safe:
    """What editors write for the words of each list of the vocabulary."""
    rows = [
        Row([Safe("<code>{}</code>").format(name), list_, word.word])
        for list_ in _TOLD
        for name, word in getattr(desk.vocabulary.lists, list_).items()
    ]
    return Safe('<div data-computed="keys">{}</div>').format(table("Keys of the vocabulary", ("Key", "List", "Word"), rows, "plain"))


def rules(desk: Desk) -> Safe:
    """Every rule by name, with its sentence."""
    terms = _terms((Safe("<code>{}</code>").format(rule.name), rule.wording) for rule in RULES)
    return Safe('\n<dl data-computed="rules">\n{}</dl>\n').format(terms)
