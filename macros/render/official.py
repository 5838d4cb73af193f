"""Links to authorities and registries: their pages about the medicine, the records of its trials, where to report a reaction."""

from collections.abc import Iterable, Iterator

from macros.formulary import words
from macros.formulary.model import Fact, Trial
from macros.formulary.values import Code
from macros.render.desk import Desk
from macros.render.markup import outward
from macros.render.safe import Safe


def pages(desk: Desk) -> Safe:
    """The links as a list: pages of authorities, registry records, and where to report an adverse reaction."""
    return _lines(_all(desk))


def reporting(desk: Desk) -> Safe:
    """Where to report an adverse reaction, in each place that the medicine speaks of."""
    return _lines(_systems(desk))


def _all(desk: Desk) -> list[tuple[str, str, str]]:
    known, monograph = desk.vocabulary.lists.jurisdictions, desk.monograph()
    own = [
        (page.title, page.address, words.listed([known[each].word for each in page.jurisdictions])) for page in monograph.medicine.official
    ]
    trials = [entry for fact in monograph.facts.values() for entry in _record(desk, fact)]
    return [*own, *trials, *_systems(desk)]


def _record(desk: Desk, fact: Fact) -> Iterator[tuple[str, str, str]]:
    """The registry record of a trial, if the fact is its number; one of a marked use says so."""
    if isinstance(fact.value, Code) and fact.value.record:
        marked = desk.vocabulary.statuses[fact.use] if fact.use and desk.formulary.is_marked(fact) else None
        said = fact.value.text + (f", {marked.heading}" if marked else "")
        name = (fact.name if isinstance(fact, Trial) else None) or fact.title
        yield f"Registry record of {name}", fact.value.record, said


def _systems(desk: Desk) -> Iterator[tuple[str, str, str]]:
    places, known = desk.monograph().places, desk.vocabulary.lists.jurisdictions
    for place, entry in desk.formulary.reporting.items():
        if place in places:
            said = entry.name + (f", telephone {entry.telephone}" if entry.telephone else "")
            yield f"Report an adverse reaction, {known[place].word}", entry.address, said


def _lines(entries: Iterable[tuple[str, str, str]]) -> Safe:
    """A list of links to other sites: the title linked, what it is, and the address in full for paper."""
    line = Safe('<li data-computed="official">{}: {} <span class="address">{}</span></li>\n')
    items = Safe().join(line.format(outward(title, address), what, address) for title, address, what in entries)
    return Safe('\n<ul class="official">\n{}</ul>\n').format(items)
