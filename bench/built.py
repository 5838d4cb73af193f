"""A real build of a copy of the project, and a small server for it."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

ROOT = Path(__file__).resolve().parent.parent
_HALF_WRITTEN = shutil.ignore_patterns("*.pyc.*")  # Python writes bytecode under such a name first, while others copy
PARTS = ("docs", "macros", "overrides", "register", "mkdocs.yml", "LICENSE")


def copied(root: Path, target: Path) -> Path:
    """A copy of what a build reads, without git; with bytecode, so that commands in the copy need not compile all of macros/."""
    for part in PARTS:
        if (root / part).is_dir():
            shutil.copytree(root / part, target / part, ignore=_HALF_WRITTEN)
        else:
            shutil.copy(root / part, target / part)
    return target


def run(project: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python -m macros …` in the project, as a person would call it."""
    settings = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment}
    command = [sys.executable, "-m", "macros", *words]
    return subprocess.run(command, cwd=project, env=settings, capture_output=True, text=True, check=False)


def agreed(project: Path) -> Path:
    """The project with the register of what its readers get now, as if whoever owns it agreed to each change."""
    done = run(project, "generate")
    assert done.returncode == 0, done.stderr
    return project


class Quiet(SimpleHTTPRequestHandler):
    """Answers without a word on the screen."""

    sent: ClassVar[Mapping[str, str]] = {}

    def log_message(self, *_: object) -> None:
        pass

    def end_headers(self) -> None:
        for name, value in self.sent.items():
            self.send_header(name, value)
        super().end_headers()


@contextmanager
def served(site: Path, headers: Mapping[str, str] | None = None, answers: type[Quiet] = Quiet) -> Iterator[str]:
    """The address of a server for the folder, on this machine only, which sends these headers with everything."""
    handler = type("_Sending", (answers,), {"sent": headers or {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
