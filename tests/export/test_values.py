"""No part of a value is lost on its way into JSON: each number, unit, bound and word of it stands in a field of its own."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

import pytest

from macros.export.said import value
from macros.formulary.bands import Band
from macros.formulary.book import Formulary
from macros.formulary.doses import Rounding
from macros.formulary.load import load
from macros.formulary.quantities import Amount
from macros.formulary.values import Gap, Statement
from macros.formulary.vocabulary import Vocabulary
from macros.formulary.words import plainly
from tests.conftest import TODAY
from tests.formulary.test_ordinary_medicines import project_with_both

# What is a word of the vocabulary in the data, and what readers see in JSON, by the field.
_LISTS = {"route": "routes", "weight": "weights", "withheld": "withheld", "fluid": "fluids", "at": "moments"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Formulary:
    """The three fictional medicines, which use every key of a regimen."""
    return load(project_with_both(tmp_path_factory.mktemp("values")), TODAY)[0]


def parts(of: Any, known: Vocabulary, name: str = "") -> Iterator[str]:
    """What the value holds: digits, units, words, each once for each time that it is said."""
    if isinstance(of, Amount):
        yield from filter(None, (f"{of.exact:f}", of.unit, of.bound))
    elif isinstance(of, Band):
        yield from (text for end in ((of.low, of.low_unit or of.unit), (of.high, of.unit)) if end[0] is not None for text in map(str, end))
    elif isinstance(of, Rounding):
        yield plainly(of.written(known))
    elif isinstance(of, Statement):
        yield from of.references
    elif is_dataclass(of):
        for field in fields(of):
            yield from parts(getattr(of, field.name), known, field.name)
    elif isinstance(of, tuple):
        for each in of:
            yield from parts(each, known, name)
    elif isinstance(of, Decimal):
        yield f"{of:f}"
    elif isinstance(of, bool):
        yield from (["once"] if of else [])
    elif of:  # no criteria are at least 0 of none
        words = getattr(known.lists, _LISTS[name]) if name in _LISTS else {}
        yield words[of].word if of in words else known.lists.measures[of].word if of in known.lists.measures else str(of)


def told(said: Any, name: str = "") -> Iterator[str]:
    """What a program reads, but for whole sentences, codes of units and whether ends count, which another test looks at."""
    if isinstance(said, Mapping):
        for key, each in said.items():
            if key not in ("text", "kind") and not key.endswith(("ucum", "_included")):
                yield from told(each, key)
    elif isinstance(said, list):
        for each in said:
            yield from told(each, name)
    elif isinstance(said, bool):
        yield from ([name] if said else [])
    else:
        yield str(said)


def test_every_part_of_a_value_has_its_field(book: Formulary, small: Formulary) -> None:
    lost, kinds = {}, set()
    for own in (book, small):
        for fact in own.facts.values():
            if isinstance(fact.value, Gap):
                continue
            kinds.add(fact.value_key)
            made = Counter(told(value(fact.value, own.vocabulary)))
            if missing := Counter(parts(fact.value, own.vocabulary)) - made:
                lost[fact.id] = missing
    assert lost == {}
    assert len(kinds) > 10
