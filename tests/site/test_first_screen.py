"""The first screen of a monograph, and how long the page is, in a real browser: what is asked most stands where it is looked for."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.conftest import MEDICINE
from tests.support.screens import HERE

# How far down, in pixels, the cards end on a screen of 1400 by 900, and how long the page may be; the fonts here are wide ones.
MONOGRAPHS = {
    MEDICINE: (890, 15_000),
    "etranacogene-dezaparvovec": (960, 15_500),
    "fidanacogene-elaparvovec": (900, 11_000),
}
ENDS = "Math.max(...[...document.querySelectorAll('.card')].map(card => card.getBoundingClientRect().bottom + scrollY))"
TOP = "document.querySelector('.card-dose').getBoundingClientRect().top + scrollY"
# As many screens of a phone as the way to the dose takes, and as many entries as the contents have.
_SCREENS, _ENTRIES = 2, 20


@pytest.mark.parametrize(("slug", "limits"), MONOGRAPHS.items())
def test_the_cards_fit_the_first_screen(visited: Callable[[str, str], Page], address: str, slug: str, limits: tuple[int, int]) -> None:
    page = visited("wide-light", address + HERE.replace(MEDICINE, slug))
    assert page.evaluate(ENDS) <= limits[0]
    assert page.evaluate("document.documentElement.scrollHeight") <= limits[1]


@pytest.mark.parametrize("slug", MONOGRAPHS)
def test_a_phone_shows_the_dose_within_two_screens(visited: Callable[[str, str], Page], address: str, slug: str) -> None:
    page = visited("phone-dark", address + HERE.replace(MEDICINE, slug))
    assert page.evaluate(TOP) <= _SCREENS * page.evaluate("innerHeight")
    assert page.locator(".md-content .bar li").count() >= 4


@pytest.mark.parametrize("slug", MONOGRAPHS)
def test_the_contents_are_short(visited: Callable[[str, str], Page], address: str, slug: str) -> None:
    page = visited("wide-light", address + HERE.replace(MEDICINE, slug))
    entries = page.locator(".md-sidebar--secondary .md-nav__item a")
    assert 8 <= sum(entry.is_visible() for entry in entries.all()) <= _ENTRIES
