"""A built page whose article is the very one that was judged is told from any other, and only what stands around it is left."""

from dataclasses import replace

import pytest

from macros.pages.html import Html
from macros.site.around import around

WRITTEN = '<h1 id="a">A</h1>\n<p>See <a href="b.md#c">b</a> and <a href="../../x/#y" data-source="s">1</a>: 5 mg.</p>'
MADE = WRITTEN.replace("b.md#c", "../b/#c")
OFFLINE = WRITTEN.replace("b.md#c", "b.html#c").replace("../../x/#y", "../x.html#y")
BUTTON = '<button type="button" class="print-page" hidden>Print this page</button>'


def preview() -> Html:
    return Html("m/a/index.html", "docs/m/a.md", f"<body>{WRITTEN}</body>", "m", lambda spot: 1)


def built(article: str, before: str = "", after: str = "", address: str = "m/a/index.html") -> Html:
    text = f'<html><body><main><nav>Menu</nav>{before}<article class="md-typeset">{article}</article>{after}</main></body></html>'
    return replace(preview(), address=address, html=text)


SAME = {
    "as it was": built(MADE),
    "with the button of the theme": built(f"\n{BUTTON}\n{MADE}\n"),
    "with the addresses of a copy": built(OFFLINE, address="m/a.html"),
}


@pytest.mark.parametrize("page", SAME.values(), ids=SAME.keys())
def test_same(page: Html) -> None:
    rest = around(page, preview())
    assert rest and (rest.ids, rest.main.text().strip()) == (["a"], "Print this page" if "button" in page.html else "")


OTHER = {
    "another figure": built(MADE.replace("5 mg", "6 mg")),
    "another place of a link": built(MADE.replace("../b/#c", "../d/#c")),
    "another part of a page": built(MADE.replace("../b/#c", "../b/#d")),
    "a link that leads out": built(MADE.replace("../b/#c", "https://example.org/m/b/#c")),
    "a source instead of a link": built(MADE.replace('href="../b/#c"', 'src="../b/#c"')),
    "an attribute more": built(MADE.replace("<p>", '<p class="gap">')),
    "cut off": built(MADE.removesuffix("</p>")),
    "a text before it": built(f"<p>Give more.</p>{MADE}"),
    "a text behind it": built(f"{MADE}<p>Give more.</p>"),
    "in a block": built(f'<div class="admonition research">{MADE}</div>'),
    "in a block around all": replace(built(MADE), html=built(MADE).html.replace("<main>", '<main class="admonition research">')),
    "in a comment": built(f"<!-- {MADE} -->"),
    "beside another article": built("", before=f"<!-- <article>{MADE}</article> -->"),
    "in an article that follows another": built("<p>Give more.</p>", after=f"<article>{MADE}</article>"),
    "no article": replace(built(MADE), html=built(MADE).html.replace("article", "section")),
}


@pytest.mark.parametrize("page", OTHER.values(), ids=OTHER.keys())
def test_other(page: Html) -> None:
    assert around(page, preview()) is None
