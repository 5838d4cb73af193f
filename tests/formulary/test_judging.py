"""What a source's rule says to an example; and of each worked example of the site, compared a second way with the thresholds in the data."""

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest

from macros.finding import Refused
from macros.formulary.book import Formulary
from macros.formulary.checklist import Answer, Case, Given
from macros.formulary.judging import Verdict, judged
from macros.formulary.model import Fact
from macros.formulary.quantities import Amount
from macros.formulary.values import Gap, Statement, Value


def fact(value: Value) -> Fact:
    """A fact of this value alone."""
    made = Fact.model_construct(title="Limit")
    made.__dict__["value"] = value
    made.__pydantic_private__ = {"_at": ("", 0), "_id": "x/monitoring/limit"}
    return made


def given(*figures: tuple[str, str]) -> list[Given]:
    return [Given.model_construct(what="ALT", amount=amount(number, unit)) for number, unit in figures]


def amount(number: str, unit: str, bound: str = "") -> Amount:
    return Amount(Decimal(number), unit, bound=bound)


RULE = fact(Statement("When it rises."))
ULN, OWN, WEEKS = "× ULN", "× own baseline", "week"
JUDGED: dict[str, tuple[list[tuple[str, str]], list[Amount], list[Amount], Verdict]] = {
    "above": ([("1.6", ULN)], [amount("1.5", ULN, "≥")], [], Verdict.APPLIES),
    "just reached": ([("1.5", ULN)], [amount("1.5", ULN, "≥")], [], Verdict.APPLIES),
    "just not above": ([("1", ULN)], [amount("1", ULN, ">")], [], Verdict.NOT_REACHED),
    "just above": ([("1.01", ULN)], [amount("1", ULN, ">")], [], Verdict.APPLIES),
    "without a bound it is reached": ([("2", OWN)], [amount("2", OWN)], [], Verdict.APPLIES),
    "below": ([("1.4", ULN)], [amount("1.5", ULN, "≥")], [], Verdict.NOT_REACHED),
    "an upper bound": ([("3", ULN)], [amount("5", ULN, "at most")], [], Verdict.APPLIES),
    "below a bound": ([("5", ULN)], [amount("5", ULN, "below")], [], Verdict.NOT_REACHED),
    "one of two": ([("1.6", ULN)], [amount("2", OWN), amount("1", ULN, ">")], [], Verdict.APPLIES),
    "none of two": ([("0.9", ULN), ("1.5", OWN)], [amount("2", OWN), amount("1", ULN, ">")], [], Verdict.NOT_REACHED),
    "one not given": ([("0.9", ULN)], [amount("2", OWN), amount("1", ULN, ">")], [], Verdict.OPEN),
    "in time": ([("1.6", ULN), ("9", WEEKS)], [amount("1", ULN, ">")], [amount("3", "month")], Verdict.APPLIES),
    "too late": ([("1.6", ULN), ("5", "month")], [amount("1", ULN, ">")], [amount("3", "month")], Verdict.NOT_COVERED),
    "no time given": ([("1.6", ULN)], [amount("1", ULN, ">")], [amount("3", "month")], Verdict.OPEN),
    "not reached, no time given": ([("0.6", ULN)], [amount("1", ULN, ">")], [amount("3", "month")], Verdict.NOT_REACHED),
    "no threshold": ([("1.6", ULN)], [], [], Verdict.NO_FIGURE),
}


@pytest.mark.parametrize("name", JUDGED)
def test_a_rule_and_an_example(name: str) -> None:
    figures, any_of, within, wanted = JUDGED[name]
    result = judged(given(*figures), RULE, [fact(each) for each in any_of], [fact(each) for each in within])
    assert result.verdict is wanted
    assert len(result.compared) == len(any_of) + len(within)


@pytest.mark.parametrize(("value", "message"), [(Statement("High."), "is no amount"), (amount("1", ULN, "about"), "only about so much")])
def test_what_can_not_be_compared(value: Value, message: str) -> None:
    with pytest.raises(Refused, match=message):
        judged(given(("1.6", ULN)), RULE, [fact(value)], [])


# What each rule says to each example, worked out by hand from the sources' own words.
WANTED = {
    "valoctocogene-roxaparvovec above-normal": {
        "monitoring/steroid-label": "NOT_READ",
        "monitoring/steroid-rule-us": "NO_FIGURE",
        "safety/warning-hepatotoxicity": "NO_FIGURE",
        "monitoring/trigger-expert-rule": "APPLIES",
        "monitoring/trigger-consensus-limit": "APPLIES",
    },
    "valoctocogene-roxaparvovec slightly-above-normal": {
        "monitoring/steroid-label": "NOT_READ",
        "monitoring/steroid-rule-us": "NO_FIGURE",
        "safety/warning-hepatotoxicity": "NO_FIGURE",
        "monitoring/trigger-expert-rule": "NOT_REACHED",
        "monitoring/trigger-consensus-limit": "APPLIES",
    },
    "valoctocogene-roxaparvovec within-normal": {
        "monitoring/steroid-label": "NOT_READ",
        "monitoring/steroid-rule-us": "NO_FIGURE",
        "safety/warning-hepatotoxicity": "NO_FIGURE",
        "monitoring/trigger-expert-rule": "NOT_REACHED",
        "monitoring/trigger-consensus-limit": "APPLIES",
    },
    "etranacogene-dezaparvovec above-normal": {
        "monitoring/steroids": "NOT_READ",
        "monitoring/steroid-trigger": "APPLIES",
        "monitoring/steroid-trigger-ch": "APPLIES",
        "monitoring/steroids-us": "NO_FIGURE",
    },
    "etranacogene-dezaparvovec within-normal": {
        "monitoring/steroids": "NOT_READ",
        "monitoring/steroid-trigger": "NOT_REACHED",
        "monitoring/steroid-trigger-ch": "NOT_REACHED",
        "monitoring/steroids-us": "NO_FIGURE",
    },
    "etranacogene-dezaparvovec late": {
        "monitoring/steroids": "NOT_READ",
        "monitoring/steroid-trigger": "NOT_COVERED",
        "monitoring/steroid-trigger-ch": "APPLIES",
        "monitoring/steroids-us": "NO_FIGURE",
    },
    "fidanacogene-elaparvovec above-normal": {
        "monitoring/steroid-regimen-us": "NOT_READ",
        "monitoring/steroid-rule-us": "NO_FIGURE",
    },
}


def every_case(book: Formulary) -> list[tuple[str, Case, Callable[[str], Fact]]]:
    """The worked examples of the site, with what gives the facts of their medicine."""
    return [
        (f"{slug} {key}", case, lambda name, own=monograph: own.facts[f"{own.slug}/{name}"])
        for slug, monograph in book.monographs.items()
        for key, case in (monograph.checklist.cases if monograph.checklist else {}).items()
    ]


def verdict(case: Case, answer: Answer, named: Callable[[str], Fact]) -> Verdict:
    return judged(case.given, named(answer.rule), [*map(named, answer.any)], [*map(named, answer.within)]).verdict


def test_the_examples_of_the_site_say_what_the_sources_say(book: Formulary) -> None:
    said = {name: {each.rule: verdict(case, each, named).name for each in case.answers} for name, case, named in every_case(book)}
    assert said == WANTED


# How long a unit is, in weeks, written down a second time.
WEEKS_OF = {"week": Fraction(1), "month": Fraction(1461, 336), "year": Fraction(1461, 28)}
_WRITTEN = re.compile(r"(?P<bound>≥|>)?\s*(?P<number>[0-9.]+)\s+(?P<unit>.+)")


def plainly(text: str) -> tuple[str, str, Fraction]:
    """Bound, measure and size of an amount as it is printed."""
    match = _WRITTEN.fullmatch(" ".join(text.split()))
    assert match, text
    unit = match["unit"].removesuffix("s")
    size = Fraction(match["number"]) * WEEKS_OF.get(unit, Fraction(1))
    return match["bound"] or "", "time" if unit in WEEKS_OF else unit, size


def test_the_thresholds_of_the_data_give_the_same_when_read_as_they_are_printed(book: Formulary) -> None:
    """A second reading of the printed texts, which shares nothing with the first but the examples and the facts."""
    compared = 0
    for name, case, named in every_case(book):
        figures = {measure: size for _, measure, size in (plainly(each.amount.written(book.vocabulary)) for each in case.given)}
        for answer in case.answers:
            if isinstance(named(answer.rule).value, Gap) or not answer.any:
                continue
            reached = []
            for threshold in answer.any:
                bound, measure, size = plainly(named(threshold).value.written(book.vocabulary))
                reached.append(measure in figures and (figures[measure] > size if bound == ">" else figures[measure] >= size))
                compared += 1
            late = any(figures["time"] > plainly(named(limit).value.written(book.vocabulary))[2] for limit in answer.within)
            wanted = "NOT_COVERED" if late else "APPLIES" if any(reached) else "NOT_REACHED"
            assert verdict(case, answer, named).name == wanted, (name, answer.rule)
    assert compared == 21
