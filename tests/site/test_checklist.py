"""The forms of a checklist in a real browser: how much of a screen and how many sheets they take, and who is named on each sheet."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support.screens import MEDICINE

SLUGS = (MEDICINE, "etranacogene-dezaparvovec", "fidanacogene-elaparvovec")
# From the title to the last line of the form, and what of the window the header leaves to both when they are scrolled to.
TAKEN = """() => document.querySelector(".form.checklist .form-legend").getBoundingClientRect().bottom
    - document.querySelector("h1").getBoundingClientRect().top"""
LEFT = "innerHeight - document.querySelector('.md-header').offsetHeight"
# In pixels: on a screen, and eight points on paper.
_ON_SCREEN, _READABLE = 12.5, 10.6


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    """A tab of a window as wide as that of a desk."""
    return browser.new_page(viewport={"width": 1400, "height": 1000})


@pytest.mark.parametrize("slug", SLUGS)
def test_the_form_before_treatment_is_one_screen_and_its_print_is_large_enough(page: Page, address: str, slug: str) -> None:
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.goto(f"{address}monographs/{slug}/checklist/")
    assert page.evaluate(TAKEN) <= page.evaluate(LEFT)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1400
    sizes = page.locator("table.checklist :is(th, td, .entry, .cites, .mark)").evaluate_all(
        "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert min(sizes) >= _ON_SCREEN


@pytest.mark.parametrize("slug", SLUGS)
def test_on_a_phone_rows_are_blocks_that_say_what_is_due(page: Page, address: str, slug: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{address}monographs/{slug}/checklist/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    wide = "[...document.querySelectorAll('table.form, table.form :is(tr, th, td)')].filter(each => each.scrollWidth > 320).length"
    assert page.evaluate(wide) == 0
    assert page.locator("table.form .not-due").first.is_hidden()
    first = page.locator("table.calendar tr", has=page.get_by_role("rowheader", name="Week 1", exact=True))
    cells = first.locator("th, td").evaluate_all("cells => cells.filter(cell => cell.offsetHeight).map(cell => cell.offsetTop)")
    assert len(cells) >= 2
    assert cells == sorted(set(cells))


def sheets(page: Page, folder: Path, where: str) -> list[str]:
    """The text of each sheet of A4."""
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.goto(where)
    page.pdf(path=folder / "printed.pdf", format="A4")
    printed = subprocess.run(["pdftotext", folder / "printed.pdf", "-"], capture_output=True, text=True, check=True).stdout
    return [" ".join(sheet.split()) for sheet in printed.rstrip("\f\n").split("\f")]


@pytest.mark.parametrize("slug", SLUGS)
def test_what_is_printed_of_the_form_is_read_without_effort(page: Page, address: str, slug: str) -> None:
    page.goto(f"{address}monographs/{slug}/checklist/")
    page.emulate_media(media="print")
    sizes = page.locator("table.checklist :is(th, td, .entry, .cites, .mark)").evaluate_all(
        "all => all.filter(each => each.offsetHeight).map(each => parseFloat(getComputedStyle(each).fontSize))"
    )
    page.emulate_media(media="null")
    assert min(sizes) >= _READABLE


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
@pytest.mark.parametrize("slug", SLUGS)
def test_each_sheet_names_medicine_version_and_patient(page: Page, address: str, tmp_path: Path, slug: str) -> None:
    printed = sheets(page, tmp_path, f"{address}monographs/{slug}/checklist/")
    named = re.compile(
        rf"[A-Z][a-z]+ eligibility and monitoring \({slug.replace('-', ' ')}\).* Version [0-9a-f]{{12}}\. .*Patient: _+ Born: _+ Infusion on: _+"
    )
    assert [number for number, sheet in enumerate(printed, 1) if not named.match(sheet)] == []
    after, rises = (
        next(number for number, sheet in enumerate(printed) if words in sheet) for words in ("After treatment", "When ALT rises")
    )
    assert ("Before treatment" in printed[0], "“Nothing read”" in printed[0], after) == (True, True, 1)
    assert rises - after <= 2
