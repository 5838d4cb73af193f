"""What the property-based tests share: how many examples, a project whose files change one at a time, what a finding is."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar, NamedTuple

import markdown
import pytest
from hypothesis import HealthCheck, settings

from bench.built import ROOT
from macros.finding import Finding, unseen
from macros.formulary import load as loading, reader
from macros.formulary.book import DATA, Formulary
from macros.formulary.load import Broken, load
from macros.formulary.reader import Document
from macros.formulary.vocabulary import Vocabulary
from macros.pages.html import Html
from macros.rules import every
from macros.site import check as checking, preview
from macros.site.check import check

# The same examples in every run, so that it says the same of the same project; by hand, HYPOTHESIS_PROFILE=many tries
# new ones, fifty times as many.
MANY = os.environ.get("HYPOTHESIS_PROFILE") == "many"
# No clock decides: a busy machine is no fault.
settings.register_profile(
    "same", derandomize=True, database=None, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("many", settings.get_profile("same"), derandomize=False)
settings.load_profile("many" if MANY else "same")

# What only a programmer would understand.
_FOREIGN = ("Traceback", "<class", "object at 0x", "NoneType", "pydantic", "Exception", "sys.", "Errno")


def examples(number: int) -> settings:
    """So many examples, or fifty times as many by hand."""
    return settings(max_examples=number * (50 if MANY else 1))


@dataclass
class Lab:
    """A project whose files take other contents for a moment."""

    root: Path
    today: date
    originals: dict[str, bytes] = field(init=False)
    held: str = ""  # the file that holds something else just now

    def __post_init__(self) -> None:
        kept = [path for folder in ("macros/data", "docs") for path in sorted((self.root / folder).rglob("*")) if path.is_file()]
        self.originals = {path.relative_to(self.root).as_posix(): path.read_bytes() for path in kept}

    def texts(self, start: str, end: str) -> dict[str, str]:
        """The files under a folder whose names end so."""
        return {name: raw.decode() for name, raw in self.originals.items() if name.startswith(start) and name.endswith(end)}

    @contextmanager
    def holding(self, file: str, content: str | bytes) -> Iterator[None]:
        """The project while the file holds something else."""
        path = self.root / file
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        self.held = file
        try:
            yield
        finally:
            self.held = ""
            if file in self.originals:
                path.write_bytes(self.originals[file])
            else:
                path.unlink()

    def data(self, file: str, content: str | bytes) -> tuple[Formulary | None, list[Finding]]:
        """What is read from the data and found in it while the file holds something else; the findings name real places."""
        with self.holding(file, content), usual_depth():
            try:
                book, found = load(self.root, self.today)
            except Broken as broken:
                book, found = None, broken.findings
            found = [*found, *_of_data(book, file)] if book else found
            assert strange(self.root, found) == []
        return book, found

    def all(self, file: str, content: str | bytes) -> tuple[dict[str, Html], tuple[Finding, ...]]:
        """The pages and all findings while the file holds something else; the findings name real places."""
        with self.holding(file, content), usual_depth():
            checked = check(self.root, self.today)
            assert strange(self.root, checked.findings) == []
        return dict(checked.previews), checked.findings


def _of_data(book: Formulary, changed: str) -> list[Finding]:
    """What is found in the data: where a file of one of several medicines changed, in that medicine beside the names of all."""
    slug = Path(changed).parent.name
    if slug not in book.monographs or len(book.monographs) == 1:
        return list(every.of_data(book))
    alone = replace(book, monographs={slug: book.monographs[slug]})
    return [each for each in every.of_data(alone) if each.file.startswith(f"{DATA.as_posix()}/{slug}/")]


@contextmanager
def usual_depth() -> Iterator[None]:
    """As many calls in one another as a command can make; Hypothesis allows more, so that what crashes there would pass here."""
    depth, frame = 0, sys._getframe().f_back
    while frame:
        depth, frame = depth + 1, frame.f_back
    raised = sys.getrecursionlimit()
    sys.setrecursionlimit(depth + 900)
    try:
        yield
    finally:
        sys.setrecursionlimit(raised)


def strange(root: Path, findings: Iterable[Finding]) -> list[str]:
    """Every finding that names no line of a file, or is no sentence for an editor with what to write instead."""
    wrong = []
    for finding in findings:
        path = root / finding.file
        if not path.is_file():
            wrong.append(f"no such file: {finding}")
            continue
        raw = path.read_bytes()
        lines = raw.count(b"\n") + (not raw.endswith(b"\n"))
        if not 1 <= finding.line <= max(lines, 1):
            wrong.append(f"no such line of {lines}: {finding}")
        fault, _, remedy = finding.message.partition("; ")
        if not (fault.strip() and remedy.strip()):
            wrong.append(f"does not say what to write: {finding}")
        if any(word in finding.message for word in _FOREIGN) or unseen(finding.message):
            wrong.append(f"not in an editor's words: {ascii(str(finding))}")
    return wrong


@lru_cache(maxsize=50)
def converted(text: str) -> str:
    """The Markdown as HTML; every laboratory has the settings of the project."""
    return markdown.Markdown(**preview.markdown_settings(ROOT)).convert(text)


class _Converting:
    """Converts as Markdown does, each text once; what macros print as blocks is held back by the last extension."""

    def __init__(self, extensions: list[Any], **_: object) -> None:
        self.held = extensions[-1]

    def convert(self, text: str) -> str:
        return str(self.held.given_back(converted(text)))


class _Made(NamedTuple):
    """What came of a document as the vocabulary is: the records, what was found, what was left out, where each begins."""

    document: Document
    vocabulary: object
    records: Any
    findings: list[Finding]
    left_out: set[str]
    first_lines: dict[str, int]


class _Remembering(loading._Loader):
    """Makes records of a document once, as long as neither it nor the vocabulary is another."""

    known: ClassVar[dict[tuple[object, ...], _Made]]

    def record(self, path: Path, model: type[Any]) -> Any:
        return self._once(path, model, super().record)

    def records(self, path: Path, model: type[Any], prefix: str = "") -> Any:
        return self._once(path, model, super().records, *([prefix] if prefix else []))

    def _once(self, path: Path, model: type[Any], make: Callable[..., Any], *given: str) -> Any:
        findings, left_out, self.findings, self.left_out = self.findings, self.left_out, [], set()
        document, vocabulary = self._read(path), self.context.get("vocabulary")
        made = self.known.get((path, model))
        if made is None or made.document is not document or made.vocabulary is not vocabulary:
            self.findings = []
            made = _Made(document, vocabulary, make(path, model, *given), self.findings, self.left_out, self.first_lines)
            self.known[path, model] = made
        self.findings, self.left_out = [*findings, *made.findings], left_out | made.left_out
        self.first_lines = made.first_lines
        return made.records


@contextmanager
def laboratory(root: Path, today: date) -> Iterator[Lab]:
    """The project in this folder; what an example leaves alone is read, made records of, and made HTML, only once."""
    lab = Lab(root, today)
    known: dict[str, tuple[Document, tuple[Finding, ...]]] = {}
    words: list[Vocabulary] = []
    vocabulary_of = loading._vocabulary

    def read(path: Path, file: str) -> tuple[Document, tuple[Finding, ...]]:
        if not path.is_relative_to(root) or not path.is_file() or path.read_bytes() != lab.originals.get(file):
            return reader.read(path, file)
        if file not in known:
            known[file] = reader.read(path, file)
        return known[file]

    def vocabulary(there: Path) -> Vocabulary:
        made = vocabulary_of(there)
        for before in words:
            if made.terms == before.terms and all(each is dict(before)[name] for name, each in made if name != "terms"):
                return before
        words[:] = [*words[:1], made]  # as it was at first, and as an example has it
        return made

    whole: list[tuple[Formulary, list[Finding]]] = []
    judged: list[Finding] = []
    # Maybe those of another laboratory, of another project.
    loaded_before: Callable[[Path, date], tuple[Formulary, list[Finding]]] = vars(checking)["load"]
    of_data = every.of_data

    def loaded(there: Path, day: date) -> tuple[Formulary, list[Finding]]:
        if there != root or lab.held.startswith(DATA.as_posix()):
            return loaded_before(there, day)
        if not whole:
            whole.append(load(there, day))
            judged.extend(of_data(whole[0][0]))
        return whole[0][0], [*whole[0][1]]

    def of_all_data(book: Formulary) -> Iterator[Finding]:
        return iter(judged) if whole and book is whole[0][0] else of_data(book)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking, "load", loaded)
        patch.setattr(every, "of_data", of_all_data)
        patch.setattr(loading, "read", read)
        patch.setattr(loading, "_Loader", type("_Loader", (_Remembering,), {"known": {}}))
        patch.setattr(loading, "_vocabulary", vocabulary)
        patch.setattr(preview, "markdown_settings", cache(preview.markdown_settings))
        patch.setattr(preview, "markdown", SimpleNamespace(Markdown=_Converting))
        yield lab
