"""Rules on rendered pages: what is left over, what is cited, what stands in code; and where their findings stand."""

from pathlib import Path

import pytest

from macros.finding import Spot
from macros.pages.html import Html
from macros.rules import every
from tests.support.broken import Case, Edit, broken, cases_of, found
from tests.support.small_pages import KNOWN, LIST, MEND, block, fact, judged, page

CASES = cases_of("html")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fault(project: Path, edit: Edit, case: Case) -> None:
    assert found(broken(project, edit, case)) == case["findings"].splitlines()


TRIAL = fact("x/trial", cites="report")
NAME = fact("x/name")


def left(mark: str, what: str = "call a macro, or write it as code") -> str:
    return f"nothing-left-over: '{mark}' is left in the text; {what}"


FENCE = left("///", "leave an empty line before it and check the block's name")

LEFT_OVER = {
    "braces": ("<p>Give {{ fact(x) }}.</p>", [left("{{"), left("}}")]),
    "statement": ("<p>{% set x</p>", [left("{%"), "no-loose-figure: the figure '%' in “{% set x” is typed by hand; " + MEND]),
    "comment": ("<p>{## text ##}</p>", [left("{##")]),
    "braces-over-inline-tags": ("<p>{<b>{</b> x</p>", [left("{{")]),
    "braces-in-a-fact": ('<p><span data-fact="x/name">{{ x</span></p>', [left("{{")]),
    "single-braces": ("<p>{ x }</p>", []),
    "fence-that-opens": ("<p>/// reserch | Text</p>", [FENCE]),
    "fence-that-opens-and-closes": ("<p>/// reserch</p><p>Text.</p><p>///</p>", [FENCE]),
    "fence-that-closes": ("<p>///</p>", [FENCE]),
    "fence-within-a-text": ("<p>Text.\n/// research</p>", [FENCE]),
    "longer-fence": ("<p>//// research</p>", [FENCE]),
    "two-slashes": ("<p>// research, and/or</p>", []),
    "link-without-an-address": ("<p>[text][name]</p>", [left("][", "write a link as [what it leads to](page.md)")]),
    "link-that-is-none": ("<p>[text](a b)</p>", [left("](", "write a link as [what it leads to](page.md)")]),
    "link-with-a-space": ("<p>[text] (a.md)</p>", [left("] (a.md", "write a link as [what it leads to](page.md)")]),
    "brackets-in-a-fact": ('<p data-fact="x/name">[text](y)</p>', []),
    "failed-macro": (
        '<p><span class="fault">fact(): unknown fact</span></p>',
        ["nothing-left-over: a macro failed: fact(): unknown fact"],
    ),
    "failed-page": (
        "<h1>Macro Syntax Error</h1>",
        ["nothing-left-over: the page failed as a whole: Macro Syntax Error; run `make check` for the line"],
    ),
    "heading-about-macros": ("<h1>Macros for editors</h1>", []),
}


def uncited(name: str) -> str:
    return f"fact-cited: '{name}' has no citation that leads to its source; let fact() cite it and end the page with sources()"


CITATIONS = {
    "in-the-sentence": (fact("x/dose", cites="label") + LIST, []),
    "none": (fact("x/dose"), [uncited("x/dose")]),
    "of-another-source": (fact("x/dose", cites="report") + LIST, [uncited("x/dose")]),
    "one-of-two-sources": (block("research", fact("x/trial", cites="registry")) + LIST, []),
    "in-the-next-sentence": (fact("x/dose") + fact("x/dose", cites="label") + LIST, [uncited("x/dose")]),
    "in-the-row": (
        '<table><tr><td data-fact="x/dose">12</td><td><a href="#source-1" data-source="label">1</a></td></tr></table>' + LIST,
        [],
    ),
    "in-the-next-row": (
        '<table><tr><td data-fact="x/dose">12</td></tr><tr><td><a href="#source-1" data-source="label">1</a></td></tr></table>' + LIST,
        [uncited("x/dose")],
    ),
    "that-leads-nowhere": (
        fact("x/dose", cites="label")
        + '<p><a href="#source-2" data-source="report">2</a></p><ol class="sources"><li id="source-2">Report</li></ol>',
        [uncited("x/dose")],
    ),
    "on-a-page-without-a-list": (
        fact("x/dose", cites="label"),
        ["fact-cited: the page cites its sources but does not list them; write {{ sources() }} near its end"],
    ),
    "link-without-a-source": ('<p><span data-fact="x/dose">12</span> <a href="#source-1">there</a></p>' + LIST, [uncited("x/dose")]),
    "of-a-fact-without-sources": (NAME, []),
}

PAGES = {f"{group}-{name}": row for group, rows in {"left-over": LEFT_OVER, "citation": CITATIONS}.items() for name, row in rows.items()}


@pytest.mark.parametrize(("html", "expected"), PAGES.values(), ids=PAGES.keys())
def test_page(html: str, expected: list[str]) -> None:
    assert judged(html) == expected


@pytest.mark.parametrize("text", ["{{ fact() }}", "{% raw %}", "/// research", "12 mg"])
def test_code_on_a_page_about_the_site(text: str) -> None:
    assert judged(f"<p><code>{text}</code></p><pre>{text}</pre>", source="docs/about/editors.md") == []


@pytest.mark.parametrize("html", ["<p><code>12 mg</code></p>", "<pre><code>12 mg</code></pre>"])
def test_code_on_any_other_page(html: str) -> None:
    assert judged(html) == ["code-about-the-site-only: '12 mg' is written as code; write it as text, and a figure as a fact"]


def test_fact_in_code() -> None:
    html = "<p><code>&lt;span data-fact=&quot;x/trial&quot;&gt;</code></p>"
    assert judged(html, source="docs/about/editors.md") == [
        "code-about-the-site-only: a macro call stands in code, where it can't show its fact; take it out, or write it between raw and endraw"
    ]


def test_finding_names_source_line_and_rule() -> None:
    (one,) = every.of_html(page("<p>///</p>"), KNOWN)
    assert str(one) == f"docs/a/b.md:1: {FENCE}"


def test_rule_asks_for_the_line_of_what_it_found() -> None:
    asked: list[Spot] = []
    html = Html("i.html", "docs/i.md", TRIAL + "<p>{{</p>" + LIST, None, lambda spot: asked.append(spot) or 7)
    assert [(finding.rule, finding.line) for finding in every.of_html(html, KNOWN)] == [
        ("nothing-left-over", 7),
        ("research-marked", 7),
    ]
    assert asked == [Spot(text="{{"), Spot(fact="x/trial")]
