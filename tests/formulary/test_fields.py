"""The fields of records: words of a list, short texts, prose, and places that stand once."""

from datetime import date
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from macros.finding import Refused
from macros.formulary.dates import FullDate, PastDate, PastDay
from macros.formulary.fields import OneOf, Places, Times, Words, short_text
from macros.formulary.record import Prose, Record, Text, prose_fields
from macros.formulary.vocabulary import Vocabulary

GRADES = ("A", "B", "C")


class Known(Vocabulary):
    """A vocabulary of nothing but grades and places."""

    def names(self, group: str) -> dict[str, object]:
        """The entries of one of the two lists."""
        return dict.fromkeys({"grades": GRADES, "jurisdictions": ("US", "EU")}[group])


CONTEXT = {"vocabulary": Known.model_construct(units={}), "today": date(2026, 1, 20)}


def refusal(kind: Any, raw: object) -> str:
    """The words with which a field refuses a text, or the name of Pydantic's fault."""
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(raw, context=CONTEXT)
    (fault,) = refused.value.errors()
    return str(fault["ctx"]["error"]) if fault["type"] == "value_error" else fault["type"]


TAKEN = {
    "word": (Annotated[str, OneOf("grades")], "B", "B"),
    "prose": (Prose, "One line.", "One line."),
    "words": (Words, ["a", "b"], ("a", "b")),
    "places": (Places, ["EU", "US"], ("EU", "US")),
    "times": (Times, "2 to 3", "2 to 3"),
    "full-date": (FullDate, "2027-01-01", date(2027, 1, 1)),
    "today": (PastDate, "2026-01-20", date(2026, 1, 20)),
}


@pytest.mark.parametrize(("kind", "raw", "expected"), TAKEN.values(), ids=TAKEN.keys())
def test_taken(kind: Any, raw: object, expected: object) -> None:
    assert TypeAdapter(kind).validate_python(raw, context=CONTEXT) == expected


REFUSED = {
    "word": (Annotated[str, OneOf("grades")], "D", "unknown word 'D' (see grades in the vocabulary); write one of: A, B, C"),
    "place": (Places, ["US", "USA"], "unknown word 'USA' (see jurisdictions in the vocabulary); did you mean 'US'?"),
    "place-twice": (Places, ["US", "US"], "lists 'US' more than once; keep one"),
    "words-twice": (Words, ["a", "b", "a"], "lists 'a' more than once; keep one"),
    "no-words": (Words, [], "too_short"),
    "two-spaces": (Prose, "two  spaces", "has spare spaces or line breaks; write one line with single spaces"),
    "space-behind": (Prose, "space ", "has spare spaces or line breaks; write one line with single spaces"),
    "two-lines": (Prose, "one\ntwo", "has spare spaces or line breaks; write one line with single spaces"),
    "nothing": (Prose, "", "string_too_short"),
    "often": (Times, "twice", "string_pattern_mismatch"),
    "tomorrow": (PastDate, "2026-01-21", "2026-01-21 lies in the future; write the day on which it happened"),
    "next-month": (PastDay, "2026-02", "2026-02-01 lies in the future; write the day on which it happened"),
    "a-list-for-a-date": (
        FullDate,
        ["2026-01-20"],
        "holds a list or a block where one short text belongs; write it on one line after the colon",
    ),
}


@pytest.mark.parametrize(("kind", "raw", "expected"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(kind: Any, raw: object, expected: str) -> None:
    assert refusal(kind, raw) == expected


def test_a_short_text_is_short() -> None:
    assert short_text("x" * 200) == "x" * 200
    with pytest.raises(Refused, match="is longer than 200 characters; write the value alone here and the words in 'note:'"):
        short_text("x" * 201)


def test_prose_is_told_from_names_and_words() -> None:
    class Mixed(Record):
        """One field of each kind."""

        title: Prose
        trial: Text
        grade: Annotated[str, OneOf("grades")]
        note: Prose | None = None
        n: int = 1

    assert prose_fields(Mixed) == ("title", "note")
