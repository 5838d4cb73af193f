"""What follows from the records of the formulary: marked, official, authorizing, of a regulator, weak."""

from dataclasses import replace
from pathlib import Path

import pytest

from macros.formulary.book import Formulary
from macros.formulary.load import load
from macros.formulary.sourcing import Citation
from tests.conftest import SLUG, TODAY


@pytest.fixture
def book(project: Path) -> Formulary:
    """The formulary of the fictional medicine."""
    return load(project, TODAY)[0]


# Of a fact: whether it is official, authorizes, rests elsewhere, is marked.
SAID = {
    "label-of-a-use": ("dose/standard", (True, True, False, False)),
    "label-of-the-product": ("dose/strength", (True, True, False, False)),
    "product-without-evidence": ("identity/inn", (True, False, False, False)),
    "event-by-a-label": ("status/approval-us", (True, False, False, False)),
    "event-by-the-press": ("status/supply-us", (False, False, False, False)),
    "press": ("status/price", (False, False, True, False)),
    "trial": ("outcomes/bleeding-after", (False, False, True, False)),
    "general-advice": ("advice/call-jaundice", (False, False, True, False)),
    "research": ("research/children", (False, False, True, True)),
    "gap": ("safety/overdose-eu", (False, False, False, False)),
    "gap-of-a-marked-use": ("indications/off-label", (False, False, False, True)),
}


@pytest.mark.parametrize(("name", "expected"), SAID.values(), ids=SAID.keys())
def test_what_a_fact_rests_on(book: Formulary, name: str, expected: tuple[bool, ...]) -> None:
    fact = book.facts[f"{SLUG}/{name}"]
    assert (book.is_official(fact), book.authorizes(fact), book.rests_elsewhere(fact), book.is_marked(fact)) == expected


@pytest.mark.parametrize(("name", "told"), [("dose/standard", {"trial": "trials/example-1"}), ("trials/example-1", {"evidence": "label"})])
def test_what_a_label_tells_of_a_trial_authorizes_nothing(book: Formulary, name: str, told: dict[str, str]) -> None:
    fact = book.facts[f"{SLUG}/{name}"].model_copy(update=told)
    assert (book.is_stated(fact), book.authorizes(fact), book.word_of_use(fact)) == (True, False, "about the approved use")


def test_a_gap_authorizes_nothing_whatever_evidence_it_names(book: Formulary) -> None:
    gap = book.facts[f"{SLUG}/safety/overdose-eu"]
    labeled, reported = (gap.model_copy(update={"evidence": evidence}) for evidence in ("label", "trial"))
    assert (book.authorizes(labeled), book.rests_elsewhere(reported)) == (False, False)


def test_authorities_are_the_places_with_a_regulator(book: Formulary) -> None:
    assert book.authorities == tuple(name for name, place in book.vocabulary.lists.jurisdictions.items() if place.authority)
    fact = book.facts[f"{SLUG}/dose/standard"].model_copy(update={"jurisdictions": ("global", "EU", "US")})
    assert book.authorities_of(fact) == ["EU", "US"]


A, C = "A", "C"
# The grades that a value has from the label of the one place and of the other, its places, and those for which it is weak.
WEAK = {
    "no-source": ({}, ("US",), ()),
    "strong": ({"exampla-label-us": A}, ("US",), ()),
    "weak": ({"exampla-label-us": C}, ("US",), ("US",)),
    "weak-in-one-place": ({"exampla-label-us": A, "exampla-label-eu": C}, ("US", "EU"), ("EU",)),
    "weak-in-both": ({"exampla-label-us": C, "exampla-label-eu": C}, ("US", "EU"), ("US", "EU")),
    "weak-without-a-place": ({"exampla-label-us": C}, (), ("",)),
    "a-source-of-no-place-speaks-for-all": ({"exampla-label-us": C, "exampla-trial": A}, ("US",), ()),
    "unknown-source": ({"no-such-source": C}, ("US",), ()),
}


@pytest.mark.parametrize(("grades", "places", "expected"), WEAK.values(), ids=WEAK.keys())
def test_places_for_which_every_source_is_weak(
    book: Formulary, grades: dict[str, str], places: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    cited = tuple(Citation.model_construct(source=source, grade=grade) for source, grade in grades.items())
    fact = book.facts[f"{SLUG}/dose/standard"].model_copy(update={"sources": cited, "jurisdictions": places})
    assert book.weak_for(fact) == expected


FAULTY = {
    "itself": (f"{SLUG}/dose/a", True),
    "with-its-file": (f"{SLUG}/safety/b", True),
    "another-of-its-begin": (f"{SLUG}/dose/ab", False),
}


@pytest.mark.parametrize(("name", "expected"), FAULTY.values(), ids=FAULTY.keys())
def test_what_was_left_out(book: Formulary, name: str, expected: bool) -> None:
    left_out = frozenset({f"{SLUG}/dose/a", f"{SLUG}/safety"})
    assert replace(book, left_out=left_out).is_faulty(name) is expected
