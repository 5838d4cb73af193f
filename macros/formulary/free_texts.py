"""The free texts of a record, as its model has them: whatever holds words that somebody chose, however deep."""

from collections.abc import Iterator, Mapping
from functools import cache

from macros.formulary.kinds import Kind
from macros.formulary.record import Record, prose_fields

Key = str | int


def free_texts(record: Record) -> Iterator[tuple[tuple[Key, ...], str]]:
    """Every text of the record that readers see, with the keys that lead to it: its own first, then those inside its values."""
    for name in prose_fields(type(record)):
        if value := getattr(record, name):
            yield from (((name,), text) for text in _texts(value))
    for name in _fields(type(record)):
        if (value := getattr(record, name)) and not isinstance(value, str):
            yield from (((name, *keys), text) for keys, text in _below(value))


@cache
def _fields(model: type[Record]) -> tuple[str, ...]:
    return tuple(model.model_fields)


def _texts(value: object) -> Iterator[str]:
    """The words of a field: a text, each of a list, the names of a block."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | Mapping):
        yield from (text for text in value if isinstance(text, str))


def _below(value: object) -> Iterator[tuple[tuple[Key, ...], str]]:
    """The texts of the records that a value is, or holds."""
    if isinstance(value, Record):
        yield from free_texts(value)
    elif isinstance(value, Kind):
        yield from (((key,) if key else (), text) for key, text in value.texts())
    elif isinstance(value, tuple | Mapping):
        for key, each in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from (((key, *keys), text) for keys, text in _below(each))
