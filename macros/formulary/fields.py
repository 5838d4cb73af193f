"""The kinds of field that the models of the data are made of, each checked once on the way in."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from macros.finding import Refused, nearest
from macros.formulary import values
from macros.formulary.vocabulary import Text, Vocabulary

# No value with a grammar is longer; and no number is too long to reckon with.
_LONGEST = 200


def vocabulary_of(info: ValidationInfo) -> Vocabulary:
    """The vocabulary that a record is validated by."""
    context: Mapping[str, Any] = info.context or {}
    known: Vocabulary = context["vocabulary"]
    return known


def one_of(group: str) -> AfterValidator:
    """Takes a word only if it stands in the vocabulary's list of this name."""

    def check(word: str, info: ValidationInfo) -> str:
        known = vocabulary_of(info).names(group)
        if word not in known:
            raise Refused(f"unknown word '{word}' (see {group} in the vocabulary); {nearest(word, known)}")
        return word

    return AfterValidator(check)


def _text_only(raw: object) -> str:
    if not isinstance(raw, str):
        raise Refused("holds a list or a block where one short text belongs; write it on one line after the colon")
    return raw


def parsed(parse: Callable[..., object], *, units: bool = False) -> BeforeValidator:
    """Parses one short text; `units` gives the parser every written unit as well."""

    def check(raw: object, info: ValidationInfo) -> object:
        text = _text_only(raw)
        if len(text) > _LONGEST:
            raise Refused(f"is longer than {_LONGEST} characters; write the value alone here and the words in 'note:'")
        return parse(text, vocabulary_of(info).written_units()) if units else parse(text)

    return BeforeValidator(check)


def _past(day: date | values.Day, info: ValidationInfo) -> date | values.Day:
    earliest = day.earliest if isinstance(day, values.Day) else day
    if earliest > (info.context or {})["today"]:
        raise Refused(f"{earliest} lies in the future; write the day on which it happened")
    return day


def _prose(text: str) -> str:
    if text != text.strip() or "\n" in text.strip("\n") or "  " in text:
        raise Refused("has spare spaces or line breaks; write one line with single spaces")
    return text


def _each_once(entries: tuple[str, ...]) -> tuple[str, ...]:
    if again := next((entry for number, entry in enumerate(entries) if entry in entries[:number]), None):
        raise Refused(f"lists '{again}' more than once; keep one")
    return entries


_EACH_ONCE = (AfterValidator(_each_once), Field(json_schema_extra={"uniqueItems": True}))

PastDate = Annotated[date, parsed(values.full_date), AfterValidator(_past)]
FullDate = Annotated[date, parsed(values.full_date)]
PastDay = Annotated[values.Day, parsed(values.day), AfterValidator(_past)]
Amount = Annotated[values.Amount, parsed(values.amount, units=True)]
Range = Annotated[values.Range, parsed(values.range_, units=True)]
Span = Annotated[
    values.Amount | values.Range,
    parsed(lambda text, units: (values.range_ if " to " in text else values.amount)(text, units), units=True),
]
Times = Annotated[str, Field(pattern=r"^[1-9][0-9]?( to [1-9][0-9]?)?$")]
Prose = Annotated[str, Field(min_length=1), AfterValidator(_prose)]
Words = Annotated[tuple[Text, ...], Field(min_length=1), *_EACH_ONCE]
Places = Annotated[tuple[Annotated[str, one_of("jurisdictions")], ...], *_EACH_ONCE]
