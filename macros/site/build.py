"""Builds the site beside the old one and takes its place only when rules and gate have passed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from macros.finding import Finding
from macros.formulary.book import Formulary
from macros.site import headers, search_index
from macros.site.check import check, check_site, registered, site_pages
from macros.site.clock import HANDED_ON, commit_time
from macros.site.written import written_whole

_SITE = "site"


class Failed(Exception):
    """The build itself stopped; the text says where."""


class Rejected(Exception):
    """Rules or gate found faults, so nothing was published; it carries the findings."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


def site(root: Path, today: date, day: date | None) -> None:
    """Puts a new site into site/. Raises what `built` raises, and then leaves the old one.

    `today` is the day that dates are judged by, `day` the one that the pages are made for, if it was given.
    """
    with built(root, today, day, offline=False) as (beside, _):
        # A copy is read from a disk, where nothing is sent, so only the hosted site has this file.
        (beside / headers.NAME).write_text(headers.for_hosts(headers.of_site(beside)), "utf-8", newline="\n")
        with written_whole(root, _SITE) as part:
            beside.replace(part / _SITE)


@contextmanager
def built(root: Path, today: date, day: date | None, *, offline: bool) -> Iterator[tuple[Path, Formulary]]:
    """A new site that passed rules and gate, in a folder that goes afterwards, and what it was made from.

    Raises `Rejected` when a rule or the gate finds a fault, `Failed` when MkDocs stops.
    """
    checked = registered(root, check(root, today))
    beside = root / (".copy-new" if offline else ".site-new")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        if checked.findings or checked.book is None:
            raise Rejected(checked.findings)
        beside.mkdir()  # says in a sentence what MkDocs would say in a page of code
        _build(root, beside, today, day, offline=offline)
        pages = site_pages(beside, checked)
        if findings := check_site(root, beside, checked, pages):
            raise Rejected(findings)
        search_index.mark(beside, pages, checked.book)
        yield beside, checked.book
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _build(root: Path, target: Path, today: date, day: date | None, *, offline: bool) -> None:
    environment = {
        **os.environ, HANDED_ON: today.isoformat(), "OFFLINE": str(offline).lower(), "NO_MKDOCS_2_WARNING": "1",
        "PYTHONPATH": str(root), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1",
    }  # fmt: skip
    if day:
        environment["SOURCE_DATE_EPOCH"] = str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))
    elif not environment.get("SOURCE_DATE_EPOCH"):
        environment.pop("SOURCE_DATE_EPOCH", None)  # MkDocs stops at one that is set to nothing
        if committed := commit_time(root):
            environment["SOURCE_DATE_EPOCH"] = str(committed)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--site-dir", str(target)]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise Failed(f"mkdocs stopped, nothing was published:\n{done.stdout}{done.stderr}".rstrip())
