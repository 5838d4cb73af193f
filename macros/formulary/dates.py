"""Days, as far as they are known, and the fields of records that hold them."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self, TypeVar

from pydantic import AfterValidator, ValidationInfo, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue

from macros.finding import Refused
from macros.formulary.fields import parsed
from macros.formulary.kinds import Kind, ShortText
from macros.formulary.vocabulary import Vocabulary
from macros.formulary.words import full_date, month

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
_IN_A_SCHEMA = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_FULL_IN_A_SCHEMA = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"

When = TypeVar("When", date, "Day")
Made = TypeVar("Made", bound="Day")


@dataclass(frozen=True, slots=True)
class Day(ShortText, Kind):
    """A date as far as it is known: a year, a month or a day."""

    text: str

    @classmethod
    def read(cls, text: str, known: Vocabulary) -> Self:
        """The date that the text states, to the year, month or day. Raises Refused."""
        return _day(text, cls)

    @classmethod
    def json_schema(cls, vocabulary: Vocabulary) -> JsonSchemaValue:
        """YAML 1.2 takes a year for a number."""
        made = {"type": ["string", "integer"], "minimum": 1, "maximum": 9999, "pattern": _IN_A_SCHEMA}
        return made | {"errorMessage": "write 2023, 2023-06 or 2023-06-29"}

    @property
    def earliest(self) -> date:
        """The first day that the text can mean."""
        return date.fromisoformat(self.text + "-01-01"[len(self.text) - 4 :])

    def __str__(self) -> str:
        """In words, as far as it is known: 2023, June 2023, 29 June 2023."""
        if len(self.text) == 4:
            return self.text
        return month(self.earliest.year, self.earliest.month) if len(self.text) == 7 else full_date(self.earliest)

    def written(self, vocabulary: Vocabulary) -> str:
        """The day in words."""
        return str(self)


def _day(text: str, made: type[Made]) -> Made:
    try:
        if _DATE.fullmatch(text):
            made(text).earliest  # noqa: B018  raises for a day that no calendar has
            return made(text)
    except ValueError:
        pass
    raise Refused(f"'{text}' is not a date; write 2023, 2023-06 or 2023-06-29")


@dataclass(frozen=True, slots=True)
class Planned(ShortText, Kind):
    """A date on which something is meant to happen, as far as it is known; no day on which anything happened."""

    text: str

    @classmethod
    def read(cls, text: str, known: Vocabulary) -> Self:
        """The date that the text states, to the year, month or day. Raises Refused."""
        return cls(Day.read(text, known).text)

    @classmethod
    def json_schema(cls, vocabulary: Vocabulary) -> JsonSchemaValue:
        """The same as of a date."""
        return Day.json_schema(vocabulary)

    @property
    def earliest(self) -> date:
        """The first day that the text can mean."""
        return Day(self.text).earliest

    def over(self, today: date) -> bool:
        """Whether all days that the text can mean have passed."""
        return today.isoformat()[: len(self.text)] > self.text

    def written(self, vocabulary: Vocabulary) -> str:
        """That it is planned, and for when."""
        return f"planned for {Day(self.text)}"


def whole_day(text: str) -> date:
    """The day that the text states. Raises Refused for a year, a month or what is no date."""
    if len(_day(text, Day).text) != 10:
        raise Refused(f"'{text}' is not a full date; write 2023-06-29")
    return date.fromisoformat(text)


def _past(day: When, info: ValidationInfo) -> When:
    earliest = day.earliest if isinstance(day, Day) else day
    if earliest > (info.context or {})["today"]:
        raise Refused(f"{earliest} lies in the future; write the day on which it happened")
    return day


def _happened(day: Day, info: ValidationInfo) -> Day:
    try:
        return _past(day, info)
    except Refused as refused:
        raise Refused(f"{refused}, or 'planned:' for what is meant to happen then") from refused


_FULL = WithJsonSchema({"type": "string", "format": "date", "pattern": _FULL_IN_A_SCHEMA, "errorMessage": "write 2023-06-29"})
FullDate = Annotated[date, parsed(whole_day), _FULL]
PastDate = Annotated[date, parsed(whole_day), AfterValidator(_past), _FULL]
PastDay = Annotated[Day, AfterValidator(_past)]
Happened = Annotated[Day, AfterValidator(_happened)]
