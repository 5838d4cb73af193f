"""The closed lists that everything else chooses from, as frozen records."""

from collections.abc import Mapping
from functools import cached_property
from typing import Literal, Self

from pydantic import model_validator

from macros.finding import Refused, nearest
from macros.formulary.record import Filed, Flag, Placed, Prose, Record, Text
from macros.formulary.searching import SearchWords
from macros.formulary.units import UnitsInUse


class Status(Placed):
    """A use that facts speak of, how it is marked and what the mark demands."""

    word: Prose
    """The word that marks it."""
    chip: Prose
    """The words of its mark in a line, before the places that it holds for."""
    heading: Prose
    """The words that open a block of it."""
    in_short: Prose
    """The same in a few words, on the home page."""
    meaning: Prose
    """What it means, on the page of the statuses."""
    authorized: Flag
    """true: the use rests on a label or a regulator."""
    notice: Flag
    """true: a fact of this use may stand only inside a block of this status."""
    border: Text
    """How the block is drawn: solid, dashed."""
    icon: Text
    """A mark that prints in black and white."""


class Word(Record):
    """An entry of a list: its word, and what that means where it does not say so itself."""

    word: Prose
    """What readers see."""
    meaning: Prose | None = None
    """What the word means, on the page of the statuses."""


class Jurisdiction(Word):
    """Whose rules or advice; `authority` where it is the law of a place."""

    authority: Flag
    """true where it is the law of a place."""
    column: Flag = False
    """true: it has a column of its own in the list of medicines; all others share one."""


class Evidence(Word):
    """What a fact rests on, and which kinds of statement can carry it."""

    carried_by: tuple[str, ...]
    """The kinds of statement that can carry it; one of its sources must make one."""
    own_use: Flag
    """true where the evidence itself can say that a use is authorized."""


class StatementKind(Word):
    """Whose statement a source is; `parted` where it has sections, tables or pages, so that a citation names its own."""

    parted: Flag = False
    """true: it has sections, tables or pages, so a citation names its own."""


class Verdict(Word):
    """What became of a claim of the draft; `differs` where something else is published and must be explained."""

    differs: Flag
    """true: something else is published, and the correction must say why."""


class Grade(Word):
    """How far a value can be trusted."""

    weak: Flag
    """true: the value is shown with a warning."""


class Event(Word):
    """What can happen to an authorization or to the supply; `banner` above the title, `listed` in lists of medicines.

    `effect` says whether an authorization begins or ends with it; with `gap` it says only what is not known.
    """

    topic: Text
    """The topic whose facts can have it."""
    chip: Prose | None = None
    """Its words in the list of medicines, where they are shorter."""
    banner: Flag
    """true: shown above the title."""
    nowhere: Flag = False
    """true: nobody can get the medicine any more, so that below its banner patients are not told to ask for it."""
    listed: Flag
    """true: also stands beside the medicine in lists."""
    carried_by: tuple[str, ...] = ()
    """The kinds of statement that can carry it; one of its sources must make one."""
    effect: Literal["granted", "ended"] | None = None
    """granted or ended: an authorization begins or ends with it."""
    gap: Flag = False
    """true: it says only what is not known."""
    ahead: Literal["may", "always"] | None = None
    """may or always: its day may lie ahead, or always does when it is told; such a day stands under 'planned:'."""


class Kind(Word):
    """What kind of change a record speaks of; `alerts` where those who use the medicine have to know, `wording` where all else stayed."""

    wording: Flag = False
    """true: only words changed; the home page does not tell it."""
    alerts: Flag = False
    """true: it is named where pages tell what changed of dose, warnings, use or supply."""


class Topic(Word):
    """What a fact is about; `local` where authorities differ, `use` and `urgent` whether its facts must say theirs."""

    file: Text
    """The data file that its facts stand in."""
    local: Flag
    """true where authorities differ, so that its facts must name a jurisdiction."""
    loud: Flag = False
    """true: a gap on it is a warning of its own, and is never told in the line of gaps below a section."""
    alone: Flag = False
    """true: its facts say place and marks themselves, even where all facts beside them share them."""
    urgent: Flag = False
    """true: its facts must say with urgency how soon to act."""
    look_alike: Flag = False
    """true: its facts are names that look like others, with the capitals that set them apart; they stand below the title."""
    regimens: Flag = False
    """true: what its facts say of a dose stands in regimens, which hold amount, division, group and maximum together."""
    against: Flag = False
    """true: its facts name what speaks against the medicine, so that a line of one that stands alone has to say the topic."""
    use: Literal["any", "needed", "unless-label", "marked"] = "any"
    """needed: its facts must say their use. marked: that use must stand in a block of its own."""


class Moment(Word):
    """A time at which a dose is taken, or what it is taken with."""

    once_a_day: Flag = False
    """true: it comes once a day, so that as many doses are taken as such times are named."""


class Measure(Word):
    """A measure of a patient by which doses differ, and its units."""

    units: tuple[Text, ...]
    """The units in which it is named: [kg]."""


class CardOf(Word):
    """A card at the top of a monograph: the topics that it may speak of, and the section that tells more."""

    topics: tuple[str, ...]
    """The topics that this card may speak of."""
    bar: Prose
    """Its word in the bar at the foot of a phone's screen."""
    to: Text
    """The heading of the monograph that it leads to, as its address: contraindications."""
    needed: Flag = False
    """true: each monograph has it."""
    alert: Flag = False
    """true: it is drawn as a warning."""


class Entry(Placed):
    """A word of the glossary: its long form if it is an abbreviation, and what it means."""

    full: Prose | None = None
    """The long form, if the word is an abbreviation."""
    meaning: Prose
    """What it means, in a sentence or two without figures."""


class Lists(Filed):
    """The file vocabulary.yml."""

    jurisdictions: Mapping[str, Jurisdiction]
    """Whose rules, or whose advice, a fact speaks for."""
    evidence: Mapping[str, Evidence]
    """What a fact rests on."""
    statements: Mapping[str, StatementKind]
    """Whose statement a source is."""
    readings: Mapping[str, Word]
    """How we read it."""
    extents: Mapping[str, Word]
    """How far a part of a source was read."""
    grades: Mapping[str, Grade]
    """How far a value can be trusted."""
    events: Mapping[str, Event]
    """What happened to an authorization or to the supply."""
    urgencies: Mapping[str, Word]
    """How soon a patient must act, the most urgent first."""
    topics: Mapping[str, Topic]
    """What a fact is about."""
    verdicts: Mapping[str, Verdict]
    """What became of a claim of the draft."""
    changes: Mapping[str, Kind]
    """What kind of change a record of changes.yml speaks of."""
    cards: Mapping[str, CardOf]
    """The cards at the top of a monograph, in their order."""
    measures: Mapping[str, Measure]
    """The measures of a patient by which doses differ."""
    routes: Mapping[str, Word]
    """The ways by which a medicine is given."""
    moments: Mapping[str, Moment]
    """The times of the day, and what a dose is taken with."""
    weights: Mapping[str, Word]
    """By which weight a dose is reckoned, where that is not the body weight."""
    withheld: Mapping[str, Word]
    """What is said of a group instead of a dose."""
    fluids: Mapping[str, Word]
    """What a medicine is diluted in."""
    abbreviations: Mapping[str, Word]
    """Abbreviations that are misread, with what is written instead."""
    refused_units: Mapping[str, Word]
    """Units that no text may use behind a number, with what is written instead."""

    @cached_property
    def official(self) -> frozenset[str]:
        """The kinds of statement that can say that a use is authorized."""
        return frozenset(kind for each in self.evidence.values() if each.own_use for kind in each.carried_by)

    @cached_property
    def authorities(self) -> tuple[str, ...]:
        """The jurisdictions whose rules are the law of a place, so that a regulator stands behind them."""
        return tuple(name for name, place in self.jurisdictions.items() if place.authority)

    @cached_property
    def weak(self) -> Mapping[str, str]:
        """The grades of a source on which a value can't rest alone, with the word for each."""
        return {name: grade.word for name, grade in self.grades.items() if grade.weak}

    @model_validator(mode="after")
    def _names_known(self) -> Self:
        carried = {name: entry.carried_by for name, entry in self.evidence.items()}
        carried |= {name: event.carried_by for name, event in self.events.items()}
        for name, kinds in carried.items():
            for kind in kinds:
                if kind not in self.statements:
                    raise Refused(f"{name}: is carried by the unknown statement '{kind}'; {nearest(kind, self.statements)}")
        for name, event in self.events.items():
            if event.topic not in self.topics:
                raise Refused(f"{name}: is an event of the unknown topic '{event.topic}'; {nearest(event.topic, self.topics)}")
            if event.ahead and (event.effect or event.gap):
                raise Refused(f"{name}: what lies ahead neither begins nor ends an authorization yet; delete 'ahead:', or the other")
        for name, card in self.cards.items():
            for topic in card.topics:
                if topic not in self.topics:
                    raise Refused(f"{name}: is a card about the unknown topic '{topic}'; {nearest(topic, self.topics)}")
        return self


class Vocabulary(UnitsInUse):
    """Every closed list: statuses, units, the lists of vocabulary.yml, words of the search, abbreviations and names that hold digits."""

    statuses: Mapping[str, Status]
    lists: Lists
    search: SearchWords
    glossary: Mapping[str, Entry]
    terms: tuple[str, ...]

    @cached_property
    def long_forms(self) -> tuple[tuple[str, str], ...]:
        """Each abbreviation of the glossary with what it is short for."""
        return tuple((name, entry.full) for name, entry in self.glossary.items() if entry.full)

    def names(self, group: str) -> Mapping[str, object]:
        """The entries of a list by its name: `statuses`, `units`, or one of the lists of vocabulary.yml. Raises KeyError for any other."""
        return self._groups[group]

    @cached_property
    def _groups(self) -> Mapping[str, Mapping[str, object]]:
        return {"statuses": self.statuses, "units": self.units, **dict(self.lists)}

    @cached_property
    def marked(self) -> tuple[str, ...]:
        """The uses whose facts may stand only inside a block of their own."""
        return tuple(name for name, status in self.statuses.items() if status.notice)
