"""What doses are made of, as other programs get it: shapes of the interface. What is added here is added to its schema.

Within a version of the interface a field may be added, and none removed or given another type.
"""

from typing import Annotated, NotRequired

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

# The sentence below a field says what it holds, in the schema too. That lets other fields pass, since some may be added.
SAID = with_config(ConfigDict(use_attribute_docstrings=True))
Digits = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]
FullDay = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", json_schema_extra={"format": "date"})]
KnownDay = Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")]


@SAID
class Amount(TypedDict):
    """A number with its unit. It is exact: a program that reckons must not make a binary fraction of it."""

    text: str
    """As it is printed."""
    bound: NotRequired[str]
    """The word that makes a limit of it, such as 'at least' or 'up to'; left out where it is the amount itself."""
    number: Digits
    """The whole number in decimal digits, a power of ten included."""
    unit: str
    """The unit, in full."""
    ucum: NotRequired[str]
    """The code of the same unit in the Unified Code for Units of Measure; left out where that has none."""


@SAID
class Range(TypedDict):
    """From low to high, both included, in one unit."""

    text: str
    """As it is printed."""
    low: Digits
    """The lower number in decimal digits."""
    high: Digits
    """The higher number in decimal digits."""
    unit: str
    """The unit, in full."""
    ucum: NotRequired[str]
    """The code of the same unit in the Unified Code for Units of Measure; left out where that has none."""


@SAID
class Dose(TypedDict):
    """What is given: one part for each active substance, in the order of the combination's name. Of a range `high` is given as well."""

    text: str
    """As it is printed."""
    low: list[Amount]
    """The dose, or the lower end of a range of doses."""
    high: NotRequired[list[Amount]]
    """The higher end of a range of doses; left out of a single dose."""


@SAID
class Limit(TypedDict):
    """What is never exceeded in a time. It holds together with the regimen that it stands in."""

    text: str
    """As it is printed."""
    amounts: list[Amount]
    """The most: one amount for each active substance."""
    period: str
    """In which time: dose, hour, day, 24 hours, week, month, year, cycle, course or lifetime."""


@SAID
class Band(TypedDict):
    """A stretch of a measure of the patient. Look at both `included`: most bands leave their upper end out."""

    measure: str
    """What is measured: age, body weight, creatinine clearance."""
    text: str
    """As it is printed, without the name of the measure."""
    low: NotRequired[Digits]
    """The lower end in decimal digits; left out where it is open."""
    low_included: bool
    """Whether the lower end belongs to it."""
    low_unit: NotRequired[str]
    """The unit of the lower end, in full."""
    low_ucum: NotRequired[str]
    """The code of that unit."""
    high: NotRequired[Digits]
    """The upper end in decimal digits; left out where it is open."""
    high_included: bool
    """Whether the upper end belongs to it."""
    high_unit: NotRequired[str]
    """The unit of the upper end, in full."""
    high_ucum: NotRequired[str]
    """The code of that unit."""


@SAID
class Criteria(TypedDict):
    """Several criteria, of which so many must hold."""

    least: int
    """How many must hold."""
    of: list[list[Band]]
    """Criteria that are measured; all bands of one must hold."""
    also: list[str]
    """Criteria in words."""


@SAID
class Group(TypedDict):
    """For whom a regimen holds. All of it must be true; where all is empty it holds for everybody whom the indication names."""

    text: str
    """As it is printed; empty for everybody."""
    measures: list[Band]
    """What is measured."""
    criteria: NotRequired[Criteria]
    """Criteria of which so many must hold."""
    also: list[str]
    """What else must be true, in words."""


@SAID
class Step(TypedDict):
    """One step of a regimen. A field that does not apply is left out; the whole step, with all its parts, is `text`."""

    text: str
    """The whole step as it is printed, with the doses that may be given instead."""
    route: NotRequired[str]
    """The way by which this step is given, where the steps of a regimen differ in it."""
    dose: NotRequired[Dose]
    """The amount of a dose, or, in a unit for each day, of a day."""
    weight: NotRequired[str]
    """By which weight a dose for each kilogram is reckoned, where that is not the body weight."""
    most: NotRequired[Dose]
    """The most that this step gives."""
    share: NotRequired[Amount]
    """The dose as a share of another one."""
    of: NotRequired[str]
    """Of which dose that is the share."""
    raise_by: NotRequired[Dose]
    """By how much the dose rises."""
    lower_by: NotRequired[Dose]
    """By how much the dose falls."""
    to: NotRequired[Dose]
    """Up or down to which dose."""
    target: NotRequired[list[Band]]
    """What the dose is adjusted to, as measures."""
    adjusted_to: NotRequired[str]
    """What the dose is adjusted to, in words."""
    divided: NotRequired[str]
    """In how many doses the amount of a day is given: 2, 2 to 3, or unsaid where the label leaves that open."""
    once: bool
    """Whether it is a single dose."""
    every: NotRequired[Amount | Range]
    """The interval."""
    times: NotRequired[str]
    """How many times in each interval: 2, or 2 to 3; left out it is once."""
    days: NotRequired[list[int]]
    """On which days of each interval; left out where it is given on each."""
    at: NotRequired[list[str]]
    """At which times of the day, or with what."""
    as_needed: NotRequired[str]
    """What it is taken for as needed; left out where it is taken regularly."""
    duration: NotRequired[Amount | Range]
    """For how long."""
    doses: NotRequired[int]
    """For how many doses."""
    until: NotRequired[str]
    """Until when, in words."""
    over: NotRequired[Amount | Range]
    """Over which time each dose is given."""
    rate: NotRequired[Dose]
    """How fast it is given."""
    volume: NotRequired[Dose]
    """In which volume it is diluted."""
    fluid: NotRequired[str]
    """What it is diluted in."""
    instead: NotRequired["list[Step]"]
    """Other doses that may be given instead."""
