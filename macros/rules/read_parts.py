"""Rules on what was read: each citation's part, each gap against what the sources were read for. Generators of faults."""

from collections.abc import Iterator

from macros.finding import Fault, nearest
from macros.formulary.apart import complete, facts_here
from macros.formulary.book import Formulary
from macros.formulary.model import Fact
from macros.formulary.sourcing import UNREAD, WHOLE
from macros.formulary.values import Gap, NotRead, OfPassages, Passage, Silent
from macros.rules.rule import rule


@rule("data")
def locator_given(book: Formulary) -> Iterator[Fault]:
    """A citation of a source that has parts names the part, which must have been read; a source that has none names none."""
    for fact in facts_here(book):
        for citation in fact.sources:
            source = book.sources.get(citation.source)
            if source is None:
                continue
            where = f"{fact.short_id}: cites '{citation.source}'"
            if source.parts is None:
                if citation.locator:
                    yield Fault(
                        fact.at, f"{where}, which is undivided, with the locator '{citation.locator}'; give the source its 'parts:'"
                    )
                continue
            known = list(source.parts)
            if not citation.locator:
                yield Fault(fact.at, f"{where} without saying where in it; write 'locator:' with one of: {', '.join(known)}")
            elif (part := source.part_of(citation.locator)) is None:
                yield Fault(fact.at, f"{where} at the unknown part '{citation.locator}'; begin with one of: {', '.join(known)}")
            elif source.extent(part) == UNREAD:
                yield Fault(fact.at, f"{where} at '{part}', which was not read; read it and say so in sources.yml, or cite another part")


@rule("data")
def parts_told(book: Formulary) -> Iterator[Fault]:
    """A source of a kind that has sections says its parts, unless its title says which single part of it was there to read."""
    for name, source in book.sources.items():
        kind = book.vocabulary.lists.statements[source.statement]
        if kind.parted and source.parts is None and not source.date_words and source.undivided == UNREAD:
            at = book.source_at[name]
            yield Fault(at, f"{name}: was not read and has no parts, so nobody knows what to read; write 'parts:' with the sections wanted")


@rule("data", stops=True)
def gap_read(book: Formulary) -> Iterator[Fault]:
    """A gap names passages that exist; "silent" only what was read whole, "not read" only what was not; each place has its own."""
    for fact in facts_here(book):
        if isinstance(fact.value, Gap) and fact.sources:
            yield Fault(fact.at, f"{fact.short_id}: is a gap and cites sources; name them as 'passages:' of the gap, and delete 'sources:'")
        if isinstance(fact.value, Gap) and (extra := [key for key in ("evidence", "condition") if getattr(fact, key)]):
            yield Fault(fact.at, f"{fact.short_id}: is a gap, so it has no {' and no '.join(extra)}; delete that")
        if not isinstance(fact.value, OfPassages):
            continue
        spoken_for = set()
        for passage in fact.value.passages:
            yield from _wrong(book, fact, passage)
            if passage.source in book.sources:
                spoken_for |= set(book.sources[passage.source].jurisdictions)
        for place in fact.jurisdictions:
            if place in book.authorities and spoken_for and place not in spoken_for:
                yield Fault(fact.at, f"{fact.short_id}: none of its passages speaks for {place}; name one that does or delete {place}")


@rule("data")
def gap_not_filled(book: Formulary) -> Iterator[Fault]:
    """No gap stands in a place and topic for which the medicine has a fact, unless `only` says what of the topic is missing."""
    for monograph in complete(book).values():
        for gap in monograph.facts.values():
            if not isinstance(gap.value, Gap):
                continue
            for fact in monograph.about(gap.topic):
                place = _filled_place(gap, gap.value, fact)
                if place is not None:
                    where = f" for {place}" if place else ""
                    remedy = "delete the gap there" + ("" if gap.value.only else ", or write in 'only:' what is still missing")
                    message = f"is a gap{where}, but {fact.short_id} gives {gap.topic} there; {remedy}"
                    yield Fault(gap.at, f"{gap.short_id}: {message}")
                    break


def _filled_place(gap: Fact, value: Gap, fact: Fact) -> str | None:
    """The first place for which a fact gives what the gap lacks; "" if one of them names no place, None if it gives nothing."""
    if isinstance(fact.value, Gap) or not fact.sources or (fact.use and gap.use and fact.use != gap.use):
        return None
    if value.only and gap.title != fact.title:
        return None
    if not (gap.jurisdictions and fact.jurisdictions):
        return ""
    return next((place for place in gap.jurisdictions if place in fact.jurisdictions), None)


def _wrong(book: Formulary, fact: Fact, passage: Passage) -> Iterator[Fault]:
    """What is wrong with a passage that the gap of a fact names."""
    source = book.sources.get(passage.source)
    if source is None:
        if passage.source not in book.source_at:
            yield Fault(fact.at, f"{fact.short_id}: unknown source '{passage.source}'; {nearest(passage.source, book.source_at)}")
        return
    extent = source.extent(passage.part)
    if extent is None:
        known = list(source.parts or ())
        hint = f"write one of: {', '.join(known)}, or add it to the source" if known else "the source is undivided; delete 'part:'"
        what = f"has no part '{passage.part}'" if passage.part else "has parts, and the passage names none"
        yield Fault(fact.at, f"{fact.short_id}: '{passage.source}' {what}; {hint}")
    elif isinstance(fact.value, Silent) and extent != WHOLE:
        said = f"'{passage.source}', {passage.part or 'the whole of it'}, was not read whole"
        yield Fault(fact.at, f"{fact.short_id}: is called silent, but {said}; read it, or write 'not_read:'")
    elif isinstance(fact.value, NotRead) and extent == WHOLE:
        said = f"'{passage.source}', {passage.part or 'the whole of it'}, was read whole"
        yield Fault(fact.at, f"{fact.short_id}: is called not read, but {said}; give the fact, or write 'silent:'")


def to_read(book: Formulary) -> Iterator[str]:
    """The unread passages that gaps wait for, a line each, the most useful first."""
    for name, part, gaps in _unread(book):
        source = book.sources.get(name)
        title = f"{source.title}{f', {part}' if part else ''}" if source else name
        yield f"to read: {title}: may fill {len(gaps)}: {', '.join(fact.id for fact in gaps)}" + (f" ({source.link})" if source else "")


def _unread(book: Formulary) -> Iterator[tuple[str, str, list[Fact]]]:
    """Each passage that a gap waits for, as source and part, with the gaps that it may fill; the most useful first.

    A passage is worth more, the more gaps about dose, safety and monitoring wait for it, then the more gaps at all.
    """
    waiting: dict[tuple[str, str], list[Fact]] = {}
    for fact in book.facts.values():
        if isinstance(fact.value, NotRead):
            for passage in fact.value.passages:
                waiting.setdefault((passage.source, passage.part), []).append(fact)

    def worth(entry: tuple[tuple[str, str], list[Fact]]) -> tuple[int, int, tuple[str, str]]:
        urgent = sum(fact.file in _URGENT for fact in entry[1])
        return -urgent, -len(entry[1]), entry[0]

    for (source, part), facts in sorted(waiting.items(), key=worth):
        yield source, part, facts


# What a patient may be harmed by not knowing.
_URGENT = ("dose", "safety", "monitoring")
