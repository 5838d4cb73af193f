"""How the chip of an event is marked: by its effect, as a warning, as what is not known."""

from datetime import date

import pytest

from macros.formulary.book import Formulary
from macros.formulary.values import Day, NotFound
from macros.render import events
from tests.conftest import SLUG

DAY, UNKNOWN = Day("2024-01-05"), NotFound("", ("Exampla",), "notices of the regulator", date(2026, 1, 10))
KINDS = {
    "granted": ("full", DAY, "granted"),
    "ended": ("withdrawn", DAY, "ended"),
    "ended-on-a-day-that-is-not-known": ("withdrawn", UNKNOWN, "ended"),
    "a-warning": ("limited", DAY, "alert"),
    "not-known": ("not-known", UNKNOWN, "unknown"),
    "told": ("opinion", DAY, "told"),
}


@pytest.mark.parametrize(("event", "value", "kind"), KINDS.values(), ids=KINDS.keys())
def test_how_a_chip_is_marked(small_book: Formulary, event: str, value: object, kind: str) -> None:
    fact = small_book.facts[f"{SLUG}/safety/infection"].model_copy(update={"value": value})
    assert events.kind(fact, small_book.vocabulary.lists.events[event]) == kind
