"""Values that this site can't give: not read yet, silent, not found."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator

from macros.finding import Refused
from macros.formulary.dates import PastDate
from macros.formulary.fields import Phrases
from macros.formulary.kinds import Fields, Formed
from macros.formulary.record import Prose, Record, Text
from macros.formulary.vocabulary import Vocabulary
from macros.formulary.words import full_date


class PassageOf(Record):
    """A part of a source that a gap speaks of, as an editor writes it."""

    source: Text
    """The name of an entry of sources.yml."""
    part: Text | None = None
    """The part of it, as sources.yml names it."""


class Unsaid(Record):
    """What passages do not say, or what nobody read in them, as an editor writes it."""

    passages: Annotated[tuple[PassageOf, ...], Field(min_length=1)]
    """Where it would stand, each on a line: '- {source: its name, part: section 6.4}'."""
    only: Prose | None = None
    """What of the topic is missing, where that is not all of it."""

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if again := next((each for number, each in enumerate(self.passages) if each in self.passages[:number]), None):
            raise Refused(f"names {again.part or 'the whole'} of '{again.source}' more than once; keep one")
        return self


class Search(Record):
    """A search that found nothing, as an editor writes it: its words, its places and its day."""

    words: Phrases
    """The words that were searched, each as it was typed: [one, two]."""
    where: Prose
    """In which places it was searched: stored copies of public web pages."""
    on: PastDate
    """The day of the search: 2026-11-22."""
    only: Prose | None = None
    """What of the topic is missing, where that is not all of it."""


@dataclass(frozen=True, slots=True)
class Passage(Fields):
    """A part of a source by its name there, such as section 6.4; of one without parts, the source itself."""

    source: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Gap(Formed):
    """A value that this site can't give; `only` is what of the topic is missing, where that is not all of it.

    `word` is the word for the kind of gap, with which it begins in print.
    """

    word: ClassVar[str]

    only: str

    @property
    def head(self) -> str:
        """The kind of gap in words, with what is missing: Silent (how often)."""
        return self.word + (f" ({self.only})" if self.only else "")

    @abstractmethod
    def rest(self) -> list[str | Passage]:
        """What is printed after the head and a colon: texts, and the passages that a reader should be led to."""

    def written(self, vocabulary: Vocabulary) -> str:
        """Head and rest, each passage by the name of its source and its part."""
        named = (each if isinstance(each, str) else ", ".join(filter(None, (each.source, each.part))) for each in self.rest())
        return f"{self.head}: {''.join(named)}"

    def texts(self) -> Iterator[tuple[str, str]]:
        """What is missing, if it is said."""
        if self.only:
            yield "only", self.only


@dataclass(frozen=True, slots=True)
class OfPassages(Gap):
    """What passages of sources do not give."""

    form: ClassVar[Any] = Unsaid

    passages: tuple[Passage, ...]

    @classmethod
    def of(cls, given: Unsaid) -> Self:
        """The gap of a validated record."""
        return cls(given.only or "", tuple(Passage(each.source, each.part or "") for each in given.passages))


@dataclass(frozen=True, slots=True)
class NotRead(OfPassages):
    """The passages would say it and were not read, or not to their end."""

    word: ClassVar = "Not read by us yet"

    def rest(self) -> list[str | Passage]:
        """The passages."""
        return _between(self.passages)


@dataclass(frozen=True, slots=True)
class Silent(OfPassages):
    """The passages were read whole and say nothing on it."""

    word: ClassVar = "Silent"

    def rest(self) -> list[str | Passage]:
        """The passages, and that they were read whole."""
        said = "read whole, says nothing on it" if len(self.passages) == 1 else "each read whole, say nothing on it"
        return [*_between(self.passages), f", {said}"]


@dataclass(frozen=True, slots=True)
class NotFound(Gap):
    """It was searched for, by these words, in this place, on this day."""

    form: ClassVar[Any] = Search
    word: ClassVar = "Not found"

    words: tuple[str, ...]
    where: str
    on: date

    @classmethod
    def of(cls, given: Search) -> Self:
        """The gap of a validated record."""
        return cls(given.only or "", given.words, given.where, given.on)

    def rest(self) -> list[str | Passage]:
        """When, where and by which words it was searched."""
        quoted = ", ".join(f"“{each}”" for each in self.words)
        return [f"searched on {full_date(self.on)} in {self.where}, by the words {quoted}"]

    def texts(self) -> Iterator[tuple[str, str]]:
        """What is missing, where it was searched, and by which words."""
        yield from Gap.texts(self)
        yield "where", self.where
        yield from (("words", word) for word in self.words)


def _between(passages: Iterable[Passage]) -> list[str | Passage]:
    """The passages with a semicolon between them."""
    return [part for passage in passages for part in ("; ", passage)][1:]
