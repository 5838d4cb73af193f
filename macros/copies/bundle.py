"""Makes the offline copy: the site as it is built for reading from a disk, a page to start from, and a list of all files, in one zip.

A copy of chosen medicines has the same form; in the place of each page that it leaves out stands one that says so.
"""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from datetime import date
from hashlib import file_digest
from os import SEEK_END
from pathlib import Path

from macros.copies import chosen, manifest
from macros.copies.offline import carried, opened, page, site_without
from macros.finding import Refused
from macros.site.edition import DIST, zip_name
from macros.site.written import written_whole

_MODE = 0o644
_PUBLIC = re.compile(r"RW[A-Za-z0-9+/]{54}")
# What a reader looks for comes first in the zip.
_FIRST = ("START-HERE.html", "READ-ME.txt", manifest.NAME)


def bundle(root: Path, today: date, day: date | None, key: Path | None, only: str | None = None) -> Path:
    """The zip in dist/, with its hash beside it, and with a key of minisign its signature.

    `only` are the INNs of the medicines whose monographs it holds, with commas between them; without it holds all.
    Raises `Refused` when it can't be signed or there is no such medicine, and what `built` raises.
    """
    if key and not key.is_file():
        raise Refused(f"there is no key '{key}'; make one with `minisign -G`, or leave SIGN_KEY out")
    public = _public(key) if key else ""
    without = chosen.left_out(root, only)
    with site_without(root, today, day, without) as (site, this, book):
        inns = [each.medicine.inn for slug, each in book.monographs.items() if slug not in without] if without else []
        own: dict[str, Path | bytes] = {**carried(site), **chosen.pages_of_left_out(root, without, book, this)}
        files = {f"site/{name}": file for name, file in own.items()}
        files |= {name: page(name, this, chosen=inns, others=len(without), public=public).encode() for name in _FIRST[:2]}
        files[manifest.NAME] = manifest.written({name: _hash(file) for name, file in files.items()}).encode()
        name = zip_name(this.version, chosen.mark(inns))
        with written_whole(root / DIST, f"{name}.minisig", f"{name}.sha256", name) as part:
            _zip(part / name, files, this.built)
            said = f"{_hash(part / name)}  {name}\n"
            (part / f"{name}.sha256").write_text(said, "utf-8", newline="\n")
            if key:
                _sign(
                    part / name, key, public, f"offline copy {this.version}{' of chosen medicines' if inns else ''}, use until {this.until}"
                )
    return root / DIST / name


def _zip(target: Path, files: Mapping[str, Path | bytes], day: date) -> None:
    """A zip of the files whose bytes depend on nothing but their names, their contents and the day."""
    with zipfile.ZipFile(target, "w") as archive:
        for name in [*_FIRST, *sorted(files.keys() - {*_FIRST}, key=str.encode)]:
            info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.create_system, info.external_attr, info.compress_type = 3, (0o100000 | _MODE) << 16, zipfile.ZIP_DEFLATED
            with opened(files[name]) as source:
                info.file_size = source.seek(0, SEEK_END)  # by which the zip knows whether it has to be of the larger kind
                source.seek(0)
                with archive.open(info, "w") as stored:
                    shutil.copyfileobj(source, stored)


def _hash(file: Path | bytes) -> str:
    """The SHA-256 of a file, which may be larger than the memory."""
    with opened(file) as source:
        return file_digest(source, "sha256").hexdigest()


def _public(key: Path) -> str:
    """The public key that lies beside a secret one as minisign wrote it; nothing, if there is none. Raises Refused if it is no such key."""
    path = key.with_suffix(".pub")
    if not path.is_file():
        return ""
    last = path.read_text("utf-8", "replace").strip().rpartition("\n")[2]
    if not _PUBLIC.fullmatch(last):
        raise Refused(f"{path}: is no public key of minisign; put the one there that was made with {key.name}, or take the file away")
    return last


def _sign(path: Path, key: Path, public: str, said: str) -> None:
    try:
        done = subprocess.run(["minisign", "-S", "-s", str(key), "-m", str(path), "-t", said], check=False)
    except FileNotFoundError as error:
        raise Refused("minisign is not installed; install it (on Debian: apt install minisign), or leave SIGN_KEY out") from error
    if done.returncode:
        raise Refused("minisign did not sign; its words are above, and no copy was made")
    if public and subprocess.run(["minisign", "-Vqm", str(path), "-P", public], check=False).returncode:
        raise Refused(f"{key.with_suffix('.pub')}: is not the public key of {key.name}, and copies would name it; no copy was made")
