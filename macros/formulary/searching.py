"""By which words people search: the file search.yml as a frozen record."""

from collections.abc import Mapping
from typing import Self

from pydantic import model_validator

from macros.finding import Refused
from macros.formulary.record import Prose, Record, Text


class Synonym(Record):
    """What people search by in place of the words that pages use, which are the name of the entry."""

    words: tuple[Prose, ...]
    """The other words: [steroid, prednisone]."""


class SearchWords(Record):
    """The file search.yml."""

    synonyms: Mapping[str, Synonym]
    """By which other words people search what pages say; the name is what stands there."""
    groups: Mapping[str, Synonym]
    """Medicines that pages name by their group, which is the name: {nsaid: {words: [ibuprofen]}}."""
    passed_over: tuple[Text, ...]
    """Words of a question that tell nothing of what is asked for: [can, is, the]."""
    negations: tuple[Text, ...]
    """Words that turn the next one round, so that the two are looked for together: [not, no]."""

    @model_validator(mode="after")
    def _not_turned_round(self) -> Self:
        if lost := sorted(set(self.negations) & set(self.passed_over)):
            raise Refused(f"a question can't pass over '{lost[0]}', which turns it round; delete it from 'passed_over'")
        return self
