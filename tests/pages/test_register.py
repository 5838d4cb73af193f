"""The register: each value of the data and each kind of text stands in it, and a change of any is a change of its lines."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from macros.formulary.book import DATA, SHARED
from macros.formulary.reader import Document, Place, read
from macros.pages import register
from macros.pages.register import FOLDER, SITE, registers
from macros.site.check import Checked, check
from tests.conftest import ROOT, SLUG, TODAY
from tests.support.broken import FAST

# Each case makes registers anew, and some of the real project.
pytestmark = pytest.mark.slow

Edit = Callable[[str, str, str], None]
OWN = FOLDER / f"{SLUG}.txt"
TEXTS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / DATA).rglob("*.yml"))


def of(project: Path, checked: Checked) -> dict[Path, str]:
    """The register of the project, whose pages are as they were when they were checked."""
    assert checked.book is not None
    return registers(project, checked.pages, checked.previews, checked.book.version)


def section(text: str, name: str) -> list[str]:
    """The lines below a heading of a register."""
    found = re.search(rf"^== {re.escape(name)}\n((?:(?!== ).*\n)*)", text, re.MULTILINE)
    assert found, name
    return found[1].splitlines()


def scalars(tree: object) -> Iterator[str]:
    """Every value of a tree that PyYAML read, as text."""
    if isinstance(tree, dict):
        for below in tree.values():
            yield from scalars(below)
    elif isinstance(tree, list):
        for each in tree:
            yield from scalars(each)
    else:
        yield str(tree)


@pytest.fixture(scope="module")
def real(checked: Checked) -> str:
    """All registers of the real project, one after the other."""
    return "== \n".join(of(ROOT, checked).values())


class _Plain(FAST):  # type: ignore[misc, valid-type] # whichever of PyYAML's loaders there is
    """Reads each value as text."""

    yaml_implicit_resolvers: dict[str, object] = {}  # PyYAML's own name and kind


@pytest.mark.parametrize("file", TEXTS)
def test_every_value_of_the_data_stands_in_it(real: str, file: str) -> None:
    lines = section(real, f"data {file.removeprefix('macros/data/')}")
    values = scalars(yaml.load((ROOT / file).read_text("utf-8"), Loader=_Plain) or {})
    assert sorted(line.partition(": ")[2] for line in lines) == sorted(values)


def test_every_term_stands_in_it(real: str) -> None:
    terms = (ROOT / DATA / "terms.txt").read_text("utf-8").splitlines()
    assert section(real, "data terms.txt") == [f"= {term}" for term in terms]


def kinds(project: Path) -> Iterator[tuple[str, Document, Place, str]]:
    """One value of each kind: for each file and path of keys, whatever entries are called."""
    seen = set()
    for path in sorted((project / DATA).rglob("*.yml")):
        document, _ = read(path, path.relative_to(project).as_posix())
        for place in document.lines:
            value: object = document.tree
            for key in place:
                value = value[key]  # type: ignore[index] # the place is one of this tree
            kind = (path.name, *(key for key in place[1:] if isinstance(key, str)))
            if isinstance(value, str) and value and kind not in seen:
                seen.add(kind)
                yield document.file, document, place, value


def test_a_change_of_each_kind_of_value_changes_a_line(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "framing", lambda _: [])  # neither pages nor files beside the data change here
    monkeypatch.setattr(register, "lines", lambda *_: [])
    checked = check(project, TODAY)
    before, silent, tried = of(project, checked), [], 0
    for file, document, place, value in list(kinds(project)):
        path, at = project / file, document.line(place) - 1
        text = path.read_text("utf-8")
        lines = text.split("\n")
        word = value.split()[0]
        at += word not in lines[at].partition(": ")[2] and word not in lines[at].partition("- ")[2]  # folded texts begin on the next line
        head, _, tail = lines[at].rpartition(word)
        lines[at] = f"{head}x{word}{tail}"
        path.write_text("\n".join(lines), "utf-8")
        changed = [name for name, made in of(project, checked).items() if made != before[name]]
        silent += [] if changed == [SITE if path.name in (*SHARED, "sources.yml", "reporting.yml") else OWN] else [(file, place)]
        path.write_text(text, "utf-8")
        tried += 1
    assert (silent, tried > 150) == ([], True)


@pytest.fixture
def framed(project: Path) -> Path:
    """The small project with one file of each kind that stands around pages or beside them."""
    for name, text in {
        "overrides/main.html": '{% block x %}<p title="Tip">Words</p>{{ "more" }}{% endblock %}\n',
        "overrides/assets/javascripts/page.js": "const factor = 1;\n",
        "macros/offline/START-HERE.html": "<title>Start</title>\n",
        "macros/offline/READ-ME.txt": "Read me.\n",
        "macros/drawings/one.svg": '<svg><text x="1">Liver</text></svg>\n',
        "docs/assets/css/page.css": '/* quiet */\n@media print {\n  .badge,\n  .mark { color: red; content: "a;b" }\n}\n',
    }.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text, "utf-8")
    (project / "overrides/assets/images/logo.png").write_bytes(b"\x89PNG\xff")
    return project


PAGE = f"docs/monographs/{SLUG}/index.md"
# An edit, and what is gone and what is new in the registers.
EDITS: dict[str, tuple[str, str, str, set[str], set[str]]] = {
    "a-sentence": (PAGE, "A fictional medicine.", "A real medicine.", {"> p A fictional medicine."}, {"> p A real medicine."}),
    "a-title": (PAGE, "title: Fictivagene", "title: Fine fictivagene", set(), set()),
    "a-heading": (PAGE, "## Monitoring\n", "## Watching { #monitoring }\n", {"> h2 Monitoring"}, {"> h2 Watching"}),
    "a-setting": ("mkdocs.yml", "edit_uri: \"\"", "edit_uri: x", {'= edit_uri: ""'}, {"= edit_uri: x"}),
    "what-can-not-be-seen": ("mkdocs.yml", 'edit_uri: ""', 'edit_uri: "\u202e"', {'= edit_uri: ""'}, {'= edit_uri: "U+202E"'}),
    "a-tooltip": ("overrides/main.html", 'title="Tip"', 'title="Top"', set(), set()),
    "a-word-of-a-template": ("overrides/main.html", '"more"', '"less"', set(), set()),
    "a-script": ("overrides/assets/javascripts/page.js", "= 1;", "= 10;", {"= const factor = 1;"}, {"= const factor = 10;"}),
    "a-page-of-a-copy": ("macros/offline/START-HERE.html", "Start", "Stop", {"= <title>Start</title>"}, {"= <title>Stop</title>"}),
    "a-text-of-a-copy": ("macros/offline/READ-ME.txt", "Read me.", "Read it.", {"= Read me."}, {"= Read it."}),
    "a-drawing": ("macros/drawings/one.svg", "Liver", "Heart", set(), set()),
    "a-style": (
        "docs/assets/css/page.css", "color: red", "color: white",
        {"= @media print { .badge, .mark { color: red } }"}, {"= @media print { .badge, .mark { color: white } }"},
    ),
    "a-selector": (
        "docs/assets/css/page.css", ".mark", ".note",
        {"= @media print { .badge, .mark { color: red } }", '= @media print { .badge, .mark { content: "a;b" } }'},
        {"= @media print { .badge, .note { color: red } }", '= @media print { .badge, .note { content: "a;b" } }'},
    ),
    "a-comment-of-a-style": ("docs/assets/css/page.css", "quiet", "loud", set(), set()),
}  # fmt: skip
SAME = ("a-comment-of-a-style",)


@pytest.mark.parametrize("name", EDITS)
def test_a_change_of_each_kind_of_text_changes_a_line(framed: Path, edit: Edit, name: str) -> None:
    file, old, new, gone, come = EDITS[name]
    before = lines_of(framed)
    edit(file, old, new)
    after = lines_of(framed)
    assert (before != after) == (name not in SAME)
    if gone or come:
        assert (before - after, after - before) == (gone, come)


def lines_of(project: Path) -> set[str]:
    """The lines of all registers."""
    return {line.strip() for text in of(project, check(project, TODAY)).values() for line in text.splitlines()}


def test_a_picture_is_known_by_its_hash(framed: Path) -> None:
    before = lines_of(framed)
    (framed / "overrides/assets/images/logo.png").write_bytes(b"\x89PNG\xfe")
    assert [len(line) for line in lines_of(framed) - before] == [len("= sha256 ") + 64]


def test_neither_the_day_nor_the_version_of_the_data_is_in_it(project: Path) -> None:
    soon, late = (lines_of_day(project, day) for day in ("2026-02-01", "2027-02-01"))
    assert soon == late
    assert not re.search(r"Data version [0-9a-f]", "".join(soon))


def lines_of_day(project: Path, day: str) -> list[str]:
    """The registers as they are made on a day."""
    return list(of(project, check(project, type(TODAY).fromisoformat(day))).values())


CSS = {
    "nested": (".a { .b { color: red } }", ["= .a { .b { color: red } }"]),
    "a-comment-within": (".a { color: /* } */ red; }", ["= .a { color: red }"]),
    "a-brace-in-a-text": ('.a::before { content: "}"; }', ['= .a::before { content: "}" }']),
    "a-comment-in-a-name": (".a/**/-b { c: d }", ["= .a/**/-b { c: d }"]),
    "a-brace-too-many": ("} .a { b: c }", ["= }", "= .a { b: c }"]),
    "a-text-on-two-lines": ('.a { b: "c\nd" }', ['= .a { b: "cU+000Ad" }']),
    "a-space-that-is-a-letter": (".a\u00a0.b { c: d }", ["= .a\u00a0.b { c: d }"]),
    "an-import": ('@import "x.css";\n.a { b: c }', ['= @import "x.css"', "= .a { b: c }"]),
    "not-closed": (".a { color: red", ["= .a { color: red }"]),
    "an-open-comment": (".a { b: c } /* .d { e: f }", ["= .a { b: c }", "= /* .d { e: f }"]),
    "an-open-quote": ('.a { b: "c; }', ['= .a { b: "c }']),
}


@pytest.mark.parametrize(("sheet", "expected"), CSS.values(), ids=CSS)
def test_a_style_sheet_by_its_declarations(project: Path, sheet: str, expected: list[str]) -> None:
    checked = check(project, TODAY)
    (project / "docs/assets/css/page.css").write_text(sheet, "utf-8")
    assert section(of(project, checked)[SITE], "file docs/assets/css/page.css") == expected
