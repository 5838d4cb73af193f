"""Makes of the formulary the plain lists that the rules on HTML know."""

from collections.abc import Iterator

from macros.formulary.book import Formulary
from macros.formulary.monograph import Monograph
from macros.formulary.naming import anchor_of
from macros.formulary.values import Code, Gap
from macros.rules.known import Known

_TELLING = 8  # letters; a shorter word of a generic name may be one of everyday language


def known(book: Formulary, reports: tuple[str, ...] = ()) -> Known:
    """What the rules on HTML know of the data; `reports` are how addresses begin by which pages let an error be reported."""
    facts, vocabulary = book.facts.values(), book.vocabulary
    return Known(
        uses={fact.id: fact.use for fact in facts},
        sources={fact.id: frozenset(citation.source for citation in fact.sources) for fact in facts},
        anchors={fact.id: anchor_of(fact.id) for fact in facts},
        at={fact.id: fact.at for fact in facts},
        absent=frozenset(fact.id for fact in facts if isinstance(fact.value, Gap)),
        evidence_only=frozenset(fact.id for fact in facts if fact.evidence_only),
        notices={name: status.notice for name, status in vocabulary.statuses.items()},
        headings={name: status.heading for name, status in vocabulary.statuses.items()},
        icons={name: status.icon for name, status in vocabulary.statuses.items()},
        terms=book.terms,
        drafts=frozenset(slug for slug, monograph in book.monographs.items() if monograph.medicine.draft),
        banners=frozenset(slug for slug, monograph in book.monographs.items() if _needs_banner(book, monograph)),
        owned=book.owned,
        called={slug: book.called(monograph) for slug, monograph in book.monographs.items()},
        searched=frozenset(name for monograph in book.monographs.values() for name in (*book.called(monograph), *_words(monograph))),
        addresses=frozenset(_addresses(book)),
        reports=reports,
    )


def _needs_banner(book: Formulary, monograph: Monograph) -> bool:
    events = (book.event(fact) for fact in monograph.events)
    return any(event.banner for event in events if event)


def _words(monograph: Monograph) -> Iterator[str]:
    """Each long word of the INN; "and", "acid" and "insulin" tell no medicine."""
    yield from (word for word in monograph.medicine.inn.split() if len(word) >= _TELLING)


def _addresses(book: Formulary) -> Iterator[str]:
    """Every address that the data gives readers."""
    yield from (source.link for source in book.sources.values() if source.link)
    yield from (entry.address for entry in book.reporting.values())
    yield from (page.address for monograph in book.monographs.values() for page in monograph.medicine.official)
    yield from (fact.value.record for fact in book.facts.values() if isinstance(fact.value, Code) and fact.value.record)
