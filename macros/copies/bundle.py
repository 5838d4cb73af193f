"""Makes the offline copy: the site as it is built for reading from a disk, a page to start from, and a list of all files, in one zip."""

import shutil
import subprocess
import zipfile
from datetime import date
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from macros.copies import manifest
from macros.finding import Finding, Refused
from macros.formulary.load import load
from macros.formulary.words import full_date
from macros.site.build import built
from macros.site.edition import Edition, edition

DIST = Path("dist")
_PAGES = Path(__file__).parent.parent / "offline"
# What a copy does without: maps for programmers, languages of the search that no page is written in, and what only a server uses.
_LEFT_OUT = ("**/*.map", "assets/javascripts/lunr", "404.html", "sitemap.xml", "sitemap.xml.gz", "assets/images/card.*")
_MODE = 0o644
# What a reader looks for comes first in the zip.
_FIRST = ("START-HERE.html", "READ-ME.txt", manifest.NAME)


def bundle(root: Path, today: date, day: date | None, key: Path | None) -> tuple[tuple[Finding, ...], Path]:
    """The findings that kept the copy from being made, and the zip; with a key of minisign, a signature stands beside it."""
    if key and not key.is_file():
        raise Refused(f"there is no key '{key}'; make one with `minisign -G`, or leave SIGN_KEY out")
    book = load(root, today)[0]
    with built(root, today, day, offline=True) as (site, findings):
        if findings:
            return findings, root
        this = edition(root, book, day)
        files = {f"site/{name}": content for name, content in contents(site).items()}
        files |= {name: page(name, this).encode() for name in _FIRST[:2]}
        files[manifest.NAME] = manifest.written({name: sha256(content).hexdigest() for name, content in files.items()}).encode()
        name = f"monographs-{this.version}.zip"
        return (), _published(root / DIST, name, files, this, key)


def contents(site: Path) -> dict[str, bytes]:
    """Each file of a site that a copy needs, by its name."""
    for pattern in _LEFT_OUT:
        for path in site.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def page(name: str, this: Edition, **more: str) -> str:
    """One of the pages that are no part of the site itself, filled with what it has to say of the edition."""
    jinja = Environment(
        loader=FileSystemLoader(_PAGES), undefined=StrictUndefined, keep_trailing_newline=True, autoescape=name.endswith("html")
    )
    text = jinja.get_template(name).render(edition=this, date=full_date, manifest=manifest.NAME, **more)
    if not name.endswith(".txt"):
        return text
    # Old editors on Windows know no other line end, and show a space that keeps a line together as two strange letters.
    return text.replace("\n", "\r\n").replace("\N{NO-BREAK SPACE}", " ")


def _published(folder: Path, name: str, files: dict[str, bytes], this: Edition, key: Path | None) -> Path:
    """The zip, its hash and its signature, written beside and put in place when all of them are whole."""
    part = folder / ".new"
    shutil.rmtree(part, ignore_errors=True)  # of a run that was cut off
    part.mkdir(parents=True)
    try:
        _zip(part / name, files, this.built)
        said = f"{sha256((part / name).read_bytes()).hexdigest()}  {name}\n"
        (part / f"{name}.sha256").write_text(said, "utf-8", newline="\n")
        if key:
            _sign(part / name, key, this)
        _take_place(part, folder, [f"{name}.minisig", f"{name}.sha256", name])
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return folder / name


def _take_place(part: Path, folder: Path, names: list[str]) -> None:
    """Puts the new files where earlier ones of these names may be; whatever stops it, those that are there belong together."""
    kept = part / "kept"
    kept.mkdir()
    earlier = [name for name in names if (folder / name).exists()]
    for name in earlier:
        shutil.copy2(folder / name, kept / name)
    try:
        for name in names:
            if (part / name).exists():
                (part / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)  # a signature would speak of an earlier zip
    except BaseException:  # an interruption too
        for name in names:
            if name in earlier:
                (kept / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
        raise


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
