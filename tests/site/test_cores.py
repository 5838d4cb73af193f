"""Jobs side by side: in which order their results come, and what becomes of the others when one fails."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from macros.finding import Refused
from macros.site.cores import at_once, in_batches, meanwhile

# Ends when the file is there that the failing job leaves.
_PROGRAM = "import pathlib, sys\nwhile not pathlib.Path(sys.argv[1]).exists(): pass"


def _job(folder: Path, name: str) -> str:
    """A job of which `fails` leaves a sign and fails, `starts` starts a program and leaves a sign after it."""
    if name == "starts":
        (folder / "begun").touch()
        subprocess.run([sys.executable, "-c", _PROGRAM, str(folder / "failed")], check=True)
        (folder / "ended").touch()
    elif name == "fails":
        while not (folder / "begun").exists():
            pass
        (folder / "failed").touch()
        raise Refused("it failed")
    return name


@pytest.mark.parametrize("cores", [1, 2])
def test_results_come_in_the_order_of_the_jobs_and_all_jobs_are_done(tmp_path: Path, cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    with meanwhile(_job, [(tmp_path, "a"), (tmp_path, "b"), (tmp_path, "c")]) as results:
        assert next(results) == "a"
        assert [*results] == ["b", "c"]
    with meanwhile(_job, [(tmp_path, "starts")]):
        (tmp_path / "failed").touch()
    assert (tmp_path / "ended").exists()


def test_a_job_that_started_a_program_is_waited_for_when_another_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the program would go on, with the lock that it was handed."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with (
        pytest.raises(Refused, match=r"^it failed$"),
        meanwhile(_job, [(tmp_path, "fails"), (tmp_path, "starts")], programs=True) as results,
    ):
        next(results)
    assert (tmp_path / "ended").exists()


def _held(folder: Path, box: list[str]) -> list[str]:
    """What the box holds, told once `gone` is there."""
    while not (folder / "gone").exists():
        pass
    return box


@pytest.mark.parametrize("begin", [meanwhile, lambda *given: nullcontext(at_once(*given))], ids=["meanwhile", "at once"])
def test_jobs_are_done_with_what_they_held_when_they_were_begun(
    tmp_path: Path, begin: Callable[..., AbstractContextManager[Iterator[list[str]]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else one that waits for a core would find what was changed meanwhile, or stop all where it is packed in that moment."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    box = ["as begun"]
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "gone").touch()
    with begin(_held, [(tmp_path / "first", box), *[(tmp_path, box)] * 7]) as results:
        assert next(results) == ["as begun"]
        box.append("changed meanwhile")
        (tmp_path / "gone").touch()
        assert [*results] == [["as begun"]] * 7


@pytest.mark.parametrize(("count", "most", "sizes"), [(0, 3, []), (1, 3, [1]), (7, 3, [1, 2, 2, 2]), (6, 3, [3, 3])])
def test_batches_have_nearly_one_size_and_none_is_too_large(
    count: int, most: int, sizes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    batches = in_batches(range(count), most)
    assert ([len(each) for each in batches], [each for batch in batches for each in batch]) == (sizes, [*range(count)])
