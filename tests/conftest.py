"""What several tests need: the real project, and a small one about a fictional medicine that a test may break."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.built import ROOT, copied, run, served
from macros.formulary.book import SHARED, Formulary
from macros.formulary.load import load
from tests.support.copies import NOON, bundled, recalling
from tests.support.screens import MEDICINE as MEDICINE, SCREENS

TODAY = date(2026, 1, 20)  # ten days after the fictional medicine was checked
SLUG = "fictivagene-examplavec"


@pytest.fixture(scope="session")
def root() -> Path:
    """The project itself; tests only read it."""
    return ROOT


@pytest.fixture(scope="session")
def book() -> Formulary:
    """The real formulary; whether its dates lie in the future is not asked here."""
    return load(ROOT, date.max)[0]


def small_project(target: Path) -> Path:
    """Puts a project with the fictional medicine alone, which passes every rule, into the folder."""
    data = target / "macros/data"
    data.mkdir(parents=True)
    for name in SHARED:
        shutil.copy(ROOT / "macros/data" / name, data)
    for name in ("sources.yml", "reporting.yml"):
        shutil.copy(ROOT / "macros/template" / name, data)
    shutil.copytree(ROOT / "macros/template/data", data / SLUG)
    shutil.copytree(ROOT / "macros/template/docs", target / "docs/monographs" / SLUG)
    (target / "docs/about").mkdir()
    shutil.copy(ROOT / "docs/about/statuses.md", target / "docs/about")  # the headings of blocks lead there
    shutil.copy(ROOT / "mkdocs.yml", target)
    return target


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
    target = copied(ROOT, tmp_path_factory.mktemp("copy"))
    done = run(target, "site")
    assert done.returncode == 0, done.stdout + done.stderr
    return target


@pytest.fixture(scope="session")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with a recall, and with the offline copy in dist/ made by the real command; tests only read it."""
    target = recalling(tmp_path_factory.mktemp("offline"))
    done = bundled(target, umask=0, SOURCE_DATE_EPOCH=str(NOON))
    assert (done.returncode, done.stderr) == (0, "")
    return target


@pytest.fixture(scope="session")
def address(copy: Path) -> Iterator[str]:
    """Where the built site is served."""
    with served(copy / "site") as where:
        yield where


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    path = os.environ.get("MONOGRAPHS_BROWSER") or shutil.which("chromium")
    assert path, "no browser; run `make test`, which finds one"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def screens(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """A browser window of each kind; without motion, so that nothing is judged half faded in."""
    contexts = {
        name: browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce")
        for name, (width, scheme) in SCREENS.items()
    }
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture
def opened(screens: dict[str, BrowserContext]) -> Iterator[Callable[[str, str], Page]]:
    """Opens an address on a screen."""
    pages = []

    def open_(screen: str, where: str) -> Page:
        pages.append(screens[screen].new_page())
        pages[-1].goto(where)
        return pages[-1]

    yield open_
    for page in pages:
        page.close()
