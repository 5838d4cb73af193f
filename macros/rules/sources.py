"""Rules on sources and data. Each is a generator of faults; the first line of its docstring is its public wording."""

from collections.abc import Iterator

from macros.finding import Fault, nearest
from macros.formulary.apart import complete, facts_here
from macros.formulary.book import DATA, REPORTING, Formulary
from macros.formulary.model import Fact, StatusFact
from macros.formulary.sourcing import Source
from macros.formulary.values import Gap
from macros.rules.rule import rule


@rule("data", stops=True)
def source_known(book: Formulary) -> Iterator[Fault]:
    """Every citation names a source that is listed in sources.yml."""
    for fact in facts_here(book):
        for citation in fact.sources:
            if citation.source not in book.source_at:
                yield Fault(fact.at, f"{fact.short_id}: unknown source '{citation.source}'; {nearest(citation.source, book.source_at)}")


@rule("data")
def source_cited(book: Formulary) -> Iterator[Fault]:
    """Every listed source is cited by a fact, or named by a gap."""
    if book.left_out:  # a fact that was left out may cite it
        return
    cited = {name for monograph in book.monographs.values() for name in monograph.tally.cited}
    for name in book.sources.keys() - cited:
        yield Fault(book.source_at[name], f"{name}: no fact cites this source; delete it or cite it")


@rule("data")
def source_can_be_opened(book: Formulary) -> Iterator[Fault]:
    """Every source has an address or a DOI that a reader can open, and was read after its date."""
    for name, source in book.sources.items():
        if not source.link:
            yield Fault(book.source_at[name], f"{name}: has neither 'address' nor 'doi'; write one, or do not use this source")
        if source.date and source.date_read and source.date.earliest > source.date_read:
            yield Fault(book.source_at[name], f"{name}: is dated after it was read; correct 'date' or 'date_read'")


@rule("data")
def sources_given(book: Formulary) -> Iterator[Fault]:
    """Every fact cites its sources, each once; only a gap and advice that is marked as general have none."""
    for fact in facts_here(book):
        if isinstance(fact.value, Gap):
            continue
        evidence = book.vocabulary.lists.evidence.get(fact.evidence or "")
        if evidence and not evidence.carried_by and fact.sources:
            yield Fault(fact.at, f"{fact.short_id}: is {fact.evidence} but cites sources; delete them or name the evidence they give")
        elif not fact.sources and not (evidence and not evidence.carried_by):
            yield Fault(fact.at, f"{fact.short_id}: has no source; write 'sources:' with the source and its grade")
        names = [citation.source for citation in fact.sources]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield Fault(fact.at, f"{fact.short_id}: cites '{name}' more than once; keep one")


@rule("data")
def evidence_carried(book: Formulary) -> Iterator[Fault]:
    """What a fact rests on is the kind of statement that one of its sources makes; only labels and regulators go without saying."""
    lists = book.vocabulary.lists
    for fact in facts_here(book):
        evidence = lists.evidence.get(fact.evidence or "")
        kinds = _kinds(book, fact)
        of_the_product = fact.file == "identity" or (isinstance(fact, StatusFact) and fact.event)
        if not fact.evidence and not of_the_product and not isinstance(fact.value, Gap) and kinds - lists.official:
            yield Fault(
                fact.at,
                f"{fact.short_id}: rests on {_and(kinds)} and does not say so; write 'evidence:' with one of: {', '.join(lists.evidence)}",
            )
        if evidence and evidence.carried_by and kinds and not isinstance(fact.value, Gap) and not kinds & set(evidence.carried_by):
            wanted = " or ".join(evidence.carried_by)
            yield Fault(
                fact.at,
                f"{fact.short_id}: says evidence '{fact.evidence}', but its sources are {_and(kinds)}; "
                f"cite a source of kind {wanted}, or name the evidence that these sources give",
            )


@rule("data")
def event_carried(book: Formulary) -> Iterator[Fault]:
    """An authorization or a state of supply rests on a kind of source that can say so; a news item alone can't."""
    for fact in facts_here(book):
        if isinstance(fact, StatusFact) and (event := book.event(fact)) and not isinstance(fact.value, Gap):
            wanted = event.carried_by
            kinds = _kinds(book, fact)
            if kinds and not kinds & set(wanted):
                yield Fault(
                    fact.at,
                    f"{fact.short_id}: event '{fact.event}' can't rest on {_and(kinds)}; cite a source of kind {' or '.join(wanted)}",
                )


@rule("data")
def jurisdiction_carried(book: Formulary) -> Iterator[Fault]:
    """Where authorities differ a fact says for whom it speaks, and a source that speaks for each of them."""
    lists = book.vocabulary.lists
    for fact in facts_here(book):
        general = fact.evidence and not lists.evidence[fact.evidence].carried_by
        if lists.topics[fact.topic].local and not fact.jurisdictions and not general:
            known = ", ".join(book.authorities)
            yield Fault(fact.at, f"{fact.short_id}: says nothing of where it holds; write 'jurisdictions:' with a list of: {known}")
        if _all_read(book, fact):
            yield from _not_spoken_for(book, fact)


def _not_spoken_for(book: Formulary, fact: Fact) -> Iterator[Fault]:
    """Each place of a fact for which none of its sources speaks."""
    sources = _sources_for_places(book, fact)
    spoken_for = {place for source in sources for place in source.jurisdictions}
    what = f" of kind {' or '.join(_carried_by(book, fact))}" if len(sources) < len(fact.sources) else ""
    for place in fact.jurisdictions if spoken_for else ():
        if place in book.authorities and place not in spoken_for:
            message = f"none of its sources{what} speaks for {place}; cite one that does or delete {place}"
            yield Fault(fact.at, f"{fact.short_id}: {message}")


@rule("data")
def reporting_known(book: Formulary) -> Iterator[Fault]:
    """Every place whose law a medicine speaks of has its system for reporting adverse reactions, and no other place has one."""
    for slug, monograph in book.monographs.items():
        for place in sorted(monograph.places):
            told = place in book.reporting or book.is_faulty(f"reporting/{place}")
            if place in book.authorities and not told:
                message = f"{slug} speaks for {place}, where nobody is told how to report an adverse reaction; add '{place}:'"
                yield Fault((REPORTING.as_posix(), 1), message)
    for place, entry in book.reporting.items():
        if place not in book.authorities:
            yield Fault(entry.at, f"'{place}' is no place with a regulator; {nearest(place, book.authorities)}")


@rule("data")
def topic_in_file(book: Formulary) -> Iterator[Fault]:
    """A fact stands in the file of its topic, and in a use that the topic allows."""
    topics, statuses = book.vocabulary.lists.topics, book.vocabulary.statuses
    for fact in facts_here(book):
        topic, file = topics[fact.topic], fact.file
        if topic.file != file:
            here = ", ".join(name for name, each in topics.items() if each.file == file)
            yield Fault(
                fact.at, f"{fact.short_id}: topic '{fact.topic}' belongs in {topic.file}.yml; move the fact or write one of: {here}"
            )
        if not fact.use and (topic.use == "needed" or (topic.use == "unless-label" and book.rests_elsewhere(fact))):
            yield Fault(fact.at, f"{fact.short_id}: says nothing of its use; write 'use:' with one of: {', '.join(statuses)}")
        if topic.use == "marked" and not book.is_marked(fact):
            marked = ", ".join(book.vocabulary.marked)
            yield Fault(fact.at, f"{fact.short_id}: topic '{fact.topic}' is for uses that are marked; write 'use:' with one of: {marked}")


@rule("data")
def correction_explained(book: Formulary) -> Iterator[Fault]:
    """Corrections are numbered without a gap, and each one that differs from the draft says why."""
    for monograph in complete(book).values():
        for position, (key, correction) in enumerate(monograph.corrections.items(), 1):
            if key != f"C{position}" and not any(name.startswith(f"{monograph.slug}/corrections") for name in book.left_out):
                yield Fault(correction.at, f"'{key}' stands where C{position} belongs; number the claims in their order")
            if not correction.why and book.vocabulary.lists.verdicts[correction.verdict].differs:
                yield Fault(correction.at, f"{key}: does not say why; write 'why:' with one sentence")


@rule("data")
def check_due_after_checked(book: Formulary) -> Iterator[Fault]:
    """The next check is due after the last one."""
    for slug, monograph in complete(book).items():
        latest = monograph.tally.newest
        if monograph.medicine.check_due <= latest:
            yield Fault(((DATA / slug / "medicine.yml").as_posix(), 1), f"check_due is not after {latest}; write a later date")


def _all_read(book: Formulary, fact: Fact) -> bool:
    """Whether every source of the fact is there to be judged; one that is faulty itself is reported where it stands."""
    return all(citation.source in book.sources for citation in fact.sources)


def _sources_for_places(book: Formulary, fact: Fact) -> list[Source]:
    """The sources that say where a fact holds: those that can carry it, since news of one place says nothing of a label's."""
    cited = [book.sources[citation.source] for citation in fact.sources]
    carrying = [source for source in cited if source.statement in _carried_by(book, fact)]
    return cited if isinstance(fact.value, Gap) or not carrying else carrying


def _carried_by(book: Formulary, fact: Fact) -> tuple[str, ...]:
    """The kinds of statement that can carry the fact's event or what it says it rests on; none if any can."""
    if event := book.event(fact):
        return event.carried_by
    return book.vocabulary.lists.evidence[fact.evidence].carried_by if fact.evidence else ()


def _kinds(book: Formulary, fact: Fact) -> set[str]:
    return {book.sources[citation.source].statement for citation in fact.sources} if _all_read(book, fact) else set()


def _and(kinds: set[str]) -> str:
    return " and ".join(sorted(kinds))
