"""What a fact can state: every kind of value under its key.

A kind of value is one class with all that is known of it; to add one, write the class, its line in `Valued` and in `Value`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self

from pydantic import model_validator
from pydantic.json_schema import JsonSchemaValue

from macros.finding import Refused
from macros.formulary.dates import Day, Happened, Planned
from macros.formulary.doses import Strength
from macros.formulary.fields import Phrases
from macros.formulary.gaps import Gap, NotFound, NotRead, OfPassages, Passage, Silent
from macros.formulary.kinds import Formed, Kind, ShortText
from macros.formulary.quantities import Amount, Count, Interval, Proportion, Range
from macros.formulary.record import Prose, Record
from macros.formulary.regimens import Regimen
from macros.formulary.schedules import Schedule, Step
from macros.formulary.vocabulary import Vocabulary
from macros.formulary.words import listed

__all__ = [
    "VALUE_KEYS", "Amount", "Code", "Count", "Day", "Gap", "Interval", "NotFound", "NotRead", "OfPassages", "Passage", "Planned",
    "Proportion", "Range", "Regimen", "Schedule", "Silent", "Statement", "Step", "Strength", "Terms", "Value", "Valued",
]  # fmt: skip
_REFERENCE = re.compile(r"\{([^{}]*)\}")
_REGISTRY = "https://clinicaltrials.gov/study/"
_REGISTERED = re.compile("NCT[0-9]{8}")


@dataclass(frozen=True, slots=True)
class Code(ShortText, Kind):
    """An identifier, printed as it stands."""

    text: str

    @property
    def record(self) -> str | None:
        """The address of the registry's record, if it is the number of a trial there."""
        return _REGISTRY + self.text if _REGISTERED.fullmatch(self.text) else None

    @classmethod
    def read(cls, text: str, known: Vocabulary) -> Self:
        """The identifier that the text is. Raises Refused."""
        if not text or text != text.strip():
            raise Refused("is empty or has spare spaces; write the identifier as its register has it, such as B02BD15")
        return cls(text)

    @classmethod
    def json_schema(cls, vocabulary: Vocabulary) -> JsonSchemaValue:
        """YAML 1.2 takes an identifier of digits for a number."""
        return {"type": ["string", "number"], "minLength": 1}

    def written(self, vocabulary: Vocabulary) -> str:
        """The identifier."""
        return self.text

    def texts(self) -> Iterator[tuple[str, str]]:
        """The identifier."""
        yield "", self.text


@dataclass(frozen=True, slots=True)
class Terms(Formed):
    """A list of names."""

    form: ClassVar[Any] = Phrases

    terms: tuple[str, ...]

    @classmethod
    def of(cls, given: tuple[str, ...]) -> Self:
        """The list of validated names."""
        return cls(given)

    def written(self, vocabulary: Vocabulary) -> str:
        """The names as a phrase: one, two and three."""
        return listed(self.terms)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Each name."""
        yield from (("", term) for term in self.terms)


@dataclass(frozen=True, slots=True)
class Statement(Formed):
    """A sentence; facts that it refers to stand in it as `{file/name}`."""

    form: ClassVar[Any] = Prose

    text: str

    @classmethod
    def of(cls, given: str) -> Self:
        """The statement of a validated text."""
        return cls(given)

    @property
    def references(self) -> tuple[str, ...]:
        """The ids in braces, in their order."""
        return tuple(_REFERENCE.findall(self.text)) if "{" in self.text else ()

    def parts(self) -> list[str]:
        """The text cut at its references: words, id, words, id, …, words."""
        return _REFERENCE.split(self.text) if "{" in self.text else [self.text]

    def written(self, vocabulary: Vocabulary) -> str:
        """The sentence with its references in braces."""
        return self.text

    def texts(self) -> Iterator[tuple[str, str]]:
        """The sentence."""
        yield "", self.text


Value = (
    Amount
    | Range
    | Proportion
    | Count
    | Day
    | Planned
    | Code
    | Schedule
    | Regimen
    | Strength
    | Terms
    | Statement
    | NotRead
    | Silent
    | NotFound
)


class Valued(Record):
    """A record with exactly one value, under the key that says its kind."""

    amount: Amount | None = None
    """A number with its unit: 'at least 3 hours' or '6 × 10^13 vg/kg'."""
    range: Range | None = None
    """From low to high, with the unit: '84 to 232 weeks'."""
    proportion: Proportion | None = None
    """So many of so many: '26 of 181'."""
    count: Count | None = None
    """A whole number and what is counted: '134 participants'."""
    date: Happened | None = None
    """A day, a month or a year: 2023-06-29, 2023-06 or 2023."""
    planned: Planned | None = None
    """A day, a month or a year on which something is meant to happen: 2027-06. It is printed as planned."""
    code: Code | None = None
    """An identifier, printed as it stands: B02BD15."""
    schedule: Schedule | None = None
    """Steps that follow one another, each on a line: '- {every: 1 week, until: 26 weeks}'."""
    regimen: Regimen | None = None
    """A dose with all that it depends on: {who: …, route: oral, steps: [{amount: 500 mg, every: 12 hours}], maximum: [4 g in a day]}."""
    strength: Strength | None = None
    """What a product holds: '250 mg in 5 mL'."""
    terms: Terms | None = None
    """A list of names: [stage 3, stage 4]."""
    statement: Statement | None = None
    """One sentence. It holds no figure; a fact that it speaks of stands as {file/name}."""
    not_read: NotRead | None = None
    """A gap: these passages would say it and were not read: {passages: [{source: its name, part: section 6.4}]}."""
    silent: Silent | None = None
    """A gap: these passages were read whole and say nothing: {passages: [{source: its name, part: section 3}]}."""
    not_found: NotFound | None = None
    """A gap: searched for in vain: {words: [what was searched], where: in which places, on: 2026-11-22}."""

    @model_validator(mode="before")
    @classmethod
    def _one_value(cls, raw: Any) -> Any:
        given = [key for key in VALUE_KEYS if key in raw] if isinstance(raw, dict) else ["?"]
        if len(given) != 1:
            found = "no value" if not given else "more than one value: " + ", ".join(given)
            raise Refused(f"has {found}; write exactly one of: {', '.join(VALUE_KEYS)}")
        return raw

    @property
    def value_key(self) -> str:
        """The key that the value stands under."""
        return next(key for key in VALUE_KEYS if getattr(self, key) is not None)

    @cached_property
    def value(self) -> Value:
        """What is stated, whatever its kind."""
        found: Value = getattr(self, self.value_key)
        return found


VALUE_KEYS = tuple(Valued.model_fields)
