"""Lets a draft begin from a label: reads the file, refuses another medicine's, and fills the draft's files with what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from macros.editing import notes
from macros.editing.same_medicine import Names, told_apart
from macros.finding import Refused, excerpt
from macros.formulary import naming
from macros.formulary.reader import Tree, contents, read
from macros.labels import files
from macros.labels.label import Label

# What the readers of labels are told of sections and names lies beside them.
_KNOWN = Path(files.__file__).parent
# What is published from the project's folder, or read as data.
_OURS = ("docs", "overrides", "macros")


@dataclass(frozen=True, slots=True)
class FromLabel:
    """A label, and what an editor has to look up before the first fact is written from it."""

    label: Label
    warning: str


def from_file(root: Path, file: Path, inn: str) -> FromLabel:
    """The label in the file. Raises Refused, with the file's name, for what is no label, or is one of another medicine."""
    try:
        label = files.label(_bytes(root, file))
        return FromLabel(label, "; ".join(filter(None, (told_apart(label, inn, _names()), *label.remarks))))
    except Refused as refused:
        raise Refused(f"{notes.printable(str(file))}: {refused}; nothing was written") from refused


def _bytes(root: Path, file: Path) -> bytes:
    try:
        inside = any(file.resolve().is_relative_to((root / name).resolve()) for name in _OURS)
        folder, size = file.is_dir(), file.stat().st_size if file.is_file() else 0
    except (OSError, RuntimeError) as error:  # a link that leads to itself, a name longer than any may be
        raise Refused("this path leads to no file; write the path of a label that you downloaded") from error
    if inside:
        raise Refused("the file lies where the site is made from, and would be published; move it out of the project")
    if folder:
        raise Refused("this is a folder; name the file of the label in it")
    if size > files.MOST:
        raise Refused(f"larger than {files.MOST // 1_000_000} megabytes, as no label is; take one label out of it")
    try:
        return contents(file, files.MOST)
    except FileNotFoundError as error:
        raise Refused("there is no such file; write the path of a label that you downloaded") from error


def taken(
    start: FromLabel, inn: str, draft: Mapping[str, str], topics: Mapping[str, str], *, waits_for: str, today: date
) -> dict[str, str]:
    """The files of a draft with the label's sources, parts that its gaps wait for, and notes.

    `topics` says in which data file each topic stands; `waits_for` is the source that the draft's gaps name without a label.
    """
    label, slug = start.label, naming.slug_of(inn)
    parts = notes.parts(label, slug, _known())
    filled = {
        name: notes.waiting(text, label.place, waits_for, parts) if name.startswith("data/") else text for name, text in draft.items()
    }
    cited = [each for each in parts if any(f"{{source: {each.source}, " in text for text in filled.values())]
    for name in filled:
        kept = [each for each in parts if name == f"data/{topics[each.topics[0]]}.yml"]
        if name == "data/identity.yml":
            filled[name] += notes.identity(label, parts[0].source, label.place)
        if kept:
            filled[name] += notes.notes(kept, start.warning)
    waits = any(f"{{source: {waits_for}, " in text for text in filled.values())
    own = [filled["source.yml"]] if waits else []  # a source that no fact waits for is refused
    return {**filled, "source.yml": "\n".join([*own, notes.sources(label, inn, slug, cited, today)])}


def speaks_of(start: FromLabel, topic: str) -> bool:
    """Whether a section of the label speaks of this topic."""
    known = _known()
    return any(
        topic in known[document.kind].get(section.code, ("", ()))[1] for document in start.label.documents for section in document.sections
    )


def said(start: FromLabel) -> list[str]:
    """What was read, a line for each text of the label, and the warning if there is one."""
    of = excerpt(", ".join(names[0] for names in start.label.ingredients)) or "no ingredient listed"
    lines = [
        f"read {start.label.form} ({of}): set id {excerpt(each.set_id) or 'none'}, version {excerpt(each.version) or 'none'}, "
        f"date {each.day or 'none'}, language {excerpt(each.language)}, {len(each.sections)} sections"
        for each in start.label.documents
    ]
    return [*lines, *([f"warning: {start.warning}"] if start.warning else [])]


def _tree(name: str) -> dict[str, Tree]:
    document, found = read(_KNOWN / name, f"macros/labels/{name}")
    if found:
        raise Refused("\n".join(map(str, found)))
    return document.tree


def _known() -> notes.Known:
    """The sections of labels by their codes and numbers."""
    made: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {}
    for kind, sections in _entries(_tree("sections.yml")):
        made[kind] = {}
        for name, entry in _entries(sections):
            found = dict(_entries(entry))
            called = (name.removeprefix("spl_").replace("_", " "), _words(found["topics"]))
            made[kind] |= dict.fromkeys((name, str(found.get("code", name))), called)
    return made


def _names() -> Names:
    tree = _tree("substances.yml")
    return Names(_words(tree["after"]), {inn: _words(names) for inn, names in _entries(tree["also"])})


def _entries(tree: Tree) -> Sequence[tuple[str, Tree]]:
    return list(tree.items()) if isinstance(tree, dict) else []


def _words(tree: Tree) -> tuple[str, ...]:
    return tuple(map(str, tree)) if isinstance(tree, list) else ()
