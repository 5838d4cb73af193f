"""The grammar of values: what each kind takes, what it refuses, and the words of the refusal."""

from decimal import Decimal

import pytest

from macros.finding import Refused
from macros.formulary.quantities import whole
from macros.formulary.units import Unit
from macros.formulary.values import Amount, Code, Count, Interval, Proportion, Range, Statement
from macros.formulary.vocabulary import Lists, Vocabulary

UNITS = Vocabulary.model_construct(
    units={
        "mL": Unit(kind="volume", synonyms=("ml",)),
        "hour": Unit(kind="time", plural="hours"),
        "vg": Unit(kind="potency"),
        "vg/kg": Unit(),
        "%": Unit(kind="other"),
        "°C": Unit(kind="other"),
        "× ULN": Unit(kind="other"),
        "participant": Unit(kind="other", plural="participants"),
    },
    lists=Lists.model_construct(abbreviations={}, refused_units={}),
)
NO_SUCH_UNIT = "write a unit of units.yml in full, or list it there with its kind"

AMOUNTS = {
    "plural": ("3 hours", Amount(Decimal("3"), "hour")),
    "singular": ("1 hour", Amount(Decimal("1"), "hour")),
    "decimal": ("0.5 mL", Amount(Decimal("0.5"), "mL")),
    "zero": ("0 %", Amount(Decimal("0"), "%")),
    "negative": ("-60 °C", Amount(Decimal("-60"), "°C")),
    "percent": ("12 %", Amount(Decimal("12"), "%")),
    "power": ("6 × 10^13 vg/kg", Amount(Decimal("6"), "vg/kg", 13)),
    "power-with-letter-x": ("6 x 10^13 vg/kg", Amount(Decimal("6"), "vg/kg", 13)),
    "decimal-power": ("1.6 × 10^14 vg/kg", Amount(Decimal("1.6"), "vg/kg", 14)),
    "unit-with-cross": ("2 × ULN", Amount(Decimal("2"), "× ULN")),
    "bound-and-unit-with-cross": ("> 1.25 × ULN", Amount(Decimal("1.25"), "× ULN", 0, ">")),
    "bound-and-power": ("about 4 × 10^13 vg/kg", Amount(Decimal("4"), "vg/kg", 13, "about")),
    "bound-and-negative": ("at or below -60 °C", Amount(Decimal("-60"), "°C", 0, "at or below")),
}

BOUNDS = ("at or below", "at least", "at most", "up to", "about", "more than", "less than", "below", "above",
          "≥", "≤", ">", "<")  # fmt: skip

NOT_ABOVE_ZERO = "is not above zero; write the amount itself, or say in a statement that there is none"
ENDS_IN_A_ZERO = "ends in a zero, which is misread as ten times as much"
NOT_AN_AMOUNT = "is not an amount; write '[at least] 3 hours' or '6 × 10^13 vg/kg'"
GLUED = "is not an amount; write a space between its number and its unit"
WITH_A_COMMA = "is not an amount; write its number without a comma, and decimals behind a point"
IN_DIGITS = "is not an amount; write its number in plain digits, a half as 0.5"
NO_TO = "write 'to' between the two numbers, the lower one first"
BAD_AMOUNTS = {
    "empty": ("", f"'' {NOT_AN_AMOUNT}"),
    "no-unit": ("3", f"'3' {NOT_AN_AMOUNT}"),
    "no-number": ("hours", f"'hours' {NOT_AN_AMOUNT}"),
    "no-leading-zero": (".5 mL", "'.5 mL' is not an amount; write a zero before its point, as in 0.5"),
    "nothing-after-point": ("1. mL", f"'1. mL' {NOT_AN_AMOUNT}"),
    "zeros-in-front": ("010 mL", "'010 mL' is not an amount; write its number without a zero in front"),
    "thousands-comma": ("1,000 mL", f"'1,000 mL' {WITH_A_COMMA}"),
    "decimal-comma": ("2,5 mL", f"'2,5 mL' {WITH_A_COMMA}"),
    "thousands-apostrophe": ("1'000 mL", f"'1'000 mL' {WITH_A_COMMA}"),
    "thousands-space": ("1 000 mL", "unknown unit '000 mL'; write the number without a space in it"),
    "millions-in-words": ("5 million vg", "unknown unit 'million vg'; write the whole number in digits, in front of the unit alone"),
    "exponent-of-computers": ("1e3 mL", f"'1e3 mL' {NOT_AN_AMOUNT}"),
    "plus": ("+3 mL", f"'+3 mL' {NOT_AN_AMOUNT}"),
    "minus-sign": ("−60 °C", f"'−60 °C' {NOT_AN_AMOUNT}"),
    "no-spaces-at-power": ("6×10^13 vg/kg", f"'6×10^13 vg/kg' {NOT_AN_AMOUNT}"),
    "no-space-before-unit": ("12%", f"'12%' {GLUED}"),
    "stuck": ("5mL", f"'5mL' {GLUED}"),
    "sign-of-about": ("~5 mL", "'~5 mL' is not an amount; write 'about' for the sign"),
    "falling-hyphen": ("10-5 mL", f"'10-5 mL' is not an amount; {NO_TO}"),
    "no-break-space": ("3\u00a0hours", f"'3\u00a0hours' {NOT_AN_AMOUNT}"),
    "two-spaces": ("3  hours", f"'3  hours' {NOT_AN_AMOUNT}"),
    "space-in-front": (" 3 hours", f"' 3 hours' {NOT_AN_AMOUNT}"),
    "line-break": ("3 hours\n", f"'3 hours\n' {NOT_AN_AMOUNT}"),
    "full-width-digit": ("\uff13 hours", f"'\uff13 hours' {IN_DIGITS}"),
    "arabic-digits": ("١٠ mL", f"'١٠ mL' {IN_DIGITS}"),
    "sign-of-a-half": ("½ mL", f"'½ mL' {IN_DIGITS}"),
    "unknown-bound": ("over 3 hours", f"'over 3 hours' {NOT_AN_AMOUNT}"),
    "misspelt-unit": ("3 hourz", f"unknown unit 'hourz'; {NO_SUCH_UNIT}"),
    "synonym-of-a-unit": ("3 ml", "unknown unit 'ml'; write 'mL'"),
    "space-behind": ("3 hours ", f"unknown unit 'hours '; {NO_SUCH_UNIT}"),
    "unit-far-from-all": ("3 litres", f"unknown unit 'litres'; {NO_SUCH_UNIT}"),
    "capital-x": ("6 X 10^13 vg/kg", f"unknown unit 'X 10^13 vg/kg'; {NO_SUCH_UNIT}"),
    "power-of-nought": ("6 × 10^0 vg/kg", f"unknown unit '× 10^0 vg/kg'; {NO_SUCH_UNIT}"),
    "power-of-three-digits": ("6 × 10^130 vg/kg", f"unknown unit '× 10^130 vg/kg'; {NO_SUCH_UNIT}"),
    "range": ("3 to 4 hours", f"unknown unit 'to 4 hours'; {NO_SUCH_UNIT}"),
    "nothing-of-what-is-given": ("0 mL", f"'0 mL' {NOT_ABOVE_ZERO}"),
    "less-than-nothing": ("-3 mL", f"'-3 mL' {NOT_ABOVE_ZERO}"),
    "nothing-by-the-kilogram": ("0 vg/kg", f"'0 vg/kg' {NOT_ABOVE_ZERO}"),
    "no-time": ("0 hours", f"'0 hours' {NOT_ABOVE_ZERO}"),
    "zero-behind-the-point": ("3.0 mL", f"'3.0 mL' {ENDS_IN_A_ZERO}; write 3"),
    "zero-behind-decimals": ("3.50 mL", f"'3.50 mL' {ENDS_IN_A_ZERO}; write 3.5"),
}

RANGES = {
    "whole": ("84 to 232 hours", Range(Decimal("84"), Decimal("232"), "hour")),
    "decimal": ("0.5 to 4.1 hours", Range(Decimal("0.5"), Decimal("4.1"), "hour")),
    "negative": ("-8 to -2 °C", Range(Decimal("-8"), Decimal("-2"), "°C")),
}
NOT_A_RANGE = "is not a range; write '84 to 232 weeks'"
BAD_RANGES = {
    "hyphen": ("84-232 hours", f"'84-232 hours' is not a range; {NO_TO}"),
    "en-dash": ("84–232 hours", f"'84–232 hours' is not a range; {NO_TO}"),
    "no-unit": ("2 to 8", f"'2 to 8' {NOT_A_RANGE}"),
    "bound": ("about 2 to 8 hours", f"'about 2 to 8 hours' {NOT_A_RANGE}"),
    "falling": ("8 to 2 hours", "the range '8 to 2 hours' does not rise; write the lower number first"),
    "equal": ("2 to 2.0 hours", "the range '2 to 2.0 hours' does not rise; write the lower number first"),
    "unknown-unit": ("2 to 8 hourz", f"unknown unit 'hourz'; {NO_SUCH_UNIT}"),
    "from-nothing": ("0 to 8 hours", f"'0 to 8 hours' {NOT_ABOVE_ZERO}"),
    "zero-behind-the-point": ("2.5 to 8.0 mL", f"'2.5 to 8.0 mL' {ENDS_IN_A_ZERO}; write 8"),
}

PROPORTIONS = {
    "plain": ("26 of 181", Proportion(26, 181)),
    "with-unit": ("26 of 181 participants", Proportion(26, 181, "participant")),
    "none": ("0 of 5", Proportion(0, 5)),
    "all": ("5 of 5", Proportion(5, 5)),
}
NOT_A_PROPORTION = "is not a proportion; write '26 of 181'"
BAD_PROPORTIONS = {
    "slash": ("26/181", f"'26/181' {NOT_A_PROPORTION}"),
    "of-none": ("0 of 0", f"'0 of 0' {NOT_A_PROPORTION}"),
    "decimal": ("2.5 of 5", f"'2.5 of 5' {NOT_A_PROPORTION}"),
    "negative": ("-1 of 5", f"'-1 of 5' {NOT_A_PROPORTION}"),
    "more-than-all": ("6 of 5", "'6 of 5' is more than all; write the smaller number first"),
    "unknown-unit": ("2 of 5 participantz", f"unknown unit 'participantz'; {NO_SUCH_UNIT}"),
}

COUNTS = {
    "many": ("134 participants", Count(134, "participant")),
    "one": ("1 participant", Count(1, "participant")),
    "none": ("0 participants", Count(0, "participant")),
}
NOT_A_COUNT = "is not a count; write a whole number and what is counted, as in '134 participants'"
BAD_COUNTS = {
    "no-unit": ("134", f"'134' {NOT_A_COUNT}"),
    "decimal": ("1.5 participants", f"'1.5 participants' {NOT_A_COUNT}"),
    "negative": ("-1 participants", f"'-1 participants' {NOT_A_COUNT}"),
    "zeros-in-front": ("007 participants", "'007 participants' is not a count; write its number without a zero in front"),
    "unknown-unit": ("134 people", f"unknown unit 'people'; {NO_SUCH_UNIT}"),
}

INTERVALS = {
    "usual": ("95% CI 12.9 to 23.4", Interval(95, Decimal("12.9"), Decimal("23.4"))),
    "across-zero": ("90% CI -1 to 2", Interval(90, Decimal("-1"), Decimal("2"))),
}
NOT_AN_INTERVAL = "is not an interval; write '95% CI 12.9 to 23.4'"
BAD_INTERVALS = {
    "space-before-percent": ("95 % CI 1 to 2", f"'95 % CI 1 to 2' {NOT_AN_INTERVAL}"),
    "no-level": ("CI 1 to 2", f"'CI 1 to 2' {NOT_AN_INTERVAL}"),
    "comma": ("95% CI 1, 2", f"'95% CI 1, 2' {NOT_AN_INTERVAL}"),
    "falling": ("95% CI 2 to 1", "the interval '95% CI 2 to 1' does not rise; write the lower number first"),
}


def of(table: dict) -> pytest.MarkDecorator:
    """The rows of a table as cases with their names."""
    return pytest.mark.parametrize(("text", "expected"), table.values(), ids=table.keys())


def refusal(parse, *given) -> str:
    """The words with which a value is refused."""
    with pytest.raises(Refused) as refused:
        parse(*given)
    return str(refused.value)


@of(AMOUNTS)
def test_amount(text: str, expected: Amount) -> None:
    assert Amount.read(text, UNITS) == expected


@pytest.mark.parametrize("bound", BOUNDS)
def test_amount_takes_every_bound(bound: str) -> None:
    assert Amount.read(f"{bound} 3 hours", UNITS) == Amount(Decimal("3"), "hour", 0, bound)


@pytest.mark.parametrize("bound", [bound for bound in BOUNDS if not bound[0].isalpha()])
def test_only_a_sign_may_touch_its_number(bound: str) -> None:
    assert Amount.read(f"{bound}3 hours", UNITS) == Amount(Decimal("3"), "hour", 0, bound)
    assert "not an amount" in refusal(Amount.read, "at least3 hours", UNITS)


@of(BAD_AMOUNTS)
def test_amount_refuses(text: str, expected: str) -> None:
    assert refusal(Amount.read, text, UNITS) == expected


def test_amount_keeps_its_reported_precision() -> None:
    assert str(Amount.read("4.90 %", UNITS).number) == "4.90"


@pytest.mark.parametrize(
    ("amount", "exact"),
    [(Amount(Decimal("1.6"), "vg/kg", 14), 160_000_000_000_000), (Amount(Decimal("0.5"), "mL"), Decimal("0.5"))],
    ids=["power", "plain"],
)
def test_exact_includes_the_power_of_ten(amount: Amount, exact: Decimal) -> None:
    assert amount.exact == exact


@of(RANGES)
def test_range(text: str, expected: Range) -> None:
    assert Range.read(text, UNITS) == expected


@of(BAD_RANGES)
def test_range_refuses(text: str, expected: str) -> None:
    assert refusal(Range.read, text, UNITS) == expected


@of(PROPORTIONS)
def test_proportion(text: str, expected: Proportion) -> None:
    assert Proportion.read(text, UNITS) == expected


@of(BAD_PROPORTIONS)
def test_proportion_refuses(text: str, expected: str) -> None:
    assert refusal(Proportion.read, text, UNITS) == expected


@of(COUNTS)
def test_count(text: str, expected: Count) -> None:
    assert Count.read(text, UNITS) == expected


@of(BAD_COUNTS)
def test_count_refuses(text: str, expected: str) -> None:
    assert refusal(Count.read, text, UNITS) == expected


@of(INTERVALS)
def test_interval(text: str, expected: Interval) -> None:
    assert Interval.read(text, UNITS) == expected


@of(BAD_INTERVALS)
def test_interval_refuses(text: str, expected: str) -> None:
    assert refusal(Interval.read, text, UNITS) == expected


STATEMENTS = {
    "none": ("Do not refreeze it.", (), ["Do not refreeze it."]),
    "one": ("Not above {dose/max}.", ("dose/max",), ["Not above ", "dose/max", "."]),
    "two": ("{a/b} to {c/d}", ("a/b", "c/d"), ["", "a/b", " to ", "c/d", ""]),
}


@pytest.mark.parametrize(("text", "references", "parts"), STATEMENTS.values(), ids=STATEMENTS.keys())
def test_statement_is_cut_at_its_references(text: str, references: tuple[str, ...], parts: list[str]) -> None:
    assert (Statement(text).references, Statement(text).parts()) == (references, parts)


NOT_A_CODE = "is empty or has spare spaces; write the identifier as its register has it, such as B02BD15"


@of({"letters-and-digits": ("B02BD15", Code("B02BD15")), "with-a-space": ("EU 1", Code("EU 1"))})
def test_code(text: str, expected: Code) -> None:
    assert Code.read(text, UNITS) == expected


@of({"empty": ("", NOT_A_CODE), "space-in-front": (" B02", NOT_A_CODE), "space-behind": ("B02 ", NOT_A_CODE)})
def test_code_refuses(text: str, expected: str) -> None:
    assert refusal(Code.read, text, UNITS) == expected


def test_whole_number() -> None:
    assert whole("134") == 134


@pytest.mark.parametrize("text", ["0", "012", "-1", "1.0", "1e3", "", " 1", "\u0661"])
def test_whole_number_refuses(text: str) -> None:
    assert refusal(whole, text) == f"'{text}' is not a whole number above zero; write its digits only, as in 134"
