"""Makes the offline copy for Kiwix, a reader for phones and tablets, with the program that its makers give for this."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from macros.copies.bundle import DIST, contents
from macros.finding import Finding, Refused
from macros.formulary.load import load
from macros.site.build import built
from macros.site.edition import edition

_ILLUSTRATION = Path(__file__).parent.parent / "offline/illustration.png"
# What Kiwix shows of the file in its library. zimwriterfs has no field for the licence, so the description names it.
_SHOWN = {
    "welcome": "index.html",
    "illustration": _ILLUSTRATION.name,
    "language": "eng",
    "description": "Drug monographs in which every figure has a source. CC BY 4.0.",
}


def zim(root: Path, today: date, day: date | None) -> tuple[tuple[Finding, ...], Path]:
    """The findings that kept the copy from being made, and the ZIM file in dist/."""
    if shutil.which("zimwriterfs") is None:
        raise Refused("zimwriterfs is not installed; install it (on Debian: apt install zim-tools), then run the same command again")
    book = load(root, today)[0]
    with built(root, today, day, offline=True) as (site, findings):
        if findings:
            return findings, root
        files = {**contents(site), _ILLUSTRATION.name: _ILLUSTRATION.read_bytes()}
        this = edition(root, book, day)
        return (), _written(root / DIST, f"monographs-{this.version}.zim", files, this.site)


def _written(folder: Path, name: str, files: Mapping[str, bytes], site: str) -> Path:
    """The file, written beside and renamed when it is whole."""
    part = folder / f".new-{os.getpid()}"
    try:
        for path, content in files.items():
            (part / "site" / path).parent.mkdir(parents=True, exist_ok=True)
            (part / "site" / path).write_bytes(content)
        named = {"name": site.lower().replace(" ", "-"), "title": site, "creator": site, "publisher": site}
        settings = [f"--{key}={value}" for key, value in {**_SHOWN, **named}.items()]
        done = subprocess.run(["zimwriterfs", *settings, str(part / "site"), str(part / name)], capture_output=True, text=True, check=False)
        if done.returncode or not (part / name).is_file():
            raise Refused(f"zimwriterfs stopped, no copy was made; it said:\n{done.stdout}{done.stderr}".rstrip())
        (part / name).replace(folder / name)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return folder / name
