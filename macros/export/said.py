"""Values of the formulary in the shapes of the interface, without loss: each part of a value has its field, and the whole its text."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final, cast

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
    bound: dict[str, str] = {"bound": of.bound} if of.bound else {}
    said: dict[str, str] = {"text": plainly(of.written(known)), **bound, "number": _digits(of.exact), "unit": of.unit}
    if code := known.ucum(of.unit):
        said["ucum"] = code
    return cast(amounts.Amount, said)


def _amounts(of: Iterable[Amount], known: Vocabulary) -> list[amounts.Amount]:
    return [_amount(each, known) for each in of]


def _range(of: Range, known: Vocabulary) -> amounts.Range:
    text, code = plainly(of.written(known)), known.ucum(of.unit)
    return cast(amounts.Range, given(text=text, low=_digits(of.low), high=_digits(of.high), unit=of.unit, ucum=code))


def _time(of: Amount | Range, known: Vocabulary) -> amounts.Amount | amounts.Range:
    return _range(of, known) if isinstance(of, Range) else _amount(of, known)


def _dose(of: Dose, known: Vocabulary) -> amounts.Dose:
    low: tuple[Amount, ...]
    high: tuple[Amount, ...] = ()
    match of:
        case Amount():
            said = _amount(of, known)
            return {"text": said["text"], "low": [said]}
        case Combinations():
            low, high = of.low.amounts, of.high.amounts
        case Combination():
            low = of.amounts
        case _:
            low, high = (Amount(of.low, of.unit),), (Amount(of.high, of.unit),)
    return cast(amounts.Dose, given(text=plainly(of.written(known)), low=_amounts(low, known), high=_amounts(high, known)))


def _limit(of: Limit, known: Vocabulary) -> amounts.Limit:
    amounts = of.amount.amounts if isinstance(of.amount, Combination) else (of.amount,)
    return {"text": plainly(of.written(known)), "amounts": _amounts(amounts, known), "period": of.period}


def _band(measure: str, of: Band, known: Vocabulary) -> amounts.Band:
    said: dict[str, object] = {"measure": measure, "text": plainly(of.written(known))}
    for end, number, inside, unit in (("low", of.low, of.low_in, of.low_unit or of.unit), ("high", of.high, of.high_in, of.unit)):
        said[f"{end}_included"] = number is not None and inside
        if number is not None:
            said |= {end: _digits(number), f"{end}_unit": unit}
            if code := known.ucum(unit):
                said[f"{end}_ucum"] = code
    return cast(amounts.Band, said)


def _bands(of: Iterable[tuple[str, Band]], known: Vocabulary) -> list[amounts.Band]:
    return [_band(measure, band, known) for measure, band in of]


def _group(of: Group, known: Vocabulary) -> amounts.Group:
    said: amounts.Group = {"text": plainly("; ".join(of.parts(known))), "measures": _bands(of.measures, known), "also": [*of.also]}
    if of.criteria or of.either:
        said["criteria"] = {"least": of.least, "of": [_bands(each, known) for each in of.criteria], "also": [*of.either]}
    return said


def _as_it_is(of: object, known: Vocabulary) -> object:
    return of


def _word(group: str) -> Callable[[str, Vocabulary], str]:
    return lambda name, known: cast(Word, known.names(group)[name]).word


# What a step says beside its text, in the order of its shape: the name of the field there, that of the step's own, and what it becomes.
_STEP: Final[tuple[tuple[str, str, Callable[[Any, Vocabulary], object]], ...]] = (
    ("route", "route", _word("routes")),
    ("dose", "amount", _dose),
    ("weight", "weight", _word("weights")),
    ("most", "most", _dose),
    ("share", "share", _amount),
    ("of", "of_dose", _as_it_is),
    ("raise_by", "raise_by", _dose),
    ("lower_by", "lower_by", _dose),
    ("to", "to", _dose),
    ("target", "target", _bands),
    ("adjusted_to", "adjusted_to", _as_it_is),
    ("divided", "divided", _as_it_is),
    ("once", "once", _as_it_is),
    ("every", "every", _time),
    ("times", "times", _as_it_is),
    ("days", "days", lambda of, known: [*of]),
    ("at", "at", lambda of, known: [known.lists.moments[each].word for each in of]),
    ("as_needed", "as_needed", _as_it_is),
    ("duration", "duration", _time),
    ("doses", "doses", _as_it_is),
    ("until", "until", _as_it_is),
    ("over", "over", _time),
    ("rate", "rate", _dose),
    ("volume", "volume", _dose),
    ("fluid", "fluid", _word("fluids")),
    ("instead", "instead", lambda of, known: [_step(each, known) for each in of]),
)


def _step(of: Course, known: Vocabulary) -> amounts.Step:
    said: dict[str, object] = {"text": plainly(of.said(known))}
    for key, name, shape in _STEP:
        if (found := getattr(of, name)) or found is False:  # that it is not once is said, too
            said[key] = shape(found, known)
    return cast(amounts.Step, said)


def _regimen(of: values.Regimen, known: Vocabulary) -> api.OfRegimen:
    lists = known.lists
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
            route=of.route and lists.routes[of.route].word,
            withheld=of.withheld and lists.withheld[of.withheld].word,
            rounding=of.rounding and plainly(of.rounding.written(known)),
            duration=of.duration and _time(of.duration, known),
        ),
    )


def _schedule_step(of: values.Step, known: Vocabulary) -> api.ScheduleStep:
    said = given(
        text=plainly(of.written(known)),
        every=of.every and _time(of.every, known),
        times=of.times,
        until=of.until and _amount(of.until, known),
        after=of.after,
        duration=of.duration and _time(of.duration, known),
        then=of.then,
    )
    return cast(api.ScheduleStep, said)
