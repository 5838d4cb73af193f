"""The interface as files: one of each medicine, and what is needed to find and to understand them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

import orjson

from macros.export import records as api
from macros.export.place import Site
from macros.export.said import given
from macros.export.telling import Telling
from macros.formulary.book import Formulary
from macros.formulary.model import StatusFact
from macros.formulary.monograph import Monograph
from macros.formulary.sentences import fingerprint
from macros.formulary.sourcing import Source
from macros.formulary.values import Day, Gap, OfPassages

VERSION = "1.0"
_KINDS = ("not_read", "silent", "not_found")


def text_of(record: object) -> str:
    """A record as a file of JSON: on one line, in the order of its fields."""
    return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE).decode()


def record(book: Formulary, monograph: Monograph, site: Site) -> api.Medicine:
    """All that the site knows of a medicine."""
    telling = Telling(book, monograph, book.ended(monograph), site)
    told = [telling.fact(fact) for fact in monograph.facts.values() if not isinstance(fact.value, Gap)]
    gaps = [(each, telling.gap(each)) for each in monograph.facts.values() if isinstance(each.value, Gap)]
    about = monograph.medicine
    return {
        "schema_version": VERSION,
        "data_version": version(book, monograph),
        **names(monograph, site),
        "checked": monograph.checked.isoformat(),
        "check_due": about.check_due.isoformat(),
        "reviews": [{"name": each.name, "role": each.role, "date": each.date.isoformat()} for each in about.reviews],
        "authorizations": [*authorizations(book, monograph)],
        "facts": told,
        "regimens": [fact["id"] for fact in told if fact["authorizes"] and _doses_it(fact)],
        "gaps": cast(api.Gaps, {kind: [gap for fact, gap in gaps if fact.value_key == kind] for kind in _KINDS}),
        "changes": [*_changes(book, monograph)],
        "sources": [source(name, book.sources[name]) for name in _sources(monograph) if name in book.sources],
    }


def _doses_it(fact: api.Fact) -> bool:
    """Whether the value is a regimen of this medicine, and not of one that is given with it or was compared with it."""
    return fact["value"]["kind"] == "regimen" and "medicine" not in fact["value"]


def version(book: Formulary, monograph: Monograph) -> str:
    """A mark of all facts of a medicine, the same for the same facts: that of the last change, which rules hold to them."""
    last = next(reversed(list(monograph.changes.values())), None)
    return last.facts if last else fingerprint(book, monograph)


def names(monograph: Monograph, site: Site) -> api.Named:
    """By what a medicine is known, and where it stands."""
    about = monograph.medicine
    return {
        "medicine": monograph.slug,
        "inn": about.inn,
        "brands": [*about.brands],
        "classes": [*about.class_],
        "diseases": [*about.diseases],
        "draft": about.draft,
        "page": site.page(monograph.slug),
    }


def _sources(monograph: Monograph) -> Iterable[str]:
    found: dict[str, None] = {}
    for fact in monograph.facts.values():
        found.update(dict.fromkeys([each.source for each in fact.sources]))
        if isinstance(fact.value, OfPassages):
            found.update(dict.fromkeys(each.source for each in fact.value.passages))
    return found


def source(name: str, of: Source) -> api.Source:
    """A source with all that is known of it."""
    parts = [("", of.undivided)] if of.parts is None else [(part, reading.read) for part, reading in of.parts.items()]
    about: api.Source = {
        "name": name,
        "title": of.title,
        "statement": of.statement,
        "places": [*of.jurisdictions],
        "parts": [_part(part, extent or "", of) for part, extent in parts],
    }
    optional = given(
        reading=of.read, address=of.link, doi=of.doi, pmid=of.pmid, edition=of.edition, date=of.date and of.date.text,
        date_words=of.date_words, date_read=of.date_read and of.date_read.isoformat(),
    )  # fmt: skip
    return cast(api.Source, about | optional)


def _part(name: str, extent: str, of: Source) -> api.PartRead:
    day = of.read_on(name) if extent != "not" else None
    return cast(api.PartRead, {"name": name, "read": extent, **given(on=day and day.isoformat())})


def authorizations(book: Formulary, monograph: Monograph) -> Iterator[api.Authorization]:
    """Each place in which the medicine is or was authorized."""
    granted, ended = book.granted(monograph), book.ended(monograph)
    for place in book.vocabulary.lists.jurisdictions:
        if decides := decided(book, monograph, place, ended):
            over = ended.get(place)  # if nothing ended it, what decides is a grant
            said = {"place": place, "granted": place in granted, "event": decides.event, "stands": not over}
            yield cast(api.Authorization, said | given(ended_by=over and over.id, since=known_day(decides)))


def decided(book: Formulary, monograph: Monograph, place: str, ended: Mapping[str, StatusFact]) -> StatusFact | None:
    """What says whether the medicine is authorized in a place: what ended it there, or else its newest authorization; None without both."""
    here = [fact for fact in monograph.events if place in fact.jurisdictions and not isinstance(fact.value, Gap)]
    granted = [fact for fact in here if (event := book.event(fact)) and event.effect == "granted"]
    return ended.get(place) or max(granted, key=known_day, default=None)


def known_day(fact: StatusFact) -> str:
    """The day of an event in ISO 8601, as far as it is known; "" for what has none."""
    return fact.value.text if isinstance(fact.value, Day) else ""


def _changes(book: Formulary, monograph: Monograph) -> Iterator[api.Changed]:
    kinds = book.vocabulary.lists.changes
    for name, change in monograph.changes.items():
        yield {
            "id": name, "date": change.date.isoformat(), "kind": change.kind, "alerts": kinds[change.kind].alerts, "reason": change.reason,
        }  # fmt: skip
