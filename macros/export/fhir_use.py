"""What the medicine is for, what speaks against it, and its doses: ClinicalUseDefinition and MedicationKnowledge."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from macros.export import fhir_parts as parts
from macros.export.authorizing import is_measured
from macros.export.fhir_dosage import characteristics, dosages
from macros.export.fhir_parts import Json, concept, extension, place, reference, resource
from macros.export.held import Held, Medicine
from macros.formulary.bands import Group
from macros.formulary.model import Fact
from macros.formulary.regimens import Regimen
from macros.formulary.values import Amount, Proportion, Range, Statement, Terms

Address = Callable[[Fact], str]


def _of_a_disease(told: Medicine, each: Held) -> Json:
    return {"diseaseSymptomProcedure": {"concept": concept(told.line(each))}}


def _of_another(told: Medicine, each: Held) -> Json:
    return {"interactant": [{"itemCodeableConcept": concept(each.fact.title)}], "effect": {"concept": concept(told.line(each))}}


def _of_an_effect(told: Medicine, each: Held) -> Json:
    """An effect with how often it occurs, if that is what the fact says; else what it says of effects, whole."""
    if not _often(told, each.fact):
        return {"symptomConditionEffect": {"concept": concept(told.line(each))}}
    often = concept(f"{told.told(each.fact)} [{told.words(each.places)}]")
    return {"symptomConditionEffect": {"concept": concept(each.fact.title)}, "frequencyOfOccurrence": often}


def _of_a_warning(told: Medicine, each: Held) -> Json:
    return {"code": concept(each.fact.title), "description": told.line(each)}


# By topic: the type of the ClinicalUseDefinition, its element, and what stands in that.
USES: Final[dict[str, tuple[str, str, Callable[[Medicine, Held], Json]]]] = {
    "indication": ("indication", "indication", _of_a_disease),
    "contraindication": ("contraindication", "contraindication", _of_a_disease),
    "interaction": ("interaction", "interaction", _of_another),
    "adverse-reaction": ("undesirable-effect", "undesirableEffect", _of_an_effect),
    "boxed-warning": ("warning", "warning", _of_a_warning),
    "warning": ("warning", "warning", _of_a_warning),
}


def whence(fact: Fact, address: Address) -> list[Json]:
    """By which fact of which page an element is made."""
    return [extension("fact", valueString=fact.id), extension("address", valueUri=address(fact))]


def items(told: Medicine) -> list[Held]:
    """The facts that are a use, a contraindication, an interaction, an effect or a warning by themselves.

    A figure that a sentence names is none: "above 2%" is no indication, "2 months" no frequency.
    Nor is a fact with the title of its topic, which speaks of them all: that a label names none. Nor is what was measured of other
    medicines in some group of people an interaction, since it may have found none. All of these stand in the words alone.
    """
    return [each for each in told.stated if each.fact.topic in USES and _is_item(told, each.fact)]


def _is_item(told: Medicine, fact: Fact) -> bool:
    value = fact.value
    if told.speaks_of_all(fact) or (fact.topic == "interaction" and is_measured(fact)):
        return False
    if isinstance(value, Regimen):
        return value.group != Group() and not value.medicine
    return isinstance(value, Statement | Terms) or (fact.id not in told.parts and _often(told, fact))


def _often(told: Medicine, fact: Fact) -> bool:
    """Whether the fact is one on effects that says by its kind of value how often one occurs."""
    value = fact.value
    share = isinstance(value, Amount | Range) and told.book.vocabulary.kind_of_unit(value.unit) == "share"
    return fact.topic == "adverse-reaction" and (share or isinstance(value, Proportion))


def uses(told: Medicine, own: Iterable[Held], address: Address) -> Iterator[Json]:
    """A ClinicalUseDefinition for each of the facts that `items` gave.

    FHIR has no element for its places, so that they stand in its words, too.
    """
    for each in own:
        kind, element, filled = USES[each.fact.topic]
        yield resource(
            "ClinicalUseDefinition",
            each.fact.id,
            identifier=[parts.identifier(each.fact.id)],
            extension=[*whence(each.fact, address), *parts.in_places(each.places, told.book.vocabulary)],
            type=kind,
            category=[concept(each.fact.title)],
            subject=[reference(told.monograph.slug, "product")],
            status=concept("active", parts.PUBLICATION, "active"),
            **{element: filled(told, each)},
        )


def doses(told: Medicine, own: Iterable[Held], address: Address) -> Iterator[Json]:
    """A MedicationKnowledge for each set of places for which regimens hold; `own` are the facts with a resource of their own."""
    indications = {each.fact.id: each.places for each in own if each.fact.topic == "indication"}
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
            indicationGuideline=[_guideline(told, each, indications, address) for each in held],
        )


def _guideline(told: Medicine, held: Held, indications: Mapping[str, tuple[str, ...]], address: Address) -> Json:
    """One regimen: what for, for whom, and how much. What no indication names is told by the title, in the sentence alone."""
    vocabulary, fact, regimen = told.book.vocabulary, held.fact, held.fact.value
    assert isinstance(regimen, Regimen)
    named = (f"{told.monograph.slug}/{name}" for name in fact.under)
    under = [name for name in named if not set(held.places).isdisjoint(indications.get(name, ()))]
    group = characteristics(regimen.group, vocabulary)
    bars = {"a condition in words": fact.condition, "a weak source": told.weak(fact), "what it is for, in words": not under}
    made = dosages(regimen, told.line(held), vocabulary, next((why for why, holds in bars.items() if holds), ""))
    why = [extension("sentence-only", valueString=made.why)] if made.why else []
    dosage = {"type": concept(vocabulary.lists.topics[fact.topic].word), "dosage": list(made.made)}
    guideline = {"dosage": [dosage], **({"patientCharacteristic": group} if group else {})}
    return {
        "extension": [*whence(fact, address), *why],
        **({"indication": [{"reference": reference(name)} for name in under]} if under else {}),
        "dosingGuideline": [guideline],
    }
