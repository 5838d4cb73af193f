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
from macros.site import headers, search_index
from macros.site.check import check, check_site, site_pages
from macros.site.clock import HANDED_ON, commit_time


class Failed(Exception):
    """The build itself stopped; the text says where."""


def site(root: Path, today: date, day: date | None) -> tuple[Finding, ...]:
    """The findings that kept the site from being published; none means that site/ is new.

    `today` is the day that dates are judged by, `day` the one that the pages are made for, if it was given.
    """
    old = root / ".site-old"
    shutil.rmtree(old, ignore_errors=True)
    with built(root, today, day, offline=False) as (beside, findings):
        try:
            if not findings:
                # A copy is read from a disk, where nothing is sent, so only the hosted site has this file.
                (beside / headers.NAME).write_text(headers.for_hosts(headers.of_site(beside)), "utf-8", newline="\n")
                take_place(beside, root / "site", old)
        finally:
            shutil.rmtree(old, ignore_errors=True)
    return findings


@contextmanager
def built(root: Path, today: date, day: date | None, *, offline: bool) -> Iterator[tuple[Path, tuple[Finding, ...]]]:
    """A new site that passed rules and gate, in a folder that goes afterwards; or what kept it from being built."""
    checked = check(root, today)
    beside = root / (".copy-new" if offline else ".site-new")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        if checked.findings:
            yield beside, checked.findings
            return
        beside.mkdir()  # says in a sentence what MkDocs would say in a page of code
        _build(root, beside, today, day, offline=offline)
        pages = site_pages(beside, checked)
        findings = check_site(root, beside, checked, pages)
        if not findings and checked.book:
            search_index.mark(beside, pages, checked.book)
        yield beside, findings
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def take_place(new: Path, final: Path, old: Path) -> None:
    """Puts the new folder where the final one is, which goes to `old`; whatever interrupts it, there is a final one."""
    try:
        if final.exists():
            final.rename(old)
        new.rename(final)
    except BaseException:  # an interruption must not leave the reader without a site
        if old.exists() and not final.exists():
            old.rename(final)
        raise


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
