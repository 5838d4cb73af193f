"""Tables on a phone, where each row is a block and the name of its column stands before a cell."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.support.screens import MEDICINE

# Every cell in which nothing stands, with the name of its column and whether the phone shows it.
EMPTY = """table => [...table.querySelectorAll("td[data-h]")].filter(cell => !cell.innerText.trim() && !cell.children.length)
    .map(cell => [cell.dataset.h, getComputedStyle(cell).display !== "none"])"""
SHOWN = {"research/": (".register", {"Phase": False}), f"monographs/{MEDICINE}/dose-sheet/": (".steps", {"Started at": True})}


@pytest.mark.parametrize(("path", "kind", "shown"), [(path, *each) for path, each in SHOWN.items()], ids=["register", "worksheet"])
def test_an_empty_cell_has_a_name_only_where_it_is_filled_in(
    visited: Callable[[str, str], Page], address: str, path: str, kind: str, shown: dict[str, bool]
) -> None:
    page = visited("phone-light", address + path)
    found = [tuple(cell) for table in page.locator(f"table.facts{kind}").all() for cell in table.evaluate(EMPTY)]
    assert {name: sees for name, sees in found if name in shown} == shown
    assert {sees for _, sees in found} == set(shown.values())
