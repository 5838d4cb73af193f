"""The day that findings are judged by. It never reaches any output."""

import os
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path


def today(root: Path, given: str | None = None) -> date:
    """The day given, else SOURCE_DATE_EPOCH's, else the last commit's; with uncommitted changes the calendar's."""
    if given:
        return date.fromisoformat(given)
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC).date()
    if _git(root, "status", "--porcelain") == "" and (committed := commit_time(root)):
        return datetime.fromtimestamp(committed, UTC).date()
    return date.today()  # noqa: DTZ011  an editor's own calendar


def commit_time(root: Path) -> int | None:
    """The time of the last commit in seconds since 1970, if there is one."""
    seconds = _git(root, "log", "-1", "--format=%ct")
    return int(seconds) if seconds else None


def _git(root: Path, *words: str) -> str | None:
    try:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=False)  # noqa: S603, S607
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
