"""Which medicines a comparison sets side by side, and which facts of each answer which of its questions."""

import re
from collections.abc import Iterable, Iterator

from macros.formulary.book import Formulary
from macros.formulary.comparisons import Comparison, Row
from macros.formulary.model import Fact
from macros.formulary.monograph import Monograph
from macros.formulary.values import Statement


def compared(book: Formulary, comparison: Comparison) -> list[Monograph]:
    """The medicines of the comparison, in the order of the data."""
    words = re.compile(rf"\b{re.escape(comparison.disease)}\b", re.IGNORECASE)
    return [each for each in book.monographs.values() if any(words.search(name) for name in each.medicine.diseases)]


def named(monograph: Monograph, name: str) -> Fact | None:
    """The fact of the medicine that a row names by its short or by its whole id; None for a topic, or if it has no such fact."""
    return monograph.facts.get(name if name.count("/") > 1 else f"{monograph.slug}/{name}")


def answers(book: Formulary, comparison: Comparison, monograph: Monograph) -> Iterator[list[Fact]]:
    """For each row, the facts of the medicine that answer its question, in the order of the row.

    A topic stands for those of its facts that no row names and whose value no other answer tells in its text. Left out is
    what needs a block of its own, and an event of the supply that a later one overtook.
    """
    rows = list(comparison.rows)
    over = {fact.id for fact in monograph.events} - {fact.id for fact, _ in book.present(monograph)}
    by_name = {fact.id for row in rows for name in row.show or () if (fact := named(monograph, name))}
    asked = [[fact for fact in _asked(monograph, row, by_name) if fact.id not in over and not book.is_marked(fact)] for row in rows]
    told = _told(fact for facts in asked for fact in facts)
    for row, facts in zip(rows, asked, strict=True):
        here = _told(facts)
        official = None if row.evidence is None else row.evidence == "official"
        yield [
            fact
            for fact in facts
            if fact.id not in (here if fact.id in by_name else told) and (official is None or book.is_official(fact) == official)
        ]


def _asked(monograph: Monograph, row: Row, by_name: Iterable[str]) -> list[Fact]:
    """The facts that the row names, each once, and those of its topics that no row names."""
    found: dict[str, Fact] = {}
    for name in row.show or ():
        one = named(monograph, name)
        others = [fact for fact in monograph.about(name) if fact.id not in by_name]
        found |= {fact.id: fact for fact in ([one] if one else others)}
    return list(found.values())


def _told(facts: Iterable[Fact]) -> set[str]:
    """The ids of the facts whose values these tell in their texts."""
    texts = ((fact, text) for fact in facts for text in (fact.short, fact.statement and fact.statement.text, fact.condition) if text)
    return {f"{fact.slug}/{name}" for fact, text in texts for name in Statement(text).references}
