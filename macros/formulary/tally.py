"""What can be told of all facts of a medicine without them, so that lists of the whole site need not hold every fact."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from macros.formulary.model import Fact, StatusFact
from macros.formulary.values import Gap, OfPassages


@dataclass(frozen=True)
class Tally:
    """Days, counts and sources of the facts of a medicine.

    `counts` holds how many facts there are of each kind of gap, use, best grade and place, by the kind of count and the
    name, "" for none; `located` the parts that citations name of each source, `cited` every source that a fact rests on
    or waits for; `examples` the title of the first fact that uses a word of the vocabulary, by the list and the word.
    """

    facts: int
    checked: date
    newest: date
    counts: Mapping[tuple[str, str], int]
    located: Mapping[str, tuple[str, ...]]
    cited: tuple[str, ...]
    examples: Mapping[tuple[str, str], str]


def tally(facts: Iterable[Fact]) -> Tally:
    """Of these facts, of which there is one at least."""
    facts = list(facts)
    located: dict[str, dict[str, None]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    waited: dict[str, None] = {}
    for fact in facts:
        counts.update(_counted(fact))
        for citation in fact.sources:
            located.setdefault(citation.source, {}).update({citation.locator: None} if citation.locator else {})
        for entry in _used(fact):
            examples.setdefault(entry, fact.title)
        if isinstance(fact.value, OfPassages):
            waited.update(dict.fromkeys(passage.source for passage in fact.value.passages))
    days = [fact.checked for fact in facts]
    return Tally(
        len(facts), min(days), max(days), dict(counts), {name: tuple(parts) for name, parts in located.items()},
        tuple({**dict.fromkeys(located), **waited}), examples,
    )  # fmt: skip


def _counted(fact: Fact) -> Iterator[tuple[str, str]]:
    if isinstance(fact.value, Gap):
        yield "gap", fact.value.word
    yield "use", fact.use or ""
    yield "grade", min((citation.grade for citation in fact.sources), default="")
    yield from (("place", place) for place in fact.jurisdictions)


def _used(fact: Fact) -> Iterator[tuple[str, str]]:
    """The words of the vocabulary that a fact uses, each with its list."""
    if fact.evidence:
        yield "evidence", fact.evidence
    if isinstance(fact, StatusFact) and fact.event:
        yield "events", fact.event
    yield from (("grades", citation.grade) for citation in fact.sources)
