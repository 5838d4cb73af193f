"""From the heading of each block and from each badge one click leads to what the mark means, in offline copies too."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from selectolax.lexbor import LexborHTMLParser

from macros.formulary.book import Formulary
from tests.support.copies import made, unzipped
from tests.support.screens import HERE


def test_every_mark_leads_to_its_own_entry(copy: Path, book: Formulary) -> None:
    wrong, seen = [], 0
    for page in sorted((copy / "site").rglob("*.html")):
        tree = LexborHTMLParser(page.read_text("utf-8"))
        for name, status in book.vocabulary.statuses.items():
            links = [(link, status.chip) for link in tree.css(f"a.badge.status-{name}")]
            links += [(block.css_first(".admonition-title a"), status.heading) for block in tree.css(f".admonition.{name}")]
            seen += len(links)
            aims = [(link.attributes["href"] or "", word in link.text()) for link, word in links]
            wrong += [(page, aim) for aim in aims if not (aim[1] and aim[0].endswith(f"about/statuses/#status-{name}"))]
    assert wrong == []
    assert seen > 10


MARKS = [".badge", ".admonition.research .admonition-title a", ".admonition.off-label .admonition-title a"]


@pytest.mark.parametrize("mark", MARKS)
def test_the_legend_opens_from_a_disk(visited: Callable[[str, str], Page], disk: Path, mark: str) -> None:
    page = visited("phone-light", (disk / f"site/{HERE}index.html").as_uri())
    page.locator(mark).first.click()
    page.wait_for_url("**/about/statuses.html#status-*")
    assert page.locator(":target.legend").is_visible()


@pytest.fixture(scope="module")
def disk(offline: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The offline copy on a disk."""
    return unzipped(made(offline), tmp_path_factory.mktemp("disk"))
