"""Builds the site beside the old one and takes its place only when rules and gate have passed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path

from macros.finding import Finding, Refused
from macros.formulary.book import DATA, Formulary
from macros.site import headers, search_pieces
from macros.site.alone import alone
from macros.site.check import check, check_site, registered, site_pages
from macros.site.clock import HANDED_ON, commit_time, handed_out
from macros.site.edition import edition
from macros.site.written import cleared, cut_off, put_back, written_whole

_SITE = "site"
_TRACE = "Traceback (most recent call last):"


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
    Raises Refused where site is no folder.
    """
    place = root / _SITE
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise Refused("site: this is no folder but a link or a file; remove it, and let what a web server reads be a link to site/")
    with built(root, today, day, offline=False) as (beside, _):
        # A copy is read from a disk, where nothing is sent, so only the hosted site has this file.
        (beside / headers.NAME).write_text(headers.for_hosts(headers.of_site(beside)), "utf-8", newline="\n")
        with written_whole(root, _SITE) as part:
            beside.replace(part / _SITE)


@contextmanager
def built(root: Path, today: date, day: date | None, *, offline: bool) -> Iterator[tuple[Path, Formulary]]:
    """A new site that passed rules and gate, in a folder that goes afterwards, and what it was made from.

    Raises `Rejected` when a rule or the gate finds a fault, `Failed` when MkDocs stops, Refused while another command
    writes in the project, and for a copy that nobody could use any more.
    """
    with alone(root) as lock:
        put_back(root)
        beside = root / (".copy-new" if offline else ".site-new")
        cleared(beside)
        try:
            checked = registered(root, check(root, today))
            if checked.findings or checked.book is None:
                raise Rejected(checked.findings)
            if offline:
                _of_use(root, checked.book, day)
            beside.mkdir()  # says in a sentence what MkDocs would say in a page of code
            _build(root, beside, today, day, lock, offline=offline)
            pages = site_pages(beside, checked)
            if findings := check_site(root, beside, checked, pages):
                raise Rejected(findings)
            search_pieces.mark(beside, pages, checked.book)
            yield beside, checked.book
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def restored(root: Path) -> None:
    """Puts back what an exchange took away before it was cut off; a command that is at it just now is let be."""
    if cut_off(root):
        with suppress(Refused), alone(root):
            put_back(root)


def _of_use(root: Path, book: Formulary, day: date | None) -> None:
    """Raises Refused for a copy whose last day is over before anybody has it."""
    this, made = edition(root, book, day), day or handed_out(root)
    if made <= this.until:
        return
    due, slug = min((each.medicine.check_due, slug) for slug, each in book.monographs.items())
    if due == this.until:
        file = (DATA / slug / "medicine.yml").as_posix()
        raise Refused(
            f"{file}:1: a copy of {made} may not be used: the check was due on {due}; check the sources, then write a new check_due"
        )
    raise Refused(
        f"a copy of {made} may not be used: its pages are of {this.built}, and were to be used until {this.until}; name the day by --today"
    )


def _build(root: Path, target: Path, today: date, day: date | None, lock: tuple[int, ...], *, offline: bool) -> None:
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
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False, pass_fds=lock
    )
    if done.returncode:
        said, _, trace = f"{done.stdout}{done.stderr}".partition(_TRACE)
        lines = [line for line in said.splitlines() if line and not line.startswith("INFO")]
        raise Failed("\n".join(["mkdocs stopped, nothing was published:", *lines, *trace.splitlines()[-1:]]))
