"""Facts: every kind of value has its key, and every text that readers see is found."""

import pickle
from datetime import date
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from macros.formulary.book import Formulary
from macros.formulary.model import Fact, Outcome, Trial
from macros.formulary.values import VALUE_KEYS, Value
from tests.conftest import TODAY

GAP = {"passages": [{"source": "label", "part": "section 1"}], "only": "how often"}
SEARCH = {"words": ["one", "two"], "where": "journals", "on": "2026-01-10", "only": "the price"}
STEPS = [{"every": "1 week", "until": "26 weeks", "after": "the infusion"}, {"then": "less often"}]
REGIMEN = {
    "who": {"also": ["on dialysis"]},
    "steps": [{"amount": "5 mg", "as_needed": "pain", "until": "it is gone", "or": [{"share": "50 %", "of": "the usual dose"}]}],
}
# Of each kind a value as an editor writes it, and the texts in it, each with its key.
VALUES: dict[str, tuple[Any, list[tuple[str, str]]]] = {
    "amount": ("3 mL", []),
    "range": ("2 to 3 weeks", []),
    "proportion": ("2 of 5", []),
    "count": ("2 participants", []),
    "date": ("2024-01", []),
    "planned": ("2027-06", []),
    "code": ("B02BD15", [("code", "B02BD15")]),
    "schedule": (STEPS, [("after", "the infusion"), ("then", "less often")]),
    "regimen": (REGIMEN, [("also", "on dialysis"), ("as_needed", "pain"), ("until", "it is gone"), ("of", "the usual dose")]),
    "strength": ("250 mg in 5 mL", []),
    "terms": (["stage 3", "stage 4"], [("terms", "stage 3"), ("terms", "stage 4")]),
    "statement": ("Not above {dose/max}.", [("statement", "Not above {dose/max}.")]),
    "not_read": (GAP, [("only", "how often")]),
    "silent": (GAP, [("only", "how often")]),
    "not_found": (SEARCH, [("only", "the price"), ("where", "journals"), ("words", "one"), ("words", "two")]),
}


def fact(book: Formulary, model: type[Fact] = Fact, **fields: Any) -> Fact:
    """A validated fact."""
    raw = {"title": "Title", "topic": "dose", "checked": "2026-01-10", **fields}
    return model.model_validate(raw, context={"vocabulary": book.vocabulary, "today": TODAY, "id": "m/dose/x", "at": ("dose.yml", 1)})


def test_every_kind_of_value_is_tried() -> None:
    assert tuple(VALUES) == VALUE_KEYS


@pytest.mark.parametrize(("key", "written", "texts"), [(key, *row) for key, row in VALUES.items()], ids=VALUES)
def test_a_value_stands_under_its_key(book: Formulary, key: str, written: Any, texts: list[tuple[str, str]]) -> None:
    made = fact(book, **{key: written})
    assert (made.value_key, made.value, list(made.texts())) == (key, getattr(made, key), [("title", "Title"), *texts])


def test_the_kinds_that_code_tells_apart_are_those_that_can_be_written(book: Formulary) -> None:
    assert {type(fact(book, **{key: written}).value) for key, (written, _) in VALUES.items()} == {*get_args(Value)}


REFUSED = {
    "none": ({}, "has no value; write exactly one of: "),
    "two": ({"amount": "3 mL", "code": "x"}, "has more than one value: amount, code; write exactly one of: "),
}


@pytest.mark.parametrize(("fields", "begins"), REFUSED.values(), ids=REFUSED.keys())
def test_a_fact_has_one_value(book: Formulary, fields: dict[str, Any], begins: str) -> None:
    with pytest.raises(ValidationError) as refused:
        fact(book, **fields)
    (fault,) = refused.value.errors()
    assert str(fault["ctx"]["error"]) == begins + ", ".join(VALUE_KEYS)


OUTCOME = {"endpoint": "bleeds", "population": "adults", "time": "year 1"}
TEXTS: dict[str, tuple[type[Fact], dict[str, Any], list[tuple[str, str]]]] = {
    "condition-and-note": (Fact, {"condition": "if tolerated", "note": "A note."}, [("condition", "if tolerated"), ("note", "A note.")]),
    "result": (
        Outcome,
        {**OUTCOME, "statistic": "mean", "assay": "one-stage"},
        [*OUTCOME.items(), ("statistic", "mean"), ("assay", "one-stage")],
    ),
    "trial": (
        Trial,
        {"name": "EX", "sponsor_id": "EX-1", "phase": "3", "design": "open"},
        [("name", "EX"), ("sponsor_id", "EX-1"), ("phase", "3"), ("design", "open")],
    ),
    "locators": (
        Fact,
        {"sources": [{"source": "a", "grade": "A", "locator": "page 2"}, {"source": "b", "grade": "A"}]},
        [("locator", "page 2")],
    ),
    "names-are-no-texts": (Fact, {"use": "approved", "evidence": "label", "under": "indications/us", "trial": "trials/x"}, []),
    "evidence-only": (Fact, {"evidence_only": "Too long."}, [("evidence_only", "Too long.")]),
}


@pytest.mark.parametrize(("model", "fields", "texts"), TEXTS.values(), ids=TEXTS.keys())
def test_texts_that_readers_see(book: Formulary, model: type[Fact], fields: dict[str, Any], texts: list[tuple[str, str]]) -> None:
    found = [each for each in fact(book, model, amount="3 mL", **fields).texts() if each[0] != "title"]
    assert found == texts


def test_a_day_is_past(book: Formulary) -> None:
    assert fact(book, date="2026-01-20").value.earliest == date(2026, 1, 20)
    with pytest.raises(ValidationError, match="2026-01-21 lies in the future"):
        fact(book, date="2026-01-21")


def test_what_is_kept_of_the_facts_is_what_was_read(book: Formulary) -> None:
    again = pickle.loads(pickle.dumps(book.facts))
    assert [(name, each, repr(each.value)) for name, each in again.items()] == [
        (name, each, repr(each.value)) for name, each in book.facts.items()
    ]
