"""The first screen of a monograph, and how long the pages are, in a real browser: what is asked most stands where it is looked for."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import MEDICINE
from tests.support.screens import HERE

MONOGRAPHS = [
    MEDICINE,
    "amoxicillin",
    "apixaban",
    "etranacogene-dezaparvovec",
    "fidanacogene-elaparvovec",
    "methotrexate",
]
# How far down, in pixels, the cards end on a screen of 1400 by 1000, of which a browser's bars leave so much; the fonts here are wide.
_CARDS = 890
ENDS = "Math.max(...[...document.querySelectorAll('.card')].map(card => card.getBoundingClientRect().bottom + scrollY))"
TOP = "document.querySelector('.card-dose').getBoundingClientRect().top + scrollY"
HEIGHT = "document.documentElement.scrollHeight"
# As many screens of a phone as the way to the dose takes, and as many entries as the contents have.
_SCREENS, _ENTRIES = 2, 20
# How long a page may be: in pixels at 1400, in pixels on a phone (a monograph thirty screens of 844), and in sheets of A4.
LENGTHS = {
    "": (1_000, 4_000, 3),
    **{f"monographs/{slug}/": (14_000, 25_320, 10) for slug in MONOGRAPHS},
    f"monographs/{MEDICINE}/evidence/": (25_000, 58_000, 50),
    "compare/hemophilia-gene-therapies/": (5_000, 18_500, 5),
}
needs_pdfinfo = pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="pdfinfo is not installed")


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    tab = browser.new_page()
    yield tab
    tab.close()


@pytest.mark.parametrize("slug", MONOGRAPHS)
def test_the_cards_fit_the_first_screen(visited: Callable[[str, str], Page], address: str, slug: str) -> None:
    page = visited("wide-light", address + HERE.replace(MEDICINE, slug))
    assert page.evaluate(ENDS) <= _CARDS


@pytest.mark.parametrize(("path", "limits"), LENGTHS.items())
def test_a_page_is_no_longer_than_it_has_to_be(
    visited: Callable[[str, str], Page], address: str, path: str, limits: tuple[int, int, int]
) -> None:
    heights = [visited(how, address + path).evaluate(HEIGHT) for how in ("wide-light", "phone-dark")]
    assert (heights[0] <= limits[0], heights[1] <= limits[1]) == (True, True), heights


@needs_pdfinfo
@pytest.mark.parametrize(("path", "limits"), LENGTHS.items())
def test_a_page_takes_few_sheets(tab: Page, address: str, tmp_path: Path, path: str, limits: tuple[int, int, int]) -> None:
    tab.goto(address + path)
    tab.pdf(path=tmp_path / "page.pdf", format="A4", prefer_css_page_size=True)
    said = subprocess.run(["pdfinfo", tmp_path / "page.pdf"], capture_output=True, text=True, check=True).stdout
    sheets = next(line.split()[1] for line in said.splitlines() if line.startswith("Pages:"))
    assert int(sheets) <= limits[2]


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


def test_the_header_names_the_page_when_its_title_is_out_of_sight(tab: Page, address: str) -> None:
    tab.goto(address + HERE)
    active = tab.locator(".md-header__title--active")
    tab.evaluate("scrollTo(0, 2000)")
    active.wait_for(state="attached")
    tab.evaluate("scrollTo(0, 0)")
    active.wait_for(state="detached")
