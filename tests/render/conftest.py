"""What tests of single macros need: a page of the fictional medicine."""

from pathlib import Path

import pytest

from macros.formulary.book import Formulary
from macros.formulary.load import load
from macros.render.desk import Desk
from tests.conftest import SLUG, TODAY


@pytest.fixture
def small_book(project: Path) -> Formulary:
    """The formulary of the fictional medicine."""
    return load(project, TODAY)[0]


@pytest.fixture
def desk(small_book: Formulary) -> Desk:
    """A page of the fictional medicine."""
    return Desk(small_book, SLUG)
