"""What changed in the register since a git revision, in words: old → new by section, what can hurt a patient first."""

import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path
from typing import Final

from macros.finding import Refused
from macros.formulary.model import FILES
from macros.pages.register import FOLDER

# What a comment on a pull request may hold, with room for the last line.
MOST: Final = 60_000
_NEAR = 40  # characters that are kept on both sides of what changed
_ALIKE = 0.5
_LINE = re.compile(r" *(?P<mark>[>=]) (?P<text>.*)")
_PLACE = re.compile(r"(?P<place>\S+?): (?P<said>.*)")
_FIRST: Final = ("status", "indications", "dose", "safety", "monitoring")
assert set(_FIRST) <= FILES.keys()
# What shows a fact, or tells how far it holds; a style may hide or change it.
_MARKS = "admonition|agrees|alert|availability|badge|card|cards|chip|chips|condition|fact|gap|gaps|legend|mark|rates|shared|where"
_HURTS = re.compile(rf"\{{(?:[a-z0-9-]+/)?(?:{'|'.join(_FIRST)})/|\{{(?:badge|dose)|\.(?:{_MARKS})\b|status-")
# What a line is known by when its words change: the element with its name or its fact.
_KEY = re.compile(r"[\w.-]*(?:#[\w-]+[\w.-]*(?: \{[^:}]+\})?| \{[^:}]+\})(?= |$)")
_EVERYDAY = re.compile(r"\A(?:p|li|tr) ")
_ACTIVE = re.compile(r"[\\`*_~<>&\[\]|]")
_TITLE = re.compile(r"(?:caption|h[1-6]) ")
_HURTING = {*(f"{name}.yml" for name in _FIRST), "statuses.yml", "units.yml", "vocabulary.yml", "terms.txt", "glossary.yml", "recalls.yml"}
_RANKS: Final = (
    "Doses, statuses, indications, warnings and monitoring, and how they are marked",
    "Words typed by hand, and what stands around all pages",
    "Everything else",
)


@dataclass(frozen=True)
class _Change:
    """A line of a register that was changed, put in or taken out; `rank` is 0 for what may hurt a patient."""

    rank: int
    section: str
    place: str
    old: str
    new: str

    def said(self) -> str:
        """The change on one line."""
        old, new = (text if self.place else _EVERYDAY.sub("", text) for text in (self.old, self.new))
        if not old or not new:
            return f"{'new' if new else 'removed'}: “{new or old}”"
        if self.old == self.new:
            return f"stands within another block, or in none: “{self.new}”"
        old, new = _shortened(old, new)
        return f"“{old}” → “{new}”"

    @property
    def turn(self) -> tuple[int, bool, bool, bool]:
        """When it is told: what was changed before where it shows, and the long lists of that last."""
        row, evidence = "{dose-table}" in f"{self.old}{self.new}", "/evidence.md," in self.section
        return self.rank, not self.section.startswith("data "), row, evidence


def since(root: Path, revision: str, now: Mapping[Path, str]) -> list[str]:
    """What changed between the registers of a git revision and those of `now`, as lines of Markdown; none if nothing did.

    Raises Refused where git can't give them.
    """
    before = _committed(root, revision)
    lines: list[str] = []
    changes: list[_Change] = []
    for path in sorted(before.keys() | now.keys(), key=lambda path: (path.name == "site.txt", path)):
        old, new, name = before.get(path, ""), now.get(path, ""), path.stem.replace("-", " ")
        if old and new:
            changes += _changes(old, new)
            continue
        count = (old or new).count("\n")
        said = f"is new: read all {count} lines of {path.as_posix()}" if new else f"is gone, with {count} lines of its register"
        lines += [f"## {name} {said}", ""]
    return [*_counted(changes), *lines, *_listed(changes)]


def fitting(lines: list[str], most: int = MOST) -> list[str]:
    """As many of the lines as a comment may hold, and a last one that says how many are left out."""
    lines = [_ACTIVE.sub(r"\\\g<0>", line) for line in lines]  # GitHub would take them for Markdown or HTML, and hide or strike words
    size, kept = 0, 0
    for line in lines:
        size += len(line) + 1
        if size > most:
            break
        kept += 1
    left = sum(line.startswith("  - ") for line in lines[kept:])
    last = f"**{left} more changes do not fit here; read them with `python -m macros diff`.**"
    return [*lines[:kept], last] if kept < len(lines) else lines


def _counted(changes: list[_Change]) -> Iterator[str]:
    """How much changed of what, since one figure in the data may show in a hundred places."""
    counts = Counter(change.section.partition(" ")[0] for change in changes)
    kinds = (("data", "value", "of the data"), ("page", "line", "of pages"), ("file", "line", "of files around them"))
    if changes:
        yield from (
            "Changed: "
            + ", ".join(f"{counts[kind]} {one}{'s' * (counts[kind] != 1)} {of}" for kind, one, of in kinds if counts[kind])
            + ".",
            "",
        )


def _listed(changes: list[_Change]) -> Iterator[str]:
    for rank, of_rank in groupby(sorted(changes, key=lambda change: change.turn), key=lambda change: change.rank):
        yield from (f"## {_RANKS[rank]}", "")
        told: dict[str, list[_Change]] = {}  # what is said in several places is said once
        for change in of_rank:
            told.setdefault(change.said(), []).append(change)
        for section, firsts in groupby(told.items(), key=lambda each: each[1][0].section):
            yield f"- {section}"
            for said, (first, *others) in firsts:
                yield f"  - {f'{first.place}: ' if first.place else ''}{said}{_elsewhere(first, others)}"
        yield ""


def _elsewhere(first: _Change, others: list[_Change]) -> str:
    names = [each.place or "again" if each.section == first.section else f"{each.section} {each.place}".strip() for each in others]
    return f" (also: {'; '.join(dict.fromkeys(names))})" if names else ""


def _changes(old: str, new: str) -> list[_Change]:
    """What differs, in the order of the register."""
    before, after = _sections(old), _sections(new)
    found = list(_moved(list(before), list(after)))
    for section in dict.fromkeys([*after, *before]):
        for one, other in _pairs(before.get(section, []), after.get(section, [])):
            (old_mark, was), (new_mark, now) = _read(one), _read(other)
            if was == now and _indent(one) == _indent(other):
                continue  # the words are the same, and so is their place; they only were, or are, typed somewhere else, too
            rank = 0 if was == now else _rank(section, f"{one} {other}", typed=">" in (old_mark, new_mark))
            place = _PLACE.fullmatch(now or was) if section.startswith("data ") else None
            if place:
                was, now = (text.removeprefix(f"{place['place']}: ") for text in (was, now))
            found.append(_Change(rank, section, place["place"] if place else "", was, now))
    return found


def _moved(old: list[str], new: list[str]) -> Iterator[_Change]:
    """The sections that stand behind another one of their page than before, though all their lines may be the same."""
    for _, sections in groupby((each for each in new if each in old), key=lambda section: section.partition(", ")[0]):
        now = list(sections)
        was = [each for each in old if each in now]
        for kind, _, _, start, end in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
            for section in now[start:end] if kind in ("insert", "replace") else ():
                behind = [["the top", *order][order.index(section)] for order in (was, now)]
                yield _Change(0, section, "moved, with all that stands in it", f"behind {behind[0]}", f"behind {behind[1]}")


def _rank(section: str, lines: str, *, typed: bool) -> int:
    hurts = _HURTS.search(lines) or section.rpartition("/")[2].removeprefix("data ") in _HURTING
    return 0 if hurts else 1 if typed or section.startswith("file ") else 2


def _sections(text: str) -> dict[str, list[str]]:
    """The lines of a register by the page and heading, the data file or the other file that they stand under."""
    found: dict[str, list[str]] = {}
    top = section = ""
    for line in text.split("\n"):
        if line.startswith("== "):
            top = section = line.removeprefix("== ")
        elif line.startswith("#"):
            section = f"{top}, {line}"
        elif line and top:
            found.setdefault(section, []).append(line)
    return found


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """The lines that differ, each with the one that took its place; "" stands for none."""
    for kind, begun, ended, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        left = new[start:end]
        for line in old[begun:ended]:
            likest = max(left, key=lambda each: _likeness(line, each), default="")
            if likest and _likeness(line, likest) >= _ALIKE:
                left.remove(likest)
                yield line, likest
            else:
                yield line, ""
        yield from (("", line) for line in left)


def _likeness(one: str, other: str) -> float:
    """1 for two lines about the same, 0 for two that name different things, else how much of their words is the same."""
    one, other = _read(one)[1], _read(other)[1]
    keys = [_KEY.match(line) or _PLACE.match(line) for line in (one, other)]
    if any(keys):
        return float(all(keys) and len({key[1] if key and key.re is _PLACE else key and key[0] for key in keys}) == 1)
    titles = [_TITLE.match(line) for line in (one, other)]
    renamed = titles[0] and titles[1] and titles[0][0] == titles[1][0]
    return max(SequenceMatcher(None, one, other, autojunk=False).ratio(), _ALIKE if renamed else 0)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _read(line: str) -> tuple[str, str]:
    """How the words came to the page, and the words."""
    match = _LINE.fullmatch(line)
    return (match["mark"], match["text"]) if match else ("", line.strip())


def _shortened(old: str, new: str) -> tuple[str, str]:
    """Both texts without what they share at a distance from what differs."""
    most = min(len(old), len(new))
    ahead = next((at for at in range(most) if old[at] != new[at]), most)
    behind = next((at for at in range(most - ahead) if old[-1 - at] != new[-1 - at]), most - ahead)
    begun = old.rfind(" ", 0, max(ahead - _NEAR, 0)) + 1
    cut = max(behind - _NEAR, 0)

    def part(text: str) -> str:
        end = len(text) - cut
        end = text.find(" ", end) if cut and " " in text[end:] else len(text)
        return f"{'… ' if begun else ''}{text[begun:end]}{' …' if end < len(text) else ''}"

    return part(old), part(new)


def _committed(root: Path, revision: str) -> dict[Path, str]:
    if revision.startswith("-"):
        raise Refused(f"'{revision}' is no revision; name a commit or a branch")
    names = _git(root, revision, "ls-tree", "-r", "-z", revision, "--", f"{FOLDER.as_posix()}/").decode("utf-8", "replace")
    found = {}
    for entry in filter(None, names.split("\0")):
        about, _, name = entry.partition("\t")
        # As it was committed: `archive` and `show` heed .gitattributes, by which a file may be left out or changed.
        found[Path(name)] = _git(root, revision, "cat-file", "blob", about.split()[2]).decode("utf-8", "replace")
    if not found:
        raise Refused(f"git can't give the register of '{revision}' (it holds none); name a commit that has one")
    return found


def _git(root: Path, revision: str, *words: str) -> bytes:
    try:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, check=False)
    except OSError as error:
        raise Refused("git is not installed; install it to compare revisions") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise Refused(f"git can't give the register of '{revision}' ({said[-1] if said else 'no reason'}); name a commit that has one")
    return done.stdout
