"""What tests of the search share: one page of the built site for all questions."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.support.asking import Answer


@pytest.fixture(scope="module")
def search_tab(browser: "Browser", address: str) -> Iterator["Page"]:
    """One page for all questions."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(address)
    yield page
    page.close()


@pytest.fixture
def ask(search_tab: "Page", address: str) -> "Callable[[str], Answer]":
    """Puts the words into the field at once, and gives what comes."""
    from tests.support.asking import asking

    return asking(search_tab, address)
