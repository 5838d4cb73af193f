"""Ten questions that a pharmacist asks: each is answered on the first screen of the monograph, or one click from it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.conftest import MEDICINE
from tests.support.screens import HERE

WIDE, PHONE = {"width": 1400, "height": 900}, {"width": 390, "height": 844}
# The words of the link to click, none if the first screens answer; the fact or the row that answers; what it says.
QUESTIONS = {
    "may-this-patient-have-it": ("", "indications/inhibitors-us", "Factor VIII inhibitors: a positive test excludes treatment"),
    "dose-and-vials-for-82-kg": ("80", "#kg-82", "82 246 31 1:47"),
    "first-rate-step-and-highest-rate": ("", "dose/infusion-rate-eu", "may start at 1 mL/min"),
    "shortest-infusion-for-40-kg": ("40", "#kg-40", "40 120 15 1:10"),
    "what-excludes": ("", "safety/contraindication-infection", "Active infection"),
    "which-test-first": ("", "monitoring/tests-us", "pre-existing antibodies to AAV5, factor VIII inhibitors, liver health"),
    "when-alt": ("", "monitoring/alt-eu", "every week until 26 weeks after the infusion"),
    "what-if-alt-rises": ("", "monitoring/steroid-label", "Not read by us yet"),
    "how-long-contraception": ("", "safety/warning-contraception", "6 months after the infusion"),
    "still-available": ("", "status/us-reported", "withdrawn from the market by the company (23 February 2026)"),
}
# A phone shows the cards in as many screens; a wide screen in one.
SCREENS = {1400: 1, 390: 3}

# The text of an element as it is read, a row cell by cell.
SAID = """e => { const c = e.cloneNode(true); c.querySelectorAll('.spoken').forEach(s => s.remove());
    return c.cells ? [...c.cells].map(cell => cell.textContent).join(' ') : c.textContent }"""


def seen(page: Page, place: Locator) -> bool:
    """Whether the element lies on the screen, below the header."""
    box = place.bounding_box()
    header = page.locator(".md-header").bounding_box()
    deep = page.viewport_size["height"] * SCREENS[page.viewport_size["width"]]
    return bool(box and header and header["height"] <= box["y"] and box["y"] + min(box["height"], 60) <= deep)


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
        clicked = page.locator("#at-a-glance .weights a", has_text=link).first
        assert seen(page, clicked)
        clicked.click()
    place = page.locator(answer if answer.startswith("#") else f'[data-fact="{MEDICINE}/{answer}"]')
    place.first.wait_for()
    page.wait_for_load_state()
    shown = [each for each in place.all() if seen(page, each)]
    said = [" ".join(each.evaluate(SAID).split()) for each in shown]
    assert [text for text in said if words in text] != []
