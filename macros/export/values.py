"""The kinds of value as other programs get them: shapes of the interface."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from macros.export.amounts import SAID, Amount, Group, KnownDay, Limit, Range, Step


@SAID
class OfAmount(TypedDict):
    """An amount."""

    kind: Literal["amount"]
    """The kind of value."""
    amount: Amount
    """The amount."""


@SAID
class OfRange(TypedDict):
    """A range."""

    kind: Literal["range"]
    """The kind of value."""
    range: Range
    """The range."""


@SAID
class OfProportion(TypedDict):
    """So many of so many."""

    kind: Literal["proportion"]
    """The kind of value."""
    part: int
    """So many."""
    whole: int
    """Of so many."""
    unit: NotRequired[str]
    """What is counted."""


@SAID
class OfCount(TypedDict):
    """A whole number of things."""

    kind: Literal["count"]
    """The kind of value."""
    number: int
    """How many."""
    unit: str
    """What is counted."""


@SAID
class OfDate(TypedDict):
    """A day on which something happened, as far as it is known."""

    kind: Literal["date"]
    """The kind of value."""
    date: KnownDay
    """ISO 8601, to the day, the month or the year."""


@SAID
class OfPlanned(TypedDict):
    """A day on which something is meant to happen. It did not happen."""

    kind: Literal["planned"]
    """The kind of value."""
    planned: KnownDay
    """ISO 8601, to the day, the month or the year."""


@SAID
class OfCode(TypedDict):
    """An identifier."""

    kind: Literal["code"]
    """The kind of value."""
    code: str
    """The identifier as its register has it."""


@SAID
class ScheduleStep(TypedDict):
    """A step of a schedule."""

    text: str
    """The step as it is printed."""
    every: NotRequired[Amount | Range]
    """The interval."""
    times: NotRequired[str]
    """How many times in each interval: 2, or 2 to 3; left out it is once."""
    until: NotRequired[Amount]
    """When it ends, counted from `after`."""
    after: NotRequired[str]
    """From when that is counted."""
    duration: NotRequired[Amount | Range]
    """For how long it goes on."""
    then: NotRequired[str]
    """What comes last, in words."""


@SAID
class OfSchedule(TypedDict):
    """Steps that follow one another, of a test or a visit."""

    kind: Literal["schedule"]
    """The kind of value."""
    steps: list[ScheduleStep]
    """The steps in their order."""


@SAID
class OfRegimen(TypedDict):
    """A dose regimen. Its parts hold together: whoever shows the dose shows group, steps, maximum and the fact's condition with it."""

    kind: Literal["regimen"]
    """The kind of value."""
    medicine: NotRequired[str]
    """Another medicine, whose dose it is, given with this one or compared with it; left out of a dose of this one."""
    group: Group
    """For whom it holds."""
    route: NotRequired[str]
    """The way by which it is given."""
    steps: list[Step]
    """The doses one after another; empty where none is given."""
    withheld: NotRequired[str]
    """What is said of the group instead of a dose."""
    maximum: list[Limit]
    """What is never exceeded."""
    rounding: NotRequired[str]
    """How the label rounds a dose by weight."""
    duration: NotRequired[Amount | Range]
    """For how long all steps together are given."""


@SAID
class OfStrength(TypedDict):
    """What a product holds."""

    kind: Literal["strength"]
    """The kind of value."""
    amounts: list[Amount]
    """The amount of each active substance."""
    each: Amount
    """In how much of the product."""


@SAID
class OfTerms(TypedDict):
    """A list of names."""

    kind: Literal["terms"]
    """The kind of value."""
    terms: list[str]
    """The names."""


@SAID
class OfStatement(TypedDict):
    """A sentence; the figures in it are those of other facts."""

    kind: Literal["statement"]
    """The kind of value."""
    names: list[str]
    """The ids of the facts whose values stand in the sentence, in their order."""


Value = (
    OfAmount | OfRange | OfProportion | OfCount | OfDate | OfPlanned | OfCode | OfSchedule | OfRegimen | OfStrength | OfTerms | OfStatement
)
