"""What every kind of value has: how an editor writes it, how it is printed and spoken, which texts it holds.

A kind is one class; what is known of it stands there and nowhere else.
"""

import re
from abc import abstractmethod
from collections.abc import Iterator
from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from macros.finding import Refused
from macros.formulary.fields import SHARED, short_text, vocabulary_of
from macros.formulary.vocabulary import Vocabulary


class Fields:
    """A frozen dataclass with slots, kept as its fields: to be made of them anew takes half of what `dataclasses` does by itself."""

    __slots__ = ()
    __match_args__: ClassVar[tuple[str, ...]] = ()

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...]]:
        return type(self), tuple([getattr(self, name) for name in self.__match_args__])


# No base is an ABC: to ask of a value which kind it is takes five times as long then, and each fact is asked many times. mypy sees to it
# that no kind lacks a method.
class Kind(Fields):
    """A kind of value, as readers meet it."""

    __slots__ = ()

    @abstractmethod
    def written(self, vocabulary: Vocabulary) -> str:
        """The value as it is printed; a statement keeps its references in braces."""

    def spoken(self, vocabulary: Vocabulary) -> str:
        """The value as it should be read aloud; "" where the printed form speaks for itself."""
        return ""

    def texts(self) -> Iterator[tuple[str, str]]:
        """The words inside the value that somebody chose, each with the key that it stands under, "" for that of the value."""
        yield from ()


def worded(value: Kind, vocabulary: Vocabulary, aloud: bool) -> str:
    """The value as it is printed, or in the words that are heard."""
    return (value.spoken(vocabulary) if aloud else "") or value.written(vocabulary)


class Formed(Kind):
    """A kind of value that an editor writes as a list, a block or a sentence: in the form of another type that Pydantic knows."""

    __slots__ = ()
    form: ClassVar[Any]

    @classmethod
    @abstractmethod
    def of(cls, given: Any) -> Self:
        """The value, made of its validated form. Raises Refused if it can't be one."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls.of, handler.generate_schema(cls.form))


class ShortText(Fields):
    """Something that an editor writes as one short text."""

    __slots__ = ()

    @classmethod
    @abstractmethod
    def read(cls, text: str, known: Vocabulary) -> Self:
        """What the text states, in units of the vocabulary. Raises Refused if the text is none."""

    @classmethod
    @abstractmethod
    def json_schema(cls, vocabulary: Vocabulary) -> JsonSchemaValue:
        """The JSON Schema of the text, as a program that reads YAML 1.2 sees it."""

    @classmethod
    def validated(cls, raw: object, info: ValidationInfo) -> Self:
        """What an editor's text states, or what was read already. Raises Refused."""
        return raw if isinstance(raw, cls) else cls.read(short_text(raw), vocabulary_of(info))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_before_validator_function(cls.validated, core_schema.is_instance_schema(cls))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {SHARED: cls.__name__}


_UNIT = r"(?P<unit>\S.*)"
# That of the lower end, where it has one of its own.
_FIRST = r"(?P<first>\S.*?)"


# Numbers as nobody may write them, each with what to write instead; the first that fits is told.
_SLIPS = (
    (re.compile(r"[0-9] ?[-–—] ?[0-9]"), "'to' between the two numbers, the lower one first"),
    (re.compile(r"[0-9][,'’][0-9]"), "its number without a comma, and decimals behind a point"),
    (re.compile(r"(?:^|[ /])\.[0-9]"), "a zero before its point, as in 0.5"),
    (re.compile(r"(?:^|[ /])0[0-9]"), "its number without a zero in front"),
    (re.compile(r"(?![0-9])[\d½¼¾⅓⅔]|^[13]/[234] "), "its number in plain digits, a half as 0.5"),
    (re.compile(r"^~"), "'about' for the sign"),
    (re.compile(r"[0-9](?!e[0-9])(?:[A-Za-zµμ]|%(?! CI))"), "a space between its number and its unit"),
)


class Grammar(ShortText):
    """A short text with a grammar; `name` and `hint` are for a refusal: "is not {name}; write {hint}"."""

    __slots__ = ()
    grammar: ClassVar[re.Pattern[str]]
    name: ClassVar[str]
    hint: ClassVar[str]

    @classmethod
    def match(cls, text: str) -> re.Match[str]:
        """The parts of the text. Raises Refused if the grammar does not fit all of it."""
        if not (match := cls.grammar.fullmatch(text)):
            raise Refused(f"'{text}' is not {cls.name}; write {next((right for slip, right in _SLIPS if slip.search(text)), cls.hint)}")
        return match

    @classmethod
    def json_schema(cls, vocabulary: Vocabulary) -> JsonSchemaValue:
        """The grammar in the dialect of JSON Schema, which names no groups and escapes no spaces; with the units there are."""
        units = "|".join(re.escape(unit) for unit in sorted(vocabulary.written_units))
        pattern = re.sub(r"[?]P<[a-z]+>", "?:", cls.grammar.pattern.replace(_UNIT, f"(?:{units})").replace(_FIRST, f"(?:{units})"))
        pattern = f"^(?:{pattern})$".replace("\\ ", " ").replace("\\-", "-")
        needed = cls.grammar.pattern.endswith(f" {_UNIT}")
        return {"type": "string", "pattern": pattern, "errorMessage": f"write {cls.hint}" + ", with a unit of units.yml" * needed}


# What a dose is reckoned per, which goes without saying of an amount.
_OF_A_DOSE = ("/dose", "/doses", " per dose")
_MULTIPLES = ("thousand", "million", "mio", "billion")


def unit_named(written: str, known: Vocabulary) -> str:
    """The name of a written unit. Raises Refused if there is no such unit; a unit of another size or kind is never advised."""
    if name := known.written_units.get(written):
        return name
    if below := next((each for each in _OF_A_DOSE if written.endswith(each)), ""):
        one = written.removesuffix(below)
        if unit := one if one in known.written_units else known.unit_meant(one):
            a_day = f"an amount of a day as '{unit}/day' with 'divided:'"
            raise Refused(f"unknown unit '{written}'; write '{unit}', which is an amount of one dose, with 'every:', or {a_day}")
    if meant := known.unit_meant(written):
        new = "" if meant in known.written_units else ", a new unit, and list it in units.yml"
        raise Refused(f"unknown unit '{written}'; write '{meant}'{new}")
    if known_as := known.lists.refused_units.get(written) or known.lists.abbreviations.get(written):
        raise Refused(f"unknown unit '{written}'; write {known_as.word}")
    if re.match("[0-9]", written):
        raise Refused(f"unknown unit '{written}'; write the number without a space in it")
    unit, _, often = written.partition(" ")
    if often and unit in known.written_units and often.lower() in {each.lower() for each in known.lists.abbreviations}:
        raise Refused(f"unknown unit '{written}'; write '{unit}' alone, and how often under a key of its own, as in 'every: 1 day'")
    if unit in _MULTIPLES:
        raise Refused(f"unknown unit '{written}'; write the whole number in digits, in front of the unit alone")
    raise Refused(f"unknown unit '{written}'; write a unit of units.yml in full, or list it there with its kind")
