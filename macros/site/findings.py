"""What was found of all parts, as it is kept from one run to the next, and as whoever asked gets it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from macros.finding import Finding
from macros.site.between import Tie
from macros.site.part import Judged, Read
from macros.site.stamps import Stamps

T = TypeVar("T")


class Entry(NamedTuple, Generic[T]):
    """What was found, under which key, on which day. No data without a fault gets one by a day that passes."""

    key: str
    day: date
    found: T


@dataclass
class Known:
    """What is kept of all parts: with what mark each was read and judged, what came of it, and the marks of all files then."""

    read: dict[str, Entry[Read]] = field(default_factory=dict)
    judged: dict[str, Entry[Judged]] = field(default_factory=dict)
    # The marks of the medicines whose names stand in the record of all, and that of its file.
    named: tuple[dict[str, str], tuple[int, int, int]] = ({}, (-1, -1, -1))
    # What was found in the register of each part, beside the marks of both.
    registered: dict[str, tuple[tuple[str, str], tuple[Finding, ...]]] = field(default_factory=dict)
    asked: tuple[str, frozenset[str]] | None = None
    led: frozenset[Tie] = frozenset()  # the links between parts that led somewhere
    stamps: Stamps | None = None


@dataclass(frozen=True)
class Outcome:
    """What was found, and for each part the mark that tells whether its pages are as they were; "" is what belongs to no medicine.

    `register` is found in the register where nothing else is wrong, which no preview asks. `unshown` are the parts of which not
    every page could be rendered, `changed` those of which the register says something else, `fresh` those whose keys tell nothing yet,
    `marks` the marks of the pages of each, `due` when the sources of each are due to be checked again, `data` the hashes of the data of
    each medicine, `unrecorded` the medicines whose records of changes are not right, whatever else is wrong.
    """

    findings: tuple[Finding, ...]
    register: tuple[Finding, ...]
    keys: Mapping[str, str]
    pages: Mapping[str, tuple[str, ...]]
    facts: int
    unshown: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    fresh: frozenset[str] = frozenset()
    marks: Mapping[str, str] = field(default_factory=dict)
    due: Mapping[str, date] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)
    unrecorded: tuple[str, ...] = ()
