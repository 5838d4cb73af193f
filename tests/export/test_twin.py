"""Small pieces of a page as Markdown: each thing that a page is made of, and what governs a line said on it."""

from dataclasses import replace

import pytest

from macros.export.twin import twin
from macros.formulary.book import Formulary
from macros.formulary.words import listed
from macros.pages.files import twin_address
from macros.pages.html import Html
from tests.conftest import SLUG

ADDRESS = f"monographs/{SLUG}/index.html"
LINE = "Quote no line without its status, its places and its sources.\n"
RESEARCH = "**Research only – not an approved use:**"
OFF_LABEL = "**Off-label – outside the approved label:**"
TITLE = '<h3 class="admonition-title" id="a"><a class="to-legend" href="../../about/statuses/#status-research">{}</a>: a trial</h3>'
BLOCK = f'<div class="admonition research">{TITLE.format("Research only – not an approved use")}{{}}</div><p>Free.</p>'
OPENED = "### [Research only – not an approved use](../../about/statuses/index.md#status-research): a trial"
HEAD = "<thead><tr><th>For</th><th>Dose</th></tr></thead>"


def page(html: str, address: str = ADDRESS, slug: str | None = None) -> Html:
    """A built page with this article, of the medicine if one is named."""
    return Html(address, "docs/x.md", f"<body><nav>Menu</nav><article>\n{html}\n</article></body>", slug, lambda _: 1)


def made(book: Formulary, html: str) -> str:
    """The twin of the page, without what it says at its head."""
    head, line, text = twin(page(html), book).partition(LINE)
    assert line, head
    return text.strip("\n")


PIECES = {
    "paragraph": ("<p>One\ntwo <strong>three</strong>, <em>four</em>.</p><p>Five.</p>", "One two **three**, *four*.\n\nFive."),
    "space-beside-a-strong-word": ("<p>a<strong> b </strong>c</p>", "a **b** c"),
    "heading": (
        '<h2 id="dose">Dose<a class="headerlink" href="#dose" title="Link to this section">¶</a></h2><h3>Adults</h3>',
        "## Dose\n\n### Adults",
    ),
    "signs-that-would-act": (
        "<p>2 * 3 * 4 [5](6) a_b _c_ `d` e\\f 7 &lt;b&gt; &amp;lt; &lt; 8 ~9~</p>",
        "2 \\* 3 \\* 4 \\[5\\](6) a_b \\_c\\_ \\`d\\` e\\\\f 7 &lt;b> &amp;lt; < 8 \\~9\\~",
    ),
    "signs-at-the-start": ("<p># a</p><p>- b</p><p>1. c</p><p>&gt; d</p><p>1.5 mg</p>", "\\# a\n\n\\- b\n\n1\\. c\n\n\\> d\n\n1.5 mg"),
    "no-break-space": ("<p>6&nbsp;mg</p>", "6 mg"),
    "code": ("<p><code>a_b*</code> and <code>c`d</code></p>", "`a_b*` and `` c`d ``"),
    "fenced": ('<div class="highlight"><pre><span></span><code><span>a</span>:\n  b &lt; c\n</code></pre></div>', "```\na:\n  b < c\n```"),
    "list": ("<ul>\n<li>One.</li>\n<li>Two.</li>\n</ul><p>After.</p>", "- One.\n- Two.\n\nAfter."),
    "list-in-a-list": ("<ul><li>One<ul><li>Two</li></ul></li><li>Three</li></ul>", "- One\n  - Two\n- Three"),
    "numbered": ("<ol><li>One</li><li>Two</li></ol>", "1. One\n2. Two"),
    "sources-by-their-numbers": (
        '<ol class="sources"><li id="source-4" value="4"><a href="https://fda.test/x" class="source-title">Label</a>. label.</li></ol>',
        "4. [Label](https://fda.test/x). label.",
    ),
    "definitions": (
        "<dl><dt>AAV</dt>\n<dd>A virus.</dd>\n<dt>ALT</dt><dd>An enzyme.</dd></dl>",
        "- **AAV:** A virus.\n- **ALT:** An enzyme.",
    ),
    "quotation": ("<blockquote><p>Said.</p></blockquote>", "> Said."),
    "citation": (
        '<p>Yes <span class="cites">[<a href="#source-4" data-source="fda" data-cited="grade A, n > 3">4</a>, '
        '<a href="#source-5" data-source="ema" data-cited="grade B">5</a>]</span></p>',
        "Yes [4, 5]",
    ),
    "citation-with-more": (
        '<p>Yes <span class="cites">[<a href="#source-4" data-source="fda" data-cited="A">4</a>, <a href="../x/#a">+2</a>]</span></p>',
        "Yes [4, [+2](../x/index.md#a)]",
    ),
    "value-as-it-is-seen": (
        '<p><span aria-hidden="true">2&nbsp;mL</span><span class="spoken" data-unsearched="">2 milliliters</span> a day</p>',
        "2 mL a day",
    ),
    "dose-with-what-belongs-to-it": (
        '<ul class="facts"><li data-fact="x/dose/a"><strong>Dose:</strong> <span class="value">6 mg, at most 60 mg in a day '
        '<span class="condition">if tolerated</span></span> <span class="note">Once.</span> <span class="where">US, EU</span> '
        '<span class="mark">expert advice, not label</span> <span class="mark weak">weak source</span></li></ul>',
        "- **Dose:** 6 mg, at most 60 mg in a day (if tolerated) Once. (US, EU) (expert advice, not label) (weak source)",
    ),
    "condition-that-names-a-fact": (
        '<p>6 mg <span class="condition">after <span class="fact" data-fact="x/dose/b"><span aria-hidden="true">5&nbsp;mL</span>'
        '<span class="spoken" data-unsearched="">5 milliliters</span> <span class="condition">at once</span></span> of it</span>, '
        '<span class="value">not more</span></p>',
        "6 mg (after 5 mL at once of it), not more",
    ),
    "what-a-group-shares": (
        '<p class="shared"><span class="where">EU</span> <span class="mark">expert advice</span> unless marked</p><ul class="facts">'
        '<li>A. <span class="spoken agrees"><span class="where">EU</span> <span class="mark">expert advice</span></span></li>'
        '<li>B. <span class="where">US</span></li></ul>',
        "EU (expert advice) unless marked\n\n- A. (EU) (expert advice)\n- B. (US)",
    ),
    "general-advice": (
        '<ul><li>A.</li></ul><p class="general"><span>General advice</span>:</p><ul><li>B.</li><li>C.</li></ul><ul><li>D.</li></ul>',
        "- A.\n\nGeneral advice:\n\n- B. (General advice)\n- C. (General advice)\n- D.",
    ),
    "general-advice-by-urgency": (
        '<p class="general">General advice:</p><div class="urgent"><div class="level"><p class="level-word">Now</p><ul><li>A.</li></ul></div>'
        '<div class="level"><p class="level-word">Soon</p><ul><li>B.</li></ul></div></div><ul><li>C.</li></ul>',
        "General advice:\n\n**Now**\n\n- A. (General advice)\n\n**Soon**\n\n- B. (General advice)\n- C.",
    ),
    "general-advice-within-a-level": (
        '<div><p class="general">General advice:</p><ul><li>A.</li></ul></div><ul><li>B.</li></ul>',
        "General advice:\n\n- A. (General advice)\n- B.",
    ),
    "table": (
        f'<table><caption>Doses</caption>{HEAD}<tbody><tr><th>a|b</th><td>6&nbsp;mg <span class="condition">if tolerated</span></td></tr>'
        "<tr><th>c</th><td></td></tr></tbody></table>",
        "**Doses**\n\n| For | Dose |\n| --- | --- |\n| a\\|b | 6 mg (if tolerated) |\n| c |  |",
    ),
    "table-named-otherwise": ('<table aria-label="Doses"><tr><td>a</td></tr></table>', "**Doses**\n\n| a |\n| --- |"),
    "numbers-below-a-head": (
        '<table><thead><tr><th scope="col">kg</th><th scope="col" colspan="2">mL of 5 mg/mL</th><th scope="col">h:min</th></tr></thead>'
        '<tr><th scope="row">40</th><td>1,120.5</td><td>2–3</td><td>1:10</td></tr><tr><th>5 kg</th><td>6 mL</td><td></td><td>–</td></tr></table>',
        "| kg | mL of 5 mg/mL |  | h:min |\n| --- | --- | --- | --- |\n| kg: 40 | mL of 5 mg/mL: 1,120.5 | mL of 5 mg/mL: 2–3 | h:min: 1:10 |\n"
        "| 5 kg | 6 mL |  | – |",
    ),
    "numbers-below-numbers": (
        '<table><thead><tr><th scope="row">Rate (mL/min)</th><th scope="col">1</th><th scope="col">2</th></tr></thead>'
        '<tr><th scope="row">For (min)</th><td>30</td><td>the rest</td></tr></table>',
        "| Rate (mL/min) | 1 | 2 |\n| --- | --- | --- |\n| For (min) | 30 (Rate (mL/min): 1) | the rest |",
    ),
    "two-rows-of-heads": (
        '<table><thead><tr><th scope="col">a</th><th scope="col">b</th><th scope="col">c</th></tr>'
        '<tr><th>d</th><th scope="col">e</th><th scope="col">f</th></tr></thead><tr><th>g</th><td>1</td><td>2</td></tr></table>',
        "| a | b | c |\n| --- | --- | --- |\n| d | e | f |\n| g | e: 1 | f: 2 |",
    ),
    "cell-over-columns": (
        f'<table>{HEAD}<tr><th>a</th><td colspan="2"><strong>Check.</strong> <div class="entry">b</div></td></tr></table>',
        "| For | Dose |  |\n| --- | --- | --- |\n| a | **Check.** <br> b |  |",
    ),
    "entries-under-a-place": (
        f'<table>{HEAD}<tr><th>a</th><td data-h="US"><div class="entry">b [1]</div><div class="entry"><span class="kind">Limits:</span> c</div>'
        '</td></tr><tr><th>d</th><td data-h="US"><ul class="chips"><li>e</li></ul></td></tr></table>',
        "| For | Dose |\n| --- | --- |\n| a | US: b [1] <br> US: Limits: c |\n| d | US: e |",
    ),
    "words-before-an-entry": (
        '<table><tr><td><span class="of">Brand</span><div class="entry"><span class="place">US</span> b</div></td></tr></table>',
        "| Brand: US: b |\n| --- |",
    ),
    "line-in-a-cell": ("<table><tr><td>a<br>b</td></tr></table>", "| a <br> b |\n| --- |"),
    "result-with-what-it-is-of": (
        '<table><tr><td>5.4 <span class="context">rate; <abbr title="x">CI</abbr> 1–2</span></td>'
        '<td><span class="context">adults</span></td></tr></table>',
        "| 5.4 (rate; CI 1–2) | adults |\n| --- | --- |",
    ),
    "place-as-a-head": (
        '<p><span class="where">US:</span> a <span class="where">(Europe)</span></p>',
        "US: a (Europe)",
    ),
    "drawing": (
        '<figure><svg class="drawing"><title id="t">Rates.</title><desc>From 1 to 2.</desc><g><text>1</text></g></svg>'
        "<figcaption>Figure</figcaption></figure>",
        "(Drawing: Rates. From 1 to 2.)\n\nFigure",
    ),
    "picture": ('<p><img src="x.png" alt="A vial"></p>', "A vial"),
    "button": ('<button type="button">Print this page</button><p>a</p>', "a"),
    "title-of-a-card": (
        '<div class="card"><p class="card-word">Dose <a href="../../monographs/fictivagene-examplavec/#dose">more</a></p></div>',
        "**Dose [more](#dose)**",
    ),
    "box-to-tick": ('<p><span class="tick">no</span> <span class="tick">yes</span> Fever</p>', "☐ no ☐ yes Fever"),
    "block": (
        BLOCK.format("<p>One. Two.</p><ul><li>Three.</li></ul><h4>Four</h4>"),
        f"{OPENED}\n\n{RESEARCH} One. {RESEARCH} Two.\n\n- {RESEARCH} Three.\n\n#### Research only – not an approved use: Four\n\nFree.",
    ),
    "table-in-a-block": (
        BLOCK.format(f"<table><caption>Doses</caption>{HEAD}<tr><th>a</th><td>b</td></tr></table>"),
        f"{OPENED}\n\n{RESEARCH} **Doses**\n\n| {RESEARCH} For | Dose |\n| --- | --- |\n| {RESEARCH} a | b |\n\nFree.",
    ),
    "words-without-a-paragraph-in-a-block": (BLOCK.format("<div>One.</div>"), f"{OPENED}\n\n{RESEARCH} One.\n\nFree."),
    "definition-in-a-block": (
        BLOCK.format("<dl><dt>a</dt><dd>b</dd></dl>"),
        f"{OPENED}\n\n- {RESEARCH} **a:** b\n\nFree.",
    ),
    "block-in-a-block": (
        '<div class="admonition off-label"><p>a</p><div class="admonition research"><p>b</p></div><p>c</p></div>',
        f"{OFF_LABEL} a\n\n{RESEARCH} b\n\n{OFF_LABEL} c",
    ),
    "block-of-an-approved-use": ('<div class="admonition approved"><p>a</p></div>', "a"),
}


@pytest.mark.parametrize(("html", "expected"), PIECES.values(), ids=PIECES.keys())
def test_a_piece_of_a_page_as_markdown(book: Formulary, html: str, expected: str) -> None:
    assert made(book, html) == expected


LINKS = {
    "page": ("../../monographs/examplamab/", "../../monographs/examplamab/index.md"),
    "part-of-a-page": ("patient/#call", "patient/index.md#call"),
    "file-of-a-page": ("../a.html#b", "../a.md#b"),
    "this-page": (f"../../monographs/{SLUG}/", f"../../monographs/{SLUG}/index.md"),
    "part-of-this-page": (f"../../monographs/{SLUG}/#dose", "#dose"),
    "part-alone": ("#dose", "#dose"),
    "folder-above": ("..", "../index.md"),
    "out": ("https://fda.test/a(b)", "<https://fda.test/a(b)>"),
    "out-like-a-page": ("https://fda.test/a/", "https://fda.test/a/"),
    "mail": ("mailto:a@fda.test", "mailto:a@fda.test"),
    "file": ("../data.zip", "../data.zip"),
}


@pytest.mark.parametrize(("href", "expected"), LINKS.values(), ids=LINKS.keys())
def test_a_link_leads_to_the_twin_of_a_page(book: Formulary, href: str, expected: str) -> None:
    assert made(book, f'<p><a href="{href}">a [b]</a></p>') == f"[a \\[b\\]]({expected})"


def test_the_twin_begins_with_what_stands_around_an_article(book: Formulary) -> None:
    slug = min(book.monographs)
    name = book.monographs[slug].medicine
    review = '<p class="checked">Sources checked 1 May. <span class="review none">Clinical review: none yet.</span></p>'
    html = page(f"<h1>Title</h1>{review}", f"monographs/{slug}/index.html").html
    reviewed = Html(f"monographs/{slug}/index.html", "docs/x.md", html, slug, lambda _: 1)
    assert twin(reviewed, book, "https://site.test/").split("\n\n") == [
        "# Title",
        f"> Medicine: {name.inn} ({listed(name.brands)}). Data version {book.version}. No clinician has reviewed this page. "
        f"Web page: <https://site.test/monographs/{slug}/index.html>.\n"
        "> A status in bold at the start of a sentence governs that sentence. Quote no line without its status, its places and its sources.",
        "Sources checked 1 May. Clinical review: none yet.\n",
    ]


def test_the_twin_stands_beside_its_page(book: Formulary) -> None:
    assert (twin_address("a/index.html"), twin_address("a.html")) == ("a/index.md", "a.md")
    assert f"Web page: [{ADDRESS}](index.html)." in twin(page("<p>a</p>"), book)


def test_each_line_of_a_draft_says_that_it_is_one(book: Formulary) -> None:
    slug, own = next(iter(book.monographs.items()))
    draft = replace(own, medicine=own.medicine.model_copy(update={"draft": True, "brand": "*A*"}))
    small = replace(book, monographs={**book.monographs, slug: draft})
    table = f"<table>{HEAD}<tbody><tr><td>Pain</td><td>5 mg</td></tr></tbody></table>"
    article = f"<h1>Name</h1><h2>Dose</h2><p>5 mg.</p><ul><li>One.</li></ul>{table}{BLOCK.format('<p>6 mg.</p>')}"
    said = page(article, f"monographs/{slug}/index.html", slug)
    head, _, text = twin(said, small).partition(LINE)
    assert head.startswith("# Draft, not for use: Name\n") and "(\\*A\\*" in head
    assert text.strip() == (
        "## Draft, not for use: Dose\n\n**Draft, not for use:** 5 mg.\n\n- **Draft, not for use:** One.\n\n"
        "| **Draft, not for use:** For | Dose |\n| --- | --- |\n| **Draft, not for use:** Pain | 5 mg |\n\n"
        f"{OPENED.replace('### ', '### Draft, not for use: ')}\n\n"
        "**Draft, not for use: Research only – not an approved use:** 6 mg.\n\n**Draft, not for use:** Free."
    )


def test_what_speaks_against_a_medicine_says_so_on_its_line(book: Formulary) -> None:
    item = '<li data-fact="methotrexate/safety/{}"><strong>Pregnancy:</strong> Pregnant women. <span class="where">US</span></li>'
    row = '<tr data-fact="methotrexate/safety/{}"><th>Pregnancy</th><td>Pregnant women.</td></tr>'
    html = "".join(f"<ul>{item.format(name)}</ul><table>{row.format(name)}</table><p>One.</p>" for name in ("contra-pregnancy", "errors"))
    assert made(book, html) == (
        "- **Contraindications:** **Pregnancy:** Pregnant women. (US)\n\n"
        "| **Contraindications:** Pregnancy | **Contraindications:** Pregnant women. |\n| --- | --- |"
        "\n\nOne.\n\n- **Pregnancy:** Pregnant women. (US)\n\n| Pregnancy | Pregnant women. |\n| --- | --- |\n\nOne."
    )
