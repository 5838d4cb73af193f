"""A medicine as a FHIR R5 document: a bundle built like HL7's electronic product information, of what is authorized alone."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, cast

import orjson

from macros.export import fhir_parts as parts
from macros.export.fhir_parts import PUBLISHER, Json, coded, narrative, reference, resource
from macros.export.fhir_product import authorizations, happened, ingredient, product, routes
from macros.export.fhir_use import Address, doses, items, uses
from macros.export.held import Held, Medicine, counted, medicine
from macros.export.telling import DRAFT
from macros.formulary.book import Formulary
from macros.formulary.monograph import Monograph
from macros.formulary.words import listed

# The codes that LOINC has for sections of labels, by topic; the importer of labels knows the same ones, and a test compares them.
LOINC: Final = {
    "boxed-warning": "34066-1", "indication": "34067-9", "dose": "34068-7", "contraindication": "34070-3", "warning": "43685-7",
    "adverse-reaction": "34084-4", "interaction": "34073-7", "population": "43684-0", "overdose": "34088-5", "composition": "43678-2",
    "mechanism": "43679-0", "pharmacokinetics": "43682-4", "storage": "44425-7",
}  # fmt: skip
_NUMBER = re.compile(r'"\\u0000(-?[0-9.]+)"')
LEFT_OUT: Final = "Not part of what is authorised: left out here"


def bundle(book: Formulary, monograph: Monograph, address: Address, version: str, day: date) -> dict[str, object]:
    """The document of one medicine; numbers are exact decimals, and `text` writes it."""
    told = medicine(book, monograph)
    own = items(told)
    resources = [
        _composition(told, own, address, version, day),
        resource("Organization", "organization", identifier=[parts.identifier("organization")], name=PUBLISHER),
        product(told),
        *authorizations(told, [each for each in own if each.fact.topic == "indication"]),
        *routes(told),
        ingredient(told),
        *uses(told, own, address),
        *doses(told, own, address),
    ]
    return {
        "resourceType": "Bundle",
        "id": parts.name(monograph.slug),
        "language": "en",
        "identifier": parts.identifier(monograph.slug),
        "type": "document",
        "timestamp": f"{day}T00:00:00Z",
        "entry": [{"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in resources],
    }


def _composition(told: Medicine, own: Sequence[Held], address: Address, version: str, day: date) -> Json:
    medicine = told.monograph.medicine
    return resource(
        "Composition",
        told.monograph.slug,
        "text",
        version,
        language="en",
        identifier=[parts.identifier(told.monograph.slug, "text", version)],
        version=version,
        status="final" if medicine.reviews and not medicine.draft else "preliminary",
        type=coded("document", "monograph", "Drug monograph, which is no label and no document of a regulator"),
        subject=[reference(told.monograph.slug, "product")],
        date=day.isoformat(),
        author=[reference("organization")],
        title=f"{medicine.brand} ({medicine.inn}): what is authorized",
        section=[
            {
                "title": medicine.inn,
                "code": coded("section", "whole", "All that is authorized"),
                "text": narrative(_about(told)),
                "section": list(_sections(told, own, address)),
            }
        ],
    )


def _about(told: Medicine) -> Iterator[str]:
    """What a reader has to know of the document before any of it is used."""
    yield f"A monograph of {PUBLISHER}; it is no label, and no regulator has seen it."
    reviews = [f"{each.name}, {each.role}, {each.date}" for each in told.monograph.medicine.reviews]
    yield f"Reviewed clinically by {listed(reviews)}." if reviews else "No clinician has reviewed it, so that it is preliminary."
    if told.draft:
        yield f"{DRAFT}: of the medicine nothing but its names is told."
        return
    places = told.words(told.standing)
    yield f"It holds what is authorized in: {places}." if places else "No authorization stands in any place that it knows of."
    yield "Other uses, results of trials and the advice of experts are left out; warnings and the frequency of effects may rest on trials."


def _sections(told: Medicine, own: Iterable[Held], address: Address) -> Iterator[Json]:
    """A section for each topic of which the bundle holds a fact or an event, in the order of the vocabulary; then what is left out."""
    vocabulary, items = told.book.vocabulary, frozenset(each.fact.id for each in own)
    lines: dict[str, list[str]] = {}
    entries: dict[str, dict[str, Json]] = {}
    for happening, event in told.events:
        lines.setdefault(event.topic, []).append(f"{happened(told, happening, event)} [{told.words(happening.jurisdictions)}]")
    for each in told.held:
        topic, fact = each.fact.topic, each.fact
        lines.setdefault(topic, []).append(told.line(each))
        if fact.id in items:
            entries.setdefault(topic, {})[fact.id] = reference(fact.id)
        elif told.doses_it(fact):
            entries.setdefault(topic, {})["/".join(each.places)] = reference(told.monograph.slug, "doses", *each.places)
    for topic, entry in vocabulary.lists.topics.items():
        if topic in lines:
            loinc = [{"system": "http://loinc.org", "code": LOINC[topic]}] if topic in LOINC else []
            code = coded("topic", topic, entry.word, *loinc)
            refers = {"entry": list(entries[topic].values())} if topic in entries else {}
            yield {"title": entry.word, "code": code, "text": narrative(lines[topic]), **refers}
    if told.left_out:
        page = address(told.left_out[0].fact).partition("#")[0]
        said = [f"{why}: {number} {'fact' if number == 1 else 'facts'}" for why, number in counted(told.left_out)]
        yield {"title": LEFT_OUT, "code": coded("section", "left-out", LEFT_OUT), "text": narrative([*said, f"They stand on {page}"])}


def text(made: Mapping[str, object]) -> str:
    """The document as JSON, the same for the same data: numbers exact, keys in the order in which they were made, an entry a line."""
    rest = {key: value for key, value in made.items() if key != "entry"}
    entries = ",\n".join(map(_json, cast(Sequence[object], made["entry"])))
    return f'{_json(rest)[:-1]},"entry":[\n{entries}\n]}}\n'


def _json(tree: object) -> str:
    """A tree as JSON on one line. A decimal goes through as a text that begins with a sign that no text may hold, then loses its quotes."""
    return "".join(_NUMBER.split(orjson.dumps(tree, default=_marked).decode()))


def _marked(number: Decimal) -> str:
    return f"\0{number:f}"
