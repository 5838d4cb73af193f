"""Each fact as a sentence: whatever a fact says stands in it, so no change goes unseen."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest

from macros.formulary import sentences
from macros.formulary.book import Formulary
from macros.formulary.load import load
from macros.formulary.model import FILES, Fact
from macros.formulary.sourcing import Citation
from macros.formulary.steps import Course
from macros.formulary.values import (
    VALUE_KEYS,
    Amount,
    Code,
    Count,
    Day,
    Interval,
    NotFound,
    NotRead,
    Passage,
    Planned,
    Proportion,
    Range,
    Schedule,
    Silent,
    Statement,
    Step,
    Terms,
    Value,
)
from tests.conftest import SLUG, TODAY
from tests.support.regimens import REGIMEN, REGIMENS, STEPS, STRENGTH, STRENGTHS

MODELS = tuple(dict.fromkeys(FILES.values()))
# What a field of a kind may hold instead; one of another kind has to be added here.
OTHER: dict[object, object] = {
    str: "other words",
    int: 7,
    date: date(2026, 1, 2),
    Interval: Interval(90, Decimal("1"), Decimal("2")),
    Citation: Citation.model_construct(source="exampla-news", grade="C", locator="page 2"),
}
BASE = {"title": "Title", "topic": "dose", "checked": date(2026, 1, 10)}


def kinds(annotation: object) -> Iterator[object]:
    """The plain types of an annotation; of a tuple that of its entries, in a tuple."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from kinds(inner[0])
    elif origin in (Union, UnionType):
        for each in inner:
            yield from kinds(each)
    elif origin is tuple:
        yield tuple(kinds(inner[0]))
    elif annotation is not type(None):
        yield annotation


def other(annotation: object) -> object:
    """Something else that a field may hold."""
    (kind,) = kinds(annotation)
    return tuple(OTHER[each] for each in kind) if isinstance(kind, tuple) else OTHER[kind]


def fact(model: type[Fact], line: int = 1, **fields: Any) -> Fact:
    """A fact with a plain value and these fields, which nobody judged, at a line of dose.yml."""
    plain = {} if fields.keys() & set(VALUE_KEYS) else {"amount": Amount(Decimal(3), "hour")}
    needed = {name: "words" for name, field in model.model_fields.items() if field.is_required()}
    made = model.model_construct(**(needed | BASE | plain | fields))
    made.model_post_init({"id": f"{SLUG}/dose/standard", "at": ("dose.yml", line)})
    return made


@pytest.fixture
def book(project: Path) -> Formulary:
    """The formulary of the fictional medicine."""
    return load(project, TODAY)[0]


def holding(book: Formulary, *facts: Fact) -> Formulary:
    """The formulary with these facts alone."""
    monograph = replace(book.monographs[SLUG], facts={each.id: each for each in facts})
    return replace(book, monographs={SLUG: monograph})


def seen(book: Formulary, before: Fact, after: Fact) -> tuple[bool, bool]:
    """Whether sentence and fingerprint tell the two apart."""
    old, new = holding(book, before), holding(book, after)
    prints = [sentences.fingerprint(each, each.monographs[SLUG]) for each in (old, new)]
    said = [sentences.sentence(each, each.facts[before.id]) for each in (old, new)]
    return said[0] != said[1], prints[0] != prints[1]


FIELDS = [(model, name) for model in MODELS for name in model.model_fields if name not in VALUE_KEYS]


@pytest.mark.parametrize(("model", "name"), FIELDS, ids=[f"{model.__name__}-{name}" for model, name in FIELDS])
def test_a_change_of_any_field_is_seen(book: Formulary, model: type[Fact], name: str) -> None:
    changed = {name: other(model.model_fields[name].annotation)}
    assert seen(book, fact(model), fact(model, **changed)) == (True, True)


@pytest.mark.parametrize("model", MODELS)
def test_where_a_fact_stands_is_no_part_of_what_it_says(book: Formulary, model: type[Fact]) -> None:
    assert seen(book, fact(model), fact(model, line=2)) == (False, False)


FIRST, SECOND = Passage("exampla-label-eu", "section 6.4"), Passage("exampla-label-eu", "section 6.5")
WEEK = Amount(Decimal(1), "week")
# Of each kind of value one, and others that differ from it in one thing each.
VALUES: dict[str, tuple[Value, dict[str, Value]]] = {
    "amount": (
        Amount(Decimal(3), "hour"),
        {
            "number": Amount(Decimal(4), "hour"),
            "precision": Amount(Decimal("3.0"), "hour"),
            "unit": Amount(Decimal(3), "week"),
            "power": Amount(Decimal(3), "hour", 13),
            "bound": Amount(Decimal(3), "hour", 0, "at least"),
        },
    ),
    "range": (
        Range(Decimal(2), Decimal(3), "week"),
        {
            "low": Range(Decimal(1), Decimal(3), "week"),
            "high": Range(Decimal(2), Decimal(4), "week"),
            "unit": Range(Decimal(2), Decimal(3), "hour"),
        },
    ),
    "proportion": (
        Proportion(2, 5),
        {"part": Proportion(3, 5), "whole": Proportion(2, 6), "unit": Proportion(2, 5, "participant")},
    ),
    "count": (Count(2, "participant"), {"number": Count(3, "participant"), "unit": Count(2, "week")}),
    "date": (Day("2024"), {"month": Day("2024-01"), "year": Day("2023")}),
    "planned": (Planned("2027"), {"month": Planned("2027-01"), "year": Planned("2028")}),
    "code": (Code("A1"), {"text": Code("A2")}),
    "schedule": (
        Schedule((Step(WEEK, "2", Amount(Decimal(6), "week"), "the infusion"),)),
        {
            "every": Schedule((Step(Amount(Decimal(2), "week"), "2", Amount(Decimal(6), "week"), "the infusion"),)),
            "times": Schedule((Step(WEEK, "3", Amount(Decimal(6), "week"), "the infusion"),)),
            "until": Schedule((Step(WEEK, "2", Amount(Decimal(7), "week"), "the infusion"),)),
            "after": Schedule((Step(WEEK, "2", Amount(Decimal(6), "week"), "the last dose"),)),
            "then": Schedule((Step(WEEK, "2", Amount(Decimal(6), "week"), "the infusion"), Step(then="less often"))),
            "for": Schedule((Step(WEEK, "2", duration=Amount(Decimal(6), "week")),)),
        },
    ),
    "regimen": (REGIMEN, REGIMENS),
    "strength": (STRENGTH, STRENGTHS),
    "terms": (Terms(("a", "b")), {"one-more": Terms(("a", "b", "c")), "order": Terms(("b", "a"))}),
    "statement": (Statement("Do."), {"text": Statement("Do not.")}),
    "not_read": (
        NotRead("", (FIRST,)),
        {
            "only": NotRead("how often", (FIRST,)),
            "part": NotRead("", (SECOND,)),
            "source": NotRead("", (Passage("exampla-label-us", "section 6.4"),)),
            "one-more": NotRead("", (FIRST, SECOND)),
        },
    ),
    "silent": (
        Silent("", (FIRST,)),
        {"only": Silent("how often", (FIRST,)), "part": Silent("", (SECOND,)), "one-more": Silent("", (FIRST, SECOND))},
    ),
    "not_found": (
        NotFound("", ("a",), "journals", date(2026, 1, 10)),
        {
            "only": NotFound("how often", ("a",), "journals", date(2026, 1, 10)),
            "words": NotFound("", ("a", "b"), "journals", date(2026, 1, 10)),
            "where": NotFound("", ("a",), "labels", date(2026, 1, 10)),
            "on": NotFound("", ("a",), "journals", date(2026, 1, 9)),
        },
    ),
}
CHANGED = [(key, what) for key, (_, others) in VALUES.items() for what in others]


def test_every_kind_of_value_is_tried() -> None:
    assert tuple(VALUES) == VALUE_KEYS


@pytest.mark.parametrize(("key", "what"), CHANGED, ids=["-".join(each) for each in CHANGED])
def test_a_change_of_any_part_of_a_value_is_seen(book: Formulary, key: str, what: str) -> None:
    before, others = VALUES[key]
    assert seen(book, fact(Fact, **{key: before}), fact(Fact, **{key: others[what]})) == (True, True)


def test_every_part_of_a_step_is_tried() -> None:
    assert [*STEPS] == [each.name for each in fields(Course)]


@pytest.mark.parametrize(("before", "after"), STEPS.values(), ids=STEPS.keys())
def test_a_change_of_any_part_of_a_step_is_seen(book: Formulary, before: Course, after: Course) -> None:
    old, new = (fact(Fact, regimen=replace(REGIMEN, steps=(step,))) for step in (before, after))
    assert seen(book, old, new) == (True, True)


def test_a_gap_of_another_kind_is_another_value(book: Formulary) -> None:
    assert seen(book, fact(Fact, not_read=NotRead("", (FIRST,))), fact(Fact, silent=Silent("", (FIRST,)))) == (True, True)


CITED = {"source": "exampla-news", "grade": "C", "locator": "page 2"}


@pytest.mark.parametrize("name", Citation.model_fields)
def test_a_change_of_any_part_of_a_citation_is_seen(book: Formulary, name: str) -> None:
    given = {"source": "exampla-trial", "grade": "A", "locator": "page 1"}
    before, after = (fact(Fact, sources=(Citation.model_construct(**each),)) for each in (given, given | {name: CITED[name]}))
    assert seen(book, before, after) == (True, True)


Edit = Callable[[str, str, str], None]
TRIAL = "trials.yml"
Said = tuple[str, str | None, str | None]
WORDS = {
    "name": ("  name: EXAMPLE-1\n", "  name: EXAMPLE-2\n", ("name", "EXAMPLE-1", "EXAMPLE-2")),
    "sponsor-number": ("sponsor_id: EX-1", "sponsor_id: EX-2", ("sponsor id", "EX-1", "EX-2")),
    "phase": ('phase: "3"', 'phase: "2"', ("phase", "3", "2")),
    "design": ("design: open-label", "design: blinded", ("design", "open-label", "blinded")),
    "no-design": ("  design: open-label\n", "", ("design", "open-label", None)),
}


def differences(old: Formulary, new: Formulary) -> dict[str, list[Said]]:
    """The parts of each fact that are said otherwise: the word for it, what was said and what is said now."""
    found = {}
    for name in old.facts:
        before, after = (sentences.parts(book, book.facts[name]) for book in (old, new))
        words = dict.fromkeys([*before, *after])
        if changed := [(word, before.get(word), after.get(word)) for word in words if before.get(word) != after.get(word)]:
            found[name] = changed
    return found


@pytest.mark.parametrize(("old", "new", "said"), WORDS.values(), ids=WORDS.keys())
def test_a_change_of_a_trial_is_said_in_words(project: Path, book: Formulary, edit: Edit, old: str, new: str, said: Said) -> None:
    edit(f"macros/data/{SLUG}/{TRIAL}", old, new)
    assert differences(book, load(project, TODAY)[0]) == {f"{SLUG}/trials/example-1": [said]}


def test_a_condition_is_said_in_words(project: Path, book: Formulary, edit: Edit) -> None:
    edit(f"macros/data/{SLUG}/dose.yml", "  amount: 3 mL/min\n", "  amount: 3 mL/min\n  condition: only above {dose/infusion-start}\n")
    said = ("condition", None, "only above 1 mL/min")
    assert differences(book, load(project, TODAY)[0]) == {f"{SLUG}/dose/infusion-max": [said]}
