"""JSON Schemas of the data files, by which an editor's program helps while a fact is written.

They say what a YAML 1.2 program makes of a file that the loader accepts: there 112 is a number and true a boolean.
What they can't say (which facts and sources exist, which dates lie ahead) the loader and the rules say.
"""

import inspect
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from macros.formulary import values
from macros.formulary.descriptions import description
from macros.formulary.model import FILES, VALUE_KEYS, Change, Correction, Fact, Medicine, Recall, Reporting
from macros.formulary.sourcing import Source
from macros.formulary.vocabulary import Entry, Lists, Record, Status, Unit, Vocabulary

FOLDER = Path("macros/data/schema")

# Files with one record for each name, and files that are one record.
_NAMED: dict[str, type[Record]] = {
    **FILES, "corrections": Correction, "changes": Change,
    "sources": Source, "statuses": Status, "units": Unit, "glossary": Entry, "recalls": Recall,
    "reporting": Reporting,
}  # fmt: skip
_WHOLE: dict[str, type[Record]] = {"medicine": Medicine, "vocabulary": Lists}
_NAME = {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "errorMessage": "write small letters, digits and single hyphens"}
_NUMBER = {"pattern": "^C[1-9][0-9]*$", "errorMessage": "write C and the number of the claim"}
_NAMES = {**dict.fromkeys(FILES, _NAME), "corrections": _NUMBER}

_FULL_DATE = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_DATE = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_GRAMMARS = {
    values.Amount: (values.AMOUNT, "write '[at least] 3 hours' or '6 × 10^13 vg/kg', with a unit of units.yml"),
    values.Range: (values.RANGE, "write '84 to 232 weeks', with a unit of units.yml"),
    values.Proportion: (values.PROPORTION, "write '26 of 181'"),
    values.Count: (values.COUNT, "write a whole number and what is counted, as in '134 participants'"),
    values.Interval: (values.INTERVAL, "write '95% CI 12.9 to 23.4'"),
}
_SET_BY_LOADER = ("id", "at")
# Free text may look like a number; a text that looks like a boolean or like nothing is more likely a slip.
_FREE = ["string", "number"]


def schemas(vocabulary: Vocabulary) -> dict[Path, str]:
    """The text of each schema by its path: one for each kind of data file."""
    # What these adapt is known at run time only.
    models: dict[str, TypeAdapter[Any]] = {name: TypeAdapter(cast(Any, dict)[str, model]) for name, model in _NAMED.items()}
    models |= {name: TypeAdapter(cast(Any, model)) for name, model in _WHOLE.items()}
    return {FOLDER / f"{name}.json": _text(name, models[name], vocabulary) for name in sorted(models)}


def _text(name: str, model: TypeAdapter[Any], vocabulary: Vocabulary) -> str:
    made = _Generator(vocabulary, name).generate(model.core_schema)
    if name in _NAMES:
        made["propertyNames"] = _NAMES[name]
    head = {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$comment": "Made from the models and the vocabulary by `python -m macros generate`; a test compares the two.",
        "title": f"{name}.yml",
    }
    return json.dumps(head | made, ensure_ascii=False, indent=2) + "\n"


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, told what texts an editor writes for our kinds of value and which words a list has."""

    def __init__(self, vocabulary: Vocabulary, file: str):
        super().__init__()
        self.vocabulary, self.file = vocabulary, file

    def model_schema(self, schema: Any) -> JsonSchemaValue:
        record: type[Record] = schema["cls"]
        made = super().model_schema(schema)
        del made["title"]
        keys = {key: value for key, value in made["properties"].items() if key not in _SET_BY_LOADER}
        made["properties"] = {key: self._described(key, value, record) for key, value in keys.items()}
        made["required"] = [key for key in made.get("required", []) if key not in _SET_BY_LOADER]
        if "after" in keys:
            made["dependentRequired"] = {"until": ["after"], "after": ["until"]}
        if "event" in keys:
            made["allOf"] = self._events_of_topics()
        choice = VALUE_KEYS if issubclass(record, Fact) else ("every", "then") if "every" in keys else ()
        if choice:
            words = f"has no value; write exactly one of: {', '.join(choice)}"
            made["oneOf"] = [{"required": [key], "errorMessage": words} for key in choice]
        return made

    def _described(self, key: str, made: JsonSchemaValue, record: type[Record]) -> JsonSchemaValue:
        words = description(key, record.__mro__)
        return ({"errorMessage": words} if "pattern" in made else {}) | made | {"description": words}

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def nullable_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def str_schema(self, schema: Any) -> JsonSchemaValue:
        made = super().str_schema(schema)
        pattern = made.get("pattern")
        number = "number" if pattern is None else "integer" if re.search(pattern, "7") else ""
        return made | {"type": ["string", number] if number else "string"}

    def int_schema(self, schema: Any) -> JsonSchemaValue:
        made = super().int_schema(schema) | {"type": ["integer", "string"], "pattern": "^[1-9][0-9]*$"}
        return made | {"errorMessage": "write a whole number above zero"}

    def bool_schema(self, schema: Any) -> JsonSchemaValue:
        return {"type": ["boolean", "string"], "pattern": "^(true|false)$", "errorMessage": "write true or false"}

    def date_schema(self, schema: Any) -> JsonSchemaValue:
        return {"type": "string", "format": "date", "pattern": _FULL_DATE, "errorMessage": "write 2023-06-29"}

    def dataclass_schema(self, schema: Any) -> JsonSchemaValue:
        kind = schema["cls"]
        if kind is values.Day:
            made = {"type": ["string", "integer"], "minimum": 1, "maximum": 9999, "pattern": _DATE}
            return made | {"errorMessage": "write 2023, 2023-06 or 2023-06-29"}
        if kind is values.Code:
            return {"type": _FREE, "minLength": 1}
        grammar, words = _GRAMMARS[kind]
        return {"type": "string", "pattern": self._pattern(grammar.pattern), "errorMessage": words}

    def function_after_schema(self, schema: Any) -> JsonSchemaValue:
        check = schema["function"]["function"]
        # A word of a closed list is a text with a check that holds the name of its list.
        group = inspect.getclosurevars(check).nonlocals.get("group") if inspect.isfunction(check) else None
        if group is None:
            return super().function_after_schema(schema)
        words = [{"const": word, "description": text} for word, text in self._words(group).items()]
        return {"type": "string", "oneOf": words}

    def _words(self, group: str) -> dict[str, str]:
        """The words of a list with what they mean; topics are those of the file."""
        words: Mapping[str, Any] = self.vocabulary.names(group)
        if group == "topics":
            words = {name: topic for name, topic in words.items() if topic.file == self.file}
        return {name: getattr(entry, "meaning", None) or entry.word for name, entry in words.items()}

    def _events_of_topics(self) -> list[JsonSchemaValue]:
        """What the model demands: a topic that has events needs one of its own, and no other topic has any."""
        events = self.vocabulary.lists.events
        topics = list(dict.fromkeys(event.topic for event in events.values()))
        demands: list[JsonSchemaValue] = []
        for topic in topics:
            own = [name for name, event in events.items() if event.topic == topic]
            then = {"required": ["event"], "properties": {"event": {"enum": own}}}
            demands.append({"if": _topic_among([topic]), "then": then})
        return [*demands, {"if": {"required": ["event"]}, "then": _topic_among(topics)}]

    def _pattern(self, grammar: str) -> str:
        """A grammar of values.py in the dialect of JSON Schema, which names no groups and escapes no spaces."""
        units = "|".join(re.escape(unit) for unit in sorted(self.vocabulary.written_units()))
        pattern = grammar.replace(r"(?P<unit>\S.*)", f"(?:{units})")
        return f"^(?:{re.sub(r'[?]P<[a-z]+>', '?:', pattern)})$".replace("\\ ", " ").replace("\\-", "-")


def _topic_among(topics: list[str]) -> JsonSchemaValue:
    return {"required": ["topic"], "properties": {"topic": {"enum": topics}}}
