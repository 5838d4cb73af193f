"""Whatever a fact holds prints as the text it is, on a page rendered with the settings of mkdocs.yml."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.formulary.load import load
from macros.pages import markdown as pages
from macros.site import preview
from tests.conftest import SLUG, TODAY

# Each hostile text in each way of showing it is a project of its own; that text is escaped at all, tests of single macros say sooner.
pytestmark = pytest.mark.slow

SAFETY = f"macros/data/{SLUG}/safety.yml"
STATEMENT = "statement: Do not give during an active infection."

HOSTILE = {
    "script": '<script>alert("x")</script>',
    "tag-with-handler": "<img src=x onerror='alert(1)'>",
    "closing-tags": "</span></li></td></tr></table></div></p>",
    "comment": "<!-- gone -->",
    "entity": "&lt;b&gt; &amp; &#42;",
    "emphasis": "*a* **b** _c_ __d__ ***e***",
    "code": "`a` ``b``",
    "link": "[a](https://example.org) [b][c] <https://example.org>",
    "image": "![a](b.png)",
    "footnote": "a[^1]",
    "heading": "# a",
    "list-item": "- a",
    "numbered-item": "1. a",
    "quote": "> a",
    "rule": "***",
    "fence": "```",
    "cells": "a | b",
    "block": "/// research | a",
    "definition": ": a",
    "abbreviation-definition": "*[dose]: a",
    "attributes": "a{: .fault } { #a }",
    "macro": "{{ 7 * 7 }}",
    "macro-statement": "{% for a in b %}",
    "macro-comment": "{## a ##}",
    "strike-and-raise": "~~a~~ ^b^ ==c== ++d++",
    "backslash": "\\*a\\* \\\\",
}


def shown(project: Path, body: str) -> LexborHTMLParser:
    """The body on the fictional medicine's page, rendered with the settings of mkdocs.yml."""
    book, findings = load(project, TODAY)
    page = pages.parse(f"---\ntitle: Page\nmonograph: {SLUG}\n---\n{body}\n", f"monographs/{SLUG}/index.md")
    rendered, failed = preview.render([page], book, project, TODAY)
    assert [*findings, *failed] == []
    return next(iter(rendered.values())).tree


def text_and_tags(tree: LexborHTMLParser, selector: str) -> tuple[str, list[str]]:
    """The text of the one element that the selector finds, and the tags inside it."""
    (node,) = tree.css(selector)
    return node.text(), [inner.tag for inner in node.css("*") if inner != node]


# Each row: how the fact is shown, the element that must hold the text alone.
SHOWN = {
    "sentence": ('Give {{ fact("safety/infection") }} now.', "p > [data-fact]", "{}"),
    "line-of-its-own": ('{{ fact("safety/infection") }}', "p > [data-fact]", "{}"),
    "table": ('{{ table("safety/infection", caption="C") }}', "tr[data-fact] > td:nth-child(2)", "{} US"),
    "side-by-side": ('{{ table("safety/infection", caption="C", by="jurisdiction") }}', "td > [data-fact]", "{} [1]"),
}
INSIDE = {"table": ["span"], "side-by-side": ["span", "a"]}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("how", SHOWN)
def test_hostile_value_is_text(project: Path, edit: Callable, how: str, text: str) -> None:
    edit(SAFETY, STATEMENT, f"terms: [{json.dumps(text)}]")
    body, selector, whole = SHOWN[how]
    assert text_and_tags(shown(project, body), selector) == (whole.format(text), INSIDE.get(how, []))


NO_BRACES = {name: text for name, text in HOSTILE.items() if "{" not in text}


@pytest.mark.parametrize("text", NO_BRACES.values(), ids=NO_BRACES.keys())
def test_hostile_statement_is_text(project: Path, edit: Callable, text: str) -> None:
    edit(SAFETY, STATEMENT, f"statement: {json.dumps(text)}")
    assert text_and_tags(shown(project, 'Know: {{ fact("safety/infection") }}'), "[data-fact]") == (text, [])


@pytest.mark.parametrize("text", NO_BRACES.values(), ids=NO_BRACES.keys())
def test_hostile_note_is_text(project: Path, edit: Callable, text: str) -> None:
    edit(SAFETY, STATEMENT, f"{STATEMENT}\n  note: {json.dumps(text)}")
    assert text_and_tags(shown(project, '{{ list("safety/infection") }}'), "li > .note") == (text, [])


TITLED = {
    "list": ('{{ list("safety/infection") }}', "li > strong", "{}:"),
    "table": ('{{ table("safety/infection", caption="C") }}', "tr[data-fact] > th", "{}"),
    "side-by-side": ('{{ table("safety/infection", caption="C", by="jurisdiction") }}', "tbody th", "{}"),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("how", TITLED)
def test_hostile_title_is_text(project: Path, edit: Callable, how: str, text: str) -> None:
    edit(SAFETY, "title: Infection", f"title: {json.dumps(text)}")
    body, selector, whole = TITLED[how]
    assert text_and_tags(shown(project, body), selector) == (whole.format(text), [])


@pytest.mark.parametrize("text", ["<b>a</b>", "*a*", "a { .fault }", "a #"], ids=["tag", "emphasis", "attributes", "number-sign"])
def test_hostile_heading_of_a_block_is_text(project: Path, text: str) -> None:
    heading = load(project, TODAY)[0].vocabulary.statuses["research"].heading
    tree = shown(project, f'/// research | {{{{ notice("research", "{text}") }}}}\n\nText.\n\n///')
    assert text_and_tags(tree, "h3") == (f"{heading}: {text}¶", ["a", "a"])


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_tooltip_is_text(project: Path, edit: Callable, text: str) -> None:
    edit("macros/data/glossary.yml", "full: adeno-associated virus\n", f"full: {json.dumps(text)}\n")
    (tooltip,) = shown(project, "An AAV.\n\n{{ colophon() }}").css("p > abbr")
    assert (tooltip.text(), tooltip.attributes["title"]) == ("AAV", text)


def test_a_number_in_the_glossary_takes_no_html_away(project: Path, edit: Callable) -> None:
    edit("macros/data/glossary.yml", "AAV:\n", '"0":\n')
    tree = shown(project, '{{ list("safety/infection") }}\n\n{{ colophon() }}')
    assert [each.attributes["class"] for each in tree.css("ul, .colophon")] == ["facts", "colophon"]


def test_reference_in_a_statement_becomes_the_value(project: Path, edit: Callable) -> None:
    edit(SAFETY, STATEMENT, "statement: Wait {dose/infusion-interval}.")
    tree = shown(project, 'Know: {{ fact("safety/infection") }}')
    assert text_and_tags(tree, "[data-fact$=infection]") == ("Wait 20\u00a0minutes.", ["span"])
