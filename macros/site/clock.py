"""The day that dates are judged by: given, and never read from the machine's clock into any output."""

import os
import re
import subprocess
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from macros.finding import Refused

# By this variable a build tells MkDocs which day it judges by, since its pages may be made for another.
HANDED_ON = "MONOGRAPHS_TODAY"
# Data is judged by the clocks that are ahead of all others: an editor there writes the new day first.
_EARLIEST = timezone(timedelta(hours=14))
# The seconds since 1970 of this century: what any other number means is a mistake, and a zip can't carry every day as a time.
_CENTURY = range(946_684_800, 4_102_444_800)


def day_of(text: str) -> date:
    """The day that the text states."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"'{text}' is no day; write a day as 2026-11-22") from error


def today(root: Path) -> date:
    """The day to judge data by: as for `page_day`, but with uncommitted changes the calendar's, which an editor writes."""
    if handed_on := os.environ.get(HANDED_ON):
        return day_of(handed_on)
    if not os.environ.get("SOURCE_DATE_EPOCH") and changed(root):
        return _calendar()
    return _day(root, _EARLIEST) or _calendar()


def editing_day(root: Path) -> date:
    """The day to date what is written now: that by which `today` judges a tree with changes, however old the last commit."""
    given = os.environ.get(HANDED_ON) or os.environ.get("SOURCE_DATE_EPOCH")
    return today(root) if given else _calendar()


def handed_out(root: Path) -> date:
    """The day on which what is made now reaches a reader: the calendar's, however old the last commit, unless a day was set."""
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return _day(root, UTC) or today(root)
    return today(root) if os.environ.get(HANDED_ON) else max(today(root), _calendar())


def page_day(root: Path) -> date | None:
    """The day that pages are made for: SOURCE_DATE_EPOCH's, else the last commit's, else none."""
    return _day(root, UTC)


def commit_time(root: Path) -> int | None:
    """The time of the last commit in seconds since 1970, if there is one."""
    commit = last_commit(root)
    return commit[1] if commit else None


def last_commit(root: Path) -> tuple[str, int] | None:
    """The first ten letters of the last commit's name and its time in seconds since 1970, if there is one.

    Raises Refused for a time that is none of this century.
    """
    said = _git(root, "log", "-1", "--format=%H %ct")
    name, _, seconds = (said or "").partition(" ")
    if seconds and int(seconds) not in _CENTURY:
        raise Refused(
            f"the last commit was made {seconds} seconds after 1970, which is no day of this century; set the clock, and commit anew"
        )
    return (name[:10], int(seconds)) if seconds else None


def changed(root: Path) -> bool:
    """Whether the tree is not as committed; so is a tree without git."""
    return _git(root, "status", "--porcelain") != ""


def _calendar() -> date:
    """The machine's own day, which an editor writes. Raises Refused for one that is none of this century."""
    try:
        day = date.today()  # noqa: DTZ011
    except (OverflowError, ValueError, OSError):  # a clock after the year 9999
        day = date.max
    if day.year // 100 != 20:
        raise Refused(f"the clock of this machine says {day}, which is no day of this century; set it, or name the day by --today")
    return day


def _day(root: Path, zone: timezone) -> date | None:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch and not re.fullmatch("[0-9]{1,10}", epoch):
        raise Refused(f"SOURCE_DATE_EPOCH is '{epoch}'; write seconds since 1970, or unset it")
    if epoch and int(epoch) not in _CENTURY:
        raise Refused(f"SOURCE_DATE_EPOCH is '{epoch}', which is no day of this century; write seconds since 1970, or unset it")
    seconds = int(epoch) if epoch else commit_time(root)
    return datetime.fromtimestamp(seconds, zone).date() if seconds else None


def _git(root: Path, *words: str) -> str | None:
    # A project that was unpacked within another repository is none of that one's.
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(root.resolve().parent)}
    try:
        done = subprocess.run(["git", *words], cwd=root, env=environment, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
