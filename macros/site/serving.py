"""The command that shows an editor the site while it is written."""

import signal
import sys
from datetime import date
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

from watchdog.observers.polling import PollingObserver

from macros.finding import Refused, nearest
from macros.formulary.book import DATA
from macros.formulary.naming import slug_of
from macros.pages.settings import SETTINGS
from macros.site import whole
from macros.site.leaf import SITE
from macros.site.shard import Shard, lay_out
from macros.site.written import cleared

_FOLDER = Path(".cache/preview")
_WATCHED = "watched"
ALONE = "alone"  # the setting by which Live knows of which medicine this is a preview
_SOON = 0.1  # seconds from one look at the files of a monograph to the next; MkDocs looks twice a second


def previewing(root: Path, inn: str | None, today: date) -> list[str]:
    """MkDocs as it previews the site, or one monograph alone: as fast however many others there are, which are left out.

    Raises Refused if there is no monograph of this INN.
    """
    command = [sys.executable, "-m", "mkdocs", "serve"]
    if not inn:
        return command
    pages = whole.judged(root, today).pages
    slug = slug_of(inn)
    if slug not in pages:
        raise Refused(f"there is no monograph '{inn}'; {nearest(slug, pages.keys() - {SITE})}")
    folder = root / _FOLDER
    cleared(folder)
    watched = [*_shared(root, folder / _WATCHED), root / DATA / slug, root / "overrides"]
    lay_out(root, folder, Shard((slug,), pages), watch=[*map(str, watched)], extra={ALONE: slug})
    return [*command, "-f", str(folder / SETTINGS)]


def _shared(root: Path, folder: Path) -> list[Path]:
    """What MkDocs has to look at to see a change of the data that all share.

    Of a file it looks at the whole folder, and in that of the data lie all medicines; so these are links in a folder of their own.
    """
    files = sorted((root / DATA).glob("*.yml"))
    folder.mkdir(parents=True)
    try:
        for file in files:
            (folder / file.name).symlink_to(file)
    except OSError:  # a system that gives no links
        return files
    return [folder]


def ended_as_by_hand() -> None:
    """Has MkDocs take the pages of a preview away, which are as large as the site, when its window is closed or its process is ended."""
    if current_thread() is main_thread():
        for name in ("SIGTERM", "SIGHUP"):
            if number := getattr(signal, name, None):  # Windows has one of them
                signal.signal(number, signal.default_int_handler)


def watched_closely(server: Any, config: Any, builder: object) -> None:
    """Has MkDocs see at once that a file changed, which it can afford where it looks at the few of one monograph."""
    watched = [config.docs_dir, config.config_file_path]
    for path in watched:
        server.unwatch(path)
    server.observer = PollingObserver(timeout=_SOON)
    for path in watched:
        server.watch(path)
