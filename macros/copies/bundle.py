"""Makes the offline copy: the site as it is built for reading from a disk, a page to start from, and a list of all files, in one zip."""

import subprocess
import zipfile
from datetime import date
from hashlib import sha256
from pathlib import Path

from macros.copies import manifest
from macros.copies.offline import DIST, contents, offline_site, page
from macros.finding import Refused
from macros.site.edition import Edition
from macros.site.written import written_whole

_MODE = 0o644
# What a reader looks for comes first in the zip.
_FIRST = ("START-HERE.html", "READ-ME.txt", manifest.NAME)


def bundle(root: Path, today: date, day: date | None, key: Path | None) -> Path:
    """The zip in dist/, with its hash beside it, and with a key of minisign its signature.

    Raises `Refused` when it can't be signed, and what `built` raises.
    """
    if key and not key.is_file():
        raise Refused(f"there is no key '{key}'; make one with `minisign -G`, or leave SIGN_KEY out")
    with offline_site(root, today, day) as (site, this):
        files = {f"site/{name}": content for name, content in contents(site).items()}
        files |= {name: page(name, this).encode() for name in _FIRST[:2]}
        files[manifest.NAME] = manifest.written({name: sha256(content).hexdigest() for name, content in files.items()}).encode()
        name = f"monographs-{this.version}.zip"
        with written_whole(root / DIST, f"{name}.minisig", f"{name}.sha256", name) as part:
            _zip(part / name, files, this.built)
            said = f"{sha256((part / name).read_bytes()).hexdigest()}  {name}\n"
            (part / f"{name}.sha256").write_text(said, "utf-8", newline="\n")
            if key:
                _sign(part / name, key, this)
    return root / DIST / name


def _zip(target: Path, files: dict[str, bytes], day: date) -> None:
    """A zip of the files whose bytes depend on nothing but their names, their contents and the day."""
    with zipfile.ZipFile(target, "w") as archive:
        for name in [*_FIRST, *sorted(files.keys() - {*_FIRST}, key=str.encode)]:
            info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.create_system, info.external_attr, info.compress_type = 3, (0o100000 | _MODE) << 16, zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name], compresslevel=9)


def _sign(path: Path, key: Path, this: Edition) -> None:
    said = f"offline copy {this.version}, use until {this.until}"
    try:
        done = subprocess.run(["minisign", "-S", "-s", str(key), "-m", str(path), "-t", said], check=False)
    except FileNotFoundError as error:
        raise Refused("minisign is not installed; install it (on Debian: apt install minisign), or leave SIGN_KEY out") from error
    if done.returncode:
        raise Refused("minisign did not sign; its words are above, and no copy was made")
