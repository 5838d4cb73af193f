"""The types of pages and the kinds of screens on which tests look at them."""

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Page

MEDICINE = "valoctocogene-roxaparvovec"  # the real one that the tests of pages and doses look at
HERE = f"monographs/{MEDICINE}/"
# One page of each type.
TYPES = {
    "home": "",
    "list": "monographs/",
    "monograph": HERE,
    "patient-guide": f"{HERE}patient/",
    "handout": f"{HERE}handout/",
    "dose-sheet": f"{HERE}dose-sheet/",
    "checklist": f"{HERE}checklist/",
    "evidence": f"{HERE}evidence/",
    "dose-by-height": "monographs/fidanacogene-elaparvovec/",
    "comparison": "compare/hemophilia-gene-therapies/",
    "register": "research/",
    "glossary": "glossary/",
    "a-z": "a-z/",
    "changes": "changes/",
    "about": "about/",
    "statuses": "about/statuses/",
    "sources": "about/sources/",
    "counts": "about/data/",
    "editors": "about/editors/",
    "lost": "404.html",
}
SCREENS: dict[str, tuple[int, Literal["light", "dark"]]] = {
    "wide-light": (1400, "light"),
    "phone-dark": (390, "dark"),
    "wide-dark": (1400, "dark"),
    "phone-light": (390, "light"),
}


def search(page: "Page", words: str = "dose") -> None:
    """Opens the search as a hand would, and asks."""
    page.locator(".md-search__input, .opens-search").locator("visible=true").first.click()
    ask(page, words)


def ask(page: "Page", words: str) -> None:
    """Types into the open search, so that it asks once: the answer to each letter would take the place of the one before."""
    page.keyboard.insert_text(words[:-1])
    page.keyboard.press(words[-1])
    answered(page, words)


def answered(page: "Page", words: str) -> None:
    """Waits until the search has answered these words."""
    page.wait_for_function(
        "words => document.querySelector('.md-search-result__list').dataset.answers === words", arg=" ".join(words.split())
    )
