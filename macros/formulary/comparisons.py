"""Medicines side by side: the shape of comparisons.yml."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from macros.finding import Refused
from macros.formulary.dosing import possible
from macros.formulary.fields import Words, parsed
from macros.formulary.quantities import whole
from macros.formulary.record import Flag, Named, Placed, Prose, Text

_NAME = r"[a-z0-9]+(-[a-z0-9]+)*"


def _name(text: str) -> str:
    if not re.fullmatch(_NAME, text):
        raise Refused(f"'{text}' can't be a name; write small letters, digits and single hyphens")
    return text


Name = Annotated[str, AfterValidator(_name), Field(json_schema_extra={"pattern": f"^{_NAME}$"})]


class Row(Placed):
    """A question that is asked of each medicine, and what answers it."""

    question: Prose
    """What stands at the head of the row, in a few words."""
    show: Words | None = None
    """Which facts answer it: [dose/standard], one of a single medicine by its whole id, or a topic: its facts that no row names."""
    evidence: Literal["official", "other"] | None = None
    """official: only what a label or a regulator says. other: only the rest."""
    titled: Flag = False
    """true: each fact is told with its title, since several answer the question."""
    in_full: Flag = False
    """true: each fact is told in full, since its short form names no limits."""
    volume_at: Annotated[int, parsed(whole), AfterValidator(possible)] | None = None
    """Instead of facts: the volume of the dose for this body weight in kg, computed from those of dose.yml: 70."""

    @model_validator(mode="after")
    def _one_answer(self) -> Self:
        if (self.show is None) == (self.volume_at is None):
            raise Refused("a row has one kind of answer; write either 'show:' with facts and topics, or 'volume_at:' with a body weight")
        if self.volume_at and (self.evidence or self.titled or self.in_full):
            raise Refused("a computed volume has neither evidence nor words; delete 'evidence', 'titled' and 'in_full'")
        return self


class Group(Placed):
    """Rows that belong together, by the names that links lead to them by."""

    title: Prose
    """What stands above the rows."""
    note: Prose | None = None
    """What a reader has to know of these rows, beside the title."""
    rows: Annotated[Mapping[Name, Row], Field(min_length=1)]
    """Its rows by the names that links lead to them by."""


class Comparison(Named):
    """One table: the medicines for a disease side by side, question by question."""

    disease: Text
    """For which disease: each medicine whose diseases hold this word is a column."""
    caption: Prose
    """What the table shows, for those who hear it."""
    reminder: Prose
    """What stands at the head of the questions and stays in sight: not to compare figures across trials."""
    groups: Annotated[Mapping[Name, Group], Field(min_length=1)]
    """The groups of rows by the names that links lead to them by."""

    def model_post_init(self, context: Any, /) -> None:
        """Tells each group and row where it stands, too, by the lines of the file."""
        super().model_post_init(context)
        lines = (context or {}).get("lines", {})
        for place, record in self._parts():
            record._at = (self.at[0], lines.get((self.id, "groups", *place), self.at[1]))

    def _parts(self) -> Iterator[tuple[tuple[str, ...], Placed]]:
        for name, group in self.groups.items():
            yield (name,), group
            yield from (((name, "rows", key), row) for key, row in group.rows.items())

    @property
    def rows(self) -> Iterator[Row]:
        """Every row, group by group."""
        for group in self.groups.values():
            yield from group.rows.values()

    @property
    def names(self) -> Iterator[tuple[str, Placed]]:
        """Every name that a link leads to a group or a row by, in the order of the page, with what it names."""
        yield from ((place[-1], record) for place, record in self._parts())
