"""How the project is built: imports point one way, each list stands once, and the pages about them are complete."""

import re
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import yaml

from macros.editing import stylesheet
from macros.formulary.book import Formulary
from macros.formulary.model import FILES
from macros.formulary.values import VALUE_KEYS
from macros.pages import markdown as pages
from macros.render import figures, macros as render, reports
from macros.rules import pages as page_rules
from macros.site import preview
from tests.conftest import ROOT
from tests.support.inspection import (
    compared_in_python,
    compared_in_template,
    imported_packages,
    imports,
    module_name,
    room,
    undocumented,
)

# The rules on HTML judge it, whatever made it, so that it can judge what another program built.
KNOW_ONLY_FILES = {
    "rules.about": {"formulary.naming", "pages.html", "rules.known", "rules.prose"},
    "rules.made_of": {"finding", "pages.html", "rules.known", "rules.rule"},
    "rules.html": {"finding", "pages.files", "pages.html", "rules.about", "rules.known", "rules.prose", "rules.rule"},
    "rules.marks": {"finding", "pages.html", "rules.about", "rules.known", "rules.prose", "rules.rule"},
    "rules.page_parts": {"finding", "formulary.naming", "pages.html", "rules.known", "rules.rule"},
    "rules.known": {"finding"},
    "rules.prose": set(),
    "rules.rule": {"finding"},
}

PACKAGE = ROOT / "macros"
MODULES = {module_name(path, PACKAGE): path for path in sorted(PACKAGE.rglob("*.py"))}
# The table of rooms in HACKING.md: what each may import from beside itself.
ROOMS = {
    name: set() if known == "nothing" else set(known.split(", "))
    for name, known in re.findall(r"^\| `(\w+)` \| ([\w, ]+) \|", (ROOT / "HACKING.md").read_text("utf-8"), re.MULTILINE)
}
SEAMS = {PACKAGE.name, "__main__"}
CODE = sorted(path for part in ("macros", "scripts", "bench") for path in (ROOT / part).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted(path for path in (ROOT / "overrides").rglob("*") if path.suffix in (".html", ".xml"))
EDITORS = (ROOT / "docs/about/editors.md").read_text("utf-8")


def ids(path: Path) -> str:
    """A file as a test's name."""
    return path.relative_to(ROOT).as_posix()


def read(path: Path) -> str:
    """The text of a file."""
    return path.read_text("utf-8")


@pytest.fixture(scope="module")
def config(root: Path) -> dict:
    """mkdocs.yml as plain text values."""
    return yaml.load(read(root / "mkdocs.yml"), Loader=yaml.BaseLoader)


def test_the_rooms_of_hacking_are_those_there_are() -> None:
    assert sorted(ROOMS) == sorted({room(module) for module in MODULES} - SEAMS)


def test_rooms_stand_in_one_row() -> None:
    names = list(ROOMS)
    assert [(name, known) for number, name in enumerate(names) for known in ROOMS[name] if known not in names[:number]] == []


@pytest.mark.parametrize("module", [module for module in MODULES if room(module) not in SEAMS])
def test_a_room_imports_only_what_it_may_know(module: str) -> None:
    known = {room(each) for each in imports(read(MODULES[module]), "macros", MODULES)}
    assert known - ROOMS[room(module)] - {room(module)} == set()


def test_imports_run_in_no_circle() -> None:
    graph = {module: imports(read(path), "macros", MODULES) - {module} for module, path in MODULES.items()}
    assert list(TopologicalSorter(graph).static_order())  # a circle raises CycleError, which names it


@pytest.mark.parametrize("module", KNOW_ONLY_FILES)
def test_knows_only_files(module: str) -> None:
    assert imports(read(MODULES[module]), "macros", MODULES) == KNOW_ONLY_FILES[module]


IMPORTS = {
    "whole": ("import macros.rules", {"rules"}),
    "from-package": ("from macros import rules, words as w", {"rules", "words"}),
    "from-module": ("from macros.rules.sources import findings", {"rules"}),
    "relative": ("from . import rules\nfrom .words import day", {"rules", "words"}),
    "in-a-function": ("def f():\n    from macros.rules.sources import findings", {"rules"}),
    "the-package": ("from macros import define_env", {"macros"}),
    "a-room": ("from macros import render", {"render"}),
    "in-a-room": ("from macros.render import tables", {"render.tables"}),
    "from-a-module-in-a-room": ("from macros.render.tables import table", {"render.tables"}),
    "others": ("import re\nfrom pathlib import Path", set()),
}


@pytest.mark.parametrize(("source", "expected"), IMPORTS.values(), ids=IMPORTS.keys())
def test_imports_are_found(source: str, expected: set[str]) -> None:
    assert imports(source, "macros", ("rules", "words", "macros", "render", "render.tables")) == expected


@pytest.mark.parametrize("path", MODULES.values(), ids=ids)
def test_no_module_imports_mkdocs(path: Path) -> None:
    assert {name for name in imported_packages(read(path)) if name.startswith("mkdocs")} == set()


@pytest.mark.parametrize("path", [*CODE, *TESTS], ids=ids)
def test_no_python_file_is_longer_than_300_lines(path: Path) -> None:
    lines = len(read(path).splitlines())
    assert lines <= 300


@pytest.mark.parametrize("path", MODULES.values(), ids=ids)
def test_everything_public_has_a_docstring(path: Path) -> None:
    assert undocumented(read(path)) == []


@pytest.mark.parametrize("path", CODE, ids=ids)
def test_no_code_compares_with_a_status(book: Formulary, path: Path) -> None:
    assert compared_in_python(read(path)) & book.vocabulary.statuses.keys() == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_no_template_compares_with_a_status(book: Formulary, path: Path) -> None:
    assert compared_in_template(read(path)) & book.vocabulary.statuses.keys() == set()


PYTHON_COMPARISONS = {
    "equal": 'if use == "x": pass',
    "not-equal": 'y = use != "x"',
    "turned-round": 'y = "x" == use',
    "in-tuple": 'y = use in ("w", "x")',
    "in-set": 'y = use not in {"w", "x"}',
    "match": 'match use:\n    case "x": pass',
    "match-either": 'match use:\n    case "w" | "x": pass',
    "match-key": 'match use:\n    case {"x": y}: pass',
    "in-a-comprehension": 'y = [f for f in z if f.use == "x"]',
    "by-a-name": 'X = "x"\ny = use == X',
    "by-a-name-with-type": 'X: str = "x"\ny = use == X',
    "by-a-list-with-a-name": 'X = ("w", "x")\ny = use in X',
    "start-of-a-text": 'y = use.startswith("x")',
}
PYTHON_OTHERS = {
    "argument": 'notice("x")',
    "key": 'y = {"x": 1}',
    "part-of-a-text": 'y = path == "docs/x.md"',
    "other-name": 'X = "x"\ny = use == Y',
}
TEMPLATE_COMPARISONS = {
    "equal": '{% if use == "x" %}{% endif %}',
    "not-equal": '{{ use != "x" }}',
    "in-list": '{% if use in ["w", "x"] %}{% endif %}',
    "test": '{% if use is equalto "x" %}{% endif %}',
    "filter": '{{ facts | selectattr("use", "equalto", "x") }}',
    "short-if": '{{ "a" if use == "x" else "b" }}',
    "by-a-name": '{% set y = "x" %}{% if use == y %}{% endif %}',
}
TEMPLATE_OTHERS = {
    "output": '{{ "x" }}',
    "argument": '{{ badge("x") }}',
    "text": "x == x",
    "filtered": '{{ "x" | upper }}',
}


@pytest.mark.parametrize("source", PYTHON_COMPARISONS.values(), ids=PYTHON_COMPARISONS.keys())
def test_comparison_in_code_is_found(source: str) -> None:
    assert "x" in compared_in_python(source)


@pytest.mark.parametrize("source", PYTHON_OTHERS.values(), ids=PYTHON_OTHERS.keys())
def test_no_comparison_in_code_is_imagined(source: str) -> None:
    assert "x" not in compared_in_python(source)


@pytest.mark.parametrize("source", TEMPLATE_COMPARISONS.values(), ids=TEMPLATE_COMPARISONS.keys())
def test_comparison_in_a_template_is_found(source: str) -> None:
    assert "x" in compared_in_template(source)


@pytest.mark.parametrize("source", TEMPLATE_OTHERS.values(), ids=TEMPLATE_OTHERS.keys())
def test_no_comparison_in_a_template_is_imagined(source: str) -> None:
    assert "x" not in compared_in_template(source)


MADE_FOR_ALL = [
    *(path for path in sorted(PACKAGE.rglob("*")) if path.suffix in (".py", ".html", ".svg") and "data" not in path.parts),
    *(
        path
        for part in ("overrides", "docs/assets")
        for path in sorted((ROOT / part).rglob("*"))
        if path.suffix != ".png" and path.is_file()
    ),
]


@pytest.mark.parametrize("path", MADE_FOR_ALL, ids=ids)
def test_no_code_template_or_style_knows_a_medicine(book: Formulary, path: Path) -> None:
    text = re.sub(r"[\s_-]+", " ", read(path)).lower()
    names = {name.lower() for each in book.monographs.values() for name in (*each.medicine.inn.split(), *each.medicine.brands)}
    assert [name for name in sorted(names) if name in text] == []


def test_block_types_are_the_statuses(book: Formulary, config: dict) -> None:
    (blocks,) = [entry for entry in config["markdown_extensions"] if "pymdownx.blocks.admonition" in entry]
    assert blocks["pymdownx.blocks.admonition"] == {"types": list(book.vocabulary.statuses)}


def test_style_sheet_is_made_from_the_statuses(root: Path, book: Formulary) -> None:
    assert read(root / stylesheet.PATH) == stylesheet.statuses(book.vocabulary)


def test_pages_are_parsed_with_the_comment_signs_of_the_macro_plugin(config: dict) -> None:
    (settings,) = [entry["macros"] for entry in config["plugins"] if "macros" in entry]
    assert (settings["j2_comment_start_string"], settings["j2_comment_end_string"]) == pages.COMMENT


def test_the_files_of_the_topics_are_the_files_of_a_medicine(book: Formulary) -> None:
    assert {topic.file for topic in book.vocabulary.lists.topics.values()} == set(FILES)


def test_the_oldest_python_is_the_same_everywhere(root: Path) -> None:
    oldest = tomllib.loads(read(root / "pyproject.toml"))["project"]["requires-python"].removeprefix(">=")
    places = {
        "README.md": f"Python {oldest} or newer",
        "CONTRIBUTING.md": f"Python {oldest} or newer",
        "scripts/find-python.sh": f"wanted={oldest}\n",
        "scripts/lock.sh": f"--python-version {oldest} ",
    }
    assert [path for path, words in places.items() if words not in read(root / path)] == []
    assert f"sys.version_info < ({oldest.replace('.', ', ')})" in read(root / "scripts/find-python.sh")


def test_two_plugins_and_no_hooks(config: dict) -> None:
    plugins = [name for entry in config["plugins"] for name in (entry if isinstance(entry, dict) else [entry])]
    assert (plugins, config.get("hooks")) == (["offline", "macros"], None)


def section(heading: str) -> str:
    """The part of the page "For editors" under a heading, up to the next one."""
    return EDITORS.partition(f"{heading}\n")[2].partition("\n#")[0]


def test_every_macro_has_its_heading_and_every_heading_its_macro() -> None:
    headings = re.findall(r"^### `.*", EDITORS, re.MULTILINE)
    assert sorted(headings) == sorted(f"### `{name}` {{ #macro-{name} }}" for name in render.MACROS)


LISTED = {"report": dict.fromkeys(reports.NAMES), "figure": figures.KINDS, "cards": None}


@pytest.mark.parametrize(("macro", "known"), LISTED.items(), ids=LISTED.keys())
def test_every_word_that_a_macro_takes_is_listed(book: Formulary, macro: str, known: dict[str, object] | None) -> None:
    known = book.vocabulary.lists.cards if known is None else known
    items = re.findall(r"^- (.*)", section(f"### `{macro}` {{ #macro-{macro} }}"), re.MULTILINE)
    assert sorted(re.findall(r"`([\w-]+)`", " ".join(item.partition(":")[0] for item in items))) == sorted(known)


def test_every_kind_of_value_is_listed() -> None:
    assert tuple(re.findall(r"^\| `(\w+)` \|", section("## A fact"), re.MULTILINE)) == VALUE_KEYS


def test_every_call_that_editors_are_shown_can_be_made(book: Formulary) -> None:
    shown = "\n".join(re.findall(r"\{\{ .*? \}\}", EDITORS))
    page = pages.parse(f"---\ntitle: Calls\n---\n{shown}\n", "calls.md")
    assert {call.name for call in page.calls} == render.MACROS.keys()
    assert list(page_rules.macro_known.find(page, preview.signatures())) == []


def test_every_name_that_may_hold_digits_is_written_somewhere(book: Formulary, root: Path) -> None:
    written = " ".join(read(path) for part in ("docs", "macros/data", "macros/template") for path in (root / part).rglob("*.[my]*"))
    assert [name for name in book.vocabulary.terms if name not in written] == []


def test_every_use_is_listed(book: Formulary) -> None:
    (said,) = re.findall(r"^`use` is (.*?);", EDITORS, re.MULTILINE)
    assert re.findall(r"`([\w-]+)`", said) == list(book.vocabulary.statuses)
