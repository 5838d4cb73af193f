"""Which facts say by themselves that a use or a dose is authorized, for programs, which read each fact alone.

It is stricter than what pages ask of the formulary: on a page a fact stands below its heading and beside the sentence that names it.
"""

from collections.abc import Collection
from functools import cached_property
from typing import Final

from macros.formulary.book import Formulary
from macros.formulary.model import Fact
from macros.formulary.monograph import Monograph
from macros.formulary.regimens import Regimen
from macros.formulary.values import Amount, Gap, Range, Schedule, Statement
from macros.formulary.vocabulary import Topic

# The data file, and the topic of another one, that tell what was found in trials, as a trial's own file does.
_RESULTS: Final = ("outcomes",)
_IN_TRIALS: Final = ("major-bleeding",)
# What a medicine is and does stands in this file, and no use of it.
_NO_USE: Final = ("identity",)
# The data files that say what is given, when, and in which packages; elsewhere an amount is that of a study, of animals or a mistake.
_INSTRUCTS: Final = ("dose", "monitoring", "status")
# The kinds of unit of a dose: a volume alone is as often that of the body.
_DOSED: Final = ("mass", "substance", "potency", "piece")


class Authorizing:
    """Says of each fact of a medicine what it authorizes; `ended` are the places where no authorization is left."""

    def __init__(self, book: Formulary, monograph: Monograph, ended: Collection[str]) -> None:
        self.book, self.monograph, self.ended = book, monograph, ended

    def authorizes(self, fact: Fact) -> bool:
        """Whether the fact says by itself that a use, or what belongs to one, is authorized, in a place where that has not ended."""
        return self._is_stated(fact) and not (is_study(self.book, fact) or is_measured(fact) or self.is_no_instruction(fact))

    def word_of_use(self, fact: Fact) -> str:
        """The use that the fact speaks of, in a word; of an approved one that it does not authorize, that it is about it."""
        said = self.book.word_of_use(fact)
        if not fact.use or isinstance(fact.value, Gap) or self.book.is_marked(fact) or self.authorizes(fact):
            return said
        word = self.book.vocabulary.statuses[fact.use].word
        return f"about the {word[0].lower()}{word[1:]} use"

    def is_no_instruction(self, fact: Fact) -> bool:
        """Whether the fact is a dose or an interval that nobody is told to keep: of patients in a study, of animals, of a mistake.

        Where a label speaks of uses, a whole regimen is one to keep (half the dose beside an inhibitor), if no other fact names it.
        """
        topic = self._topic(fact)
        if topic.file in _INSTRUCTS or not self._is_dose_like(fact):
            return False
        return not isinstance(fact.value, Regimen) or topic.use == "any" or fact.short_id in self._named

    def _is_stated(self, fact: Fact) -> bool:
        """Whether a label or a regulator states the fact of a use that is approved, or of none, and of a place where it stands."""
        over = bool(fact.jurisdictions) and all(place in self.ended for place in fact.jurisdictions)
        if self.monograph.medicine.draft or over or self.book.is_marked(fact) or not self.book.authorizes(fact):
            return False
        topic, event = self._topic(fact), self.book.event(fact)
        granted = event.effect == "granted" if event else topic.file != "status"
        return granted and topic.file not in _NO_USE

    def _is_dose_like(self, fact: Fact) -> bool:
        value = fact.value
        dosed = isinstance(value, Amount | Range) and self.book.vocabulary.kind_of_unit(value.unit) in _DOSED
        return dosed or isinstance(value, Regimen | Schedule)

    def _topic(self, fact: Fact) -> Topic:
        return self.book.vocabulary.lists.topics[fact.topic]

    @cached_property
    def _named(self) -> frozenset[str]:
        """The facts, by their short ids, that a text of another fact names."""
        return frozenset(name for each in self.monograph.facts.values() for name in names_of(each))


def is_study(book: Formulary, fact: Fact) -> bool:
    """Whether the fact tells what was done or found in trials: by its own word, or since its topic tells of nothing else."""
    return book.is_of_trial(fact) or book.vocabulary.lists.topics[fact.topic].file in _RESULTS or fact.topic in _IN_TRIALS


def is_measured(fact: Fact) -> bool:
    """Whether the fact says in whom it was measured, or what: healthy subjects, rats, patients on another medicine."""
    return bool(fact.n or fact.population or fact.endpoint)


def names_of(fact: Fact) -> tuple[str, ...]:
    """The facts, by their short ids, that the texts of a fact name."""
    value = fact.value.text if isinstance(fact.value, Statement) else ""
    text = "".join([each for each in (value, fact.short, fact.condition, fact.note) if each and "{" in each])
    return Statement(text).references if text else ()  # most texts name none
