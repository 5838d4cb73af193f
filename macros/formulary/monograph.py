"""One medicine with all that is known of it, and the names of all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from macros.formulary.checklist import Checklist
from macros.formulary.medicine import Card, Medicine
from macros.formulary.model import Change, Correction, Fact, StatusFact
from macros.formulary.naming import plain
from macros.formulary.tally import Tally, tally
from macros.formulary.values import Terms


class Called(NamedTuple):
    """The INN of a medicine, and all names as they are written by which no other medicine's page may be called."""

    inn: str
    spelled: frozenset[str]

    @property
    def lowered(self) -> frozenset[str]:
        """The names in small letters, to be compared with other names."""
        return frozenset(map(str.lower, self.spelled))


@dataclass(frozen=True)
class Monograph:
    """Everything known about one medicine; `slug` is its INN as it stands in ids and addresses."""

    slug: str
    medicine: Medicine
    facts: Mapping[str, Fact]
    corrections: Mapping[str, Correction]
    changes: Mapping[str, Change]
    cards: Mapping[str, Card]
    checklist: Checklist | None = None
    told: Tally | None = field(default=None, repr=False)  # of a medicine of which not all facts are here

    @property
    def places(self) -> set[str]:
        """Every jurisdiction that a fact of the medicine speaks of."""
        return {place for fact in self.facts.values() for place in fact.jurisdictions}

    @property
    def called(self) -> Called:
        """The INN and the brands."""
        return Called(self.medicine.inn, frozenset((self.medicine.inn, *self.medicine.brands)))

    @property
    def aliases(self) -> list[str]:
        """The names that facts give the medicine beside its own."""
        return [term for fact in self.about("alias") for term in terms_of(fact)]

    def places_of(self, name: str) -> frozenset[str]:
        """Where the medicine has the name, as its facts about names say with their sources."""
        facts = (fact for fact in self.about("name") if name.lower() in map(str.lower, terms_of(fact)))
        return frozenset(place for fact in facts for place in fact.jurisdictions)

    @cached_property
    def tally(self) -> Tally:
        """What can be told of all facts of the medicine, whether or not they are here. A monograph has facts."""
        return self.told or tally(self.facts.values())

    @property
    def checked(self) -> date:
        """The day on which the fact that was checked longest ago was checked."""
        return self.tally.checked

    @cached_property
    def events(self) -> list[StatusFact]:
        """The facts that say what happened to the authorization or the supply, in the order of the data."""
        return [fact for fact in self.facts.values() if isinstance(fact, StatusFact) and fact.event]

    def about(self, topic: str) -> list[Fact]:
        """The facts of a topic, in the order of the data."""
        return [fact for fact in self.facts.values() if fact.topic == topic]


@dataclass(frozen=True, eq=False)
class Names:
    """Every medicine by its names, whether or not its other facts are here; worked out once for all that are judged beside each other.

    `monographs` are read only where two share a name, or something is told of all.
    """

    called: Mapping[str, Called]
    monographs: Mapping[str, Monograph]

    @cached_property
    def with_digits(self) -> tuple[str, ...]:
        """The generic names that hold digits, and those that are not in small letters."""
        inns = (each.inn for each in self.called.values())
        return tuple(inn for inn in inns if inn != inn.lower() or any(map(str.isdigit, inn)))

    @cached_property
    def owners(self) -> Mapping[str, tuple[str, ...]]:
        """The medicines that have each name, in small letters, as their INN or a brand."""
        found: dict[str, tuple[str, ...]] = {}
        for slug, each in self.called.items():
            for name in sorted(each.lowered):
                found[name] = (*found.get(name, ()), slug)
        return found

    @cached_property
    def owned(self) -> Mapping[str, str]:
        """Every name as texts are searched for it, with one of the medicines that have it."""
        return {plain(name): slug for slug, each in self.called.items() for name in sorted(each.spelled)}


def names_of(monographs: Mapping[str, Monograph]) -> Names:
    """The names of these medicines."""
    return Names({slug: each.called for slug, each in monographs.items()}, monographs)


def terms_of(fact: Fact) -> tuple[str, ...]:
    """The names that the fact gives; none if it is no fact about names."""
    return fact.value.terms if isinstance(fact.value, Terms) else ()
