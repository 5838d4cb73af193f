"""What the medicine is for, what speaks against it, and its doses: ClinicalUseDefinition and MedicationKnowledge."""

from collections.abc import Callable, Iterator
from typing import Final

from macros.export import fhir_parts as parts
from macros.export.fhir_dosage import characteristics, dosages
from macros.export.fhir_held import Held, Medicine
from macros.export.fhir_parts import Json, concept, extension, place, reference, resource
from macros.formulary.model import Fact
from macros.formulary.regimens import Regimen

Address = Callable[[Fact], str]


def _of_a_disease(text: Json, title: Json) -> Json:
    return {"diseaseSymptomProcedure": {"concept": text}}


def _of_another(text: Json, title: Json) -> Json:
    return {"interactant": [{"itemCodeableConcept": title}], "effect": {"concept": text}}


def _of_an_effect(text: Json, title: Json) -> Json:
    return {"symptomConditionEffect": {"concept": title}, "frequencyOfOccurrence": text}


def _of_a_warning(text: Json, title: Json) -> Json:
    return {"code": title, "description": text["text"]}


# By topic: the type of the ClinicalUseDefinition, its element, and what stands in that.
USES: Final[dict[str, tuple[str, str, Callable[[Json, Json], Json]]]] = {
    "indication": ("indication", "indication", _of_a_disease),
    "contraindication": ("contraindication", "contraindication", _of_a_disease),
    "interaction": ("interaction", "interaction", _of_another),
    "adverse-reaction": ("undesirable-effect", "undesirableEffect", _of_an_effect),
    "boxed-warning": ("warning", "warning", _of_a_warning),
    "warning": ("warning", "warning", _of_a_warning),
}


def named(fact: Fact, address: Address) -> list[Json]:
    """By which fact of which page an element is made."""
    return [extension("fact", valueString=fact.id), extension("address", valueUri=address(fact))]


def uses(told: Medicine, address: Address) -> Iterator[Json]:
    """A ClinicalUseDefinition for each fact on a use, a contraindication, an interaction, an effect or a warning.

    FHIR has no element for its places, so that they stand in its words, too.
    """
    for each in told.stated:
        if each.fact.topic in USES:
            kind, element, filled = USES[each.fact.topic]
            text = concept(f"{told.told(each.fact)} [{told.words(each.places)}]")
            yield resource(
                "ClinicalUseDefinition",
                each.fact.id,
                identifier=[parts.identifier(each.fact.id)],
                extension=[*named(each.fact, address), *parts.in_places(each.places, told.book.vocabulary)],
                type=kind,
                category=[concept(each.fact.title)],
                subject=[reference(told.monograph.slug, "product")],
                status=concept("active", parts.PUBLICATION, "active"),
                **{element: filled(text, concept(each.fact.title))},
            )


def doses(told: Medicine, address: Address) -> Iterator[Json]:
    """A MedicationKnowledge for each set of places for which regimens hold."""
    found: dict[tuple[str, ...], list[Held]] = {}
    for each in told.stated:
        if told.doses_it(each.fact):
            found.setdefault(each.places, []).append(each)
    for places, held in found.items():
        yield resource(
            "MedicationKnowledge",
            told.monograph.slug,
            "doses",
            *places,
            identifier=[parts.identifier(told.monograph.slug, "doses", *places)],
            code=concept(told.monograph.medicine.inn),
            status="active",
            author=reference("organization"),
            intendedJurisdiction=[place(each, told.book.vocabulary) for each in places],
            name=[told.monograph.medicine.inn],
            indicationGuideline=[_guideline(told, each.fact, address) for each in held],
        )


def _guideline(told: Medicine, fact: Fact, address: Address) -> Json:
    """One regimen: what for, for whom, and how much."""
    vocabulary, regimen = told.book.vocabulary, fact.value
    assert isinstance(regimen, Regimen)
    under = [told.monograph.facts[f"{told.monograph.slug}/{name}"] for name in fact.under]
    indications = [{"reference": reference(each.id)} for each in under if each.id in told.stated_ids and each.topic in USES]
    group = characteristics(regimen.group, vocabulary)
    apart = "a condition in words" if fact.condition else "a weak source" if told.weak(fact) else ""
    made = dosages(regimen, told.told(fact), vocabulary, apart)
    why = [extension("sentence-only", valueString=made.why)] if made.why else []
    dosage = {"type": concept(vocabulary.lists.topics[fact.topic].word), "dosage": list(made.made)}
    guideline = {"dosage": [dosage], **({"patientCharacteristic": group} if group else {})}
    return {
        "extension": [*named(fact, address), *why],
        "indication": indications or [{"concept": concept(fact.title)}],
        "dosingGuideline": [guideline],
    }
