"""Lists of sources: whose statement each is, what was read of it and when, and which places in it are cited."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from macros.formulary import words
from macros.formulary.monograph import Monograph
from macros.formulary.sourcing import UNREAD, Source
from macros.pages.files import page_of
from macros.pages.listing import RESEARCH, SOURCES
from macros.render.desk import Desk
from macros.render.markup import computed
from macros.render.safe import Safe
from macros.render.site_lists import shown

_NUMBER = re.compile(r"\d+")
_SECTION = re.compile(r"section [\d.]+")
_LIST = Safe('\n<{tag} class="sources">\n{items}</{tag}>\n')


def cited(desk: Desk) -> Safe:
    """The sources that the page has cited so far, with their numbers; the page of sources says what was read of each.

    A page of several medicines has so many that it gives their titles and whose statement each is.
    """
    if not desk.numbers and desk.path == RESEARCH.page:
        return Safe("\n<p>{}</p>\n").format(computed("sources", "Each part of this list names its own."))
    said = _source if desk.slug else _in_brief
    line = Safe('<li id="source-{number}" value="{number}" data-computed="source">{source}</li>\n')
    items = [line.format(number=number, source=said(desk, name)) for name, number in desk.numbers.items()]
    return _LIST.format(tag="ol", items=Safe().join(items))


def _source(desk: Desk, name: str, *read: Safe) -> Safe:
    """Title, kind, date and numbers of the source, and what else is said of it; its address is that of the title."""
    source = desk.formulary.sources[name]
    numbers = [f"DOI {source.doi}" if source.doi else "", f"PMID {source.pmid}" if source.pmid else ""]
    parts = filter(None, [Safe('<span class="source-kind">{}</span>').format(kind(desk, source)), _dated(source), *numbers, *read])
    return Safe("{}. {}.").format(_title(source), Safe("; ").join(parts))


def _in_brief(desk: Desk, name: str) -> Safe:
    source = desk.formulary.sources[name]
    return Safe('{} (<span class="source-kind">{}</span>)').format(_title(source), kind(desk, source))


def _address(desk: Desk, name: str) -> Safe:
    """The address of the source in letters, for paper."""
    link = desk.formulary.sources[name].link
    return Safe(' <span class="address">{}</span>').format(link) if link else Safe()


def _reading(desk: Desk, name: str, located: Iterable[str]) -> Safe:
    """What was read of the source, the places in it that are cited, and for whom it speaks."""
    source = desk.formulary.sources[name]
    places = desk.vocabulary.lists.jurisdictions
    cited_at = "; ".join(located)
    speaks_for = ", ".join(places[each].word for each in source.jurisdictions)
    read = [*_read(desk, source), f"cited at: {cited_at}" if cited_at else "", f"speaks for: {speaks_for}" if speaks_for else ""]
    return Safe('<span class="source-read">{}</span>').format("; ".join(filter(None, read)))


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


def all_sources(desk: Desk, part: str = "") -> Safe:
    """Every source of every monograph by title, or those of the medicines of a part, medicine by medicine."""
    return shown(desk, SOURCES, part, _by_medicine if part else _by_title)


def _by_title(desk: Desk, found: Sequence[tuple[Monograph, str]]) -> Safe:
    located = _located(desk.formulary.monographs.values())
    return _read_of(desk, sorted({name for _, name in found}, key=lambda name: (desk.formulary.sources[name].title.lower(), name)), located)


def _by_medicine(desk: Desk, found: Sequence[tuple[Monograph, str]]) -> Safe:
    named: set[str] = set()
    parts = []
    for slug, group in groupby(found, key=lambda each: each[0].slug):
        own = desk.monograph(slug)
        names = [name for _, name in group if name not in named]  # what another medicine of the page has as well stands there
        named.update(names)
        link = Safe('<a href="{}">{}</a>').format(desk.href(page_of(slug)), own.medicine.inn)
        made = _read_of(desk, names, _located([own]))
        parts.append(Safe("\n<h2>{}</h2>\n{}").format(computed("medicine", link), made))
    return Safe().join(parts)


def _located(monographs: Iterable[Monograph]) -> dict[str, dict[str, None]]:
    """The places that the facts of these medicines cite in each source."""
    located: dict[str, dict[str, None]] = {}
    for monograph in monographs:
        for name, parts in monograph.tally.located.items():
            located.setdefault(name, {}).update(dict.fromkeys(parts))
    return located


def _read_of(desk: Desk, names: Iterable[str], located: Mapping[str, Iterable[str]]) -> Safe:
    line = Safe('<li id="source-{}" data-computed="source">{}{}</li>\n')
    items = Safe().join(
        line.format(name, _source(desk, name, _reading(desk, name, located.get(name, ()))), _address(desk, name)) for name in names
    )
    return _LIST.format(tag="ul", items=items)


def what_was_read(desk: Desk) -> Safe:
    """What was read of each place's label, by how far, and how; the sources that the medicine rests on besides, by whose statement."""
    sources = [desk.formulary.sources[name] for name in desk.monograph().tally.cited]
    official = desk.vocabulary.lists.official
    labels = [source for source in sources if source.statement in official and source.parts]
    lines = []
    for place in desk.formulary.authorities:
        for name in dict.fromkeys(source.statement for source in labels):
            own = [source for source in labels if source.statement == name and place in source.jurisdictions]
            word = desk.vocabulary.lists.statements[name].word
            for edition in dict.fromkeys(source.edition for source in own):
                copies = [source for source in own if source.edition == edition]
                lines.append(Safe("<li><strong>{} {}{}</strong>: {}</li>\n").format(place, word, _edition(copies), _extents(desk, copies)))
    others = Counter(desk.vocabulary.lists.statements[source.statement].word for source in sources if source not in labels)
    rest = "; ".join(f"{word}: {times}" for word, times in others.items())
    if rest:
        lines.append(Safe("<li><strong>Besides</strong>, by whose statement it is: {}</li>\n").format(rest))
    listed = Safe().join(lines)
    title = Safe('<p class="read-title">What we read</p>')
    return Safe('\n<div class="read" role="group" aria-label="What we read" data-computed="read">\n{}\n<ul>\n{}</ul>\n</div>\n').format(
        title, listed
    )


def _edition(copies: Sequence[Source]) -> str:
    """Which text copies are of, where a place has several, with the dates that it bears."""
    first = copies[0]
    dates = ", ".join(dict.fromkeys(_dated(source) for source in copies))
    return f", {first.edition} ({dates})" if first.edition else ""


def _extents(desk: Desk, sources: Sequence[Source]) -> str:
    """The parts of several copies of a document by how far they were read, the farthest that any copy was, and how it was read."""
    extents = list(desk.vocabulary.lists.extents)
    farthest: dict[str, int] = {}
    for source in sources:
        for part in source.parts or ():
            at = extents.index(source.extent(part) or UNREAD)
            farthest[part] = min(at, farthest.get(part, at))
    said = []
    for at, extent in enumerate(extents):
        if parts := sorted((part for part, far in farthest.items() if far == at), key=_in_order):
            said.append(f"{desk.vocabulary.lists.extents[extent].word}: {', '.join(_together(parts))}")
    read = dict.fromkeys(desk.vocabulary.lists.readings[source.read].word for source in sources if source.read)
    return "; ".join(said) + f" ({', '.join(read)})." if read else "; ".join(said) + "."


def _together(parts: Iterable[str]) -> Iterator[str]:
    """The names of parts; sections that follow one another share the word: sections 2, 5 and 6."""
    for plain, group in groupby(parts, key=lambda part: bool(_SECTION.fullmatch(part))):
        same = list(group)
        if plain and len(same) > 1:
            yield f"sections {words.listed([name.removeprefix('section ') for name in same])}"
        else:
            yield from same


def _in_order(part: str) -> tuple[bool, list[int], str]:
    """By the numbers in the name of a part, those without first."""
    numbers = [int(each) for each in _NUMBER.findall(part)]
    return bool(numbers), numbers, part
