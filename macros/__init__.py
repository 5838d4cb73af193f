"""The seam to MkDocs: gives the macros to the macro plugin, and nothing else knows it.

The plugin calls `define_env` once per build, Zensical once per page; the data is read again only when a file changed.
"""

import sys
from functools import partial
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parent.parent
if str(_ROOT) not in sys.path:  # Zensical loads this file by its path
    sys.path.insert(0, str(_ROOT))


def define_env(env: Any) -> None:
    """Registers every macro; a macro that fails prints its fault on the page, so that a preview goes on."""
    from macros.live import Live

    live = Live(_ROOT, env)
    for name in live.macros:
        env.macro(partial(live.run, name), name)
