"""What counts as a number in running text, and which words call a use authorized."""

from pathlib import Path

import pytest

from macros.formulary.load import load
from macros.rules.prose import claim, granted, instead, normal, numbers
from tests.conftest import TODAY

TERMS = ("AAV5", "BMN 270", "GENEr8-1", "half-life", "phase 1", "phase 1/2", "phase 3", "phase 3b", "Sf9")

COUNTED = {
    # digits
    "whole": ("Give 3 vials.", ["3"]),
    "decimal": ("Give 0.5 of it.", ["0.5"]),
    "thousands": ("In 1,000.5 cases.", ["1,000.5"]),
    "minus": ("At −60 degrees.", ["60"]),
    "fraction": ("In 1/2 of them.", ["1/2"]),
    "range": ("From 84–232 on.", ["84", "232"]),
    "date": ("On 2023-06-29.", ["2023", "06", "29"]),
    "at-the-end": ("Give 3.", ["3"]),
    "stuck-to-letters": ("Give x3mL.", ["x3mL"]),
    "in-a-name-not-listed": ("Vitamin B12.", ["B12"]),
    "factor-8": ("Factor 8.", ["8"]),
    # other shapes of digits
    "power": ("6 × 10¹³ vg", ["6", "1013"]),
    "superscript-alone": ("to the ¹³", ["13"]),
    "subscript": ("CO₂", ["CO2"]),
    "full-width": ("Give １２.", ["12"]),
    "arabic": ("Give \u0663.", ["3"]),
    "devanagari": ("Give \u0967\u0968.", ["12"]),
    "mathematical": ("Give 𝟙𝟚.", ["12"]),
    "circled": ("Give ①.", ["1"]),
    "vulgar-fraction": ("Give ½.", ["1", "2"]),
    # characters that can't be seen, inside
    "zero-width-space": ("Give 1\u200b2.", ["12"]),
    "zero-width-joiner": ("Give 1\u200d2.", ["12"]),
    "word-joiner": ("Give 1\u20602.", ["12"]),
    "soft-hyphen": ("Give tw\u00ado.", ["two"]),
    "zero-width-space-in-a-word": ("Give tw\u200bo.", ["two"]),
    # words
    "word": ("Give two vials.", ["two"]),
    "capital": ("Twelve vials.", ["Twelve"]),
    "all-capitals": ("GIVE TWO.", ["TWO"]),
    "compound-word": ("Give twenty-one.", ["twenty"]),
    "hyphen": ("A two-year study.", ["two"]),
    "twice": ("Give it twice.", ["twice"]),
    "half": ("In half of them.", ["half"]),
    "third": ("In a third of them.", ["third"]),
    "dozen": ("In a dozen.", ["dozen"]),
    "million": ("A million.", ["million"]),
    "tenfold": ("A tenfold rise.", ["tenfold"]),
    "one-hour": ("Wait one hour.", ["one hour"]),
    "one-vial": ("Give one vial.", ["one vial"]),
    "one-bottle": ("Give one bottle.", ["one bottle"]),
    "roman-vials": ("Give XII vials over II hours.", ["XII", "II"]),
    "one-no-break": ("Wait one\u00a0week.", ["one week"]),
    # rates and shares
    "percent-sign": ("In 5% of them.", ["5", "%"]),
    "percent-sign-spaced": ("In 5 % of them.", ["5", "%"]),
    "percent-sign-alone": ("The % of them.", ["%"]),
    "percent-sign-full-width": ("The ％ of them.", ["%"]),
    "per-mille": ("The ‰ of them.", ["‰"]),
    "percent": ("A few percent.", ["percent"]),
    "per-cent": ("A few per cent.", ["per cent"]),
    "weekly": ("Test weekly.", ["weekly"]),
    "daily": ("Once daily.", ["daily"]),
    # close to a listed name, and not it
    "name-goes-on": ("AAV55", ["AAV55"]),
    "name-has-a-front": ("rAAV5", ["rAAV5"]),
    "name-with-another-letter": ("phase 3c", ["3c"]),
    "half-without-life": ("half a vial", ["half"]),
    "figure-beside-a-name": ("AAV5 in 3 vials", ["3"]),
}

NOT_COUNTED = {
    "roman-in-a-name": "Factor VIII infusions.",
    "once": "Give it once.",
    "single": "A single infusion.",
    "one-time": "A one-time treatment.",
    "first": "The first dose.",
    "one": "One of the reasons.",
    "one-another": "They help one another.",
    "roman": "Factor VIII.",
    "unit-alone": "In IU/dL.",
    "word-inside-a-word": "The network of often weighted tendons.",
    "everyday": "Everyday life.",
    "name": "AAV5 antibodies.",
    "name-hyphen": "AAV5-positive.",
    "name-small": "aav5.",
    "name-two-words": "Known as BMN 270.",
    "name-two-words-no-break": "Known as BMN\u00a0270.",
    "name-hidden-character": "AA\u200bV5.",
    "name-in-brackets": "(GENEr8-1)",
    "longer-name-first": "A phase 1/2 trial.",
    "longer-name-by-a-letter": "A phase 3b trial.",
    "name-of-words": "Its half-life.",
    "all-names": "AAV5, BMN 270, GENEr8-1, half-life, phase 1, phase 1/2, phase 3, phase 3b, Sf9",
    "empty": "",
}


@pytest.mark.parametrize(("text", "expected"), COUNTED.values(), ids=COUNTED.keys())
def test_counts(text: str, expected: list[str]) -> None:
    assert numbers(text, TERMS) == expected


@pytest.mark.parametrize("text", NOT_COUNTED.values(), ids=NOT_COUNTED.keys())
def test_does_not_count(text: str) -> None:
    assert numbers(text, TERMS) == []


OFTEN = [
    "twice", "daily", "Weekly", "biweekly", "fortnightly", "hourly", "annually", "once a week", "every other day", "every morning",
    "each day", "per minute", "b.i.d.", "qd", "q.o.d", "t.d.s", "two tablets a day and 3", "5", "half", "per cent", "third", "doubled",
]  # fmt: skip


def test_of_how_often_it_is_said_what_to_write_instead() -> None:
    told = [each for each in OFTEN if instead(each, "otherwise", "call it") != "otherwise"]
    assert told == OFTEN[: OFTEN.index("two tablets a day and 3")]
    assert instead("daily", "", "call it") == (
        "how often something is done is a figure, too: make it a fact with 'schedule:', or of a dose its 'regimen:', and call it"
    )


def test_without_names_nothing_is_taken_out() -> None:
    assert numbers("AAV5", ()) == ["AAV5"]


def test_taking_out_a_name_does_not_join_what_stood_around_it() -> None:
    assert numbers("1,AAV5,2", TERMS) == ["1", "2"]


def test_a_name_is_taken_as_text_and_not_as_a_pattern() -> None:
    assert numbers("A.5 and AB5", ("A.5",)) == ["AB5"]


def test_the_names_of_the_data_are_no_numbers(root: Path) -> None:
    terms = load(root, TODAY)[0].vocabulary.terms
    assert numbers(", ".join(terms), terms) == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("10¹³", "1013"),
        ("１２％", "12%"),
        ("\u0663", "3"),
        ("1\u200b2\u00ad", "12"),
        ("−60\u00a0°C", "-60 °C"),
        ("plain text", "plain text"),
    ],
    ids=["superscript", "full-width", "arabic", "invisible", "minus-and-space", "plain"],
)
def test_normal(text: str, plain: str) -> None:
    assert normal(text) == plain


# Each row: the sentence, the word that calls something authorized, the words that say so of something.
SAID = {
    "approved": ("It is approved for adults.", "approved", "is approved"),
    "named-only": ("Give the licensed dose.", "licensed", None),
    "denied": ("It is not approved.", None, None),
    "not-yet": ("It is not yet approved.", None, None),
    "never-yet": ("It was never yet approved.", None, None),
    "not-tested-yet-approved": ("Not tested, yet approved.", "approved", None),
    "yet-after-a-denial-of-something-else": ("It is no cure yet approved for adults.", "approved", "approved for"),
    "trial-registered": ("The trial was registered early.", None, None),
    "trials-registered": ("Both trials were registered.", None, None),
    "study-registered": ("The study was registered early.", None, None),
    "medicine-registered": ("It is registered in Canada.", "registered", "is registered"),
    "medicine-of-a-trial-registered": ("After the trial it was registered.", "registered", "was registered"),
    "cleared-for": ("It was cleared for children by the FDA.", "cleared", "was cleared"),
    "cleared-by": ("It was cleared by the FDA.", "cleared", "was cleared"),
    "cleared-from": ("The virus was cleared from blood.", None, None),
    "not-cleared-for": ("It was not cleared for children.", None, None),
    "clearance": ("It has received clearance.", "has received clearance", "has received clearance"),
}


@pytest.mark.parametrize(("sentence", "word"), [(row[0], row[1]) for row in SAID.values()], ids=SAID.keys())
def test_claim(sentence: str, word: str | None) -> None:
    assert claim(sentence) == word


@pytest.mark.parametrize(("sentence", "words"), [(row[0], row[2]) for row in SAID.values()], ids=SAID.keys())
def test_granted(sentence: str, words: str | None) -> None:
    assert granted(sentence) == words
