"""What a build may depend on: its input alone, and never the machine, the folder or the form of the addresses."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from bench.built import copied
from macros.formulary.load import slugs
from macros.pages.files import for_programs
from macros.site.check import Checked, check, check_site, site_pages
from macros.site.clock import HANDED_ON
from macros.site.edition import SIGNS
from macros.site.leaf import VERSION
from tests.conftest import ROOT
from tests.support.previewed import small_site

pytestmark = pytest.mark.build


def _build(project: Path, **settings: str) -> Path:
    """The site that plain MkDocs makes of the project, for a day of its own; whether dates lie ahead is not asked here."""
    fixed = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1830000000", HANDED_ON: date.max.isoformat()}
    environment = {**os.environ, **fixed, **settings}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    subprocess.run(command, cwd=project, env=environment, capture_output=True, check=True)
    return project / "site"


def _files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_two_machines_build_the_same_bytes(tmp_path: Path) -> None:
    one = _build(small_site(tmp_path / "one"), PYTHONHASHSEED="1", TZ="America/Los_Angeles", LC_ALL="C")
    other = _build(small_site(tmp_path / "an other é"), PYTHONHASHSEED="2", TZ="Asia/Tokyo", LC_ALL="C.UTF-8")
    first, second = _files(one), _files(other)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


@pytest.fixture(scope="module")
def flat(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Checked]:
    """A copy built with a file for each page, as an offline copy needs it, and what its check read."""
    project = copied(ROOT, tmp_path_factory.mktemp("flat"))
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + "\nuse_directory_urls: false\n", "utf-8")
    site = _build(project)
    for name in for_programs(slugs(ROOT)):  # made by no builder, but with the site
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).touch()
    return site, check(project, date.max)


def test_every_link_of_a_flat_site_leads_somewhere(flat: tuple[Path, Checked]) -> None:
    site, checked = flat
    assert (site / "glossary.html").is_file()
    assert check_site(ROOT, site, checked, site_pages(site, checked)) == ()


@pytest.mark.parametrize("form", ["copy", "flat"])
def test_what_the_page_for_lost_readers_names_is_there(request: pytest.FixtureRequest, form: str) -> None:
    built = request.getfixturevalue(form)
    site = built[0] if isinstance(built, tuple) else built / "site"
    page = LexborHTMLParser((site / "404.html").read_text("utf-8"))
    links = [node.attributes["href"] for node in page.css("article a[href^='/']")]
    assert len(links) == 5
    assert [href for href in links if not (site / href[1:] / "index.html" if href.endswith("/") else site / href[1:]).is_file()] == []


def test_the_gate_reads_a_flat_site_too(flat: tuple[Path, Checked]) -> None:
    site, checked = flat
    page = site / "glossary.html"
    page.write_text(page.read_text("utf-8").replace("</h1>", "</h1><p>Give 5 mg.</p>"), "utf-8")
    assert [finding.rule for finding in check_site(ROOT, site, checked, site_pages(site, checked))] == [
        "built-as-registered",
        "no-loose-figure",
    ]


def test_no_file_of_a_site_holds_a_sign_that_stands_for_words(small_built: Path) -> None:
    """What is new with every edition, or with the data, is kept as a sign; a reader and a search get the words."""
    signs = [sign.encode() for sign in (VERSION, *SIGNS.values())]
    assert [name for name, content in _files(small_built / "site").items() if any(sign in content for sign in signs)] == []
