"""JSON Schemas of the data files, by which an editor's program helps while a fact is written.

They say what a YAML 1.2 program makes of a file that the loader accepts: there 112 is a number and true a boolean.
What they can't say (which facts and sources exist, which dates lie ahead) the loader and the rules say.
Each kind of data file has a small schema; the records that they share stand once, in `records.json`, to which they refer.
"""

import ast
import inspect
import json
import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import Any, Final, cast

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue

from macros.formulary.checklist import Checklist
from macros.formulary.comparisons import Comparison
from macros.formulary.fields import SHARED
from macros.formulary.kinds import Grammar, ShortText
from macros.formulary.medicine import Card, Medicine
from macros.formulary.model import FILES, Change, Correction, Recall, Reporting
from macros.formulary.record import Record
from macros.formulary.schedules import StepOf
from macros.formulary.searching import SearchWords
from macros.formulary.sourcing import Source
from macros.formulary.units import Unit
from macros.formulary.values import VALUE_KEYS, Valued
from macros.formulary.vocabulary import Entry, Lists, Status, Vocabulary

FOLDER = Path("macros/data/schema")
# The schema that belongs to no data file: the definitions that the others refer to.
RECORDS: Final = FOLDER / "records.json"

# Files with one record for each name, and files that are one record.
_NAMED: dict[str, type[Record]] = {
    **FILES, "corrections": Correction, "changes": Change, "cards": Card,
    "sources": Source, "statuses": Status, "units": Unit, "glossary": Entry, "recalls": Recall,
    "reporting": Reporting, "comparisons": Comparison,
}  # fmt: skip
_WHOLE: dict[str, type[Record]] = {"medicine": Medicine, "vocabulary": Lists, "search": SearchWords, "checklist": Checklist}
_NAME = {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "errorMessage": "write small letters, digits and single hyphens"}
_NUMBER = {"pattern": "^C[1-9][0-9]*$", "errorMessage": "write C and the number of the claim"}
_NAMES = {**dict.fromkeys(FILES, _NAME), "corrections": _NUMBER, "comparisons": _NAME}
# A fact takes only the topics of its file, so each file says which.
_OF_THE_FILE = "topics"
_UNSAID = ("cards", "abbreviations", "refused_units")  # names of records and of words, which no key holds


def schemas(vocabulary: Vocabulary) -> dict[Path, str]:
    """The text of each schema by its path: one for each kind of data file, and the records that they share."""
    made = {name: _of_names(name, record.__name__, vocabulary) for name, record in _NAMED.items()}
    made |= {name: _ref(record.__name__, RECORDS.name) for name, record in _WHOLE.items()}
    texts = {FOLDER / f"{name}.json": _text(f"{name}.yml", schema) for name, schema in made.items()}
    texts[RECORDS] = _text("Records of the data files", {"$defs": _records(vocabulary)})
    return dict(sorted(texts.items()))


def _text(title: str, schema: JsonSchemaValue) -> str:
    head = {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$comment": "Made from the models and the vocabulary by `python -m macros generate`; a test compares the two.",
        "title": title,
    }
    return json.dumps(head | schema, ensure_ascii=False, indent=2) + "\n"


def _ref(name: str, file: str = "") -> JsonSchemaValue:
    return {"$ref": f"{file}#/$defs/{name}"}


def _of_names(file: str, record: str, vocabulary: Vocabulary) -> JsonSchemaValue:
    """The schema of a file with a record for each name."""
    entry = _ref(record, RECORDS.name)
    if file in FILES:
        topics = {name: topic.word for name, topic in vocabulary.lists.topics.items() if topic.file == file}
        entry = {"allOf": [entry, {"properties": {"topic": _words(topics)}}]}
    if file == "status":
        entry["allOf"] += _events_of_topics(vocabulary)
    names = {"propertyNames": _NAMES[file]} if file in _NAMES else {}
    return {"type": "object", **names, "additionalProperties": entry}


def _records(vocabulary: Vocabulary) -> JsonSchemaValue:
    """The definition of each record, of each kind of short text and of each list of words, by name."""
    records = {record.__name__: record for record in (*_NAMED.values(), *_WHOLE.values())}
    mode: JsonSchemaMode = "validation"
    # What these adapt is known at run time only.
    inputs = [(name, mode, TypeAdapter(cast(Any, record)).core_schema) for name, record in records.items()]
    found = {str(name): made for name, made in _Generator().generate_definitions(inputs)[1].items()}
    for name, record in records.items():
        for parent in record.__mro__[1:]:
            if parent.__name__ in records:
                _refer_to_parent(found[name], found[parent.__name__], parent.__name__)
    found |= {kind.__name__: kind.json_schema(vocabulary) for kind in _kinds()}
    for group in ("statuses", *(name for name in Lists.model_fields if name not in _UNSAID)):
        words = {name: getattr(entry, "meaning", "") or getattr(entry, "word", "") for name, entry in vocabulary.names(group).items()}
        found[group] = {"type": "string"} if group == _OF_THE_FILE else _words(words)
    _link(found)
    return dict(sorted(found.items()))


def _kinds() -> list[type[ShortText]]:
    """Every kind of short text."""
    return [each for each in (*ShortText.__subclasses__(), *Grammar.__subclasses__()) if each is not Grammar]


def _refer_to_parent(made: JsonSchemaValue, parent: JsonSchemaValue, name: str) -> None:
    """Replaces each key of a record that is the same in the record that it extends."""
    for key, value in made["properties"].items():
        if parent["properties"].get(key) == value:
            made["properties"][key] = {"$ref": f"#/$defs/{name}/properties/{key}"}


def _link(tree: object) -> None:
    """Replaces each mark of something shared by a reference to its definition."""
    if isinstance(tree, dict):
        if SHARED in tree:
            tree |= _ref(tree.pop(SHARED))
        for each in tree.values():
            _link(each)
    elif isinstance(tree, list):
        for each in tree:
            _link(each)


def _words(words: Mapping[str, str]) -> JsonSchemaValue:
    """A text that is one of these words, each with what it means."""
    return {"type": "string", "oneOf": [{"const": word, "description": text} for word, text in words.items()]}


def _events_of_topics(vocabulary: Vocabulary) -> list[JsonSchemaValue]:
    """What the model demands: a topic that has events needs one of its own, and no other topic has any."""
    events = vocabulary.lists.events
    topics = list(dict.fromkeys(event.topic for event in events.values()))
    demands: list[JsonSchemaValue] = []
    for topic in topics:
        own = [name for name, event in events.items() if event.topic == topic]
        then = {"required": ["event"], "properties": {"event": {"enum": own}}}
        demands.append({"if": _topic_among([topic]), "then": then})
    return [*demands, {"if": {"required": ["event"]}, "then": _topic_among(topics)}]


def _topic_among(topics: list[str]) -> JsonSchemaValue:
    return {"required": ["topic"], "properties": {"topic": {"enum": topics}}}


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, told what an editor's program sees of a YAML file and what it should say."""

    def model_schema(self, schema: Any) -> JsonSchemaValue:
        record: type[Record] = schema["cls"]
        made = super().model_schema(schema)
        del made["title"]
        made["properties"] = {key: self._described(key, value, record) for key, value in made["properties"].items()}
        made.setdefault("required", [])
        if issubclass(record, StepOf):
            made["dependentRequired"] = {"until": ["after"], "after": ["until"]}
        choice = VALUE_KEYS if issubclass(record, Valued) else ("every", "then") if issubclass(record, StepOf) else ()
        if choice:
            words = f"has no value; write exactly one of: {', '.join(choice)}"
            made["oneOf"] = [{"required": [key], "errorMessage": words} for key in choice]
        return made

    def _described(self, key: str, made: JsonSchemaValue, record: type[Record]) -> JsonSchemaValue:
        """The key with what it is for, by the first of the records in the line of descent that says it."""
        words = next(filter(None, (_description(key, each) for each in record.__mro__ if issubclass(each, Record))), "")
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
        # Free text may look like a number; a text that looks like a boolean or like nothing is more likely a slip.
        number = "number" if pattern is None else "integer" if re.search(pattern, "7") else ""
        return made | {"type": ["string", number] if number else "string"}

    def int_schema(self, schema: Any) -> JsonSchemaValue:
        made = super().int_schema(schema) | {"type": ["integer", "string"], "pattern": "^[1-9][0-9]*$"}
        return made | {"errorMessage": "write a whole number above zero"}

    def bool_schema(self, schema: Any) -> JsonSchemaValue:
        return {"type": ["boolean", "string"], "pattern": "^(true|false)$", "errorMessage": "write true or false"}


def _description(key: str, record: type[Record]) -> str | None:
    names = (name for name, info in record.model_fields.items() if (info.alias or name) == key)
    return next((_sentences(record).get(name) for name in names), None)


@cache
def _sentences(record: type[Record]) -> Mapping[str, str]:
    """The sentence below each field that the record itself has."""
    (own,) = ast.parse(dedent(inspect.getsource(record))).body
    assert isinstance(own, ast.ClassDef)
    return {
        field.target.id: inspect.cleandoc(below.value.value)
        for field, below in pairwise(own.body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str)
    }
