"""Values that are schedules: steps that follow one another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, ValidationInfo, model_validator

from macros.finding import Refused
from macros.formulary.courses import Time, highest, lowest, shorter
from macros.formulary.fields import Times, vocabulary_of
from macros.formulary.kinds import Fields, Formed
from macros.formulary.quantities import Amount, Range
from macros.formulary.record import Prose, Record
from macros.formulary.vocabulary import Vocabulary


class StepOf(Record):
    """A step of a schedule as an editor writes it."""

    every: Time | None = None
    """The interval: 1 week, or 4 to 6 weeks."""
    times: Times | None = None
    """How many times in each interval: 2 or 2 to 3."""
    duration: Annotated[Time | None, Field(alias="for")] = None
    """For how long it goes on: 14 days."""
    until: Amount | None = None
    """When this step ends, counted from what 'after' names: 26 weeks."""
    after: Prose | None = None
    """From when that is counted: the infusion."""
    then: Prose | None = None
    """The last step in words, instead of an interval."""

    @model_validator(mode="after")
    def _whole(self, info: ValidationInfo) -> Self:
        if (self.every is None) == (self.then is None):
            raise Refused("a step says either 'every' or 'then'; write {every: 1 week, until: 26 weeks}")
        if self.then is not None and (self.until or self.times or self.duration):
            raise Refused("'then' is the last word of a schedule; delete 'until', 'for' and 'times', or write 'every'")
        if self.duration and self.until:
            raise Refused("says twice how long it goes on; keep 'for', or 'until' with 'after'")
        if (self.until is None) != (self.after is None):
            raise Refused(
                "'until' and 'after' belong together; write {every: 1 week, until: 26 weeks, after: the infusion}, or 'for: 26 weeks'"
            )
        if self.times == "1":
            raise Refused("one time in a period is the period itself; delete 'times'")
        if self.times and lowest(self.times) >= highest(self.times) and " to " in self.times:
            raise Refused(f"'times: {self.times}' does not rise; write the lower number first")
        if isinstance(self.every, Amount) and self.every.bound:
            raise Refused(f"'every: {self.every.bound} …' is no schedule; write the interval without '{self.every.bound}'")
        if self.every and self.duration and shorter(self.duration, self.every, vocabulary_of(info)):
            raise Refused("ends before its interval does; correct 'for' or 'every'")
        return self


@dataclass(frozen=True, slots=True)
class Step(Fields):
    """One step of a schedule: `times` in every `every` until `until` after `after`, or a word for what comes last."""

    every: Amount | Range | None = None
    times: str = ""
    until: Amount | None = None
    after: str = ""
    then: str = ""
    duration: Amount | Range | None = None

    def written(self, vocabulary: Vocabulary) -> str:
        """The step as it is printed: every week until 26 weeks after the infusion."""
        if self.every is None:
            return self.then
        once = isinstance(self.every, Amount) and self.every.exact == 1
        period = self.every.unit if once else self.every.written(vocabulary)
        if self.times:
            often = f"{self.times.replace(' to ', '–')} times " + (f"a {period}" if once else f"every {period}")
        else:
            often = f"every {period}"
        if self.duration:
            return f"{often} for {self.duration.written(vocabulary)}"
        if not self.until:
            return often
        word = "for" if self.until.bound else "until"
        return f"{often} {word} {self.until.written(vocabulary)} after {self.after}"


@dataclass(frozen=True, slots=True)
class Schedule(Formed):
    """Steps that follow one another."""

    form: ClassVar[Any] = Annotated[tuple[StepOf, ...], Field(min_length=1)]

    steps: tuple[Step, ...]

    @classmethod
    def of(cls, given: tuple[StepOf, ...]) -> Self:
        """The schedule of validated steps."""
        return cls(
            tuple(Step(each.every, each.times or "", each.until, each.after or "", each.then or "", each.duration) for each in given)
        )

    def written(self, vocabulary: Vocabulary) -> str:
        """The steps with "then" between them."""
        return ", then ".join(step.written(vocabulary) for step in self.steps)

    def texts(self) -> Iterator[tuple[str, str]]:
        """What each step is counted from, and the words of the last one."""
        for step in self.steps:
            yield from ((key, text) for key, text in (("after", step.after), ("then", step.then)) if text)
