"""What other programs get of a medicine: facts, gaps, sources, changes. A model of `formulary` has its shape here."""

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from macros.export.amounts import SAID, FullDay, KnownDay
from macros.export.values import Value

FactId = Annotated[str, Field(pattern=r"^[a-z0-9-]+/[a-z]+/[a-z0-9-]+$")]
FactAddress = Annotated[str, Field(pattern=r"^monographs/[^#]*#fact-[a-z]+-[a-z0-9-]+$")]


@SAID
class Cited(TypedDict):
    """A source of a fact."""

    source: str
    """The name of the source."""
    grade: str
    """How far the value can be trusted from this source; the vocabulary says what a grade means."""
    locator: NotRequired[str]
    """Where in the source it stands."""


@SAID
class Said(TypedDict):
    """What a fact and a gap have in common. Status and places are never left out."""

    id: FactId
    """The name of the fact, unique across the site: medicine, file, name."""
    address: FactAddress
    """Where the site tells it whole, from the root of the site on."""
    title: str
    """What it is called. Facts of one title stand side by side."""
    topic: str
    """What it is about; a word of the vocabulary."""
    status: str | None
    """The use that it speaks of: approved, off-label, research, withdrawn. Null of a fact about the product, its safety or its supply."""
    status_word: str | None
    """The word by which readers know that status; of what does not authorize the use, that it is about it."""
    marked: bool
    """Whether the use is none that an authority approved, so that whoever shows it marks it as such."""
    places: list[str]
    """For whose rules or advice it speaks; empty where it speaks for none in particular."""
    ended_places: NotRequired[list[str]]
    """Those of its places in which the medicine was authorized once and is no more."""
    evidence: NotRequired[str]
    """What it rests on; a word of the vocabulary."""
    authorizes: bool
    """Whether it says by itself that a use, or what belongs to one, is authorized. Whoever wants what is authorized asks for this.

    A label or a regulator states it; of no marked use, no draft, not only of places where the authorization has ended; it is no result
    of a trial, says of nobody in whom it was measured, and is no dose or interval that means something only in the sentence around it.
    """
    under: NotRequired[list[str]]
    """The ids of the approved indications that it falls under."""
    checked: FullDay
    """The day on which all its sources were read, in ISO 8601."""


@SAID
class Beside(Said):
    """What a fact, and a gap, says beside its value. What does not apply is left out."""

    condition: NotRequired[str]
    """What the value holds under. It belongs to the value."""
    short: NotRequired[str]
    """The value in few words; the condition stands beside it."""
    note: NotRequired[str]
    """One more sentence, which explains."""
    weak_places: NotRequired[list[str]]
    """The places for which every source of the value is weak; an empty name stands for a fact without places."""
    urgency: NotRequired[str]
    """How soon a patient must act on it; a word of the vocabulary."""
    event: NotRequired[str]
    """What happened to the authorization or the supply; a word of the vocabulary."""
    endpoint: NotRequired[str]
    """What was measured."""
    population: NotRequired[str]
    """In whom it was measured."""
    participants: NotRequired[int]
    """How many people the result rests on."""
    time: NotRequired[str]
    """When it was measured."""
    statistic: NotRequired[str]
    """What the figure is: mean, median, share."""
    interval: NotRequired[str]
    """Its confidence interval."""
    assay: NotRequired[str]
    """The test by which it was measured."""
    trial: NotRequired[str]
    """The id of the trial that it comes from."""
    trial_name: NotRequired[str]
    """Of a trial, what it is called."""
    sponsor_id: NotRequired[str]
    """Of a trial, the sponsor's own number."""
    phase: NotRequired[str]
    """Of a trial, its phase."""
    design: NotRequired[str]
    """Of a trial, how it was set up."""


@SAID
class Fact(Beside):
    """One value with its use, evidence, places, sources and context."""

    quote: str
    """The fact on one line with topic, title, status, places and basis, for whoever shows nothing else."""
    text: str
    """The value with its condition, in words. Whoever shows the value shows this or all parts of it."""
    value: Value
    """The value in its parts."""
    sources: list[Cited]
    """Where the value stands."""


@SAID
class PassageLeft(TypedDict):
    """A part of a source that a gap speaks of."""

    source: str
    """The name of the source."""
    part: NotRequired[str]
    """The part of it; left out of a source without parts."""


@SAID
class GapTold(Beside):
    """What is not known here. It says nothing about the medicine: neither that there is none, nor that there is no risk."""

    kind: Literal["not_read", "silent", "not_found"]
    """not_read: we did not read where it would stand. silent: we read it, and it says nothing. not_found: we searched in vain."""
    quote: str
    """The gap on one line with topic, title, status and places, for whoever shows nothing else."""
    text: str
    """The gap in words."""
    only: NotRequired[str]
    """What of the topic is missing, where that is not all of it."""
    passages: NotRequired[list[PassageLeft]]
    """Where it would stand, or where nothing stands."""
    words: NotRequired[list[str]]
    """By which words it was searched."""
    where: NotRequired[str]
    """In which places it was searched."""
    on: NotRequired[FullDay]
    """The day of the search, in ISO 8601."""


@SAID
class Gaps(TypedDict):
    """Gaps by their kind."""

    not_read: list[GapTold]
    """What we did not read."""
    silent: list[GapTold]
    """What was read and says nothing."""
    not_found: list[GapTold]
    """What was searched for in vain."""


@SAID
class PartRead(TypedDict):
    """A part of a source, and how far it was read."""

    name: str
    """The part, by its name in the source; empty of a source without parts."""
    read: str
    """How far it was read; a word of the vocabulary."""
    on: NotRequired[FullDay]
    """The day on which it was read, in ISO 8601; left out if it was not."""


@SAID
class Source(TypedDict):
    """Whose statement, how far it was read, and where a reader can open it."""

    name: str
    """The name by which facts cite it."""
    title: str
    """What it is called."""
    statement: str
    """Whose statement it is; a word of the vocabulary."""
    reading: NotRequired[str]
    """How it was read; a word of the vocabulary."""
    address: NotRequired[str]
    """Where a reader can open it."""
    doi: NotRequired[str]
    """Its DOI."""
    pmid: NotRequired[str]
    """Its PubMed number."""
    edition: NotRequired[str]
    """Which text of several it is."""
    date: NotRequired[KnownDay]
    """Its own date, in ISO 8601, to the day, the month or the year."""
    date_words: NotRequired[str]
    """What that date is, or why there is none."""
    date_read: NotRequired[FullDay]
    """The day on which it was read; left out if nothing of it was."""
    places: list[str]
    """For whom it speaks."""
    parts: list[PartRead]
    """Its parts, each with how far it was read."""


@SAID
class Authorization(TypedDict):
    """Whether the medicine is authorized in a place, as far as this site tells."""

    place: str
    """The place."""
    granted: bool
    """Whether an authorization was ever granted, even if it has ended since."""
    ended_by: NotRequired[str]
    """The id of the fact that says that none is left; left out where one is."""
    event: str
    """What decides it: the newest authorization, or its end; a word of the vocabulary, such as full or conditional."""
    since: NotRequired[KnownDay]
    """The day of that event, as far as it is known."""
    stands: bool
    """Whether the medicine is authorized there now: it was granted and has not ended."""


@SAID
class Reviewed(TypedDict):
    """Who reviewed the monograph clinically."""

    name: str
    """Who."""
    role: str
    """In what role."""
    date: FullDay
    """The day, in ISO 8601."""


@SAID
class Changed(TypedDict):
    """A change of the facts."""

    id: str
    """The name of the change."""
    date: FullDay
    """The day, in ISO 8601."""
    kind: str
    """What kind of change; a word of the vocabulary."""
    alerts: bool
    """Whether those who use the medicine have to know of it."""
    reason: str
    """What changed, and why."""


@SAID
class Named(TypedDict):
    """By what a medicine is known, and where it stands."""

    medicine: str
    """The name of the medicine in ids and addresses."""
    inn: str
    """Its generic name."""
    brands: list[str]
    """Its brand names."""
    classes: list[str]
    """What kind of medicine it is."""
    diseases: list[str]
    """What it is for."""
    draft: bool
    """Whether the monograph is not ready. Of a draft nothing may be used."""
    page: str
    """The address of the monograph, from the root of the site on."""


@SAID
class Medicine(Named):
    """A whole monograph."""

    schema_version: str
    """The version of this shape."""
    data_version: str
    """A mark of all facts of the medicine: the same for the same facts."""
    checked: FullDay
    """The day on which the fact that was checked longest ago was checked."""
    check_due: FullDay
    """The day by which the sources have to be read again."""
    reviews: list[Reviewed]
    """Who reviewed it clinically; empty until a named person has."""
    authorizations: list[Authorization]
    """Where the medicine is or was authorized."""
    facts: list[Fact]
    """Every fact, in the order of the data."""
    regimens: list[str]
    """The ids of those whose value is an authorized dose regimen of this medicine. Of a group it may say that no dose is given."""
    gaps: Gaps
    """What is not known, by kind."""
    changes: list[Changed]
    """What changed, in the order of the data."""
    sources: list[Source]
    """Every source that a fact cites or a gap names."""
