"""The built site in a real browser: what it asks for, what is copied, what the search knows."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from macros.formulary.book import Formulary
from macros.pages.html import address_of
from tests.conftest import MEDICINE as SLUG, ROOT

HERE = f"monographs/{SLUG}/"
DOCS = ROOT / "docs"
PAGES = sorted(address_of(path.relative_to(DOCS).as_posix()).removesuffix("index.html") for path in DOCS.rglob("*.md"))
PHONE, WIDE = 390, 1400
WIDTH = "document.documentElement.scrollWidth"


class Visit(NamedTuple):
    """What happened while a page was open, on a phone first and then on a wide screen, until nothing was asked for any more."""

    answered: bool
    asked: list[str]
    errors: list[str]
    widths: list[int]


@pytest.fixture(scope="module")
def visits(browser: Browser, address: str) -> Iterator[Callable[[str], Visit]]:
    """Opens a page once, whatever is asked of it."""
    page = browser.new_page(viewport={"width": PHONE, "height": 900})
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))

    @cache
    def visit(path: str) -> Visit:
        asked.clear()
        errors.clear()
        widths = []
        page.set_viewport_size({"width": PHONE, "height": 900})
        answer = page.goto(address + path)
        widths.append(page.evaluate(WIDTH))
        page.set_viewport_size({"width": WIDE, "height": 900})
        page.wait_for_load_state("networkidle")
        page.wait_for_function(f"{WIDTH} <= innerWidth")  # the theme moves its search to its place when the screen grows
        widths.append(page.evaluate(WIDTH))
        return Visit(answer is not None and answer.ok, [*asked], [*errors], widths)

    yield visit
    page.close()


@pytest.mark.parametrize("path", PAGES)
def test_no_request_leaves_the_machine_and_no_console_error(visits: Callable[[str], Visit], address: str, path: str) -> None:
    visit = visits(path)
    assert visit.answered and visit.asked
    assert ([url for url in visit.asked if not url.startswith((address, "data:", "blob:"))], visit.errors) == ([], [])


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_its_screen(visits: Callable[[str], Visit], path: str) -> None:
    phone, wide = visits(path).widths
    assert phone <= PHONE and wide <= WIDE


@pytest.mark.parametrize("width", [WIDE, PHONE], ids=["wide", "phone"])
def test_copying_the_dose_keeps_its_exponent(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + HERE)
    page.evaluate(
        """id => { const range = document.createRange();
                   range.selectNodeContents(document.querySelector(`.card [data-fact="${id}"] .value`));
                   getSelection().removeAllRanges(); getSelection().addRange(range); }""",
        f"{SLUG}/dose/standard",
    )
    page.keyboard.press("Control+C")
    assert (
        page.evaluate("navigator.clipboard.readText()").replace("\u00a0", " ") == "6 × 10¹³ vg/kg as a single dose, by intravenous infusion"
    )
    context.close()


def _sections(copy: Path) -> list[tuple[str, str]]:
    """The heading and the text of each section that the search knows."""
    found = []
    for path in sorted((copy / "site/search/pages").rglob("*.js")):
        _, sections = json.loads(path.read_text("utf-8").partition(",")[2].partition(",")[2].rstrip(")\n"))
        found += [(title, " ".join(text.split())) for _, title, _, text in sections]
    return found


def test_a_result_about_research_says_so_in_its_title(copy: Path, book: Formulary) -> None:
    built = LexborHTMLParser((copy / "site" / HERE / "index.html").read_text("utf-8"))
    marked = {fact.id: book.vocabulary.statuses[fact.use] for fact in book.facts.values()
              if fact.use and book.vocabulary.statuses[fact.use].notice}  # fmt: skip
    sections = _sections(copy)
    seen = 0
    for node in built.css("[data-fact]"):
        status = marked.get(node.attributes["data-fact"])
        words = " ".join(node.text().split())[:60]
        if status and len(words) > 30 and not node.css_matches(".gaps *"):  # which begins as other lines of gaps do
            seen += 1
            holding = [title for title, text in sections if words in text]
            assert [title for title in holding if not title.startswith(status.heading)] == [], words
    assert seen > 5


def test_the_draft_is_not_in_the_search_index(copy: Path, book: Formulary) -> None:
    index = " ".join(f"{title} {text}" for title, text in _sections(copy))
    claims = [correction.claim for correction in book.monographs[SLUG].corrections.values()]
    long_claims = [claim for claim in claims if len(claim) > 25]
    assert [claim for claim in long_claims if claim in index] == []
    assert len(long_claims) > 30


def test_every_fact_is_found_in_the_markup(copy: Path, book: Formulary) -> None:
    shown = set()
    for path in (copy / "site").rglob("*.html"):
        shown |= set(re.findall(r'data-fact="([^"]+)"', path.read_text("utf-8")))
    assert set(book.facts) - shown == set()
