"""Reads macros/data into one validated Formulary, or says everything that is wrong with it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from macros.finding import MERGED, Finding, Line, Refused, merging, nearest, unseen
from macros.formulary import faults
from macros.formulary.book import COMPARISONS, DATA, RECALLS, REPORTING, SOURCES, Formulary
from macros.formulary.checklist import Checklist
from macros.formulary.comparisons import Comparison
from macros.formulary.medicine import Card, Medicine
from macros.formulary.model import FILES, Change, Correction, Fact, Recall, Reporting
from macros.formulary.monograph import Monograph, Names, names_of
from macros.formulary.naming import slug_of
from macros.formulary.reader import Document, Place, contents, read
from macros.formulary.record import Placed
from macros.formulary.searching import SearchWords
from macros.formulary.sourcing import Source
from macros.formulary.units import Unit
from macros.formulary.version import tree_hash
from macros.formulary.vocabulary import Entry, Lists, Status, Vocabulary

# A list of names is written by hand.
_MOST_BYTES = 100_000
# A medicine may have none.
OPTIONAL = "checklist.yml"
T = TypeVar("T", bound=BaseModel)


class Broken(Exception):
    """The vocabulary itself has faults, so that nothing can be judged by it."""

    def __init__(self, findings: list[Finding]):
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


@dataclass(frozen=True)
class Shared:
    """What all medicines share, and every fault of its shape."""

    root: Path
    today: date
    vocabulary: Vocabulary
    sources: Mapping[str, Source]
    source_at: Mapping[str, Line]
    recalls: Mapping[str, Recall]
    reporting: Mapping[str, Reporting]
    comparisons: Mapping[str, Comparison]
    left_out: frozenset[str]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Part:
    """One medicine with the sources that it alone rests on, and every fault of their shape; no monograph if it can't be read."""

    monograph: Monograph | None
    sources: Mapping[str, Source]
    source_at: Mapping[str, Line]
    left_out: frozenset[str]
    findings: tuple[Finding, ...]


def load(root: Path, today: date) -> tuple[Formulary, list[Finding]]:
    """The formulary under `root`, with every fault of its shape; faulty records are left out of it.

    `today` is the last day that a day in the past may be. Raises Broken if the vocabulary itself has faults.
    """
    shared = load_shared(root, today)
    parts = {slug: load_part(shared, slug) for slug in slugs(root)}
    findings = [*shared.findings, *(finding for part in parts.values() for finding in part.findings)]
    if not parts:
        findings.append(Finding(DATA.as_posix(), 1, "shape", "no medicine is here; begin one with make new"))
    return formulary(shared, parts, version(root)), sorted(findings)


def slugs(root: Path) -> list[str]:
    """The folders of the medicines, in the order of their names."""
    try:
        folders = sorted(each.path for each in os.scandir(root / DATA) if each.is_dir())
    except OSError:
        return []
    return [Path(folder).name for folder in folders if any(os.path.lexists(f"{folder}/{name}.yml") for name in ("medicine", *FILES))]


def formulary(shared: Shared, parts: Mapping[str, Part], version: str, names: Names | None = None) -> Formulary:
    """What is shared with these medicines, beside the names of all, if there are others."""
    own = {slug: part.monograph for slug, part in parts.items() if part.monograph}
    return Formulary(
        shared.vocabulary,
        {**shared.sources, **{name: source for part in parts.values() for name, source in part.sources.items()}},
        own,
        {**shared.source_at, **{name: at for part in parts.values() for name, at in part.source_at.items()}},
        version,
        shared.left_out.union(*(part.left_out for part in parts.values())),
        shared.recalls,
        shared.reporting,
        shared.comparisons,
        names or names_of(own),
    )


def load_shared(root: Path, today: date) -> Shared:
    """What all medicines share. Raises Broken if the vocabulary itself has faults."""
    vocabulary = _vocabulary(root)
    loader = _Loader(root, {"vocabulary": vocabulary, "today": today})
    sources = loader.records(SOURCES, Source)
    lines = {name: (SOURCES.as_posix(), line) for name, line in loader.first_lines.items()}
    recalls = loader.records(RECALLS, Recall) if (root / RECALLS).is_file() else {}
    reporting = loader.records(REPORTING, Reporting)
    comparisons = loader.records(COMPARISONS, Comparison) if (root / COMPARISONS).is_file() else {}
    return Shared(
        root, today, vocabulary, sources, lines, recalls, reporting, comparisons, frozenset(loader.left_out), tuple(loader.findings)
    )


def load_part(shared: Shared, slug: str) -> Part:
    """One medicine, whatever else is there."""
    loader = _Loader(shared.root, {"vocabulary": shared.vocabulary, "today": shared.today})
    path = DATA / slug / SOURCES.name
    sources = loader.records(path, Source) if (shared.root / path).is_file() else {}
    lines = {name: (path.as_posix(), line) for name, line in loader.first_lines.items()}
    for name in sources.keys() & shared.sources.keys():
        message = f"{name}: a source that all share has this name; give it another one, or cite that one"
        loader.findings.append(Finding(*lines[name], "shape", message))
    return Part(loader.monograph(DATA / slug), sources, lines, frozenset(loader.left_out), tuple(loader.findings))


def version(root: Path) -> str:
    """A short hash of all data, the same for the same data everywhere."""
    return version_of_all(root, {slug: version_of_part(root, slug) for slug in slugs(root)})


def version_of_all(root: Path, parts: Mapping[str, str]) -> str:
    """The same, where the hashes of the data of each medicine are known."""
    beside = sorted(path for path in (root / DATA).iterdir() if path.name not in parts)
    shared = tree_hash(root, [path for each in beside for path in _data(each)])
    return sha256("\0".join([shared, *(f"{slug} {parts[slug]}" for slug in sorted(parts))]).encode()).hexdigest()[:12]


def version_of_part(root: Path, slug: str) -> str:
    """A short hash of the data of a medicine."""
    return tree_hash(root, _data(root / DATA / slug))


def _data(place: Path) -> list[Path]:
    """The files of data in a folder, or this one."""
    paths = sorted(path for path in (place.rglob("*.*") if place.is_dir() else [place]) if path.suffix in (".yml", ".txt"))
    return [path for path in paths if not _of_a_program(path.name)]


def _vocabulary(root: Path) -> Vocabulary:
    loader = _Loader(root, {})
    statuses = loader.records(DATA / "statuses.yml", Status)
    units = loader.records(DATA / "units.yml", Unit)
    glossary = loader.records(DATA / "glossary.yml", Entry)
    lists = loader.record(DATA / "vocabulary.yml", Lists)
    search = loader.record(DATA / "search.yml", SearchWords)
    terms = loader.lines(DATA / "terms.txt")
    if loader.findings or lists is None or search is None:
        raise Broken(sorted(loader.findings))
    return Vocabulary.model_construct(statuses=statuses, units=units, lists=lists, search=search, glossary=glossary, terms=terms)


class _Loader:
    """Turns documents into records and gathers what is wrong with them."""

    def __init__(self, root: Path, context: Mapping[str, Any]):
        self.root, self.context = root, context
        self.findings: list[Finding] = []
        self.left_out: set[str] = set()
        self.first_lines: dict[str, int] = {}

    def monograph(self, folder: Path) -> Monograph | None:
        slug = folder.name
        medicine = self.record(folder / "medicine.yml", Medicine)
        if medicine and slug_of(medicine.inn) != slug:
            message = f"the folder is '{slug}'; name it '{slug_of(medicine.inn)}', after the INN"
            self.findings.append(Finding((folder / "medicine.yml").as_posix(), 1, "shape", message))
        facts: dict[str, Fact] = {}
        for name, model in FILES.items():
            for key, fact in self.records(folder / f"{name}.yml", model, f"{slug}/{name}/").items():
                facts[f"{slug}/{name}/{key}"] = fact
        corrections = self.records(folder / "corrections.yml", Correction)
        changes = self.records(folder / "changes.yml", Change)
        cards = self.records(folder / "cards.yml", Card)
        checklist = self.record(folder / OPTIONAL, Checklist) if (self.root / folder / OPTIONAL).is_file() else None
        self._strangers(folder)
        if not medicine:
            self.left_out.add(slug)
        return Monograph(slug, medicine, facts, corrections, changes, cards, checklist) if medicine and facts else None

    def lines(self, path: Path) -> tuple[str, ...]:
        """The lines of a plain list: one name each, so that the number of a name is that of its line."""
        try:
            text = contents(self.root / path, _MOST_BYTES).decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
            if merged := merging(text):
                self.findings.append(Finding(path.as_posix(), merged[0], MERGED, merged[1]))
            lines = tuple(text.removesuffix("\n").split("\n")) if text else ()
            for number, line in enumerate(lines, 1):
                if hidden := unseen(line):
                    message = f"the line holds the invisible character U+{ord(hidden[0]):04X}; delete it"
                    self.findings.append(Finding(path.as_posix(), number, "shape", message))
                elif line != line.strip() or not line:
                    message = "a line without a name, or with spare spaces; delete them"
                    self.findings.append(Finding(path.as_posix(), number, "shape", message))
            return lines
        except FileNotFoundError:
            self.findings.append(Finding(path.as_posix(), 1, "shape", "this file is missing; make it, one name a line"))
        except Refused as refused:
            self.findings.append(Finding(path.as_posix(), 1, "shape", str(refused)))
        except UnicodeDecodeError:
            self.findings.append(Finding(path.as_posix(), 1, "shape", "not UTF-8 text; save the file as UTF-8"))
        return ()

    def _strangers(self, folder: Path) -> None:
        known = {"medicine.yml", "corrections.yml", "changes.yml", "cards.yml", OPTIONAL, SOURCES.name, *(f"{name}.yml" for name in FILES)}
        for path in sorted((self.root / folder).iterdir()):
            if path.name not in known and not _of_a_program(path.name):
                message = f"this file is not read; {nearest(path.name, known)}"
                self.findings.append(Finding((folder / path.name).as_posix(), 1, "shape", message))

    def record(self, path: Path, model: type[T]) -> T | None:
        before = len(self.findings)
        document = self._read(path)
        return self._validated(model, document.tree, document, ()) if document.tree or len(self.findings) == before else None

    def records(self, path: Path, model: type[T], prefix: str = "") -> dict[str, T]:
        home = path.relative_to(DATA).with_suffix("").as_posix()
        before = len(self.findings)
        document = self._read(path)
        if not document.tree and len(self.findings) > before:
            self.left_out.add(home)
        found: dict[str, T] = {}
        self.first_lines = {str(key): document.line((key,)) for key in document.tree}
        for key, raw in document.tree.items():
            if isinstance(raw, dict):
                own = [name for name in raw if issubclass(model, Placed) and name in model.set_by_loader]
                for name in own:
                    self._say(document, (key, name), f"unknown key '{name}'; delete it, the loader sets it")
                raw = {name: value for name, value in raw.items() if name not in own}
            record = self._validated(model, raw, document, (key,), prefix + key)
            if record is None or (prefix and not _is_name(key)):
                self.left_out.add(f"{home}/{key}")
            if (prefix or model is Source) and not _is_name(key):
                self._say(document, (key,), f"'{key}' can't be a name; write small letters, digits and single hyphens")
            elif not key.strip():
                self._say(document, (key,), "an entry has no name; write one before the colon")
            elif record is not None:
                found[key] = record
        return found

    def _read(self, path: Path) -> Document:
        document, findings = read(self.root / path, path.as_posix())
        self.findings += findings
        return document

    def _validated(self, model: type[T], raw: object, document: Document, place: Place, name: str = "") -> T | None:
        context = {**self.context, "id": name, "at": (document.file, document.line(place)), "lines": document.lines}
        try:
            return model.model_validate(raw, context=context)
        except ValidationError as error:
            for fault in faults.told(error):
                self._say(document, place + tuple(fault["loc"]), faults.words(fault, model))
            return None

    def _say(self, document: Document, place: Place, message: str) -> None:
        named = [part for part in place if isinstance(part, str) and part.strip() and document.lines.get(place[:1])]
        where = f"{'/'.join(named[:1])}: " if named else ""
        self.findings.append(Finding(document.file, document.line(place), "shape", where + message))


def _of_a_program(name: str) -> bool:
    """Whether a system or an editor's program left the file: .DS_Store, .dose.yml.swp, dose.yml~."""
    return name.startswith(".") or name.endswith("~")


def _is_name(key: str) -> bool:
    return bool(key) and all(part.isascii() and part.isalnum() and part == part.lower() for part in key.split("-"))
