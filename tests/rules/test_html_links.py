"""What the rules say of what a page loads, where its links lead, and which facts no page shows."""

from dataclasses import replace

import pytest

from macros.rules import every
from tests.support.small_pages import KNOWN, LIST, judged, page, said


def foreign(tag: str, address: str) -> list[str]:
    return [f"nothing-foreign: <{tag}> loads from another host: {address}; put the file under docs/assets"]


def strange(*parts: str) -> list[str]:
    return [f"made-of-known-parts: {part}; write Markdown, or call a macro" for part in parts]


def element(tag: str) -> list[str]:
    return strange(f"a page holds no element <{tag}>")


def attribute(name: str) -> list[str]:
    return strange(f"a page holds no attribute '{name}'")


def leads_out(href: str) -> list[str]:
    return [
        f"leads-to-sources: the link '{href}' leads out of the site; cite what stands there as a source of a fact, in macros/data/sources.yml"
    ]


SCRIPT = strange("a script stands in the page that is none of the theme's")
HOST = "https://example.org/x"

RESOURCES = {
    "script": (f'<script src="{HOST}"></script>', foreign("script", HOST)),
    "script-without-a-scheme": ('<script src="//example.org/x"></script>', foreign("script", "//example.org/x")),
    "script-with-backslashes": (r'<script src="\\example.org/x"></script>', foreign("script", r"\\example.org/x")),
    "script-in-the-head": (f'<html><head><script src="{HOST}"></script></head></html>', foreign("script", HOST)),
    "script-from-no-address": ('<script src="http://[::1"></script>', foreign("script", "http://[::1")),
    "own-script": ('<script src="../x.js"></script>', []),
    "image": (f'<img src="{HOST}">', foreign("img", HOST)),
    "image-in-the-text": ('<img src="data:image/png;base64,AAAA">', foreign("img", "data:image/png;base64,AAAA")),
    "image-in-sizes": (f'<img srcset="x.png 1x, {HOST} 2x">', attribute("srcset")),
    "picture": (f'<picture><source srcset="{HOST}"></picture>', [*element("picture"), *element("source")]),
    "style-sheet": (f'<link rel="stylesheet" href="{HOST}">', foreign("link", HOST)),
    "preconnect": (f'<link rel="preconnect" href="{HOST}">', [*strange("<link> may not be 'preconnect'"), *foreign("link", HOST)]),
    "canonical-address": (f'<link rel="canonical" href="{HOST}">', []),
    "poster": (f'<video poster="{HOST}"></video>', element("video")),
    "object": (f'<object data="{HOST}"></object>', element("object")),
    "frame": ('<iframe src="x.html"></iframe>', element("iframe")),
    "base": ('<base href="../">', element("base")),
    "script-in-the-page": ("<script>go()</script>", SCRIPT),
    "script-that-is-a-module": ('<script type="module">go()</script>', SCRIPT),
    "script-in-a-template": ("<template><p><template><script>go()</script></template></p></template>", SCRIPT),
    "data-in-the-page": ('<script type="application/json">{}</script>', []),
    "style": ("<style>p { background: url(x.png) }</style>", element("style")),
    "style-of-an-element": ('<p style="color: white">Text</p>', attribute("style")),
    "event": ('<p ONCLICK="go()">Text</p>', attribute("onclick")),
    "event-in-a-template": ('<template><p onclick="go()">Text</p></template>', attribute("onclick")),
    "another-page-at-once": (f'<meta http-equiv="refresh" content="0; url={HOST}">', attribute("http-equiv")),
    "robots": ('<meta name="robots" content="noindex">', strange("<meta> may not be 'robots'")),
    "form-that-sends": (f'<form action="{HOST}"><input type="text"></form>', attribute("action")),
    "button-that-sends": ("<form><button>Text</button></form>", strange("<button> may not be ''")),
    "field-that-sends": ('<input type="submit">', strange("<input> may not be 'submit'")),
    "link-in-a-drawing": ('<svg><a xlink:href="javascript:go()">Text</a></svg>', attribute("xlink:href")),
    "link-for-readers": (f'<a href="{HOST}">Text</a>', leads_out(HOST)),
}


@pytest.mark.parametrize(("html", "expected"), RESOURCES.values(), ids=RESOURCES.keys())
def test_resource(html: str, expected: list[str]) -> None:
    assert judged(html) == expected


LABEL = "https://example.org/label"
SOURCE = f'<span data-computed="source"><a href="{LABEL}">Text</a></span>'
LEADING = {
    "typed-address-of-a-source": (f'<a href="{LABEL}">Text</a>', "docs/a/b.md", leads_out(LABEL)),
    "printed-address-of-a-source": (SOURCE, "docs/a/b.md", []),
    "printed-address-of-no-source": (SOURCE.replace("label", "x"), "docs/a/b.md", leads_out(HOST)),
    "on-a-page-about-the-site": (f'<a href="{LABEL}">Text</a>', "docs/about/a.md", []),
    "elsewhere-on-a-page-about-the-site": (f'<a href="{HOST}">Text</a>', "docs/about/a.md", leads_out(HOST)),
    "around-the-article": (f'<nav><a href="{HOST}">Text</a></nav><article><p>Text</p></article>', "docs/a/b.md", leads_out(HOST)),
    "in-a-template": (f'<template><a href="{HOST}">Text</a></template>', "docs/a/b.md", leads_out(HOST)),
    "behind-a-tab": ('<a href="java&#9;script:go()">Text</a>', "docs/about/a.md", leads_out("java script:go()")),
    "behind-a-space": ('<a href=" //example.org/x">Text</a>', "docs/about/a.md", leads_out("//example.org/x")),
    "slash-and-backslash": (r'<a href="/\example.org/x">Text</a>', "docs/about/a.md", leads_out(r"/\example.org/x")),
    "mail": ('<a href="mailto:someone@example.org">Text</a>', "docs/about/a.md", leads_out("mailto:someone@example.org")),
}


@pytest.mark.parametrize(("html", "source", "expected"), LEADING.values(), ids=LEADING.keys())
def test_leading(html: str, source: str, expected: list[str]) -> None:
    assert judged(html, source=source) == expected


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
    "another-host": ('<a href="https://example.org/x#y">Text</a>', []),  # asked page by page
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


def told_elsewhere(name: str) -> list[str]:
    message = "leads to a page that does not tell it; let it lead to the page of its medicine that does"
    return [f"docs/a/b.md:1: fact-told-there: '{name}' {message}"]


TOLD = {
    "by-the-page-of-its-medicine": ('<a href="../../x/" data-fact="x/dose">12 mg</a>', []),
    "within-a-link": ('<a href="../../x/"><span data-fact="x/dose">12 mg</span></a>', []),
    "by-no-page": ('<a href="../../z/" data-fact="x/dose">12 mg</a>', told_elsewhere("x/dose")),
    "another-fact-by-its-page": ('<a href="../../x/" data-fact="x/trial">12</a>', told_elsewhere("x/trial")),
    "by-a-page-of-no-medicine": ('<a href="../../list/" data-fact="x/dose">12 mg</a>', told_elsewhere("x/dose")),
    "by-a-page-that-is-missing": ('<a href="../../none/" data-fact="x/dose">12 mg</a>', told_elsewhere("x/dose")),
    "a-fact-without-a-source": ('<a href="../../list/" data-fact="x/name">Name</a>', []),
    "beside-a-link-on-the-page": ('<a href="#y"><span data-fact="x/dose">12 mg</span></a>', []),
}


@pytest.mark.parametrize(("html", "expected"), TOLD.values(), ids=TOLD.keys())
def test_a_fact_in_a_link_is_told_where_it_leads(html: str, expected: list[str]) -> None:
    pages = {
        "a/b/index.html": page(html),
        "x/index.html": page('<p data-fact="x/dose"></p>', "x", "docs/x/index.md", "x/index.html"),
        "z/index.html": page("", "z", "docs/z/index.md", "z/index.html"),
        "list/index.html": page('<p data-fact="x/dose"></p>', source="docs/list.md", address="list/index.html"),
    }
    found = [each for each in every.of_site(pages, KNOWN, [], whole=True) if each.rule == "fact-told-there"]
    assert list(map(str, found)) == expected


def test_a_fact_in_a_link_to_another_page_needs_no_citation_of_its_own() -> None:
    assert judged('<p><a href="../../x/" data-fact="x/dose">12 mg</a></p>') == []
    assert judged('<p><a href="#y" data-fact="x/dose">12 mg</a></p>') != []


REPORTS = ("https://example.org/new?", "mailto:errors@example.org?")
REPORTING = {
    "issue": ("https://example.org/new?title=Error&body=Page", []),
    "mail": ("mailto:errors@example.org?subject=Error", []),
    "another-host": ("https://example.com/new?title=Error", leads_out("https://example.com/new?title=Error")),
    "another-page-of-the-host": ("https://example.org/newer?title=Error", leads_out("https://example.org/newer?title=Error")),
    "mail-to-somebody-else": ("mailto:x@example.org?subject=Error", leads_out("mailto:x@example.org?subject=Error")),
}


@pytest.mark.parametrize(("href", "expected"), REPORTING.values(), ids=REPORTING.keys())
def test_an_error_is_reported_where_the_settings_say(href: str, expected: list[str]) -> None:
    known = replace(KNOWN, reports=REPORTS)
    assert said(every.of_html(page(f'<article></article><a href="{href}">Report</a>'), known)) == expected


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
