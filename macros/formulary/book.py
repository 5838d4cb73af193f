"""What is known: all monographs with their sources and words, and what is derived from them once for all who ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from macros.finding import Line, Refused, nearest
from macros.formulary.comparisons import Comparison
from macros.formulary.model import Fact, Recall, Reporting, StatusFact
from macros.formulary.monograph import Monograph, Names, terms_of
from macros.formulary.naming import slug_of
from macros.formulary.sourcing import Source
from macros.formulary.values import Day, Gap, Planned
from macros.formulary.vocabulary import Event, Vocabulary

DATA = Path("macros/data")
SOURCES = DATA / "sources.yml"
RECALLS = DATA / "recalls.yml"
COMPARISONS = DATA / "comparisons.yml"
REPORTING = DATA / "reporting.yml"
TRIALS = "trials"  # the data file of what was done in trials
# What all medicines share: the closed lists.
SHARED = ("statuses.yml", "units.yml", "vocabulary.yml", "search.yml", "glossary.yml", "terms.txt")


@dataclass(frozen=True, eq=False)
class Formulary:
    """Monographs, the sources they rest on and the vocabulary they use.

    It holds all of them, or one beside the `names` of all: so each can be judged without the others.
    """

    vocabulary: Vocabulary
    sources: Mapping[str, Source]
    monographs: Mapping[str, Monograph]
    source_at: Mapping[str, Line] = field(repr=False)
    version: str
    left_out: frozenset[str]
    recalls: Mapping[str, Recall]
    reporting: Mapping[str, Reporting]
    comparisons: Mapping[str, Comparison]
    names: Names = field(repr=False)

    def named(self, inn: str) -> Monograph:
        """The monograph of the medicine with this INN, as a person may type it. Raises Refused if there is none."""
        slug = slug_of(inn)
        if slug not in self.monographs:
            raise Refused(f"there is no monograph '{inn}'; {nearest(slug, self.monographs)}")
        return self.monographs[slug]

    def inn(self, slug: str) -> str:
        """The INN of a medicine, whether or not its facts are here."""
        return self.names.called[slug].inn

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The names that may hold digits: those of terms.txt, and each generic name that does, in letters as well: vitamin C."""
        return (*self.vocabulary.terms, *self.names.with_digits)

    @property
    def owned(self) -> Mapping[str, str]:
        """Every name as texts are searched for it, with one of the medicines that have it."""
        return self.names.owned

    def sharing(self, monograph: Monograph, name: str) -> list[Monograph]:
        """The other medicines that have a name of this one."""
        return [self.names.monographs[slug] for slug in self.names.owners.get(name.lower(), ()) if slug != monograph.slug]

    def searched(self, monograph: Monograph) -> list[str]:
        """By which other words people search the medicine; a generic name is left to the medicine that has it: factor VIII."""

        def is_inn(name: str) -> bool:
            return any(each.medicine.inn.lower() == name.lower() for each in self.sharing(monograph, name))

        return [name for name in monograph.medicine.also_searched if not is_inn(name)]

    def called(self, monograph: Monograph) -> frozenset[str]:
        """Whatever the medicine is called or searched by, as it is written, but for what is another one's own name."""
        told = (term for fact in monograph.about("name") for term in terms_of(fact))
        found = (*self.searched(monograph), *monograph.aliases, *told)
        return monograph.called.spelled | {name for name in found if not self.sharing(monograph, name)}

    def short_name(self, monograph: Monograph) -> str:
        """The brand, by which lists call the medicine; with its INN where another medicine has the same brand."""
        medicine = monograph.medicine
        return f"{medicine.brand} ({medicine.inn})" if self.sharing(monograph, medicine.brand) else medicine.brand

    def apart(self, name: str, one: Monograph, other: Monograph) -> bool:
        """Whether a name means each of two medicines in places of its own, as sourced facts about the names of both say."""
        places = one.places_of(name), other.places_of(name)
        return all(places) and places[0].isdisjoint(places[1]) and places[0] | places[1] <= set(self.authorities)

    @property
    def authorities(self) -> tuple[str, ...]:
        """The jurisdictions with a regulator, in the order of the vocabulary."""
        return self.vocabulary.lists.authorities

    def authorities_of(self, fact: Fact) -> list[str]:
        """The jurisdictions of the fact that have a regulator, in its own order."""
        return [place for place in fact.jurisdictions if place in self.authorities]

    def is_marked(self, fact: Fact) -> bool:
        """Whether the fact is of a use that may be shown only inside a block of its own."""
        return fact.use in self.vocabulary.marked

    def authorizes(self, fact: Fact) -> bool:
        """Whether the fact itself can say that its use is authorized: an authority states it, and not of what was done in a trial.

        A label tells of trials, too, and of doses in them that it does not approve.
        """
        return self.is_stated(fact) and not self.is_of_trial(fact)

    def is_of_trial(self, fact: Fact) -> bool:
        """Whether the fact tells what was done or found in a trial, whoever tells it."""
        return bool(fact.trial) or fact.file == TRIALS

    def is_stated(self, fact: Fact) -> bool:
        """Whether the fact names evidence by which a label or a regulator states it, and is no gap.

        This is the stricter of two questions. What names no evidence is stated by nobody so, even if a label is its source.
        """
        return bool(fact.evidence and self.vocabulary.lists.evidence[fact.evidence].own_use) and not isinstance(fact.value, Gap)

    def rests_elsewhere(self, fact: Fact) -> bool:
        """Whether the fact names evidence that can't say that a use is authorized: a journal, an expert, general advice."""
        return bool(fact.evidence) and not self.is_stated(fact) and not isinstance(fact.value, Gap)

    def word_of_use(self, fact: Fact) -> str:
        """The use that the fact speaks of, in a word; what does not authorize it is only about it. "" if it speaks of none."""
        if not fact.use:
            return ""
        status = self.vocabulary.statuses[fact.use]
        is_own = not isinstance(fact.value, Gap) and (status.notice or self.authorizes(fact))
        return status.word if is_own else f"about the {status.word[0].lower()}{status.word[1:]} use"

    def is_official(self, fact: Fact) -> bool:
        """Whether a label or a regulator states the fact: by the evidence that it names, else by whose statements its sources are.

        This is the wider of two questions, for tables that set what a label says beside what others say. A fact about the product or
        its supply names no evidence, as it speaks of no use, and is official by its sources; it authorizes nothing.
        """
        lists = self.vocabulary.lists
        if fact.evidence:
            return lists.evidence[fact.evidence].own_use
        return any(
            self.sources[citation.source].statement in lists.official for citation in fact.sources if citation.source in self.sources
        )

    def event(self, fact: Fact) -> Event | None:
        """What the fact says that happened to the authorization or the supply; None if it is no event."""
        return self.vocabulary.lists.events[fact.event] if isinstance(fact, StatusFact) and fact.event else None

    def present(self, monograph: Monograph) -> list[tuple[StatusFact, Event]]:
        """The events of a medicine without those of its supply that a later one overtook in all their places."""
        found = [(fact, event) for fact in monograph.events if (event := self.event(fact))]
        warned = [(fact, event) for fact, event in found if event.banner and isinstance(fact.value, Day)]

        def overtaken(fact: StatusFact, event: Event) -> bool:
            if not event.banner or not isinstance(fact.value, Day | Planned):
                return False
            since = fact.value.earliest
            later = {
                place
                for other, others in warned
                if others.topic == event.topic and isinstance(other.value, Day) and other.value.earliest > since
                for place in other.jurisdictions
            }
            return bool(fact.jurisdictions) and later.issuperset(fact.jurisdictions)

        return [(fact, event) for fact, event in found if not overtaken(fact, event)]

    def granted(self, monograph: Monograph) -> frozenset[str]:
        """The places in which an authorization was granted, whether or not it ended since."""
        return frozenset(place for fact in monograph.events if self._effect(fact) == "granted" for place in fact.jurisdictions)

    def ended(self, monograph: Monograph) -> dict[str, StatusFact]:
        """The places where no authorization is left, with the event that ended it; one without a day ended it for good."""
        found: dict[str, StatusFact] = {}
        for place in self.vocabulary.lists.jurisdictions:
            here = [fact for fact in monograph.events if place in fact.jurisdictions]
            granted = [fact.value.earliest for fact in here if self._effect(fact) == "granted" and isinstance(fact.value, Day)]
            for fact in here:
                since = fact.value.earliest if isinstance(fact.value, Day) else None
                if self._effect(fact) == "ended" and not (since and any(day > since for day in granted)):
                    found[place] = fact
        return found

    def _effect(self, fact: Fact) -> str | None:
        """Whether an authorization begins or ends; what is not known grants none, but ends one until its day is known."""
        event = self.event(fact)
        return event.effect if event and not (event.effect == "granted" and isinstance(fact.value, Gap)) else None

    def is_faulty(self, name: str) -> bool:
        """Whether this fact, correction or medicine is there but was left out, itself or with its whole file."""
        return any(name == each or name.startswith(f"{each}/") for each in self.left_out)

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Every fact by its full id."""
        return {fact.id: fact for book in self.monographs.values() for fact in book.facts.values()}

    @cached_property
    def checked(self) -> date:
        """The day on which the fact that was checked longest ago was checked. Raises ValueError without a monograph."""
        return min(book.checked for book in self.monographs.values())

    @cached_property
    def check_due(self) -> date:
        """The day on which the next check is due. Raises ValueError without a monograph."""
        return min(book.medicine.check_due for book in self.monographs.values())

    def weak_for(self, fact: Fact) -> tuple[str, ...]:
        """The jurisdictions for which every source of the value is weak; `("",)` if that is so and the fact names no jurisdiction."""
        grades = self.vocabulary.lists.weak
        if grades.keys().isdisjoint([c.grade for c in fact.sources]):
            return ()  # as with nearly all facts
        weak = {c.source: c.grade in grades for c in fact.sources if c.source in self.sources}
        if weak and all(weak.values()):
            return fact.jurisdictions or ("",)
        own = {place: [weak[name] for name in weak if self._speaks(name, place)] for place in self.authorities_of(fact)}
        return tuple(place for place, found in own.items() if found and all(found))

    def _speaks(self, source: str, place: str) -> bool:
        """Whether a source speaks for the place, or for no place in particular."""
        places = self.sources[source].jurisdictions
        return place in places or not set(places) & set(self.authorities)
