"""Which facts of a medicine are authorized, in which places, and in which words; and why the others are not.

Only what a label or a regulator says of an authorized use counts, in places where an authorization stands; of a draft nothing does.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Final

from macros.export.authorizing import Authorizing, is_study, names_of
from macros.export.telling import DRAFT
from macros.formulary.book import Formulary
from macros.formulary.model import Fact, StatusFact
from macros.formulary.monograph import Monograph
from macros.formulary.regimens import Regimen
from macros.formulary.sentences import told, whole
from macros.formulary.values import Gap
from macros.formulary.vocabulary import Event
from macros.formulary.words import plainly

# What a committee recommended reads like an indication, and is none.
_NOT_DECIDED: Final = ("opinion",)
# What a fact says beside its value, by the words for it.
_BESIDE: Final = ("endpoint", "population", "n", "time", "statistic", "interval", "assay", "note")


@dataclass(frozen=True, slots=True)
class Held:
    """A fact that the bundle holds, with the places where it may."""

    fact: Fact
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A fact that the bundle leaves out, for all places or for some, with the reason in words."""

    fact: Fact
    places: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Medicine:
    """A medicine as the bundle tells it."""

    book: Formulary
    monograph: Monograph

    @cached_property
    def draft(self) -> bool:
        """Whether nothing of the medicine may be used yet."""
        return self.monograph.medicine.draft

    @cached_property
    def ended(self) -> Mapping[str, StatusFact]:
        """The places where no authorization is left, with the event that ended it."""
        return {} if self.draft else self.book.ended(self.monograph)

    @cached_property
    def standing(self) -> tuple[str, ...]:
        """The places where an authorization was granted and none has ended since, in the order of the vocabulary."""
        left = frozenset() if self.draft else self.book.granted(self.monograph) - self.ended.keys()
        return tuple(place for place in self.book.authorities if place in left)

    @cached_property
    def sorted(self) -> tuple[list[Held], list[LeftOut]]:
        """The facts that are no events: those that the bundle holds, and those that it leaves out."""
        held, left = [], []
        happened = {fact.id for fact in self.monograph.events if self.book.event(fact)}
        standing = cache(lambda places: tuple(place for place in self.standing if place in places))
        for fact in self.monograph.facts.values():
            if fact.id in happened:
                continue
            why = self._barred(fact) or self._of_another(fact) or self._of_no_use(fact)
            places = () if why else standing(fact.jurisdictions)
            if places:
                held.append(Held(fact, places))
            others = () if places == fact.jurisdictions else tuple(place for place in fact.jurisdictions if place not in places)
            if others or not places:
                left.append(LeftOut(fact, others, why or ("no authorization stands there" if fact.jurisdictions else "no place is named")))
        return held, left

    @cached_property
    def events(self) -> list[tuple[StatusFact, Event]]:
        """What happened to authorization and supply, in the order of the data."""
        return [] if self.draft else [(fact, event) for fact in self.monograph.events if (event := self.book.event(fact))]

    @property
    def held(self) -> list[Held]:
        """The facts that the bundle holds, gaps included."""
        return self.sorted[0]

    @cached_property
    def stated(self) -> list[Held]:
        """Those of them that state something, and are no gap."""
        return [each for each in self.held if not isinstance(each.fact.value, Gap)]

    @property
    def left_out(self) -> list[LeftOut]:
        """The facts that the bundle leaves out."""
        return self.sorted[1]

    def _barred(self, fact: Fact) -> str:
        """Why the fact can stand in no bundle, wherever it holds; "" if it can. What bars a fact that it names bars it, too."""
        if fact.id not in self._bars:
            why = self._bar(fact)
            named = () if why else names_of(fact)
            self._bars[fact.id] = why or next(filter(None, (self._barred(self._named(name)) for name in named)), "")
        return self._bars[fact.id]

    def _of_another(self, fact: Fact) -> str:
        """Why the fact is none of this medicine; a dose that names it, as given with that one, is."""
        of_another = isinstance(fact.value, Regimen) and fact.value.medicine
        return "the dose of another medicine" if of_another and self.book.vocabulary.lists.topics[fact.topic].regimens else ""

    def _of_no_use(self, fact: Fact) -> str:
        """Why the fact tells of no use, though a label states it; a sentence that names it may still be a warning."""
        if is_study(self.book, fact):
            return "the result of a trial"
        return (
            "a dose or an interval that means something only in the sentence that names it"
            if self._authorizing.is_no_instruction(fact)
            else ""
        )

    @cached_property
    def _authorizing(self) -> Authorizing:
        return Authorizing(self.book, self.monograph, self.ended)

    def _bar(self, fact: Fact) -> str:
        lists = self.book.vocabulary.lists
        if self.draft:
            return DRAFT
        if fact.use and self.book.is_marked(fact):
            return self.book.vocabulary.statuses[fact.use].heading
        if fact.topic in _NOT_DECIDED:
            return f"{lists.topics[fact.topic].word}: no decision"
        if self.book.is_stated(fact) or isinstance(fact.value, Gap):
            return ""  # that something is not known to us, a reader has to know
        if fact.evidence:
            return lists.evidence[fact.evidence].word
        return "not the word of a label or a regulator" if fact.use or not self.book.is_official(fact) else ""

    @cached_property
    def _bars(self) -> dict[str, str]:
        """What was found to bar each fact: most are named by others, too."""
        return {}

    def _named(self, name: str) -> Fact:
        return self.monograph.facts[f"{self.monograph.slug}/{name}"]

    def words(self, places: tuple[str, ...]) -> str:
        """The places in words: United States, European Union."""
        if places not in self._places:
            self._places[places] = ", ".join(self.book.vocabulary.lists.jurisdictions[each].word for each in places)
        return self._places[places]

    @cached_property
    def _places(self) -> dict[tuple[str, ...], str]:
        """The places that were told once: nearly all facts share a few sets of them."""
        return {}

    def line(self, held: Held) -> str:
        """All that a fact says, on a line that may stand alone: with its title and its places."""
        return f"{held.fact.title}: {self.told(held.fact)} [{self.words(held.places)}]"

    def told(self, fact: Fact) -> str:
        """All that a fact says: its value with its condition, then what else is said of it."""
        if fact.id not in self._said:
            fields = vars(fact)
            beside = [f"{key}: {told(self.book, fact, str(fields[key]))}" for key in _BESIDE if fields[key]]
            self._said[fact.id] = plainly("; ".join([whole(self.book, fact), *beside, *self.weak(fact)]))
        return self._said[fact.id]

    def weak(self, fact: Fact) -> list[str]:
        """The mark of a fact that rests on weak sources alone, with the places where it does; else nothing."""
        places = self.book.weak_for(fact)
        if not places:
            return []
        marks = self.book.vocabulary.lists.weak
        return [f"{next(marks[each.grade] for each in fact.sources if each.grade in marks)}: {', '.join(places)}"]

    @cached_property
    def _said(self) -> dict[str, str]:
        """What was told once: most facts stand in a section and in a resource."""
        return {}

    def doses_it(self, fact: Fact) -> bool:
        """Whether the fact is a regimen that a patient is given, and not one of a trial, an interaction or another medicine."""
        own = isinstance(fact.value, Regimen) and not fact.value.medicine
        return own and self.book.vocabulary.lists.topics[fact.topic].regimens

    def speaks_of_all(self, fact: Fact) -> bool:
        """Whether the fact has the title of its topic, so that it speaks of all of them at once: that a label names none."""
        return fact.title.casefold() == self.book.vocabulary.lists.topics[fact.topic].word.casefold()

    @cached_property
    def parts(self) -> frozenset[str]:
        """The facts, by their ids, that another fact names, so that it tells them whole."""
        return frozenset(f"{self.monograph.slug}/{name}" for each in self.stated for name in names_of(each.fact))


def medicine(book: Formulary, monograph: Monograph) -> Medicine:
    """The medicine as formats tell it that hold only what is authorized; each asks for it, one after another."""
    return _of(book, monograph.slug) if book.monographs.get(monograph.slug) is monograph else Medicine(book, monograph)


@lru_cache(maxsize=1)
def _of(book: Formulary, slug: str) -> Medicine:
    return Medicine(book, book.monographs[slug])


def counted(left: Sequence[LeftOut]) -> Iterator[tuple[str, int]]:
    """Each reason for which facts are left out, with their number."""
    for why in sorted({each.why for each in left}):
        yield why, sum(each.why == why for each in left)
