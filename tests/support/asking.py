"""What the search of the built site answers in a real browser."""

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page

from tests.support.screens import answered


class Answer(NamedTuple):
    """What the box says, and each result: its page and section, its marks, its text."""

    said: str
    results: list[tuple[str, str]]
    marks: list[list[str]]
    texts: list[str]


def asking(tab: Page, address: str) -> Callable[[str], Answer]:
    """Puts words into the field of a page at once, as a paste or dictation does, and gives what comes."""

    def asked(words: str) -> Answer:
        tab.fill(".md-search__input", "")
        tab.fill(".md-search__input", words)
        answered(tab, words)
        found = tab.eval_on_selector_all(
            ".md-search-result__link",
            "links => links.map(a => [a.href, [...a.querySelectorAll('.md-tag')].map(tag => tag.textContent), a.textContent])",
        )
        links = [href.removeprefix(address).partition("#") for href, _, _ in found]
        return Answer(
            tab.inner_text(".md-search-result__meta"),
            [(link.partition("?")[0], section) for link, _, section in links],
            [marks for _, marks, _ in found],
            [text for _, _, text in found],
        )

    return asked
