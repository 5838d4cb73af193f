"""The comparison as a reader gets it: how long it is, that it fits every screen and the paper, and that it holds with ten medicines."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page

from macros.formulary.book import Formulary
from macros.render import comparison
from macros.render.desk import Desk
from tests.support.screens import TYPES

NAME = "hemophilia-gene-therapies"
HIGHEST = 3_500  # pixels of the table on a wide screen, with fonts that are wider than those of most systems
SHEETS = {"table": 5, "page": 8}
MANY = 10
WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The comparison on a wide screen, in a tab of its own."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, reduced_motion="reduce")
    tab = context.new_page()
    tab.goto(address + TYPES["comparison"])
    yield tab
    context.close()


def test_the_table_is_short(page: Page) -> None:
    assert page.locator(".matrix").evaluate("each => each.getBoundingClientRect().height") <= HIGHEST


@pytest.mark.parametrize("width", [320, 390, 719, 720, 900, 1280, 1920])
def test_nothing_reaches_over_the_edge_of_a_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate(WIDTH) == width
    over = page.evaluate(
        "[...document.querySelectorAll('.matrix, .matrix *')].filter(each => each.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert over == 0


def test_the_medicines_stay_in_sight(page: Page) -> None:
    page.locator("[id='results']").evaluate("each => scrollTo(0, each.getBoundingClientRect().top + scrollY)")
    header = page.locator(".md-header").bounding_box()
    head = page.locator(".matrix thead th").nth(1).bounding_box()
    assert header
    assert head
    assert abs(head["y"] - header["height"]) <= 2


def test_a_link_to_a_question_shows_it_below_the_medicines(page: Page) -> None:
    page.locator("#rows").get_by_role("link", name="Liver", exact=True).click()
    head, group = page.locator(".matrix thead th").first.bounding_box(), page.locator("#liver").bounding_box()
    assert head
    assert group
    assert head["y"] + head["height"] - 2 <= group["y"] <= 400


def sheets(made: bytes) -> list[tuple[float, float]]:
    """Width and height of each sheet."""
    return [(float(width), float(height)) for width, height in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", made)]


def test_it_is_printed_on_few_sheets_that_lie_on_their_side(page: Page) -> None:
    whole = sheets(page.pdf(prefer_css_page_size=True))
    assert len(whole) <= SHEETS["page"]
    assert all(width > height for width, height in whole)
    page.evaluate("document.querySelectorAll('.matrix ~ *').forEach(each => each.remove())")
    assert len(sheets(page.pdf(prefer_css_page_size=True))) <= SHEETS["table"]


@pytest.fixture(scope="module")
def ten(book: Formulary) -> str:
    """The comparison as it would be of ten medicines."""
    known = [each for each in book.monographs.values() if any("hemophilia" in disease for disease in each.medicine.diseases)]
    copies = {f"copy-{number}": known[number % len(known)] for number in range(MANY - len(known))}
    return comparison.compare(Desk(replace(book, monographs=dict(book.monographs) | copies)), NAME)


@pytest.fixture
def many(page: Page, ten: str) -> Page:
    """The page with the comparison of ten medicines in its place."""
    page.locator(".matrix").evaluate("(each, html) => { each.outerHTML = html }", ten)
    return page


def test_ten_medicines_scroll_beside_their_questions(many: Page) -> None:
    assert many.locator(".matrix thead th").count() == MANY + 1
    assert many.evaluate(WIDTH) == 1400
    narrowest = many.evaluate("Math.min(...[...document.querySelectorAll('.matrix td')].map(each => each.getBoundingClientRect().width))")
    assert narrowest >= 200
    many.locator(".matrix").evaluate("each => { each.scrollTop = 900; each.scrollLeft = 1500 }")
    box = many.locator(".matrix").bounding_box()
    question, head = many.locator("[id='dose-once']").bounding_box(), many.locator(".matrix thead th").last.bounding_box()
    assert box
    assert question
    assert head
    assert abs(question["x"] - box["x"]) <= 2
    assert abs(head["y"] - box["y"]) <= 4


def test_ten_medicines_stand_one_below_another_on_a_phone(many: Page) -> None:
    many.set_viewport_size({"width": 320, "height": 700})
    assert many.evaluate(WIDTH) == 320
    assert many.locator(".matrix .of").first.is_visible()


def test_ten_medicines_are_printed_one_below_another(many: Page) -> None:
    many.emulate_media(media="print")
    many.set_viewport_size({"width": 1040, "height": 700})
    assert many.evaluate(WIDTH) == 1040
    assert many.locator(".matrix .of").first.is_visible()
