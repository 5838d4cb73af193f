"""A page that holds too much is refused, whatever it holds; one at the limits is judged."""

from pathlib import Path

import pytest

from tests.support.broken import found

HEAD = "---\ntitle: Notes\n---\n# Notes\n\n"
LONG = "the line is longer than 6000 characters; write one sentence a line"
LINES = "the page has more than 2000 lines; make several pages of it"
BRACKETS = "the page holds more than 500 square brackets; make several pages of it, or delete what is no link"
# What is written below the heading, the line that is named, the rule and what is said.
TOO_MUCH = {
    "open-brackets": ("[" * 20_000, 6, "page-bounded", LONG),
    "open-brackets-in-lines": ("[[[[[[[[[[\n" * 1_900, 56, "page-bounded", BRACKETS),
    "pictures": ("![" * 900, 6, "page-bounded", BRACKETS),
    "closed-brackets": ("]\n" * 1_900, 506, "page-bounded", BRACKETS),
    "a-long-line": ("a" * 6_001, 6, "page-bounded", LONG),
    "fences-never-closed": ("```a\n" * 9_000, 2_004, "page-bounded", LINES),
    "a-large-page": ("a\n" * 100_000, 1, "yaml", "larger than 50000 bytes; delete what was not written by hand"),
}


@pytest.mark.parametrize(("text", "line", "rule", "said"), TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_too_much_is_refused(project: Path, text: str, line: int, rule: str, said: str) -> None:
    (project / "docs/notes.md").write_text(HEAD + text, "utf-8")
    assert found(project) == [f"docs/notes.md:{line}: {rule}: {said}"]
