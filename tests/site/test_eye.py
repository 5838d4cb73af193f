"""What the eye sees of each type of page, in each way of looking: all that the gate read, whole, plain, in its place.

The second half spoils pages as a style sheet, a script or a template could, and says which checks speak: so a check that is
deleted or blind shows here.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, Route
from selectolax.lexbor import LexborHTMLParser

from macros.formulary.book import Formulary
from macros.pages.markdown import read_pages
from macros.site import preview
from macros.site.clock import page_day
from tests.support import eye
from tests.support.eye import CHECKS, LOOK, WAYS, View
from tests.support.screens import TYPES

EVERYWHERE = ("phone, dark", "wide, light")
CLOSELY = ("home", "monograph", "patient-guide", "dose-sheet", "comparison")  # these in every way


@pytest.fixture(scope="module")
def read(copy: Path, book: Formulary) -> Callable[[str], list[str]]:
    """What the gate read of the page at this path, before any template; of the one page without a source, its file."""
    rendered = preview.render(read_pages(copy), book, copy, page_day(copy) or date.min)[0]

    def read_(path: str) -> list[str]:
        if path.endswith(".html"):
            article = LexborHTMLParser((copy / "site" / path).read_text("utf-8")).css_first("article")
            assert article
            return eye.read_of(article)
        return eye.read_of(rendered[f"{path}index.html"].main)

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
    gate = read(TYPES[name])
    views = {way: eye.seen(page, engine, WAYS[way], gate, book.vocabulary.statuses) for way in (WAYS if name in CLOSELY else EVERYWHERE)}
    found = [f"{way}: {fault}" for way, view in views.items() for fault in eye.faults(view)]
    assert found + (eye.never_met(list(views.values())) if name in CLOSELY else []) == []


class Spoilt(NamedTuple):
    """What is done to a page, by a sheet, a script or to its served HTML, and the checks that speak."""

    speaking: str
    sheet: str = ""
    script: str = ""
    served: tuple[str, str] = ("", "")
    of: str = "register"
    way: str = "wide, light"


RESEARCH = ".md-typeset .admonition.research"
ATTACKS = {
    "list-marker": Spoilt("?", "ul.facts { list-style-type: '10 × ' !important }"),
    "marker-content": Spoilt("?", "ul.facts > li::marker { content: '7 ' }"),
    "counter-of-sources": Spoilt("?", "ol.sources { counter-reset: list-item 3 }"),
    "counter-style": Spoilt("?", "@counter-style odd { system: cyclic; symbols: '9' } ol.sources > li { list-style: odd }"),
    "quotes": Spoilt("?", ".fact { quotes: '1' '0' } .fact::before { content: open-quote }"),
    "digit-before": Spoilt("?", ".fact::before { content: '1' }"),
    "digit-after": Spoilt("?", ".fact::after { content: '0' }"),
    "property-before": Spoilt("?", ":root { --n: '2' } .fact::before { content: var(--n) }"),
    "picture-before": Spoilt("?", ".fact::before { content: ''; background: url('/assets/images/favicon.png'); padding: 0.5em }"),
    "picture-instead": Spoilt("?", ".condition { content: url('/assets/images/favicon.png') }", of="dose-sheet"),
    "sign-of-another-use": Spoilt("?", f"{RESEARCH} > .admonition-title::before {{ content: '✓' }}"),
    "sign-over-the-heading": Spoilt("?", f"{RESEARCH} > .admonition-title::before {{ position: absolute; inset: 0; background: #fff }}"),
    "border-of-another-use": Spoilt("?", f"{RESEARCH} {{ border-style: solid }}"),
    "border-too-faint": Spoilt("?", f"{RESEARCH} {{ border-color: #eee }}"),
    "bidi-override": Spoilt("?", ".fact { direction: rtl; unicode-bidi: bidi-override }"),
    "mirrored": Spoilt("?", ".fact { display: inline-block; transform: scaleX(-1) }"),
    "clip-path": Spoilt("?", f"{RESEARCH} h3 {{ clip-path: inset(0 100% 0 0) }}"),
    "color-of-the-paper": Spoilt("?", f"{RESEARCH} h3 a {{ color: var(--md-default-bg-color) }}"),
    "ground-of-the-ink": Spoilt("?", f"{RESEARCH} h3 {{ background: rgb(0 0 0 / 87%) }}"),
    "fill-of-the-paper": Spoilt("?", ".condition { -webkit-text-fill-color: transparent }", of="dose-sheet"),
    "wide-only": Spoilt("?", "@media (min-width: 2000px) { .condition { display: none } }", of="dose-sheet", way="widest, dark"),
    "print-only": Spoilt("?", "@media print { .badge { display: none } }", of="dose-sheet", way="print"),
    "forced-only": Spoilt("?", "@media (forced-colors: active) { .badge { display: none } }", of="dose-sheet", way="forced colors"),
    "forced-ink": Spoilt("?", ".condition { forced-color-adjust: none; color: #fff; background: #fff }", of="dose-sheet", way="forced colors"),
    "hover-only": Spoilt("?", ".md-typeset .fact:hover { display: none }", way="touched"),
    "link-only": Spoilt("?", "article:has(tr:target) .condition { display: none }", of="dose-sheet", way="touched"),
    "cells-reordered": Spoilt("?", ".doses tr { display: flex } .doses tr > :nth-child(2) { order: 3 }", of="dose-sheet"),
    "cells-turned": Spoilt("?", ".doses table { direction: rtl }", of="dose-sheet"),
    "rows-shifted": Spoilt("?", ".doses tbody td:nth-child(2) { position: relative; top: 1.9em }", of="dose-sheet"),
    "rows-reversed": Spoilt("?", ".doses tbody { display: flex; flex-direction: column-reverse }", of="dose-sheet"),
    "a-cell-hidden": Spoilt("?", ".doses tbody tr:nth-child(4) > :nth-child(2) { display: none }", of="dose-sheet"),
    "heads-moved": Spoilt("?", ".doses thead th { transform: translateX(6em) }", of="dose-sheet"),
    "row-heads-away": Spoilt("?", ".doses tbody th { visibility: collapse }", of="dose-sheet"),
    "text-out-of-its-cell": Spoilt("?", ".doses tbody td:nth-child(2) { padding: 0 !important; text-align: left !important; white-space: nowrap; max-width: 0; word-spacing: 0; letter-spacing: 40px }", of="dose-sheet"),
    "blocks-reversed": Spoilt("?", "article { display: flex; flex-direction: column-reverse }"),
    "facts-before-heading": Spoilt("?", f"{RESEARCH} {{ display: flex; flex-direction: column }} {RESEARCH} h3 {{ order: 2 }}"),
    "grid-area": Spoilt("?", f"{RESEARCH} {{ display: grid }} {RESEARCH} h3 {{ grid-row: 2 }}"),
    "negative-margin": Spoilt("?", f"{RESEARCH} ul {{ margin-top: -9em !important }}"),
    "float-right": Spoilt("?", f"{RESEARCH} h3 {{ float: right }}"),
    "text-indent": Spoilt("?", f"{RESEARCH} h3 {{ text-indent: -9999px }}"),
    "off-to-the-left": Spoilt("?", f"{RESEARCH} h3 {{ margin-left: -4000px; width: 300px }}"),
    "overflow-hidden": Spoilt("?", f"{RESEARCH} ul {{ max-height: 3em; overflow: hidden }}"),
    "scrolled-away": Spoilt("?", f"{RESEARCH} ul {{ max-height: 3em; overflow: auto }}"),
    "page-not-scrolled": Spoilt("?", "html, body { height: 100vh; overflow: hidden !important }"),
    "line-clamp": Spoilt("?", f"{RESEARCH} li {{ display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 1; overflow: hidden }}"),
    "zoom": Spoilt("?", f"{RESEARCH} h3 {{ zoom: 0.01 }}"),
    "scale-nothing": Spoilt("?", f"{RESEARCH} h3 {{ transform: scale(0) }}"),
    "small": Spoilt("?", ".condition { font-size: 6px }", of="dose-sheet"),
    "blend": Spoilt("?", f"{RESEARCH} h3 {{ mix-blend-mode: screen }}"),
    "opacity-of-the-page": Spoilt("?", ".md-container { opacity: 0.05 }"),
    "opacity": Spoilt("?", f"{RESEARCH} h3 {{ opacity: 0.05 }}"),
    "badge-away": Spoilt("?", ".badge { display: none }", of="dose-sheet"),
    "content-visibility": Spoilt("?", f"{RESEARCH} ul {{ content-visibility: hidden }}"),
    "text-transform": Spoilt("?", ".fact { text-transform: uppercase }", of="dose-sheet"),
    "font-variant": Spoilt("?", ".fact { font-variant: ordinal }", of="dose-sheet"),
    "first-letter": Spoilt("?", ".md-typeset li::first-letter { font-size: 0 }"),
    "first-line": Spoilt("?", f"{RESEARCH} h3::first-line {{ color: transparent }}"),
    "struck-out": Spoilt("?", ".condition { text-decoration: line-through }", of="dose-sheet"),
    "struck-by-underline": Spoilt("?", ".condition { text-decoration: underline; text-underline-offset: -0.4em }", of="dose-sheet"),
    "font-of-other-digits": Spoilt("?", "@font-face { font-family: odd; src: local('Symbol') } .fact { font-family: odd }"),
    "sticky-cover": Spoilt("?", f"{RESEARCH} li:last-child {{ position: sticky; top: 0; background: #fff }}"),
    "absolute-cover": Spoilt("?", "article { position: relative } article > p { position: absolute; top: 20em; background: #fff }"),
    "shadow-cover": Spoilt("?", ".md-footer { position: relative; box-shadow: 0 0 0 3000px #fff }"),
    "outline-cover": Spoilt("?", ".md-footer { outline: 3000px solid #fff }"),
    "cover-that-lets-clicks-through": Spoilt("?", "body::after { content: ''; position: fixed; inset: 30% 0 0; background: #fff; pointer-events: none }"),
    "header-that-grows": Spoilt("?", ".md-header { height: 60vh }"),
    "moved-at-times": Spoilt("?", "@keyframes away { to { opacity: 0 } } .condition { animation: away 1s forwards }", of="dose-sheet"),
    "wrapped-in-a-sheet": Spoilt("?", "@layer late { .condition { display: none !important } }", of="dose-sheet"),
    "script-multiplies": Spoilt("?", script="document.querySelector('td').firstChild.data *= 10", of="dose-sheet"),
    "script-takes-a-mark": Spoilt("?", script="document.querySelector('.admonition').className = ''"),
    "script-adds-a-style": Spoilt("?", script="document.querySelector('.admonition').style.cursor = 'help'"),
    "script-adds-a-sheet": Spoilt("?", script="document.adoptedStyleSheets = [new CSSStyleSheet()]"),
    "script-adds-a-font": Spoilt("?", script="document.fonts.add(new FontFace('odd', 'local(Symbol)'))"),
    "script-puts-a-shadow-over": Spoilt("?", script="document.querySelector('.condition').attachShadow({mode: 'open'}).textContent = 'always'", of="dose-sheet"),
    "script-calls-it-spoken": Spoilt("?", script="document.querySelector('[data-computed]').dataset.eye = 'screen'", of="dose-sheet"),
    "template-adds-a-line": Spoilt("?", served=("</article>", "<p>Also for children.</p></article>")),
    "template-adds-a-script": Spoilt("?", served=("</body>", "<script>document.querySelector('h1').append(' – approved')</script></body>")),
    "template-lays-a-veil": Spoilt("?", served=("</body>", "<div class='veil'></div><style>.veil { position: absolute; z-index: 9; top: 500px; left: 0; width: 100%; height: 300px; background: #fff }</style></body>")),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_what_is_spoilt_is_found(page: Page, address: str, book: Formulary, read: Callable[[str], list[str]], name: str) -> None:
    attack = ATTACKS[name]
    where = address + TYPES[attack.of]

    def spoil(route: Route) -> None:
        answer = route.fetch()
        assert attack.served[0] in answer.text()
        route.fulfill(response=answer, body=answer.text().replace(*attack.served))

    if attack.served[0]:
        page.route(where, spoil, times=1)
    engine = eye.prepared(page, where)
    if attack.sheet:
        page.add_style_tag(content=attack.sheet)
    if attack.script:
        page.evaluate(attack.script)
    view = eye.seen(page, engine, WAYS[attack.way], read(TYPES[attack.of]), book.vocabulary.statuses)
    speaking = [check.__name__ for check in CHECKS if next(check(view), None)]
    print("FOUND", name, speaking, [s[:110] for check in CHECKS for s in list(check(view))[:1]])
    assert speaking == attack.speaking.split()
