"""What breaks while a site or a copy is made, tried for real: killed, twice at once, a full disk, a read-only folder, a running preview.

python -m bench.faults FOLDER, or `make faults`, prints a table. Full disks and read-only folders are mounts, so these need root on Linux
and are left out by name elsewhere. Seconds are waited here and nowhere in the tests: a moment to be killed at is a matter of time.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from time import perf_counter, sleep
from urllib.error import URLError
from urllib.request import urlopen

from bench.built import ROOT
from bench.synthetic import laid_out, registered
from macros.pages.markdown import DOCS, MONOGRAPHS
from macros.site.clock import today
from macros.site.serving import previewing

_TODAY = today(ROOT)
_MOMENTS = 20  # at which a command is killed, from its first to its last
_WORDS = "Words that were just saved."
_STORM = 150  # saves, one after the other
_RISES = (0, 1, 2, 4, 8, 16, 32)  # MB that are free beside the project, on disks that are full


class Project:
    """A project with two monographs, a page that was changed since, and the site or copy from before."""

    def __init__(self, folder: Path, command: str, made: str) -> None:
        self.before, self.here, self.command, self.made = folder / "before", folder / "here", command, made
        self.before.mkdir()
        laid_out(ROOT, self.before, 2, _TODAY)
        registered(self.before, _TODAY)
        assert self.run(self.before).returncode == 0
        self.old = digest(self.before / made)
        page = min((self.before / DOCS / MONOGRAPHS).glob("*/index.md"))
        page.write_text(page.read_text("utf-8").replace("\n## ", f"\n{_WORDS}\n\n## ", 1), "utf-8")
        assert _run(self.before, "generate").returncode == 0
        self.restored()
        began = perf_counter()
        assert self.run(self.here).returncode == 0
        self.seconds, self.new = perf_counter() - began, digest(self.here / made)
        assert self.old != self.new

    def restored(self) -> None:
        """Makes the folder what it was when a page had been changed and agreed to, and nothing had been made of it yet."""
        shutil.rmtree(self.here, ignore_errors=True)
        shutil.copytree(self.before, self.here, symlinks=True)

    def run(self, here: Path) -> subprocess.CompletedProcess[str]:
        """The command, to its end."""
        return _run(here, self.command)

    def after(self, here: Path) -> str:
        """Which of the two is there; anything else is none that readers may get."""
        found = digest(here / self.made)
        return "old whole" if found == self.old else "new whole" if found == self.new else "BROKEN"

    def again(self, here: Path) -> str:
        """What the same command makes of what was left."""
        done = self.run(here)
        return "then new" if done.returncode == 0 and self.after(here) == "new whole" else f"THEN {done.stderr.strip() or self.after(here)}"


def digest(folder: Path) -> str:
    """A hash of all that a folder holds, by name and content."""
    total = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        total.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return total.hexdigest()


def killed(project: Project) -> Iterator[str]:
    """The command killed with all that it started, at moments from its first to its last."""
    for moment in range(_MOMENTS):
        project.restored()
        running = _begun(project.here, project.command)
        sleep(project.seconds * (moment + 0.5) / _MOMENTS)
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        yield f"{project.after(project.here)}, {project.again(project.here)}"


def killed_alone(project: Project) -> Iterator[str]:
    """The command alone killed, so that what it started goes on for a while."""
    for moment in range(_MOMENTS // 2):
        project.restored()
        running = _begun(project.here, project.command)
        sleep(project.seconds * (moment + 0.5) / (_MOMENTS // 2))
        running.kill()
        running.wait()
        seen = project.after(project.here)
        while (done := project.run(project.here)).returncode and "another command" in done.stderr:
            sleep(0.2)
        yield f"{seen}, {project.again(project.here)}"


def twice(project: Project) -> Iterator[str]:
    """Two of them begun at once: one makes it, the other says a sentence."""
    for _ in range(5):
        project.restored()
        both = [_begun(project.here, project.command, said=True) for _ in range(2)]
        said = [each.communicate()[1] for each in both]
        ends = sorted(each.returncode for each in both)
        refused = _sentence(next((text for each, text in zip(both, said, strict=True) if each.returncode), ""))
        yield f"{ends}, {refused}, {project.after(project.here)}"


def full(project: Project) -> Iterator[str]:
    """On disks that have no more than so many MB left."""
    for rise in _RISES:
        project.restored()
        size = sum(path.stat().st_blocks * 512 for path in project.here.rglob("*") if path.is_file() and not path.is_symlink())
        with _mounted(project.here.with_name("disk"), "-t", "tmpfs", "-o", f"size={size * 11 // 10 + rise * 1_000_000}", "none") as disk:
            try:
                shutil.copytree(project.here, disk / "here", symlinks=True)
            except OSError:
                yield f"{rise} MB: the project itself does not fit"
                continue
            done = project.run(disk / "here")
            said = f"exit {done.returncode}{f', {_sentence(done.stderr)}' if done.returncode else ''}"
            seen = project.after(disk / "here")
            subprocess.run(["mount", "-o", "remount,size=2g", str(disk)], check=True)
            yield f"{said}, {seen}, {project.again(disk / 'here')}"


def read_only(project: Project) -> Iterator[str]:
    """On a disk that lets nothing be written."""
    project.restored()
    with _mounted(project.here.with_name("disk"), "--bind", "-o", "ro", str(project.here)) as disk:
        done = project.run(disk)
        yield f"exit {done.returncode}, {_sentence(done.stderr)}, {project.after(disk)}"
    yield project.again(project.here)


def beside_a_preview(project: Project) -> Iterator[str]:
    """While a preview of all runs, which goes on answering."""
    project.restored()
    with _preview(project.here, None) as (_, address):
        done = project.run(project.here)
        seen = f"exit {done.returncode}, {project.after(project.here)}"
        yield f"{seen}, the preview answers {_answer(address) is not None}"


def storm(project: Project) -> Iterator[str]:
    """A page saved again and again in a preview: the last words show, and no others; memory is as it was."""
    project.restored()
    page = min((project.here / DOCS / MONOGRAPHS).glob("*/index.md"))
    text = page.read_text("utf-8")
    with _preview(project.here, page.parent.name) as (preview, address):
        where = f"{address}{MONOGRAPHS}/{page.parent.name}/"
        sizes = []
        for round_ in range(3):
            for number in range(_STORM):
                page.write_text(text.replace(_WORDS, f"{_WORDS} Saved {round_} and {number} in letters."), "utf-8")
                sleep(0.02)
            last = f"Saved {round_} and {_STORM - 1} in letters"
            began = perf_counter()
            while last not in (_answer(where) or ""):
                if perf_counter() - began > 60:
                    yield f"STALE after {_STORM} saves"
                    return
                sleep(0.1)
            sizes.append(_memory(preview.pid))
        stale = [line for line in (_answer(where) or "").split("Saved ")[1:] if not line.startswith(f"2 and {_STORM - 1} ")]
        words = "STALE words" if stale else "the last words alone"
        grows = " GROWS" if sizes[-1] > 1.2 * sizes[0] else ""
        yield f"{words}, memory {sizes[0]:.0f} to {sizes[-1]:.0f} MB{grows}"


FAULTS: dict[str, Callable[[Project], Iterator[str]]] = {
    "killed with all that it started": killed,
    "killed alone": killed_alone,
    "begun twice at once": twice,
    "a full disk": full,
    "a read-only folder": read_only,
    "beside a running preview": beside_a_preview,
    "a preview under a storm of saves": storm,
}
_OF_A_SITE = ("beside a running preview", "a preview under a storm of saves")
_MOUNTS = ("a full disk", "a read-only folder")


def main(folder: Path) -> None:
    """Prints the table; ends with 1 where anything was found that must not be."""
    print("| fault | tried on | seen, and how often |\n|---|---|---|")
    wrong = False
    for command, made in (("site", "site"), ("bundle", "dist")):
        place = folder.resolve() / command
        place.mkdir(parents=True)
        project = Project(place, command, made)
        for name, fault in FAULTS.items():
            if command != "site" and name in _OF_A_SITE:
                continue
            if name in _MOUNTS and not (sys.platform == "linux" and os.geteuid() == 0):
                print(f"| {name} | `make {command}` | left out: needs root on Linux |", flush=True)
                continue
            seen = Counter(fault(project))
            wrong |= any(word.isupper() and len(word) > 3 for text in seen for word in text.replace(",", " ").split())
            told = "; ".join(f"{text}{f' ({times} times)' if times > 1 else ''}" for text, times in seen.items())
            print(f"| {name} | `make {command}` | {told} |", flush=True)
        shutil.rmtree(place)
    sys.exit(wrong)


def _run(here: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "macros", *words]
    return subprocess.run(command, cwd=here, env=_environment(here), capture_output=True, text=True, check=False)


def _begun(here: Path, command: str, said: bool = False) -> subprocess.Popen[str]:
    out = subprocess.PIPE if said else subprocess.DEVNULL
    words = [sys.executable, "-m", "macros", command]
    return subprocess.Popen(words, cwd=here, env=_environment(here), stdout=out, stderr=out, text=True, start_new_session=True)


def _environment(here: Path) -> dict[str, str]:
    return {**os.environ, "MONOGRAPHS_TODAY": _TODAY.isoformat(), "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(here)}


def _sentence(said: str) -> str:
    """What a command said, if it is a sentence and no page of code."""
    return "A TRACEBACK" if "Traceback" in said else f"“{said.strip().splitlines()[-1].rpartition('/')[2]}”" if said.strip() else "NO WORD"


@contextmanager
def _mounted(place: Path, *how: str) -> Iterator[Path]:
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", *how, str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@contextmanager
def _preview(here: Path, slug: str | None) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    command = previewing(here, slug, _TODAY) if slug else [sys.executable, "-m", "mkdocs", "serve"]
    preview = subprocess.Popen(
        [*command, "-q", "-a", place], cwd=here, env=_environment(here), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while _answer(f"http://{place}/") is None and preview.poll() is None:
            sleep(0.1)
        yield preview, f"http://{place}/"
    finally:
        preview.terminate()
        preview.wait()


def _answer(address: str) -> str | None:
    try:
        return bytes(urlopen(address, timeout=60).read()).decode()
    except (URLError, TimeoutError, ConnectionError):
        return None


def _memory(pid: int) -> float:
    """The MB that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text("utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main(Path(sys.argv[1]))
