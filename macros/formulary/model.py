"""What a monograph may say: the shape of every data file of a medicine.

Models are frozen and closed. They are validated with a context of two things: the vocabulary and today's date.
"""

import re
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from macros.finding import Refused
from macros.formulary import values
from macros.formulary.fields import (
    Amount,
    FullDate,
    PastDate,
    PastDay,
    Places,
    Prose,
    Range,
    Span,
    Times,
    Words,
    one_of,
    parsed,
    vocabulary_of,
)
from macros.formulary.sourcing import Citation, PassageOf, Reading, Search, Unsaid
from macros.formulary.vocabulary import Flag, Record, Text


class _Step(Record):
    every: Span | None = None
    times: Times | None = None
    until: Amount | None = None
    after: Prose | None = None
    then: Prose | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.every is None) == (self.then is None):
            raise Refused("a step says either 'every' or 'then'; write {every: 1 week, until: 26 weeks}")
        if self.then is not None and (self.until or self.times):
            raise Refused("'then' is the last word of a schedule; delete 'until' and 'times', or write 'every'")
        if (self.until is None) != (self.after is None):
            raise Refused("'until' and 'after' belong together; write {every: 1 week, until: 26 weeks, after: the infusion}")
        if self.times == "1":
            raise Refused("one time in a period is the period itself; delete 'times'")
        if isinstance(self.every, values.Amount) and self.every.bound:
            raise Refused(f"'every: {self.every.bound} …' is no schedule; write the interval without '{self.every.bound}'")
        return self


def _schedule(steps: tuple[_Step, ...]) -> values.Schedule:
    return values.Schedule(tuple(values.Step(s.every, s.times or "", s.until, s.after or "", s.then or "") for s in steps))


class Fact(Record):
    """One value with its use, evidence, jurisdictions, sources and context.

    `id` is the path `<inn>/<file>/<name>`; `at` is where it stands, as file and line. The loader sets both.
    """

    id: str
    at: tuple[str, int]
    title: Prose
    topic: Annotated[str, one_of("topics")]
    amount: Amount | None = None
    range: Range | None = None
    proportion: Annotated[values.Proportion, parsed(values.proportion, units=True)] | None = None
    count: Annotated[values.Count, parsed(values.count, units=True)] | None = None
    date: PastDay | None = None
    code: Annotated[values.Code, parsed(values.code)] | None = None
    schedule: Annotated[tuple[_Step, ...], Field(min_length=1), AfterValidator(_schedule)] | None = None
    terms: Annotated[Words, AfterValidator(values.Terms)] | None = None
    statement: Annotated[Prose, AfterValidator(values.Statement)] | None = None
    not_read: Annotated[Unsaid, AfterValidator(lambda gap: values.NotRead(gap.only or "", gap.passages))] | None = None
    silent: Annotated[Unsaid, AfterValidator(lambda gap: values.Silent(gap.only or "", gap.passages))] | None = None
    not_found: Annotated[Search, AfterValidator(lambda gap: values.NotFound(gap.only or "", gap.words, gap.where, gap.on))] | None = None
    condition: Prose | None = None
    use: Annotated[str, one_of("statuses")] | None = None
    evidence: Annotated[str, one_of("evidence")] | None = None
    jurisdictions: Places = ()
    under: Text | None = None
    sources: tuple[Citation, ...] = ()
    checked: PastDate
    note: Prose | None = None
    evidence_only: Prose | None = None
    endpoint: Prose | None = None
    population: Prose | None = None
    n: Annotated[int, Field(gt=0), parsed(values.whole)] | None = None
    time: Prose | None = None
    statistic: Prose | None = None
    interval: Annotated[values.Interval, parsed(values.interval)] | None = None
    assay: Prose | None = None
    trial: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_value(cls, raw: Any) -> Any:
        given = [key for key in VALUE_KEYS if key in raw] if isinstance(raw, dict) else ["?"]
        if len(given) != 1:
            found = "no value" if not given else "more than one value: " + ", ".join(given)
            raise Refused(f"has {found}; write exactly one of: {', '.join(VALUE_KEYS)}")
        return raw

    @cached_property
    def value(self) -> values.Value:
        """What the fact states, whatever its kind."""
        found: values.Value = next(value for key in VALUE_KEYS if (value := getattr(self, key)) is not None)
        return found

    @property
    def slug(self) -> str:
        """The medicine, as it stands in the id."""
        return self.id.split("/")[0]

    @property
    def file(self) -> str:
        """The data file, as it stands in the id."""
        return self.id.split("/")[1]

    @property
    def short_id(self) -> str:
        """The id without the medicine, as that medicine's own pages write it."""
        return self.id.partition("/")[2]

    @property
    def statements(self) -> tuple[values.Statement, ...]:
        """Every text of the fact that may refer to other facts: its value, its condition and its note."""
        own = [self.value] if isinstance(self.value, values.Statement) else []
        return tuple(own + [values.Statement(text) for text in (self.condition, self.note) if text])


VALUE_KEYS = (
    "amount", "range", "proportion", "count", "date", "code", "schedule", "terms", "statement",
    "not_read", "silent", "not_found",
)  # fmt: skip


class StatusFact(Fact):
    """A fact of status.yml: an event of the authorization or the supply, or a fact about the market."""

    event: Annotated[str, one_of("events")] | None = None

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
            event, gap = events[self.event], isinstance(self.value, values.Gap)
            if event.gap and not gap:
                raise Refused(f"event '{self.event}' says what is not known; write 'not_read:' or 'not_found:', or name what happened")
            if not (gap and (event.gap or event.effect == "ended")) and not (self.date or self.terms or self.statement):
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
    sponsor_id: Prose | None = None
    phase: Prose | None = None
    design: Prose | None = None


class Correction(Record):
    """What became of one claim of the draft: what is published instead, and why."""

    at: tuple[str, int]
    claim: Prose
    verdict: Annotated[str, one_of("verdicts")]
    published: Words
    why: Prose | None = None


class Change(Record):
    """What changed in the facts of a medicine, for readers; `facts` is the fingerprint that they had afterwards."""

    at: tuple[str, int]
    date: PastDate
    kind: Annotated[str, one_of("changes")]
    reason: Prose
    facts: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]


class Recall(Record):
    """A version of which no offline copy may be used any more, since when, and because of which error."""

    id: str
    at: tuple[str, int]
    date: PastDate
    why: Prose

    @model_validator(mode="after")
    def _of_a_version(self) -> Self:
        if not re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{10}|inputs-[0-9a-f]{12})(-dirty)?", self.id):
            raise ValueError("that is no version; write it as copies print it, as in 2026-11-22-0123456789")
        return self


class Review(Record):
    """Who reviewed the monograph clinically, in what role, and when."""

    name: Prose
    role: Prose
    date: PastDate


class OfficialPage(Record):
    """A page of a regulator, a registry of labels or a label's owner about the medicine."""

    title: Prose
    address: Annotated[str, Field(pattern=r"^https?://[^\s<>\"']+$")]
    jurisdictions: Places


class Reporting(Record):
    """Where a suspected adverse reaction is reported in a place; `seen` says where that was read."""

    at: tuple[str, int]
    name: Prose
    address: Annotated[str, Field(pattern=r"^https?://[^\s<>\"']+$")]
    telephone: Annotated[str, Field(pattern=r"^[0-9A-Z]+([ -][0-9A-Z]+)*$")] | None = None
    seen: Prose
    checked: PastDate


class Medicine(Record):
    """What a monograph is about, and when its sources have to be read again."""

    inn: Annotated[str, Field(pattern=r"^[a-z]+( [a-z]+)*$")]
    brand: Prose
    other_brands: Words = ()
    class_: Annotated[Words, Field(alias="class")]
    diseases: Words
    also_searched: Words
    check_due: FullDate
    reviews: tuple[Review, ...]
    official: tuple[OfficialPage, ...] = ()
    draft: Flag = False

    @property
    def brands(self) -> tuple[str, ...]:
        """The brand name and those that it has in other places."""
        return (self.brand, *self.other_brands)


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
    "schedule": _Step,
    "not_read": Unsaid,
    "silent": Unsaid,
    "not_found": Search,
    "passages": PassageOf,
    "parts": Reading,
    "reviews": Review,
    "official": OfficialPage,
}
