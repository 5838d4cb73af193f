"""Lists of sources: whose statement each is, what was read of it and when, and which places in it are cited."""

from collections.abc import Iterable
from datetime import date

from macros.formulary import words
from macros.formulary.sourcing import UNREAD, Source
from macros.render.desk import Desk
from macros.render.safe import Safe

_LIST = Safe('\n<{tag} class="sources">\n{items}</{tag}>\n')


def cited(desk: Desk) -> Safe:
    """The sources that the page has cited so far, with their numbers; on a page of no medicine in brief."""
    items = [
        Safe('<li id="source-{number}" value="{number}" data-computed="source">{source}</li>\n').format(
            number=number, source=_source(desk, name, desk.locators.get(name, ())) if desk.slug else _in_brief(desk, name)
        )
        for name, number in desk.numbers.items()
    ]
    return _LIST.format(tag="ol", items=Safe().join(items))


def _in_brief(desk: Desk, name: str) -> Safe:
    """The source with whose statement it is and its date; how far it was read stands on the page of all sources."""
    source = desk.formulary.sources[name]
    return Safe("{}. {}; {}.").format(_title(source), kind(desk, source), _dated(source))


def _source(desk: Desk, name: str, located: Iterable[str]) -> Safe:
    """The source with what was read of it, and the places in it that are cited."""
    source = desk.formulary.sources[name]
    places = desk.vocabulary.lists.jurisdictions
    cited_at = "; ".join(located)
    speaks_for = ", ".join(places[each].word for each in source.jurisdictions)
    read = [*_read(desk, source), f"cited at: {cited_at}" if cited_at else "", f"speaks for: {speaks_for}" if speaks_for else ""]
    parts = [
        kind(desk, source),
        _dated(source),
        f"DOI {source.doi}" if source.doi else "",
        f"PMID {source.pmid}" if source.pmid else "",
        Safe('<span class="source-read">{}</span>').format("; ".join(filter(None, read))),
    ]
    address = Safe('<span class="address">{}</span>').format(source.link) if source.link else ""
    return Safe("{}. {}. {}").format(_title(source), Safe("; ").join(filter(None, parts)), address)


def _title(source: Source) -> Safe:
    if source.link:
        return Safe('<a href="{}" rel="external" class="source-title">{}</a>').format(source.link, source.title)
    return Safe('<span class="source-title">{}</span>').format(source.title)


def kind(desk: Desk, source: Source) -> str:
    """Whose statement it is and how it was read."""
    lists = desk.vocabulary.lists
    return ", ".join([lists.statements[source.statement].word, *([lists.readings[source.read].word] if source.read else [])])


def _read(desk: Desk, source: Source) -> list[str]:
    """What was read of the source: its parts by how far and on which day, the whole ones first."""
    extents = desk.vocabulary.lists.extents
    groups: dict[tuple[str, date | None], list[str]] = {}
    for name in source.parts or ("",):
        extent = source.extent(name) or UNREAD
        groups.setdefault((extent, None if extent == UNREAD else source.read_on(name)), []).append(name)
    said = []
    for (extent, day), names in sorted(groups.items(), key=lambda group: list(extents).index(group[0][0])):
        when = f" {words.full_date(day)}" if day else ""
        said.append(f"{extents[extent].word}{when}" + (f": {', '.join(names)}" if source.parts else ""))
    return said


def _dated(source: Source) -> str:
    if source.date and source.date_words:
        return f"{source.date_words}: {source.date}"
    return str(source.date) if source.date else source.date_words or "undated"


def all_sources(desk: Desk) -> Safe:
    """Every source of every monograph, by title."""
    names = sorted(desk.formulary.sources, key=lambda name: desk.formulary.sources[name].title.lower())
    located: dict[str, dict[str, None]] = {}
    for fact in desk.formulary.facts.values():
        for citation in fact.sources:
            located.setdefault(citation.source, {}).update({citation.locator: None} if citation.locator else {})
    line = Safe('<li id="source-{}" data-computed="source">{}</li>\n')
    items = Safe().join(line.format(name, _source(desk, name, located.get(name, ()))) for name in names)
    return _LIST.format(tag="ul", items=items)
