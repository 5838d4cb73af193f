"""Reads macros/data into one validated Formulary, or says everything that is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar
from unicodedata import category

from pydantic import BaseModel, ValidationError

from macros import faults
from macros.finding import UNSEEN, Finding, nearest
from macros.model import FILES, Change, Correction, Fact, Medicine, Recall, Reporting, StatusFact, Waiver
from macros.reader import Document, Place, read
from macros.sourcing import Source
from macros.values import Day
from macros.vocabulary import Entry, Event, Lists, Status, Unit, Vocabulary

DATA = Path("macros/data")
EXCEPTIONS = DATA / "exceptions.yml"
RECALLS = DATA / "recalls.yml"
REPORTING = DATA / "reporting.yml"
# What all medicines share: the closed lists.
SHARED = ("statuses.yml", "units.yml", "vocabulary.yml", "glossary.yml", "terms.txt")

T = TypeVar("T", bound=BaseModel)


class Broken(Exception):
    """The vocabulary itself has faults, so that nothing can be judged by it."""

    def __init__(self, findings: list[Finding]):
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


@dataclass(frozen=True)
class Monograph:
    """Everything known about one medicine; `slug` is its INN as it stands in ids and addresses."""

    slug: str
    medicine: Medicine
    facts: Mapping[str, Fact]
    corrections: Mapping[str, Correction]
    changes: Mapping[str, Change]

    @property
    def places(self) -> set[str]:
        """Every jurisdiction that a fact of the medicine speaks of."""
        return {place for fact in self.facts.values() for place in fact.jurisdictions}

    @cached_property
    def checked(self) -> date:
        """The day on which the fact that was checked longest ago was checked."""
        return min(fact.checked for fact in self.facts.values())

    @property
    def events(self) -> list[StatusFact]:
        """The facts that say what happened to the authorisation or the supply, in the order of the data."""
        return [fact for fact in self.facts.values() if isinstance(fact, StatusFact) and fact.event]

    def about(self, topic: str) -> list[Fact]:
        """The facts of a topic, in the order of the data."""
        return [fact for fact in self.facts.values() if fact.topic == topic]


@dataclass(frozen=True)
class Formulary:
    """All monographs, the sources they rest on and the vocabulary they use."""

    vocabulary: Vocabulary
    sources: Mapping[str, Source]
    monographs: Mapping[str, Monograph]
    source_lines: Mapping[str, int] = field(repr=False)
    version: str
    left_out: frozenset[str]
    exceptions: Mapping[str, Waiver]
    recalls: Mapping[str, Recall]
    reporting: Mapping[str, Reporting]

    def official(self, fact: Fact) -> bool:
        """Whether a label or a regulator says it: by what it rests on, else by whose statements its sources are."""
        lists = self.vocabulary.lists
        if fact.evidence:
            return lists.evidence[fact.evidence].own_use
        return any(
            self.sources[citation.source].statement in lists.official for citation in fact.sources if citation.source in self.sources
        )

    def event(self, fact: Fact) -> Event | None:
        """What the fact says that happened to the authorisation or the supply, if it says that."""
        return self.vocabulary.lists.events[fact.event] if isinstance(fact, StatusFact) and fact.event else None

    def granted(self, monograph: Monograph) -> frozenset[str]:
        """The places in which an authorisation was granted, whether or not it ended since."""
        return frozenset(place for fact in monograph.events if self._effect(fact) == "granted" for place in fact.jurisdictions)

    def ended(self, monograph: Monograph) -> dict[str, StatusFact]:
        """The places where no authorisation is left, with the event that ended it; one without a day ended it for good."""
        found: dict[str, StatusFact] = {}
        for place in self.vocabulary.lists.jurisdictions:
            here = [fact for fact in monograph.events if place in fact.jurisdictions]
            granted = [fact.value.earliest for fact in here if self._effect(fact) == "granted" and isinstance(fact.value, Day)]
            for fact in here:
                since = fact.value.earliest if isinstance(fact.value, Day) else None
                if self._effect(fact) == "ended" and not (since and any(day > since for day in granted)):
                    found[place] = fact
        return found

    def _effect(self, fact: Fact) -> str | None:
        event = self.event(fact)
        return event.effect if event else None

    def is_faulty(self, name: str) -> bool:
        """Whether this fact, correction or medicine is there but was left out, itself or with its whole file."""
        return any(name == each or name.startswith(f"{each}/") for each in self.left_out)

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Every fact by its full id."""
        return {fact.id: fact for book in self.monographs.values() for fact in book.facts.values()}

    @property
    def checked(self) -> date:
        """The day on which the fact that was checked longest ago was checked."""
        return min(book.checked for book in self.monographs.values())

    def weak_for(self, fact: Fact) -> tuple[str, ...]:
        """The jurisdictions for which every source of the value is weak; all of its sources weak if it names none."""
        grades, places = self.vocabulary.lists.grades, self.vocabulary.lists.jurisdictions
        weak = {c.source: grades[c.grade].weak for c in fact.sources if c.source in self.sources}
        if not weak:
            return ()
        if all(weak.values()):
            return fact.jurisdictions or ("",)
        authorities = [place for place in fact.jurisdictions if places[place].authority]
        own = {place: [weak[name] for name in weak if self._speaks(name, place)] for place in authorities}
        return tuple(place for place, found in own.items() if found and all(found))

    def _speaks(self, source: str, place: str) -> bool:
        """Whether a source speaks for the place, or for no place in particular."""
        places = self.sources[source].jurisdictions
        return place in places or not any(self.vocabulary.lists.jurisdictions[each].authority for each in places)


def load(root: Path, today: date) -> tuple[Formulary, list[Finding]]:
    """The formulary under `root`, with every fault of its shape; faulty records are left out of it."""
    vocabulary = _vocabulary(root)
    loader = _Loader(root, {"vocabulary": vocabulary, "today": today})
    sources = loader.records(DATA / "sources.yml", Source)
    lines = dict(loader.first_lines)
    folders = sorted({path.parent for name in ("medicine", *FILES) for path in (root / DATA).glob(f"*/{name}.yml")})
    if not folders:
        message = "no medicine is here; begin one with make new, or copy macros/template/data into a folder named after it"
        loader.findings.append(Finding(DATA.as_posix(), 1, "shape", message))
    books = {}
    for folder in folders:
        if (book := loader.monograph(DATA / folder.name)) is not None:
            books[folder.name] = book
    waivers = loader.records(EXCEPTIONS, Waiver) if (root / EXCEPTIONS).is_file() else {}
    recalls = loader.records(RECALLS, Recall) if (root / RECALLS).is_file() else {}
    reporting = loader.records(REPORTING, Reporting)
    left_out = frozenset(loader.left_out)
    return Formulary(vocabulary, sources, books, lines, _version(root), left_out, waivers, recalls, reporting), sorted(loader.findings)


def _version(root: Path) -> str:
    """A short hash of all data, the same for the same data everywhere."""
    total = sha256()
    for path in sorted(path for path in (root / DATA).rglob("*.*") if path.suffix in (".yml", ".txt")):
        if _of_a_program(path.name):
            continue
        content = path.read_bytes().replace(b"\r\n", b"\n")
        total.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode() + content)
    return total.hexdigest()[:12]


def _vocabulary(root: Path) -> Vocabulary:
    loader = _Loader(root, {})
    statuses = loader.records(DATA / "statuses.yml", Status)
    units = loader.records(DATA / "units.yml", Unit)
    glossary = loader.records(DATA / "glossary.yml", Entry)
    lists = loader.record(DATA / "vocabulary.yml", Lists)
    terms = loader.lines(DATA / "terms.txt")
    if loader.findings or lists is None:
        raise Broken(sorted(loader.findings))
    return Vocabulary.model_construct(statuses=statuses, units=units, lists=lists, glossary=glossary, terms=terms)


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
        if medicine and medicine.inn.replace(" ", "-") != slug:
            message = f"the folder is '{slug}'; name it '{medicine.inn.replace(' ', '-')}', after the INN"
            self.findings.append(Finding((folder / "medicine.yml").as_posix(), 1, "shape", message))
        facts: dict[str, Fact] = {}
        for name, model in FILES.items():
            for key, fact in self.records(folder / f"{name}.yml", model, f"{slug}/{name}/").items():
                facts[f"{slug}/{name}/{key}"] = fact
        corrections = self.records(folder / "corrections.yml", Correction)
        changes = self.records(folder / "changes.yml", Change)
        self._strangers(folder)
        if not medicine:
            self.left_out.add(slug)
        return Monograph(slug, medicine, facts, corrections, changes) if medicine and facts else None

    def lines(self, path: Path) -> tuple[str, ...]:
        """The lines of a plain list: one name each, so that the number of a name is that of its line."""
        try:
            text = (self.root / path).read_bytes().decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
            lines = tuple(text.removesuffix("\n").split("\n")) if text else ()
            for number, line in enumerate(lines, 1):
                if hidden := next((char for char in line if category(char) in UNSEEN), ""):
                    message = f"the line holds the invisible character U+{ord(hidden):04X}; delete it"
                    self.findings.append(Finding(path.as_posix(), number, "shape", message))
                elif line != line.strip() or not line:
                    message = "a line without a name, or with spare spaces; delete them"
                    self.findings.append(Finding(path.as_posix(), number, "shape", message))
            return lines
        except FileNotFoundError:
            self.findings.append(Finding(path.as_posix(), 1, "shape", "this file is missing; make it, one name a line"))
        except UnicodeDecodeError:
            self.findings.append(Finding(path.as_posix(), 1, "shape", "not UTF-8 text; save the file as UTF-8"))
        return ()

    def _strangers(self, folder: Path) -> None:
        known = {"medicine.yml", "corrections.yml", "changes.yml", *(f"{name}.yml" for name in FILES)}
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
                known: dict[str, Any] = {"id": prefix + key, "at": (document.file, document.line((key,)))}
                place = {name: known[name] for name in known if name in model.model_fields}
                for own in place.keys() & raw.keys():
                    self._say(document, (key, own), f"unknown key '{own}'; delete it, the loader sets it")
                raw = {**raw, **place}
            record = self._validated(model, raw, document, (key,))
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

    def _validated(self, model: type[T], raw: object, document: Document, place: Place) -> T | None:
        try:
            return model.model_validate(raw, context=self.context)
        except ValidationError as error:
            for fault in error.errors(include_url=False, include_context=True):
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
