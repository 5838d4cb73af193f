"""Values as words: `written` for the eye, `spoken` for a screen reader. Pure text, no markup."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from macros.formulary import values
from macros.formulary.values import Amount, Value
from macros.formulary.vocabulary import Unit, Vocabulary

# How each kind of gap begins: what nobody read, what the source does not say, what no search found.
NOT_READ, SILENT, NOT_FOUND = "Not read by us yet", "Silent", "Not found"
NO_BREAK = "\u00a0"
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SPOKEN_BOUND = {"≥": "at least", "≤": "at most", ">": "more than", "<": "less than"}


def written(value: Value, vocabulary: Vocabulary) -> str:
    """The value as it is printed; a statement keeps its references in braces."""
    match value:
        case Amount():
            bound = value.bound + (NO_BREAK if value.bound in _SPOKEN_BOUND else " ") if value.bound else ""
            power = f" × 10{str(value.power).translate(_SUPERSCRIPT)}".replace(" ", NO_BREAK) if value.power else ""
            return bound + number(value.number) + power + _after(value.exact, vocabulary.units[value.unit], value.unit)
        case values.Range():
            unit = _after(value.high, vocabulary.units[value.unit], value.unit)
            return span(value.low, value.high) + unit
        case values.Proportion():
            unit = _after(Decimal(value.whole), vocabulary.units[value.unit], value.unit) if value.unit else ""
            return f"{value.part} of {value.whole}{unit}"
        case values.Count():
            return f"{value.number}" + _after(Decimal(value.number), vocabulary.units[value.unit], value.unit)
        case values.Day():
            return day(value)
        case values.Code() | values.Statement():
            return value.text
        case values.Schedule():
            return ", then ".join(_step(step, vocabulary) for step in value.steps)
        case values.Terms():
            return listed(value.terms)
        case values.Gap():
            kind, rest = gap(value)
            named = (each if isinstance(each, str) else ", ".join(filter(None, (each.source, each.part))) for each in rest)
            return f"{kind}: {''.join(named)}"


def gap(found: values.Gap) -> tuple[str, list[str | values.Passage]]:
    """The kind of gap in words, and what follows it: texts, and the passages that a reader should be led to."""
    match found:
        case values.NotRead():
            kind, rest = NOT_READ, _between(found.passages)
        case values.Silent():
            said = "read whole, says nothing on it" if len(found.passages) == 1 else "each read whole, say nothing on it"
            kind, rest = SILENT, [*_between(found.passages), f", {said}"]
        case values.NotFound():
            quoted = ", ".join(f"“{each}”" for each in found.words)
            kind, rest = NOT_FOUND, [f"searched on {full_date(found.on)} in {found.where}, by the words {quoted}"]
        case _:
            raise TypeError(f"{type(found).__name__} is no kind of gap")
    return kind + (f" ({found.only})" if found.only else ""), rest


def _between(passages: Iterable[values.Passage]) -> list[str | values.Passage]:
    """The passages with a semicolon between them."""
    return [part for passage in passages for part in ("; ", passage)][1:]


def spoken(value: Value, vocabulary: Vocabulary) -> str:
    """The value as it should be read aloud, or nothing where the written form speaks for itself."""
    if isinstance(value, values.Range):
        unit = vocabulary.units[value.unit]
        name = "percent" if value.unit == "%" else unit.spoken[1] if unit.spoken else unit.plural or value.unit
        return f"{_aloud(value.low)} to {_aloud(value.high)} {name}".rstrip()
    if not isinstance(value, Amount):
        return ""
    unit = vocabulary.units[value.unit]
    if not unit.spoken and not value.power and value.bound not in _SPOKEN_BOUND and value.number >= 0:
        return ""
    bound = _SPOKEN_BOUND.get(value.bound, value.bound)
    power = f"times 10 to the {value.power}" if value.power else ""
    forms = unit.spoken or (value.unit, unit.plural or value.unit)
    name = "percent" if value.unit == "%" else forms[str(abs(value.exact)) != "1"]
    return " ".join(filter(None, (bound, _aloud(value.number), power, name)))


def number(amount: Decimal) -> str:
    """The number with the precision that it was reported with and a true minus sign."""
    return f"{amount:f}".replace("-", "−")


def span(low: Decimal, high: Decimal) -> str:
    """Low and high with an en dash, or with 'to' where a minus sign would meet it."""
    return f"{number(low)} to {number(high)}" if low < 0 else f"{number(low)}–{number(high)}"


def interval(found: values.Interval) -> str:
    """The confidence interval as it is printed."""
    return f"{found.level}% CI{NO_BREAK}{span(found.low, found.high)}"


def full_date(when: date) -> str:
    """The day in words, the same in every locale."""
    return f"{when.day}{NO_BREAK}{_MONTHS[when.month - 1]} {when.year}"


def day(value: values.Day) -> str:
    """The date in words, as far as it is known."""
    if len(value.text) == 4:
        return value.text
    if len(value.text) == 7:
        return f"{_MONTHS[int(value.text[5:]) - 1]} {value.text[:4]}"
    return full_date(date.fromisoformat(value.text))


def listed(items: tuple[str, ...] | list[str], last: str = "and") -> str:
    """The items as a phrase: one, two and three."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def _aloud(amount: Decimal) -> str:
    return f"{amount:f}".replace("-", "minus ")


def _after(amount: Decimal, unit: Unit, name: str) -> str:
    one = str(abs(amount)) == "1"  # 1.0 is a measured result, and takes the plural
    form = unit.written if unit.written is not None else name if one else unit.plural or name
    return form if unit.tight or not form else NO_BREAK + form


def _step(step: values.Step, vocabulary: Vocabulary) -> str:
    if step.every is None:
        return step.then
    once = isinstance(step.every, Amount) and step.every.exact == 1
    period = step.every.unit if once else written(step.every, vocabulary)
    if step.times:
        often = f"{step.times.replace(' to ', '–')} times " + (f"a {period}" if once else f"every {period}")
    else:
        often = f"every {period}"
    if not step.until:
        return often
    word = "for" if step.until.bound else "until"
    return f"{often} {word} {written(step.until, vocabulary)} after {step.after}"
