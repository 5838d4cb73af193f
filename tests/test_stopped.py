"""Commands that can't do what they are asked: a plain sentence, exit code 1, and nothing half done."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.built import copied
from macros import __main__ as commands
from macros.editing.scaffold import scaffold
from macros.site import clock
from macros.site.clock import HANDED_ON
from tests.conftest import ROOT, SLUG, TODAY
from tests.support.forked import run


def _emptied(site: Path) -> None:
    shutil.rmtree(site)
    site.mkdir()


def _page_lost(site: Path) -> None:
    (site / "notes/index.html").unlink()


def _page_of_an_older_build(site: Path) -> None:
    (site / "old").mkdir()
    (site / "old/index.html").write_text("<article>Give 5 mg.</article>", "utf-8")


OTHER_SITES = {
    "empty": (_emptied, "holds no page made from docs/about/statuses.md"),
    "incomplete": (_page_lost, "holds no page made from docs/notes.md"),
    "left-over": (_page_of_an_older_build, "holds old/index.html, which is made from no page"),
}


@pytest.mark.parametrize(("spoil", "said"), OTHER_SITES.values(), ids=OTHER_SITES)
def test_a_site_of_other_pages_is_not_judged(small_built: Path, tmp_path: Path, spoil: Callable[[Path], None], said: str) -> None:
    site = shutil.copytree(small_built / "site", tmp_path / "other")
    spoil(site)
    done = run(small_built, "gate", str(site))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{site}: {said}; delete the folder and build it anew from these pages\n"


def test_a_search_for_facts_without_a_hit_says_so(small_built: Path) -> None:
    done = run(small_built, "facts", "zzz")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "no fact holds 'zzz'; try a part of an id, a title or a value\n"


@pytest.mark.parametrize("command", ["generate", "diff HEAD", "stale"])
def test_a_faulty_fact_is_not_taken_for_one_that_is_gone(project: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    data = project / "macros/data" / SLUG / "dose.yml"
    data.write_text(data.read_text("utf-8").replace("10 mL", "10 mLL"), "utf-8")
    monkeypatch.setattr(commands, "_ROOT", project)
    done = CliRunner().invoke(commands.main, command.split())
    assert (done.exit_code, done.stdout) == (1, "")
    assert "unknown unit 'mLL'" in done.stderr
    assert done.stderr.endswith("the facts can't be told while these faults stand; mend them first\n")
    assert not (project / "macros/data/schema").exists()


def test_facts_are_found_while_others_are_faulty(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = project / "macros/data" / SLUG / "dose.yml"
    data.write_text(data.read_text("utf-8").replace("10 mL", "10 mLL"), "utf-8")
    monkeypatch.setattr(commands, "_ROOT", project)
    done = CliRunner().invoke(commands.main, ["facts", "dose/standard"])
    assert (done.exit_code, done.stdout.count("no page can be read while the data has faults")) == (0, 1)


def test_a_reader_of_the_list_may_stop_early(copy: Path) -> None:
    command = [sys.executable, "-m", "macros", "facts"]
    with subprocess.Popen(command, cwd=copy, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        running.stdout.readline()
        running.stdout.close()
        assert (running.stderr.read(), running.wait()) == ("", 1)


NO_DAYS = {"soon": "write a day as 2026-11-22", "2026-02-30": "write a day as 2026-11-22", "9999-12-31": "is no day of this century"}


@pytest.mark.parametrize(("day", "said"), NO_DAYS.items(), ids=NO_DAYS)
def test_a_day_that_is_none_is_refused(small_built: Path, day: str, said: str) -> None:
    done = run(small_built, "check", "--today", day)
    assert (done.returncode, said in done.stderr) == (2, True)


SETTINGS = {
    "word": ({"SOURCE_DATE_EPOCH": "now"}, "SOURCE_DATE_EPOCH is 'now'; write seconds since 1970, or unset it\n"),
    "too-late": ({"SOURCE_DATE_EPOCH": "9" * 17}, f"SOURCE_DATE_EPOCH is '{'9' * 17}'; write seconds since 1970, or unset it\n"),
    "last-century": (
        {"SOURCE_DATE_EPOCH": "5"},
        "SOURCE_DATE_EPOCH is '5', which is no day of this century; write seconds since 1970, or unset it\n",
    ),
    "next-century": (
        {"SOURCE_DATE_EPOCH": "4102444800"},
        "SOURCE_DATE_EPOCH is '4102444800', which is no day of this century; write seconds since 1970, or unset it\n",
    ),
    "handed-on": ({HANDED_ON: "soon"}, "'soon' is no day; write a day as 2026-11-22\n"),
}


@pytest.mark.parametrize(("settings", "said"), SETTINGS.values(), ids=SETTINGS)
def test_a_setting_that_is_no_day_is_refused(small_built: Path, settings: dict[str, str], said: str) -> None:
    done = run(small_built, "check", **settings)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", said)


@pytest.mark.parametrize("problem", [OSError("disk full"), KeyboardInterrupt()], ids=["no-room", "interrupted"])
def test_a_scaffold_is_written_whole_or_not_at_all(project: Path, monkeypatch: pytest.MonkeyPatch, problem: BaseException) -> None:
    shutil.copytree(ROOT / "macros/template", project / "macros/template")
    before = _texts(project)
    write = Path.write_text

    def stopped(path: Path, *args: str, **options: str) -> int:
        if path.name == "mkdocs.yml":
            raise problem
        return write(path, *args, **options)

    monkeypatch.setattr(Path, "write_text", stopped)
    with pytest.raises(type(problem)):
        scaffold(project, "testavec", TODAY)
    assert _texts(project) == before


def test_a_scaffold_that_is_not_stopped_changes_the_project(project: Path) -> None:
    shutil.copytree(ROOT / "macros/template", project / "macros/template")
    before = _texts(project)
    scaffold(project, "testavec", TODAY)
    assert _texts(project).keys() > before.keys()


def _texts(project: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}


@pytest.mark.build
def test_a_file_too_large_for_the_disk_ends_in_words(small_built: Path, tmp_path: Path) -> None:
    project, limit = copied(small_built, tmp_path), "import resource, runpy; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); "
    command = [sys.executable, "-c", limit + "runpy.run_module('macros', run_name='__main__')", "site"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n"), (project / "site").exists()) == (1, "", 1, False)
    assert "File too large" in done.stderr and done.stderr.endswith("; nothing was published\n")


PLACES: dict[str, Callable[[Path], object]] = {
    "link": lambda path: path.symlink_to(path.parent / "docs"),
    "link-to-nowhere": lambda path: path.symlink_to("nowhere"),
    "file": lambda path: path.write_text("x", "utf-8"),
}


@pytest.mark.parametrize("make", PLACES.values(), ids=PLACES)
def test_a_site_that_is_no_folder_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], object]) -> None:
    make(project / "site")
    monkeypatch.setattr(commands, "_ROOT", project)
    done = CliRunner().invoke(commands.main, ["site"])
    said = "site: this is no folder but a link or a file; remove it, and let what a web server reads be a link to site/\n"
    assert (done.exit_code, done.output) == (1, said)


CLOCKS = {"late": date(9999, 12, 31), "early": date(1, 1, 1), "reset": date(1970, 1, 1)}


@pytest.mark.parametrize("day", CLOCKS.values(), ids=CLOCKS)
def test_a_clock_that_is_wrong_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    class Clock(date):
        @classmethod
        def today(cls) -> date:
            return day

    monkeypatch.setattr(clock, "date", Clock)
    monkeypatch.setattr(commands, "_ROOT", project)
    for command in (["check"], ["site"], ["stale"], ["generate"], ["new", "testavec"]):
        done = CliRunner().invoke(commands.main, command)
        said = f"the clock of this machine says {day}, which is no day of this century; set it, or name the day by --today\n"
        assert (done.exit_code, done.output) == (1, said), command


SAID_BY_THE_SYSTEM = {
    "of-a-file": (OSError(28, "No space left on device", "a/b"), "a/b: No space left on device"),
    "of-no-file": (OSError(28, "No space left on device"), "No space left on device"),
    "of-many": (shutil.Error([("x", "a/b", "[Errno 28] No space left on device: 'x' -> 'a/b'")]), "a/b: No space left on device"),
    "in-other-words": (shutil.Error("a/b and a/b are the same file"), "a/b and a/b are the same file"),
}


@pytest.mark.parametrize(("error", "said"), SAID_BY_THE_SYSTEM.values(), ids=SAID_BY_THE_SYSTEM.keys())
def test_what_the_system_says_becomes_a_sentence(monkeypatch: pytest.MonkeyPatch, error: OSError, said: str) -> None:
    def stopped(*_: object) -> None:
        raise error

    monkeypatch.setattr(commands.publish, "site", stopped)
    done = CliRunner().invoke(commands.main, ["site"])
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"{said}; nothing was published\n")
