"""What changed in the register since a git revision: said in words, by section, what may hurt a patient first."""

from collections.abc import Callable
from pathlib import Path

import pytest

from macros.editing.difference import fitting, since
from macros.finding import Refused
from macros.pages.register import FOLDER, registers
from macros.site.check import check
from tests.conftest import SLUG, TODAY
from tests.support.repository import git, in_git

DATA = f"macros/data/{SLUG}"
PAGES = f"docs/monographs/{SLUG}"
Edit = Callable[[str, str, str], None]
HURTS = "## Doses, statuses, indications, warnings and monitoring, and how they are marked"
TYPED = "## Words typed by hand, and what stands around all pages"
REST = "## Everything else"


def now(project: Path) -> dict[Path, str]:
    """The register of what stands in the project."""
    checked = check(project, TODAY)
    assert checked.book is not None
    return registers(project, checked.pages, checked.previews, checked.book.version)


@pytest.fixture
def committed(project: Path) -> Path:
    """The small project in git with its register."""
    return in_git(project)


def said(project: Path) -> list[str]:
    """What changed, without the empty lines."""
    return [line for line in since(project, "HEAD", now(project)) if line]


CHANGES: dict[str, tuple[tuple[str, str, str], list[str]]] = {
    "nothing": (
        (f"{DATA}/dose.yml", "  title: Dose\n  topic: dose\n", "  title: Dose\n  topic: dose\n"),
        [],
    ),
    "a-dose": (
        (f"{DATA}/safety.yml", "amount: 12 %", "amount: 15 %"),
        [
            "Changed: 1 value of the data, 3 lines of pages.",
            HURTS,
            "- data fictivagene-examplavec/safety.yml",
            "  - nausea-us.amount: “12 %” → “15 %”",
            "- page monographs/fictivagene-examplavec/index.md, #adverse-reactions",
            "  - “Nausea | {safety/nausea-us: / 12% (mark weak: weak source, check before use) …” → “Nausea | {safety/nausea-us: / 15% (mark weak: weak source, check before use) …”",
            "- page monographs/fictivagene-examplavec/evidence.md, #evidence",
            "  - “{safety/nausea-us} Nausea (code: safety/nausea-us) | 12% (mark weak: weak source, check before use) …” → “{safety/nausea-us} Nausea (code: safety/nausea-us) | 15% (mark weak: weak source, check before use) …”",
            "- page monographs/fictivagene-examplavec/evidence.md, #research-only-not-an-approved-use-facts-of-this-use",
            "  - “… {number: C1} | Nausea: {safety/nausea-us: 12%} US (cites: [exampla-label-us ‹grade C›]) …” → “… {number: C1} | Nausea: {safety/nausea-us: 15%} US (cites: [exampla-label-us ‹grade C›]) …”",
        ],
    ),
    "a-negation": (
        (f"{DATA}/safety.yml", "statement: Do not give during", "statement: Give during"),
        [
            "Changed: 1 value of the data, 3 lines of pages.",
            HURTS,
            "- data fictivagene-examplavec/safety.yml",
            "  - infection.statement: “Do not give during an active infection.” → “Give during an active infection.”",
            "- page monographs/fictivagene-examplavec/index.md, #fictivagene-examplavec-exampla",
            "  - “{safety/infection} (value: Do not give during an active infection.) (where: …” → “{safety/infection} (value: Give during an active infection.) (where: …”",
            "- page monographs/fictivagene-examplavec/index.md, #contraindications-and-warnings",
            "  - “{safety/infection} Infection: Do not give during an active infection. (where: US) …” → “{safety/infection} Infection: Give during an active infection. (where: US) …”",
            "- page monographs/fictivagene-examplavec/evidence.md, #evidence",
            "  - “{safety/infection} Infection (code: safety/infection) | Do not give during an active infection. (data-h: …” → “{safety/infection} Infection (code: safety/infection) | Give during an active infection. (data-h: …”",
        ],
    ),
    "words-that-a-macro-prints-too": (
        (f"{PAGES}/index.md", "A fictional medicine.", "For whom it is."),
        [
            "Changed: 2 lines of pages.",
            TYPED,
            "- page monographs/fictivagene-examplavec/index.md, #fictivagene-examplavec-exampla",
            "  - removed: “A fictional medicine.”",
            "  - new: “For whom it is.”",
        ],
    ),
    "a-caption": (
        (f"{PAGES}/index.md", "## Dosage\n", "## Dosage in children { #dosage }\n"),
        [
            "Changed: 1 line of pages.",
            TYPED,
            "- page monographs/fictivagene-examplavec/index.md, #dosage",
            "  - “h2 Dosage” → “h2 Dosage in children”",
        ],
    ),
    "a-status-word": (
        ("macros/data/statuses.yml", "word: Research only", "word: Studied"),
        [
            "Changed: 1 value of the data, 2 lines of pages.",
            HURTS,
            "- data statuses.yml",
            "  - research.word: “Research only” → “Studied”",
            "- page about/statuses.md, #uses",
            "  - “p.legend-title ⚗ Research only” → “p.legend-title ⚗ Studied”",
            REST,
            "- page monographs/fictivagene-examplavec/evidence.md, #research-only-not-an-approved-use-facts-of-this-use",
            "  - “… label) (data-h: Value) | worldwide (rests: Research only · trial report, not label) (data-h: Where) …” → “… label) (data-h: Value) | worldwide (rests: Studied · trial report, not label) (data-h: Where) …”",
        ],
    ),
    "a-word-that-ends-like-an-element": (
        (f"{DATA}/safety.yml", "statement: Do not give during", "statement: Stop it during"),
        [
            "Changed: 1 value of the data, 3 lines of pages.",
            HURTS,
            "- data fictivagene-examplavec/safety.yml",
            "  - infection.statement: “Do not give during an active infection.” → “Stop it during an active infection.”",
            "- page monographs/fictivagene-examplavec/index.md, #fictivagene-examplavec-exampla",
            "  - “{safety/infection} (value: Do not give during an active infection.) (where: US) …” → “{safety/infection} (value: Stop it during an active infection.) (where: US) …”",
            "- page monographs/fictivagene-examplavec/index.md, #contraindications-and-warnings",
            "  - “{safety/infection} Infection: Do not give during an active infection. (where: US) …” → “{safety/infection} Infection: Stop it during an active infection. (where: US) …”",
            "- page monographs/fictivagene-examplavec/evidence.md, #evidence",
            "  - “{safety/infection} Infection (code: safety/infection) | Do not give during an active infection. (data-h: Value) …” → “{safety/infection} Infection (code: safety/infection) | Stop it during an active infection. (data-h: Value) …”",
        ],
    ),
    "another-title": (
        (f"{PAGES}/index.md", "## Dosage\n", "## How much { #dosage }\n"),
        [
            "Changed: 1 line of pages.",
            TYPED,
            "- page monographs/fictivagene-examplavec/index.md, #dosage",
            "  - “h2 Dosage” → “h2 How much”",
        ],
    ),
    "out-of-its-block": (
        (f"{PAGES}/index.md", "/// research", "/// off-label"),
        [
            "Changed: 1 line of pages.",
            HURTS,
            "- page monographs/fictivagene-examplavec/index.md, #research",
            "  - “div.admonition.research” → “div.admonition.off-label”",
        ],
    ),
}


@pytest.mark.parametrize(("change", "expected"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_said_in_words(committed: Path, edit: Edit, change: tuple[str, str, str], expected: list[str]) -> None:
    edit(*change)
    assert said(committed) == expected


def test_a_style_that_hides_a_mark_is_said(committed: Path) -> None:
    sheet = committed / "docs/assets/css/mine.css"
    sheet.parent.mkdir(parents=True, exist_ok=True)
    sheet.write_text("@media (min-width: 1px) {\n  .badge {\n    opacity: 0.05;\n  }\n}\n", "utf-8")
    assert said(committed) == [
        "Changed: 1 line of files around them.",
        HURTS,
        "- file docs/assets/css/mine.css",
        "  - new: “@media (min-width: 1px) { .badge { opacity: 0.05 } }”",
    ]


def test_a_new_medicine_is_to_be_read_whole(committed: Path) -> None:
    made = now(committed)
    made[FOLDER / "examplamab.txt"] = "= a\n= b\n"
    assert since(committed, "HEAD", made) == ["## examplamab is new: read all 2 lines of register/examplamab.txt", ""]


def test_a_medicine_that_is_gone_is_said(committed: Path) -> None:
    made = now(committed)
    lines = made.pop(FOLDER / f"{SLUG}.txt").count("\n")
    assert since(committed, "HEAD", made) == [f"## {SLUG.replace('-', ' ')} is gone, with {lines} lines of its register", ""]


REVISIONS = {
    "unknown": ("nowhere", "git can't give the register of 'nowhere' .*; name a commit that has one"),
    "an-option": ("--output=x", "'--output=x' is no revision; name a commit or a branch"),
}


@pytest.mark.parametrize(("revision", "message"), REVISIONS.values(), ids=REVISIONS)
def test_an_unknown_revision_is_refused_in_words(committed: Path, revision: str, message: str) -> None:
    with pytest.raises(Refused, match=message):
        since(committed, revision, {})


LINES = ["## a", "", "- page x", "  - one", "  - two", "  - three"]
FITTING = {
    "all": (99, LINES),
    "two": (27, [*LINES[:4], "**2 more changes do not fit here; read them with `python -m macros diff`.**"]),
}


@pytest.mark.parametrize(("most", "expected"), FITTING.values(), ids=FITTING)
def test_a_comment_says_what_it_leaves_out(most: int, expected: list[str]) -> None:
    assert fitting(LINES, most) == expected


def test_sections_in_another_order_are_said(committed: Path) -> None:
    made = now(committed)
    path = FOLDER / f"{SLUG}.txt"
    top, first, second = "= p A\n", "#a\n= h2 A\n", "#b\n= h2 B\n"
    (committed / path).write_text(f"== page x.md\n{top}{first}{second}", "utf-8")
    git(committed, "commit", "-qam", "second")
    made[path] = f"== page x.md\n{top}{second}{first}"
    found = [line for line in since(committed, "HEAD", made) if line.startswith("  - ")]
    assert found == ["  - moved, with all that stands in it: “behind page x.md, #a” → “behind page x.md”"]


def test_no_attribute_keeps_the_register_from_being_compared(committed: Path) -> None:
    (committed / ".gitattributes").write_text("register/* export-ignore\n", "utf-8")
    git(committed, "add", "-A")
    git(committed, "commit", "-qm", "second")
    assert said(committed) == []


def test_a_comment_hides_no_words() -> None:
    assert fitting(["  - new: “<!-- a -->”"]) == [r"  - new: “\<!-- a --\>”"]
