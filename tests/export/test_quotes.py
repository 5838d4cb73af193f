"""A fact on one line for whoever shows nothing else: all that must not be lost stands on it."""

import json
from typing import Any

import pytest

from macros.export import api
from macros.export.place import Site
from macros.export.telling import ENDED, Telling
from macros.formulary.book import Formulary

SITE = Site("Monographs")


@pytest.fixture(scope="module")
def said(book: Formulary) -> list[dict[str, Any]]:
    """What programs get of each fact and each gap of the real medicines."""
    records = [json.loads(api.text_of(api.record(book, each, SITE))) for each in book.monographs.values()]
    return [each for record in records for each in (*record["facts"], *(gap for gaps in record["gaps"].values() for gap in gaps))]


def test_what_is_marked_says_so_in_every_line_that_is_quoted(book: Formulary, said: list[dict[str, Any]]) -> None:
    marked = [each for each in said if each["marked"]]
    statuses = book.vocabulary.statuses
    assert marked
    assert [each["id"] for each in marked if not each["quote"].startswith(f"{statuses[each['status']].heading}: ")] == []


@pytest.mark.parametrize(
    ("fact", "quote"),
    [
        (
            "apixaban/outcomes/ari-ischemic-ratio",
            "Efficacy: Ischemic stroke without hemorrhage: hazard ratio: 1.02 (ischemic stroke without hemorrhage; patients with nonvalvular atrial "
            "fibrillation, on apixaban against warfarin; median of 89 weeks on treatment; hazard ratio; 95% CI 0.81–1.29; United States; label, of a trial)",
        ),
        (
            "apixaban/dose/recurrence",
            "Dose: Reduction of the risk of recurrent DVT and PE: age at least 18 years: 2.5 mg twice a day, by mouth (after at least 6 months of "
            "treatment for DVT or PE) (United States; label)",
        ),
        (
            "methotrexate/safety/contra-pregnancy",
            "Contraindications: Pregnancy: Pregnant women with a non-neoplastic disease, such as rheumatoid arthritis, pJIA or psoriasis. "
            "(United States; label)",
        ),
        (
            "valoctocogene-roxaparvovec/dose/standard",
            "Dose: 6 × 10¹³ vg/kg as a single dose, by intravenous infusion (United States and European Union; label)",
        ),
        (  # of an event the title may leave open what happened
            "valoctocogene-roxaparvovec/status/fda-refusal",
            "Authorization: First FDA decision: refused (complete response letter): 18 August 2020 (United States; company report, not label)",
        ),
        (
            "fidanacogene-elaparvovec/advice/ended",
            "In plain words: what it is: No longer made: It is no longer made. The company said on 20 February 2025 that it would end all sales. "
            "(United States, European Union (authorization ended) and Canada; company report, not label)",
        ),
    ],
)
def test_a_line_that_stands_alone_keeps_all(book: Formulary, fact: str, quote: str) -> None:
    assert _quoted(book, fact) == quote


def test_an_event_says_what_happened_in_a_line_that_stands_alone(book: Formulary) -> None:
    events = [(fact.id, event.word) for fact in book.facts.values() if (event := book.event(fact))]
    assert events and [id for id, word in events if f": {word}: " not in _quoted(book, id)] == []


def test_advice_says_how_soon_in_a_line_that_stands_alone(book: Formulary) -> None:
    words = book.vocabulary.lists.urgencies
    urgent = [fact for fact in book.facts.values() if fact.urgency]
    assert urgent and [fact.id for fact in urgent if words[fact.urgency or ""].word not in _quoted(book, fact.id)] == []


def test_a_place_where_the_authorization_ended_says_so_in_a_line_that_stands_alone(said: list[dict[str, Any]]) -> None:
    ended = [each for each in said if "ended_places" in each]
    assert ended and [each["id"] for each in ended if each["quote"].count(ENDED) != len(each["ended_places"])] == []


def test_what_is_weak_says_so_in_a_line_that_stands_alone(book: Formulary) -> None:
    word = next(grade.word for grade in book.vocabulary.lists.grades.values() if grade.weak)
    weak = [fact for fact in book.facts.values() if book.weak_for(fact)]
    assert weak and [fact.id for fact in weak if word not in _quoted(book, fact.id)] == []


def _quoted(book: Formulary, name: str) -> str:
    fact = book.facts[name]
    own = book.monographs[fact.slug]
    return Telling(book, own, book.ended(own), SITE).quote(fact)
