"""Where values come from: sources, what was read of them and when, and the part that a citation names."""

import datetime
from collections.abc import Mapping
from typing import Annotated, Final, Self

from pydantic import AfterValidator, Field, model_validator

from macros.finding import Refused
from macros.formulary import values
from macros.formulary.fields import PastDate, PastDay, Places, Prose, Words, one_of
from macros.formulary.vocabulary import Record, Text

UNREAD: Final = "not"  # the extent of a part that was not read
WHOLE: Final = "whole"


class Citation(Record):
    """A source of a value, with the grade that the value has from it and the part that it stands in."""

    source: Text
    grade: Annotated[str, one_of("grades")]
    locator: Prose | None = None


class Reading(Record):
    """How far a part of a source was read, and when, where that was on another day than the rest."""

    read: Annotated[str, one_of("extents")]
    on: PastDate | None = None

    @model_validator(mode="after")
    def _read_on_a_day(self) -> Self:
        if self.read == UNREAD and self.on:
            raise Refused("was not read, so there is no day; delete 'on'")
        return self


class Source(Record):
    """Whose statement, how and how far it was read, and where a reader can open it.

    `parts` names its sections, tables or pages; one that has none is `undivided`. Without `date_read` nothing was read of it.
    """

    title: Prose
    statement: Annotated[str, one_of("statements")]
    read: Annotated[str, one_of("readings")] | None = None
    address: Annotated[str, Field(pattern=r"^https?://[^\s<>\"']+$")] | None = None
    doi: Annotated[str, Field(pattern=r"^10\.[0-9]{4,9}/[^\s<>\"']+$")] | None = None
    pmid: Annotated[str, Field(pattern=r"^[0-9]+$")] | None = None
    date: PastDay | None = None
    date_words: Prose | None = None
    date_read: PastDate | None = None
    jurisdictions: Places
    parts: Annotated[Mapping[Text, Reading], Field(min_length=1)] | None = None
    undivided: Annotated[str, one_of("extents")] | None = None

    @model_validator(mode="after")
    def _says_what_was_read(self) -> Self:
        if self.parts is not None and self.undivided is not None:
            raise Refused("has parts and is called undivided; delete one of the two")
        if self.parts is None and self.undivided is None:
            raise Refused("does not say what was read; write 'parts:' with each part and how far, or 'undivided:' if it has none")
        seen = any(self.extent(name) != UNREAD for name in self.parts or ("",))
        if seen != bool(self.date_read) or seen != bool(self.read):
            raise Refused("was read; write 'read:' and 'date_read:'" if seen else "was not read; delete 'read:' and 'date_read:'")
        return self

    def extent(self, part: str) -> str | None:
        """How far a part was read, "" for the whole of an undivided source; nothing if there is no such part."""
        if self.parts is None:
            return None if part else self.undivided
        return self.parts[part].read if part in self.parts else None

    def part_of(self, locator: str) -> str | None:
        """The part that a locator begins with, as in "section 5, table 2"; nothing if it begins with none."""
        named = [name for name in self.parts or () if locator == name or locator.startswith(f"{name}, ")]
        return max(named, key=len, default=None)

    def read_on(self, part: str) -> datetime.date | None:
        """The day on which the part was read."""
        own = self.parts[part].on if self.parts and part in self.parts else None
        return own or self.date_read

    @property
    def link(self) -> str | None:
        """The address that a reader can open, if there is one."""
        return self.address or (f"https://doi.org/{self.doi}" if self.doi else None)


class PassageOf(Record):
    """A part of a source that a gap speaks of."""

    source: Text
    part: Text | None = None


def _passages(passages: tuple[PassageOf, ...]) -> tuple[values.Passage, ...]:
    return tuple(values.Passage(each.source, each.part or "") for each in passages)


class Unsaid(Record):
    """What passages do not say, or what nobody read in them."""

    passages: Annotated[tuple[PassageOf, ...], Field(min_length=1), AfterValidator(_passages)]
    only: Prose | None = None

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if again := next((each for number, each in enumerate(self.passages) if each in self.passages[:number]), None):
            raise Refused(f"names {again.part or 'the whole'} of '{again.source}' more than once; keep one")
        return self


class Search(Record):
    """A search that found nothing: its words, its places and its day."""

    words: Words
    where: Prose
    on: PastDate
    only: Prose | None = None
