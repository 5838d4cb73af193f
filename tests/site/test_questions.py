"""Ten questions that a pharmacist asks: each is answered on the first screen of the monograph, or one click from it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.conftest import MEDICINE
from tests.support.screens import HERE

WIDE, PHONE = {"width": 1400, "height": 900}, {"width": 390, "height": 844}
# The words of the link to click, none if the first screen answers; the fact or the row that answers; what it says.
QUESTIONS = {
    "may-this-patient-have-it": (
        "Who is eligible",
        "indications/inhibitors-us",
        "A positive test for factor VIII inhibitors excludes treatment",
    ),
    "dose-and-vials-for-82-kg": ("80 kg", "#kg-82", "82 246 31 106.5"),
    "first-rate-step-and-highest-rate": ("infusion", "dose/infusion-start", "1 mL/min"),
    "step": ("infusion", "dose/infusion-step", "1 mL/min"),
    "highest-rate": ("infusion", "dose/infusion-max", "4 mL/min"),
    "shortest-infusion-for-40-kg": ("40 kg", "#kg-40", "40 120 15 70"),
    "what-excludes": ("what excludes", "safety/contraindication-infection", "active infection"),
    "which-test-first": ("tests first", "monitoring/tests-us", "pre-existing antibodies to AAV5, factor VIII inhibitors and liver health"),
    "when-alt": ("ALT: when to test", "monitoring/alt-us", "every week for at least 26 weeks after the infusion"),
    "what-if-alt-rises": ("when ALT rises", "monitoring/steroid-label", "Not read by us yet"),
    "how-long-contraception": ("contraception", "advice/contraception", "For 6 months after the drip"),
    "still-available": ("", "status/us-reported", "withdrawn from the market by the company (23 February 2026)"),
}

# The text of an element as it is read, a row cell by cell.
SAID = """e => { const c = e.cloneNode(true); c.querySelectorAll('.spoken').forEach(s => s.remove());
    return c.cells ? [...c.cells].map(cell => cell.textContent).join(' ') : c.textContent }"""


def seen(page: Page, place: Locator) -> bool:
    """Whether the element lies on the screen, below the header."""
    box = place.bounding_box()
    header = page.locator(".md-header").bounding_box()
    return bool(box and header and header["height"] <= box["y"] and box["y"] + min(box["height"], 60) <= page.viewport_size["height"])


@pytest.fixture(scope="module", params=[WIDE, PHONE], ids=["wide", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A screen that stays open; each question opens the monograph anew."""
    page = browser.new_page(viewport=request.param)
    yield page
    page.close()


@pytest.mark.parametrize(("link", "answer", "words"), QUESTIONS.values(), ids=QUESTIONS.keys())
def test_question(page: Page, address: str, link: str, answer: str, words: str) -> None:
    page.goto(address + HERE)
    if link:
        clicked = page.locator("#at-a-glance ~ p a", has_text=link).first
        assert seen(page, clicked)
        clicked.click()
    place = page.locator(answer if answer.startswith("#") else f'[data-fact="{MEDICINE}/{answer}"]')
    place.first.wait_for()
    page.wait_for_load_state()
    shown = [each for each in place.all() if seen(page, each)]
    said = [" ".join(each.evaluate(SAID).split()) for each in shown]
    assert [text for text in said if words in text] != []
