"""Rules on sources and data. Each is a generator of findings; the first line of its docstring is its public wording."""

from collections.abc import Callable, Iterable, Iterator

from macros.finding import Fault, Finding, name_of, nearest
from macros.formulary.book import DATA, REPORTING, Formulary
from macros.formulary.model import Fact, StatusFact
from macros.formulary.values import Gap, NotRead, Silent
from macros.rules.doses import condition_apart, dose_consistent, interval_around_value, no_trailing_zero
from macros.rules.reading import gap_not_filled, gap_read, locator_given, parts_told
from macros.rules.statuses import authorization_stands, evidence_apart, status_carried, statuses_apart
from macros.rules.texts import (
    claim_of_own_use,
    names_apart,
    reference_known,
    reference_of_own_place,
    reference_of_own_use,
    statement_without_figures,
    terms_are_names,
)

Rule = Callable[[Formulary], Iterator[Fault]]


def source_known(book: Formulary) -> Iterator[Fault]:
    """Every citation names a source that is listed in sources.yml."""
    for fact in book.facts.values():
        for citation in fact.sources:
            if citation.source not in book.source_lines:
                yield fact.at, f"{fact.short_id}: unknown source '{citation.source}'; {nearest(citation.source, book.source_lines)}"


def source_cited(book: Formulary) -> Iterator[Fault]:
    """Every listed source is cited by a fact, or named by a gap."""
    if book.left_out:  # a fact that was left out may cite it
        return
    cited = {citation.source for fact in book.facts.values() for citation in fact.sources}
    cited |= {each.source for fact in book.facts.values() if isinstance(fact.value, NotRead | Silent) for each in fact.value.passages}
    for name in book.sources.keys() - cited:
        yield _source_at(book, name), f"{name}: no fact cites this source; delete it or cite it"


def source_can_be_opened(book: Formulary) -> Iterator[Fault]:
    """Every source has an address or a DOI that a reader can open, and was read after its date."""
    for name, source in book.sources.items():
        if not source.link:
            yield _source_at(book, name), f"{name}: has neither 'address' nor 'doi'; write one, or do not use this source"
        if source.date and source.date_read and source.date.earliest > source.date_read:
            yield _source_at(book, name), f"{name}: is dated after it was read; correct 'date' or 'date_read'"


def sources_given(book: Formulary) -> Iterator[Fault]:
    """Every fact cites its sources, each once; only a gap and advice that is marked as general have none."""
    for fact in book.facts.values():
        if isinstance(fact.value, Gap):
            continue
        evidence = book.vocabulary.lists.evidence.get(fact.evidence or "")
        if evidence and not evidence.carried_by and fact.sources:
            yield fact.at, f"{fact.short_id}: is {fact.evidence} but cites sources; delete them or name the evidence they give"
        elif not fact.sources and not (evidence and not evidence.carried_by):
            yield fact.at, f"{fact.short_id}: has no source; write 'sources:' with the source and its grade"
        names = [citation.source for citation in fact.sources]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield fact.at, f"{fact.short_id}: cites '{name}' more than once; keep one"


def evidence_carried(book: Formulary) -> Iterator[Fault]:
    """What a fact rests on is the kind of statement that one of its sources makes; only labels and regulators go without saying."""
    lists = book.vocabulary.lists
    for fact in book.facts.values():
        evidence = lists.evidence.get(fact.evidence or "")
        kinds = _kinds(book, fact)
        of_the_product = fact.file == "identity" or (isinstance(fact, StatusFact) and fact.event)
        if not fact.evidence and not of_the_product and not isinstance(fact.value, Gap) and kinds - lists.official:
            yield (
                fact.at,
                f"{fact.short_id}: rests on {_and(kinds)} and does not say so; write 'evidence:' with one of: {', '.join(lists.evidence)}",
            )
        if evidence and evidence.carried_by and kinds and not isinstance(fact.value, Gap) and not kinds & set(evidence.carried_by):
            wanted = " or ".join(evidence.carried_by)
            yield (
                fact.at,
                (
                    f"{fact.short_id}: says evidence '{fact.evidence}', but its sources are {_and(kinds)}; "
                    f"cite a source of kind {wanted}, or name the evidence that these sources give"
                ),
            )


def event_carried(book: Formulary) -> Iterator[Fault]:
    """An authorization or a state of supply rests on a kind of source that can say so; a news item alone can't."""
    for fact in book.facts.values():
        if isinstance(fact, StatusFact) and (event := book.event(fact)) and not isinstance(fact.value, Gap):
            wanted = event.carried_by
            kinds = _kinds(book, fact)
            if kinds and not kinds & set(wanted):
                yield (
                    fact.at,
                    (f"{fact.short_id}: event '{fact.event}' can't rest on {_and(kinds)}; cite a source of kind {' or '.join(wanted)}"),
                )


def jurisdiction_carried(book: Formulary) -> Iterator[Fault]:
    """Where authorities differ a fact says for whom it speaks, and a source that speaks for each of them."""
    lists = book.vocabulary.lists
    for fact in book.facts.values():
        general = fact.evidence and not lists.evidence[fact.evidence].carried_by
        if lists.topics[fact.topic].local and not fact.jurisdictions and not general:
            known = ", ".join(book.authorities)
            yield fact.at, f"{fact.short_id}: says nothing of where it holds; write 'jurisdictions:' with a list of: {known}"
        if not _all_read(book, fact):
            continue
        cited = [book.sources[citation.source] for citation in fact.sources]
        carrying = _carried_by(book, fact)
        if carrying and not isinstance(fact.value, Gap) and any(source.statement in carrying for source in cited):
            cited = [source for source in cited if source.statement in carrying]  # news of one place says nothing of a label's
        spoken_for = {place for source in cited for place in source.jurisdictions}
        for place in fact.jurisdictions:
            if place in book.authorities and spoken_for and place not in spoken_for:
                what = f" of kind {' or '.join(carrying)}" if len(cited) < len(fact.sources) else ""
                yield fact.at, f"{fact.short_id}: none of its sources{what} speaks for {place}; cite one that does or delete {place}"


def reporting_known(book: Formulary) -> Iterator[Fault]:
    """Every place whose law a medicine speaks of has its system for reporting adverse reactions, and no other place has one."""
    for slug, monograph in book.monographs.items():
        for place in sorted(monograph.places):
            told = place in book.reporting or book.is_faulty(f"reporting/{place}")
            if place in book.authorities and not told:
                message = f"{slug} speaks for {place}, where nobody is told how to report an adverse reaction; add '{place}:'"
                yield (REPORTING.as_posix(), 1), message
    for place, entry in book.reporting.items():
        if place not in book.authorities:
            yield entry.at, f"'{place}' is no place with a regulator; {nearest(place, book.authorities)}"


def topic_in_file(book: Formulary) -> Iterator[Fault]:
    """A fact stands in the file of its topic, and in a use that the topic allows."""
    topics, statuses = book.vocabulary.lists.topics, book.vocabulary.statuses
    for fact in book.facts.values():
        topic, file = topics[fact.topic], fact.file
        if topic.file != file:
            here = ", ".join(name for name, each in topics.items() if each.file == file)
            yield fact.at, f"{fact.short_id}: topic '{fact.topic}' belongs in {topic.file}.yml; move the fact or write one of: {here}"
        if not fact.use and (topic.use == "needed" or (topic.use == "unless-label" and book.rests_elsewhere(fact))):
            yield fact.at, f"{fact.short_id}: says nothing of its use; write 'use:' with one of: {', '.join(statuses)}"
        if topic.use == "marked" and not book.is_marked(fact):
            marked = ", ".join(book.vocabulary.marked)
            yield fact.at, f"{fact.short_id}: topic '{fact.topic}' is for uses that are marked; write 'use:' with one of: {marked}"


def correction_explained(book: Formulary) -> Iterator[Fault]:
    """Corrections are numbered without a gap, and each one that differs from the draft says why."""
    for monograph in book.monographs.values():
        for position, (key, correction) in enumerate(monograph.corrections.items(), 1):
            if key != f"C{position}" and not any(name.startswith(f"{monograph.slug}/corrections") for name in book.left_out):
                yield correction.at, f"'{key}' stands where C{position} belongs; number the claims in their order"
            if not correction.why and book.vocabulary.lists.verdicts[correction.verdict].differs:
                yield correction.at, f"{key}: does not say why; write 'why:' with one sentence"


def check_due_after_checked(book: Formulary) -> Iterator[Fault]:
    """The next check is due after the last one."""
    for slug, monograph in book.monographs.items():
        latest = max(fact.checked for fact in monograph.facts.values())
        if monograph.medicine.check_due <= latest:
            yield ((DATA / slug / "medicine.yml").as_posix(), 1), f"check_due is not after {latest}; write a later date"


RULES: tuple[Rule, ...] = (
    source_known,
    source_cited,
    source_can_be_opened,
    sources_given,
    evidence_carried,
    locator_given,
    parts_told,
    gap_read,
    gap_not_filled,
    status_carried,
    authorization_stands,
    statuses_apart,
    evidence_apart,
    event_carried,
    jurisdiction_carried,
    topic_in_file,
    reporting_known,
    condition_apart,
    statement_without_figures,
    reference_known,
    reference_of_own_use,
    reference_of_own_place,
    names_apart,
    claim_of_own_use,
    terms_are_names,
    dose_consistent,
    no_trailing_zero,
    interval_around_value,
    correction_explained,
    check_due_after_checked,
)


def findings(book: Formulary) -> Iterable[Finding]:
    """What every rule finds."""
    for rule in RULES:
        for (file, line), message in rule(book):
            yield Finding(file, line, name_of(rule), message)


def _source_at(book: Formulary, name: str) -> tuple[str, int]:
    return (DATA / "sources.yml").as_posix(), book.source_lines[name]


def _all_read(book: Formulary, fact: Fact) -> bool:
    """Whether every source of the fact is there to be judged; one that is faulty itself is reported where it stands."""
    return all(citation.source in book.sources for citation in fact.sources)


def _carried_by(book: Formulary, fact: Fact) -> tuple[str, ...]:
    """The kinds of statement that can carry the fact's event or what it says it rests on; none if any can."""
    if event := book.event(fact):
        return event.carried_by
    return book.vocabulary.lists.evidence[fact.evidence].carried_by if fact.evidence else ()


def _kinds(book: Formulary, fact: Fact) -> set[str]:
    return {book.sources[citation.source].statement for citation in fact.sources} if _all_read(book, fact) else set()


def _and(kinds: set[str]) -> str:
    return " and ".join(sorted(kinds))
