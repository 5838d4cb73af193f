"""The closed lists that everything else chooses from, as frozen records."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from macros.finding import Refused, nearest

Text = Annotated[str, Field(min_length=1)]


def _flag(text: object) -> bool:
    if text not in ("true", "false"):
        raise Refused(f"'{text}' is neither true nor false; write one of the two")
    return text == "true"


Flag = Annotated[bool, BeforeValidator(_flag)]


class Record(BaseModel):
    """A closed, frozen record: an unknown key is an error, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Status(Record):
    """A use that facts speak of, how it is marked and what the mark demands."""

    at: tuple[str, int]  # the loader says where it stands
    word: Text
    heading: Text
    meaning: Text
    authorized: Flag
    notice: Flag
    border: Text
    icon: Text


class Word(Record):
    """An entry of a list that has nothing but its word."""

    word: Text


class Jurisdiction(Word):
    """Whose rules or advice; `authority` where it is the law of a place."""

    authority: Flag


class Evidence(Word):
    """What a fact rests on, and which kinds of statement can carry it."""

    carried_by: tuple[str, ...]
    own_use: Flag


class StatementKind(Word):
    """Whose statement a source is; `parted` where it has sections, tables or pages, so that a citation names its own."""

    parted: Flag = False


class Verdict(Word):
    """What became of a claim of the draft; `differs` where something else is published and must be explained."""

    differs: Flag


class Grade(Word):
    """How far a value can be trusted."""

    weak: Flag


class Event(Word):
    """What can happen to an authorization or to the supply; `banner` above the title, `listed` in lists of medicines.

    `effect` says whether an authorization begins or ends with it; with `gap` it says only what is not known.
    """

    topic: Text
    banner: Flag
    listed: Flag
    carried_by: tuple[str, ...] = ()
    effect: Literal["granted", "ended"] | None = None
    gap: Flag = False


class Topic(Word):
    """What a fact is about; `local` where authorities differ, `use` whether its facts must say theirs."""

    file: Text
    local: Flag
    use: Literal["any", "needed", "unless-label", "marked"] = "any"


class CardLine(Word):
    """A line of the card at the top of a monograph, and the topics that it may speak of."""

    topics: tuple[str, ...]


class Unit(Record):
    """A unit as it is written and spoken; its name is what is written, unless nothing is."""

    written: Literal[""] | None = None
    plural: Annotated[str, Field(pattern=r"^\D+$")] | None = None
    spoken: tuple[str, str] | None = None
    tight: Flag = False


class Entry(Record):
    """A word of the glossary: its long form if it is an abbreviation, and what it means."""

    at: tuple[str, int]  # the loader says where it stands
    full: Text | None = None
    meaning: Text


class Lists(Record):
    """The file vocabulary.yml."""

    jurisdictions: Mapping[str, Jurisdiction]
    evidence: Mapping[str, Evidence]
    statements: Mapping[str, StatementKind]
    readings: Mapping[str, Word]
    extents: Mapping[str, Word]
    grades: Mapping[str, Grade]
    events: Mapping[str, Event]
    topics: Mapping[str, Topic]
    verdicts: Mapping[str, Verdict]
    changes: Mapping[str, Word]
    card: Mapping[str, CardLine]

    @cached_property
    def official(self) -> frozenset[str]:
        """The kinds of statement that can say that a use is authorized."""
        return frozenset(kind for each in self.evidence.values() if each.own_use for kind in each.carried_by)

    @model_validator(mode="after")
    def _names_known(self) -> Self:
        carried = {name: entry.carried_by for name, entry in self.evidence.items()}
        carried |= {name: event.carried_by for name, event in self.events.items()}
        for name, kinds in carried.items():
            for kind in kinds:
                if kind not in self.statements:
                    raise Refused(f"{name}: is carried by the unknown statement '{kind}'; {nearest(kind, self.statements)}")
        for name, event in self.events.items():
            if event.topic not in self.topics:
                raise Refused(f"{name}: is an event of the unknown topic '{event.topic}'; {nearest(event.topic, self.topics)}")
        for name, line in self.card.items():
            for topic in line.topics:
                if topic not in self.topics:
                    raise Refused(f"{name}: is a line of the card about the unknown topic '{topic}'; {nearest(topic, self.topics)}")
        return self


class Vocabulary(Record):
    """Every closed list: statuses, units, the lists of vocabulary.yml, abbreviations and names that hold digits."""

    statuses: Mapping[str, Status]
    units: Mapping[str, Unit]
    lists: Lists
    glossary: Mapping[str, Entry]
    terms: tuple[str, ...]

    @cached_property
    def long_forms(self) -> tuple[tuple[str, str], ...]:
        """Each abbreviation of the glossary with what it is short for."""
        return tuple((name, entry.full) for name, entry in self.glossary.items() if entry.full)

    def written_units(self) -> dict[str, str]:
        """Every form in which a unit may be written, with the unit's name."""
        forms = {name: name for name in self.units}
        forms.update({unit.plural: name for name, unit in self.units.items() if unit.plural})
        return forms

    def names(self, group: str) -> Mapping[str, object]:
        """The entries of a list by its name."""
        found: Mapping[str, object] = getattr(self if group in ("statuses", "units") else self.lists, group)
        return found
