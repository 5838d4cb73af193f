"""Reads a FHIR document as a program would that knows nothing of the project: from its text alone."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from macros.formulary.bands import Band
from macros.formulary.doses import PERIODS, Dose, Limit
from macros.formulary.quantities import Amount, Range
from macros.formulary.regimens import Regimen
from macros.formulary.steps import Course

Json = dict[str, Any]
PLACES = {"GB": "UK"}
MOMENTS = {"MORN": "morning", "NOON": "noon", "EVE": "evening", "HS": "bedtime"}
TIMES = {"min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}


@dataclass(frozen=True)
class Given:
    """A dose as it was read: places, group in words or bands, the sentence, the regimen where more was said, and the facts it is for."""

    places: tuple[str, ...]
    group: tuple[tuple[str, Band | str], ...]
    sentence: str
    regimen: Regimen | None
    uses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Read:
    """What was read: statuses by place with the day, uses by kind and fact with text and places, doses by fact, what is left out."""

    statuses: dict[str, tuple[str, str]]
    uses: dict[str, dict[str, tuple[str, tuple[str, ...]]]]
    doses: dict[str, Given]
    supply: list[tuple[str, str]]
    left_out: tuple[str, ...]
    references: tuple[str, ...]
    addresses: tuple[str, ...]
    allowed: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read(text: str) -> Read:
    """The document in the text."""
    bundle = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    resources = [each["resource"] for each in bundle["entry"]]
    (product,) = of_kind(resources, "MedicinalProductDefinition")
    authorizations = list(of_kind(resources, "RegulatedAuthorization"))
    uses: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {}
    for each in of_kind(resources, "ClinicalUseDefinition"):
        uses.setdefault(each["type"], {})[own(each, "fact")] = use(each)
    ids = {f"urn:uuid:{each['id']}": own(each, "fact") for each in of_kind(resources, "ClinicalUseDefinition")}
    return Read(
        {code(each["region"][0]): (each["status"]["coding"][0]["code"], each.get("statusDate", "")) for each in authorizations},
        uses,
        dict(dose for each in of_kind(resources, "MedicationKnowledge") for dose in doses(each, ids)),
        [(code(each["country"]), each["status"]["text"]) for each in product.get("marketingStatus", [])],
        tuple(left_out(resources[0])),
        tuple(found(bundle, "reference")),
        tuple(each["fullUrl"] for each in bundle["entry"]),
        {
            code(each["region"][0]): tuple(ids[one["reference"]["reference"]] for one in each.get("indication", []))
            for each in authorizations
        },
    )


def of_kind(resources: list[Json], kind: str) -> Iterator[Json]:
    """The resources of a kind."""
    yield from (each for each in resources if each["resourceType"] == kind)


def own(element: Json, kind: str) -> str:
    """The text of an extension of the project's own."""
    return next((str(each["valueString"]) for each in element["extension"] if each["url"] == f"urn:sourced-monographs:{kind}"), "")


def code(concept: Json) -> str:
    """A place of the vocabulary by its ISO code."""
    found = str(concept["coding"][0]["code"])
    return PLACES.get(found, found)


def found(tree: object, key: str) -> Iterator[str]:
    """Every text under a key, however deep."""
    if isinstance(tree, dict):
        yield from (str(value) for name, value in tree.items() if name == key and isinstance(value, str))
    for each in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from found(each, key)


def use(resource: Json) -> tuple[str, tuple[str, ...]]:
    """The words of a use, its title first, without its places, and the places."""
    places = tuple(code(each["valueCodeableConcept"]) for each in resource["extension"] if each["url"].endswith(":place"))
    element = resource["undesirableEffect" if resource["type"] == "undesirable-effect" else resource["type"]]
    said: dict[str, Callable[[], str]] = {
        "indication": lambda: element["diseaseSymptomProcedure"]["concept"]["text"],
        "contraindication": lambda: element["diseaseSymptomProcedure"]["concept"]["text"],
        "interaction": lambda: element["effect"]["concept"]["text"],
        "undesirable-effect": lambda: effect(element),
        "warning": lambda: element["description"],
    }
    return said[resource["type"]]().rpartition(" [")[0], places


def effect(element: Json) -> str:
    """An effect with how often it occurs, if that has an element of its own."""
    often = f": {element['frequencyOfOccurrence']['text']}" if "frequencyOfOccurrence" in element else ""
    return f"{element['symptomConditionEffect']['concept']['text']}{often}"


def left_out(composition: Json) -> list[str]:
    """The lines of the section of what is left out."""
    last = composition["section"][0]["section"][-1]
    ours = last["code"]["coding"][0]["code"] == "left-out"
    return last["text"]["div"].removesuffix("</li></ul></div>").split("<ul><li>")[1].split("</li><li>") if ours else []


def doses(resource: Json, ids: Json) -> Iterator[tuple[str, Given]]:
    """The regimens of a MedicationKnowledge, each by its fact; `ids` are the facts of addresses."""
    places = tuple(code(each) for each in resource["intendedJurisdiction"])
    for guideline in resource["indicationGuideline"]:
        (dosing,) = guideline["dosingGuideline"]
        (dosage,) = dosing["dosage"]
        group = tuple((each["type"]["text"], band(each)) for each in dosing.get("patientCharacteristic", []))
        structured = not own(guideline, "sentence-only")
        (sentence,) = {each["text"] for each in dosage["dosage"]}
        uses = tuple(ids[each["reference"]["reference"]] for each in guideline.get("indication", []))
        yield own(guideline, "fact"), Given(places, group, sentence, regimen(dosage["dosage"]) if structured else None, uses)


def band(characteristic: Json) -> Band | str:
    """The band of a measure, or the words for it."""
    if "valueCodeableConcept" in characteristic:
        return str(characteristic["valueCodeableConcept"]["text"])
    if "valueRange" in characteristic:
        low, high = characteristic["valueRange"]["low"], characteristic["valueRange"]["high"]
        return Band(low["value"], high["value"], True, True, high["unit"])
    one = characteristic["valueQuantity"]
    low, high = (one["value"] if one.get("comparator", "") in signs else None for signs in (("", ">", ">="), ("", "<", "<=")))
    return Band(low, high, one.get("comparator", "") in ("", ">="), one.get("comparator", "") in ("", "<="), one["unit"])


def regimen(dosages: list[Json]) -> Regimen:
    """The regimen that dosages say together, for everybody."""
    ordered = sorted(dosages, key=lambda each: each.get("sequence", 0))
    routes = {each.get("route", {}).get("text", "") for each in ordered}
    caps = {json.dumps(each.get("maxDosePerAdministration"), default=str) for each in ordered}
    steps = tuple(course(each, own_route=len(routes) > 1, own_most=len(caps) > 1) for each in ordered)
    return Regimen(route=routes.pop() if len(routes) == 1 else "", steps=steps, maximum=maximum(ordered[0], in_a_dose=len(caps) == 1))


def maximum(dosage: Json, *, in_a_dose: bool) -> tuple[Limit, ...]:
    """The limits of a dosage."""
    made = (
        [Limit(amount(dosage["maxDosePerAdministration"]), "dose")]
        if in_a_dose and "doseAndRate" in dosage and "maxDosePerAdministration" in dosage
        else []
    )
    for each in dosage.get("maxDosePerPeriod", []):
        over = each["denominator"]
        made.append(Limit(amount(each["numerator"]), f"{over['value']} hours" if over["value"] != 1 else over["unit"]))
    if "maxDosePerLifetime" in dosage:
        made.append(Limit(amount(dosage["maxDosePerLifetime"]), "lifetime"))
    return tuple(sorted(made, key=lambda limit: list(PERIODS).index(limit.period)))


def amount(quantity: Json, bound: str = "") -> Amount:
    """An amount."""
    return Amount(quantity["value"], quantity["unit"], 0, bound)


def dose(element: Json, kind: str) -> Dose | None:
    """An amount or a range of a dose or a rate, if there is one."""
    if f"{kind}Range" in element:
        low, high = element[f"{kind}Range"]["low"], element[f"{kind}Range"]["high"]
        return Range(low["value"], high["value"], high["unit"])
    return amount(element[f"{kind}Quantity"]) if f"{kind}Quantity" in element else None


def span(repeat: Json, kind: str) -> Amount | Range | None:
    """A time with the highest time that it may be."""
    if kind not in repeat:
        return None
    unit = TIMES[repeat[f"{kind}Unit"]]
    return Range(repeat[kind], repeat[f"{kind}Max"], unit) if f"{kind}Max" in repeat else Amount(repeat[kind], unit)


def bounds(repeat: Json) -> Amount | Range | None:
    """For how long a step goes on."""
    if "boundsRange" in repeat:
        low, high = repeat["boundsRange"]["low"], repeat["boundsRange"]["high"]
        return Range(low["value"], high["value"], high["unit"])
    return amount(repeat["boundsDuration"]) if "boundsDuration" in repeat else None


def course(dosage: Json, *, own_route: bool, own_most: bool) -> Course:
    """A step as a dosage says it."""
    repeat = dosage.get("timing", {}).get("repeat", {})
    (given,) = dosage.get("doseAndRate", [{}])
    cap = dosage.get("maxDosePerAdministration")
    step = Course(
        route=dosage["route"]["text"] if own_route and "route" in dosage else "",
        amount=dose(given, "dose"),
        rate=dose(given, "rate"),
        once=repeat.get("count") == 1 and "frequency" not in repeat,
        every=span(repeat, "period"),
        times=" to ".join(str(repeat[key]) for key in ("frequency", "frequencyMax") if key in repeat),
        at=tuple(MOMENTS[each] for each in repeat.get("when", [])),
        as_needed="".join(each["text"] for each in dosage.get("asNeededFor", [])),
        duration=bounds(repeat),
        doses=int(repeat["count"]) if "count" in repeat and "frequency" in repeat else None,
        over=span(repeat, "duration"),
    )
    if not given and cap:
        return replace(step, amount=amount(cap, "up to"))
    if step.amount is None and step.rate:
        step = replace(step, amount=step.rate, rate=None)
    return replace(step, most=amount(cap)) if own_most and cap else step
