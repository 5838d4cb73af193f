"""The card at the top of a monograph: what a line says, and what it refuses."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.finding import Refused
from macros.formulary.book import Formulary
from macros.formulary.load import load
from macros.render import macros as render
from macros.render.desk import Desk
from tests.conftest import MEDICINE, SLUG, TODAY
from tests.formulary.test_ordinary_medicines import project_with_both


@pytest.fixture(scope="module")
def fictional(tmp_path_factory: pytest.TempPathFactory) -> Formulary:
    """The three fictional medicines."""
    return load(project_with_both(tmp_path_factory.mktemp("glance")), TODAY)[0]


@pytest.fixture
def desk(book: Formulary) -> Desk:
    """The page of the real monograph."""
    return Desk(book, MEDICINE, "../../")


LINES = {
    "amount": (SLUG, "dose", "dose/standard", "Dose: 4 × 10¹³ vg/kg US, EU [1, 2]"),
    "amount-for-some": ("exemplidine", "dose", "dose/child", "Children: each dose: 7.5 mg/kg children and adolescents EU [1]"),
    "sentence-without-its-title": (SLUG, "must-not", "safety/infection", "Do not give during an active infection. US [1]"),
    "event-with-its-day": (SLUG, "supply", "status/supply-us", "supply limited (1 June 2025) US [1]"),
    "event-that-is-a-gap": (
        SLUG,
        "supply",
        "status/supply-eu",
        "availability not known to us Not found: searched on 10 January 2026 in notices of the company and of the regulator, "
        "by the words “Exampla supply stopped”, “Exampla shortage” EU",
    ),
    "gap": (
        "exemplidine",
        "dose",
        "dose/dialysis",
        "Dialysis: dose: Silent (the dose on dialysis): Prescribing information of Tablexa (fictional); "
        "Product information of Tablexa (fictional), each read whole, say nothing on it US, EU",
    ),
}


@pytest.mark.parametrize(("slug", "line", "fact", "words"), LINES.values(), ids=LINES.keys())
def test_line(fictional: Formulary, slug: str, line: str, fact: str, words: str) -> None:
    tree = LexborHTMLParser(render.at_a_glance(Desk(fictional, slug, "../../"), line, fact))
    (entry,) = tree.css("li")
    for unseen in entry.css(".spoken"):
        unseen.decompose()
    assert (entry.attributes["data-fact"], " ".join(entry.text().split())) == (f"{slug}/{fact}", words)


REFUSED = {
    "another-topic": (
        ("whom", "contraindication"),
        "'safety/contraindication-infection' is about contraindication; this line takes facts about: indication, opinion, authorization",
    ),
    "line": (("doses", "dose/standard"), "unknown line 'doses' of the card; did you mean 'dose'?"),
    "advice-of-experts": (
        ("watch", "monitoring/alt-expert"),
        "'monitoring/alt-expert' holds for no place with a regulator, and the card is read alone; leave it to its section",
    ),
}


@pytest.mark.parametrize(("given", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_refusal(desk: Desk, given: tuple[str, ...], message: str) -> None:
    with pytest.raises(Refused) as refused:
        render.at_a_glance(desk, *given)
    assert str(refused.value) == message


def test_no_advice_on_steroids_can_stand_on_the_card(book: Formulary, desk: Desk) -> None:
    advice = [fact.short_id for fact in book.monographs[MEDICINE].about("alt-rise")]
    assert advice
    for name in advice:
        with pytest.raises(Refused):
            render.at_a_glance(desk, "watch", name)


def test_weights_lead_to_rows_of_the_dose_sheet(desk: Desk) -> None:
    links = LexborHTMLParser(render.weights(desk, 40, 60, 10)).css("a")
    assert [(link.text(), link.attributes["href"]) for link in links] == [
        (f"{weight}\u00a0kg", f"../../monographs/{MEDICINE}/dose-sheet/#kg-{weight}") for weight in (40, 50, 60)
    ]
