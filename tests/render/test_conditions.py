"""What a value holds under is printed wherever the value is, whatever macro shows it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.formulary.load import load
from macros.render import macros as render
from macros.render.desk import Desk
from tests.conftest import SLUG, TODAY

# By file: the line below which the condition comes, and the condition.
CONDITIONS = {
    "dose": ("  amount: 3 mL/min\n", "only if {dose/infusion-start} was tolerated"),
    "monitoring": ("    - {then: less often}\n", "only in adults"),
    "status": ("  date: 2025-06-01\n", "only in hospitals"),
    "safety": ("  statement: Do not give during an active infection.\n", "unless {dose/infusion-max} was tolerated"),
    "outcomes": ("  amount: 1.2 bleeds a year\n", "without prophylaxis"),
    "trials": ("  code: NCT00000000\n", "as first registered"),
}
# What else has a condition, what stands on a card, and the short form of a sentence.
MORE = {
    "dose": ("  not_read: {passages: [{source: exampla-label-eu, part: section 6.4}]}\n", "  condition: once thawed\n"),
    "status": ("  date: 2024-01-05\n", "  condition: only at some centers\n"),
    "safety": ("  statement: Do not give during an active infection.\n", "  short: Active infection\n"),
    "cards": ("[dose/standard]\n", "  rates: true\n"),
}
KIDNEY = """
kidney-eu:
  title: Kidney
  topic: contraindication
  not_read: {passages: [{source: exampla-label-eu, part: section 6.4}]}
  condition: if it is weak
  jurisdictions: [EU]
  checked: 2026-01-10
"""


@pytest.fixture
def desk(project: Path, edit: Callable[[str, str, str], None]) -> Desk:
    """A page of the fictional medicine, one fact of each file under a condition."""
    for file, (line, condition) in CONDITIONS.items():
        edit(f"macros/data/{SLUG}/{file}.yml", line, f"{line}  condition: {condition}\n")
    for file, (line, more) in MORE.items():
        edit(f"macros/data/{SLUG}/{file}.yml", line, line + more)
    edit(f"macros/data/{SLUG}/cards.yml", "[dose/standard]", "[dose/standard, dose/infusion-max]")
    edit(f"macros/data/{SLUG}/cards.yml", "[safety/infection]", "[safety/infection, safety/kidney-eu, status/approval-us]")
    with (project / f"macros/data/{SLUG}/safety.yml").open("a", encoding="utf-8") as safety:
        safety.write(KIDNEY)
    book, findings = load(project, TODAY)
    assert findings == []
    return Desk(book, SLUG, path=f"monographs/{SLUG}/index.md")


def said(html: str, where: str) -> str:
    """What an element says to the eye, without its sources."""
    tree = LexborHTMLParser(html)
    for unseen in tree.css(".spoken, .cites"):
        unseen.decompose()
    (node,) = tree.css(where)
    return " ".join(node.text().split())


RATE = "3 mL/min only if 1 mL/min was tolerated"
INFECTION = f"Do not give during an active infection. unless {RATE} was tolerated"
CALLS: dict[str, tuple[Callable[[Desk], str], str, str]] = {
    "fact": (lambda desk: render.fact(desk, "dose/infusion-max"), "body > .fact", RATE),
    "list": (lambda desk: render.list_(desk, "dose/infusion-max"), "li", f"Highest rate: {RATE} US"),
    "list-of-a-sentence": (lambda desk: render.list_(desk, "safety/infection"), "li", f"Infection: {INFECTION} US"),
    "plain": (lambda desk: render.plain(desk, "safety/infection"), "li", f"{INFECTION} (United States)"),
    "table": (lambda desk: render.table(desk, "dose/infusion-max", caption="C"), "tbody tr", f"Highest rate{RATE} US"),
    "table-by-place": (
        lambda desk: render.table(desk, "dose/infusion-max", caption="C", by="jurisdiction"),
        "tbody tr",
        f"Highest rate{RATE}",
    ),
    "table-of-results": (
        lambda desk: render.table(desk, "bleeding", caption="C"),
        "tbody td:nth-child(3)",
        "1.2 bleeds a year without prophylaxis mean; 95% CI 0.9–1.5 worldwide trial report, not label",
    ),
    "table-of-trials": (lambda desk: render.table(desk, "trial", caption="C"), "tbody td:nth-child(2)", "NCT00000000 as first registered"),
    "card": (lambda desk: render.cards(desk), '.card-dose li[data-fact$="/infusion-max"]', f"Highest rate: {RATE} US"),
    "card-of-a-schedule": (
        lambda desk: render.cards(desk),
        ".card-after li",
        "Liver enzymes: every week until 26 weeks after the infusion, then less often only in adults US",
    ),
    "card-of-a-short-form": (
        lambda desk: render.cards(desk),
        '.card-do-not-give li[data-fact$="/infection"]',
        f"Active infection unless {RATE} was tolerated US",
    ),
    "card-of-an-event": (
        lambda desk: render.cards(desk),
        '.card-do-not-give li[data-fact$="/approval-us"]',
        "authorized (5 January 2024) only at some centers US",
    ),
    "card-of-a-gap": (
        lambda desk: render.cards(desk),
        '.card-do-not-give li[data-fact$="/kidney-eu"]',
        "Kidney: Not read by us yet if it is weak EU",
    ),
    "rates-of-a-card": (lambda desk: render.cards(desk), "table.rates caption", f"Rates US Highest rate: {RATE}"),
    "chip": (lambda desk: render.MACROS["masthead"](desk), ".chips li:first-child", "US authorized only at some centers 5 January 2024"),
    "alert": (
        lambda desk: render.MACROS["masthead"](desk),
        ".availability > span",
        "US: supply limited only in hospitals (1 June 2025) .",
    ),
    "gap-that-is-a-warning": (
        lambda desk: render.list_(desk, "safety/kidney-eu"),
        "p.gap-loud",
        "Kidney: Not read by us yet. if it is weak EU Product information of Exampla (fictional), section 6.4",
    ),
    "gap-in-a-line": (
        lambda desk: render.list_(desk, "storage"),
        "p.gaps",
        "Not read by us yet (EU label section 6.4): Storage once thawed (EU).",
    ),
    "gap-below-a-table": (
        lambda desk: render.table(desk, "storage", caption="C"),
        "p.gaps",
        "Not read by us yet (EU label section 6.4): Storage once thawed (EU).",
    ),
    "gap-in-a-cell": (
        lambda desk: render.table(desk, "storage", caption="C", by="jurisdiction"),
        "tbody .entry",
        "Not read by us yet (EU label section 6.4) once thawed",
    ),
    "table-by-evidence": (
        lambda desk: render.table(desk, "dose/infusion-max", caption="C", by="evidence", why="W"),
        "tbody .entry",
        RATE,
    ),
    "evidence": (
        lambda desk: render.MACROS["report"](desk, "evidence"),
        'tr[data-fact$="/infusion-max"] td:nth-child(2)',
        RATE,
    ),
    "timeline": (
        lambda desk: render.timeline(desk, "status/supply-us", caption="C"),
        "tbody tr",
        "1 June 2025USsupply limited only in hospitals",
    ),
}


@pytest.mark.parametrize(("call", "where", "text"), CALLS.values(), ids=CALLS.keys())
def test_a_condition_stands_with_its_value(desk: Desk, call: Callable[[Desk], str], where: str, text: str) -> None:
    assert said(call(desk), where) == text


def test_a_schedule_that_begins_after_something_else_says_so(project: Path, edit: Callable[[str, str, str], None]) -> None:
    edit(f"macros/data/{SLUG}/monitoring.yml", "after: the infusion", "after: the last dose of corticosteroid")
    html = render.list_(Desk(load(project, TODAY)[0], SLUG), "monitoring")
    assert said(html, "li") == "Liver enzymes: every week until 26 weeks after the last dose of corticosteroid, then less often US"
