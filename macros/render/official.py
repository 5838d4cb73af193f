"""Where a reader finds a medicine at its authorities: their pages, the records of its trials, where to report a reaction."""

import re
from collections.abc import Iterable, Iterator

from macros.formulary import words
from macros.formulary.model import Fact, Trial
from macros.formulary.values import Code
from macros.render.markup import Desk, escape

_REGISTRY = "https://clinicaltrials.gov/study/"
_NCT = re.compile("NCT[0-9]{8}")


def pages(desk: Desk) -> str:
    """Pages of authorities and registries about the medicine, and where to report an adverse reaction, each with what it is."""
    return _lines(_all(desk))


def in_line(desk: Desk) -> str:
    """The same in one paragraph, for the card; the addresses stand with the sources."""
    links = [f"{_link(title, address)} ({escape(what)})" for title, address, what in _all(desk)]
    return f'\n<p class="official-pages"><span data-computed="official">Official: {" · ".join(links)}</span></p>\n'


def reporting(desk: Desk) -> str:
    """Where to report an adverse reaction, in each place that the medicine speaks of."""
    return _lines(_systems(desk))


def _all(desk: Desk) -> list[tuple[str, str, str]]:
    known, book = desk.vocabulary.lists.jurisdictions, desk.monograph()
    own = [(page.title, page.address, words.listed([known[each].word for each in page.jurisdictions])) for page in book.medicine.official]
    trials = [entry for fact in book.facts.values() for entry in _record(desk, fact)]
    return [*own, *trials, *_systems(desk)]


def _record(desk: Desk, fact: Fact) -> Iterator[tuple[str, str, str]]:
    """The registry record of a trial, if the fact is its number; one of a marked use says so."""
    if isinstance(fact.value, Code) and _NCT.fullmatch(fact.value.text):
        marked = desk.vocabulary.statuses[fact.use] if fact.use and desk.formulary.is_marked(fact) else None
        said = fact.value.text + (f", {marked.heading}" if marked else "")
        name = (fact.name if isinstance(fact, Trial) else None) or fact.title
        yield f"Registry record of {name}", _REGISTRY + fact.value.text, said


def _systems(desk: Desk) -> Iterator[tuple[str, str, str]]:
    places, known = desk.monograph().places, desk.vocabulary.lists.jurisdictions
    for place, entry in desk.formulary.reporting.items():
        if place in places:
            said = entry.name + (f", telephone {entry.telephone}" if entry.telephone else "")
            yield f"Report an adverse reaction, {known[place].word}", entry.address, said


def _lines(entries: Iterable[tuple[str, str, str]]) -> str:
    """Lines that lead out: the title linked, what it is, and the address for paper."""
    lines = []
    for title, address, what in entries:
        lines.append(
            f'<li data-computed="official">{_link(title, address)}: {escape(what)} <span class="address">{escape(address)}</span></li>\n'
        )
    return f'\n<ul class="official">\n{"".join(lines)}</ul>\n'


def _link(title: str, address: str) -> str:
    return f'<a href="{escape(address)}" rel="external">{escape(title)}</a>'
