"""The kinds of field that the models of the data are made of, each checked once on the way in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from macros.finding import Refused, nearest
from macros.formulary.record import Prose, Text
from macros.formulary.vocabulary import Vocabulary

# Stands in a schema for what several records share; the writer of the schemas puts a reference to the one definition there.
SHARED: Final = "shared"
# No value with a grammar is longer; and no number is too long to reckon with.
_LONGEST = 200


def vocabulary_of(info: ValidationInfo) -> Vocabulary:
    """The vocabulary that a record is validated by."""
    context: Mapping[str, Any] = info.context or {}
    known: Vocabulary = context["vocabulary"]
    return known


@dataclass(frozen=True, slots=True)
class OneOf:
    """Marks a text that is a word of the vocabulary's list of this name; any other is Refused."""

    group: str

    def __call__(self, word: str, info: ValidationInfo) -> str:
        """The word. Raises Refused if the list does not have it."""
        known = vocabulary_of(info).names(self.group)
        if word not in known:
            raise Refused(f"unknown word '{word}' (see {self.group} in the vocabulary); {nearest(word, known)}")
        return word

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {SHARED: self.group}


def short_text(raw: object) -> str:
    """The one short text that an editor wrote. Raises Refused for a list, a block or a long text."""
    if not isinstance(raw, str):
        raise Refused("holds a list or a block where one short text belongs; write it on one line after the colon")
    if len(raw) > _LONGEST:
        raise Refused(f"is longer than {_LONGEST} characters; write the value alone here and the words in 'note:'")
    return raw


def parsed(parse: Callable[[str], object]) -> BeforeValidator:
    """Makes a field's value of one short text with a parser that raises Refused."""
    return BeforeValidator(lambda raw: parse(short_text(raw)))


def each_once(entries: tuple[str, ...]) -> tuple[str, ...]:
    """The entries. Raises Refused if one stands twice."""
    if again := next((entry for number, entry in enumerate(entries) if entry in entries[:number]), None):
        raise Refused(f"lists '{again}' more than once; keep one")
    return entries


_EACH_ONCE = (AfterValidator(each_once), Field(json_schema_extra={"uniqueItems": True}))

Times = Annotated[str, Field(pattern=r"^[1-9][0-9]?( to [1-9][0-9]?)?$")]
# Names of other records.
Words = Annotated[tuple[Text, ...], Field(min_length=1), *_EACH_ONCE]
# Words that somebody chose, one or more.
Phrases = Annotated[tuple[Prose, ...], Field(min_length=1), *_EACH_ONCE]
# A name, or a list of names.
OneOrMore = Annotated[
    Words,
    BeforeValidator(lambda raw: (raw,) if isinstance(raw, str) and raw else raw, json_schema_input_type=Text | Words),
]
Places = Annotated[tuple[Annotated[str, OneOf("jurisdictions")], ...], *_EACH_ONCE]
