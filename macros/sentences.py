"""Every fact as one sentence on one line, for reviewers who read a difference and for editors who look for a fact."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from macros import words
from macros.formulary import Formulary, Monograph
from macros.model import Fact, StatusFact
from macros.values import Statement, Unknown, Value

GOLDEN = Path("tests/golden/facts.txt")


def value(book: Formulary, fact: Fact) -> str:
    """The value as a reader sees it, with the facts that it names written out and plain spaces."""
    return _plain(book, fact, fact.value)


def parts(book: Formulary, fact: Fact) -> dict[str, str]:
    """Everything that a fact says, by the word for it, in the order of a sentence; what it does not say is left out."""
    said = {
        "value": value(book, fact),
        "use": fact.use,
        "evidence": fact.evidence,
        "event": fact.event if isinstance(fact, StatusFact) else None,
        "for": ", ".join(fact.jurisdictions),
        "under": fact.under,
        "endpoint": fact.endpoint,
        "population": fact.population,
        "n": str(fact.n) if fact.n else None,
        "time": fact.time,
        "statistic": fact.statistic,
        "interval": words.interval(fact.interval).replace(words.NO_BREAK, " ") if fact.interval else None,
        "assay": fact.assay,
        "trial": fact.trial,
        "note": _plain(book, fact, Statement(fact.note)) if fact.note else None,
        "sources": ", ".join(f"{c.source} ({c.grade}{f', {c.locator}' if c.locator else ''})" for c in fact.sources),
        "title": fact.title,
        "topic": fact.topic,
        "evidence only": fact.evidence_only,
        "checked": fact.checked.isoformat(),
    }
    return {word: text for word, text in said.items() if text}


def sentence(book: Formulary, fact: Fact) -> str:
    """The fact on one line: id, title, value, and after it everything else that it says."""
    said = parts(book, fact)
    rest = "; ".join(f"{word}: {text}" for word, text in said.items() if word not in ("value", "title"))
    return f"{fact.id}: {fact.title}: {said['value']} [{rest}]"


def golden(book: Formulary) -> str:
    """All facts, one a line, in the order of their ids: the text that tests/golden/facts.txt must hold."""
    return "".join(f"{sentence(book, book.facts[name])}\n" for name in sorted(book.facts))


def fingerprint(book: Formulary, monograph: Monograph) -> str:
    """A short hash of all that the facts of a medicine say, the same everywhere."""
    lines = (sentence(book, monograph.facts[name]) for name in sorted(monograph.facts))
    return sha256("\n".join(lines).encode()).hexdigest()[:12]


def differences(old: Formulary, new: Formulary) -> Iterator[str]:
    """What changed in the facts, a line for each part that changed, old → new, with the sources of the new value."""
    for name in sorted(old.facts.keys() | new.facts.keys()):
        if name not in old.facts:
            yield f"new: {sentence(new, new.facts[name])}"
        elif name not in new.facts:
            yield f"removed: {sentence(old, old.facts[name])}"
        else:
            before, after = parts(old, old.facts[name]), parts(new, new.facts[name])
            for word in dict.fromkeys([*after, *before]):
                if before.get(word) != after.get(word):
                    change = f"{before.get(word, 'nothing')} → {after.get(word, 'nothing')}"
                    sources = "" if word == "sources" else f" (sources: {after.get('sources', 'none')})"
                    yield f"changed: {name}: {word}: {change}{sources}"


def matching(book: Formulary, pattern: str) -> Iterable[Fact]:
    """The facts whose id, title or value holds the pattern, whatever its case."""
    wanted = pattern.casefold()
    for fact in book.facts.values():
        if wanted in f"{fact.id} {fact.title} {value(book, fact)}".casefold():
            yield fact


def _plain(book: Formulary, fact: Fact, said: Value) -> str:
    if isinstance(said, Statement):
        pieces = said.parts()
        pieces[1::2] = [_named(book, fact, reference) for reference in pieces[1::2]]
        text = "".join(pieces)
    elif isinstance(said, Unknown):
        reason = _plain(book, fact, Statement(said.reason))
        text = f"{said.words} (searched {said.searched.isoformat()}): {reason}"
    else:
        text = words.written(said, book.vocabulary)
    return text.replace(words.NO_BREAK, " ")


def _named(book: Formulary, fact: Fact, reference: str) -> str:
    named = book.facts.get(f"{fact.slug}/{reference}")
    return words.written(named.value, book.vocabulary) if named else f"{{{reference}}}"
