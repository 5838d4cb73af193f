"""English for numbers, units, days and lists. Pure text, no markup; every value writes itself with these."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from macros.formulary.vocabulary import Vocabulary

NO_BREAK = "\u00a0"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def plainly(text: str) -> str:
    """The text with plain spaces, for a message or a sentence on a line."""
    return text.replace(NO_BREAK, " ")


def number(amount: Decimal) -> str:
    """The number with the precision that it was reported with, a comma between its thousands and a true minus sign."""
    return f"{amount:,f}".replace("-", "−")


def number_aloud(amount: Decimal) -> str:
    """The number as a screen reader should say it."""
    return f"{amount:f}".replace("-", "minus ")


def span(low: Decimal, high: Decimal) -> str:
    """Low and high with an en dash, or with 'to' where a minus sign would meet it."""
    return f"{number(low)} to {number(high)}" if low < 0 else f"{number(low)}–{number(high)}"


def unit_after(amount: Decimal, name: str, vocabulary: Vocabulary) -> str:
    """The unit of this name as it is printed after an amount, with the space before it; "" for one that is not printed."""
    unit = vocabulary.units[name]
    form = unit.written if unit.written is not None else name if _is_one(amount) else vocabulary.plural_unit(name)
    return form if unit.tight or not form else NO_BREAK + form


_FRACTIONS = {Fraction(1, 4): "a quarter", Fraction(1, 2): "half", Fraction(3, 4): "three quarters"}


def in_pieces(amount: Decimal, name: str, vocabulary: Vocabulary) -> str:
    """A part of a tablet or another piece in words: half a tablet, 1 and a half tablets; "" for whole pieces and other units."""
    if vocabulary.units[name].kind != "piece":
        return ""
    whole, part = divmod(Fraction(amount), 1)  # a decimal of many digits has no remainder
    if part not in _FRACTIONS:
        return ""
    fraction = _FRACTIONS[part]
    if whole:
        return f"{number(Decimal(whole))} and {'a half' if fraction == 'half' else fraction} {vocabulary.plural_unit(name)}"
    article = "an" if name[0] in "aeio" else "a"
    return f"{fraction}{'' if fraction == 'half' else ' of'} {article} {name}"


def unit_aloud(amount: Decimal, name: str, vocabulary: Vocabulary) -> str:
    """The unit of this name as a screen reader should say it after an amount."""
    forms = vocabulary.spoken_unit(name) or (name, vocabulary.plural_unit(name))
    return "percent" if name == "%" else forms[not _is_one(amount)]


def _is_one(amount: Decimal) -> bool:
    """Whether the amount takes the singular; 1.0 is a measured result, and takes the plural."""
    return str(amount) in ("1", "-1")


def month(year: int, number: int) -> str:
    """A month of a year: June 2023."""
    return f"{_MONTHS[number - 1]} {year:04}"


def full_date(when: date) -> str:
    """The day in words, the same in every locale: 29 June 2023, with a no-break space after the day."""
    return f"{when.day}{NO_BREAK}{_MONTHS[when.month - 1]} {when.year}"


def listed(items: Sequence[str], last: str = "and") -> str:
    """The items as a phrase: one, two and three."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"
