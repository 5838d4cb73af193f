"""Small pages of HTML for the rules, with the little that these have to know of the data."""

from collections.abc import Iterable

from macros.finding import Finding
from macros.pages.html import Html
from macros.rules import every
from macros.rules.known import Known

KNOWN = Known(
    uses={"x/dose": "approved", "x/trial": "research", "x/other": "off-label", "x/name": None, "x/nothing": "approved"},
    sources={
        "x/dose": frozenset({"label"}),
        "x/trial": frozenset({"report", "registry"}),
        "x/other": frozenset(),
        "x/name": frozenset(),
        "x/nothing": frozenset(),
    },
    notices={"approved": False, "off-label": True, "research": True},
    headings={"approved": "Approved use", "off-label": "Off-label", "research": "Research only"},
    icons={"approved": "✓", "off-label": "◐", "research": "⚗"},
    terms=("AAV5", "phase 3"),
    banners=frozenset({"x"}),
    drafts=frozenset(),
    evidence_only=frozenset({"x/other"}),
    owned={"exampla": "x", "zetafix": "z"},
    called={"x": frozenset({"exampla", "exampla with zetafix"}), "z": frozenset({"zetafix"})},
    searched=frozenset({"exampla", "Zetafix", "FIX"}),
    addresses=frozenset({"https://example.org/label"}),
    absent=frozenset({"x/nothing"}),
    anchors={},
    at={"x/dose": ("dose.yml", 4), "x/other": ("research.yml", 9)},
)
MEND = "make it a fact and call fact(), or list the name in terms.txt"
LIST = '<ol class="sources"><li id="source-1">Report</li></ol>'


def page(html: str, monograph: str | None = None, source: str = "docs/a/b.md", address: str = "a/b/index.html") -> Html:
    """A page whose faults all stand on line 1."""
    return Html(address, source, html, monograph, lambda spot: 1)


def said(found: Iterable[Finding]) -> list[str]:
    """Rule and words of every finding, in the order in which they were found."""
    return [f"{finding.rule}: {finding.message}" for finding in found]


def judged(html: str, monograph: str | None = None, source: str = "docs/a/b.md") -> list[str]:
    """What all rules for single pages say of it."""
    return said(every.of_html(page(html, monograph, source), KNOWN))


def block(kind: str, inside: str, heading: str | None = None) -> str:
    """A block of a status as Markdown writes it."""
    head = f"<h3>{KNOWN.headings[kind]}: title</h3>" if heading is None else heading
    return f'<div class="admonition {kind}">{head}{inside}</div>'


def fact(name: str, inside: str = "12 mg", cites: str = "") -> str:
    """A sentence that shows a fact."""
    link = f' [<a href="#source-1" data-source="{cites}">1</a>]' if cites else ""
    return f'<p>Give <span data-fact="{name}">{inside}</span>{link}.</p>'
