"""Whatever stands on a page, it is refused in place or becomes a page that says nothing but what data and prose say."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import markdown
import pytest
from hypothesis import given
from mkdocs.utils import meta
from selectolax.lexbor import LexborHTMLParser

from macros.formulary.load import load
from macros.pages import markdown as pages
from macros.pages.html import Html
from macros.site import preview
from tests.conftest import FICTIONAL, ROOT, SLUG, TODAY, small_project
from tests.support.mutations import spoiled_page
from tests.support.properties import Lab, examples, laboratory
from tests.support.tricks_pages import BLOCKS, FIGURES, FRONT, HTML, JINJA, MARKDOWN, WHOLE

HERE = f"docs/monographs/{SLUG}"
PAGES = {name: text for name, text in FICTIONAL.items() if name.startswith(HERE)}
PAGES["docs/notes.md"] = """---
title: Notes
---
# Notes

{{ masthead() }}

One sentence about [the medicine](monographs/fictivagene-examplavec/index.md).

{{ fact("fictivagene-examplavec/dose/standard") }}

## Sources

{{ sources() }}

{{ colophon() }}
"""
# What Markdown writes by itself, and what macros write besides.
TAGS = set(
    "html head body a blockquote br code dd div dl dt em h1 h2 h3 h4 h5 h6 hr img li ol p pre strong table tbody td th thead tr ul".split()
)
ATTRIBUTES = set("align alt class data-unsearched href id src start title".split())
MACRO_TAGS = {"abbr", "caption", "section", "span"}
MACRO_ATTRIBUTES = set(
    "aria-current aria-hidden aria-label colspan data-cited data-computed data-fact data-h data-source rel role scope tabindex value".split()
)
CLASSES = {"admonition", "admonition-title", "approved", "headerlink", "off-label", "research", "toc"}
TERMS = sorted((ROOT / "macros/data/terms.txt").read_text("utf-8").split("\n"), key=len, reverse=True)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The fictional medicine with a page besides."""
    root = small_project(tmp_path_factory.mktemp("pages"))
    (root / "docs/notes.md").write_text(PAGES["docs/notes.md"], "utf-8")
    with laboratory(root, TODAY) as lab:
        yield lab


def wrong(page: Html, root: Path, text: str) -> Iterator[str]:
    """What must not be on a page that passed every rule: as it is, and as typed, with a star for what each call writes."""
    yield from foreign(page.tree, TAGS | MACRO_TAGS, ATTRIBUTES | MACRO_ATTRIBUTES)
    parsed = pages.parse(text, page.source.removeprefix("docs/"))
    stars = parsed.filled(star(call.name, *call.args, **call.options) for call in parsed.calls)
    typed = LexborHTMLParser(f"<body>{markdown.Markdown(**preview.markdown_settings(root)).convert(stars)}</body>")
    yield from foreign(typed, TAGS, ATTRIBUTES)
    for node in typed.css("[class]"):
        yield from (f"class={name}" for name in (node.attributes["class"] or "").split() if name not in CLASSES)
    told = [node.attributes[name] or "" for name in ("alt", "title") for node in typed.css(f"[{name}]")]
    for said in (typed.body.text(), *told):
        for term in filter(None, TERMS):
            said = said.replace(term, "")
        yield from (f"the digit {char}" for char in said if char.isnumeric())
    for node in page.tree.css("[data-fact]"):
        use = uses(root)[node.attributes["data-fact"]]
        if use in ("off-label", "research") and not node.css_matches(f".admonition.{use} *"):
            yield f"{node.attributes['data-fact']} outside a block"
    body, front = meta.get_data(text)
    if not isinstance(front.get("title"), str):
        yield f"MkDocs reads the title {front.get('title')!r}"
    ours = re.sub(r"\A---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*\n", "", text, count=1, flags=re.DOTALL | re.MULTILINE).lstrip("\n")
    if body != ours:
        yield "MkDocs reads another body"


@cache
def uses(root: Path) -> dict[str, str | None]:
    """The use of each fact of the project."""
    return {name: fact.use for name, fact in load(root, TODAY)[0].facts.items()}


def star(name: str, *args: object, **options: object) -> str:
    """A star in the text, or in a block of its own."""
    return "*" if name in ("badge", "fact", "notice") else "\n<div>*</div>\n"


def foreign(tree: LexborHTMLParser, tags: set[str], attributes: set[str]) -> Iterator[str]:
    """Elements and attributes that are none of these, and addresses that a browser might run."""
    for node in tree.css("*"):
        if node.tag not in tags:
            yield f"<{node.tag}>"
        yield from (f"{name}={value}" for name, value in node.attributes.items() if name not in attributes)
        for name in ("href", "src"):
            if urlsplit(node.attributes.get(name) or "").scheme not in ("", "http", "https", "mailto"):
                yield f"{name}={node.attributes[name]}"


def judged(lab: Lab, file: str, content: bytes) -> None:
    """Refused in place, or a page that holds nothing foreign."""
    previews, found = lab.all(file, content)
    if not found:
        (page,) = [page for page in previews.values() if page.source == file]
        assert list(wrong(page, lab.root, content.decode("utf-8-sig").replace("\r\n", "\n"))) == []


NOTES = "docs/notes.md"
TRICKS = {
    "html": HTML,
    "markdown": MARKDOWN,
    "blocks": BLOCKS,
    "jinja": JINJA,
    "figures": FIGURES,
}


@pytest.mark.parametrize("kind", TRICKS)
def test_each_trick_is_refused_in_place_or_says_nothing_foreign(small: Lab, kind: str) -> None:
    for trick in TRICKS[kind]:
        judged(small, NOTES, PAGES[NOTES].replace("One sentence", f"{trick}\n\nOne sentence").encode())


def test_each_odd_page_is_refused_in_place_or_says_nothing_foreign(small: Lab) -> None:
    _, _, body = PAGES[NOTES].partition("title: Notes\n---\n")
    for content in (*WHOLE, *((front + body).encode() for front in FRONT)):
        judged(small, NOTES, content)


@examples(150)
@given(spoiled_page(PAGES))
def test_a_spoiled_page_is_refused_in_place_or_holds_nothing_foreign(small: Lab, made: tuple[str, bytes]) -> None:
    judged(small, *made)
