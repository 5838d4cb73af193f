"""Some parts of the project as a project of its own for MkDocs, so that none of its runs holds the pages of all medicines."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import dirname, join, normpath

import yaml

from macros.pages import settings
from macros.pages.markdown import DOCS, MONOGRAPHS, front_matter
from macros.site import menu
from macros.site.leaf import SITE

# The program that makes pages of Markdown. ProperDocs and Zensical take the same words; bench/PORTABILITY.md says what they make of it.
BUILDER = "mkdocs"
_SHARED = "shared.yml"
_SITE = "site"
LEFT_OUT = "This page is left out here.\n"
# By this variable Live knows that pages are built part by part, for what kind of site.
PARTS = "MONOGRAPHS_PARTS"
_LINK = re.compile(r"\]\(([^)\s#]+\.md)")
_TRACE = "Traceback (most recent call last):"


class Failed(Exception):
    """The build itself stopped; the text says where."""


@dataclass(frozen=True)
class Shard:
    """Parts that MkDocs builds in one run: their slugs, "" for what belongs to no medicine, and the pages of each under docs."""

    slugs: tuple[str, ...]
    pages: Mapping[str, tuple[str, ...]]


def build(
    root: Path, folder: Path, shard: Shard, edition: Mapping[str, object], environment: Mapping[str, str], lock: tuple[int, ...]
) -> Path:
    """The site that the builder makes of the shard in an empty folder, with these words of the edition for templates. Raises Failed."""
    lay_out(root, folder, shard, extra={"edition": dict(edition)})
    command = [sys.executable, "-m", BUILDER, "build", "--strict", "-f", str(folder / settings.SETTINGS)]
    done = subprocess.run(
        command,
        cwd=folder,
        env={name: text for name, text in {**os.environ, **environment}.items() if text or name != "SOURCE_DATE_EPOCH"},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        pass_fds=lock,
    )
    if done.returncode:
        said, _, trace = f"{done.stdout}{done.stderr}".partition(_TRACE)
        lines = [line for line in said.splitlines() if line and not line.startswith("INFO")]
        raise Failed("\n".join([f"{BUILDER} stopped, nothing was published:", *lines, *trace.splitlines()[-1:]]))
    return folder / _SITE


def lay_out(root: Path, folder: Path, shard: Shard, watch: Collection[str] = (), extra: Mapping[str, object] | None = None) -> None:
    """Writes the project of the shard into an empty folder.

    `watch` are the files at whose change a preview is made anew, `extra` what templates get besides what mkdocs.yml gives them.
    """
    docs = folder / DOCS
    docs.mkdir(parents=True)
    for name in ("macros", "overrides"):
        _linked(root / name, folder / name)
    own = {page for slug in shard.slugs for page in shard.pages[slug]}
    put = _linked if watch else shutil.copytree  # Zensical finds no page behind a link to a folder
    for slug in shard.slugs:
        if slug != SITE:
            (docs / MONOGRAPHS).mkdir(exist_ok=True)
            put(root / DOCS / MONOGRAPHS / slug, docs / MONOGRAPHS / slug)
    if SITE in shard.slugs:
        put(root / DOCS / "assets", docs / "assets")
    shown = menu.shown(root, shard.slugs)
    # What is only led to or stands in the menu is there by its title.
    for page in sorted({*menu.pages_in(shown), *_led_to(root, own)} - own):
        if (root / DOCS / page).is_file():
            (docs / page).parent.mkdir(parents=True, exist_ok=True)
            (docs / page).write_text(front_matter((root / DOCS / page).read_text("utf-8")) + LEFT_OUT, "utf-8", newline="\n")
    for page in shard.pages[SITE] if SITE in shard.slugs else ():
        (docs / page).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / DOCS / page, docs / page)
    # MkDocs would read the menu of all medicines in seconds, to leave it for the one below.
    (folder / _SHARED).write_text(settings.without_menu(root), "utf-8", newline="\n")
    said = {
        "INHERIT": _SHARED,
        "docs_dir": str(DOCS),
        "site_dir": _SITE,
        "watch": list(watch),
        "extra": dict(extra or {}),
        "theme": {"variant": "classic"},  # Zensical's own look has other parts; Material knows no such setting
        "nav": shown,
        # Rules ask every link of all pages; MkDocs sees the anchors of a few.
        "validation": {"omitted_files": "info", "anchors": "ignore"},
    }
    (folder / settings.SETTINGS).write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), "utf-8")


def _led_to(root: Path, pages: Iterable[str]) -> Iterator[str]:
    """The pages that links typed on these lead to, by their paths under docs."""
    for page in pages:
        for link in _LINK.findall((root / DOCS / page).read_text("utf-8", "replace")):
            there = normpath(join(dirname(page), link))
            if not PurePosixPath(there).is_absolute() and not there.startswith(".."):
                yield there


def _linked(origin: Path, place: Path) -> None:
    """Puts a link to a folder in place, or a copy where the system gives no links."""
    try:
        place.symlink_to(origin, target_is_directory=True)
    except OSError:
        shutil.copytree(origin, place)
