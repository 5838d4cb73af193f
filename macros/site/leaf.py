"""A page judged by itself, and what came of a part, so that of its pages only what changed is judged again."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from macros.finding import Finding, Line
from macros.pages.html import Landing, address_of
from macros.pages.register import of_page
from macros.rules import every
from macros.rules.html import Lead, dead_end, leading
from macros.rules.known import Known
from macros.site.preview import Rendered

# Stands on pages for the version of the data, which is new after every change: whoever puts the site together writes it in.
VERSION = "version0data"


@dataclass(frozen=True)
class Leaf:
    """A page as it was rendered, what was found in it alone, how others may lead to it, where it leads, what the register says of it."""

    shown: Rendered
    findings: tuple[Finding, ...]
    landing: Landing
    leads: tuple[tuple[Line, Lead], ...]
    said: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """The pages of a part by their paths under docs, as they were judged, and what came of its data.

    `mark` tells what the pages were judged by, but for themselves; `at` is where each fact stands in the data, `of_data` what was
    found there, `records` what the register says of it.
    """

    leaves: Mapping[str, Leaf] = field(default_factory=dict)
    at: Mapping[str, Line] = field(default_factory=dict)
    mark: str = ""
    of_data: tuple[Finding, ...] = ()
    records: tuple[str, ...] = ()

    @property
    def pages(self) -> tuple[Rendered, ...]:
        """The pages as they were rendered."""
        return tuple(leaf.shown for leaf in self.leaves.values())

    @property
    def landings(self) -> dict[str, Landing]:
        """Where links may lead on each page, by its address."""
        return {address_of(path): leaf.landing for path, leaf in self.leaves.items()}


def leaf(rendered: Rendered, known: Known, set_up: str) -> Leaf:
    """The page judged by what rules on HTML know and by the settings."""
    html = rendered.as_html(known.terms)
    leads = tuple(leading(html, known))
    return Leaf(rendered, tuple(every.of_html(html, known)), html.landing, leads, tuple(of_page(set_up, rendered.page, html, VERSION)))


def dead(leads: Iterable[tuple[Line, Lead]], files: Container[str], landings: Mapping[str, Landing]) -> Iterator[Finding]:
    """What is found where links, or facts in place of their sources, lead nowhere."""
    for at, lead in leads:
        if message := dead_end(lead, files, landings):
            yield Finding(*at, "fact-told-there" if lead.fact else "links-lead-somewhere", message)
