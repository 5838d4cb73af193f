"""What tests of the site share: a builder that begins at once, and one page of the built site for all questions to the search."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.support.asking import Answer


@pytest.fixture(scope="module")
def builder() -> Iterator[None]:
    """Has builds that a test asks for in this process begin MkDocs in a fifth of the time."""
    from tests.support.forked import builder_forked  # which reads much that few tests need

    with builder_forked():
        yield


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
