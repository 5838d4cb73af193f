"""Pydantic's faults in words for an editor: what is wrong, and what to write instead."""

from typing import Any

import pytest
from pydantic import ValidationError

from macros.formulary import faults
from macros.formulary.book import Formulary
from macros.formulary.medicine import OfficialPage
from macros.formulary.model import Change, Fact
from macros.formulary.record import Record
from macros.formulary.sourcing import Source
from tests.conftest import TODAY

FACT = {"title": "Dose", "topic": "dose", "checked": "2026-01-10", "amount": "3 mL"}
CHANGE = {"date": "2026-01-10", "kind": "editorial", "reason": "Why.", "facts": "0" * 12}
PAGE = {"title": "x", "address": "https://example.org/", "jurisdictions": ["US"]}
OTHERWISE = "compare with the example on the page 'For editors'"
# A record, what is wrong in it, and what is said of each fault.
SAID: dict[str, tuple[type[Record], dict[str, Any], list[str]]] = {
    "missing": (Change, {"facts": "0" * 12, "date": "2026-01-10", "kind": "editorial"}, ["'reason' is missing; write 'reason:' with its value"]),
    "unknown-key": (Fact, FACT | {"evidense": "label"}, ["unknown key 'evidense'; did you mean 'evidence'?"]),
    "unknown-key-of-a-citation": (
        Fact,
        FACT | {"sources": [{"source": "x", "grade": "A", "grades": "A"}]},
        ["unknown key 'grades'; did you mean 'grade'?"],
    ),
    "unknown-key-of-a-step": (
        Fact,
        {key: FACT[key] for key in FACT if key != "amount"} | {"schedule": [{"every": "1 week", "till": "2 weeks"}]},
        ["unknown key 'till'; did you mean 'until'?", "'schedule' can't be a list; list at least one entry"],
    ),
    "no-value-and-an-unknown-key": (
        Fact,
        {key: FACT[key] for key in FACT if key != "amount"} | {"amuont": "3 mL"},
        [
            "has no value; write exactly one of: amount, range, proportion, count, date, planned, code, schedule, regimen, strength, terms, "
            "statement, not_read, silent, not_found; unknown key 'amuont'; did you mean 'amount'?"
        ],
    ),
    "value-refused": (Fact, FACT | {"amount": "3 litres"}, ["'amount': unknown unit 'litres'; write 'L'"]),
    "list-for-text": (Fact, FACT | {"note": ["a"]}, ["'note' can't be a list; write one short text on the line of the key"]),
    "text-for-list": (Fact, FACT | {"jurisdictions": "US"}, ["'jurisdictions' can't be 'US'; write a list: [one, two]"]),
    "text-for-sources": (
        Fact,
        FACT | {"sources": "x"},
        ["'sources' can't be 'x'; write below it, for each source, a line '- {source: its name, grade: A}'"],
    ),
    "nought": (Fact, FACT | {"n": "0"}, ["'n': '0' is not a whole number above zero; write its digits only, as in 134"]),
    "empty": (Fact, FACT | {"note": ""}, ["'note' can't be ''; write a text or delete the key"]),
    "address": (OfficialPage, PAGE | {"address": "example.org"}, ["'address' can't be 'example.org'; write the whole address, with https:// in front"]),
    "pattern": (Change, CHANGE | {"facts": "x"}, [f"'facts' can't be 'x'; {OTHERWISE}"]),
    "long": (Change, CHANGE | {"facts": "x" * 61}, [f"'facts' can't be so long a text; {OTHERWISE}"]),
    "text-for-block": (Source, {"title": "x", "statement": "label", "jurisdictions": [], "parts": "x"}, ["'parts' can't be 'x'; write 'key: value' lines, indented below it"]),
}  # fmt: skip


@pytest.mark.parametrize(("model", "raw", "expected"), SAID.values(), ids=SAID.keys())
def test_words(book: Formulary, model: type[Record], raw: dict[str, Any], expected: list[str]) -> None:
    with pytest.raises(ValidationError) as refused:
        model.model_validate(raw, context={"vocabulary": book.vocabulary, "today": TODAY})
    assert [faults.words(fault, model) for fault in refused.value.errors(include_url=False)] == expected
