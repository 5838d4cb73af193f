"""A made-up machine for the set-up scripts: a project folder, and a PATH on which only what a test puts there is found."""

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from bench.built import ROOT

TOOLS = "cat chmod cksum cp dirname env id mkdir mktemp rm sed sh tail true".split()


class Machine:
    """A project folder with our scripts, and a PATH on which only what a test puts there is found."""

    def __init__(self, home: Path) -> None:
        self.home, self.project, self.bin, self.calls = home, home / "my project", home / "bin", home / "calls"
        shutil.copytree(ROOT / "scripts", self.project / "scripts")
        self.bin.mkdir()
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool) or pytest.skip(f"no {tool} here"))

    def add(self, name: str, script: str, folder: Path | None = None) -> Path:
        """An executable that notes its call and then does what the script says."""
        path = (folder or self.bin) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        note = f'echo "{path.name} $*" >>{shlex.quote(str(self.calls))}'
        path.write_text(f"#!/bin/sh\n{note}\n{script}\n", "utf-8")
        path.chmod(0o755)
        return path

    def run(self, script: str, *arguments: str, path: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.bin / "sh"), str(self.project / "scripts" / script), *arguments]
        env = {"PATH": path or str(self.bin), "HOME": str(self.home), **environment}
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=30)

    def called(self, word: str = "") -> list[str]:
        """The calls so far that start with this word."""
        text = self.calls.read_text("utf-8") if self.calls.exists() else ""
        return [call for call in text.splitlines() if call.startswith(word)]
