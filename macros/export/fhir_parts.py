"""The small parts that FHIR's resources are made of: names, references, concepts, quantities, places, narrative."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from macros.formulary.doses import Combination
from macros.formulary.quantities import Amount
from macros.formulary.vocabulary import Vocabulary
from macros.formulary.words import plainly

Json = dict[str, Any]

# The name of the site, and what codes and extensions of its own begin with; a test compares both with mkdocs.yml.
PUBLISHER: Final = "Sourced Monographs"
OWN: Final = "urn:sourced-monographs"
URI: Final = "urn:ietf:rfc:3986"
UCUM: Final = "http://unitsofmeasure.org"
PUBLICATION: Final = "http://hl7.org/fhir/publication-status"
_COUNTRIES: Final = "urn:iso:std:iso:3166"
# Places of the vocabulary as ISO 3166 has them, where EU is a reserved code; of any other place the word alone is told.
ISO: Final = {"US": "US", "EU": "EU", "CA": "CA", "UK": "GB", "CH": "CH"}
_SPACE = uuid5(NAMESPACE_URL, OWN)


@lru_cache(maxsize=4096)  # each is asked for as an id, as an identifier and by those that refer to it
def name(*parts: str) -> str:
    """The identifier of what has these names, the same on every day and machine."""
    return str(uuid5(_SPACE, "/".join(parts)))


def urn(*parts: str) -> str:
    """The address inside the bundle of what has these names."""
    return f"urn:uuid:{name(*parts)}"


def reference(*parts: str) -> Json:
    """A reference to the resource of these names."""
    return {"reference": urn(*parts)}


def identifier(*parts: str) -> Json:
    """The identifier of these names, in the form of an element, which says whose it is: no authority's."""
    return {"system": URI, "value": urn(*parts), "assigner": {"display": PUBLISHER}}


def resource(kind: str, *parts: str, **elements: object) -> Json:
    """A resource of these names with those of the elements that say something."""
    return {"resourceType": kind, "id": name(*parts), **{key.rstrip("_"): value for key, value in elements.items() if value}}


def concept(text: str, system: str = "", code: str = "") -> Json:
    """A concept in words, and with a code where there is one."""
    return {**({"coding": [{"system": system, "code": code}]} if code else {}), "text": plainly(text)}


def coded(kind: str, code: str, text: str, *more: Json) -> Json:
    """A concept with a code of our own, and with those of others behind it."""
    return {"coding": [{"system": f"{OWN}:{kind}", "code": code}, *more], "text": plainly(text)}


def extension(kind: str, **value: object) -> Json:
    """An extension of our own with its value, as valueString=…"""
    return {"url": f"{OWN}:{kind}", **value}


def place(code: str, vocabulary: Vocabulary) -> Json:
    """A place by its word, and by its ISO code where it has one."""
    return concept(vocabulary.lists.jurisdictions[code].word, _COUNTRIES if code in ISO else "", ISO.get(code, ""))


def in_places(places: Iterable[str], vocabulary: Vocabulary) -> list[Json]:
    """The places that something holds for, as extensions of an element that has none for them."""
    return [extension("place", valueCodeableConcept=place(each, vocabulary)) for each in places]


def quantity(number: Decimal, unit: str, vocabulary: Vocabulary, comparator: str = "") -> Json:
    """A number with its unit, which has a code only where UCUM has the same unit."""
    code = vocabulary.ucum(unit)
    coded = {"system": UCUM, "code": code} if code else {}
    return {"value": number, **({"comparator": comparator} if comparator else {}), "unit": unit, **coded}


def whole(amount: Amount | Combination | None, vocabulary: Vocabulary) -> Json | None:
    """An amount without a bound as a quantity; None for any other, which a quantity can't say."""
    exact = isinstance(amount, Amount) and not amount.bound
    return quantity(amount.exact, amount.unit, vocabulary) if exact and isinstance(amount, Amount) else None


def narrative(lines: Iterable[str]) -> Json:
    """Lines of text as a list that a person reads."""
    items = plainly("".join(f"<li>{escape(line, quote=False)}</li>" for line in lines))
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml"><ul>{items}</ul></div>'}
