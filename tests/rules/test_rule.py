"""What a rule is made of, and what is reported without one while files are read and macros run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.finding import Fault
from macros.rules.rule import rule
from tests.support.broken import Case, Edit, broken, cases_of, found

CASES = cases_of("rule")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fault(project: Path, edit: Edit, case: Case) -> None:
    assert found(broken(project, edit, case)) == case["findings"].splitlines()


def test_a_function_becomes_a_rule() -> None:
    @rule("html", stops=True)
    def page_whole(page: str, known: str) -> Iterator[Fault]:
        """A page is whole.

        Further words are for engineers.
        """
        yield Fault((page, 1), known)

    assert (page_whole.name, page_whole.scope, page_whole.wording, page_whole.stops) == ("page-whole", "html", "A page is whole.", True)
    assert page_whole.needs == ("page", "known")
    assert list(page_whole.find("a", "b")) == [Fault(("a", 1), "b")]


CODE = {
    "entity-of-an-invisible-character": "Write `&shy;` never.\n",
    "html": "A fictional medicine, `<b>5 mg</b>`.\n\n```html\n<b>5 mg</b>\n```\n",
    "indented": f"```\n{' ' * 60}a\n```\n\n`{'a' * 60}`\n",
    "braces": "A fictional medicine, `{% raw %}{{ fact() }}{% endraw %}`.\n",
    "block": '{% raw %}\n```markdown\n/// research | {{ notice("research", "children") }}\n```\n{% endraw %}\n',
}


@pytest.mark.parametrize("text", CODE.values(), ids=CODE.keys())
def test_code_on_a_page_about_the_site(project: Path, text: str) -> None:
    (project / "docs/about").mkdir(exist_ok=True)
    (project / "docs/about/notes.md").write_text(f"---\ntitle: Notes\n---\n# Notes\n\n{text}", "utf-8")
    assert found(project) == []


def test_a_page_that_is_not_utf_8(project: Path) -> None:
    (project / "docs/notes.md").write_bytes(b"---\ntitle: Notes\n---\n# Caf\xe9\n")
    assert found(project) == ["docs/notes.md:4: yaml: not UTF-8 text; save the file as UTF-8"]


BEYOND_JINJA = {
    "brackets": ("(" * 500, "brackets are nested too deeply for a macro call; write one call with plain values"),
    "digits": (
        f"badge({'9' * 5000})",
        'a number is too long for a macro call; write it with a few digits, or as a text in quotes: {{ fact("dose/standard") }}',
    ),
}


@pytest.mark.parametrize("before", ["", "{% raw %}\n"], ids=["alone", "after-raw-that-is-never-closed"])
@pytest.mark.parametrize(("call", "expected"), BEYOND_JINJA.values(), ids=BEYOND_JINJA.keys())
def test_a_call_that_is_more_than_jinja_can_take(project: Path, before: str, call: str, expected: str) -> None:
    text = f"---\ntitle: Notes\n---\n# Notes\n{before}{{{{ {call} }}}}\n"
    (project / "docs/notes.md").write_text(text, "utf-8")
    assert found(project) == [f"docs/notes.md:{text.count(chr(10))}: macro-syntax: {expected}"]
