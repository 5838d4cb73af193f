"""The day that data is judged by and the day that pages are made for, with and without git, in every time zone."""

import os
import subprocess
import time
from datetime import date
from pathlib import Path

import pytest

from macros.site.clock import HANDED_ON, editing_day, page_day, today

# Already the 23rd in Tokyo, still the 22nd by UTC and in New York.
EVENING = "2026-11-22T23:30:00+00:00"


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (HANDED_ON, "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose one commit was made on the evening."""
    (tmp_path / "dose.yml").write_text("a: b\n", "utf-8")
    settings = {**os.environ, "GIT_COMMITTER_DATE": EVENING, "GIT_CONFIG_GLOBAL": os.devnull}
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"]):
        subprocess.run(["git", *words], cwd=tmp_path, env=settings, check=True)
    return tmp_path


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system can't change its time zone")
def test_a_commit_has_the_same_days_everywhere(repository: Path, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert (today(repository), page_day(repository)) == (date(2026, 11, 23), date(2026, 11, 22))
    finally:
        monkeypatch.undo()
        time.tzset()


def test_what_is_not_committed_is_judged_by_the_calendar(repository: Path) -> None:
    (repository / "dose.yml").write_text("a: c\n", "utf-8")
    assert (today(repository), page_day(repository)) == (date.today(), date(2026, 11, 22))  # noqa: DTZ011


def test_what_is_written_now_is_dated_by_the_calendar(repository: Path) -> None:
    """The tree is as committed, on an evening that is the next day elsewhere; a file that is written changes it."""
    day = editing_day(repository)
    (repository / "dose.yml").write_text("a: c\n", "utf-8")
    assert (day, editing_day(repository), today(repository)) == (date.today(),) * 3  # noqa: DTZ011


def test_without_git_only_judging_knows_the_calendar(tmp_path: Path) -> None:
    assert (today(tmp_path), page_day(tmp_path)) == (date.today(), None)  # noqa: DTZ011


GIVEN = {
    "epoch": ({"SOURCE_DATE_EPOCH": "1768867200"}, (date(2026, 1, 20), date(2026, 1, 20))),
    "empty-epoch": ({"SOURCE_DATE_EPOCH": ""}, (date(2026, 11, 23), date(2026, 11, 22))),
    "handed-on": ({HANDED_ON: "2026-12-01"}, (date(2026, 12, 1), date(2026, 11, 22))),
    "both": ({HANDED_ON: "2026-12-01", "SOURCE_DATE_EPOCH": "1768867200"}, (date(2026, 12, 1), date(2026, 1, 20))),
}


@pytest.mark.parametrize(("settings", "days"), GIVEN.values(), ids=GIVEN.keys())
def test_given(repository: Path, settings: dict[str, str], days: tuple[date, date], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert (today(repository), page_day(repository)) == days
    assert editing_day(repository) == (days[0] if any(settings.values()) else date.today())  # noqa: DTZ011
