"""What facts that stand together share, what each still says itself, and how gaps are told."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.formulary.book import Formulary
from macros.formulary.model import Fact
from macros.formulary.sourcing import Citation
from macros.formulary.values import Gap, NotFound, NotRead, Passage, Silent, Statement
from macros.render import groups, tables
from macros.render.desk import Desk
from macros.render.safe import Safe
from tests.conftest import SLUG


class Says(NamedTuple):
    """What matters of a fact here: its places, its topic, what it rests on and how well."""

    places: tuple[str, ...]
    evidence: str = "label"
    grade: str = "A"
    topic: str = "monitoring"


Make = Callable[..., Fact]
US, EU, NOWHERE = ("US",), ("EU",), ()
TRIAL, WEAK = "trial report, not label", "weak source, check before use"
LABEL_US, LABEL_EU, NO_PLACE = Says(US), Says(EU), Says(NOWHERE)
TRIAL_US, TRIAL_EU, TRIAL_NOWHERE = Says(US, "trial"), Says(EU, "trial"), Says(NOWHERE, "trial")
WEAK_US = Says(US, grade="C")
DOSE_US, DOSE_EU_TRIAL = Says(US, topic="dose"), Says(EU, "trial", topic="dose")


@pytest.fixture
def fact(small_book: Formulary) -> Make:
    """Makes a fact that says this, of the fictional medicine."""
    first = small_book.facts[f"{SLUG}/safety/infection"]

    def make(says: Says, **more: object) -> Fact:
        source = "exampla-trial" if says.evidence == "trial" else "exampla-label-eu" if says.places == EU else "exampla-label-us"
        cited = (Citation.model_construct(source=source, grade=says.grade, locator=None),)
        about = {"topic": says.topic, "jurisdictions": says.places, "evidence": says.evidence, "sources": cited}
        return first.model_copy(update=about | more)

    return make


def text(html: str) -> str:
    """What a piece of HTML says, with what is only heard."""
    body = LexborHTMLParser(html).body
    return " ".join(body.text().split()) if body else ""


# Facts that stand together, and the line above them.
SHARED: dict[str, tuple[Sequence[Says], str]] = {
    "one-place": ((LABEL_US,) * 3, "US unless marked"),
    "place-and-mark": ((TRIAL_US,) * 3, f"US {TRIAL} unless marked"),
    "a-mark-without-a-place": ((TRIAL_NOWHERE,) * 3, f"{TRIAL} unless marked"),
    "weak-sources": ((WEAK_US,) * 3, f"US {WEAK} unless marked"),
    "few": ((LABEL_US,) * 2, ""),
    "most": ((LABEL_US, LABEL_US, LABEL_US, LABEL_EU, WEAK_US), "US unless marked"),
    "half": ((LABEL_US, LABEL_US, LABEL_EU, LABEL_EU), ""),
    "two-places-are-not-one": ((LABEL_US, LABEL_US, Says(("US", "EU")), Says(("US", "EU"))), ""),
    "one-without-place-and-mark": ((LABEL_US,) * 3 + (NO_PLACE,), ""),
    "one-without-the-place": ((TRIAL_US,) * 3 + (TRIAL_NOWHERE,), ""),
    "one-without-the-mark": ((TRIAL_US,) * 3 + (LABEL_US,), ""),
    "one-elsewhere-without-the-mark": ((TRIAL_US,) * 3 + (LABEL_EU,), ""),
    "all-without-either": ((NO_PLACE,) * 3, ""),
    "of-topics-that-stand-alone": ((DOSE_US,) * 3, ""),
    "beside-one-that-stands-alone": ((LABEL_US,) * 3 + (DOSE_US,), "US unless marked"),
    "beside-one-that-stands-alone-and-is-marked": ((TRIAL_US,) * 3 + (DOSE_EU_TRIAL,), f"US {TRIAL} unless marked"),
    "a-dose-of-the-label-below-a-mark": ((TRIAL_US,) * 3 + (DOSE_US,), ""),
    "nothing": ((), ""),
}


@pytest.mark.parametrize(("facts", "line"), SHARED.values(), ids=SHARED.keys())
def test_what_is_shared(desk: Desk, fact: Make, facts: Sequence[Says], line: str) -> None:
    assert text(groups.shared(desk, [fact(each) for each in facts]).line()) == line


# Below the line “US, trial report”: what a fact says, and whether to the eye as well.
TAILS = {
    "agrees": (TRIAL_US, f"US {TRIAL}", False),
    "another-place": (TRIAL_EU, f"EU {TRIAL}", True),
    "a-weak-source-besides": (Says(US, "trial", "C"), f"US {TRIAL} {WEAK}", True),
    "stands-alone": (Says(US, "trial", topic="dose"), f"US {TRIAL}", True),
}


@pytest.mark.parametrize(("says", "words", "seen"), TAILS.values(), ids=TAILS.keys())
def test_a_fact_that_differs_says_all_of_its_own(desk: Desk, fact: Make, says: Says, words: str, seen: bool) -> None:
    common = groups.shared(desk, [fact(TRIAL_US)] * 3)
    tree = LexborHTMLParser(common.tail(desk, fact(says)))
    assert (text(tree.html or ""), not tree.css(".spoken.agrees")) == (words, seen)


def test_what_agrees_keeps_place_and_marks_for_who_hears_or_searches(desk: Desk, fact: Make) -> None:
    common = groups.shared(desk, [fact(WEAK_US)] * 3)
    assert common.tail(desk, fact(WEAK_US)) == (
        f'<span class="spoken agrees"><span class="where">US</span> <span class="mark weak">{WEAK}</span></span>'
    )


def test_a_group_that_shares_nothing_leaves_each_its_own(desk: Desk, fact: Make) -> None:
    assert groups.Shared().line() == Safe()
    assert text(groups.Shared().tail(desk, fact(TRIAL_US))) == f"US {TRIAL}"
    assert groups.Shared().tail(desk, fact(NO_PLACE)) == Safe()


# The facts of a column, and what its head says of them.
COLUMNS: dict[str, tuple[Sequence[Says], str]] = {
    "a-mark": ((TRIAL_US, TRIAL_US), f"United States {TRIAL} unless marked"),
    "once": ((TRIAL_US,), "United States"),
    "half": ((TRIAL_US, TRIAL_US, Says(US, "trial", "C"), Says(US, "trial", "C")), "United States"),
    "no-marks": ((LABEL_US, LABEL_US), "United States"),
    "one-without": ((TRIAL_US, TRIAL_US, LABEL_US), "United States"),
    "a-dose-of-the-label": ((TRIAL_US, TRIAL_US, DOSE_US), "United States"),
    "doses-stand-alone": ((Says(US, "trial", topic="dose"),) * 2, "United States"),
}


@pytest.mark.parametrize(("facts", "head"), COLUMNS.values(), ids=COLUMNS.keys())
def test_a_column_says_once_what_its_facts_share(desk: Desk, fact: Make, facts: Sequence[Says], head: str) -> None:
    made = [fact(each, title=f"Row {number}") for number, each in enumerate(facts)]
    tree = LexborHTMLParser(tables.by_jurisdiction(desk, made, "C"))
    assert text(tree.css("thead th")[1].html or "") == head
    entries = [(f"{TRIAL}" in text(node.html or ""), bool(node.css_first(".spoken.agrees"))) for node in tree.css(".entry")]
    shared = head != "United States"
    assert entries == [(each.evidence == "trial", shared and each.evidence == "trial" and each.topic != "dose") for each in facts]


PARTS = (Passage("exampla-label-eu", "section 6.4"),)
NOT_READ, SILENT = NotRead("", PARTS), Silent("", PARTS)
SEARCHED = NotFound("", ("Exampla", "supply"), "notices of the regulator", date(2026, 1, 10))
Gaps = Sequence[tuple[Says, dict[str, object]]]
BELOW: dict[str, tuple[Gaps, str]] = {
    "none": ((), ""),
    "one": (((LABEL_EU, {"title": "A", "value": NOT_READ}),), "Not read by us yet (EU label section 6.4): A (EU)."),
    "two-of-one-part": (
        ((LABEL_EU, {"title": "A", "value": NOT_READ}), (Says(("US", "EU")), {"title": "B", "value": NOT_READ})),
        "Not read by us yet (EU label section 6.4): A (EU); B (US, EU).",
    ),
    "two-kinds": (
        ((LABEL_EU, {"title": "A", "value": NOT_READ}), (LABEL_EU, {"title": "B", "value": SILENT})),
        "Not read by us yet (EU label section 6.4): A (EU). Silent (EU label section 6.4): B (EU).",
    ),
    "a-remainder": (
        ((LABEL_EU, {"title": "A", "value": NotRead("how often", PARTS)}),),
        "Not read by us yet (EU label section 6.4): A: how often (EU).",
    ),
    "condition-and-note": (
        ((LABEL_EU, {"title": "A", "value": NOT_READ, "condition": "in adults", "note": "A note."}),),
        "Not read by us yet (EU label section 6.4): A in adults (EU) A note.",
    ),
    "no-place": (((NO_PLACE, {"title": "A", "value": NOT_READ}),), "Not read by us yet (EU label section 6.4): A."),
    "searched": (
        ((LABEL_EU, {"title": "A", "value": SEARCHED}),),
        "Not found (searched 10 January 2026, notices of the regulator): A (EU).",
    ),
    "a-source-for-the-whole-world": (
        ((LABEL_EU, {"title": "A", "value": NotRead("", (Passage("exampla-trial"),))}),),
        "Not read by us yet (worldwide trial report): A (EU).",
    ),
}


@pytest.mark.parametrize(("given", "line"), BELOW.values(), ids=BELOW.keys())
def test_gaps_in_a_line(desk: Desk, fact: Make, given: Gaps, line: str) -> None:
    html = groups.told_below(desk, [fact(says, **more) for says, more in given])
    assert text(html) == line
    assert len(LexborHTMLParser(html).css("p.gaps > [data-fact]")) == len(given)


LOUD = ("dose", "renal", "hepatic", "boxed-warning", "contraindication", "corticosteroid")


def test_gaps_on_these_topics_are_warnings(desk: Desk) -> None:
    assert tuple(name for name, topic in desk.vocabulary.lists.topics.items() if topic.loud) == LOUD


@pytest.mark.parametrize("value", [NOT_READ, SILENT, SEARCHED], ids=["not-read", "silent", "not-found"])
@pytest.mark.parametrize("topic", [*LOUD, "storage"])
def test_a_gap_that_is_a_warning_stands_by_itself(desk: Desk, fact: Make, topic: str, value: Gap) -> None:
    known, gap = fact(LABEL_US), fact(Says(EU, topic=topic), value=value)
    assert groups.parted(desk, [known, gap]) == ([known], [gap], []) if topic in LOUD else ([known], [], [gap])


def test_a_warning_says_kind_remainder_condition_place_and_where_to_read(desk: Desk, fact: Make) -> None:
    gap = fact(LABEL_EU, title="Dose", value=NotRead("in children", PARTS), condition="if small", note="A note.")
    html = groups.warned(desk, [gap])
    assert text(html) == (
        "Dose: Not read by us yet (in children). if small EU Product information of Exampla (fictional), section 6.4 A note."
    )
    assert [node.attributes["data-fact"] for node in LexborHTMLParser(html).css("p.gap-loud")] == [gap.id]


CELLS = {
    "not-read": (NotRead("how often", PARTS), "Not read by us yet (how often) (EU label section 6.4)"),
    "silent": (SILENT, "Silent (EU label section 6.4)"),
    "not-found": (SEARCHED, "Not found (searched 10 January 2026, notices of the regulator)"),
}


@pytest.mark.parametrize(("value", "words"), CELLS.values(), ids=CELLS.keys())
def test_a_gap_in_a_cell(desk: Desk, fact: Make, value: Gap, words: str) -> None:
    assert text(groups.in_cell(desk, fact(LABEL_EU, value=value))) == words


def test_a_gap_shares_nothing_and_is_no_fact_that_others_share_with(desk: Desk, fact: Make) -> None:
    facts = [fact(LABEL_US, value=Statement("A."))] * 3 + [fact(LABEL_EU, value=NOT_READ, topic="storage")] * 4
    known, _, _ = groups.parted(desk, facts)
    assert text(groups.shared(desk, known).line()) == "US unless marked"
