"""What the rules say of what a page loads, where its links lead, and which facts no page shows."""

import pytest

from macros.rules import every
from tests.support.small_pages import KNOWN, LIST, judged, page, said


def foreign(tag: str, address: str) -> list[str]:
    return [f"nothing-foreign: <{tag}> loads from another host: {address}; put the file under docs/assets"]


STYLE = ["nothing-foreign: a style loads from another host; put the file under docs/assets"]
HOST = "https://example.org/x"

RESOURCES = {
    "script": (f'<script src="{HOST}"></script>', foreign("script", HOST)),
    "script-without-a-scheme": ('<script src="//example.org/x"></script>', foreign("script", "//example.org/x")),
    "script-with-backslashes": (r'<script src="\\example.org/x"></script>', foreign("script", r"\\example.org/x")),
    "script-in-the-head": (f'<html><head><script src="{HOST}"></script></head></html>', foreign("script", HOST)),
    "script-from-no-address": ('<script src="http://[::1"></script>', foreign("script", "http://[::1")),
    "own-script": ('<script src="../x.js"></script>', []),
    "image": (f'<img src="{HOST}">', foreign("img", HOST)),
    "image-in-the-text": ('<img src="data:image/png;base64,AAAA">', []),
    "image-in-sizes": (f'<img srcset="x.png 1x, {HOST} 2x">', foreign("img", f"{HOST} 2x")),
    "picture": (f'<picture><source srcset="{HOST}"></picture>', foreign("source", HOST)),
    "frame": (f'<iframe src="{HOST}"></iframe>', foreign("iframe", HOST)),
    "style-sheet": (f'<link rel="stylesheet" href="{HOST}">', foreign("link", HOST)),
    "preconnect": (f'<link rel="preconnect" href="{HOST}">', foreign("link", HOST)),
    "canonical-address": (f'<link rel="canonical" href="{HOST}">', []),
    "video": (f'<video src="{HOST}"></video>', foreign("video", HOST)),
    "poster": (f'<video poster="{HOST}"></video>', foreign("video", HOST)),
    "object": (f'<object data="{HOST}"></object>', foreign("object", HOST)),
    "base": (f'<base href="{HOST}">', foreign("base", HOST)),
    "style-element": (f"<style>p {{ background: url({HOST}) }}</style>", STYLE),
    "style-element-with-quotes": ("<style>p { background: url( '//example.org/x') }</style>", STYLE),
    "style-that-imports": (f'<style>@import "{HOST}";</style>', STYLE),
    "style-attribute": (f'<p style="background: URL({HOST})">Text</p>', STYLE),
    "own-style": ("<style>p { background: url(x.png) }</style>", []),
    "link-for-readers": (f'<a href="{HOST}">Text</a>', []),
}


@pytest.mark.parametrize(("html", "expected"), RESOURCES.values(), ids=RESOURCES.keys())
def test_resource(html: str, expected: list[str]) -> None:
    assert judged(html) == expected


def twice(name: str) -> str:
    return (
        f"ids-unique: the id '{name}' stands twice on the page; give one heading another name, or call the macro that writes it only once"
    )


IDS = {
    "different": ('<p id="a"></p><p id="b"></p>', []),
    "twice": ('<p id="a"></p><h2 id="a">Text</h2>', [twice("a")]),
    "three-times": ('<p id="a"></p><p id="a"></p><p id="a"></p>', [twice("a"), twice("a")]),
    "two-of-them": ('<p id="a"></p><p id="b"></p><p id="b"></p><p id="a"></p>', [twice("b"), twice("a")]),
    "in-and-outside-the-article": ('<p id="a"></p><article><p id="a"></p></article>', [twice("a")]),
}


@pytest.mark.parametrize(("html", "expected"), IDS.values(), ids=IDS.keys())
def test_ids(html: str, expected: list[str]) -> None:
    assert judged(html) == expected


def nowhere(href: str) -> list[str]:
    return [f"links-lead-somewhere: the link '{href}' leads nowhere; correct the path"]


def leads_out(href: str) -> list[str]:
    return [
        f"links-lead-somewhere: the link '{href}' leads out of the site; "
        "cite what stands there as a source of a fact, in macros/data/sources.yml"
    ]


def no_anchor(href: str, name: str) -> list[str]:
    return [f"links-lead-somewhere: '{href}': there is no '#{name}' there; correct the anchor"]


LINKS = {
    "markdown": ('<a href="c.md">Text</a>', []),
    "markdown-of-an-index": ('<a href="../index.md">Text</a>', []),
    "markdown-that-is-missing": ('<a href="d.md">Text</a>', nowhere("d.md")),
    "markdown-with-an-anchor": ('<a href="c.md#there">Text</a>', []),
    "markdown-with-a-dead-anchor": ('<a href="c.md#here">Text</a>', no_anchor("c.md#here", "here")),
    "folder": ('<a href="../c/">Text</a>', []),
    "folder-that-is-missing": ('<a href="../d/">Text</a>', nowhere("../d/")),
    "own-folder": ('<a href="./#here">Text</a>', []),
    "anchor": ('<a href="#here">Text</a>', []),
    "dead-anchor": ('<a href="#there">Text</a>', no_anchor("#there", "there")),
    "anchor-with-odd-letters": ('<a href="#%C3%BCber">Text</a>', []),
    "file": ('<a href="../../assets/x%20y.pdf">Text</a>', []),
    "file-that-is-missing": ('<a href="x.pdf">Text</a>', nowhere("x.pdf")),
    "image-that-is-missing": ('<img src="x.png">', nowhere("x.png")),
    "above-the-site": ('<a href="../../../c/">Text</a>', nowhere("../../../c/")),
    "another-host": ('<a href="https://example.org/x#y">Text</a>', leads_out("https://example.org/x#y")),
    "another-host-without-a-scheme": ('<a href="//example.org/x">Text</a>', leads_out("//example.org/x")),
    "another-host-as-a-source": ('<span data-computed="source"><a href="https://example.org/x">Text</a></span>', []),
    "mail": ('<a href="mailto:someone@example.org">Text</a>', leads_out("mailto:someone@example.org")),
    "image-in-the-text": (
        '<img src="data:image/png;base64,AAAA">',
        ["links-lead-somewhere: the link 'data:image/png;base64,AAAA' may not begin with 'data:'; write https://, mailto: or a page.md"],
    ),
    "script": (
        '<a href="javascript:x">Text</a>',
        ["links-lead-somewhere: the link 'javascript:x' may not begin with 'javascript:'; write https://, mailto: or a page.md"],
    ),
    "empty": (
        '<a href="">Text</a>',
        ["links-lead-somewhere: a link leads nowhere; write where to: [what it leads to](page.md)"],
    ),
    "citation-that-leads-nowhere": (
        f'<p><a href="#source-1" data-source="a">1</a> <a href="#source-9" data-source="b">9</a></p>{LIST}',
        no_anchor("#source-9", "source-9"),
    ),
    "outside-the-article": ('<a href="d.md">Text</a><article><p>Text</p></article>', []),
}


@pytest.mark.parametrize(("html", "expected"), LINKS.values(), ids=LINKS.keys())
def test_link(html: str, expected: list[str]) -> None:
    pages = {
        "a/b/index.html": page(f'{html}<p id="here"></p><p id="über"></p>' if "<article>" not in html else html),
        "a/c/index.html": page('<p id="there"></p>', source="docs/a/c.md", address="a/c/index.html"),
        "index.html": page("", source="docs/index.md", address="index.html"),
    }
    assert said(every.of_site(pages, KNOWN, ["assets/x y.pdf"], whole=False)) == expected


ON_NO_PAGE = "dose.yml:4: every-fact-shown: 'x/dose' is on no page; show it, or write 'evidence_only:' with the reason"
SHOWN = {
    "on-a-page": ("docs/x/index.md", '<p data-fact="x/dose"></p>', []),
    "on-no-page": ("docs/x/index.md", "<p>Text.</p>", [ON_NO_PAGE]),
    "on-the-evidence-page-only": ("docs/x/evidence.md", '<p data-fact="x/dose"></p>', [ON_NO_PAGE]),
    "on-a-page-of-no-medicine-only": ("docs/compare/x.md", '<p data-fact="x/dose"></p>', [ON_NO_PAGE]),
    "evidence-only-on-the-evidence-page": (
        "docs/x/evidence.md",
        '<p data-fact="x/other"></p>',
        [ON_NO_PAGE],
    ),
    "evidence-only-but-shown": (
        "docs/x/index.md",
        '<p data-fact="x/dose"></p><p data-fact="x/other"></p>',
        ["research.yml:9: every-fact-shown: 'x/other' is shown; delete 'evidence_only:'"],
    ),
}


@pytest.mark.parametrize(("source", "html", "expected"), SHOWN.values(), ids=SHOWN.keys())
def test_shown(source: str, html: str, expected: list[str]) -> None:
    pages = {"a/b/index.html": page(html, "x" if "/x/" in source else None, source)}
    assert list(map(str, every.of_site(pages, KNOWN, [], whole=True))) == expected
