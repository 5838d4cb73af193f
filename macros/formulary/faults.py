"""What Pydantic finds wrong with a record, in words for an editor."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from macros.finding import nearest
from macros.formulary.model import NESTED


def told(error: ValidationError) -> list[Mapping[str, Any]]:
    """The faults of a record; a list whose only entries are wrong themselves is not called empty as well."""
    found: list[Mapping[str, Any]] = [dict(each) for each in error.errors(include_url=False, include_context=True)]
    return [each for each in found if each["type"] != "too_short" or not any(_inside(other, each) for other in found)]


def _inside(fault: Mapping[str, Any], whole: Mapping[str, Any]) -> bool:
    """Whether a fault lies deeper in what the other speaks of."""
    around = tuple(whole["loc"])
    return len(fault["loc"]) > len(around) and tuple(fault["loc"][: len(around)]) == around


def words(fault: Mapping[str, Any], model: type[BaseModel]) -> str:
    """Pydantic's error as a sentence for an editor."""
    key = next((part for part in reversed(fault["loc"]) if isinstance(part, str)), "")
    kind, given = fault["type"], fault["input"]
    if kind == "value_error":
        strangers = sorted(given.keys() - set(_keys(model))) if not key and isinstance(given, dict) else []
        hint = "".join(f"; unknown key '{name}'; {nearest(name, _keys(model))}" for name in strangers)
        return (f"'{key}': " if key else "") + str(fault["ctx"]["error"]) + hint
    if kind == "missing":
        return f"'{key}' is missing; write '{key}:' with its value"
    if kind == "extra_forbidden":
        inside = next((NESTED[part] for part in reversed(fault["loc"][:-1]) if part in NESTED), model)
        if inside is model and len(fault["loc"]) > 1:
            return f"unknown key '{key}'; write the keys that the entries beside it have"
        return f"unknown key '{key}'; {nearest(key, _keys(inside))}"
    shown = f"'{given}'" if isinstance(given, str) and len(given) <= 60 else _SHAPES[type(given)] if given else "an empty list"
    own = {"string_pattern_mismatch": _PATTERNS, "tuple_type": _LISTS}.get(kind, {})
    remedy = own.get(key) or _REMEDY.get(kind, _OTHERWISE)
    return f"'{key}' can't be {shown}; {remedy}" if key else f"can't be {shown}; {remedy}"


_OTHERWISE = "compare with the example on the page 'For editors'"
_BLOCK = "write 'key: value' lines, indented below it"
_SHAPES: dict[type, str] = {str: "so long a text", list: "a list", dict: "a block of 'key: value' lines"}
_LISTS = {
    "sources": "write below it, for each source, a line '- {source: its name, grade: A}'",
    "schedule": "write below it, for each step, a line '- {every: 1 week, until: 26 weeks, after: the infusion}'",
    "passages": "write below it, for each, a line '- {source: its name, part: section 6.4}'",
}
_REMEDY = {
    "string_type": "write one short text on the line of the key",
    "string_too_short": "write a text or delete the key",
    "too_short": "list at least one entry",
    "tuple_type": "write a list: [one, two]",
    "model_type": _BLOCK,
    "model_attributes_type": _BLOCK,
    "dict_type": _BLOCK,
    "mapping_type": _BLOCK,
    "int_parsing": "write a whole number",
    "int_type": "write a whole number",
    "greater_than": "write a number above zero",
}
_PATTERNS = {
    "address": "write the whole address, with https:// in front",
    "doi": "write it from the '10.' on, as in 10.1000/example",
    "pmid": "write its digits only",
    "times": "write a number or a range: 2 or 2 to 3",
    "telephone": "write digits, capital letters, spaces and hyphens, as in 1-800-FDA-1088",
    "[key]": "name it by small letters, digits and single hyphens",
}


def _keys(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]
