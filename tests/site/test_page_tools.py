"""What a reader does with a page: copies a link to a section, prints it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support.screens import HERE

SIGN = "#dosage .headerlink"
COPIED = "Link to this section copied."


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """A tab from which the tests may copy."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def page(tab: Page, address: str) -> Page:
    """The monograph, opened anew."""
    tab.goto(address + HERE)
    return tab


def test_the_sign_at_a_heading_copies_its_address_says_so_and_leads_there(page: Page, address: str) -> None:
    page.locator(SIGN).focus()
    page.keyboard.press("Enter")
    page.wait_for_function("words => document.querySelector('[role=status].said').textContent === words", arg=COPIED)
    assert page.evaluate("navigator.clipboard.readText()") == page.url == f"{address}{HERE}#dosage"


def test_without_the_new_way_the_old_one_copies(page: Page, address: str) -> None:
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')) }")
    page.locator(SIGN).focus()
    page.keyboard.press("Enter")
    page.wait_for_function("words => document.querySelector('.said').textContent === words", arg=COPIED)
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}{HERE}#dosage"


def test_what_can_not_be_copied_is_said(page: Page) -> None:
    page.evaluate("""() => {
        navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
        document.execCommand = () => false;
    }""")
    page.locator(SIGN).focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.said').textContent.includes('could not be copied')")


PRINTED = {HERE: True, f"{HERE}patient/": True, f"{HERE}dose-sheet/": True, "glossary/": False, "": False}


@pytest.mark.parametrize(("path", "there"), PRINTED.items(), ids=[path or "home" for path in PRINTED])
def test_pages_of_a_medicine_have_a_button_that_prints(opened: Callable[[str, str], Page], address: str, path: str, there: bool) -> None:
    page = opened("wide-light", address + path)
    button = page.get_by_role("button", name="Print this page")
    assert button.count() == there
    if there:
        page.evaluate("window.print = () => { document.title = 'printed' }")
        button.click()
        assert page.title() == "printed"
        page.emulate_media(media="print")
        assert page.locator(".print-page").is_hidden()


def test_without_a_script_there_is_no_button_and_the_sign_is_a_link(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(address + HERE)
    assert page.locator(".print-page").is_hidden()
    page.locator(SIGN).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}{HERE}#dosage")  # without scripts the browser tells of the jump only later
    page.close()


SIZES = {f"{HERE}patient/": {14.0}, HERE: {7.5, 7.8, 8.5}}


@pytest.mark.parametrize(("path", "points"), SIZES.items(), ids=["patient-guide", "monograph"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "none"])
def test_the_guide_for_patients_is_printed_large(browser: Browser, address: str, path: str, points: set[float], script: bool) -> None:
    page = browser.new_page(java_script_enabled=script)
    page.goto(address + path)
    page.emulate_media(media="print")
    sizes = page.locator("article > p:visible, article > ul > li:visible").evaluate_all(
        "all => all.map(each => getComputedStyle(each).fontSize)"
    )
    assert {round(float(size.removesuffix("px")) * 0.75, 2) for size in sizes} == points
    page.close()


def test_who_is_lost_is_led_on(opened: Callable[[str, str], Page], address: str) -> None:
    page = opened("phone-dark", address + "404.html")
    links = page.locator("article li a").evaluate_all("all => all.map(each => [each.textContent, each.href])")
    wanted = {
        "Home": "index.html",
        "All monographs": "monographs/",
        "A to Z": "a-z/",
        "Research register": "research/",
        "Report an error": "about/report/",
    }
    assert dict(links) == {name: address + path for name, path in wanted.items()}
    for _, link in links:
        answer = page.request.get(link)
        assert answer.ok, link
    assert "Search for the medicine" in page.locator("article").inner_text()
