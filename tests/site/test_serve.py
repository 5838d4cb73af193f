"""The preview lives through every fault, shows it, and shows the page again once it is mended, without a restart."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.site import serving
from tests.conftest import SLUG, TODAY
from tests.support.previewed import SECONDS, Preview, free_port, previewing, small_site, started

pytestmark = pytest.mark.build

INN = SLUG.replace("-", " ")
HERE = f"monographs/{SLUG}/"
INDEX = f"docs/{HERE}index.md"
DOSE = f"macros/data/{SLUG}/dose.yml"
FRAME = "overrides/main.html"
LATIN_1 = "Café".encode("latin-1")
TAG = 'macro-syntax: only a macro call with texts in quotes and whole numbers may stand here; write {{ fact("dose/standard") }}'
# What is written at the end of a file, and the fault of that line, which then stands on the page.
FAULTS = {
    "call": (INDEX, b'{{ fact("dose/standart") }}', "macro-call: fact(): unknown fact 'dose/standart'; did you mean 'dose/standard'?"),
    "tag": (INDEX, b"{% autoescape false %}{{ notice() }}{% endautoescape %}", TAG),
    "page in another encoding": (INDEX, LATIN_1, "yaml: not UTF-8 text; save the file as UTF-8"),
    "data": (DOSE, b"other: 1", "shape: other: can't be '1'; write 'key: value' lines, indented below it"),
    "data in another encoding": (DOSE, b"# " + LATIN_1, "yaml: not UTF-8 text; save the file as UTF-8"),
    "shared data": ("macros/data/glossary.yml", b"other: 1", "shape: other: can't be '1'; write 'key: value' lines, indented below it"),
    "template's element": (
        FRAME,
        b"<iframe></iframe>",
        "template-of-known-parts: a page holds no element <iframe>; write what a page is made of, with paths of this site",
    ),
    "template": (
        FRAME,
        b"{% if %}",
        "file-readable: the template can't be read: Expected an expression, got 'end of statement block'; write what Jinja can read",
    ),
    "template in another encoding": (FRAME, LATIN_1, "file-readable: not UTF-8 text; save the file as UTF-8"),
    "code that can't be read": ("macros/render/markup.py", b"def broken(:", "SyntaxError: invalid syntax"),
    "code that can't be imported": ("macros/formulary/words.py", b"unknown", "NameError: name 'unknown' is not defined"),
    "code that fails": ("macros/site/clock.py", b"def today(root): raise KeyError('day')", "KeyError: 'day'"),
}
# Of these, what is seen in a preview of one medicine: its page, its data, what all share.
OF_ONE = ("call", "data", "template's element", "shared data")
# What MkDocs itself stops at, and what it then says of the place.
STOPS = {
    "settings": ("mkdocs.yml", b"extra: [", 'mkdocs.yml", line '),
    "plugin": ("mkdocs.yml", b"plugins: [unknown]", "Config value 'plugins': The \"unknown\" plugin is not installed"),
    "template's variable": (FRAME, b"{% block tabs %}{{ unknown.name }}{% endblock %}", 'main.html", line '),
}


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One preview for all tests; each mends what it broke."""
    with previewing(small_site(tmp_path_factory.mktemp("preview"))) as running:
        yield running


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of one medicine, which comes to its pages, its data and the code by links."""
    project = small_site(tmp_path_factory.mktemp("alone"))
    with previewing(project, *serving.previewing(project, INN, TODAY)) as running:
        yield running


def line_after(content: bytes) -> int:
    """The line that is written at the end of the content."""
    return content.count(b"\n") + 1


def test_a_fact_says_where_it_stands(preview: Preview) -> None:
    at = line_after(preview.read(DOSE).partition(b"\nstandard:")[0]) + 1
    assert f'title="{SLUG}/dose/standard – {DOSE}:{at}"' in preview.page(HERE)


def shows_until_mended(running: Preview, file: str, written: bytes, fault: str) -> None:
    whole, page = running.read(file), running.page(HERE)
    with running.changed(file, whole + written + b"\n"):
        shown = running.faults(HERE)
    assert shown == [f"{file}:{line_after(whole)}: {fault}"]
    assert running.page(HERE) == page


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_stands_on_the_page_until_it_is_mended(preview: Preview, fault: tuple[str, bytes, str]) -> None:
    shows_until_mended(preview, *fault)


@pytest.mark.parametrize("fault", [FAULTS[name] for name in OF_ONE], ids=OF_ONE)
def test_a_fault_stands_on_the_page_of_a_medicine_that_is_previewed_alone(alone: Preview, fault: tuple[str, bytes, str]) -> None:
    shows_until_mended(alone, *fault)


def test_broken_code_is_named_in_a_preview_of_one_medicine(alone: Preview) -> None:
    file, page = "macros/formulary/words.py", alone.read(INDEX)
    code = alone.read(file)
    alone.put(file, code + b"unknown\n")  # MkDocs sees it with the next change of what one medicine is made from
    try:
        alone.save(INDEX, page + b"\n")
        shown = alone.faults(HERE)
    finally:
        alone.put(file, code)
        alone.save(INDEX, page)
    assert (shown, alone.faults(HERE)) == ([f"{file}:{line_after(code)}: NameError: name 'unknown' is not defined"], [])


def test_a_preview_that_is_ended_takes_its_pages_away(tmp_path: Path) -> None:
    project, there = small_site(tmp_path), []
    with previewing(project):
        there += [*project.glob("mkdocs_*")]
    assert (len(there), [*project.glob("mkdocs_*")]) == (1, [])


@pytest.mark.parametrize(("file", "written", "said"), STOPS.values(), ids=STOPS.keys())
def test_what_mkdocs_stops_at_is_said_in_the_terminal(preview: Preview, file: str, written: bytes, said: str) -> None:
    page = preview.page(HERE)
    with preview.stopped(file, preview.read(file) + written + b"\n") as terminal:
        assert said in terminal
    assert preview.page(HERE) == page


def test_a_deleted_page_is_missed_where_a_link_leads_to_it(preview: Preview) -> None:
    page = preview.page(HERE)
    at = line_after(preview.read(INDEX).partition(b"(evidence.md")[0])
    with preview.changed(f"docs/{HERE}evidence.md", None):
        shown, gone = preview.faults(HERE), preview.page(f"{HERE}evidence/")
    rows = "macros/data/fictivagene-examplavec/identity.yml:4: every-fact-addressed: 'fictivagene-examplavec/identity/inn' has no row that "
    assert [each for each in shown if not each.startswith(rows)] == [
        f"{INDEX}:{at}: links-lead-somewhere: the link 'evidence.md' leads nowhere; correct the path"
    ]
    assert (gone, preview.page(HERE) == page) == ("404", True)


def test_a_menu_that_names_no_page_is_said_in_the_terminal(preview: Preview) -> None:
    page, before = preview.page(HERE), len(preview.lines)
    with preview.changed("mkdocs.yml", preview.read("mkdocs.yml") + b"  - Home: nowhere.md\n"):
        preview.wait_for("A reference to 'nowhere.md' is included in the 'nav' configuration, which is not found", before)
        shown = preview.faults(HERE)
    assert (shown, preview.page(HERE) == page) == ([], True)


def test_changed_code_is_seen(preview: Preview) -> None:
    file, page = "macros/render/furniture.py", preview.page(HERE)
    with preview.changed(file, preview.read(file).replace(b"This page gives information", b"Words of new code")):
        changed = preview.page(HERE)
    assert "Words of new code" in changed
    assert preview.page(HERE) == page


def test_it_starts_with_faults(tmp_path: Path) -> None:
    project = small_site(tmp_path)
    faults = [FAULTS[name] for name in ("page in another encoding", "template")]
    places = [f"{file}:{line_after((project / file).read_bytes())}: {fault}" for file, _, fault in faults]
    for file, written, _ in faults:
        (project / file).write_bytes((project / file).read_bytes() + written)
    with previewing(project) as preview:
        assert preview.faults(HERE) == places


@pytest.mark.parametrize(("file", "written", "said"), STOPS.values(), ids=STOPS.keys())
def test_it_does_not_start_where_mkdocs_stops(tmp_path: Path, file: str, written: bytes, said: str) -> None:
    project = small_site(tmp_path)
    (project / file).write_bytes((project / file).read_bytes() + written)
    with started(project, free_port()) as process:
        terminal, _ = process.communicate(timeout=SECONDS)
    assert (process.returncode, said in terminal) == (1, True)
