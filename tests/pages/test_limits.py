"""A page that holds too much is refused, whatever it holds; one at the limits is judged, and nobody gets a list without end."""

from pathlib import Path

import pytest

from macros.pages.markdown import parse
from tests.support.broken import found

HEAD = "---\ntitle: Notes\n---\n# Notes\n\n"
LONG = "the line is longer than 6000 characters; write one sentence a line"
LINES = "the page has more than 2000 lines; make several pages of it"
BRACKETS = "the page holds more than 500 square brackets; make several pages of it, or delete what is no link"
PARAGRAPH = "more than 6000 characters stand here without an empty line; leave one between paragraphs"
TAGS = "the page holds more than 500 signs '<'; make several pages of it, or delete what is no link"
# What is written below the heading, the line that is named, the rule and what is said.
TOO_MUCH = {
    "open-brackets": ("[" * 20_000, 6, "page-bounded", LONG),
    "open-brackets-in-lines": ("[[[[[[[[[[\n" * 1_900, 56, "page-bounded", BRACKETS),
    "pictures": ("![" * 900, 6, "page-bounded", BRACKETS),
    "closed-brackets": ("]\n" * 1_900, 506, "page-bounded", BRACKETS),
    "tags": ("<a " * 501, 6, "page-bounded", TAGS),
    "a-paragraph-of-figures": ("12 34 56 78\n" * 600, 551, "page-bounded", PARAGRAPH),
    "words-after-a-list": ("- a\n" * 1_900 + "b " * 800, 1906, "page-bounded", PARAGRAPH),
    "a-long-line": ("a" * 6_001, 6, "page-bounded", LONG),
    "fences-never-closed": ("```a\n" * 9_000, 2_004, "page-bounded", LINES),
    "a-large-page": ("a\n" * 100_000, 1, "yaml", "larger than 50000 bytes; delete what was not written by hand"),
}


@pytest.mark.parametrize(("text", "line", "rule", "said"), TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_too_much_is_refused(project: Path, text: str, line: int, rule: str, said: str) -> None:
    (project / "docs/notes.md").write_text(HEAD + text, "utf-8")
    assert found(project) == [f"docs/notes.md:{line}: {rule}: {said}"]


def test_a_page_that_was_too_long_is_right_when_it_is_shortened() -> None:
    assert [finding.rule for finding in parse(f"{HEAD}{'a' * 6_001}", "notes.md").findings] == ["page-bounded"]
    assert parse(f"{HEAD}Words.", "notes.md").findings == ()


def test_of_one_kind_of_fault_a_page_tells_so_many(project: Path) -> None:
    (project / "docs/notes.md").write_text(HEAD + "".join(f"{number} a\n\n" for number in range(1000, 1101)), "utf-8")
    one = "no-loose-figure: the figure '{0}' in “{0} a” is typed by hand; make it a fact and call fact(), or list the name in terms.txt"
    told = [f"docs/notes.md:{6 + 2 * nth}: {one.format(1000 + nth)}" for nth in range(100)]
    assert found(project) == [
        *told[:99],
        "docs/notes.md:204: no-loose-figure: and more of this kind on the page; mend these first",
        told[99],
    ]


def test_what_is_nested_deeper_than_markdown_follows_is_refused(project: Path) -> None:
    (project / "docs/notes.md").write_text(HEAD + "a\n: b\n" * 900, "utf-8")
    said = "lists, quotations or definitions stand in each other too deeply; leave empty lines between them, or write them flat"
    assert found(project) == [f"docs/notes.md:4: page-bounded: {said}"]
