"""The seam to MkDocs: gives the macros to the macro plugin, and nothing else knows it.

The plugin calls `define_env` once per build, Zensical once per page; what is read is read again only when a file changed.
"""

import sys
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

_ROOT = Path(__file__).resolve().parent.parent
if str(_ROOT) not in sys.path:  # Zensical loads this file by its path
    sys.path.insert(0, str(_ROOT))


def define_env(env: Any) -> None:
    """Registers every macro; a macro that fails prints its fault on the page, so that a preview goes on."""
    _forget_changed_code()
    from macros.site.live import Live

    live = Live(_ROOT, env)
    for name in live.macros:
        env.macro(partial(live.run, name), name)
    env.conf["extra"]["edition"] = live.edition()  # for the templates in overrides/


def on_pre_page_macros(env: Any) -> None:
    """Puts what the rules find in a page on top of it, in a preview."""
    from macros.site.live import findings_above

    if above := findings_above(_ROOT, env.page):
        env.markdown = above + env.markdown


def _forget_changed_code() -> None:
    """Lets go of our modules when one of their files changed: MkDocs executes only this file again."""
    kept = sys.modules.setdefault("_macros_code", ModuleType("_macros_code"))
    stamp = sorted((str(path), path.stat().st_mtime_ns) for path in _ROOT.glob("macros/**/*.py"))
    if getattr(kept, "stamp", stamp) != stamp:
        package = sys.modules["macros"]
        for name in [name for name in sys.modules if name.startswith("macros.")]:
            del sys.modules[name]
            vars(package).pop(name.partition(".")[2], None)
    vars(kept)["stamp"] = stamp
