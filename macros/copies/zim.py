"""Makes the offline copy for Kiwix, a reader for phones and tablets, with the program that its makers give for this."""

import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from macros.copies.offline import PAGES, carried, offline_site
from macros.finding import Refused
from macros.site.edition import DIST
from macros.site.written import written_whole

_ILLUSTRATION = PAGES / "illustration.png"
# What Kiwix shows of the file in its library. zimwriterfs has no field for the licence, so the description names it.
_SHOWN = {
    "welcome": "index.html",
    "illustration": _ILLUSTRATION.name,
    "language": "eng",
    "description": "Drug monographs in which every figure has a source. CC BY 4.0.",
}


def zim(root: Path, today: date, day: date | None) -> Path:
    """The ZIM file in dist/. Raises `Refused` when zimwriterfs is missing or stops, and what `built` raises."""
    if shutil.which("zimwriterfs") is None:
        raise Refused("zimwriterfs is not installed; install it (on Debian: apt install zim-tools), then run the same command again")
    with offline_site(root, today, day) as (site, this):
        files = {**carried(site), _ILLUSTRATION.name: _ILLUSTRATION}
        name = f"monographs-{this.version}.zim"
        with written_whole(root / DIST, name) as part:
            _write(part / name, part / "site", files, this.site)
    return root / DIST / name


def _write(target: Path, folder: Path, files: Mapping[str, Path], site: str) -> None:
    """Makes the ZIM file of these files, which the program wants to find in a folder, with the name of the site."""
    for path, file in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, folder / path)
    named = {"name": site.lower().replace(" ", "-"), "title": site, "creator": site, "publisher": site}
    settings = [f"--{key}={value}" for key, value in {**_SHOWN, **named}.items()]
    done = subprocess.run(["zimwriterfs", *settings, str(folder), str(target)], capture_output=True, text=True, check=False)
    if done.returncode or not target.is_file():
        raise Refused(f"zimwriterfs stopped, no copy was made; it said:\n{done.stdout}{done.stderr}".rstrip())
