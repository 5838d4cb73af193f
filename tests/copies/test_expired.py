"""A copy that nobody could use any more is not made: its last day has to lie on the day that it is made, or after it."""

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from macros import __main__ as commands
from macros.site import build, clock
from macros.site.clock import HANDED_ON
from tests.conftest import SLUG

# Each case commits a project.
pytestmark = pytest.mark.slow

MEDICINE = f"macros/data/{SLUG}/medicine.yml"
DUE = f"{MEDICINE}:1: a copy of {{0}} may not be used: the check was due on {{1}}; check the sources, then write a new check_due\n"
OLD = "a copy of {0} may not be used: its pages are of 2026-01-20, and were to be used until {1}; name the day by --today\n"
FORMS = {"bundle": ["bundle"], "page": ["page", SLUG.replace("-", " ")], "zim": ["zim"]}
BUILT = "the copy is built"


@pytest.fixture
def ready(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that could be published, and a build that says so and goes no further."""

    def stop(*_: object, **__: object) -> None:
        raise build.Failed(BUILT)

    for name in (HANDED_ON, "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(commands, "_ROOT", project)
    monkeypatch.setattr(build, "_planned", stop)
    monkeypatch.setattr(shutil, "which", lambda name: name)
    return project


def due_on(project: Path, day: str) -> None:
    """Sets the day of the next check, and renews what follows from it."""
    path = project / MEDICINE
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(f"check_due: {day}" if line.startswith("check_due:") else line for line in lines) + "\n", "utf-8")
    done = CliRunner().invoke(commands.main, ["generate"])
    assert done.exit_code == 0, done.output


def made(*words: str) -> Result:
    """What the command says."""
    return CliRunner().invoke(commands.main, words)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_copy_made_after_the_check_was_due_is_refused(ready: Path, form: list[str]) -> None:
    due_on(ready, "2026-03-01")
    done = made(*form, "--today", "2026-03-02")
    assert (done.exit_code, done.output, (ready / "dist").exists()) == (1, DUE.format("2026-03-02", "2026-03-01"), False)


def test_on_the_last_day_a_copy_is_made(ready: Path) -> None:
    due_on(ready, "2026-03-01")
    assert made("bundle", "--today", "2026-03-01").output == f"{BUILT}\n"


def test_the_day_of_the_pages_counts_if_it_was_set(ready: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    due_on(ready, "2026-03-01")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772409600")
    assert made("bundle").output == DUE.format("2026-03-02", "2026-03-01")


# The day of the next check, that of the machine, and what is said of a copy from a commit of 20 January 2026.
CALENDARS = {
    "in-time": ("2030-01-01", date(2026, 7, 20), f"{BUILT}\n"),
    "pages-of-long-ago": ("2030-01-01", date(2026, 7, 21), OLD.format("2026-07-21", "2026-07-20")),
    "check-was-due": ("2026-03-01", date(2026, 3, 2), DUE.format("2026-03-02", "2026-03-01")),
    "clock-behind": ("2030-01-01", date(2026, 1, 1), f"{BUILT}\n"),
}


@pytest.mark.parametrize(("due", "day", "said"), CALENDARS.values(), ids=CALENDARS)
def test_an_old_commit_counts_by_the_calendar(ready: Path, monkeypatch: pytest.MonkeyPatch, due: str, day: date, said: str) -> None:
    due_on(ready, due)
    (ready / ".gitignore").write_text(".lock\n", "utf-8")
    settings = {**os.environ, "GIT_COMMITTER_DATE": "2026-01-20T12:00:00Z", "GIT_CONFIG_GLOBAL": os.devnull}
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"]):
        subprocess.run(["git", *words], cwd=ready, env=settings, check=True)
    monkeypatch.setattr(clock, "_calendar", lambda: day)
    done = made("bundle")
    assert (done.exit_code, done.output) == (1, said)
