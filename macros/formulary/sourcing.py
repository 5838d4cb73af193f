"""Where values come from: sources, what was read of them and when, and the part that a citation names."""

import datetime
from collections.abc import Mapping
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from macros.finding import Refused
from macros.formulary.dates import PastDate, PastDay
from macros.formulary.fields import OneOf, Places
from macros.formulary.record import Prose, Record, Text

UNREAD: Final = "not"  # the extent of a part that was not read
WHOLE: Final = "whole"


class Citation(Record):
    """A source of a value, with the grade that the value has from it and the part that it stands in."""

    source: Text
    """The name of an entry of sources.yml."""
    grade: Annotated[str, OneOf("grades")]
    """How far this value can be trusted from this source."""
    locator: Prose | None = None
    """Where in the source it stands: a part of it as sources.yml names it, and what is finer: section 5, table 2."""


class Reading(Record):
    """How far a part of a source was read, and when, where that was on another day than the rest."""

    read: Annotated[str, OneOf("extents")]
    """How far the part was read."""
    on: PastDate | None = None
    """The day on which the part was read, where it is not the source's date_read."""

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
    """What the source is called, and its part if it is only a part."""
    statement: Annotated[str, OneOf("statements")]
    """Whose statement it is, whoever repeats it."""
    read: Annotated[str, OneOf("readings")] | None = None
    """How you read it."""
    address: Annotated[str, Field(pattern=r"^https?://[^\s<>\"']+$")] | None = None
    """The whole address that a reader can open, with https:// in front."""
    doi: Annotated[str, Field(pattern=r"^10\.[0-9]{4,9}/[^\s<>\"']+$")] | None = None
    """Its DOI, from the '10.' on."""
    pmid: Annotated[str, Field(pattern=r"^[0-9]+$")] | None = None
    """Its PubMed number, in digits."""
    edition: Prose | None = None
    """Which text it is, in few words, where a place has several labels of the medicine: capsules. Copies of one text share it."""
    date: PastDay | None = None
    """Its own date: 2024-03-12, 2024-03 or 2024."""
    date_words: Prose | None = None
    """What that date is, or why there is none: page date."""
    date_read: PastDate | None = None
    """The day on which you read it: 2026-11-22. Left out where nothing of it was read."""
    jurisdictions: Places
    """For whom it speaks: [US]."""
    parts: Annotated[Mapping[Prose, Reading], Field(min_length=1)] | None = None
    """Its sections, tables or pages, each with how far it was read: 'section 2: {read: whole}'."""
    undivided: Annotated[str, OneOf("extents")] | None = None
    """How far it was read, where it has no parts that could be named."""

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
        """How far a part was read, "" for the whole of an undivided source; None if there is no such part."""
        if self.parts is None:
            return None if part else self.undivided
        return self.parts[part].read if part in self.parts else None

    def part_of(self, locator: str) -> str | None:
        """The part that a locator begins with, as in "section 5, table 2"; None if it begins with none."""
        named = [name for name in self.parts or () if locator == name or locator.startswith(f"{name}, ")]
        return max(named, key=len, default=None)

    def read_on(self, part: str) -> datetime.date | None:
        """The day on which the part was read; None if nothing of the source was."""
        own = self.parts[part].on if self.parts and part in self.parts else None
        return own or self.date_read

    @property
    def link(self) -> str | None:
        """The address that a reader can open: the source's own, else that of its DOI, else None."""
        return self.address or (f"https://doi.org/{self.doi}" if self.doi else None)
