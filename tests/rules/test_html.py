"""What the gate says of small pages of HTML, however they were made."""

import pytest

from macros.pages.html import Html
from macros.rules import html as gate
from tests.support.small_pages import GROUND, LIST, MEND, judged, page


def block(kind: str, inside: str, heading: str | None = None) -> str:
    """A block of a status as Markdown writes it."""
    head = f"<h3>{GROUND.headings[kind]}: title</h3>" if heading is None else heading
    return f'<div class="admonition {kind}">{head}{inside}</div>'


def fact(name: str, inside: str = "12 mg", cites: str = "") -> str:
    """A sentence that shows a fact."""
    link = f' [<a href="#source-1" data-source="{cites}">1</a>]' if cites else ""
    return f'<p>Give <span data-fact="{name}">{inside}</span>{link}.</p>'


TRIAL = fact("x/trial", cites="report")
OTHER = fact("x/other")
NAME = fact("x/name")


def outside(name: str, use: str) -> str:
    return f"research-marked: '{name}' is {use} but stands outside a block of that status; move it into `/// {use}`"


def inside(name: str, use: str, kind: str) -> str:
    return f"research-marked: '{name}' is {use} but stands inside a block '{kind}'; move it out of that block"


def own(kind: str) -> str:
    return f"block-says-so: a block '{kind}' has attributes of its own; leave an empty line below its first line"


def empty(kind: str) -> str:
    return f"block-holds-its-facts: a block '{kind}' holds no fact of that use; call fact() or list() in it, or delete it"


def claimed(text: str, word: str) -> str:
    return (
        f"approval-is-a-fact: “{text}” calls a use '{word}' in words alone; "
        "name the fact with fact() in the sentence, or leave the word out"
    )


def headless(kind: str) -> str:
    return f"block-says-so: a block '{kind}' does not open with the heading '{GROUND.headings[kind]}'; call notice() in its title"


PLACEMENT = {
    "research-in-its-block": (block("research", TRIAL) + LIST, []),
    "research-deep-in-its-block": (block("research", f"<div><ul><li><b>{TRIAL}</b></li></ul></div>") + LIST, []),
    "research-in-a-block-of-its-own-kind-twice": (block("research", block("research", TRIAL)) + LIST, []),
    "research-outside": (TRIAL + LIST, [outside("x/trial", "research")]),
    "research-after-its-block": (block("research", "<p>Text.</p>") + TRIAL + LIST, [outside("x/trial", "research")]),
    "research-in-an-approved-block": (block("approved", TRIAL) + LIST, [outside("x/trial", "research")]),
    "research-in-an-off-label-block": (block("off-label", TRIAL) + LIST, [outside("x/trial", "research")]),
    "research-in-its-block-inside-an-approved-one": (
        block("approved", block("research", TRIAL)) + LIST,
        [inside("x/trial", "research", "approved")],
    ),
    "research-in-an-approved-block-inside-its-own": (
        block("research", block("approved", TRIAL)) + LIST,
        [inside("x/trial", "research", "approved")],
    ),
    "research-in-two-wrong-blocks": (
        block("approved", block("off-label", TRIAL)) + LIST,
        [outside("x/trial", "research")],
    ),
    "research-in-a-box-that-only-looks-like-a-block": (
        f'<div class="research"><h3>Research only</h3>{TRIAL}</div>' + LIST,
        [outside("x/trial", "research")],
    ),
    "research-in-a-block-of-an-unknown-kind": (
        f'<div class="admonition note"><h3>Research only</h3>{TRIAL}</div>' + LIST,
        [outside("x/trial", "research")],
    ),
    "research-outside-the-article": (
        f"<header>{TRIAL}</header><article><p>Text.</p></article>" + LIST,
        [outside("x/trial", "research")],
    ),
    "research-in-a-heading": (
        '<h2>In <span data-fact="x/trial">12</span> <a href="#source-1" data-source="report">1</a></h2>' + LIST,
        [outside("x/trial", "research")],
    ),
    "research-as-a-table-row": (
        '<table><tr data-fact="x/trial"><td>12</td><td><a href="#source-1" data-source="report">1</a></td></tr></table>' + LIST,
        [outside("x/trial", "research")],
    ),
    "off-label-outside": (OTHER, [outside("x/other", "off-label")]),
    "off-label-in-its-block": (block("off-label", OTHER), []),
    "approved-outside": (fact("x/dose", cites="label") + LIST, []),
    "approved-in-its-block": (block("approved", fact("x/dose", cites="label")) + LIST, []),
    "approved-in-a-research-block": (
        block("research", fact("x/dose", cites="label")) + LIST,
        [inside("x/dose", "approved", "research")],
    ),
    "of-no-use": (NAME + block("approved", NAME + fact("x/dose", cites="label")) + LIST, []),
    "of-no-use-named-by-research": (block("research", f'<div data-fact="x/trial">In {NAME}{TRIAL}</div>') + LIST, []),
    "of-no-use-in-a-research-block": (
        block("research", NAME),
        ["research-marked: 'x/name' holds for every use but stands inside a block 'research'; move it out of that block"],
    ),
    "unknown-fact": (fact("x/doze"), ["research-marked: unknown fact 'x/doze'; did you mean 'x/dose'?"]),
}

BLOCKS = {
    "no-heading": (block("research", "<p>Text.</p>", ""), [headless("research")]),
    "empty": (block("research", "", ""), [headless("research")]),
    "text-before-the-heading": (block("research", "", "<p>Text.</p><h3>Research only</h3>"), [headless("research")]),
    "heading-of-another-status": (
        block("research", "", "<h3>Approved use: title</h3>"),
        [headless("research"), claimed("Approved use: title", "Approved")],
    ),
    "words-that-go-on": (block("research", "", "<h3>Research only in trials</h3>"), [headless("research")]),
    "title-that-claims": (
        block("research", "", "<h3>Research only: licensed for children</h3>"),
        [claimed(": licensed for children", "licensed")],
    ),
    "words-at-the-end-of-the-heading": (block("research", "", "<h3>Not Research only</h3>"), [headless("research")]),
    "title-that-is-no-heading": (block("research", "", '<p class="admonition-title">Research only</p>'), [headless("research")]),
    "heading-too-small": (block("research", "", "<h5>Research only</h5>"), [headless("research")]),
    "heading-in-a-box": (block("research", "", "<div><h3>Research only</h3></div>"), [headless("research")]),
    "heading-in-inline-tags": (block("research", "", "<h4><em>Research</em> only: title</h4>"), []),
    "two-statuses-at-once": (
        '<div class="admonition research approved"><h3>Research only</h3></div>',
        [own("research"), headless("approved"), own("approved"), empty("approved")],
    ),
    "hidden": ('<div class="admonition research" hidden><h3>Research only</h3></div>', [own("research")]),
    "inner-block-without-one": (block("off-label", block("research", "", "")), [headless("research")]),
    "authorized-in-words-alone": (block("approved", "<p>Children can have it.</p>"), [empty("approved")]),
    "of-no-status": ('<div class="admonition note"><p>Text.</p></div>', []),
}


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


def badged(what: str, kind: str = "approved") -> list[str]:
    return [
        f"badge-above-facts: a badge '{kind}' stands within other text or a block of another use; give it a line of its own, below the heading"
        if what == "within"
        else f"badge-above-facts: below the badge '{kind}' stands no fact of that use; call fact() or list() under the same heading, or delete the badge"
    ]


BADGE = '<a class="badge status-approved" href="#a"><span>✓</span> Approved</a>'
DOSE = fact("x/dose", cites="label") + LIST
CLAIMS = {
    "beside-its-fact": (
        '<p>The approved dose is <span data-fact="x/dose">12</span> [<a href="#source-1" data-source="label">1</a>].</p>' + LIST,
        [],
    ),
    "in-words-alone": ("<p>It is licensed.</p>", [claimed("It is licensed.", "licensed")]),
    "in-the-next-line": (f"<p>It is approved.\nMore: {DOSE[3:]}", [claimed("It is approved.", "approved")]),
    "beside-a-fact-of-no-use": (f"<p>It is approved, see {NAME}</p>", [claimed("It is approved, see", "approved")]),
    "denied": ("<p>It is not approved. Nothing in it is licensed. It isn't authorized.</p>", []),
    "outside": ("<p>Use outside the approved label.</p>", []),
    "in-a-heading": ("<h2>Indicated for children</h2>", [claimed("Indicated for children", "Indicated")]),
    "in-a-caption": ("<table><caption>Approved</caption></table>", [claimed("Approved", "Approved")]),
    "in-a-tooltip": ('<p><a href="#" title="authorized">x</a></p>', [claimed("authorized", "authorized")]),
    "in-a-row-with-its-fact": (
        '<table><tr><th>Approved</th><td data-fact="x/dose">12 <a href="#source-1" data-source="label">1</a></td></tr></table>' + LIST,
        [],
    ),
    "part-of-a-word": ("<p>An unapproved use.</p>", []),
    "badge": (f"<h2>Dose</h2><p>{BADGE}</p>{DOSE}", []),
    "badge-above-no-fact": (f"<h2>Dose</h2><p>{BADGE}</p><p>Text.</p>", badged("above")),
    "badge-under-another-heading": (f"<p>{BADGE}</p><h2>Dose</h2>{DOSE}", badged("above")),
    "badge-in-a-sentence": (f"<p>It is {BADGE}.</p>{DOSE}", badged("within")),
    "badge-in-a-heading": (f"<h2>{BADGE}</h2>{DOSE}", badged("within")),
    "badge-in-a-research-block": (block("research", f"<p>{BADGE}</p>{TRIAL}") + LIST, badged("within")),
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

CASES = {
    f"{group}-{name}": row
    for group, rows in {"placement": PLACEMENT, "block": BLOCKS, "left-over": LEFT_OVER, "citation": CITATIONS, "claim": CLAIMS}.items()
    for name, row in rows.items()
}


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES.keys())
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
    (found,) = gate.findings({"a/b/index.html": page("<p>///</p>")}, GROUND)
    assert str(found) == f"docs/a/b.md:1: {FENCE}"


def test_rule_asks_for_the_line_of_what_it_found() -> None:
    asked: list[tuple[str, str]] = []
    html = Html("i.html", "docs/i.md", TRIAL + "<p>{{</p>" + LIST, None, lambda kind, needle: asked.append((kind, needle)) or 7)
    assert [(finding.rule, finding.line) for finding in gate.findings({"i.html": html}, GROUND)] == [
        ("nothing-left-over", 7),
        ("research-marked", 7),
    ]
    assert asked == [("text", "{{"), ("fact", "x/trial\n0")]
