"""HTML by type: text is escaped on its way into HTML, and only what the code types out is HTML."""

from pathlib import Path

import pytest

from macros.render.safe import Safe, escape, joined
from tests.conftest import ROOT
from tests.support.inspection import html_outside, not_literal

RENDER = sorted((ROOT / "macros/render").glob("*.py"))

ESCAPED = {
    "script": ("<script>", "&#60;script&#62;"),
    "ampersand": ("&lt;", "&#38;lt;"),
    "quotes": ('"it\'s"', "&#34;it&#39;s&#34;"),
    "emphasis": ("*a* _b_", "&#42;a&#42; &#95;b&#95;"),
    "code": ("`a`", "&#96;a&#96;"),
    "link": ("[a](b)", "&#91;a&#93;(b)"),
    "image": ("![a](b)", "&#33;&#91;a&#93;(b)"),
    "macro": ("{{ a }}", "&#123;&#123; a &#125;&#125;"),
    "cell": ("a | b", "a &#124; b"),
    "strike-and-raise": ("~a~ ^b^", "&#126;a&#126; &#94;b&#94;"),
    "backslash": ("\\*", "&#92;&#42;"),
    "end-of-a-heading": ("a #", "a &#35;"),
    "plain": ("6 × 10¹³ vg/kg, 12% – a (b); c", "6 × 10¹³ vg/kg, 12% – a (b); c"),
}


@pytest.mark.parametrize(("text", "expected"), ESCAPED.values(), ids=ESCAPED.keys())
def test_escape(text: str, expected: str) -> None:
    assert escape(text) == expected


B = Safe("<b>")
MADE = {
    "formatted": (Safe("<i {}>{}</i>").format(Safe('a="b"'), "<c>"), '<i a="b">&#60;c&#62;</i>'),
    "number": (Safe("<i>{}</i>").format(5), "<i>5</i>"),
    "text-in-text": (Safe("{}").format(f"{B}"), "&#60;b&#62;"),
    "list": (Safe(", ").join([B, "*"]), "<b>, &#42;"),
    "text-behind": (B + "#", "<b>&#35;"),
    "text-before": ("#" + B, "&#35;<b>"),
    "escaped-once": (escape(escape("&")), "&#38;"),
    "joined": (joined(B, "", "_"), "<b> &#95;"),
    "nothing-joined": (joined("", Safe()), ""),
}


@pytest.mark.parametrize(("made", "html"), MADE.values(), ids=MADE.keys())
def test_only_what_is_safe_stays_as_it_is(made: str, html: str) -> None:
    assert (type(made), made) == (Safe, html)


# What is made Safe without being typed out in the code: an address made of our own names, a drawing in a file of ours.
EXCEPTIONS = {"desk.py": ["href"], "figures.py": ["gene_transfer"]}


@pytest.mark.parametrize("path", RENDER, ids=lambda path: path.name)
def test_only_what_the_code_types_out_is_called_safe(path: Path) -> None:
    assert not_literal(path.read_text("utf-8"), "Safe") == EXCEPTIONS.get(path.name, [])


@pytest.mark.parametrize("path", RENDER, ids=lambda path: path.name)
def test_no_html_is_typed_outside_of_safe(path: Path) -> None:
    assert html_outside(path.read_text("utf-8"), "Safe") == []


CALLS = {
    "literal": ('def f():\n    Safe("<b>{}</b>")', []),
    "literal-in-parts": ('def f():\n    Safe("<b>" "{}</b>")', []),
    "nothing": ("def f():\n    Safe()", []),
    "name": ("def f():\n    Safe(a)", ["f"]),
    "filled-before": ('def f():\n    Safe(f"<b>{a}</b>")', ["f"]),
    "formatted-before": ('def f():\n    Safe("<b>{}</b>".format(a))', ["f"]),
    "added-before": ('def f():\n    Safe("<b>" + a)', ["f"]),
    "in-a-class": ("class A:\n    def g(self):\n        return Safe(a)", ["g"]),
    "outside": ("Safe(a)", [""]),
}


@pytest.mark.parametrize(("source", "found"), CALLS.values(), ids=CALLS.keys())
def test_calls_with_other_than_literals_are_found(source: str, found: list[str]) -> None:
    assert not_literal(source, "Safe") == found


TYPED = {
    "in-safe": ('Safe("<b>")', []),
    "in-a-text": ('a = "<b>"', ["<b>"]),
    "in-an-f-string": ('a = f"</b>{c}"', ["</b>"]),
    "docstring": ('"""<b>"""\ndef f():\n    """<i>"""', []),
    "other-sign": ('a = "b < c", "<", "<3"', []),
}


@pytest.mark.parametrize(("source", "found"), TYPED.values(), ids=TYPED.keys())
def test_html_outside_is_found(source: str, found: list[str]) -> None:
    assert html_outside(source, "Safe") == found
