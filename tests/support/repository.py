"""A project in git, whatever the settings of this machine are."""

import os
import subprocess
from pathlib import Path

# In UTC it is still the day before.
COMMITTED = "2026-01-21T00:30:00+02:00"


def git(project: Path, *words: str) -> str:
    """What git says in the project; a commit is of one time everywhere."""
    settings = {**os.environ, "GIT_COMMITTER_DATE": COMMITTED, "GIT_CONFIG_GLOBAL": os.devnull}
    command = ["git", "-c", "user.name=x", "-c", "user.email=x@x", *words]
    return subprocess.run(command, cwd=project, env=settings, capture_output=True, text=True, check=True).stdout.strip()


def in_git(project: Path) -> Path:
    """The project as a repository with one commit."""
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "x")
    return project
