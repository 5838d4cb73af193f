"""What a citation shows when it is pointed at, tapped or reached by keys; without a script it leads to the list as any link."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.site.test_access import violations
from tests.support.copies import made, unzipped
from tests.support.screens import HERE

NOTE = ".source-note"
# The first citation in the text, and one far right in a table that scrolls.
FIRST = "article .cards .cites a >> nth=0"
IN_A_TABLE = ".table-scroll tbody .cites a >> nth=0"


def lines(page: Page) -> list[str]:
    """What the open note says, line by line."""
    return page.locator(NOTE).inner_text().splitlines()


def expected(page: Page, citation: str) -> list[str]:
    """What it is to say, from the citation and from the entry that it leads to."""
    link = page.locator(citation)
    entry = page.locator(link.get_attribute("href"))
    cited = link.get_attribute("data-cited") or ""
    read = entry.locator(".source-kind").text_content() or ""
    return [
        f"[{link.inner_text()}] {entry.locator('.source-title').text_content()}",
        cited[:1].upper() + cited[1:],
        read[0].upper() + read[1:],
        "Show in the list of sources",
    ]


@pytest.mark.parametrize("citation", [FIRST, IN_A_TABLE], ids=["text", "table"])
@pytest.mark.parametrize("screen", ["wide-light", "phone-dark"])
def test_pointing_shows_the_source_whole(visited: Callable[[str, str], Page], address: str, screen: str, citation: str) -> None:
    page = visited(screen, address + HERE)
    page.locator(citation).scroll_into_view_if_needed()
    page.hover(citation)
    page.wait_for_selector(NOTE)
    assert lines(page) == expected(page, citation)
    box, size = page.locator(NOTE).bounding_box(), page.viewport_size
    assert box and size and box["x"] >= 0 and box["y"] >= 0
    assert box["x"] + box["width"] <= size["width"] and box["y"] + box["height"] <= size["height"]
    assert page.evaluate("""box => [[2, 2], [box.width - 2, box.height - 2]].every(([x, y]) =>
        document.elementFromPoint(box.x + x, box.y + y).closest(".source-note"))""", box)  # fmt: skip


def test_the_pointer_may_rest_on_it_and_its_link_leads_on(visited: Callable[[str, str], Page], address: str) -> None:
    page = visited("wide-light", address + HERE)
    page.hover(FIRST)
    page.hover(f"{NOTE} .source-note-title")
    wanted = page.locator(FIRST).get_attribute("href")
    page.click(f"{NOTE} a")
    page.wait_for_url(f"**/{wanted}")
    page.wait_for_selector(NOTE, state="detached")


def test_it_shuts_when_the_pointer_leaves(visited: Callable[[str, str], Page], address: str) -> None:
    page = visited("wide-light", address + HERE)
    page.hover(FIRST)
    page.wait_for_selector(NOTE)
    page.hover("h1")
    page.wait_for_selector(NOTE, state="detached")


def test_keys_show_it_and_escape_shuts_it(visited: Callable[[str, str], Page], address: str) -> None:
    page = visited("wide-light", address + HERE)
    page.keyboard.press("Tab")  # so that the browser knows of keys
    page.locator(FIRST).focus()
    assert lines(page) == expected(page, FIRST)
    assert page.locator(FIRST).get_attribute("aria-describedby") == page.locator(NOTE).get_attribute("id")
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert page.locator(NOTE).count() == 0
    assert page.evaluate("document.activeElement.dataset.cited") and not page.locator(FIRST).get_attribute("aria-describedby")
    wanted = page.locator(FIRST).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{wanted}")


def test_the_next_key_leaves_it(visited: Callable[[str, str], Page], address: str) -> None:
    page = visited("wide-light", address + HERE)
    page.keyboard.press("Tab")
    page.locator(FIRST).focus()
    page.keyboard.press("Tab")
    assert page.evaluate(f"!document.activeElement.closest('{NOTE}')")
    assert page.locator(FIRST).get_attribute("aria-describedby") is None


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A screen for fingers."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_a_tap_shows_it_and_the_next_follows(phone: Page, address: str) -> None:
    phone.goto(address + HERE)
    phone.tap(FIRST)
    assert lines(phone) == expected(phone, FIRST)
    assert phone.url == address + HERE
    phone.tap("h1")
    assert phone.locator(NOTE).count() == 0
    phone.tap(FIRST)
    phone.tap(FIRST)
    wanted = phone.locator(FIRST).get_attribute("href")
    phone.wait_for_url(f"**/{wanted}")


def test_a_tap_on_its_link_leads_on(phone: Page, address: str) -> None:
    phone.goto(address + HERE)
    phone.tap(FIRST)
    wanted = phone.locator(FIRST).get_attribute("href")
    phone.tap(f"{NOTE} a")
    phone.wait_for_url(f"**/{wanted}")


def test_it_is_not_printed_and_has_a_frame_in_forced_colours(browser: Browser, address: str) -> None:
    page = browser.new_page(forced_colors="active", reduced_motion="reduce")
    page.goto(address + HERE)
    page.hover(FIRST)
    page.wait_for_selector(NOTE)
    assert page.locator(NOTE).evaluate("node => getComputedStyle(node).borderTopStyle") == "solid"
    page.emulate_media(media="print")
    assert page.locator(NOTE).is_hidden()
    page.close()


def test_without_a_script_a_citation_leads_to_the_list(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(address + HERE)
    wanted = page.locator(FIRST).get_attribute("href")
    page.click(FIRST)
    page.wait_for_url(f"{address}{HERE}{wanted}")
    page.close()


def test_it_works_from_a_disk(visited: Callable[[str, str], Page], offline: Path, tmp_path: Path) -> None:
    page = visited("wide-dark", (unzipped(made(offline), tmp_path) / f"site/{HERE}index.html").as_uri())
    page.hover(FIRST)
    page.wait_for_selector(NOTE)
    assert lines(page) == expected(page, FIRST)


def test_a_finger_learns_what_an_abbreviation_stands_for(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + HERE)
    abbr = page.locator("article .cards abbr").first
    abbr.tap()
    assert lines(page) == [abbr.get_attribute("title")]
    page.keyboard.press("Escape")
    page.wait_for_selector(NOTE, state="detached")
    context.close()
