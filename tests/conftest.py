"""What several tests need: the real project, and a small one about a fictional medicine that a test may break.

Nothing here needs the browser's packages before a test asks for the browser, so that one file of tests runs without them.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import reduce
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from bench.built import ROOT, copied, run, served
from macros.editing.scaffold import rendered
from macros.formulary.book import SHARED, Formulary
from macros.formulary.load import load
from macros.formulary.vocabulary import Vocabulary
from macros.pages.register import registers
from macros.pages.template import FICTIONAL as FICTIONAL_TEMPLATE, TEMPLATE
from macros.site.check import Checked, check
from macros.site.clock import today
from tests.support.copies import NOON, bundled, other_forms, recalling
from tests.support.once import made_once
from tests.support.screens import MEDICINE as MEDICINE, SCREENS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

TODAY = date(2026, 1, 20)  # ten days after the fictional medicine was checked
SLUG = "fictivagene-examplavec"


# What a test that asks for one of these fixtures needs, itself or through another fixture.
NEEDS = {"browser": "browser", "copy": "build", "offline": "build", "small_built": "build", "small_copy": "build", "checked": "slow"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the flag by which golden files are written anew."""
    parser.addoption("--renew", action="store_true", help="write golden files anew instead of comparing with them")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks each test that needs a browser or a build, so that `make quick` leaves it out; files that take long come first.

    So what is left at the end is short, and no core waits long for another. Of the cases of a test that each make a project
    of their own, all but the first are slow; those of rules say it themselves, one for each rule.
    """
    long, made = set(), set()
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if fixture in NEEDS:
                item.add_marker(NEEDS[fixture])
        if "project" in getattr(item, "fixturenames", ()) and item.path.parent.name != "rules":
            test = item.nodeid.partition("[")[0]
            if test in made:
                item.add_marker("slow")
            made.add(test)
        if item.path.name.startswith("test_properties_") or any(item.get_closest_marker(need) for need in ("browser", "build")):
            long.add(item.path)
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(scope="session")
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], str]:
    """Gives the text of a golden file to compare with; with --renew, the file is written with the text that was made now."""

    def committed(path: Path, made: str) -> str:
        if request.config.getoption("--renew"):
            path.write_text(made, "utf-8", newline="\n")
        assert path.is_file(), f"{path.name} is missing; write it by pytest --renew"
        return path.read_bytes().decode("utf-8")

    return committed


@pytest.fixture(scope="session")
def root() -> Path:
    """The project itself; tests only read it."""
    return ROOT


@pytest.fixture(scope="session")
def book() -> Formulary:
    """The real formulary; whether its dates lie in the future is not asked here."""
    return load(ROOT, date.max)[0]


@pytest.fixture(scope="session")
def vocabulary(book: Formulary) -> Vocabulary:
    """The closed lists of the real project."""
    return book.vocabulary


@pytest.fixture(scope="session")
def checked() -> Checked:
    """What is read and found in the real project on its own day."""
    return check(ROOT, today(ROOT))


def fictional() -> dict[str, str]:
    """The files of the fictional medicine, by their paths in a project."""
    places = {"data": f"macros/data/{SLUG}", "docs": f"docs/monographs/{SLUG}"}
    made = {name.partition("/")[::2]: text for name, text in rendered(ROOT / FICTIONAL_TEMPLATE, {}).items()}
    return {f"{places[kind]}/{name}": text for (kind, name), text in made.items()}


FICTIONAL = fictional()


def small_files() -> dict[str, bytes]:
    """The files of a project with the fictional medicine alone, by their paths in it."""
    here = [(f"macros/data/{name}", f"macros/data/{name}") for name in SHARED]
    here += [(f"macros/data/{name}", f"macros/template/{name}") for name in ("sources.yml", "reporting.yml")]
    here += [("docs/about/statuses.md", "docs/about/statuses.md")]  # the headings of blocks lead there
    frame = [path for part in ("overrides", "docs/assets") for path in (ROOT / part).rglob("*") if path.is_file()]
    # The build lists these files; what stands in them is asked of one only.
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() if path.name == "main.html" else b"" for path in frame}
    files |= {name: (ROOT / origin).read_bytes() for name, origin in here}
    files["mkdocs.yml"] = with_a_short_menu((ROOT / "mkdocs.yml").read_text("utf-8")).encode()
    return files | {name: text.encode() for name, text in FICTIONAL.items()}


def with_a_short_menu(settings: str) -> str:
    """The settings with only the first three medicines in the menu: findings name lines below it, however many there are."""
    medicines = re.findall(r"^      - [^:\n]+:\n(?:          - .*\n)+", settings, re.MULTILINE)
    return reduce(lambda text, each: text.replace(each, ""), medicines[3:], settings)


SMALL = small_files()


def small_project(target: Path) -> Path:
    """Puts a project with the fictional medicine alone, which passes every rule, into the folder."""
    _written(target, SMALL)
    _written(target, _small_register())
    return target


def copied_template(project: Path) -> Path:
    """The project, with the template of a new medicine in it."""
    shutil.copytree(ROOT / TEMPLATE, project / TEMPLATE)
    return project


def _written(target: Path, files: Mapping[str, bytes]) -> None:
    for folder in {(target / name).parent: None for name in files}:
        folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (target / name).write_bytes(content)


_REGISTER: dict[str, bytes] = {}


def _small_register() -> Mapping[str, bytes]:
    """The register of the small project, made once, since it takes longer than all its files, of a project that holds nothing else."""
    if not _REGISTER:
        with TemporaryDirectory() as folder:
            project = Path(folder)
            _written(project, SMALL)
            checked = check(project, TODAY)
            assert checked.book is not None
            made = registers(project, checked.pages, checked.previews, checked.book.version)
        _REGISTER.update({path.as_posix(): text.encode() for path, text in made.items()})
    return _REGISTER


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of its own with the fictional medicine alone."""
    return small_project(tmp_path)


@pytest.fixture
def edit(project: Path) -> Callable[[str, str, str], None]:
    """Replaces a text, which must stand there exactly once, in a file of the small project."""

    def replace(file: str, old: str, new: str) -> None:
        path = project / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{file} holds {text.count(old)} times {old!r}"
        path.write_text(text.replace(old, new), "utf-8")

    return replace


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with its site built by the real command; tests only read it."""

    def make(target: Path) -> None:
        done = run(copied(ROOT, target), "site")
        assert done.returncode == 0, done.stdout + done.stderr

    return made_once(tmp_path_factory, "copy", make)


@pytest.fixture(scope="session")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with a recall, and with the offline copy in dist/ made by the real command; tests only read it.

    In forms/ stand the other forms of it, of the same pages, so that these are made once.
    """

    def make(target: Path) -> None:
        done = bundled(recalling(target), umask=0, SOURCE_DATE_EPOCH=str(NOON))
        assert (done.returncode, done.stderr) == (0, "")
        other_forms(target, MEDICINE.replace("-", " "))

    return made_once(tmp_path_factory, "offline", make)


@pytest.fixture(scope="session")
def small_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with a page of notes, and its site built by the real command; tests only read it."""
    from tests.support.previewed import agreed_small, small_site, with_page  # which needs what stands above

    def make(target: Path) -> None:
        done = run(agreed_small(with_page(small_site(target), "notes.md", "Notes", "A few words.")), "site")
        assert done.returncode == 0, done.stdout + done.stderr

    return made_once(tmp_path_factory, "small-built", make)


@pytest.fixture(scope="session")
def address(copy: Path) -> Iterator[str]:
    """Where the built site is served."""
    with served(copy / "site") as where:
        yield where


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """A real Chromium: the one that `make test` found, and found to run, else one of that name."""
    path = os.environ.get("MONOGRAPHS_BROWSER", shutil.which("chromium"))
    if not path:
        pytest.skip("chromium is not installed")
    driver = pytest.importorskip("playwright.sync_api")
    with driver.sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def screens(browser: "Browser") -> Iterator[dict[str, "BrowserContext"]]:
    """A browser window of each kind; without motion, so that nothing is judged half faded in."""
    contexts = {
        name: browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce")
        for name, (width, scheme) in SCREENS.items()
    }
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture(scope="session")
def tabs(screens: dict[str, "BrowserContext"]) -> dict[str, "Page"]:
    """A tab on each screen that stays open, since a new one takes longer than the page in it."""
    return {name: context.new_page() for name, context in screens.items()}


@pytest.fixture
def visited(tabs: dict[str, "Page"]) -> Callable[[str, str], "Page"]:
    """Opens an address without a fragment in the tab of a screen, for tests that leave nothing behind but what goes with the page."""

    def visit(screen: str, where: str) -> "Page":
        tabs[screen].mouse.move(0, 0)
        tabs[screen].goto(where)
        return tabs[screen]

    return visit


@pytest.fixture
def opened(screens: dict[str, "BrowserContext"]) -> Iterator[Callable[[str, str], "Page"]]:
    """Opens an address on a screen."""
    pages = []

    def open_(screen: str, where: str) -> "Page":
        pages.append(screens[screen].new_page())
        pages[-1].goto(where)
        return pages[-1]

    yield open_
    for page in pages:
        page.close()
