"""The preview lives through every fault, shows it, and shows the page again once it is mended, without a restart."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.built import copied
from tests.conftest import ROOT, SLUG, small_project
from tests.support.previewed import Preview, previewing

HERE = f"monographs/{SLUG}/"
INDEX = f"docs/{HERE}index.md"
LATIN_1 = "\nCafé\n".encode("latin-1")


def small(target: Path) -> Path:
    """The project as it is, with the fictional medicine alone."""
    copied(ROOT, target)
    for folder in ("docs", "macros/data"):
        shutil.rmtree(target / folder)
    small_project(target)
    settings = target / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").partition("\nnav:")[0], "utf-8")
    return target


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    with previewing(small(tmp_path_factory.mktemp("preview"))) as running:
        yield running
