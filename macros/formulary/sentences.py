"""Every fact as one sentence on one line, for editors who look for a fact, and for the fingerprint in the record of a change."""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

from macros.formulary.book import Formulary
from macros.formulary.model import Fact
from macros.formulary.monograph import Monograph
from macros.formulary.sourcing import Citation
from macros.formulary.values import VALUE_KEYS, Gap, Statement, Value
from macros.formulary.words import plainly


def value(book: Formulary, fact: Fact) -> str:
    """The value as a reader sees it, with the facts that it names written out and plain spaces."""
    return _plain(book, fact, fact.value)


def parts(book: Formulary, fact: Fact) -> dict[str, str]:
    """Everything that a fact says, by the word for it: its value first, then each field of its model that is given."""
    said = {"value": value(book, fact)}
    for name in type(fact).model_fields:
        given = getattr(fact, name)
        if name not in VALUE_KEYS and given:
            said[name.replace("_", " ")] = _told(book, fact, given)
    return said


def _told(book: Formulary, fact: Fact, given: object) -> str:
    """What stands in a field, in words; of citations each with grade and locator."""
    if isinstance(given, str):
        return _plain(book, fact, Statement(given))
    if isinstance(given, Citation):
        return f"{given.source} ({given.grade}{f', {given.locator}' if given.locator else ''})"
    return ", ".join(_told(book, fact, each) for each in given) if isinstance(given, tuple) else plainly(str(given))


def sentence(book: Formulary, fact: Fact) -> str:
    """The fact on one line: id, title, value, and after it everything else that it says."""
    said = parts(book, fact)
    rest = "; ".join(f"{word}: {text}" for word, text in said.items() if word not in ("value", "title"))
    return f"{fact.id}: {fact.title}: {said['value']} [{rest}]"


def fingerprint(book: Formulary, monograph: Monograph) -> str:
    """A short hash of all that the facts of a medicine say, the same everywhere."""
    lines = (sentence(book, monograph.facts[name]) for name in sorted(monograph.facts))
    return sha256("\n".join(lines).encode()).hexdigest()[:12]


def matching(book: Formulary, pattern: str) -> Iterable[Fact]:
    """The facts whose id, title or value holds the pattern, whatever its case."""
    wanted = pattern.casefold()
    for fact in book.facts.values():
        if wanted in f"{fact.id} {fact.title} {value(book, fact)}".casefold():
            yield fact


def whole(book: Formulary, fact: Fact) -> str:
    """The value, and behind it in brackets the condition that it holds under; each fact that the two name in the same way."""
    known = _known(book)
    if id(fact) not in known:
        known[id(fact)] = fact, _whole(book, fact)
    return known[id(fact)][1]


@lru_cache(maxsize=1)
def _known(book: Formulary) -> dict[int, tuple[Fact, str]]:
    """What was said whole of the facts of a book, by their identity and with them: each format asks for it anew."""
    return {}


def _whole(book: Formulary, fact: Fact) -> str:
    if isinstance(fact.value, Statement):
        said = told(book, fact, fact.value.text)
    elif isinstance(fact.value, Gap):
        said = plainly(gap(book, fact.value))
    else:
        said = plainly(fact.value.written(book.vocabulary))
    if not fact.condition:
        return said
    condition = told(book, fact, fact.condition)
    return f"{said} {condition if condition[0] == '(' and condition[-1] == ')' else f'({condition})'}"


def gap(book: Formulary, of: Gap) -> str:
    """A gap with the titles of the sources that it speaks of."""
    rest = (each if isinstance(each, str) else ", ".join(filter(None, (book.sources[each.source].title, each.part))) for each in of.rest())
    return f"{of.head}: {''.join(rest)}"


def told(book: Formulary, fact: Fact, text: str) -> str:
    """A text of the fact with the facts that it names written out whole."""
    if "{" not in text:
        return plainly(text)
    pieces = Statement(text).parts()
    pieces[1::2] = [_written_out(book, fact, reference) for reference in pieces[1::2]]
    return plainly("".join(pieces))


def _written_out(book: Formulary, fact: Fact, reference: str) -> str:
    named = book.facts.get(f"{fact.slug}/{reference}")
    return whole(book, named) if named else f"{{{reference}}}"


def _plain(book: Formulary, fact: Fact, said: Value) -> str:
    if isinstance(said, Statement):
        pieces = said.parts()
        pieces[1::2] = [_named(book, fact, reference) for reference in pieces[1::2]]
        text = "".join(pieces)
    else:
        text = said.written(book.vocabulary)
    return plainly(text)


def _named(book: Formulary, fact: Fact, reference: str) -> str:
    named = book.facts.get(f"{fact.slug}/{reference}")
    return named.value.written(book.vocabulary) if named else f"{{{reference}}}"
