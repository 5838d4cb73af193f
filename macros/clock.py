"""The day that dates are judged by: given, and never read from the machine's clock into any output."""

import os
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path


def today(root: Path, given: str | None = None) -> date:
    """The day to judge data by: as for `page_day`, but with uncommitted changes the calendar's, which an editor writes."""
    if not given and "SOURCE_DATE_EPOCH" not in os.environ and _git(root, "status", "--porcelain") != "":
        return date.today()  # noqa: DTZ011  an editor's own calendar
    return page_day(root, given) or date.today()  # noqa: DTZ011


def page_day(root: Path, given: str | None = None) -> date | None:
    """The day that pages are made for: the one given, else SOURCE_DATE_EPOCH's, else the last commit's, else none."""
    if given:
        return date.fromisoformat(given)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    seconds = int(epoch) if epoch else commit_time(root)
    return datetime.fromtimestamp(seconds, UTC).date() if seconds else None


def commit_time(root: Path) -> int | None:
    """The time of the last commit in seconds since 1970, if there is one."""
    seconds = _git(root, "log", "-1", "--format=%ct")
    return int(seconds) if seconds else None


def _git(root: Path, *words: str) -> str | None:
    try:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
