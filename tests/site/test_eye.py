"""What the eye sees of each type of page, in each way of looking: all that the gate read, whole, plain, in its place.

The second half spoils pages as a style sheet, a script or a template could, and says which checks speak: so a check that is
deleted or blind shows here.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Route
from selectolax.lexbor import LexborHTMLParser

from macros.formulary.book import Formulary
from macros.pages.markdown import read_pages
from macros.site import preview
from macros.site.clock import page_day
from macros.site.exported import versioned
from tests.support import eye, sight
from tests.support.eye import LOOK, WAYS, View
from tests.support.screens import TYPES
from tests.support.sight import CHECKS

# Not every page in every way: looking takes time, and what style sheets do for paper they do for all pages.
EVERYWHERE = ("phone, dark", "wide, light")
CLOSELY = {"widest, dark", "print", "forced colors"}, ("home", "monograph", "patient-guide", "dose-sheet", "comparison")
TOUCHED = {"touched"}, ("home", "patient-guide", "dose-sheet", "register")
LOOKS = {
    name: [way for way in WAYS if way in EVERYWHERE or any(way in ways and name in names for ways, names in (CLOSELY, TOUCHED))]
    for name in TYPES
}


@pytest.fixture(scope="module")
def read(copy: Path, book: Formulary) -> Callable[[str], list[str]]:
    """Asks what the gate read of the page at this path, before any template; of the one page without a source, its file."""
    rendered = preview.render(read_pages(copy), book, copy, page_day(copy) or date.min)[0]

    @cache
    def read_(path: str) -> list[str]:
        if path.endswith(".html"):
            article = LexborHTMLParser((copy / "site" / path).read_text("utf-8")).css_first("article")
            assert article
            return eye.read_of(article)
        page = rendered[f"{path}index.html"]
        return eye.read_of(replace(page, html=versioned(page.html, book, page.monograph)).main)

    return read_


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One tab for all that is looked at: opening pages takes longer than looking at them."""
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", TYPES)
def test_all_that_the_gate_read_is_seen(page: Page, address: str, book: Formulary, read: Callable[[str], list[str]], name: str) -> None:
    engine = eye.prepared(page, address + TYPES[name])
    found, met = [], []
    for way in LOOKS[name]:
        view = eye.seen(page, engine, WAYS[way], read(TYPES[name]), book.vocabulary.statuses)
        found += [f"{way}: {fault}" for fault in sight.faults(view)]
        met.append(view.met)
    assert found + (eye.never_met(met) if name in CLOSELY[1] else []) == []


class Spoilt(NamedTuple):
    """What is done to a page, by a sheet, a script or to its served HTML, and the checks that speak."""

    speaking: str
    sheet: str = ""
    script: str = ""
    served: tuple[str, str] = ("", "")
    of: str = "register"
    way: str = "wide, light"


RESEARCH = ".md-typeset .admonition.research"
SHEETS = {
    "list-marker": Spoilt("nothing_generated", "ul.facts { list-style-type: '10 × ' !important }", of="monograph"),
    "marker-content": Spoilt("nothing_generated", "ul.facts > li::marker { content: '7 ' }", of="monograph"),
    "counter-style": Spoilt("nothing_generated sheets_plain", "@counter-style odd { system: cyclic; symbols: '9' } ol.sources > li { list-style: odd }"),
    "quotes": Spoilt("nothing_generated", ".fact { quotes: '1' '0' } .fact::before { content: open-quote }"),
    "digit-before": Spoilt("nothing_generated", ".fact::before { content: '1' }"),
    "digit-after": Spoilt("nothing_generated", ".fact::after { content: '0' }"),
    "property-before": Spoilt("nothing_generated", ":root { --n: '2' } .fact::before { content: var(--n) }"),
    "picture-before": Spoilt("looks_plain", ".fact::before { content: ''; background: url('/assets/images/favicon.png'); padding: 0.5em }"),
    "picture-instead": Spoilt("seen_as_written looks_plain in_reading_order", ".condition { content: url('/assets/images/favicon.png') }", of="dose-sheet"),
    "sign-of-another-use": Spoilt("nothing_generated marks_drawn", f"{RESEARCH} > .admonition-title::before {{ content: '✓' }}"),
    "sign-over-the-heading": Spoilt("looks_plain uncovered", f"{RESEARCH} > .admonition-title::before {{ position: absolute; inset: 0; background: #fff }}"),
    "border-of-another-use": Spoilt("marks_drawn", f"{RESEARCH} {{ border-style: solid }}"),
    "border-too-faint": Spoilt("marks_drawn", f"{RESEARCH} {{ border-color: #eee }}"),
    "bidi-override": Spoilt("looks_plain", ".fact { direction: rtl; unicode-bidi: bidi-override }"),
    "mirrored": Spoilt("looks_plain", ".fact { display: inline-block; transform: scaleX(-1) }"),
    "clip-path": Spoilt("looks_plain", f"{RESEARCH} h3 {{ clip-path: inset(0 100% 0 0) }}"),
    "color-of-the-paper": Spoilt("in_contrast", f"{RESEARCH} h3 a {{ color: var(--md-default-bg-color) }}"),
    "ground-of-the-ink": Spoilt("in_contrast", f"{RESEARCH} h3 {{ background: rgb(0 0 0 / 87%) }}"),
    "fill-of-the-paper": Spoilt("in_contrast", ".condition { -webkit-text-fill-color: transparent }", of="dose-sheet"),
    "wide-only": Spoilt("seen_as_written", "@media (min-width: 2000px) { .condition { display: none } }", of="dose-sheet", way="widest, dark"),
    "print-only": Spoilt("seen_as_written marks_drawn", "@media print { .md-typeset .badge { display: none } }", of="dose-sheet", way="print"),
    "forced-only": Spoilt("seen_as_written marks_drawn", "@media (forced-colors: active) { .md-typeset .badge { display: none } }", of="dose-sheet", way="forced colors"),
    "forced-ink": Spoilt("in_contrast", ".condition { forced-color-adjust: none; color: #fff; background: #fff }", of="dose-sheet", way="forced colors"),
    "hover-only": Spoilt("seen_as_written", ".md-typeset .fact:hover { display: none }", way="touched"),
    "link-only": Spoilt("seen_as_written", "article:has(tr:target) .condition { display: none }", of="dose-sheet", way="touched"),
    "cells-reordered": Spoilt("looks_plain in_reading_order cells_under_their_heads", ".doses tr { display: flex } .doses tr > :nth-child(2) { order: 3 }", of="dose-sheet"),
    "cells-turned": Spoilt("seen_as_written looks_plain in_reading_order", ".blocks table { direction: rtl }", of="dose-sheet"),
    "rows-shifted": Spoilt("looks_plain in_reading_order cells_under_their_heads", ".doses tbody td:nth-child(2) { position: relative; top: 1.9em }", of="dose-sheet"),
    "rows-reversed": Spoilt("in_reading_order cells_under_their_heads", ".doses tbody { display: flex; flex-direction: column-reverse }", of="dose-sheet"),
    "a-cell-hidden": Spoilt("seen_as_written cells_under_their_heads", ".doses tbody tr:nth-child(4) > :nth-child(2) { display: none }", of="dose-sheet"),
    "body-apart-from-its-head": Spoilt("cells_under_their_heads", ".doses tbody { display: block }", of="dose-sheet"),
    "heads-moved": Spoilt("looks_plain in_reading_order cells_under_their_heads", ".doses thead th { transform: translateX(4em) }", of="dose-sheet"),
    "row-heads-away": Spoilt("looks_plain", ".doses tbody th { visibility: collapse }", of="dose-sheet"),
    "text-out-of-its-cell": Spoilt("looks_plain in_reading_order uncovered cells_under_their_heads", ".doses tbody td:nth-child(2) { padding: 0 !important; text-align: left !important; white-space: nowrap; max-width: 0; word-spacing: 0; letter-spacing: 40px }", of="dose-sheet"),
    "blocks-reversed": Spoilt("in_reading_order", "article { display: flex; flex-direction: column-reverse }"),
    "facts-before-heading": Spoilt("looks_plain in_reading_order", f"{RESEARCH} {{ display: flex; flex-direction: column }} {RESEARCH} h3 {{ order: 2 }}"),
    "grid-area": Spoilt("in_reading_order", f"{RESEARCH} {{ display: grid }} {RESEARCH} h3 {{ grid-row: 2 }}"),
    "negative-margin": Spoilt("in_reading_order uncovered", f"{RESEARCH} ul {{ margin-top: -9em !important }}", of="monograph"),
    "float-right": Spoilt("looks_plain in_reading_order", f"{RESEARCH} h3 {{ float: right }}"),
    "text-indent": Spoilt("on_the_page", f"{RESEARCH} h3 {{ text-indent: -9999px }}"),
    "off-to-the-left": Spoilt("on_the_page", f"{RESEARCH} h3 {{ margin-left: -4000px; width: 300px }}"),
    "overflow-hidden": Spoilt("on_the_page in_reading_order uncovered", f"{RESEARCH} ul {{ max-height: 3em; overflow: hidden }}", of="monograph"),
    "scrolled-away": Spoilt("in_reading_order uncovered", f"{RESEARCH} ul {{ max-height: 3em; overflow: auto }}", of="monograph"),
    "page-not-scrolled": Spoilt("on_the_page", "html { overflow: hidden !important }"),
    "line-clamp": Spoilt("seen_as_written on_the_page in_reading_order uncovered", f"{RESEARCH} li {{ display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 1; overflow: hidden }}", of="monograph"),
    "zoom": Spoilt("seen_as_written looks_plain in_reading_order", f"{RESEARCH} h3 {{ zoom: 0.01 }}"),
    "scale-nothing": Spoilt("seen_as_written looks_plain in_reading_order", f"{RESEARCH} h3 {{ transform: scale(0) }}"),
    "small": Spoilt("seen_as_written", ".condition { font-size: 6px }", of="dose-sheet"),
    "blend": Spoilt("looks_plain", f"{RESEARCH} h3 {{ mix-blend-mode: screen }}"),
    "opacity-of-the-page": Spoilt("looks_plain", ".md-container { opacity: 0.05 }"),
    "opacity": Spoilt("looks_plain", f"{RESEARCH} h3 {{ opacity: 0.05 }}"),
    "badge-away": Spoilt("seen_as_written marks_drawn", ".md-typeset .badge { display: none }", of="dose-sheet"),
    "content-visibility": Spoilt("sheets_plain", f"{RESEARCH} ul {{ content-visibility: hidden }}", of="monograph"),
    "text-transform": Spoilt("seen_as_written looks_plain", ".fact { text-transform: uppercase }", of="dose-sheet"),
    "font-variant": Spoilt("looks_plain", ".fact { font-variant: ordinal }", of="dose-sheet"),
    "first-letter": Spoilt("seen_as_written nothing_generated sheets_plain", ".md-typeset li::first-letter { font-size: 0 }"),
    "first-line": Spoilt("sheets_plain", f"{RESEARCH} h3::first-line {{ color: transparent }}"),
    "struck-out": Spoilt("looks_plain", ".condition { text-decoration: line-through }", of="dose-sheet"),
    "struck-by-underline": Spoilt("looks_plain", ".condition { text-decoration: underline; text-underline-offset: -0.4em }", of="dose-sheet"),
    "font-of-other-digits": Spoilt("looks_plain sheets_plain", "@font-face { font-family: odd; src: local('Symbol') } .fact { font-family: odd }"),
    "sticky-cover": Spoilt("looks_plain", f"{RESEARCH} li:last-child {{ position: sticky; top: 0; background: #fff }}", of="monograph"),
    "absolute-cover": Spoilt("looks_plain in_reading_order uncovered", "article { position: relative } article > p { position: absolute; top: 20em; background: #fff }"),
    "shadow-cover": Spoilt("uncovered", ".md-footer { position: relative; box-shadow: 0 0 0 3000px #fff }"),
    "outline-cover": Spoilt("uncovered", ".md-footer { outline: 3000px solid #fff }"),
    "cover-that-lets-clicks-through": Spoilt("uncovered nothing_stays", "body::after { content: ''; position: fixed; inset: 30% 0 0; background: #fff; pointer-events: none }"),
    "header-that-grows": Spoilt("nothing_stays", ".md-header { height: 60vh }"),
    "moved-at-times": Spoilt("sheets_plain", "@keyframes away { to { opacity: 0 } } .condition { animation: away 1s forwards }", of="dose-sheet"),
    "wrapped-in-a-sheet": Spoilt("seen_as_written sheets_plain", "@layer late { .condition { display: none !important } }", of="dose-sheet"),
}  # fmt: skip
SCRIPTS = {
    "script-multiplies": Spoilt("as_the_gate_read", script="document.querySelector('.doses td').firstChild.data *= 10", of="dose-sheet"),
    "script-renumbers-the-sources": Spoilt("nothing_generated", script="document.querySelector('ol.sources > li').value = 9"),
    "script-takes-a-mark": Spoilt("as_the_gate_read looks_plain", script="document.querySelector('.admonition').className = ''"),
    "script-adds-a-style": Spoilt("sheets_plain", script="document.querySelector('.admonition').style.cursor = 'help'"),
    "script-adds-a-sheet": Spoilt("sheets_plain", script="document.adoptedStyleSheets = [new CSSStyleSheet()]"),
    "script-adds-a-font": Spoilt("sheets_plain", script="document.fonts.add(new FontFace('odd', 'local(Symbol)'))"),
    "script-puts-a-shadow-over": Spoilt("as_the_gate_read", script="document.querySelector('.condition').attachShadow({mode: 'open'}).textContent = 'always'", of="dose-sheet"),
    "script-calls-it-spoken": Spoilt("left_out_by_design", script="document.querySelector('[data-computed]').dataset.eye = 'screen'", of="dose-sheet"),
    "template-adds-a-line": Spoilt("as_the_gate_read", served=("</article>", "<p>Also for children.</p></article>")),
    "template-adds-a-script": Spoilt("as_the_gate_read", served=("</body>", "<script>document.querySelector('h1').append(' – approved')</script></body>")),
    "template-lays-a-veil": Spoilt("uncovered", served=("</body>", "<div class='veil'></div><style>.veil { position: absolute; z-index: 9; top: 500px; left: 0; width: 100%; height: 300px; background: #fff }</style></body>")),
}  # fmt: skip


@pytest.fixture(scope="module")
def standing(page: Page, address: str) -> Iterator[Callable[[str], tuple[Page, CDPSession]]]:
    """A page of this type that stays open: a sheet that is put into it can be taken out again."""

    @cache
    def open_(name: str) -> tuple[Page, CDPSession]:
        tab = page.context.new_page()
        return tab, eye.prepared(tab, address + TYPES[name])

    return open_


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_that_hides_or_changes_is_found(
    standing: Callable[[str], tuple[Page, CDPSession]], book: Formulary, read: Callable[[str], list[str]], name: str
) -> None:
    attack = SHEETS[name]
    page, engine = standing(attack.of)
    sheet = page.add_style_tag(content=attack.sheet)
    view = eye.seen(page, engine, WAYS[attack.way], read(TYPES[attack.of]), book.vocabulary.statuses)
    sheet.evaluate("sheet => sheet.remove()")
    speaking = _speaking(view)
    assert speaking == attack.speaking.split()


@pytest.mark.parametrize("name", SCRIPTS)
def test_what_a_script_or_template_changes_is_found(
    page: Page, address: str, book: Formulary, read: Callable[[str], list[str]], name: str
) -> None:
    attack = SCRIPTS[name]
    where = address + TYPES[attack.of]

    def spoil(route: Route) -> None:
        answer = route.fetch()
        assert attack.served[0] in answer.text()
        route.fulfill(response=answer, body=answer.text().replace(*attack.served))

    if attack.served[0]:
        page.route(where, spoil, times=1)
    engine = eye.prepared(page, where)
    page.evaluate(attack.script)
    view = eye.seen(page, engine, WAYS[attack.way], read(TYPES[attack.of]), book.vocabulary.statuses)
    speaking = _speaking(view)
    assert speaking == attack.speaking.split()


def _speaking(view: View) -> list[str]:
    """The names of the checks that find a fault."""
    return [check.__name__ for check in CHECKS if next(check(view), None)]


def test_each_check_is_needed() -> None:
    alone = {attack.speaking for attack in (*SHEETS.values(), *SCRIPTS.values())}
    assert {check.__name__ for check in CHECKS} - alone == set()


# A value that each property may not have.
SPOILING = {
    "opacity": "0.5", "visibility": "hidden", "filter": "blur(1px)", "backdrop-filter": "blur(1px)", "mix-blend-mode": "screen",
    "clip-path": "inset(1px)", "mask-image": "linear-gradient(#000, #000)", "-webkit-box-reflect": "below", "box-shadow": "0 0 1px #000",
    "background-image": "linear-gradient(#fff, #fff)", "outline-style": "solid", "text-shadow": "0 0 1px #fff", "position": "sticky",
    "inset": "1px", "float": "left", "order": "1", "transform": "scale(-1)", "rotate": "1deg", "scale": "0.5", "translate": "1px",
    "zoom": "0.5", "offset-path": "circle(1px)", "font-family": "Symbol", "font-style": "oblique 20deg", "font-stretch": "50%",
    "font-size-adjust": "0.1", "font-variant-caps": "small-caps", "font-variant-numeric": "ordinal", "font-variant-position": "sub",
    "font-variant-alternates": "historical-forms", "font-feature-settings": "'zero'", "font-variation-settings": "'wght' 1",
    "text-transform": "uppercase", "letter-spacing": "3px", "word-spacing": "9px", "text-decoration-line": "line-through",
    "text-decoration-thickness": "9px", "text-underline-offset": "-4px", "text-emphasis-style": "dot", "-webkit-text-security": "disc",
    "-webkit-text-stroke-width": "2px", "direction": "rtl", "unicode-bidi": "bidi-override", "writing-mode": "vertical-rl",
    "hyphens": "auto", "vertical-align": "super", "content": "url('/assets/images/favicon.png')",
}  # fmt: skip


def test_no_look_is_left_unjudged(page: Page, address: str, book: Formulary) -> None:
    engine = eye.prepared(page, address + TYPES["dose-sheet"])
    page.evaluate(
        """spoiling => Object.entries(spoiling).forEach(([name, value], number) => {
            const cell = document.querySelectorAll(".doses tbody td:nth-child(2)")[number];
            cell.textContent = name;
            if (name === "inset") cell.style.position = "relative";
            cell.style.setProperty(name, value, "important");
        })""",
        SPOILING,
    )
    view = eye.seen(page, engine, WAYS["wide, light"], [], book.vocabulary.statuses)
    found = {fault.partition(" has ")[::2] for fault in sight.looks_plain(view)}
    assert {name for name in SPOILING if any(said == f"“{name}”" and what.startswith(f"{name}:") for said, what in found)} == set(LOOK)
