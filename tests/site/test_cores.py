"""Jobs side by side: in which order their results come, and what becomes of the others when one fails."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from macros.finding import Refused
from macros.site.cores import in_batches, meanwhile

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


@pytest.mark.parametrize(("count", "most", "sizes"), [(0, 3, []), (1, 3, [1]), (7, 3, [1, 2, 2, 2]), (6, 3, [3, 3])])
def test_batches_have_nearly_one_size_and_none_is_too_large(
    count: int, most: int, sizes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    batches = in_batches(range(count), most)
    assert ([len(each) for each in batches], [each for batch in batches for each in batch]) == (sizes, [*range(count)])
