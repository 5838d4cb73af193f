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


@pytest.fixture
def desk(project: Path, edit: Callable[[str, str, str], None]) -> Desk:
    """A page of the fictional medicine, one fact of each file under a condition."""
    for file, (line, condition) in CONDITIONS.items():
        edit(f"macros/data/{SLUG}/{file}.yml", line, f"{line}  condition: {condition}\n")
    book, findings = load(project, TODAY)
    assert findings == []
    return Desk(book, SLUG)


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
    "table": (lambda desk: render.table(desk, "dose/infusion-max", caption="C"), "tbody tr", f"Highest rate{RATE}US"),
    "table-by-place": (
        lambda desk: render.table(desk, "dose/infusion-max", caption="C", by="jurisdiction"),
        "tbody tr",
        f"Highest rate{RATE}",
    ),
    "table-of-results": (
        lambda desk: render.table(desk, "bleeding", caption="C"),
        "tbody td:nth-child(3)",
        "1.2 bleeds a year without prophylaxis mean; 95% CI 0.9–1.5",
    ),
    "table-of-trials": (lambda desk: render.table(desk, "trial", caption="C"), "tbody td:nth-child(2)", "NCT00000000 as first registered"),
    "card": (lambda desk: render.at_a_glance(desk, "given", "dose/infusion-max"), "li", f"Highest rate: {RATE} US"),
    "card-of-a-schedule": (
        lambda desk: render.at_a_glance(desk, "watch", "monitoring"),
        "li",
        "Liver enzymes: every week until 26 weeks after the infusion, then less often only in adults US",
    ),
    "card-of-an-event": (
        lambda desk: render.at_a_glance(desk, "supply", "status/supply-us"),
        "li",
        "supply limited (1 June 2025) only in hospitals US",
    ),
    "timeline": (
        lambda desk: render.timeline(desk, "status/supply-us", caption="C"),
        "tbody tr",
        "1 June 2025USsupply limited only in hospitals",
    ),
    "banner": (lambda desk: render.MACROS["availability"](desk), "li", "US: supply limited only in hospitals (1 June 2025)"),
}


@pytest.mark.parametrize(("call", "where", "text"), CALLS.values(), ids=CALLS.keys())
def test_a_condition_stands_with_its_value(desk: Desk, call: Callable[[Desk], str], where: str, text: str) -> None:
    assert said(call(desk), where) == text


def test_a_schedule_that_begins_after_something_else_says_so(project: Path, edit: Callable[[str, str, str], None]) -> None:
    edit(f"macros/data/{SLUG}/monitoring.yml", "after: the infusion", "after: the last dose of corticosteroid")
    html = render.list_(Desk(load(project, TODAY)[0], SLUG), "monitoring")
    assert said(html, "li") == "Liver enzymes: every week until 26 weeks after the last dose of corticosteroid, then less often US"
