"""The checklist of a medicine, if it has one: what to ask and test before, what to test afterward and when, what to do on a finding.

Records name facts by their short ids and hold no figure of their own, but for the example figures of worked cases, which are
nobody's.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from macros.formulary.fields import Words
from macros.formulary.quantities import Amount
from macros.formulary.record import Filed, Prose, Record, Text

Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Question(Record):
    """One thing to ask, to test or to do, and the facts that say what holds where."""

    ask: Prose
    """What to ask, to test or to decide, in a few words."""
    facts: Words
    """The facts that answer it, in all places: [safety/infection-eu, safety/infection-us]."""


class Rule(Record):
    """When one source wants a test, as facts that state times."""

    says: Text | None = None
    """The fact that tells the rule to readers, a gap included, where that is more than its times."""
    times: Words | None = None
    """The facts of its times in their order: schedules, and amounts for single tests: [monitoring/first-year, monitoring/later]."""
    until: Text | None = None
    """The fact that says how long the last of the times goes on, if it does not say so itself."""

    @property
    def named(self) -> tuple[str, ...]:
        """Every fact that the rule names, what tells it first."""
        return tuple(filter(None, (self.says, *(self.times or ()), self.until)))


class Track(Record):
    """One test, or several done together, with the rules of all sources."""

    test: Prose
    """What is tested, in a few words."""
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]
    """Whose rule it is and when, each on a line: '- {times: [monitoring/liver-us]}'."""


class Calendar(Record):
    """The tests after treatment in a form to fill in."""

    through: Amount
    """How far the rows of the form go: 5 years. It is no rule."""
    tests: Annotated[Mapping[Name, Track], Field(min_length=1)]
    """The tests, each a column."""


class Given(Record):
    """A figure of an example: nobody's, and typed by hand."""

    what: Prose
    """What it is the figure of: ALT."""
    amount: Amount
    """The figure, as in 1.6 × ULN or 9 weeks."""


class Answer(Record):
    """What one source says to an example."""

    rule: Text
    """The fact that states the source's rule, or a gap where it was not read."""
    any: Words = ()
    """The thresholds that the rule names; it applies when one of them is reached: [monitoring/trigger]."""
    within: Words = ()
    """The times that the rule speaks of; later it says nothing: [monitoring/period]."""
    then: Words = ()
    """What the source says to do when its rule applies: [monitoring/starting-dose]."""
    otherwise: Words = ()
    """What the source says to do when its rule does not apply."""

    @property
    def named(self) -> tuple[str, ...]:
        """Every fact that the answer names, the rule first."""
        return (self.rule, *self.any, *self.within, *self.then, *self.otherwise)


class Case(Record):
    """An example with figures of its own, and what each source says to it."""

    title: Prose
    """What the example is of, without a figure."""
    given: Annotated[tuple[Given, ...], Field(min_length=1)]
    """The figures of the example, each on a line: '- {what: ALT, amount: 1.6 × ULN}'."""
    answers: Annotated[tuple[Answer, ...], Field(min_length=1)]
    """What each source says, the labels first: '- {rule: monitoring/trigger-rule, any: [monitoring/trigger]}'."""


class Checklist(Filed):
    """The file checklist.yml of a medicine."""

    rows: Annotated[Mapping[Name, Question], Field(min_length=1)]
    """What to ask and test before treatment, each a row."""
    calendar: Calendar | None = None
    """What to test after treatment, and when."""
    actions: Mapping[Name, Question] = Field(default_factory=dict)
    """What to do on a finding, each a column: when to act, with what, how it ends."""
    cases: Mapping[Name, Case] = Field(default_factory=dict)
    """Worked examples, which show the rules at work."""

    def named(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every fact that the checklist names, with the keys of the entry that names it."""
        for part, questions in (("rows", self.rows), ("actions", self.actions)):
            for key, question in questions.items():
                yield from (((part, key), name) for name in question.facts)
        for key, track in self.calendar.tests.items() if self.calendar else ():
            for number, rule in enumerate(track.rules):
                yield from ((("calendar", "tests", key, "rules", number), name) for name in rule.named)
        for key, case in self.cases.items():
            for number, answer in enumerate(case.answers):
                yield from ((("cases", key, "answers", number), name) for name in answer.named)

    def texts(self) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
        """Every text that readers see, with the keys of its entry and the key that it stands under."""
        for part, questions in (("rows", self.rows), ("actions", self.actions)):
            yield from (((part, key), "ask", question.ask) for key, question in questions.items())
        for key, track in self.calendar.tests.items() if self.calendar else ():
            yield ("calendar", "tests", key), "test", track.test
        for key, case in self.cases.items():
            yield ("cases", key), "title", case.title
            yield from ((("cases", key, "given", number), "what", each.what) for number, each in enumerate(case.given))
