"""A regimen as FHIR's Dosage, if every part of it maps exactly; else the reason why it stays a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from macros.export.fhir_parts import Json, concept, quantity, whole
from macros.formulary.bands import Band, Group
from macros.formulary.courses import highest, lowest
from macros.formulary.doses import FLOWING, Dose, Limit
from macros.formulary.quantities import Amount, Range
from macros.formulary.regimens import Regimen
from macros.formulary.steps import Course
from macros.formulary.vocabulary import Vocabulary

# Moments that mean what a code of FHIR's EventTiming means: a meal is no food, and no code names its start.
WHEN: Final = {"morning": "MORN", "noon": "NOON", "evening": "EVE", "bedtime": "HS"}
_TIMES: Final = ("min", "h", "d", "wk", "mo", "a")
_PERIODS: Final = {
    "hour": (1, "hour"), "day": (1, "day"), "24 hours": (24, "hour"), "week": (1, "week"), "month": (1, "month"), "year": (1, "year"),
}  # fmt: skip
# What no element of Dosage says, by the field of a step.
_UNSAID: Final = {
    "weight": "the weight that it is reckoned by", "share": "a share of a dose", "raise_by": "a dose that rises",
    "lower_by": "a dose that falls", "to": "the end of a change", "target": "a dose by its target", "adjusted_to": "a dose to be adjusted",
    "divided": "the amount of a day that is divided", "days": "days of a cycle", "until": "an end in words", "volume": "a volume",
    "fluid": "what it is diluted in", "instead": "other doses instead",
}  # fmt: skip


class Inexact(Exception):
    """Says which part of a regimen FHIR can't say without loss."""


@dataclass(frozen=True, slots=True)
class Dosages:
    """What became of a regimen: dosages in their order, or one that is a sentence alone, with the reason."""

    made: tuple[Json, ...]
    why: str = ""


def dosages(regimen: Regimen, sentence: str, vocabulary: Vocabulary, apart: str = "") -> Dosages:
    """The regimen as Dosage, each with the whole sentence; that alone if a part can't be said, or if `apart` says why it has to be."""
    try:
        if apart:
            raise Inexact(apart)
        return Dosages(tuple({"text": sentence, **each} for each in _structured(regimen, vocabulary)))
    except Inexact as why:
        return Dosages(({"text": sentence},), str(why))


def _structured(regimen: Regimen, vocabulary: Vocabulary) -> Iterator[Json]:
    if regimen.withheld:
        raise Inexact("no dose is given")
    if regimen.rounding:
        raise Inexact("a rule of rounding")
    if regimen.duration:
        raise Inexact("the duration of all steps")
    most = _limits(regimen.maximum, vocabulary)
    for number, step in enumerate(regimen.steps, 1):
        own = _step(step, vocabulary)
        if own.keys() & most.keys():
            raise Inexact("two limits of one dose")
        sequence = {"sequence": number} if len(regimen.steps) > 1 else {}
        route = step.route or regimen.route
        yield {**sequence, **({"route": concept(route)} if route else {}), **own, **most}


def _limits(maximum: tuple[Limit, ...], vocabulary: Vocabulary) -> Json:
    made: Json = {}
    for limit in maximum:
        amount = whole(limit.amount, vocabulary)
        if amount is None:
            raise Inexact("a maximum of a combination")
        if isinstance(limit.amount, Amount) and limit.amount.unit == "dose":
            raise Inexact("a maximum that counts doses")
        if limit.period == "dose":
            made["maxDosePerAdministration"] = amount
        elif limit.period == "lifetime":
            made["maxDosePerLifetime"] = amount
        elif limit.period in _PERIODS:
            number, unit = _PERIODS[limit.period]
            ratio = {"numerator": amount, "denominator": quantity(Decimal(number), unit, vocabulary)}
            made.setdefault("maxDosePerPeriod", []).append(ratio)
        else:
            raise Inexact(f"a maximum of a {limit.period}")
    return made


def _step(step: Course, vocabulary: Vocabulary) -> Json:
    """What a step says, without what holds for the whole regimen."""
    for field, said in _UNSAID.items():
        if getattr(step, field):
            raise Inexact(said)
    dose, limit = _dose(step.amount, vocabulary)
    if step.most and (limit or not isinstance(step.most, Amount)):
        raise Inexact("two limits of one dose")
    if isinstance(step.most, Amount):
        limit = _most(step.most, vocabulary)
    rate = _amount("rate", step.rate, vocabulary) if step.rate else {}
    if dose.keys() & rate.keys():
        raise Inexact("two rates")
    timing = _repeat(step, vocabulary)
    needed = {"asNeeded": True, "asNeededFor": [concept(step.as_needed)]} if step.as_needed else {}
    given = {"doseAndRate": [{**dose, **rate}]} if dose or rate else {}
    return {**({"timing": {"repeat": timing}} if timing else {}), **needed, **given, **limit}


def _dose(dose: Dose | None, vocabulary: Vocabulary) -> tuple[Json, Json]:
    """The amount of a dose, or the rate of what flows; and a limit, where "up to" is all that is said."""
    if isinstance(dose, Amount) and dose.bound == "up to":
        return {}, _most(Amount(dose.number, dose.unit, dose.power), vocabulary)
    if isinstance(dose, Amount | Range) and dose.unit.endswith(FLOWING):
        return _amount("rate", dose, vocabulary), {}
    if isinstance(dose, Amount | Range) and dose.unit.endswith("/day"):
        raise Inexact("the amount of a day")
    return _amount("dose", dose, vocabulary), {}


def _most(limit: Amount, vocabulary: Vocabulary) -> Json:
    """A limit of one dose."""
    amount = whole(limit, vocabulary)
    if amount is None or limit.unit.endswith(("/day", *FLOWING)):
        raise Inexact("a limit that is none of one dose")
    return {"maxDosePerAdministration": amount}


def _amount(kind: str, dose: Dose | None, vocabulary: Vocabulary) -> Json:
    if isinstance(dose, Range):
        low, high = (quantity(each, dose.unit, vocabulary) for each in (dose.low, dose.high))
        return {f"{kind}Range": {"low": low, "high": high}}
    amount = whole(dose, vocabulary) if isinstance(dose, Amount) else None
    if amount is None:
        raise Inexact(f"a bound of a {kind}" if isinstance(dose, Amount) else "the amounts of a combination")
    return {f"{kind}Quantity": amount}


def _repeat(step: Course, vocabulary: Vocabulary) -> Json:
    """How often, when and for how long a step is given."""
    if unknown := [each for each in step.at if each not in WHEN]:
        raise Inexact(f"a moment without a code: {vocabulary.lists.moments[unknown[0]].word}")
    made: Json = {}
    if step.duration:
        made |= _bounds(step.duration, vocabulary)
    if step.once or step.doses:
        made["count"] = step.doses or 1
    if step.over:
        made |= _span("duration", step.over, vocabulary)
    if step.every:
        often = step.times or "1"
        made["frequency"] = lowest(often)
        if highest(often) > lowest(often):
            made["frequencyMax"] = highest(often)
        made |= _span("period", step.every, vocabulary)
    if step.at:
        made["when"] = [WHEN[each] for each in step.at]
    return made


def _bounds(time: Amount | Range, vocabulary: Vocabulary) -> Json:
    """For how long a step goes on."""
    _code(time, vocabulary)
    if isinstance(time, Amount):
        return {"boundsDuration": quantity(time.exact, time.unit, vocabulary)}
    return {"boundsRange": {"low": quantity(time.low, time.unit, vocabulary), "high": quantity(time.high, time.unit, vocabulary)}}


def _span(kind: str, time: Amount | Range, vocabulary: Vocabulary) -> Json:
    """A time as FHIR's Timing has it: number, highest number and unit in elements of their own."""
    unit = {f"{kind}Unit": _code(time, vocabulary)}
    return {kind: time.low, f"{kind}Max": time.high, **unit} if isinstance(time, Range) else {kind: time.exact, **unit}


def _code(time: Amount | Range, vocabulary: Vocabulary) -> str:
    """The code of a time's unit, for a time that is exact."""
    code = vocabulary.ucum(time.unit)
    if code not in _TIMES or (isinstance(time, Amount) and time.bound):
        raise Inexact("a bound of a time")
    return code


def characteristics(group: Group, vocabulary: Vocabulary) -> list[Json]:
    """For whom a dose holds, all of it true of the patient: as quantities where both ends are said exactly, else in words."""
    made = [{"type": concept(vocabulary.lists.measures[name].word), **_band(band, vocabulary)} for name, band in group.measures]
    said = [*([group.any_of(vocabulary)] if group.criteria or group.either else []), *group.also]
    return [*made, *({"type": concept("for whom"), "valueCodeableConcept": concept(each)} for each in said)]


def _band(band: Band, vocabulary: Vocabulary) -> Json:
    """A band: both ends of FHIR's Range belong to it and an end that is missing is unknown, so it holds no other kind of band."""
    if band.low is not None and band.high is not None:
        if not (band.low_in and band.high_in) or band.low_unit:
            return {"valueCodeableConcept": concept(band.written(vocabulary))}
        if band.low == band.high:
            return {"valueQuantity": quantity(band.low, band.unit, vocabulary)}
        return {"valueRange": {"low": quantity(band.low, band.unit, vocabulary), "high": quantity(band.high, band.unit, vocabulary)}}
    if band.low is not None:
        return {"valueQuantity": quantity(band.low, band.unit, vocabulary, ">=" if band.low_in else ">")}
    if band.high is not None:
        return {"valueQuantity": quantity(band.high, band.unit, vocabulary, "<=" if band.high_in else "<")}
    raise ValueError("a band has an end")
