"""What a program reads from a FHIR document is what the formulary holds: uses, places, statuses, groups, doses and limits."""

from dataclasses import fields, replace
from datetime import date
from typing import Any, cast

import pytest

from macros.export import fhir
from macros.formulary.book import Formulary
from macros.formulary.doses import PERIODS
from macros.formulary.load import load
from macros.formulary.model import Fact
from macros.formulary.monograph import Monograph
from macros.formulary.quantities import Amount, Range
from macros.formulary.regimens import Regimen
from macros.formulary.values import Gap, Proportion, Statement, Terms
from macros.formulary.words import plainly
from tests.conftest import SLUG, TODAY
from tests.formulary.test_ordinary_medicines import FORMER, TABLET, project_with_both
from tests.support.fhir import Given, Read, read

REAL = ("amoxicillin", "apixaban", "etranacogene-dezaparvovec", "fidanacogene-elaparvovec", "methotrexate", "valoctocogene-roxaparvovec")
KINDS = {
    "indication": "indication", "contraindication": "contraindication", "interaction": "interaction", "adverse-reaction": "undesirable-effect",
    "boxed-warning": "warning", "warning": "warning",
}  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Formulary:
    """The three fictional medicines."""
    return load(project_with_both(tmp_path_factory.mktemp("fhir")), TODAY)[0]


@pytest.fixture(params=[*REAL, SLUG, TABLET, FORMER])
def medicine(request: pytest.FixtureRequest, book: Formulary, small: Formulary) -> tuple[Formulary, Monograph]:
    """Each medicine with its formulary."""
    own = book if request.param in REAL else small
    return own, own.monographs[request.param]


def written(book: Formulary, monograph: Monograph) -> Read:
    """What is read from the text of the document."""
    return read(fhir.text(fhir.bundle(book, monograph, lambda fact: f"../#{fact.id}", "1", date(2026, 1, 20))))


def standing(book: Formulary, monograph: Monograph) -> list[str]:
    """Where an authorization stands."""
    return [place for place in book.authorities if place in book.granted(monograph) and place not in book.ended(monograph)]


def authorized(book: Formulary, monograph: Monograph, fact: Fact) -> tuple[str, ...]:
    """The places where a label or a regulator states the fact, and no other use of the medicine is meant."""
    lists, statuses = book.vocabulary.lists, book.vocabulary.statuses
    kinds = {book.sources[each.source].statement for each in fact.sources}
    stated = lists.evidence[fact.evidence].own_use if fact.evidence else not fact.use and bool(kinds & lists.official)
    of_a_trial = fact.trial or fact.file in ("outcomes", "trials") or fact.topic == "major-bleeding"
    allowed = (
        stated
        and not of_a_trial
        and not isinstance(fact.value, Gap)
        and (not fact.use or statuses[fact.use].authorized and not statuses[fact.use].notice)
    )
    return tuple(place for place in standing(book, monograph) if allowed and place in fact.jurisdictions)


def item(book: Formulary, monograph: Monograph, fact: Fact) -> bool:
    """Whether a fact is a use, an effect or a warning by itself, and no figure that a sentence names."""
    if fact.title.lower() == book.vocabulary.lists.topics[fact.topic].word.lower():
        return False  # "Contraindications: the label names none"
    if fact.topic == "interaction" and fact.population:
        return False  # "No relevant change of the exposure", in healthy subjects
    if isinstance(fact.value, Regimen):
        return bool(fact.value.group.parts(book.vocabulary))
    name = fact.id.partition("/")[2]
    texts = [f"{each.value} {each.short} {each.condition} {each.note}" for each in monograph.facts.values() if each is not fact]
    share = isinstance(fact.value, Proportion) or (isinstance(fact.value, Amount | Range) and fact.value.unit in ("%", "third"))
    often = share and fact.topic == "adverse-reaction" and not any(f"{{{name}}}" in text for text in texts)
    return isinstance(fact.value, Statement | Terms) or often


def plain(tree: Any) -> Any:
    """A value with the numbers of its amounts written out, and one time in an interval said."""
    if isinstance(tree, Amount):
        return Amount(tree.exact, tree.unit, 0, tree.bound)
    if isinstance(tree, tuple):
        return tuple(map(plain, tree))
    if hasattr(tree, "__dataclass_fields__"):
        made = replace(tree, **{each.name: plain(getattr(tree, each.name)) for each in fields(tree)})
        return replace(made, times="1") if getattr(made, "every", None) and hasattr(made, "times") and not made.times else made
    return tree


def bare(regimen: Regimen) -> Regimen:
    """A regimen without its group, as it has to come back."""
    limits = tuple(sorted(regimen.maximum, key=lambda limit: list(PERIODS).index(limit.period)))
    made: Regimen = plain(replace(regimen, group=type(regimen.group)(), maximum=limits))
    return made


def test_a_place_has_the_status_that_its_events_give_it(medicine: tuple[Formulary, Monograph]) -> None:
    book, monograph = medicine
    ended = book.ended(monograph)
    expected = dict.fromkeys(standing(book, monograph), "active") | dict.fromkeys(ended, "retired")
    said = written(book, monograph).statuses
    assert {place: status for place, (status, _) in said.items()} == expected
    assert {place: said[place][1] for place in ended} == {place: getattr(fact.value, "text", "") for place, fact in ended.items()}


def test_uses_come_back_with_their_words_and_places(medicine: tuple[Formulary, Monograph]) -> None:
    book, monograph = medicine
    uses = written(book, monograph).uses
    expected = {
        fact.id: places
        for fact in monograph.facts.values()
        if fact.topic in KINDS and item(book, monograph, fact) and (places := authorized(book, monograph, fact))
    }
    assert {name: places for kind in uses.values() for name, (_, places) in kind.items()} == expected
    for name in expected:
        fact = monograph.facts[name]
        text, _ = uses[KINDS[fact.topic]][name]
        assert text.startswith(plainly(fact.title))
        pieces = [fact.value.written(book.vocabulary), *([fact.condition] if fact.condition else []), *([fact.note] if fact.note else [])]
        words = [plainly(word) for piece in pieces for word in Statement(piece).parts()[::2]]
        assert [word for word in words if word not in text] == []
        assert "{" not in text


def test_each_place_names_the_indications_that_stand_there(medicine: tuple[Formulary, Monograph]) -> None:
    said = written(*medicine)
    expected = {
        place: [name for name, (_, places) in said.uses.get("indication", {}).items() if place in places] for place in said.statuses
    }
    assert {place: list(names) for place, names in said.allowed.items()} == expected


def test_doses_come_back_with_group_limits_and_places(medicine: tuple[Formulary, Monograph]) -> None:
    book, monograph = medicine
    topics = book.vocabulary.lists.topics
    expected = {
        fact.id: places
        for fact in monograph.facts.values()
        if isinstance(fact.value, Regimen)
        and not fact.value.medicine
        and topics[fact.topic].regimens
        and (places := authorized(book, monograph, fact))
    }
    doses = written(book, monograph).doses
    assert {name: given.places for name, given in doses.items()} == expected
    for name, given in doses.items():
        agrees(book, monograph.facts[name], given)


def agrees(book: Formulary, fact: Fact, given: Given) -> None:
    """Holds what was read of a dose against the fact."""
    assert isinstance(fact.value, Regimen)
    assert given.sentence.startswith(plainly(f"{fact.title}: {fact.value.written(book.vocabulary)}"))
    assert given.sentence.endswith("]")  # the places, for whoever copies the sentence alone
    measures = {book.vocabulary.lists.measures[name].word: band for name, band in fact.value.group.measures}
    said = dict(given.group)
    for word, band in measures.items():
        assert said[word] == (band if not isinstance(said[word], str) else plainly(band.written(book.vocabulary)))
    others = [plainly(each) for each in fact.value.group.parts(book.vocabulary)[len(measures) :]]
    assert [words for word, words in given.group if word == "for whom"] == others
    assert given.regimen is None or not (fact.condition or book.weak_for(fact))
    if given.regimen:
        assert given.regimen == bare(fact.value)


def test_a_dose_of_another_medicine_is_none_of_this_one(book: Formulary) -> None:
    monograph = book.monographs["amoxicillin"]
    text = fhir.text(fhir.bundle(book, monograph, lambda fact: f"../#{fact.id}", "1", date(2026, 1, 20)))
    others = {fact.id: fact.value.medicine for fact in monograph.facts.values() if isinstance(fact.value, Regimen) and fact.value.medicine}
    assert {*others.values()} == {"clarithromycin", "lansoprazole"}
    assert [name for name in others if f'"{name}"' in text] == []
    together = read(text).doses["amoxicillin/dose/hp-triple"]
    assert (together.regimen, "with clarithromycin 500 mg every 12 hours" in together.sentence) == (None, True)
    assert "the dose of another medicine: 3 facts" in read(text).left_out


def test_what_is_no_indication_stands_for_none(medicine: tuple[Formulary, Monograph]) -> None:
    book, monograph = medicine
    said = fhir.bundle(book, monograph, lambda fact: f"../#{fact.id}", "1", date(2026, 1, 20))
    resources = [each["resource"] for each in cast(list[Any], said["entry"])]
    indications = {f"urn:uuid:{each['id']}" for each in resources if each.get("type") == "indication"}
    guidelines = [one for each in resources for one in each.get("indicationGuideline", [])]
    named = [one["reference"]["reference"] for each in guidelines for one in each.get("indication", [])]
    assert set(named) <= indications
    assert [each for each in guidelines if "indication" not in each and "sentence-only" not in str(each["extension"])] == []


def test_every_reference_leads_to_an_entry(medicine: tuple[Formulary, Monograph]) -> None:
    said = written(*medicine)
    assert set(said.references) - set(said.addresses) == set()
    assert len(set(said.addresses)) == len(said.addresses)


def test_exact_regimens_are_more_than_sentences(small: Formulary) -> None:
    doses = written(small, small.monographs[TABLET]).doses
    exact = {name.rpartition("/")[2] for name, given in doses.items() if given.regimen}
    assert exact == {"adult", "adult-eu", "renal", "frail", "flow"}  # what hormone is for no indication says


def test_a_medicine_withdrawn_everywhere_offers_nothing(small: Formulary) -> None:
    said = written(small, small.monographs[FORMER])
    assert (said.statuses, said.uses, said.doses) == ({"US": ("retired", "2011-05-12"), "EU": ("retired", "2011-02")}, {}, {})
