"""What MkDocs does anew with the theme in each of its runs, done once: its templates stay compiled, its icons are no files to copy."""

import os
from pathlib import Path
from typing import Any

import jinja2

_FOLDER = Path(".cache/templates")


def quickened(theme: Any, root: Path) -> None:
    """Has MkDocs set up the theme's templates so that they are compiled when they changed, and find what it copies of the theme."""
    folder, set_up = root / _FOLDER, theme.get_env

    def environment() -> jinja2.Environment:
        folder.mkdir(parents=True, exist_ok=True)
        env: jinja2.Environment = set_up()
        env.loader = _Loader(theme.dirs)
        env.bytecode_cache = jinja2.FileSystemBytecodeCache(str(folder), f"{jinja2.__version__}-%s")
        return env

    theme.get_env = environment


class _Loader(jinja2.FileSystemLoader):
    def list_templates(self) -> list[str]:
        """The files of the theme but for what MkDocs leaves out since it begins with a dot: icons by thousands."""
        found: set[str] = set()
        for top in self.searchpath:
            for folder, below, names in os.walk(top):
                below[:] = [name for name in below if not name.startswith(".")]
                found.update((Path(folder) / name).relative_to(top).as_posix() for name in names if not name.startswith("."))
        return sorted(found)
