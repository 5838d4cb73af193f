"""A project with many monographs that nobody wrote: models under names, sources and figures of their own, for the bench alone.

One in twenty is as long as the first model, the others take turns. Their facts are no facts; nothing of it is ever published.
"""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import yaml

from macros.editing import derived
from macros.formulary.book import DATA, SOURCES
from macros.formulary.load import Shared, formulary, load_part, load_shared
from macros.formulary.sentences import fingerprint
from macros.pages.markdown import DOCS, MONOGRAPHS
from macros.site.books import told
from macros.site.cores import at_once
from macros.site.whole import judged, registers

_LONG = "valoctocogene-roxaparvovec"
_SHORT = ("apixaban", "amoxicillin")
_SYLLABLES = [f"{first}{vowel}" for first in "bdfgklmnprstvz" for vowel in "aeiou"]
_ENDS = ("mine", "tol", "sine", "pril", "done", "zole")


def names(count: int) -> Iterator[tuple[str, str]]:
    """So many generic names with a brand each, none of which stands in another."""
    for number in range(count):
        first, rest = number % len(_SYLLABLES), number // len(_SYLLABLES)
        second, third = rest % len(_SYLLABLES), (number * 31 + rest // len(_SYLLABLES)) % len(_SYLLABLES)
        stem = _SYLLABLES[first] + _SYLLABLES[second] + _SYLLABLES[third]
        yield f"{stem}x{_ENDS[number % len(_ENDS)]}", f"{stem.capitalize()}quo"


def grown(root: Path, target: Path, count: int, today: date) -> None:
    """Puts into an empty folder the project under `root` with so many monographs beside none of its own, and with its register."""
    laid_out(root, target, count, today)
    registered(target, today)


def laid_out(root: Path, target: Path, count: int, today: date) -> None:
    """Puts into an empty folder such a project without its register and without the pages of lists that stand in parts."""
    for part in ("docs", "macros", "overrides"):
        shutil.copytree(root / part, target / part, ignore=shutil.ignore_patterns("__pycache__", "template"))
    for name in ("requirements.txt", "LICENSE"):
        shutil.copy(root / name, target)
    models = {slug: _model(root, slug) for slug in (_LONG, *_SHORT)}
    shared = yaml.load((root / SOURCES).read_text("utf-8"), yaml.BaseLoader)
    for folder in [*(target / DATA).iterdir(), *(target / DOCS / MONOGRAPHS).iterdir()]:
        if folder.is_dir() and folder.name != "schema":
            shutil.rmtree(folder)
    (target / "register").mkdir()
    (target / SOURCES).write_text("# Each monograph of the bench has sources of its own.\n", "utf-8")
    (target / DATA / "comparisons.yml").unlink(missing_ok=True)
    shutil.rmtree(target / DOCS / "compare", ignore_errors=True)
    home = target / DOCS / "index.md"
    home.write_text("".join(line for line in home.read_text("utf-8").splitlines(keepends=True) if "compare/" not in line), "utf-8")
    for number, (inn, brand) in enumerate(names(count)):
        slug = _LONG if number % 20 == 0 else _SHORT[number % len(_SHORT)]
        _write(target, models[slug], shared, slug, inn, brand)
    _settings(root, target)
    shared_by_all = load_shared(target, today)
    list(at_once(recorded, [(shared_by_all, folder.name) for folder in sorted((target / DATA).iterdir()) if folder.name != "schema"]))


def registered(target: Path, today: date) -> None:
    """Adds these to a project that was laid out."""
    judged(target, today)
    list(derived.renewed(target, derived.list_pages(target, told(target, today)[0])))
    for path, text in registers(target, judged(target, today).changed):
        (target / path).write_text(text, "utf-8")


def recorded(shared: Shared, slug: str) -> None:
    """Has the last record of changes hold the facts as they are."""
    part = load_part(shared, slug) if (shared.root / DATA / slug).is_dir() else None
    if part and part.monograph:
        path = shared.root / DATA / slug / "changes.yml"
        now = fingerprint(formulary(shared, {slug: part}, ""), part.monograph)
        head, last = path.read_text("utf-8").rsplit('facts: "', 1)
        path.write_text(f'{head}facts: "{now}"{last.partition(chr(34))[2]}', "utf-8")


def _model(root: Path, slug: str) -> dict[Path, str]:
    """The files of a model, by their paths in the project."""
    files = [*(root / DATA / slug).glob("*.yml"), *(root / DOCS / MONOGRAPHS / slug).glob("*.md")]
    return {path.relative_to(root): path.read_text("utf-8") for path in sorted(files)}


def _write(target: Path, model: dict[Path, str], shared: dict[str, object], slug: str, inn: str, brand: str) -> None:
    known = yaml.safe_load(next(text for path, text in model.items() if path.name == "medicine.yml"))
    own = [name for name in shared if any(f"source: {name}," in text or f"source: {name}\n" in text for text in model.values())]
    said = {slug: inn, known["inn"]: inn, known["inn"].capitalize(): inn.capitalize(), known["brand"]: brand}
    said |= {other: f"{brand} {'plus' * number}" for number, other in enumerate(known.get("other_brands", ()), 1)}
    said |= {name: f"{inn}-{number}" for number, name in enumerate(sorted(own, key=len, reverse=True))}
    said |= {"hemophilia": f"{inn}emia", "Hemophilia": f"{inn.capitalize()}emia"}
    pattern = re.compile("|".join(map(re.escape, sorted(said, key=len, reverse=True))))

    def renamed(text: str) -> str:
        return pattern.sub(lambda match: said[match[0]], text)

    for path, text in model.items():
        place = target / str(path).replace(slug, inn)
        place.parent.mkdir(parents=True, exist_ok=True)
        text = renamed(text)
        if path.name == "medicine.yml":
            text = re.sub(r"also_searched:\n(  - .*\n)+", f"also_searched:\n  - {inn} salt\n", text)
        elif path.suffix == ".md":  # the other medicines of the project are not there
            text = re.sub(r"\[([^]]*)\]\(\.\./\w[^)]*\)", r"\1", text)
        place.write_text(text, "utf-8")
    sources = {name: shared[name] for name in own}
    listed = yaml.safe_dump(sources, allow_unicode=True, sort_keys=False, width=10_000)
    (target / DATA / inn / SOURCES.name).write_text(renamed(listed), "utf-8")


def _settings(root: Path, target: Path) -> None:
    """The settings with a menu of the monographs that are there."""
    text = (root / "mkdocs.yml").read_text("utf-8")
    lines = []
    for folder in sorted((target / DOCS / MONOGRAPHS).iterdir()):
        if folder.is_dir():
            pages = sorted(path.name for path in folder.glob("*.md"))
            lines.append(f"      - {folder.name.capitalize()}:\n          - monographs/{folder.name}/index.md\n")
            lines += [f"          - {_WORDS[name]}: monographs/{folder.name}/{name}\n" for name in pages if name != "index.md"]
    own = re.compile(r"(?:^      - [^:\n]+:\n(?:          - .*\n)+)+", re.MULTILINE)
    text = own.sub(lambda match: "".join(lines), text, count=1)
    text = "".join(line for line in text.splitlines(keepends=True) if "compare/" not in line)
    (target / "mkdocs.yml").write_text(text, "utf-8")


_WORDS = {
    "patient.md": "Patient guide",
    "handout.md": "Handout",
    "results.md": "Results and background",
    "dose-sheet.md": "Dose sheet",
    "checklist.md": "Eligibility and monitoring",
    "evidence.md": "Evidence",
    "corrections.md": "Corrections",
}
