"""Lists of sources: whose statement each is, what was read of it and when, and where in it it is cited."""

from collections.abc import Iterable
from datetime import date

from macros.formulary import words
from macros.formulary.sourcing import UNREAD, Source
from macros.render.markup import Desk, escape


def cited(desk: Desk) -> str:
    """The sources that the page has cited so far, under their numbers."""
    lines = [
        f'<li id="source-{number}" value="{number}" data-computed="source">{_source(desk, name, desk.locators.get(name, ()))}</li>\n'
        for name, number in desk.numbers.items()
    ]
    return f'\n<ol class="sources">\n{"".join(lines)}</ol>\n'


def _source(desk: Desk, name: str, located: Iterable[str]) -> str:
    """The source with what was read of it, and the places in it that are cited."""
    source = desk.formulary.sources[name]
    lists = desk.vocabulary.lists
    title = f'class="source-title">{escape(source.title)}'
    linked = f'<a href="{escape(source.link)}" rel="external" {title}</a>' if source.link else f"<span {title}</span>"
    parts = [kind(desk, source), _dated(source), f"DOI {source.doi}" if source.doi else "", f"PMID {source.pmid}" if source.pmid else ""]
    said = [escape(part) for part in parts if part]
    speaks = [lists.jurisdictions[place].word for place in source.jurisdictions]
    cited_at = [f"cited at: {'; '.join(located)}"] if located else []
    read = "; ".join([*_read(desk, source), *cited_at, *([f"speaks for: {', '.join(speaks)}"] if speaks else [])])
    said.append(f'<span class="source-read">{escape(read)}</span>')
    address = f'<span class="address">{escape(source.link)}</span>' if source.link else ""
    return f"{linked}. {'; '.join(said)}. {address}"


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


def all_sources(desk: Desk) -> str:
    """Every source of every monograph, by title."""
    names = sorted(desk.formulary.sources, key=lambda name: desk.formulary.sources[name].title.lower())
    located: dict[str, dict[str, None]] = {}
    for fact in desk.formulary.facts.values():
        for citation in fact.sources:
            located.setdefault(citation.source, {}).update({citation.locator: None} if citation.locator else {})
    lines = [f'<li id="source-{escape(name)}" data-computed="source">{_source(desk, name, located.get(name, ()))}</li>\n' for name in names]
    return f'\n<ul class="sources">\n{"".join(lines)}</ul>\n'
