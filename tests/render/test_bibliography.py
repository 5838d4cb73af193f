"""What we read of each place's label: copies of one text in one line, texts that a place has beside one another each in its own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.formulary.load import load
from macros.render import macros as render
from macros.render.desk import Desk
from tests.conftest import SLUG, TODAY

SECOND = """
exampla-label-second:
  title: Another product information of Exampla (fictional)
  statement: label
{edition}  read: original
  address: https://example.org/exampla-second
  date: 2025-03-04
  date_words: revision
  date_read: 2026-01-10
  jurisdictions: [EU]
  parts:
    section 4.2: {{read: not}}
    section 6.4: {{read: whole}}
"""
FACT = """
second:
  title: Second
  topic: storage
  statement: Keep it cold.
  evidence: label
  jurisdictions: [EU]
  sources:
    - {source: exampla-label-second, grade: A, locator: section 6.4}
  checked: 2026-01-10
"""
FIRST = "section 4.4; not read: section 6.4 (read in a copy)."
READ = {
    "copies-of-one-text": (
        "",
        "",
        ["EU label: read whole: sections 4.2, 4.8, 4.9 and 6.4; opening read only: section 4.4 (read in a copy, original read)."],
    ),
    "two-texts": (
        "  edition: Exampla's capsules\n",
        "  edition: Exampla's tablets\n",
        [
            f"EU label, Exampla's capsules (undated): read whole: sections 4.2, 4.8 and 4.9; opening read only: {FIRST}",
            "EU label, Exampla's tablets (revision: 4 March 2025): read whole: section 6.4; not read: section 4.2 (original read).",
        ],
    ),
    "one-of-them-named": (
        "",
        "  edition: Exampla's tablets\n",
        [
            f"EU label: read whole: sections 4.2, 4.8 and 4.9; opening read only: {FIRST}",
            "EU label, Exampla's tablets (revision: 4 March 2025): read whole: section 6.4; not read: section 4.2 (original read).",
        ],
    ),
}


@pytest.mark.parametrize(("first", "second", "expected"), READ.values(), ids=READ.keys())
def test_what_was_read_of_a_place(
    project: Path, edit: Callable[[str, str, str], None], first: str, second: str, expected: list[str]
) -> None:
    eu = "  title: Product information of Exampla (fictional)\n  statement: label\n"
    edit("macros/data/sources.yml", eu, eu + first)
    for path, more in (("sources.yml", SECOND.format(edition=second)), (f"{SLUG}/dose.yml", FACT)):
        with (project / "macros/data" / path).open("a", encoding="utf-8") as file:
            file.write(more)
    book, findings = load(project, TODAY)
    assert findings == []
    tree = LexborHTMLParser(render.MACROS["report"](Desk(book, SLUG), "read"))
    lines = [" ".join(node.text().replace("\u00a0", " ").split()) for node in tree.css(".read li")]
    assert [line for line in lines if line.startswith("EU label")] == expected
