"""What axe-core, which knows the rules of accessibility that a program can judge, finds on each type of page: nothing."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.support.copies import made, unzipped
from tests.support.screens import HERE, TYPES, search

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
JUDGED = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RUN = """tags => axe.run({runOnly: tags, resultTypes: ["violations"]}).then(({violations}) =>
    violations.flatMap(({id, nodes}) => nodes.map(node => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`)))"""
# Each page on both widths and in both schemes, though not in all four ways; what axe-core needs long for, in one way,
# so that two monographs, and two pages of long tables, are judged in both.
ONCE = {
    HERE: "wide-light",
    TYPES["dose-by-height"]: "phone-dark",
    TYPES["evidence"]: "phone-dark",
    TYPES["comparison"]: "wide-light",
}
CASES = [(path, screen) for path in TYPES.values() for screen in ("wide-light", "phone-dark") if screen == ONCE.get(path, screen)]
CASES += [("", screen) for screen in ("wide-dark", "phone-light")]


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it is now, all of it laid out: it measures what lies over what."""
    page.add_style_tag(content="* { content-visibility: visible !important }")
    page.evaluate(AXE)
    return page.evaluate(RUN, JUDGED)


@pytest.mark.parametrize(("path", "screen"), CASES, ids=[f"{path or 'home'}-{screen}" for path, screen in CASES])
def test_axe_finds_nothing(visited: Callable[[str, str], Page], address: str, path: str, screen: str) -> None:
    assert violations(visited(screen, address + path)) == []


@pytest.mark.parametrize("screen", ["wide-dark", "phone-light"])
def test_axe_finds_nothing_in_the_open_search(visited: Callable[[str, str], Page], address: str, screen: str) -> None:
    page = visited(screen, address + "glossary/")
    search(page)
    assert violations(page) == []


@pytest.mark.parametrize("screen", ["phone-dark", "phone-light"])
def test_axe_finds_nothing_in_the_open_menu(visited: Callable[[str, str], Page], address: str, screen: str) -> None:
    page = visited(screen, address + "about/")
    page.locator(".opens-drawer").click()
    assert violations(page) == []


@pytest.fixture(scope="module")
def disk(offline: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The offline copy as it lies on a disk; it names a recalled version, too."""
    return unzipped(made(offline), tmp_path_factory.mktemp("disk"))


@pytest.mark.parametrize("name", ["START-HERE.html", "site/index.html", f"site/{HERE}patient.html"])
def test_axe_finds_nothing_in_a_copy(visited: Callable[[str, str], Page], disk: Path, name: str) -> None:
    assert violations(visited("wide-light", (disk / name).as_uri())) == []


def test_axe_finds_nothing_in_the_search_of_a_copy(visited: Callable[[str, str], Page], disk: Path) -> None:
    page = visited("phone-dark", (disk / "site/glossary.html").as_uri())
    search(page)
    assert violations(page) == []


SPOILT = {
    "image-alt": "document.querySelector('article').append(new Image())",
    "color-contrast": "document.querySelector('article p').style.color = '#999'",
    "heading-order": "document.querySelector('h2').outerHTML = '<h5>Deep</h5>'",
    "landmark-unique": "document.querySelector('[aria-label=Path]').setAttribute('aria-label', 'Tabs')",
}


@pytest.mark.parametrize(("rule", "script"), SPOILT.items(), ids=SPOILT.keys())
def test_what_is_wrong_is_found(visited: Callable[[str, str], Page], address: str, rule: str, script: str) -> None:
    page = visited("wide-light", address + "monographs/")
    page.evaluate(script)
    assert {each.split(":")[0] for each in violations(page)} == {rule}
