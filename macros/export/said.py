"""Values of the formulary in the shapes of the interface, without loss: each part of a value has its field, and the whole its text."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, cast

from macros.export import amounts, values as api
from macros.formulary import values
from macros.formulary.bands import Band, Group
from macros.formulary.doses import Combination, Combinations, Dose, Limit
from macros.formulary.steps import Course
from macros.formulary.values import Amount, Range
from macros.formulary.vocabulary import Vocabulary, Word
from macros.formulary.words import plainly


def value(of: values.Value, known: Vocabulary) -> api.Value:
    """The value, whatever its kind. A gap is none: whoever asks for the value of one gets an AssertionError."""
    match of:
        case values.Statement():  # most are; a class of an abstract kind is slow to ask for
            return {"kind": "statement", "names": [*of.references]}
        case Amount():
            return {"kind": "amount", "amount": _amount(of, known)}
        case Range():
            return {"kind": "range", "range": _range(of, known)}
        case values.Proportion():
            return cast(api.OfProportion, {"kind": "proportion", "part": of.part, "whole": of.whole, **given(unit=of.unit)})
        case values.Count():
            return {"kind": "count", "number": of.number, "unit": of.unit}
        case values.Day():
            return {"kind": "date", "date": of.text}
        case values.Planned():
            return {"kind": "planned", "planned": of.text}
        case values.Code():
            return {"kind": "code", "code": of.text}
        case values.Schedule():
            return {"kind": "schedule", "steps": [_schedule_step(each, known) for each in of.steps]}
        case values.Regimen():
            return _regimen(of, known)
        case values.Strength():
            return {"kind": "strength", "amounts": _amounts(of.amounts, known), "each": _amount(of.each, known)}
        case values.Terms():
            return {"kind": "terms", "terms": [*of.terms]}
    raise AssertionError(f"{type(of).__name__} is no value")


def given(**fields: object) -> Any:
    """The fields that say something; what does not apply is left out."""
    return {name: field for name, field in fields.items() if field or not (field is None or field == "" or field == [])}


def _digits(number: Decimal) -> str:
    return f"{number:f}"


def _amount(of: Amount, known: Vocabulary) -> amounts.Amount:
    text, code = plainly(of.written(known)), known.ucum(of.unit)
    bound: dict[str, str] = {"bound": of.bound} if of.bound else {}
    said = {"text": text, **bound, "number": _digits(of.exact), "unit": of.unit, **({"ucum": code} if code else {})}
    return cast(amounts.Amount, said)


def _amounts(of: Iterable[Amount], known: Vocabulary) -> list[amounts.Amount]:
    return [_amount(each, known) for each in of]


def _range(of: Range, known: Vocabulary) -> amounts.Range:
    text, code = plainly(of.written(known)), known.ucum(of.unit)
    return cast(amounts.Range, given(text=text, low=_digits(of.low), high=_digits(of.high), unit=of.unit, ucum=code))


def _time(of: Amount | Range | None, known: Vocabulary) -> amounts.Amount | amounts.Range | None:
    if of is None:
        return None
    return _range(of, known) if isinstance(of, Range) else _amount(of, known)


def _dose(of: Dose | None, known: Vocabulary) -> amounts.Dose | None:
    if of is None:
        return None
    low: tuple[Amount, ...]
    high: tuple[Amount, ...] = ()
    match of:
        case Combinations():
            low, high = of.low.amounts, of.high.amounts
        case Combination():
            low = of.amounts
        case Range():
            low, high = (Amount(of.low, of.unit),), (Amount(of.high, of.unit),)
        case _:
            low = (of,)
    return cast(amounts.Dose, given(text=plainly(of.written(known)), low=_amounts(low, known), high=_amounts(high, known)))


def _limit(of: Limit, known: Vocabulary) -> amounts.Limit:
    amounts = of.amount.amounts if isinstance(of.amount, Combination) else (of.amount,)
    return {"text": plainly(of.written(known)), "amounts": _amounts(amounts, known), "period": of.period}


def _band(measure: str, of: Band, known: Vocabulary) -> amounts.Band:
    ends: dict[str, object] = {}
    for end, number, inside, unit in (("low", of.low, of.low_in, of.low_unit or of.unit), ("high", of.high, of.high_in, of.unit)):
        ends[f"{end}_included"] = number is not None and inside
        if number is not None:
            ends |= {end: _digits(number), f"{end}_unit": unit, f"{end}_ucum": known.ucum(unit)}
    return cast(amounts.Band, given(measure=measure, text=plainly(of.written(known)), **ends))


def _bands(of: Iterable[tuple[str, Band]], known: Vocabulary) -> list[amounts.Band]:
    return [_band(measure, band, known) for measure, band in of]


def _group(of: Group, known: Vocabulary) -> amounts.Group:
    said: amounts.Group = {"text": plainly("; ".join(of.parts(known))), "measures": _bands(of.measures, known), "also": [*of.also]}
    if of.criteria or of.either:
        said["criteria"] = {"least": of.least, "of": [_bands(each, known) for each in of.criteria], "also": [*of.either]}
    return said


def _word(entries: Mapping[str, Word], name: str) -> str:
    return entries[name].word if name else ""


def _step(of: Course, known: Vocabulary) -> amounts.Step:
    lists = known.lists
    said = given(
        text=plainly(of.said(known)),
        route=_word(lists.routes, of.route),
        dose=_dose(of.amount, known),
        weight=_word(lists.weights, of.weight),
        most=_dose(of.most, known),
        share=_amount(of.share, known) if of.share else None,
        of=of.of_dose,
        raise_by=_dose(of.raise_by, known),
        lower_by=_dose(of.lower_by, known),
        to=_dose(of.to, known),
        target=_bands(of.target, known),
        adjusted_to=of.adjusted_to,
        divided=of.divided,
        once=of.once,
        every=_time(of.every, known),
        times=of.times,
        days=[*of.days],
        at=[_word(lists.moments, each) for each in of.at],
        as_needed=of.as_needed,
        duration=_time(of.duration, known),
        doses=of.doses,
        until=of.until,
        over=_time(of.over, known),
        rate=_dose(of.rate, known),
        volume=_dose(of.volume, known),
        fluid=_word(lists.fluids, of.fluid),
        instead=[_step(each, known) for each in of.instead],
    )
    return cast(amounts.Step, said)


def _regimen(of: values.Regimen, known: Vocabulary) -> api.OfRegimen:
    whole: api.OfRegimen = {
        "kind": "regimen",
        "group": _group(of.group, known),
        "steps": [_step(each, known) for each in of.steps],
        "maximum": [_limit(each, known) for each in of.maximum],
    }
    return cast(
        api.OfRegimen,
        whole
        | given(
            medicine=of.medicine,
            route=_word(known.lists.routes, of.route),
            withheld=_word(known.lists.withheld, of.withheld),
            rounding=plainly(of.rounding.written(known)) if of.rounding else None,
            duration=_time(of.duration, known),
        ),
    )


def _schedule_step(of: values.Step, known: Vocabulary) -> api.ScheduleStep:
    said = given(
        text=plainly(of.written(known)),
        every=_time(of.every, known),
        times=of.times,
        until=_amount(of.until, known) if of.until else None,
        after=of.after,
        duration=_time(of.duration, known),
        then=of.then,
    )
    return cast(api.ScheduleStep, said)
