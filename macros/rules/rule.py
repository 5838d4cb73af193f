"""What a rule is: its name, what it is asked about, its public wording, and the function that finds faults."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from inspect import signature
from typing import Literal

from macros.finding import Fault

# What a rule judges: the data, one Markdown page, the files of medicines as they stand, the other files of the project, the
# pages that lists stand on, one rendered page, all rendered pages, the record of changes, the register of what readers get, or a
# built page beside its preview. "reading" names what is reported while files are read and macros run, without a rule's function.
Scope = Literal["reading", "data", "page", "files", "frame", "lists", "html", "site", "record", "register", "built"]
Find = Callable[..., Iterator[Fault]]


@dataclass(frozen=True)
class Rule:
    """Something that must hold.

    Where a rule `stops` the rest, its findings would only be repeated by what comes after: one in a page keeps that page
    from being rendered, one in the data keeps all pages from it. `around` says of a rule on a rendered page that it is asked of
    what stands around the article, too.
    """

    name: str
    scope: Scope
    wording: str
    find: Find
    stops: bool = False
    around: bool = False

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The names of what the function takes, of all that its scope offers."""
        return tuple(signature(self.find).parameters)


def rule(scope: Scope, *, stops: bool = False, around: bool = False) -> Callable[[Find], Rule]:
    """Makes a rule of a function: it takes its name, and the first line of its docstring as the public wording."""

    def made(find: Find) -> Rule:
        return Rule(find.__name__.replace("_", "-"), scope, (find.__doc__ or "").partition("\n")[0], find, stops, around)

    return made


def reported(name: str, wording: str, *, stops: bool = False) -> Rule:
    """A rule without a function: what it names is reported while files are read and macros run."""
    return Rule(name, "reading", wording, _nothing, stops)


def _nothing() -> Iterator[Fault]:
    return iter(())
