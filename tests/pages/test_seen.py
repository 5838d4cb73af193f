"""A rendered page as lines: what readers see, hear or are shown on pointing, in its order, told apart by who wrote it."""

import pytest

from macros.pages.html import Html
from macros.pages.seen import lines
from tests.conftest import SLUG


def seen(html: str, typed: str = "", version: str = "") -> list[str]:
    """The lines of a page of the fictional medicine with this HTML."""
    address = f"monographs/{SLUG}/index.html"
    return lines(Html(address, f"docs/monographs/{SLUG}/index.md", f"<body>{html}</body>", SLUG, lambda _: 1), typed, version)


CASES = {
    "heading-with-its-anchor": (
        '<h2 id="dose">Dose<a class="headerlink" href="#dose" title="Link to this section">¶</a></h2>',
        ["#dose", "= h2 Dose"],
    ),
    "fact-in-a-sentence": (
        f'<p>Give <span class="fact" data-fact="{SLUG}/dose/standard">6 mg</span> once.</p>',
        ["> p Give {dose/standard: 6 mg} once."],
    ),
    "fact-of-another-medicine": (
        '<p>Give <span data-fact="examplamab/dose/standard">6 mg</span>.</p>',
        ["> p Give {examplamab/dose/standard: 6 mg}."],
    ),
    "sentences": ("<p>Give once. Do not repeat. See e.g. the label.</p>", ["= p Give once. Do not repeat. See e.g. the label."]),
    "sentences-typed": (
        "<p>Give twice. Do not repeat.</p>",
        ["> p Give twice.", "> … Do not repeat."],
    ),
    "list-of-facts": (
        f'<ul class="facts"><li data-fact="{SLUG}/safety/a">No. <span class="where">US</span></li></ul>',
        ["= ul.facts", "  = li {safety/a} No. (where: US)"],
    ),
    "citation-by-its-source": (
        '<p>Yes <span class="cites">[<a href="#source-4" data-source="fda" data-cited="grade A">4</a>]</span></p>',
        ["= p Yes (cites: [fda ‹grade A›])"],
    ),
    "source-without-its-number": ('<ol class="sources"><li id="source-4" value="4">Label</li></ol>', ["= ol.sources", "  = li Label"]),
    "block-of-a-use": (
        '<div class="admonition research"><h3 class="admonition-title">Research</h3><p>Tried.</p></div><p>Free.</p>',
        ["= div.admonition.research", "  = h3.admonition-title Research", "  = p Tried.", "= p Free."],
    ),
    "table": (
        "<table><caption>Dose</caption><thead><tr><th>kg</th><th>mL</th></tr></thead>"
        '<tbody><tr id="kg-40" data-computed="dose"><th>40</th><td>80<br>8</td></tr></tbody></table>',
        ["= caption Dose", "= tr kg | mL", "= tr#kg-40 {dose} 40 | 80 / 8"],
    ),
    "spoken-and-shown": (
        '<p><span aria-hidden="true">2 mL</span><span class="spoken">2 milliliters</span></p>',
        ["= p 2 mL (spoken: 2 milliliters)"],
    ),
    "tooltips": (
        '<p><abbr title="genome copies">gc</abbr> and <abbr title="genome copies">gc</abbr></p>',
        ["= p gc and gc", "= tooltip gc: genome copies"],
    ),
    "texts-of-attributes": (
        '<div aria-label="Doses" title="Tip"><img alt="A liver" src="x.png"></div>',
        ["= div (aria-label: Doses) (title: Tip)", "  = img (alt: A liver) (src: x.png)"],
    ),
    "an-attribute-that-nobody-knows": ('<p>See <span data-note="Cleared">this</span></p>', ["= p See this (data-note: Cleared)"]),
    "hidden": ("<p hidden>No.</p>", ["= p (hidden) No."]),
    "links": (
        '<p><a href="../../glossary/">words</a> <a href="patient.md#a">guide</a> <a href="#b">below</a> <a href="https://x.org/y">out</a></p>',
        [f"= p [words → glossary/] [guide → monographs/{SLUG}/patient/#a] [below → #b] [out → https://x.org/y]"],
    ),
    "struck-out-and-raised": ("<p>10<sup>13</sup> <del>no</del></p>", ["= p 10 (sup: 13) (del: no)"]),
    "drawing": (
        '<svg class="x" aria-labelledby="t"><title id="t">Liver</title><g class="y"><text x="3" y="4">80%</text></g></svg>',
        ["= drawn 6f23917a", "= title Liver", "= text 80%"],
    ),
    "what-follows-the-day": (
        '<p class="due-soon"><span data-computed="due">The sources are due to be checked again by 1 May 2026.</span></p><p>A.</p>',
        ["= p A."],
    ),
    "what-poses-as-it": ('<p><span data-computed="due">For all.</span></p>', ["= p {due: For all.}"]),
    "what-poses-as-a-link-to-its-heading": ('<p><a class="headerlink" href="#">All.</a></p>', ["= p [All. → #] (headerlink)"]),
    "a-button": ('<p>A <button type="button">Cleared</button></p>', ["= p A (button: Cleared (type: button))"]),
    "what-poses-as-a-citation": ('<p><a data-source="fda">6 mg</a></p>', ["= p [6 mg → #]"]),
    "kept-from-the-ear": ('<p aria-hidden="true">No.</p>', ["= p (aria-hidden: true) No."]),
    "a-number-of-an-item": ('<ol><li value="5">mg</li></ol>', ["= ol", "  = li (value: 5) mg"]),
    "what-is-asked-with-a-link": ('<p><a href="#a?q=x">a</a> <a href="?q=x">b</a></p>', ["= p [a → #a?q=x] [b → ?q=x]"]),
    "a-sign-between-cells": ("<table><tr><td>a | b</td><td>c</td></tr></table>", [r"= tr a \| b | c"]),
    "what-poses-as-a-fact": ("<p>{dose/a: six}</p>", [r"= p \{dose/a: six\}"]),
    "a-spoken-drawing": ('<svg aria-label="6 mg"></svg>', ["= drawn 8404e2f9", "= svg (aria-label: 6 mg)"]),
    "text-in-no-element": ("<div>loose <b>text</b><p>A.</p></div>", ["= loose text", "= p A."]),
    "list-in-an-item": ("<ul><li>A<ul><li>B</li></ul></li></ul>", ["= li", "  = A", "  = li B"]),
}
TYPED = "Give twice. Do not repeat. once."


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES)
def test_lines(html: str, expected: list[str]) -> None:
    assert seen(html, TYPED.replace("Give twice", "Give Give twice")) == expected


def test_the_version_of_the_data_is_left_out() -> None:
    assert seen("<p>Data version abc123.</p>", version="abc123") == ["= p Data version …."]


def test_a_preview_and_a_built_page_read_the_same() -> None:
    html = '<p><a href="{}">guide</a></p>'
    assert seen(html.format("patient.md")) == seen(html.format("patient/"))
