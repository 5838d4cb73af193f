"""A medicine in the words of schema.org, for the head of its monograph: what authorities approved, and nothing else.

schema.org has no place for a maximum, a duration, several steps or a condition, so a dose that has one is left out; and for a use
that no authority approved it has none at all.
"""

from collections.abc import Iterator
from typing import Any

import orjson

from macros.export import held
from macros.export.api import authorizations
from macros.export.place import Site
from macros.export.telling import DRAFT, Telling
from macros.formulary.book import Formulary
from macros.formulary.model import Fact
from macros.formulary.monograph import Monograph
from macros.formulary.naming import headed
from macros.formulary.sentences import whole
from macros.formulary.steps import Course
from macros.formulary.values import Amount, Regimen
from macros.formulary.words import plainly

_CONTEXT = "https://schema.org"
# All that such a step may say; whatever else it says would be lost.
_SAYABLE = {"amount", "once", "every", "times"}


def text_of(book: Formulary, monograph: Monograph, site: Site) -> str:
    """The element for the head of the monograph; no text in it can end it."""
    said = orjson.dumps(record(book, monograph, site)).decode().replace("<", "\\u003c")
    return f'<script type="application/ld+json">{said}</script>\n'


def record(book: Formulary, monograph: Monograph, site: Site) -> dict[str, Any]:
    """The monograph as a page about a medicine. Of a draft nothing is told but its name."""
    about = monograph.medicine
    reviewed = f"Reviewed by {about.reviews[-1].name}, {about.reviews[-1].role}" if about.reviews else "No clinician has reviewed this page"
    medicine: dict[str, Any] = {
        "@type": "Drug",
        "name": headed(about.inn),
        "nonProprietaryName": about.inn,
        "proprietaryName": [*about.brands],
        "drugClass": [{"@type": "DrugClass", "name": each} for each in about.class_],
    }
    if not about.draft:
        told, warned = held.medicine(book, monograph), _warnings(book, monograph)
        telling = Telling(book, monograph, told.ended, site)
        # What holds in another place no more is left out whole, since the words of a fact name all of its places. That a label names
        # no contraindication is no warning.
        facts = [each.fact for each in told.stated if each.places == each.fact.jurisdictions]
        medicine |= {
            "legalStatus": [*_legal_statuses(book, monograph)],
            "warning": [telling.quote(fact) for fact in facts if fact.short_id in warned and not told.speaks_of_all(fact)],
            "doseSchedule": [dose for fact in facts if told.doses_it(fact) and (dose := _dose(book, fact, site))],
        }
    page: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "MedicalWebPage",
        "name": headed(about.inn),
        "creativeWorkStatus": DRAFT if about.draft else reviewed,
        "isPartOf": {"@type": "WebSite", "name": site.name},
        "mainEntity": {name: each for name, each in medicine.items() if each},
    }
    return page | ({"url": site.url + site.page(monograph.slug)} if site.url else {})


def _warnings(book: Formulary, monograph: Monograph) -> frozenset[str]:
    """What stands on the cards of the monograph that are drawn as a warning."""
    return frozenset(name for card, own in monograph.cards.items() if book.vocabulary.lists.cards[card].alert for name in own.facts)


def _legal_statuses(book: Formulary, monograph: Monograph) -> Iterator[dict[str, Any]]:
    lists = book.vocabulary.lists
    for each in authorizations(book, monograph):
        where = {"@type": "AdministrativeArea", "name": lists.jurisdictions[each["place"]].word}
        yield {"@type": "DrugLegalStatus", "name": lists.events[each["event"]].word, "applicableLocation": where}


def _dose(book: Formulary, fact: Fact, site: Site) -> dict[str, Any] | None:
    """A dose that can be said whole; else None."""
    regimen = fact.value
    if not isinstance(regimen, Regimen) or fact.condition or book.weak_for(fact):
        return None
    if len(regimen.steps) != 1 or regimen.maximum or regimen.rounding or regimen.duration or not regimen.group.parts(book.vocabulary):
        return None
    step, known = regimen.steps[0], book.vocabulary
    if not isinstance(step.amount, Amount) or step.amount.bound or not _says_only(step):
        return None
    often = plainly(step.said(known)).removeprefix(plainly(step.amount.written(known))).strip()
    route = known.lists.routes[regimen.route].word if regimen.route else ""
    return {
        "@type": "RecommendedDoseSchedule",
        "name": fact.title,
        "description": whole(book, fact),
        "targetPopulation": f"{fact.title}: {plainly('; '.join(regimen.group.parts(known)))}",
        # A number of JSON is a binary fraction to most programs; this one is text, as printed.
        "doseValue": {"@type": "QualitativeValue", "name": f"{step.amount.exact:f}"},
        "doseUnit": step.amount.unit,
        "frequency": ", ".join(filter(None, (often, route))),
        "recognizingAuthority": [
            {"@type": "Organization", "areaServed": known.lists.jurisdictions[each].word} for each in fact.jurisdictions
        ],
        **({"url": site.url + site.fact(fact)} if site.url else {}),
    }


def _says_only(step: Course) -> bool:
    """Whether the step says nothing but what a schedule of schema.org can hold."""
    empty = Course()
    return all(name in _SAYABLE or getattr(step, name) == getattr(empty, name) for name in Course.__dataclass_fields__)
