"""A page while it is rendered: which facts it may show, where its links lead, what it refuses."""

from collections.abc import Callable

import pytest

from macros.finding import Refused
from macros.formulary.book import Formulary
from macros.render.desk import Desk
from tests.conftest import SLUG

HREFS = {
    "page": ("../../", True, "about/statuses.md", "", "../../about/statuses/"),
    "anchor": ("../", True, "about/statuses.md", "status-research", "../about/statuses/#status-research"),
    "folder": ("", True, "monographs/index.md", "", "monographs/"),
    "home-from-below": ("../", True, "index.md", "", "../"),
    "home-from-home": ("", True, "index.md", "", "./"),
    "file": ("../", False, "about/statuses.md", "status-research", "../about/statuses.html#status-research"),
    "file-of-a-folder": ("", False, "monographs/index.md", "", "monographs/index.html"),
}


@pytest.mark.parametrize(("way", "directories", "page", "anchor", "href"), HREFS.values(), ids=HREFS.keys())
def test_href(small_book: Formulary, way: str, directories: bool, page: str, anchor: str, href: str) -> None:
    assert Desk(small_book, None, way, directories).href(page, anchor) == href


@pytest.mark.parametrize(
    ("slug", "name"),
    [(SLUG, "dose/standard"), (SLUG, f"{SLUG}/dose/standard"), (None, f"{SLUG}/dose/standard")],
    ids=["short", "full-at-home", "full-elsewhere"],
)
def test_fact_by_its_name(small_book: Formulary, slug: str | None, name: str) -> None:
    assert Desk(small_book, slug).fact(name).id == f"{SLUG}/dose/standard"


REFUSED = {
    "misspelt": (
        lambda desk: desk.fact("dose/standart"),
        "unknown fact 'dose/standart'; did you mean 'dose/standard'?",
    ),
    "medicine-of-no-page": (
        lambda desk: Desk(desk.formulary).monograph(),
        "this page belongs to no medicine; write 'monograph: <inn>' in its front matter",
    ),
    "medicine-misspelt": (
        lambda desk: desk.monograph("fictivagene-examplavek"),
        f"unknown medicine 'fictivagene-examplavek'; did you mean '{SLUG}'?",
    ),
}


@pytest.mark.parametrize(("ask", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_refusal(desk: Desk, ask: Callable[[Desk], object], message: str) -> None:
    with pytest.raises(Refused) as refused:
        ask(desk)
    assert str(refused.value) == message
