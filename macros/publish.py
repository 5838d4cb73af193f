"""Builds the site beside the old one and takes its place only when rules and gate have passed."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from macros.check import check, check_site
from macros.clock import HANDED_ON, commit_time
from macros.finding import Finding


class Failed(Exception):
    """The build itself stopped; the text says where."""


def site(root: Path, today: date, day: date | None) -> tuple[Finding, ...]:
    """The findings that kept the site from being published; none means that site/ is new.

    `today` is the day that dates are judged by, `day` the one that the pages are made for, if it was given.
    """
    checked = check(root, today)
    if checked.findings:
        return checked.findings
    beside, old, final = root / ".site-new", root / ".site-old", root / "site"
    for path in (beside, old):
        shutil.rmtree(path, ignore_errors=True)
    try:
        beside.mkdir()  # says in a sentence what MkDocs would say in a page of code
        _build(root, beside, today, day)
        findings = check_site(root, beside, checked)
        if findings:
            return findings
        take_place(beside, final, old)
        return ()
    finally:
        for path in (beside, old):
            shutil.rmtree(path, ignore_errors=True)


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


def _build(root: Path, target: Path, today: date, day: date | None) -> None:
    environment = {
        **os.environ, HANDED_ON: today.isoformat(), "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(root), "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
    }  # fmt: skip
    if day:
        environment["SOURCE_DATE_EPOCH"] = str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))
    elif not environment.get("SOURCE_DATE_EPOCH") and (committed := commit_time(root)):
        environment["SOURCE_DATE_EPOCH"] = str(committed)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--site-dir", str(target)]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise Failed(f"mkdocs stopped, site/ is as it was:\n{done.stdout}{done.stderr}".rstrip())
