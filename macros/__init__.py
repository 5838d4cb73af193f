"""The seam to MkDocs: gives the macros to the macro plugin, and nothing else knows it.

The plugin calls `define_env` once per build, Zensical once per page; what is read is read again only when a file changed.
MkDocs executes this file once, so a change of it shows after a restart; a change of any other module shows at once.
"""

import importlib
import logging
import sys
import traceback
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import click

_ROOT = Path(__file__).resolve().parent.parent
if str(_ROOT) not in sys.path:  # Zensical loads this file by its path
    sys.path.insert(0, str(_ROOT))


def define_env(env: Any) -> None:
    """Registers every macro; a macro that fails prints its fault on the page, so that a preview goes on.

    Raises what broken code raises, except in a preview: there each page shows the error instead of its text.
    """
    preview = _in_preview()
    try:
        _forget_changed_code()
        from macros.site.live import Live

        live = Live(_ROOT, env, preview)
        for name in live.macros:
            env.macro(partial(live.run, name), name)
        env.conf["extra"]["edition"] = live.edition()  # for the templates in overrides/
        env.shown = live.shown
    except Exception as error:
        if not preview:
            raise
        env.shown = partial(_replaced, _report(error))


def on_pre_page_macros(env: Any) -> None:
    """Puts what the rules find in a page on top of it, in a preview."""
    env.markdown = env.shown(env.markdown)


def _in_preview() -> bool:
    """Whether an editor is looking.

    MkDocs tells its plugins by an event that macros don't get, but all of its commands run in a context of click that
    has their name; words of the command line may stand in any order, and an environment variable would have to be set.
    """
    context = click.get_current_context(silent=True)
    return context is not None and context.info_name == "serve"


def _forget_changed_code() -> None:
    """Lets go of our modules when one of their files changed, so that they are imported anew."""
    # The stamp stands on the package, since it has to outlive this module, which Zensical makes anew for each page.
    package: Any = importlib.import_module("macros")
    rooms = (path for path in (_ROOT / "macros").iterdir() if path.is_dir() and path.name != "data")  # where all medicines lie
    files = [*(_ROOT / "macros").glob("*.py"), *(path for room in rooms for path in room.rglob("*.py"))]
    stamp = sorted((str(path), path.stat().st_mtime_ns) for path in files)
    if getattr(package, "code", stamp) != stamp:
        for name in [name for name in sys.modules if name.startswith("macros.")]:
            del sys.modules[name]
            vars(package).pop(name.partition(".")[2], None)
        sys.dont_write_bytecode = True  # MkDocs watches the folder: written bytecode would have it build a second time
    package.code = stamp


def _report(error: Exception) -> str:
    """The error in words, after the last line of our code that it came through; printed with its traceback, too."""
    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        places.append((error.filename or "", error.lineno))
    own = [(Path(file).resolve(), line) for file, line in places]  # a preview of one medicine comes to the code by a link
    file, line = [place for place in own if place[0].is_relative_to(_ROOT / "macros")][-1]
    said = f"{file.relative_to(_ROOT).as_posix()}:{line or 1}: {type(error).__name__}: {getattr(error, 'msg', error)}"
    logging.getLogger("mkdocs.plugins.macros").error("%s", said, exc_info=error)
    return said


def _replaced(said: str, _text: str) -> str:
    """The error in place of a page's text, which means nothing without macros."""
    return f'<div class="fault" role="note">{escape(" ".join(said.split())).replace("{", "&#123;")}</div>\n'
