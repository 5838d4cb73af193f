"""What others made and the site carries along has its licence beside it, in the site and in each copy."""

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from urllib.parse import unquote

import pytest

from macros.site.notices import NAME, NOTICES, THEME, text
from tests.conftest import ROOT
from tests.support.copies import made, unzipped

ICONS = Path(str(distribution("mkdocs-material").locate_file("material/templates/.icons")))
OURS = 'class="drawing"'  # what macros draw
# What the theme's files hold by their own account: the packages of npm in their maps, the names in their banners.
PACKED = re.compile(r"node_modules/((?:@[^/]+/)?[^/]+)/")
BANNER = re.compile(r"/\*!\s*\*?\s*([a-z-]+)")
# Parts of clipboard, which its own file holds: no map names them. Three of them are of its author and bring no file of their own.
UNTOLD = {"tiny-emitter"}


def names(file: str) -> set[str]:
    """The works that notices name for a file of the site."""
    return {each.name for each in NOTICES if any(fnmatch(file, pattern) for pattern in each.files)}


def assets(site: Path) -> dict[str, Path]:
    """The files of others beside the pages: those that neither `overrides` nor `docs` holds."""
    own = {path.relative_to(ROOT / folder).as_posix() for folder in ("overrides", "docs") for path in (ROOT / folder).rglob("*")}
    found = {path.relative_to(site).as_posix(): path for path in sorted((site / "assets").rglob("*")) if path.is_file()}
    return {name: path for name, path in found.items() if name not in own}


@cache
def families() -> dict[tuple[str, ...], str]:
    """The folder of the theme's icons that a drawing is from, by its strokes."""
    return {strokes(path.read_text("utf-8")): path.relative_to(ICONS).parts[0] for path in ICONS.rglob("*.svg")}


def strokes(drawing: str) -> tuple[str, ...]:
    """What tells a drawing from all others."""
    return tuple(re.findall(r""" d=["']([^"']+)["']""", drawing))


def icons(content: str) -> Iterator[str]:
    """The folder of each icon in a page or a style sheet; raises KeyError for a drawing of none."""
    for drawing in re.findall(r"<svg.*?</svg>", unquote(content), re.DOTALL):
        if OURS not in drawing:
            yield f"{families()[strokes(drawing)]} (icons)"


def test_the_site_has_its_own_licence_and_those_of_others(copy: Path) -> None:
    said = (copy / "site" / NAME).read_text("utf-8")
    assert said == text() and (ROOT / "LICENSE").read_text("utf-8") in said
    assert [each.name for each in NOTICES if each.text.read_text("utf-8").strip() not in said] == []


def test_so_has_each_copy(offline: Path, tmp_path: Path) -> None:
    assert (unzipped(made(offline), tmp_path) / "site" / NAME).read_text("utf-8") == text()


def test_each_file_of_others_has_a_notice_and_each_notice_a_file(copy: Path) -> None:
    files = assets(copy / "site")
    assert {name: names(name) for name in files if THEME not in names(name)} == {}
    patterns = {pattern for each in NOTICES for pattern in each.files}
    assert {pattern for pattern in patterns if not any(fnmatch(name, pattern) for name in [*files, "index.html"])} == set()


def test_what_is_packed_into_them_has_a_notice(copy: Path) -> None:
    found: dict[str, set[str]] = {}
    for name, path in assets(copy / "site").items():
        content = path.read_text("utf-8")
        if name.endswith(".map"):
            found[name.removesuffix(".map")] = set(PACKED.findall("\n".join(json.loads(content)["sources"])))
        elif name.endswith(".js"):
            assert set(BANNER.findall(content)) <= names(name)
    assert {name: packed - names(name) for name, packed in found.items() if packed - names(name)} == {}
    named = {each.name for each in NOTICES if each.text.parent.name == "notices"}
    assert named == set().union(*found.values()) | UNTOLD == {path.stem for path in (ROOT / "macros/notices").iterdir()}


def test_each_icon_has_a_notice(copy: Path) -> None:
    site = copy / "site"
    for path in [*site.glob("assets/**/*.css"), site / "index.html", site / "404.html", *site.glob("monographs/*/index.html")]:
        name = path.relative_to(site).as_posix()
        assert set(icons(path.read_text("utf-8"))) <= names(name), name


@pytest.mark.parametrize("name", ["lunr", "workers"])
def test_the_search_of_the_theme_is_left_out(copy: Path, name: str) -> None:
    assert list((copy / "site/assets").rglob(name)) == []
