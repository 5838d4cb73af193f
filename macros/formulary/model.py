"""What a monograph may say: the shape of every data file of a medicine.

Models are frozen and closed. They are validated with a context of the vocabulary, today's date, and the place and name of the record.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, ValidationInfo, model_validator

from macros.finding import Refused
from macros.formulary.bands import CriteriaOf, GroupOf
from macros.formulary.checklist import Answer, Calendar, Case, Given, Question, Rule, Track
from macros.formulary.courses import CourseOf
from macros.formulary.dates import PastDate
from macros.formulary.fields import OneOf, OneOrMore, Places, Words, parsed, vocabulary_of
from macros.formulary.free_texts import free_texts
from macros.formulary.gaps import PassageOf, Search, Unsaid
from macros.formulary.medicine import OfficialPage, Review, Shortcut
from macros.formulary.quantities import Interval, whole
from macros.formulary.record import Named, Placed, Prose, Record, Text
from macros.formulary.regimens import RegimenOf
from macros.formulary.schedules import StepOf
from macros.formulary.sourcing import Citation, Reading
from macros.formulary.values import Gap, Statement, Valued

# So many characters a short form has at most, beside the values that it names.
_SHORT = 120


class Fact(Valued, Named):
    """One value with its use, evidence, jurisdictions, sources and context; its id is the path `<inn>/<file>/<name>`."""

    title: Prose
    """What the fact is called in tables and lists. Facts of the same title stand side by side."""
    short: Annotated[Prose, Field(max_length=240)] | None = None
    """The value in few words, for cards, forms and the comparison, which link to the whole. The condition stands beside it."""
    topic: Annotated[str, OneOf("topics")]
    """What the fact is about; it decides the section and the file."""
    condition: Prose | None = None
    """What the value holds under: only if tolerated. It is printed wherever the value is."""
    use: Annotated[str, OneOf("statuses")] | None = None
    """The use that the fact speaks of. A fact about the product, its safety or its supply has none."""
    evidence: Annotated[str, OneOf("evidence")] | None = None
    """What the value rests on; one of its sources must be of a kind that can carry it."""
    jurisdictions: Places = ()
    """Whose rules or advice it is: [US, EU]. Each needs a source that speaks for it."""
    under: OneOrMore = ()
    """The approved indication that a dose, a result or expert advice falls under: indications/us; of several a list."""
    sources: tuple[Citation, ...] = ()
    """Where the value stands, each on a line: '- {source: its name, grade: A}'."""
    checked: PastDate
    """The day on which all sources of the fact were read: 2026-11-22. A partial edit doesn't move it."""
    note: Prose | None = None
    """One more sentence for the reader. It holds no figure."""
    urgency: Annotated[str, OneOf("urgencies")] | None = None
    """How soon a patient must act on it. What says no more than "at once" is as urgent as the most urgent."""
    evidence_only: Prose | None = None
    """Why the fact stands on the evidence page alone."""
    endpoint: Prose | None = None
    """What was measured: treated bleeds."""
    population: Prose | None = None
    """In whom it was measured."""
    n: Annotated[int, Field(gt=0), parsed(whole)] | None = None
    """How many people the result rests on: 112."""
    time: Prose | None = None
    """When it was measured: year 1."""
    statistic: Prose | None = None
    """What the figure is: mean, median, share."""
    interval: Interval | None = None
    """Its confidence interval: '95% CI 12.9 to 23.4'."""
    assay: Prose | None = None
    """The test by which it was measured."""
    trial: Text | None = None
    """The trial that it comes from: trials/gener8-1."""

    @model_validator(mode="after")
    def _urgency_of_topic(self, info: ValidationInfo) -> Self:
        lists = vocabulary_of(info).lists
        wanted = lists.topics[self.topic].urgent
        if wanted and self.urgency is None:
            raise Refused(f"a fact about {self.topic} says how urgent it is; write 'urgency:' with one of: {', '.join(lists.urgencies)}")
        if self.urgency and not wanted:
            raise Refused(f"a fact about {self.topic} is not one of those that say how urgent they are; delete 'urgency:'")
        return self

    @model_validator(mode="after")
    def _short_form_short(self) -> Self:
        if self.short and (length := sum(map(len, Statement(self.short).parts()[::2]))) > _SHORT:
            raise Refused(f"its 'short:' has {length} characters beside the values that it names; at most {_SHORT} are short")
        return self

    @cached_property
    def slug(self) -> str:
        """The medicine, as it stands in the id."""
        return self.id.split("/")[0]

    @property
    def file(self) -> str:
        """The data file, as it stands in the id."""
        return self.id.split("/")[1]

    @cached_property
    def short_id(self) -> str:
        """The id without the medicine, as that medicine's own pages write it."""
        return self.id.partition("/")[2]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every text of the fact that may refer to other facts: its value, its short form, its condition and its note."""
        own = [self.value] if isinstance(self.value, Statement) else []
        return tuple(own + [Statement(text) for text in (self.short, self.condition, self.note) if text])

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text of the fact that readers see, with the key that it stands under: of the record first, then inside its value.

        Names of other records and words of the vocabulary are no texts; what a gap, a schedule or a citation says has a key of its own.
        """
        yield from ((str(keys[-1]), text) for keys, text in free_texts(self))


class StatusFact(Fact):
    """A fact of status.yml: an event of the authorization or the supply, or a fact about the market."""

    event: Annotated[str, OneOf("events")] | None = None
    """What happened to the authorization or the supply."""

    @model_validator(mode="after")
    def _event_of_topic(self, info: ValidationInfo) -> Self:
        events = vocabulary_of(info).lists.events
        wanted = {event.topic for event in events.values()}
        if self.topic in wanted and self.event is None:
            known = ", ".join(name for name, event in events.items() if event.topic == self.topic)
            raise Refused(f"a fact about {self.topic} needs its event; write 'event:' with one of: {known}")
        if self.event and events[self.event].topic != self.topic:
            raise Refused(f"event '{self.event}' belongs to {events[self.event].topic}; write 'topic: {events[self.event].topic}'")
        if self.event:
            event, gap = events[self.event], isinstance(self.value, Gap)
            if self.planned and not event.ahead:
                ahead = ", ".join(name for name, each in events.items() if each.ahead and each.topic == self.topic)
                raise Refused(
                    f"event '{self.event}' says what happened; write the day under 'date:', or of what is planned one of: {ahead}"
                )
            if event.ahead == "always" and not self.planned:
                raise Refused(f"event '{self.event}' says what is meant to happen; write its day under 'planned:'")
            if event.gap and not gap:
                raise Refused(f"event '{self.event}' says what is not known; write 'not_read:' or 'not_found:', or name what happened")
            if not (gap and (event.gap or event.effect == "ended")) and not (self.date or self.planned or self.terms or self.statement):
                raise Refused(f"event '{self.event}' has no day; write 'date:', or an event that says what is not known")
        return self


class Outcome(Fact):
    """A result: without endpoint, population and time it says nothing."""

    endpoint: Prose
    population: Prose
    time: Prose


class Trial(Fact):
    """A trial by its registry number, or a fact about one."""

    name: Prose | None = None
    """What the trial is called."""
    sponsor_id: Prose | None = None
    """The sponsor's own number of the trial."""
    phase: Prose | None = None
    """Its phase: '3' or '1/2'."""
    design: Prose | None = None
    """How it was set up: open-label, single arm."""


class Correction(Placed):
    """What became of one claim of the draft: what is published instead, and why."""

    claim: Prose
    """What the draft said, in our own words."""
    verdict: Annotated[str, OneOf("verdicts")]
    """What became of the claim."""
    published: Words
    """The facts that stand on the pages instead: [dose/standard]."""
    why: Prose | None = None
    """One sentence: why it is published differently."""


class Change(Placed):
    """What changed in the facts of a medicine, for readers; `facts` is the fingerprint that they had afterwards."""

    date: PastDate
    """The day of the change: 2026-11-22."""
    kind: Annotated[str, OneOf("changes")]
    """What kind of change it is."""
    reason: Prose
    """One sentence for readers: what changed, and why. It holds no figure."""
    facts: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]
    """The fingerprint of the facts after the change, in quotes; `make check` says it."""


class Recall(Named):
    """A version of which no offline copy may be used any more, since when, and because of which error."""

    date: PastDate
    """The day of the recall: 2026-11-22."""
    why: Prose
    """One sentence for readers: what is wrong in that version. It holds no figure."""

    @model_validator(mode="after")
    def _of_a_version(self) -> Self:
        if not re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{10}|inputs-[0-9a-f]{12})(-dirty)?", self.id):
            raise ValueError("that is no version; write it as copies print it, as in 2026-11-22-0123456789")
        return self


class Reporting(Placed):
    """Where a suspected adverse reaction is reported in a place; `seen` says where that was read."""

    name: Prose
    """The system and whose it is."""
    address: Annotated[str, Field(pattern=r"^https?://[^\s<>\"']+$")]
    """Where to report, with https:// in front."""
    telephone: Annotated[str, Field(pattern=r"^[0-9A-Z]+([ -][0-9A-Z]+)*$")] | None = None
    """The number to call, as the authority writes it."""
    seen: Prose
    """In which document address and number were read."""
    checked: PastDate
    """The day on which they were read: 2026-11-26."""


# The data files of a medicine and the shape of the facts in each; corrections.yml and medicine.yml stand apart.
FILES: dict[str, type[Fact]] = {
    "identity": Fact,
    "status": StatusFact,
    "indications": Fact,
    "dose": Fact,
    "safety": Fact,
    "monitoring": Fact,
    "outcomes": Outcome,
    "trials": Trial,
    "advice": Fact,
    "research": Fact,
}

# The records that stand inside others, by the key that they stand under.
NESTED: dict[str | int, type[Record]] = {
    "sources": Citation,
    "schedule": StepOf,
    "regimen": RegimenOf,
    "who": GroupOf,
    "criteria": CriteriaOf,
    "steps": CourseOf,
    "or": CourseOf,
    "not_read": Unsaid,
    "silent": Unsaid,
    "not_found": Search,
    "passages": PassageOf,
    "parts": Reading,
    "reviews": Review,
    "official": OfficialPage,
    "shortcuts": Shortcut,
    "rows": Question,
    "calendar": Calendar,
    "tests": Track,
    "rules": Rule,
    "actions": Question,
    "cases": Case,
    "given": Given,
    "answers": Answer,
}
