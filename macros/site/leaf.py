"""A page judged by itself, and what came of a part, so that of its pages only what changed is judged again."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from macros.finding import Finding, Line
from macros.pages.html import Landing, address_of
from macros.pages.markdown import Page
from macros.pages.register import of_page
from macros.rules import every
from macros.rules.html import Lead, dead_end, leading
from macros.rules.known import Known
from macros.site.preview import Printed, Rendered

SITE = ""  # the part of what belongs to no medicine
# Stands on pages for the version of the data, which is new after every change: whoever puts the site together writes it in.
VERSION = "edition0data0"
_FACT = re.compile(r"""data-fact=["']?([^"'\s>}]*)""")


@dataclass(frozen=True)
class Leaf:
    """A page as it was rendered, what was found in it alone, how others may lead to it, where it leads, what the register says of it.

    `mark` tells what all of that follows from: the page itself, what its macros printed, and what rules know of the data; `given`
    what its macros had to print from, "" where that is not known.
    """

    mark: str
    given: str
    shown: Rendered
    findings: tuple[Finding, ...]
    landing: Landing
    leads: tuple[tuple[Line, Lead], ...]
    said: tuple[str, ...]

    def made_from(self, page: Page, given: str | None) -> bool:
        """Whether this is the page as it would come out of what is given now."""
        return bool(given) and self.given == given and self.shown.page == page


@dataclass(frozen=True)
class Shown:
    """The pages of a part by their paths under docs, as they were judged, and what came of its data.

    `mark` tells what its data was judged by, or of the part of no medicine all but what lists show; `at` is where each fact stands in
    the data, `of_data` what was found there, `of_frame` what was found around pages, `records` what the register says of all that.
    While pages are `halted` by data, nobody is shown them; they are kept for when it is mended.
    """

    leaves: Mapping[str, Leaf] = field(default_factory=dict)
    at: Mapping[str, Line] = field(default_factory=dict)
    mark: str = ""
    of_data: tuple[Finding, ...] = ()
    of_frame: tuple[Finding, ...] | None = None
    records: tuple[str, ...] = ()
    halted: bool = False

    @property
    def pages(self) -> Mapping[str, Rendered]:
        """The pages as they were rendered, by their paths under docs."""
        return {} if self.halted else {path: leaf.shown for path, leaf in self.leaves.items()}

    @property
    def landings(self) -> dict[str, Landing]:
        """Where links may lead on each page, by its address."""
        return {} if self.halted else landings_of(self.leaves)


def landings_of(leaves: Mapping[str, Leaf]) -> dict[str, Landing]:
    """Where links may lead on each of these pages, by its address."""
    return {address_of(path): leaf.landing for path, leaf in leaves.items()}


class Before(NamedTuple):
    """What came of a part when it was judged last, beside the marks of what it is judged by now.

    `made_from` is that of all that its pages are made from but for themselves, `basis` that of names, vocabulary, settings and code.
    """

    shown: Shown
    basis: str
    made_from: str = ""


def leaf(rendered: Rendered, known: Known, set_up: str, mark: str) -> Leaf:
    """The page judged by what rules on HTML know and by the settings."""
    html = rendered.as_html(known.terms)
    said = tuple(of_page(set_up, rendered.page, html, VERSION))
    return Leaf(mark, "", rendered, tuple(every.of_html(html, known)), html.landing, tuple(leading(html, known)), said)


def facts_in(text: str) -> list[str]:
    """The facts that HTML shows, by their ids, each once."""
    return sorted(set(_FACT.findall(text)))


def mark_of(made: Printed, known: Known, basis: str) -> str:
    """The mark of a leaf; `basis` is that of all that rules know of the data but for what they know of single facts."""
    page, text = made.page, "\0".join((made.page.body, *made.printed))
    facts = [
        (name, known.uses.get(name), sorted(known.sources.get(name, ())), name in known.absent, name in known.evidence_only)
        for name in facts_in(text)
    ]
    return sha256(repr((basis, page.path, page.offset, page.front.tree, text, facts, made.findings)).encode()).hexdigest()


def basis_of(known: Known, *given: str) -> str:
    """The mark of what rules know of the data but for single facts and for what is given by its marks: names and vocabulary."""
    return repr((given, sorted(known.addresses), sorted(known.banners)))


def dead(leads: Iterable[tuple[Line, Lead]], files: Container[str], landings: Mapping[str, Landing]) -> Iterator[Finding]:
    """What is found where links, or facts in place of their sources, lead nowhere."""
    for at, lead in leads:
        if message := dead_end(lead, files, landings):
            yield Finding(*at, "fact-told-there" if lead.fact else "links-lead-somewhere", message)
