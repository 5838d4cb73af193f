"""The product itself: its names, where it is authorized and where no longer, its routes and its substance."""

from collections.abc import Iterator

from macros.export import fhir_parts as parts
from macros.export.api import decided, known_day
from macros.export.fhir_parts import Json, concept, place, reference, resource
from macros.export.held import Held, Medicine
from macros.formulary.model import StatusFact
from macros.formulary.regimens import Regimen
from macros.formulary.values import Gap
from macros.formulary.vocabulary import Event


def product(told: Medicine) -> Json:
    """The MedicinalProductDefinition of the medicine, with the places where it is or was sold."""
    vocabulary, medicine = told.book.vocabulary, told.monograph.medicine
    standing = "active" if told.standing else "retired" if told.ended else "unknown"
    supply = [
        {"country": place(each, vocabulary), "status": concept(happened(told, fact, event))}
        for fact, event in told.events
        if event.topic != "authorization"
        for each in fact.jurisdictions
    ]
    return resource(
        "MedicinalProductDefinition",
        told.monograph.slug,
        "product",
        identifier=[parts.identifier(told.monograph.slug, "product")],
        status=concept(standing, parts.PUBLICATION, "draft" if medicine.draft else standing),
        classification=[concept(each) for each in medicine.class_],
        marketingStatus=supply,
        name=[{"productName": name, **_usage(told, name)} for name in medicine.brands],
    )


def _usage(told: Medicine, name: str) -> Json:
    """Where an authorization stands and the medicine has the name, if its facts say that."""
    places = [each for each in told.standing if each in told.monograph.places_of(name)]
    english = concept("English", "urn:ietf:bcp:47", "en")
    usage = [{"country": place(each, told.book.vocabulary), "language": english} for each in places]
    return {"usage": usage} if usage else {}


def happened(told: Medicine, fact: StatusFact, event: Event) -> str:
    """An event in words, with all that is said of it, and whether a label or a regulator says so."""
    own = "" if told.book.is_official(fact) or event.gap else " (not the word of a label or a regulator)"
    return f"{event.word}: {told.told(fact)}{own}"


def authorizations(told: Medicine, indications: list[Held]) -> Iterator[Json]:
    """A RegulatedAuthorization for each place where one was granted or has ended, with the indications that stand there."""
    vocabulary, ended = told.book.vocabulary, told.ended
    for where in told.book.authorities:
        here = [(fact, event) for fact, event in told.events if where in fact.jurisdictions]
        if where not in told.standing and where not in ended:
            continue
        decides = decided(told.book, told.monograph, where, told.ended)
        assert decides  # where one stands or has ended, an event says so
        granted = [fact for fact, event in here if event.effect == "granted" and not isinstance(fact.value, Gap)]
        event = told.book.event(decides)
        status = "retired" if where in ended else "active"
        before = max((known_day(fact) for fact, event in here if event.effect == "ended"), default="") if status == "active" else ""
        days = sorted(day for fact in granted if (day := known_day(fact)) > before)
        period = {**({"start": days[0]} if days else {}), **({"end": known_day(decides)} if where in ended and known_day(decides) else {})}
        yield resource(
            "RegulatedAuthorization",
            told.monograph.slug,
            "authorization",
            where,
            identifier=[parts.identifier(told.monograph.slug, "authorization", where)],
            subject=[reference(told.monograph.slug, "product")],
            description="; ".join(happened(told, *each) for each in here),
            region=[place(where, vocabulary)],
            status=concept(event.word if event else status, parts.PUBLICATION, status),
            statusDate=known_day(decides),
            indication=[{"reference": reference(each.fact.id)} for each in indications if where in each.places],
            validityPeriod=period,
        )


def routes(told: Medicine) -> Iterator[Json]:
    """An AdministrableProductDefinition for each route that a dose names, with the places where it does."""
    found: dict[str, set[str]] = {}
    for each in told.stated:
        regimen = each.fact.value
        if told.doses_it(each.fact) and isinstance(regimen, Regimen):
            for name in {regimen.route, *(step.route for step in regimen.steps)} - {""}:
                found.setdefault(name, set()).update(each.places)
    for name in sorted(found):
        places = [each for each in told.standing if each in found[name]]
        yield resource(
            "AdministrableProductDefinition",
            told.monograph.slug,
            "route",
            name,
            identifier=[parts.identifier(told.monograph.slug, "route", name)],
            extension=parts.in_places(places, told.book.vocabulary),
            status="active",
            formOf=[reference(told.monograph.slug, "product")],
            description=f"{told.book.vocabulary.lists.routes[name].word}: {told.words(tuple(places))}",
            routeOfAdministration=[{"code": concept(name)}],
        )


def ingredient(told: Medicine) -> Json:
    """The active substance. It has no strength: a fact does not say of which substance one is, and a label gives that of salts, too."""
    return resource(
        "Ingredient",
        told.monograph.slug,
        "ingredient",
        identifier=parts.identifier(told.monograph.slug, "ingredient"),
        status="active",
        for_=[reference(told.monograph.slug, "product")],
        role=concept("active"),
        substance={"code": {"concept": concept(told.monograph.medicine.inn)}},
    )
