"""The committed files that are made from data and pages: written where they are stale, named without being written, never guessed at."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from macros import __main__ as command
from macros.editing import anchors, derived, stylesheet
from macros.editing.schema import FOLDER, schemas
from macros.formulary.load import load
from macros.pages.html import Landing
from macros.pages.register import SITE, registers
from macros.site.check import Checked
from tests.conftest import ROOT, SLUG, TODAY

DOSE, PAGE = f"macros/data/{SLUG}/dose.yml", f"docs/monographs/{SLUG}/index.md"
REGISTER = SITE.parent / f"{SLUG}.txt"
FRESH = "every file is as data and pages make it\n"


def test_every_derived_file_of_the_project_is_fresh(checked: Checked) -> None:
    assert checked.book is not None
    texts = registers(ROOT, checked.pages, checked.previews, checked.book.version)
    landings: dict[str, dict[str, Landing]] = {}
    for address, page in checked.previews.items():
        landings.setdefault(page.monograph or "", {})[address] = page.landing
    wanted = {**derived.before_pages(ROOT, checked.book), **derived.of_pages(ROOT, checked.book, texts.items(), landings.items())}
    assert derived.stale(ROOT, wanted) == [], "run `make generate` and read the difference"


@pytest.fixture
def generate(project: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """The command, run on the small project as on a day when everything is right."""
    monkeypatch.setattr(command, "_ROOT", project)
    monkeypatch.setattr(command, "today", lambda _: TODAY)
    return lambda *words: CliRunner().invoke(command.main, ["generate", *words])


def said(done: Result) -> tuple[int, str, str]:
    """How a command ended and what it wrote to the two streams."""
    return done.exit_code, done.stdout, done.stderr


def recorded() -> str:
    """The record of what was changed, written by the command."""
    words = ["record", SLUG.replace("-", " "), "--kind", "significant", "--reason", "A volume is larger.", "--today", f"{TODAY}"]
    done = CliRunner().invoke(command.main, words)
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout


def names(project: Path) -> list[str]:
    """The derived files of the small project, in the order in which they are written."""
    made = [path.as_posix() for path in schemas(load(project, TODAY)[0].vocabulary)]
    return [stylesheet.PATH.as_posix(), *made, SITE.as_posix(), *(anchors.path_of(slug).as_posix() for slug in (SLUG, ""))]


def test_all_are_written_once(project: Path, generate) -> None:
    assert said(generate()) == (0, "".join(f"wrote {name}\n" for name in names(project)), "")
    assert said(generate()) == (0, FRESH, "")


def test_what_is_stale_is_named_and_left(project: Path, generate, edit) -> None:
    generate()
    edit(PAGE, "A fictional medicine.", "A made-up medicine.")
    (project / stylesheet.PATH).unlink()
    before = (project / REGISTER).read_bytes()
    stale = [f"{path.as_posix()} is stale; run `python -m macros generate`\n" for path in (stylesheet.PATH, REGISTER, SITE)]
    assert said(generate("--check")) == (1, "".join(stale), "")
    assert ((project / REGISTER).read_bytes(), (project / stylesheet.PATH).exists()) == (before, False)


def test_only_what_changed_is_written(project: Path, generate, edit) -> None:
    generate()
    edit(PAGE, "A fictional medicine.", "A made-up medicine.")
    assert said(generate()) == (0, f"wrote {REGISTER.as_posix()}\n", "")
    assert "A made-up medicine." in (project / REGISTER).read_text("utf-8")
    assert said(generate("--check")) == (0, FRESH, "")


@pytest.mark.parametrize("words", [(), ("--check",)])
@pytest.mark.parametrize("other", ["", "Give 5 mg."], ids=["alone", "beside another fault"])
def test_a_register_waits_until_the_change_is_recorded(project: Path, generate, edit, words: tuple[str, ...], other: str) -> None:
    """Else what it says of before would be gone, by which the record knows what kind of change it is."""
    generate()
    edit(DOSE, "amount: at least 10 mL", "amount: at least 11 mL")
    if other:
        edit(PAGE, "A fictional medicine.", other)
    before = (project / REGISTER).read_bytes()
    waits = f"{REGISTER.as_posix()} waits until the change is recorded, as `check` asks for it\n"
    assert said(generate(*words)) == (1, waits, "")
    assert (project / REGISTER).read_bytes() == before
    if other:
        edit(PAGE, other, "A fictional medicine.")
    assert "\n  kind: dose\n" in recorded()
    assert "at least 11 mL" in (project / REGISTER).read_text("utf-8")
    assert said(generate("--check")) == (0, FRESH, "")


def test_a_schema_of_no_file_goes(project: Path, generate) -> None:
    generate()
    old = project / FOLDER / "old.json"
    old.write_text("{}\n", "utf-8")
    assert said(generate("--check"))[:2] == (1, f"{FOLDER.as_posix()}/old.json is stale; run `python -m macros generate`\n")
    assert said(generate()) == (0, f"removed {FOLDER.as_posix()}/old.json\n", "")
    assert not old.exists()


def test_a_place_that_is_gone_stays_in_the_list(project: Path, generate, edit) -> None:
    generate()
    edit(f"docs/monographs/{SLUG}/index.md", "## Dosage\n", "## Doses\n")
    generate()
    listed = (project / anchors.path_of(SLUG)).read_text("utf-8").split()
    assert {f"monographs/{SLUG}/index.html#{name}" for name in ("dosage", "doses")} <= set(listed)


def test_from_pages_that_can_not_be_read_nothing_is_made(project: Path, generate, edit) -> None:
    before = (project / REGISTER).read_bytes()
    edit(f"macros/data/{SLUG}/safety.yml", "part: section 4.9", "part: section 4.4")  # of which the opening alone was read
    code, out, errors = said(generate())
    assert (code, out) == (1, "")
    assert "gap-read" in errors and errors.endswith("not every page can be read while these faults stand; mend them first\n")
    assert (project / REGISTER).read_bytes() == before
