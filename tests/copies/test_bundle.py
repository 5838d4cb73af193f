"""The offline copy as a zip: what it holds, that its bytes depend on nothing else, that it is whole or not there, and its signature."""

import errno
import os
import shutil
import stat
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from itertools import product
from pathlib import Path

import pytest

from bench.built import ROOT, copied
from macros.copies import bundle, manifest, offline as material
from macros.finding import Refused
from macros.formulary.book import Formulary
from macros.site.clock import HANDED_ON
from tests.conftest import TODAY
from tests.support.copies import MADE, NOON, bundled, flipped, made, stopping, tree, unzipped

# Two machines that differ in all that must not matter; the second one's day is another, too.
ONE = {"PYTHONHASHSEED": "1", "TZ": "America/Los_Angeles", "LC_ALL": "C"}
OTHER = {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", HANDED_ON: "2031-07-09"}


def test_a_copy_holds_what_it_should(offline: Path) -> None:
    with zipfile.ZipFile(made(offline)) as archive:
        entries = archive.infolist()
        listed = manifest.parsed(archive.read(manifest.NAME).decode("utf-8"))
        hashes = {entry.filename: sha256(archive.read(entry)).hexdigest() for entry in entries}
    names = [entry.filename for entry in entries]
    assert names[:3] == ["START-HERE.html", "READ-ME.txt", manifest.NAME]
    assert names[3:] == sorted(names[3:], key=str.encode)
    assert {name for name in names[3:] if not name.startswith("site/")} == set()
    assert listed == {name: found for name, found in hashes.items() if name != manifest.NAME}
    assert {(entry.external_attr >> 16, entry.create_system, entry.date_time, entry.extra) for entry in entries} == {
        (stat.S_IFREG | 0o644, 3, (MADE.year, MADE.month, MADE.day, 0, 0, 0), b"")
    }


def test_a_copy_holds_every_page_and_nothing_that_only_a_server_needs(offline: Path) -> None:
    with zipfile.ZipFile(made(offline)) as archive:
        names = archive.namelist()
    docs = offline / "docs"
    pages = {f"site/{path.relative_to(docs).with_suffix('.html').as_posix()}" for path in docs.rglob("*.md")}
    assert {name for name in names if name.endswith(".html")} == pages | {"START-HERE.html"}
    useless = (".map", ".gz", "/404.html", "/sitemap.xml", "/")
    assert [name for name in names if name.endswith(useless) or "lunr" in name or "/." in name] == []


def test_beside_the_zip_stands_its_hash_alone(offline: Path) -> None:
    path = made(offline)
    said = f"{sha256(path.read_bytes()).hexdigest()}  {path.name}\n".encode()
    assert tree(offline / "dist") == {path.name: path.read_bytes(), f"{path.name}.sha256": said}
    assert not (offline / ".copy-new").exists()


def test_two_machines_make_the_same_copy(offline: Path, tmp_path: Path) -> None:
    other = copied(offline, tmp_path / "an other é")
    for path in other.rglob("*"):
        os.utime(path, (NOON + 86_400, NOON + 86_400))
    done = bundled(other, umask=0o077, SOURCE_DATE_EPOCH=str(NOON), **OTHER)
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(other / "dist") == tree(offline / "dist")


@pytest.mark.build
def test_two_clones_of_a_commit_make_the_same_copy(begun: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / ".gitignore", begun)
    settings = {**os.environ, "GIT_COMMITTER_DATE": f"{MADE}T12:00:00+00:00", "GIT_CONFIG_GLOBAL": os.devnull}
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"]):
        subprocess.run(["git", *words], cwd=begun, env=settings, check=True)
    copies = []
    for name, machine in (("one", ONE), ("an other é", {**OTHER, "LC_ALL": "C.UTF-8", HANDED_ON: f"{MADE + timedelta(days=9)}"})):
        subprocess.run(["git", "clone", "-q", str(begun), str(tmp_path / name)], check=True)
        done = bundled(tmp_path / name, **machine)
        assert (done.returncode, done.stderr) == (0, "")
        copies.append(tree(tmp_path / name / "dist"))
    said = subprocess.run(["git", "rev-parse", "HEAD"], cwd=begun, capture_output=True, text=True, check=True).stdout
    assert f"monographs-{MADE}-{said[:10]}.zip" in copies[0]
    assert copies[0] == copies[1]


def test_a_copy_is_of_the_day_that_is_given(project: Path, ready: None) -> None:
    path = bundle.bundle(project, TODAY, MADE, None)
    with zipfile.ZipFile(path) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(MADE.year, MADE.month, MADE.day)}


def earlier(project: Path, name: str = "") -> dict[str, bytes | str | None]:
    """An earlier zip with all that stands beside it, in the dist folder."""
    dist = project / "dist"
    dist.mkdir()
    for ending in ("", ".sha256", ".minisig"):
        (dist / f"{name or 'monographs-earlier.zip'}{ending}").write_text(f"earlier{ending}", "utf-8")
    return tree(dist)


@pytest.mark.build
def test_a_failed_rule_makes_no_copy(begun: Path) -> None:
    page = begun / "docs/index.md"
    page.write_text(page.read_text("utf-8").replace("{{ colophon() }}", "Give 5 mg.\n\n{{ colophon() }}"), "utf-8")
    before = earlier(begun)
    done = bundled(begun, SOURCE_DATE_EPOCH=str(NOON))
    assert (done.returncode, done.stderr, done.stdout.count("no-loose-figure")) == (1, "1 fault; nothing was published\n", 1)
    assert tree(begun / "dist") == before
    assert not (begun / ".copy-new").exists()


@pytest.mark.build
def test_a_command_that_is_told_to_stop_takes_away_what_is_half_done(begun: Path, tmp_path: Path) -> None:
    before = earlier(begun)
    (tmp_path / "key").touch()
    # In place of the signing program, when zip and hash are written: somebody ends the command.
    signer = tmp_path / "bin/minisign"
    signer.parent.mkdir()
    signer.write_text("#!/bin/sh\nkill -TERM $PPID\n", "utf-8")
    signer.chmod(0o755)
    path = f"{signer.parent}{os.pathsep}{os.environ['PATH']}"
    done = bundled(begun, "--sign-key", str(tmp_path / "key"), SOURCE_DATE_EPOCH=str(NOON), PATH=path)
    assert (done.returncode, done.stdout, done.stderr) == (143, "", "")
    assert tree(begun / "dist") == before
    assert not (begun / ".copy-new").exists()


@pytest.fixture(scope="module")
def pages(small_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a site, with little around them, so that a zip of them is soon made."""
    site = unzipped(made(small_copy), tmp_path_factory.mktemp("ready")) / "site"
    for path in site.rglob("*"):
        if path.is_file() and path.suffix not in (".html", ".css"):
            path.unlink()
    return site


@pytest.fixture
def ready(book: Formulary, pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that was built already, which every bundle in the test takes for the one that it built."""

    @contextmanager
    def built(*_: object, **__: object) -> Iterator[tuple[Path, Formulary]]:
        yield pages, book

    monkeypatch.setattr(material, "built", built)


def test_a_zip_of_the_same_name_is_replaced_and_its_signature_goes(project: Path, ready: None) -> None:
    name = bundle.bundle(project, TODAY, MADE, None).name
    fresh = tree(project / "dist")
    shutil.rmtree(project / "dist")
    earlier(project, name)
    (project / "dist/.new").mkdir()  # of a run that was cut off
    bundle.bundle(project, TODAY, MADE, None)
    assert tree(project / "dist") == fresh
    assert fresh.keys() == {name, f"{name}.sha256"}


# What fails, and at which call of it.
STOPS = {
    "first-file": (shutil, "copyfileobj", 1),
    "a-file": (shutil, "copyfileobj", 9),
    "hash": (Path, "write_text", 1),
    "keeping-the-earlier": (shutil, "copy2", 2),
    "first-in-place": (Path, "replace", 1),
    "second-in-place": (Path, "replace", 2),
}
PROBLEMS = {"disk-full": OSError(errno.ENOSPC, "No space left on device"), "interrupted": KeyboardInterrupt()}


STOPPED = {
    f"{stop}-{problem}-{'same' if same else 'other'}-version-{'after' if after else 'before'}": (
        *STOPS[stop],
        PROBLEMS[problem],
        same,
        after,
    )
    for stop, problem, same, after in product(STOPS, PROBLEMS, (False, True), (False, True))
    if same or stop != "keeping-the-earlier"
}


@pytest.mark.parametrize(("owner", "call", "at", "problem", "same", "after"), STOPPED.values(), ids=STOPPED)
def test_whatever_stops_it_leaves_what_was_there(
    project: Path,
    ready: None,
    monkeypatch: pytest.MonkeyPatch,
    owner: object,
    call: str,
    at: int,
    problem: BaseException,
    same: bool,
    after: bool,
) -> None:
    name = bundle.bundle(project, TODAY, MADE, None).name
    shutil.rmtree(project / "dist")
    before = earlier(project, name if same else "")
    monkeypatch.setattr(owner, call, stopping(owner, call, at, after, problem))
    with pytest.raises(type(problem)):
        bundle.bundle(project, TODAY, MADE, None)
    assert tree(project / "dist") == before


signing = pytest.mark.skipif(shutil.which("minisign") is None, reason="minisign is not installed")


@pytest.fixture
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A public and a secret key of minisign, to be thrown away."""
    folder = tmp_path_factory.mktemp("keys")
    public, secret = folder / "public.key", folder / "secret.key"
    subprocess.run(["minisign", "-G", "-W", "-p", str(public), "-s", str(secret)], capture_output=True, check=True)
    return public, secret


def proven(path: Path, public: Path) -> tuple[bool, str]:
    done = subprocess.run(["minisign", "-Vm", str(path), "-p", str(public)], capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout


@signing
def test_a_signature_proves_the_zip_and_no_other(project: Path, ready: None, keys: tuple[Path, Path]) -> None:
    public, secret = keys
    path = bundle.bundle(project, TODAY, MADE, secret)
    assert tree(project / "dist").keys() == {path.name, f"{path.name}.sha256", f"{path.name}.minisig"}
    version = path.stem.removeprefix("monographs-")
    good, said = proven(path, public)
    assert (good, said.splitlines()[-1].partition(", use until ")[0]) == (True, f"Trusted comment: offline copy {version}")
    flipped(path, 5000)
    assert proven(path, public)[0] is False


@signing
def test_a_signed_copy_names_the_public_key_beside_the_secret_one(project: Path, ready: None, keys: tuple[Path, Path]) -> None:
    public, secret = keys
    key = public.read_text("utf-8").splitlines()[-1]
    secret.with_suffix(".pub").write_bytes(public.read_bytes())
    with zipfile.ZipFile(bundle.bundle(project, TODAY, MADE, secret)) as archive:
        assert [key in archive.read(name).decode() for name in ("START-HERE.html", "READ-ME.txt")] == [True, True]


OTHER_KEYS = {
    "of-another": (
        lambda key: key[:20] + ("A" if key[20] != "A" else "B") + key[21:],
        "is not the public key of secret.key, and copies would name it",
    ),
    "none": (lambda key: "a key", "is no public key of minisign; put the one there that was made with secret.key"),
}


@signing
@pytest.mark.parametrize(("change", "said"), OTHER_KEYS.values(), ids=OTHER_KEYS)
def test_a_public_key_that_does_not_fit_is_refused(
    project: Path, ready: None, keys: tuple[Path, Path], change: Callable[[str], str], said: str
) -> None:
    public, secret = keys
    secret.with_suffix(".pub").write_text(change(public.read_text("utf-8").splitlines()[-1]), "utf-8")
    before = earlier(project)
    with pytest.raises(Refused, match=said):
        bundle.bundle(project, TODAY, MADE, secret)
    assert tree(project / "dist") == before


@signing
def test_a_key_that_is_none_makes_no_copy(project: Path, ready: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    key = tmp_path_factory.mktemp("no") / "key"
    key.write_text("no key\n", "utf-8")
    before = earlier(project)
    with pytest.raises(Refused, match="^minisign did not sign; its words are above, and no copy was made$"):
        bundle.bundle(project, TODAY, MADE, key)
    assert tree(project / "dist") == before


def test_without_the_signing_program_nothing_is_made(project: Path, ready: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before = earlier(project)
    monkeypatch.setenv("PATH", str(project / "nowhere"))
    with pytest.raises(Refused, match="^minisign is not installed; install it"):
        bundle.bundle(project, TODAY, MADE, project / "mkdocs.yml")
    assert tree(project / "dist") == before


def test_a_key_that_is_missing_is_said_before_anything_is_built(offline: Path) -> None:
    before = tree(offline / "dist")
    done = bundled(offline, "--sign-key", "no.key", SOURCE_DATE_EPOCH=str(NOON))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "there is no key 'no.key'; make one with `minisign -G`, or leave SIGN_KEY out\n"
    assert tree(offline / "dist") == before
