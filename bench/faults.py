"""Breaks off, crowds and starves the commands that publish, and says what was left; needs root for the full and the read-only disk.

python -m bench.faults FOLDER [TIMES]: works in an empty folder, prints a row for each fault, ends with 1 if one left something broken.
What was seen stands in FAULTS.md.
"""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep

from bench.built import run
from macros.site.clock import HANDED_ON
from tests.conftest import TODAY
from tests.support.previewed import previewing, small_site

_PAGE = "docs/about/statuses.md"
_STATES = ("The notes are short.", "The notes are few.")
_TRACE = "Traceback"
_ROOMS = (0, 100_000, 400_000, 1_000_000, 2_000_000, 3_000_000, 4_000_000, 6_000_000, 8_000_000)  # bytes that a full disk has left
_LONGEST = 60  # seconds that a preview may take for the last save
_LETTERS = "abcdefghij"
_SAVED = re.compile(r"Saved as (\w+)\.")
Tree = dict[str, str]


def tree(folder: Path) -> Tree:
    """The hash of each file below."""
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def written(project: Path, state: int) -> None:
    """Brings the project into one of its two states, with its register."""
    shutil.copyfile(project.with_name(f"page-{state}"), project / _PAGE)
    shutil.copytree(project.with_name(f"register-{state}"), project / "register", dirs_exist_ok=True)


def prepared(folder: Path) -> tuple[Path, dict[str, list[Tree]]]:
    """A small project that may be in two states, and what each command makes of both from nothing."""
    project = small_site(folder / "project")
    made: dict[str, list[Tree]] = {"site": [], "dist": []}
    text = (project / _PAGE).read_text("utf-8")
    for state, sentence in enumerate(_STATES):
        (folder / f"page-{state}").write_text(text.replace("{{ colophon", f"{sentence}\n\n{{{{ colophon"), "utf-8")
        shutil.copyfile(folder / f"page-{state}", project / _PAGE)
        assert run(project, "generate").returncode == 0
        shutil.copytree(project / "register", folder / f"register-{state}")
        shutil.rmtree(project / ".cache")
        shutil.rmtree(project / "dist", ignore_errors=True)
        for command, place in (("site", "site"), ("bundle", "dist")):
            done = run(project, command)
            assert done.returncode == 0, done.stdout + done.stderr
            made[place].append(tree(project / place))
    return project, made


def whole(project: Path, made: dict[str, list[Tree]]) -> bool:
    """Whether site and copies are those of one state; copies of both may lie side by side."""
    copies = tree(project / "dist")
    known = {**made["dist"][0], **made["dist"][1]}
    zips = {name.removesuffix(".sha256") for name in copies}
    return tree(project / "site") in made["site"] and copies.items() <= known.items() and all(
        {name, f"{name}.sha256"} <= copies.keys() for name in zips
    )  # fmt: skip


def killed(project: Path, made: dict[str, list[Tree]], times: int, seed: int) -> Iterator[str]:
    """What was broken after a command was killed at a random moment, and after it was run to its end."""
    dice = random.Random(seed)
    longest = {"site": 0.0, "bundle": 0.0}
    for command in longest:
        shutil.rmtree(project / ".cache", ignore_errors=True)
        began = monotonic()
        run(project, command)
        longest[command] = monotonic() - began
    for number in range(times):
        command, state = dice.choice(["site", "bundle"]), dice.randrange(2)
        written(project, state)
        if dice.random() < 0.4:
            shutil.rmtree(project / ".cache", ignore_errors=True)
        moment = dice.uniform(0.05, longest[command])
        words = [sys.executable, "-m", "macros", command]
        with subprocess.Popen(words, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as running:
            try:
                running.wait(moment)
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, signal.SIGKILL)
        print(f"    {number}: {command}, {moment:.2f} s: {'killed' if running.returncode else 'had ended'}", flush=True)
        place = {"site": "site", "bundle": "dist"}[command]
        run(project, "--help")  # any command puts back what an exchange took away
        if not whole(project, made):
            yield f"{number}: {command} killed after {moment:.2f} s left something half"
        if dice.random() < 0.5:
            done = run(project, command)
            right = made[place][state].items() <= tree(project / place).items()
            if done.returncode or not right or not whole(project, made):
                yield f"{number}: then {command} ended with {done.returncode}, {right=}: {done.stderr[-300:]}"


def crowded(project: Path, made: dict[str, list[Tree]], times: int) -> Iterator[str]:
    """What was broken when a command was begun twice at once."""
    for number in range(times):
        written(project, number % 2)
        words = [sys.executable, "-m", "macros", "site"]
        both = [subprocess.Popen(words, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
        said = [each.communicate() for each in both]
        codes = sorted(each.returncode for each in both)
        traced = any(_TRACE in text for pair in said for text in pair)
        if codes not in ([0, 0], [0, 1]) or traced or tree(project / "site") != made["site"][number % 2]:
            yield f"{number}: exit codes {codes}: {said}"


@contextmanager
def disk(place: Path, project: Path, room: int) -> Iterator[Path]:
    """A disk of its own that holds the project and so many free bytes."""
    size = sum(-(-path.stat().st_size // 4096) * 4096 for path in project.rglob("*") if path.is_file()) + 4096 * 600
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size + room}", "none", str(place)], check=True)
    try:
        yield Path(shutil.copytree(project, place / "project", symlinks=True))
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def starved(project: Path, made: dict[str, list[Tree]], folder: Path) -> Iterator[str]:
    """What was broken on a disk with too little room, and on one that can't be written to."""
    for room in _ROOMS:
        for command in ("site", "bundle"):
            written(project, 0)
            with disk(folder / "disk", project, room) as there:
                shutil.rmtree(there / ".cache", ignore_errors=True)
                filler = there.parent / "filler"
                with filler.open("wb") as file:  # what the cache had
                    file.truncate(0)
                    free = shutil.disk_usage(there).free - room
                    if free > 0:
                        file.write(bytes(free))
                done = run(there, command)
                filler.unlink()
                run(there, "--help")
                bad = _TRACE in done.stdout + done.stderr or done.returncode not in (0, 1) or not whole(there, made)
                _tell(f"{room:>9} bytes free, {command}", done)
                if bad:
                    yield f"{room} bytes free, {command}: {done.returncode}: {(done.stdout + done.stderr)[-600:]}"
                subprocess.run(["mount", "-o", "remount,size=1g", str(there.parent)], check=True)
                again = run(there, command)
                _tell("with room again", again)
                if again.returncode or not whole(there, made):
                    yield f"{room} bytes free, {command}: with room again it ended with {again.returncode}: {again.stderr[-300:]}"
    with disk(folder / "disk", project, 50_000_000) as there:
        subprocess.run(["mount", "-o", "remount,ro", str(there.parent)], check=True)
        for command in ("site", "bundle", "check", "generate", "zim"):
            done = run(there, command, PYTHONDONTWRITEBYTECODE="1")
            _tell(f"read-only, {command}", done)
            if _TRACE in done.stdout + done.stderr or not whole(there, made):
                yield f"read-only, {command}: {(done.stdout + done.stderr)[-600:]}"


def previewed(project: Path, made: dict[str, list[Tree]], times: int) -> Iterator[str]:
    """What was broken by a site that was built beside a running preview, and by a storm of saves under it."""
    written(project, 0)
    text = (project / _PAGE).read_text("utf-8")
    with previewing(project) as preview:
        where = _PAGE.removeprefix("docs/").removesuffix(".md") + "/"
        done = run(project, "site")
        _tell("beside a preview, site", done)
        if done.returncode or tree(project / "site") != made["site"][0]:
            yield f"beside a preview site ended with {done.returncode}: {done.stderr[-300:]}"
        sizes = []
        for storm in range(3):
            for save in range(times):
                last = "".join(_LETTERS[int(digit)] for digit in f"{storm}{save}")  # a figure would be a fault of the page
                preview.put(_PAGE, text.replace(_STATES[0], f"Saved as {last}.").encode())
                sleep(0.02)
            began = monotonic()
            while last not in (shown := {*_SAVED.findall(preview.page(where))}) and monotonic() - began < _LONGEST:
                sleep(0.1)
            if shown != {last}:
                yield f"after storm {storm} the preview shows {sorted(shown)} and not {last}"
            sizes.append(int(Path(f"/proc/{preview.process.pid}/statm").read_text("utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6)
        print(f"    MB of the preview after each storm of {times} saves: {', '.join(f'{size:.0f}' for size in sizes)}", flush=True)
        if sizes[-1] > 1.2 * sizes[0]:
            yield "the preview grows"
    written(project, 0)


def _tell(name: str, done: subprocess.CompletedProcess[str]) -> None:
    told = (done.stderr.strip() or done.stdout.strip()).splitlines()
    print(f"    {name}: {done.returncode}: {told[-1][:160] if told else 'not a word'}", flush=True)


def main(folder: Path, times: int) -> int:
    """Prints a row for each fault; the exit code."""
    os.environ |= {HANDED_ON: TODAY.isoformat(), "SOURCE_DATE_EPOCH": str(int(datetime(*TODAY.timetuple()[:3], tzinfo=UTC).timestamp()))}
    project, made = prepared(folder)
    found: list[str] = []
    for name, broken in (
        (f"twice at once, {max(times // 10, 2)} times", crowded(project, made, max(times // 10, 2))),
        ("full and read-only disk", starved(project, made, folder)),
        (f"a preview, {times} saves in each of three storms", previewed(project, made, times)),
        (f"killed, {times} times", killed(project, made, times, 18)),
    ):
        print(name, flush=True)
        lines = list(broken)
        print(f"  {'; '.join(lines) or 'nothing broken'}", flush=True)
        found += lines
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), int(sys.argv[2]) if sys.argv[2:] else 100))
