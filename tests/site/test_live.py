"""Plain MkDocs, as an editor without make runs it: a fault stands on the page and stops nothing, unless told to be strict."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import SLUG
from tests.support.previewed import small_site

pytestmark = pytest.mark.build
HERE = f"monographs/{SLUG}"
DATA = f"macros/data/{SLUG}"
FAULTS = [
    (f"docs/{HERE}/index.md", 'list("monitoring")', 'list("monitoirng")', "unknown topic 'monitoirng'; did you mean 'monitoring'?"),
    (f"{DATA}/dose.yml", "amount: 4 × 10^13 vg/kg", "amount: 4 × 10^13 vg/gk", "unknown unit 'vg/gk'; write a unit of units.yml in full"),
    (f"{DATA}/safety.yml", "infection:\n", "infection: [\n", f"{DATA}/safety.yml:"),
    ("macros/data/statuses.yml", "border: dashed", "bordr: dashed", "'border' is missing; write 'border:' with its value"),
]  # fmt: skip


@pytest.fixture(params=FAULTS, ids=["page", "unit", "yaml", "vocabulary"])
def broken(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    project = small_site(tmp_path)
    file, old, new, words = request.param
    text = (project / file).read_text("utf-8")
    assert text.count(old) == 1
    (project / file).write_text(text.replace(old, new), "utf-8")
    return project, words


def _build(project: Path, *options: str) -> int:
    command = [sys.executable, "-m", "mkdocs", "build", *options]
    settings = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, cwd=project, env=settings, capture_output=True, check=False).returncode


def test_the_fault_stands_on_the_page(broken: tuple[Path, str]) -> None:
    project, words = broken
    assert _build(project) == 0
    page = LexborHTMLParser((project / "site" / HERE / "index.html").read_text("utf-8"))
    assert any(words in node.text() for node in page.css("article .fault"))
    assert page.css("div.fault, [data-fact][title]") == []  # what only a preview shows


def test_a_strict_build_refuses_it(broken: tuple[Path, str]) -> None:
    assert _build(broken[0], "--strict") != 0


UNREADABLE = {
    "page": (f"docs/monographs/{SLUG}/index.md", "Café".encode("latin-1")),
    "template": ("overrides/main.html", b"{% if %}"),
    "code": ("macros/render/markup.py", b"def broken(:"),
}


@pytest.mark.parametrize(("file", "written"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_build_stops_where_a_preview_goes_on(tmp_path: Path, file: str, written: bytes) -> None:
    project = small_site(tmp_path)
    with (project / file).open("ab") as end:
        end.write(written)
    assert _build(project) != 0
