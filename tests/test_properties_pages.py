"""Whatever stands on a page, it is refused in place or becomes a page that says nothing but what data and prose say."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils import meta
from selectolax.lexbor import LexborNode

from macros.elements import Html
from tests.conftest import ROOT, SLUG, TODAY, small_project
from tests.mutations import spoiled_page
from tests.properties import Lab, examples, laboratory

HERE = f"docs/monographs/{SLUG}"
PAGES = {f"{HERE}/{path.name}": path.read_text("utf-8") for path in sorted((ROOT / "macros/template/docs").iterdir())}
PAGES["docs/notes.md"] = """---
title: Notes
---
# Notes

{{ checked() }}

One sentence about [the medicine](monographs/fictivagene-examplavec/index.md).

{{ fact("fictivagene-examplavec/dose/standard") }}

## Sources

{{ sources() }}

{{ colophon() }}
"""
# What Markdown and the macros write.
TAGS = set(
    "html head body a abbr blockquote br caption code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr img li mark ol p pre s small span strong sub sup table "
    "tbody td th thead tr ul".split()
)
ATTRIBUTES = set(
    "alt aria-hidden aria-label class colspan data-computed data-fact data-search-exclude data-source headers href id rel role rowspan scope src start "
    "tabindex title value align".split()
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The fictional medicine with a page besides."""
    root = small_project(tmp_path_factory.mktemp("pages"))
    (root / "docs/notes.md").write_text(PAGES["docs/notes.md"], "utf-8")
    with laboratory(root, TODAY) as lab:
        yield lab


def wrong(page: Html, text: str) -> Iterator[str]:
    """What must not be on a page that passed every rule."""
    for node in page.tree.css("*"):
        if node.tag not in TAGS:
            yield f"<{node.tag}>"
        yield from (f"{name}={value}" for name, value in node.attributes.items() if name not in ATTRIBUTES)
        for name in ("href", "src"):
            if urlsplit(node.attributes.get(name) or "").scheme not in ("", "http", "https", "mailto", "tel"):
                yield f"{name}={node.attributes[name]}"
    body, front = meta.get_data(text)
    if not isinstance(front.get("title"), str):
        yield f"MkDocs reads the title {front.get('title')!r}"
    said = page.tree.body.text() if page.tree.body else ""
    ours = re.sub(r"\A---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*\n", "", text, count=1, flags=re.DOTALL | re.MULTILINE).lstrip("\n")
    if body != ours:
        yield "MkDocs reads another body"
    assert said


def judged(lab: Lab, file: str, content: bytes) -> None:
    """Refused in place, or a page that holds nothing foreign."""
    previews, found = lab.all(file, content)
    if not found:
        (page,) = [page for page in previews.values() if page.source == file]
        assert list(wrong(page, content.decode("utf-8-sig").replace("\r\n", "\n"))) == []


@examples(700)
@given(spoiled_page(PAGES))
def test_a_spoiled_page_is_refused_in_place_or_holds_nothing_foreign(small: Lab, made: tuple[str, bytes]) -> None:
    judged(small, *made)
