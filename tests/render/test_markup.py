"""Facts as HTML: values speak, sources are numbered, weak evidence is marked."""

from collections.abc import Callable
from pathlib import Path

import pytest

from macros.formulary.load import load
from macros.formulary.sourcing import Citation
from macros.formulary.vocabulary import Entry, Vocabulary
from macros.render import markup
from macros.render.desk import Desk
from tests.conftest import SLUG, TODAY

GLOSSARY = Vocabulary.model_construct(
    glossary={
        "ALT": Entry(full="alanine aminotransferase", meaning="An enzyme."),
        "U&L": Entry(full='upper "& lower"', meaning="Limits."),
        "US PI": Entry(full="prescribing information", meaning="A label."),
        "US": Entry(full="United States", meaning="A place."),
        "Label": Entry(meaning="It has no long form."),
    }
)
PROSE = {
    "abbreviation": ("When ALT rises", 'When <abbr title="alanine aminotransferase">ALT</abbr> rises'),
    "twice": (
        "ALT, ALT",
        '<abbr title="alanine aminotransferase">ALT</abbr>, <abbr title="alanine aminotransferase">ALT</abbr>',
    ),
    "part-of-a-word": ("SALT and ALTs", "SALT and ALTs"),
    "part-of-a-compound": ("ALT-based, IU/ALT", "ALT-based, IU/ALT"),
    "longer-first": ("US PI", '<abbr title="prescribing information">US PI</abbr>'),
    "escaped-itself": (
        "<U&L>",
        '&#60;<abbr title="upper &#34;&#38; lower&#34;">U&#38;L</abbr>&#62;',
    ),
    "no-long-form": ("Label", "Label"),
    "empty": ("", ""),
}


@pytest.mark.parametrize(("text", "expected"), PROSE.values(), ids=PROSE.keys())
def test_prose(text: str, expected: str) -> None:
    assert markup.prose(text, GLOSSARY) == expected


VALUES = {
    "spoken": (
        "dose/standard",
        '<span aria-hidden="true">4\u00a0×\u00a010¹³\u00a0vg/kg as a single dose</span><span class="spoken" data-unsearched>'
        "4 times 10 to the 13 vector genomes per kilogram as a single dose</span>",
    ),
    "plain": ("dose/infusion-interval", "20\u00a0minutes"),
    "statement": ("advice/call-jaundice", "Call at once if the eyes turn yellow."),
    "not-read": (
        "dose/storage-eu",
        '<span class="gap">Not read by us yet</span>: <a href="https://example.org/exampla-eu" rel="external">'
        "Product information of Exampla (fictional)</a>, section 6.4",
    ),
    "silent": (
        "safety/overdose-eu",
        '<span class="gap">Silent</span>: <a href="https://example.org/exampla-eu" rel="external">'
        "Product information of Exampla (fictional)</a>, section 4.9, read whole, says nothing on it",
    ),
    "not-found": (
        "indications/off-label",
        '<span class="gap">Not found</span>: searched on 10\u00a0January 2026 in stored copies of journals, '
        "by the words “Exampla off-label use”",
    ),
}


@pytest.mark.parametrize(("name", "html"), VALUES.values(), ids=VALUES.keys())
def test_value(desk: Desk, name: str, html: str) -> None:
    assert markup.value(desk, desk.fact(name)) == html


def test_value_in_a_sentence_carries_its_full_id(desk: Desk) -> None:
    span = f'<span class="fact" data-fact="{SLUG}/dose/infusion-interval">20\u00a0minutes</span>'
    assert markup.value_span(desk, desk.fact("dose/infusion-interval")) == span


def test_sources_keep_their_numbers_on_a_page(desk: Desk) -> None:
    names = ("safety/nausea-eu", "dose/standard", "dose/strength")
    cited = [markup.citations(desk, [desk.fact(name)]) for name in names]
    eu = '<a href="#source-1" data-source="exampla-label-eu" data-cited="grade B, {}">1</a>'
    us = '<a href="#source-2" data-source="exampla-label-us" data-cited="grade A">2</a>'
    bracket = '<span class="cites">&#91;{}&#93;</span>'
    assert cited == [
        bracket.format(eu.format("section 4.8, table 1")),
        bracket.format(f"{us}, {eu.format('section 4.2')}"),
        bracket.format(us),
    ]


def test_a_citation_says_each_grade_and_place_once(desk: Desk) -> None:
    cited = [
        Citation.model_construct(source="exampla-label-us", grade=grade, locator=place)
        for grade, place in [("B", "“2”"), ("A", None), ("A", None)]
    ]
    assert markup.numbered(desk, "exampla-label-us", cited) == (
        '<a href="#source-1" data-source="exampla-label-us" data-cited="grade B, “2”; grade A">1</a>'
    )


def test_without_sources_there_is_no_bracket(desk: Desk) -> None:
    assert markup.citations(desk, [desk.fact("advice/call-jaundice")]) == ""


@pytest.mark.parametrize(
    ("name", "expected"),
    [("dose/standard", "US, EU"), ("research/children", "worldwide"), ("identity/inn", "")],
    ids=["authorities", "no-authority", "none"],
)
def test_where(desk: Desk, name: str, expected: str) -> None:
    assert markup.where(desk, desk.fact(name)) == expected


@pytest.mark.parametrize(
    ("name", "evidence", "grade"),
    [
        ("dose/standard", None, None),
        ("safety/nausea-us", None, "C"),
        ("research/children", "trial", None),
        ("advice/call-jaundice", "general", None),
    ],
    ids=["label", "weak-label", "trial", "general-advice"],
)
def test_marks(desk: Desk, name: str, evidence: str | None, grade: str | None) -> None:
    lists = desk.vocabulary.lists
    said = [f'<span class="mark">{lists.evidence[evidence].word}</span>'] if evidence else []
    said += [f'<span class="mark weak">{lists.grades[grade].word}</span>'] if grade else []
    assert markup.marks(desk, desk.fact(name)) == " ".join(said)


def test_nothing_is_marked_where_nothing_is_known(project: Path, edit: Callable) -> None:
    edit(f"macros/data/{SLUG}/indications.yml", "  use: off-label\n", "  use: off-label\n  evidence: trial\n")
    desk = Desk(load(project, TODAY)[0], SLUG)
    assert markup.marks(desk, desk.fact("indications/off-label")) == ""
