"""What an editor can get wrong: one edit of the small project each, and the complete list of what is found."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from macros.render import reference
from macros.site.check import DATA_UNREAD, PAGE_UNREAD, check
from tests.conftest import TODAY

BROKEN = Path(__file__).parent.parent / "broken"
CASES = [(path.stem, case) for path in sorted(BROKEN.glob("*.yml")) for case in yaml.safe_load(path.read_text("utf-8"))]
NAMES = [f"{rule}-{case['name']}" for rule, case in CASES]
DATA = "macros/data/fictivagene-examplavec"
PAGES = "docs/monographs/fictivagene-examplavec"


def found(project: Path) -> list[str]:
    """Every finding as it is printed."""
    return [str(finding) for finding in check(project, TODAY).findings]


def broken(project: Path, edit: Callable[[str, str, str], None], case: dict[str, str]) -> Path:
    """The project with the fault of the case in it."""
    if "old" in case:
        edit(case["file"], case["old"], case["new"])
    elif "new" in case:
        path = project / case["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(case["new"], "utf-8")
    else:
        (project / case["file"]).unlink()
    return project


def test_the_small_project_has_no_fault(project: Path) -> None:
    assert found(project) == []


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=NAMES)
def test_fault(project: Path, edit: Callable[[str, str, str], None], case: dict[str, str]) -> None:
    assert found(broken(project, edit, case)) == case["findings"].splitlines()


def test_every_case_stands_under_a_rule_that_finds_it() -> None:
    misplaced = [name for name, (rule, case) in zip(NAMES, CASES, strict=True) if f": {rule}: " not in case["findings"]]
    assert misplaced == []


def test_every_rule_has_an_example() -> None:
    assert {rule for rule, _ in CASES} == reference.RULES.keys()


def test_rules_that_are_named_exist() -> None:
    named = {*DATA_UNREAD, *PAGE_UNREAD}
    assert named - reference.RULES.keys() == set()


def test_names_of_cases_are_unique() -> None:
    assert sorted(NAMES) == sorted(set(NAMES))


HARMLESS = {
    "windows-line-ends": (f"{DATA}/monitoring.yml", "title: Liver enzymes\n", "title: Liver enzymes\r\n"),
    "byte-order-mark": (f"{DATA}/monitoring.yml", "# A fictional", "\ufeff# A fictional"),
    "space-after-the-front-matter": (f"{PAGES}/evidence.md", "---\ntitle: Evidence", "--- \ntitle: Evidence"),
    "three-facts-in-a-table-row": (
        f"{PAGES}/index.md",
        "A fictional medicine.\n",
        'A fictional medicine.\n\n| First | Step | Most |\n|---|---|---|\n| {{ fact("dose/infusion-start") }} '
        '| {{ fact("dose/infusion-step") }} | {{ fact("dose/infusion-max") }} |\n\n',
    ),
    "heading-with-an-anchor": (f"{PAGES}/index.md", "## Monitoring\n", "## Monitoring { #watch }\n"),
    "block-in-a-block": (
        f"{PAGES}/index.md",
        '{{ list("research", use="research") }}\n',
        '/// research | {{ notice("research", "small ones") }}\n\n{{ list("research", use="research") }}\n\n///\n',
    ),
    "indented-block": (
        f"{PAGES}/index.md",
        '/// research | {{ notice("research", "children") }}\n',
        '  /// research | {{ notice("research", "children") }}\n',
    ),
}


@pytest.mark.parametrize(("file", "old", "new"), HARMLESS.values(), ids=HARMLESS.keys())
def test_harmless(project: Path, edit: Callable[[str, str, str], None], file: str, old: str, new: str) -> None:
    edit(file, old, new)
    assert found(project) == []


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


def test_five_faults_in_three_files_are_found_at_once_and_sorted(project: Path, edit: Callable[[str, str, str], None]) -> None:
    edit(f"{DATA}/monitoring.yml", "grade: A", "grade: R")
    edit(f"{DATA}/dose.yml", "at least 10 mL", "at least 10")
    edit(f"{DATA}/dose.yml", "  amount: 3 mL/min\n", "  amount: 3 mL/min\n  evidense: label\n")
    edit(f"{DATA}/dose.yml", "amount: 2 mL/kg", "amount: 2.0 mL/kg")
    edit(f"{PAGES}/index.md", "A fictional medicine.", "A <b>fictional</b> medicine.")
    assert found(project) == [
        f"{PAGES}/index.md:11: prose-is-markdown: HTML tag '<b' in a page; write Markdown or call a macro",
        f"{DATA}/dose.yml:27: shape: vial-volume: 'amount': 'at least 10' is not an amount; "
        "write '[at least] 3 hours' or '6 × 10^13 vg/kg'",
        f"{DATA}/dose.yml:33: no-trailing-zero: dose/volume-per-kg: '2.0' ends in a zero; write 2",
        f"{DATA}/dose.yml:77: shape: infusion-max: unknown key 'evidense'; did you mean 'evidence'?",
        f"{DATA}/monitoring.yml:13: shape: liver: 'grade': unknown word 'R' (see grades in the vocabulary); write one of: A, B, C",
    ]
