"""The card at the top of a monograph: what a line says, and what it refuses."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros import render
from macros.finding import Refused
from macros.formulary import Formulary
from macros.markup import Desk
from tests.conftest import MEDICINE


@pytest.fixture
def desk(book: Formulary) -> Desk:
    """The page of the real monograph."""
    return Desk(book, MEDICINE, "../../")


LINES = {
    "amount": ("dose", "dose/standard", "Dose: 6 × 10¹³ vg/kg US, EU [1, 2]"),
    "sentence-without-its-title": (
        "must-not",
        "safety/contraindication-antibodies-eu",
        "Do not give it to a patient who has antibodies to AAV5. EU [1]",
    ),
    "what-is-not-the-label-says-so": (
        "watch",
        "monitoring/alt-us",
        "ALT: every week for at least 26 weeks after the infusion US a treatment center's practice, not label [1]",
    ),
    "event-with-its-day": (
        "supply",
        "status/divestment-plan",
        "divestment planned (27 October 2025) US, EU company report, not label [1, 2]",
    ),
    "gap-with-its-note": (
        "given",
        "dose/premedication",
        "Pre-medication: Not established (searched 22 November 2026): The US label could be read in part only; nothing on pre-medication was "
        "found in those parts. This does not mean that none is needed; see the full label. US [1]",
    ),
    "event-without-a-day": (
        "supply",
        "status/us-reported",
        "market withdrawal reported, unconfirmed: check with the manufacturer or the FDA US [1]",
    ),
}


@pytest.mark.parametrize(("line", "fact", "words"), LINES.values(), ids=LINES.keys())
def test_line(desk: Desk, line: str, fact: str, words: str) -> None:
    tree = LexborHTMLParser(render.at_a_glance(desk, line, fact))
    (entry,) = tree.css("li")
    for unseen in entry.css(".spoken"):
        unseen.decompose()
    assert (entry.attributes["data-fact"], " ".join(entry.text().split())) == (f"{MEDICINE}/{fact}", words)


REFUSED = {
    "another-topic": (
        ("whom", "contraindication"),
        "'safety/contraindication-infection' is about contraindication; this line takes facts about: indication, opinion, authorisation",
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
