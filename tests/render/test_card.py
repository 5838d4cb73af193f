"""The cards at the top of a monograph: what a line says, the rates and weights on them, and what they refuse."""

from collections.abc import Callable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.finding import Refused
from macros.formulary.book import Formulary
from macros.formulary.load import load
from macros.render import macros as render
from macros.render.columns import layout
from macros.render.desk import Desk
from tests.conftest import MEDICINE, SLUG, TODAY
from tests.formulary.test_ordinary_medicines import FORMER, TABLET, project_with_both

Edit = Callable[[str, str, str], None]
CARDS = f"macros/data/{SLUG}/cards.yml"


@pytest.fixture(scope="module")
def fictional(tmp_path_factory: pytest.TempPathFactory) -> Formulary:
    """The three fictional medicines."""
    return load(project_with_both(tmp_path_factory.mktemp("cards")), TODAY)[0]


def made(book: Formulary, slug: str = SLUG) -> LexborHTMLParser:
    """The cards of a medicine, without what only a screen reader says."""
    tree = LexborHTMLParser(render.cards(Desk(book, slug, "../../")))
    for unseen in tree.css(".spoken"):
        unseen.decompose()
    return tree


def text(node: LexborNode | None) -> str:
    """What an element says to the eye."""
    assert node
    return " ".join(node.text().split())


def lines(tree: LexborHTMLParser, card: str) -> list[tuple[str | None, str]]:
    """Each line of a card with the fact that it begins with."""
    return [(node.attributes["data-fact"], text(node)) for node in tree.css(f".card-{card} ul.facts > li")]


TABLET_OF_A_CHILD = (
    "Exemplar pain: age 6 to below 18 years: 15 mg/kg/day in 2 divided doses, one every 12 hours, by mouth; rounded down to 0.5 mL; "
    "at most 500 mg in a dose and 1,000 mg in a day EU [2]"
)
LINES = {
    "amount": (SLUG, "dose", "dose/standard", "Dose: 4 × 10¹³ vg/kg as a single dose US, EU [1, +1]"),
    "schedule": (SLUG, "after", "monitoring/liver", "Liver enzymes: every week until 26 weeks after the infusion, then less often US [1]"),
    "amount-for-some": (TABLET, "dose", "dose/child", TABLET_OF_A_CHILD),
    "sentence-without-its-title": (SLUG, "do-not-give", "safety/infection", "Do not give during an active infection. US [1]"),
    "sentence-with-a-figure-of-another-fact": (
        TABLET,
        "do-not-give",
        "safety/severe-renal",
        "Do not give it below a creatinine clearance of 30 mL/min. EU [2]",
    ),
    "event-with-its-day": (FORMER, "do-not-give", "status/withdrawn-us", "authorization withdrawn (12 May 2011) US [1]"),
    "gap-with-what-is-missing": (TABLET, "dose", "dose/dialysis", "Dialysis: dose: Silent (the dose on dialysis) US, EU"),
}


@pytest.mark.parametrize(("slug", "card", "fact", "words"), LINES.values(), ids=LINES.keys())
def test_line(fictional: Formulary, slug: str, card: str, fact: str, words: str) -> None:
    assert dict(lines(made(fictional, slug), card))[f"{slug}/{fact}"] == words


def test_cards_stand_in_the_order_of_the_vocabulary_and_lead_to_their_sections(fictional: Formulary) -> None:
    tree = made(fictional, TABLET)
    here = "../../monographs/exemplidine/#"
    heads = [(text(node), node.css_first("a").attributes["href"]) for node in tree.css(".card-word")]
    assert heads == [
        ("Do not give more", f"{here}contraindications-and-warnings"),
        ("Dose and how it is given more", f"{here}dosage"),
        ("Before more", f"{here}indications"),
        ("After more", f"{here}monitoring"),
    ]
    assert [(text(node), node.css_first("a").attributes["href"]) for node in tree.css("ul.bar > li")] == [
        ("Must not", heads[0][1]),
        ("Dose", heads[1][1]),
        ("Before", heads[2][1]),
        ("After", heads[3][1]),
    ]
    assert [node.attributes["class"] for node in tree.css(".card")][0] == "card card-do-not-give alert left"


def read(project: Path) -> Formulary:
    """The formulary of a project without a fault in it."""
    book, findings = load(project, TODAY)
    assert findings == []
    return book


SAME = """
infection-eu:
  title: Infection
  topic: contraindication
  statement: Do not give during an active infection.
  evidence: label
  jurisdictions: [EU]
  sources:
    - {source: exampla-label-eu, grade: C, locator: section 4.3}
  checked: 2026-01-10
"""


def test_facts_that_say_the_same_share_a_line_and_keep_their_places_marks_and_sources(project: Path, edit: Edit) -> None:
    with (project / f"macros/data/{SLUG}/safety.yml").open("a", encoding="utf-8") as safety:
        safety.write(SAME)
    edit(CARDS, "[safety/infection]", "[safety/infection, safety/infection-eu]")
    tree = made(read(project))
    ((first, said),) = lines(tree, "do-not-give")
    assert (first, said) == (
        f"{SLUG}/safety/infection",
        "Do not give during an active infection. US [1] EU weak source, check before use [2]",
    )
    assert [node.attributes["data-fact"] for node in tree.css(".card-do-not-give [data-fact]")] == [
        f"{SLUG}/safety/infection",
        f"{SLUG}/safety/infection-eu",
    ]


APART = {
    "another-condition": "statement: Do not give during an active infection.\n  condition: unless it is mild",
    "another-word": "statement: Do not give during any infection.",
    "in-others": "statement: Do not give during an active infection.\n  population: adults",
}


@pytest.mark.parametrize("said", APART.values(), ids=APART.keys())
def test_what_differs_by_a_word_has_a_line_of_its_own(project: Path, edit: Edit, said: str) -> None:
    with (project / f"macros/data/{SLUG}/safety.yml").open("a", encoding="utf-8") as safety:
        safety.write(SAME.replace("statement: Do not give during an active infection.", said))
    edit(CARDS, "[safety/infection]", "[safety/infection, safety/infection-eu]")
    assert [fact for fact, _ in lines(made(read(project)), "do-not-give")] == [f"{SLUG}/safety/infection", f"{SLUG}/safety/infection-eu"]


RESISTANT = """
resistant:
  title: Resistant fever
  topic: dose
  statement: {said}
  use: approved
  evidence: label
  jurisdictions: [US]
  sources:
    - {{source: exampla-label-us, grade: A}}
  checked: 2026-01-10
"""
OF_A_DOSE = {
    "for-whom-it-does-not-say": ("Dose as for severe fever.", "Resistant fever: Dose as for severe fever. US [1]"),
    "that-begins-with-its-title": ("Resistant fever has the dose of severe fever.", "Resistant fever has the dose of severe fever. US [1]"),
    "in-short": ("Dose as for severe fever.\n  short: Resistant as severe fever", "Resistant as severe fever US [1]"),
}


@pytest.mark.parametrize(("said", "line"), OF_A_DOSE.values(), ids=OF_A_DOSE.keys())
def test_a_sentence_about_a_dose_says_what_the_dose_is_for(project: Path, edit: Edit, said: str, line: str) -> None:
    with (project / f"macros/data/{SLUG}/dose.yml").open("a", encoding="utf-8") as dose:
        dose.write(RESISTANT.format(said=said))
    edit(CARDS, "[dose/standard]", "[dose/resistant, dose/standard]")
    assert dict(lines(made(read(project)), "dose"))[f"{SLUG}/dose/resistant"] == line


OTHER = SAME.replace("title: Infection", "title: Sepsis")
SUBJECTS = {
    "of-other-places": (
        OTHER,
        ["Infection: Do not give during an active infection. US [1]", "Sepsis: {} EU weak source, check before use [2]"],
    ),
    "that-differ-in-nothing-else": (
        OTHER.replace("[EU]", "[US]").replace("exampla-label-eu, grade: C, locator: section 4.3", "exampla-label-us, grade: A"),
        ["Infection; Sepsis: {} US [1]"],
    ),
}


@pytest.mark.parametrize(("other", "told"), SUBJECTS.values(), ids=SUBJECTS.keys())
def test_what_is_said_of_different_things_in_the_same_words_names_each(project: Path, edit: Edit, other: str, told: list[str]) -> None:
    with (project / f"macros/data/{SLUG}/safety.yml").open("a", encoding="utf-8") as safety:
        safety.write(other)
    edit(CARDS, "[safety/infection]", "[safety/infection, safety/infection-eu]")
    tree = made(read(project))
    assert [said for _, said in lines(tree, "do-not-give")] == [each.format("Do not give during an active infection.") for each in told]
    assert [(node.attributes["data-fact"], "Do not give" in text(node)) for node in tree.css(".card-do-not-give [data-fact]")] == [
        (f"{SLUG}/safety/infection", True),
        (f"{SLUG}/safety/infection-eu", True),
    ]


LAYOUTS = {
    "alike-in-rows": ([[70] * 5, [70] * 5, [30] * 5, [30] * 5], ("", ["", "", "", ""])),
    "a-long-one-beside-short-ones": (
        [[70] * 5, [70] * 20, [70] * 5, [70] * 5],
        ("in-columns right-wide", ["left", "right", "left", "left"]),
    ),
    "a-long-one-first": ([[70] * 20, [70] * 5, [70] * 5, [70] * 2], ("in-columns", ["left", "right", "right", "right"])),
    "two-alone": ([[70] * 9, [70] * 2], ("", ["", ""])),
    "more-than-rows-are-made-for": ([[70]] * 6, ("in-columns", ["left", "right"] * 3)),
}


@pytest.mark.parametrize(("cards", "stand"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_cards_stand_in_columns_where_rows_are_clearly_longer(cards: list[list[int]], stand: tuple[str, list[str]]) -> None:
    found = layout(cards)
    assert (found.look, found.sides) == stand


SHORT = "  statement: Do not give during an active infection.\n"


def test_a_short_form_stands_in_place_of_the_sentence_and_keeps_its_condition(project: Path, edit: Edit) -> None:
    edit(f"macros/data/{SLUG}/safety.yml", SHORT, f"{SHORT}  short: Active infection\n  condition: unless it is mild\n")
    assert lines(made(read(project)), "do-not-give") == [(f"{SLUG}/safety/infection", "Active infection unless it is mild US [1]")]


RATES = "[dose/standard]\n", "[dose/standard]\n  rates: true\n"


def rates(tree: LexborHTMLParser) -> list[list[str]]:
    """The table of rates: its caption, and its rows."""
    (table,) = tree.css("table.rates")
    return [[text(table.css_first("caption"))], *([text(cell) for cell in row.css("th, td")] for row in table.css("tr"))]


def test_rates_rise_step_by_step_to_the_highest(project: Path, edit: Edit) -> None:
    edit(CARDS, *RATES)
    assert rates(made(read(project))) == [
        ["Rates US [1]"],
        ["Rate (mL/min)", "1", "2", "3"],
        ["For (min)", "20", "20", "the rest"],
        ["Volume (mL)", "20", "40", "the rest"],
    ]


def test_the_last_step_ends_at_the_highest_rate(project: Path, edit: Edit) -> None:
    edit(CARDS, *RATES)
    edit(f"macros/data/{SLUG}/dose.yml", "amount: 3 mL/min", "amount: 2.5 mL/min")
    assert rates(made(read(project)))[1] == ["Rate (mL/min)", "1", "2", "2.5"]


def test_rates_say_each_place_and_mark_that_one_of_their_figures_has(project: Path, edit: Edit) -> None:
    edit(CARDS, *RATES)
    step = "  amount: 1 mL/min\n  use: approved\n  evidence: label\n  jurisdictions: [US]\n  sources:\n    - {source: exampla-label-us, grade: "
    path = project / f"macros/data/{SLUG}/dose.yml"
    head, _, tail = path.read_text("utf-8").partition("infusion-step:\n")
    assert step + "A" in tail
    path.write_text(f"{head}infusion-step:\n{tail.replace(step + 'A', step + 'C', 1)}", "utf-8")
    assert rates(made(read(project)))[0] == ["Rates US US weak source, check before use [1]"]


def test_rates_of_one_step_are_refused(project: Path, edit: Edit) -> None:
    edit(CARDS, *RATES)
    edit(f"macros/data/{SLUG}/dose.yml", "amount: 3 mL/min", "amount: 1 mL/min")
    with pytest.raises(Refused, match="a card shows rates, but dose.yml has no rate that rises by steps; delete 'rates: true'"):
        made(read(project))


def test_rates_of_a_use_that_no_authority_approved_are_refused(project: Path, edit: Edit) -> None:
    edit(CARDS, *RATES)
    start = "infusion-start:\n  title: First rate\n  topic: infusion\n  amount: 1 mL/min\n  use: "
    edit(f"macros/data/{SLUG}/dose.yml", f"{start}approved", f"{start}research")
    with pytest.raises(Refused, match="dose/infusion-start' is research, so no dose may be computed from it"):
        made(read(project))


def test_weights_lead_to_rows_of_the_dose_sheet(project: Path, edit: Edit) -> None:
    edit(CARDS, "[dose/standard]\n", "[dose/standard]\n  weights: 40 to 65 by 10\n")
    links = made(read(project)).css(".weights a")
    assert [(text(link), link.attributes["href"]) for link in links] == [
        (f"{weight}", f"../../monographs/{SLUG}/dose-sheet/#kg-{weight}") for weight in (40, 50, 60)
    ]


def test_advice_of_experts_on_a_card_says_that_it_is_no_label(book: Formulary) -> None:
    official = {fact.id for fact in book.facts.values() if book.is_official(fact)}
    for slug in book.monographs:
        unmarked = [
            node.attributes["data-fact"]
            for node in made(book, slug).css(".cards ul.facts > li")
            if not node.css_first(".mark, .gap") and node.attributes["data-fact"] not in official
        ]
        assert [name for name in unmarked if name and book.facts[name].file != "status"] == []


def test_every_contraindication_and_boxed_warning_of_a_real_medicine_stands_on_its_card(book: Formulary) -> None:
    tree = made(book, MEDICINE)
    shown = {node.attributes["data-fact"] for node in tree.css(".card-do-not-give [data-fact]")}
    wanted = {fact.id for topic in ("contraindication", "boxed-warning") for fact in book.monographs[MEDICINE].about(topic)}
    assert wanted and wanted <= shown
