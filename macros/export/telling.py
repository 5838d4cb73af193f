"""The facts of one medicine as the interface tells them; what many of them share is put into words once for all."""

from collections.abc import Collection
from typing import Any, Final, cast

from macros.export import records as api
from macros.export.authorizing import Authorizing
from macros.export.place import Site
from macros.export.said import given, value
from macros.formulary.book import Formulary
from macros.formulary.model import Fact, Trial
from macros.formulary.monograph import Monograph
from macros.formulary.sentences import told, whole
from macros.formulary.sourcing import Citation
from macros.formulary.values import Gap, NotFound, OfPassages, Silent
from macros.formulary.words import listed, plainly

DRAFT: Final = "Draft, not for use"
ENDED: Final = " (authorization ended)"
# What a fact says in words, and what stands beside its value, each with its name in the interface.
_WORDS: Final = ("condition", "short", "note")
_BESIDE: Final = {
    **{name: name for name in ("urgency", "event", "endpoint", "population")},
    "n": "participants",
    **{name: name for name in ("time", "statistic")},
}


class Telling:
    """Tells facts of a medicine; `ended` are the places where no authorization is left."""

    def __init__(self, book: Formulary, monograph: Monograph, ended: Collection[str], site: Site) -> None:
        self.book, self.site, self.ended, self.slug = book, site, ended, monograph.slug
        self.lists, self.draft = book.vocabulary.lists, monograph.medicine.draft
        self._authorizing = Authorizing(book, monograph, ended)
        self._begun: dict[tuple[str | None, str], tuple[str, str, str]] = {}
        self._places: dict[tuple[str, ...], str] = {}

    def fact(self, fact: Fact) -> api.Fact:
        """A fact that states something."""
        said = self._said(fact)
        said["quote"] = self.quote(fact)
        said["text"] = whole(self.book, fact)
        said["value"] = value(fact.value, self.book.vocabulary)
        said["sources"] = [_cited(each) for each in fact.sources]
        self._beside(fact, said)
        return cast(api.Fact, said)

    def gap(self, fact: Fact) -> api.GapTold:
        """A fact that is a gap."""
        gap = fact.value
        assert isinstance(gap, Gap)
        passages = gap.passages if isinstance(gap, OfPassages) else ()
        searched = gap if isinstance(gap, NotFound) else None
        said = self._said(fact)
        said["kind"] = "not_found" if searched else "silent" if isinstance(gap, Silent) else "not_read"
        said["quote"] = self.quote(fact)
        said["text"] = whole(self.book, fact)
        self._beside(fact, said)
        said |= given(
            only=gap.only,
            passages=[{"source": each.source, **given(part=each.part)} for each in passages],
            words=[*searched.words] if searched else [],
            where=searched and searched.where,
            on=searched and searched.on.isoformat(),
        )
        return cast(api.GapTold, said)

    def quote(self, fact: Fact) -> str:
        """The fact, or the gap, on one line that keeps its status, topic, places and basis wherever it is copied to.

        Of an event it says what happened, of advice how soon a patient must act on it, and of places where no authorization is left
        that it is over.
        """
        fields, title = vars(fact), fact.title
        lead, topic, folded = self._begin(fact)
        about = "" if title == topic or title.casefold() == folded else f"{topic}: "
        event = self.book.event(fact)
        told_of = (
            fields["endpoint"],
            fields["population"],
            f"n = {fact.n}" if fact.n else None,
            fields["time"],
            fields["statistic"],
            plainly(str(fact.interval)) if fact.interval else None,
            fields["assay"],
            self.lists.urgencies[fact.urgency].word if fact.urgency else None,
            self._in_places(fact.jurisdictions),
            self._basis(fact),
            self._weak(fact),
        )
        beside = "; ".join(filter(None, told_of))
        happened = f": {event.word}" if event else ""
        return f"{lead}{about}{title}{happened}: {whole(self.book, fact)}{f' ({beside})' if beside else ''}"

    def _begin(self, fact: Fact) -> tuple[str, str, str]:
        """What stands before a fact of its use: that it is a draft's, its status; and the word for its topic, as it is and folded."""
        key = fact.use, fact.topic
        if key not in self._begun:
            draft = f"{DRAFT}: " if self.draft else ""
            marked = f"{self.book.vocabulary.statuses[fact.use].heading}: " if fact.use and self.book.is_marked(fact) else ""
            topic = self.lists.topics[fact.topic].word
            self._begun[key] = draft + marked, topic, topic.casefold()
        return self._begun[key]

    def _in_places(self, places: tuple[str, ...]) -> str:
        """The places in words, with those where the authorization ended."""
        if places not in self._places:
            self._places[places] = listed(
                [f"{self.lists.jurisdictions[each].word}{ENDED if each in self.ended else ''}" for each in places]
            )
        return self._places[places]

    def _basis(self, fact: Fact) -> str:
        """What the fact rests on; "" if it does not say so. What a label tells of a trial is not what it approves."""
        word = self.lists.evidence[fact.evidence].word if fact.evidence else ""
        return f"{word}, of a trial" if self.book.is_stated(fact) and self.book.is_of_trial(fact) else word

    def _weak(self, fact: Fact) -> str:
        """The mark of a fact whose sources are all weak, with the places for which they are, where that is not all; else ""."""
        places = self.book.weak_for(fact)
        if not places:
            return ""
        word = next(iter(self.lists.weak.values()))
        return word if {*places} >= {*fact.jurisdictions} else f"{listed(places)}: {word}"

    def _said(self, fact: Fact) -> dict[str, Any]:
        said: dict[str, Any] = {
            "id": fact.id,
            "address": self.site.fact(fact),
            "title": fact.title,
            "topic": fact.topic,
            "status": fact.use,
            "status_word": self._authorizing.word_of_use(fact) or None,
            "marked": self.book.is_marked(fact),
            "places": [*fact.jurisdictions],
            "authorizes": self._authorizing.authorizes(fact),
            "checked": fact.checked.isoformat(),
        }
        if over := [place for place in fact.jurisdictions if place in self.ended] if self.ended else []:
            said["ended_places"] = over
        if fact.evidence:
            said["evidence"] = fact.evidence
        if fact.under:
            said["under"] = [f"{self.slug}/{name}" for name in fact.under]
        return said

    def _beside(self, fact: Fact, said: dict[str, Any]) -> None:
        """Adds what a fact, or a gap, says beside its value."""
        fields = vars(fact)
        for name in _WORDS:
            if fields[name]:
                said[name] = told(self.book, fact, fields[name])
        if weak := self.book.weak_for(fact):
            said["weak_places"] = [*weak]
        for name, key in _BESIDE.items():
            if found := fields.get(name):
                said[key] = found
        if fact.interval:
            said["interval"] = plainly(str(fact.interval))
        if fact.assay:
            said["assay"] = fact.assay
        if fact.trial:
            said["trial"] = f"{self.slug}/{fact.trial}"
        if type(fact) is Trial:  # to ask Pydantic of a class takes ten times as long
            said |= given(trial_name=fact.name, sponsor_id=fact.sponsor_id, phase=fact.phase, design=fact.design)


def _cited(of: Citation) -> api.Cited:
    return {"source": of.source, "grade": of.grade, "locator": of.locator} if of.locator else {"source": of.source, "grade": of.grade}
