"""What the tests of copies share: a copy of a small project, for whatever does not follow from what the real one holds."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.built import copied
from macros.copies import bundle
from tests.conftest import SLUG, TODAY
from tests.support.forked import builder_forked
from tests.support.once import made_once
from tests.support.previewed import agreed_small, small_site, with_page


@pytest.fixture(scope="module")
def builder() -> Iterator[None]:
    """Has builds that a test asks for in this process begin MkDocs in a fifth of the time."""
    with builder_forked():
        yield


@pytest.fixture(scope="session")
def small_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with its offline copy in dist/, made as any other; tests only read it."""

    def make(target: Path) -> None:
        project = agreed_small(with_page(small_site(target), "index.md", "Home", "A few words, as a page of a copy has them." * 20))
        with builder_forked():
            bundle.bundle(project, TODAY, TODAY, None)

    return made_once(tmp_path_factory, "small-copy", make)


@pytest.fixture
def begun(small_copy: Path, tmp_path: Path) -> Path:
    """A small project, which is over in seconds and whose next check is far off, with nothing made of it."""
    project = copied(small_copy, tmp_path / "source")
    medicine = project / f"macros/data/{SLUG}/medicine.yml"
    medicine.write_text(re.sub("(?m)^check_due: .*", "check_due: 2099-01-01", medicine.read_text("utf-8")), "utf-8")
    return agreed_small(project)
