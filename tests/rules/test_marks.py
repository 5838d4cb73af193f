"""Rules on the marks of a use: blocks, their headings, badges, and words that claim an approval."""

from pathlib import Path

import pytest

from tests.support.broken import Case, Edit, broken, cases_of, found
from tests.support.small_pages import KNOWN, LIST, block, fact, judged

CASES = cases_of("marks")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fault(project: Path, edit: Edit, case: Case) -> None:
    assert found(broken(project, edit, case)) == case["findings"].splitlines()


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
    return f"block-says-so: a block '{kind}' does not open with the heading '{KNOWN.headings[kind]}'; call notice() in its title"


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


MARKS = {
    f"{group}-{name}": row
    for group, rows in {"placement": PLACEMENT, "block": BLOCKS, "claim": CLAIMS}.items()
    for name, row in rows.items()
}


@pytest.mark.parametrize(("html", "expected"), MARKS.values(), ids=MARKS.keys())
def test_page(html: str, expected: list[str]) -> None:
    assert judged(html) == expected
