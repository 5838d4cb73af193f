"""Small pages of HTML for the gate, with the little that it has to know of the data."""

from collections.abc import Iterable

from macros.finding import Finding
from macros.pages.html import Ground, Html
from macros.rules import html as gate

GROUND = Ground(
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
    evidence_only=frozenset({"x/other"}),
    names={"x": frozenset({"exampla"}), "z": frozenset({"zetafix"})},
    absent=frozenset({"x/nothing"}),
)
MEND = "make it a fact and call fact(), or list the name in terms.txt"
LIST = '<ol class="sources"><li id="source-1">Report</li></ol>'


def page(html: str, monograph: str | None = None, source: str = "docs/a/b.md", address: str = "a/b/index.html") -> Html:
    """A page whose faults all stand on line 1."""
    return Html(address, source, html, monograph, lambda kind, needle: 1)


def said(found: Iterable[Finding]) -> list[str]:
    """Rule and words of every finding, in the order in which they were found."""
    return [f"{finding.rule}: {finding.message}" for finding in found]


def judged(html: str, monograph: str | None = None, source: str = "docs/a/b.md") -> list[str]:
    """What all rules for single pages say of it."""
    return said(gate.findings({"a/b/index.html": page(html, monograph, source)}, GROUND))
