"""The interface as files: one of each medicine, and what is needed to find and to understand them."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final, cast

from macros.export import records as api
from macros.export.place import Site
from macros.export.said import given, value
from macros.formulary.book import Formulary
from macros.formulary.model import Fact, StatusFact, Trial
from macros.formulary.monograph import Monograph
from macros.formulary.sentences import fingerprint, told, whole
from macros.formulary.sourcing import Citation, Source
from macros.formulary.values import Day, Gap, NotFound, OfPassages, Regimen, Silent
from macros.formulary.words import listed, plainly

VERSION = "1.0"
DRAFT: Final = "Draft, not for use"
ENDED: Final = " (authorization ended)"
# What a fact says in words, and what stands beside its value, each with its name in the interface.
_WORDS: Final = ("condition", "short", "note")
_BESIDE: Final = {
    **{name: name for name in ("urgency", "event", "endpoint", "population")},
    "n": "participants",
    **{name: name for name in ("time", "statistic")},
}
_JSON: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
_KINDS = ("not_read", "silent", "not_found")


def text_of(record: object) -> str:
    """A record as a file of JSON: on one line, in the order of its fields."""
    return _JSON.encode(record) + "\n"


def record(book: Formulary, monograph: Monograph, site: Site) -> api.Medicine:
    """All that the site knows of a medicine."""
    ended = book.ended(monograph)
    facts = [fact for fact in monograph.facts.values() if not isinstance(fact.value, Gap)]
    gaps = [(each, _gap(book, each, site, ended)) for each in monograph.facts.values() if isinstance(each.value, Gap)]
    about = monograph.medicine
    return {
        "schema_version": VERSION,
        "data_version": version(book, monograph),
        **names(monograph, site),
        "checked": monograph.checked.isoformat(),
        "check_due": about.check_due.isoformat(),
        "reviews": [{"name": each.name, "role": each.role, "date": each.date.isoformat()} for each in about.reviews],
        "authorizations": [*authorizations(book, monograph)],
        "facts": [_fact(book, fact, site, ended) for fact in facts],
        "regimens": [fact.id for fact in facts if isinstance(fact.value, Regimen) and not fact.value.medicine],
        "gaps": cast(api.Gaps, {kind: [gap for fact, gap in gaps if fact.value_key == kind] for kind in _KINDS}),
        "changes": [*_changes(book, monograph)],
        "sources": [source(name, book.sources[name]) for name in _sources(monograph) if name in book.sources],
    }


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
            over = ended.get(place)
            said = {"place": place, "granted": place in granted, "event": decides.event}
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


def _said(book: Formulary, fact: Fact, site: Site, ended: Mapping[str, Fact]) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": fact.id,
        "address": site.fact(fact),
        "title": fact.title,
        "topic": fact.topic,
        "status": fact.use,
        "status_word": book.word_of_use(fact) or None,
        "marked": book.is_marked(fact),
        "places": [*fact.jurisdictions],
        "authorizes": book.authorizes(fact) and not book.monographs[fact.slug].medicine.draft,
        "checked": fact.checked.isoformat(),
    }
    if over := [place for place in fact.jurisdictions if place in ended] if ended else []:
        said["ended_places"] = over
    if fact.evidence:
        said["evidence"] = fact.evidence
    if fact.under:
        said["under"] = [f"{fact.slug}/{name}" for name in fact.under]
    return said


def _fact(book: Formulary, fact: Fact, site: Site, ended: Mapping[str, Fact]) -> api.Fact:
    said = _said(book, fact, site, ended)
    said["quote"] = quote(book, fact, ended)
    said["text"] = whole(book, fact)
    said["value"] = value(fact.value, book.vocabulary)
    said["sources"] = [_cited(each) for each in fact.sources]
    return cast(api.Fact, said | _beside(book, fact))


def _beside(book: Formulary, fact: Fact) -> dict[str, Any]:
    """What a fact, or a gap, says beside its value."""
    fields, said = vars(fact), dict[str, Any]()
    for name in _WORDS:
        if fields[name]:
            said[name] = told(book, fact, fields[name])
    if weak := book.weak_for(fact):
        said["weak_places"] = [*weak]
    for name, key in _BESIDE.items():
        if found := fields.get(name):
            said[key] = found
    if fact.interval:
        said["interval"] = plainly(str(fact.interval))
    if fact.assay:
        said["assay"] = fact.assay
    if fact.trial:
        said["trial"] = f"{fact.slug}/{fact.trial}"
    if type(fact) is Trial:  # to ask Pydantic of a class takes ten times as long
        said |= given(trial_name=fact.name, sponsor_id=fact.sponsor_id, phase=fact.phase, design=fact.design)
    return said


def _cited(of: Citation) -> api.Cited:
    return {"source": of.source, "grade": of.grade, "locator": of.locator} if of.locator else {"source": of.source, "grade": of.grade}


def quote(book: Formulary, fact: Fact, ended: Collection[str]) -> str:
    """The fact, or the gap, on one line that keeps its status, topic, places and basis wherever it is copied to.

    Of an event it says what happened, of advice how soon a patient must act on it, and of places where no authorization is left, which
    are `ended`, that it is over.
    """
    known, lists = book.vocabulary, book.vocabulary.lists
    draft = f"{DRAFT}: " if book.monographs[fact.slug].medicine.draft else ""
    marked = f"{known.statuses[fact.use].heading}: " if fact.use and book.is_marked(fact) else ""
    context = (fact.endpoint, fact.population, f"n = {fact.n}" if fact.n else None, fact.time, fact.statistic)
    certain = (plainly(str(fact.interval)) if fact.interval else None, fact.assay)
    topic = lists.topics[fact.topic].word
    about = "" if topic == fact.title or topic.casefold() == fact.title.casefold() else f"{topic}: "
    places = listed([f"{lists.jurisdictions[each].word}{ENDED if each in ended else ''}" for each in fact.jurisdictions])
    event = book.event(fact)
    title = f"{fact.title}: {event.word}" if event else fact.title
    basis = lists.evidence[fact.evidence].word if fact.evidence else None
    if book.is_stated(fact) and book.is_of_trial(fact):
        basis = f"{basis}, of a trial"
    urgency = lists.urgencies[fact.urgency].word if fact.urgency else None
    beside = "; ".join(filter(None, (*context, *certain, urgency, places, basis, _weak(book, fact))))
    return f"{draft}{marked}{about}{title}: {whole(book, fact)}{f' ({beside})' if beside else ''}"


def _weak(book: Formulary, fact: Fact) -> str:
    """The mark of a fact whose sources are all weak, with the places for which they are, where that is not all; else ""."""
    places = book.weak_for(fact)
    if not places:
        return ""
    word = next(iter(book.vocabulary.lists.weak.values()))
    return word if {*places} >= {*fact.jurisdictions} else f"{listed(places)}: {word}"


def _gap(book: Formulary, fact: Fact, site: Site, ended: Mapping[str, Fact]) -> api.GapTold:
    gap = fact.value
    assert isinstance(gap, Gap)
    passages = gap.passages if isinstance(gap, OfPassages) else ()
    searched = gap if isinstance(gap, NotFound) else None
    kind = "not_found" if searched else "silent" if isinstance(gap, Silent) else "not_read"
    return cast(
        api.GapTold,
        {
            **_said(book, fact, site, ended),
            "kind": kind,
            "quote": quote(book, fact, ended),
            "text": whole(book, fact),
            **_beside(book, fact),
            **given(
                only=gap.only,
                passages=[{"source": each.source, **given(part=each.part)} for each in passages],
                words=[*searched.words] if searched else [],
                where=searched and searched.where,
                on=searched and searched.on.isoformat(),
            ),
        },
    )
