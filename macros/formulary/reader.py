"""One YAML file as plain text values, with the line of every value.

Every scalar stays the text that the editor wrote: `no`, `1:30`, `010` and `1e3` mean what the model says they mean,
not what YAML 1.1 makes of them. Anchors, tags, merge keys and repeated keys are refused.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from macros.finding import MERGED, Finding, Refused, merging, unseen
from macros.formulary.comments import cut_off

# A data file is written by hand; anything beyond these is an accident or an attack.
_MOST_BYTES = 1_000_000
_DEEPEST = 12
_LONGEST = 5_000
_FILES = 50  # as many as a medicine has: the register reads them once more

# What the parser says of the mistakes that editors make, by a part of its words, and what to tell them instead.
_MISTAKES = (
    ("quoted scalar", "a quote opens here and is never closed; write the closing quote, or leave both out"),
    ("flow sequence", "a '[' opens here and is not closed before the line ends; write the ']'"),
    ("flow mapping", "a '{' opens here and is not closed before the line ends; write the '}'"),
    ("tab character", "a tab stands here; indent with spaces only"),
    ("mapping values", "a colon too many, or the line before lacks its colon and the space after it; put a text that holds ': ' in quotes"),
    (
        "block mapping",
        "this line does not fit its entry; give all lines of an entry the same number of spaces, and quote a whole text or none of it",
    ),
)
OLD_LINE_ENDS = "the lines end as on an old Mac; save the file with the line ends of Unix or Windows"
# Where these begin is what an editor has to mend; the parser stumbles only later.
_OPENED = ("quoted scalar", "flow sequence", "flow mapping")

Tree = dict[str, "Tree"] | list["Tree"] | str
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """A file's values and, for each path of keys, the line that it stands on."""

    file: str
    tree: dict[str, Tree]
    lines: dict[Place, int]

    def line(self, place: Place) -> int:
        """The line of this path, or of its nearest parent that stands in the file."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def leaves(tree: Tree, place: str = "") -> Iterator[tuple[str, str]]:
    """Every value with its place in the tree: `standard.value`, an entry of a list by its first value, `standard.sources[label].part`."""
    if isinstance(tree, dict):
        for key, below in tree.items():
            yield from leaves(below, f"{place}.{key}" if place else key)
    elif isinstance(tree, list):
        for each in tree:
            yield from leaves(each, f"{place}[{_first(each)}]")
    else:
        yield place, tree


def _first(tree: Tree) -> str:
    """The value by which an entry of a list is told from others, as one word; none of a plain value, which stands beside its place."""
    value = next((value for value in tree.values() if isinstance(value, str)), "") if isinstance(tree, dict) else ""
    return "-".join(value.replace(":", "").split())


class _Stop(Exception):
    def __init__(self, line: int, message: str):
        self.line, self.message = line, message


class _Builder:
    """Builds the tree from YAML's events: aliases are never followed, so nothing can grow."""

    def __init__(self, file: str, text: str):
        self.file = file
        self.last = max(len(text.splitlines()), 1)
        self.events = yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
        self.lines: dict[Place, int] = {}
        self.findings: list[Finding] = []

    def build(self) -> Tree:
        next(self.events)
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            return {}
        assert isinstance(event, yaml.DocumentStartEvent), "nothing else follows the start of the stream"
        if event.version or event.tags:
            raise _Stop(self._line(event), "a line begins with '%', which means something to YAML; delete it")
        tree = self._node(next(self.events), ())
        next(self.events)
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise _Stop(self._line(event), "a second document begins here; keep one per file, without '---'")
        return tree

    def _line(self, event: yaml.Event) -> int:
        """The line on which it stands; what is empty at the end of the file stands on its last line."""
        assert event.start_mark, "the parser marks every event"
        return min(event.start_mark.line + 1, self.last)

    def _node(self, event: yaml.Event, place: Place) -> Tree:
        line = self._line(event)
        self.lines.setdefault(place, line)
        if isinstance(event, yaml.AliasEvent):
            raise _Stop(line, f"alias '*{event.anchor}' is not allowed; write the value out")
        assert isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent), "an end is read where its beginning was"
        if event.anchor:
            raise _Stop(line, f"anchor '&{event.anchor}' is not allowed; write the value out where it is needed")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            raise _Stop(line, f"tag '{tag}' is not allowed; write the plain value")
        if len(place) > _DEEPEST:
            raise _Stop(line, "nested too deeply; compare with the example on the page 'For editors'")
        if isinstance(event, yaml.ScalarEvent):
            return _visible(event.value, line)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(place)
        return self._mapping(place)

    def _list(self, place: Place) -> list[Tree]:
        items: list[Tree] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(event, (*place, len(items))))
        return items

    def _mapping(self, place: Place) -> dict[str, Tree]:
        items: dict[str, Tree] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = self._line(event)
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
                raise _Stop(line, "a key must be a plain word; write 'key: value'")
            key = _visible(event.value, line)
            if key == "<<":
                raise _Stop(line, "merge key '<<' is not allowed; write the keys out")
            if key in items:
                first = self.lines[(*place, key)]
                self.findings.append(Finding(self.file, line, "yaml", f"key '{key}' stands twice, first on line {first}; keep one of them"))
                self._node(next(self.events), (*place, key, "again"))
                continue
            self.lines[(*place, key)] = line
            items[key] = self._node(next(self.events), (*place, key))
        return items


def _visible(text: str, line: int) -> str:
    """The text, if a reader can see all of it: escapes and odd characters could turn it round or cut it short."""
    if "\n" in text:
        raise _Stop(line, "the text has a line break; write it on one line, or fold it with '>-'")
    if len(text) > _LONGEST:
        raise _Stop(line, f"the text is longer than {_LONGEST} characters; write what one fact says, in a sentence or two")
    if hidden := unseen(text):
        raise _Stop(line, f"the text holds the invisible character U+{ord(hidden[0]):04X}; delete it")
    return text


def means_other(text: str) -> bool:
    """Whether a plain reader of YAML, as MkDocs is one of front matter, takes the text for a number, a date, yes or no."""
    tag: str = yaml.SafeLoader("").resolve(yaml.ScalarNode, text, (True, False))
    return tag != str(yaml.resolver.BaseResolver.DEFAULT_SCALAR_TAG)


def _all_visible(text: str) -> None:
    """Refuses what an editor can't see anywhere in the file, so that his lines are the parser's lines."""
    for number, line in enumerate(text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"), 1):
        if hidden := unseen(line)[:1]:
            told = {"\t": dict(_MISTAKES)["tab character"], "\r": OLD_LINE_ENDS}
            raise _Stop(number, told.get(hidden[0], f"the text holds the invisible character U+{ord(hidden[0]):04X}; delete it"))


def contents(path: Path, most: int) -> bytes:
    """What the file holds. Raises FileNotFoundError where there is none.

    Raises Refused for one of more bytes, for one that can't be read, and for a pipe, a socket or a device, which would be
    waited for without end.
    """
    if path.exists() and not path.is_file():
        raise Refused("this is no plain file; put a file here, or delete it")
    try:
        with open(path, "rb", opener=_at_once) as file:
            raw = file.read(most + 1) or b""
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Refused(f"this file can't be read ({error.strerror}); let whoever builds the site read it, or put another here") from error
    if len(raw) > most:
        raise Refused(f"larger than {most} bytes; delete what was not written by hand")
    return raw


def _at_once(path: str, flags: int) -> int:
    """Opens a file without waiting for what some of a system's own files never say."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def read(path: Path, file: str) -> tuple[Document, tuple[Finding, ...]]:
    """The file as a document, with every fault found on the way; `file` is the name that findings use."""
    try:
        raw = contents(path, _MOST_BYTES)
    except FileNotFoundError:
        return _nothing(file, 1, "this file is missing; macros/template shows what belongs in it")
    except Refused as refused:
        return _nothing(file, 1, str(refused))
    try:
        return read_text(raw.decode("utf-8"), file)
    except UnicodeDecodeError as error:
        return _nothing(file, raw[: error.start].count(b"\n") + 1, "not UTF-8 text; save the file as UTF-8")


@lru_cache(maxsize=_FILES)
def read_text(text: str, file: str) -> tuple[Document, tuple[Finding, ...]]:
    """The text as a document, with every fault found on the way."""
    if merged := merging(text):
        return Document(file, {}, {}), (Finding(file, merged[0], MERGED, merged[1]),)
    if cut := cut_off(text):
        return _nothing(file, *cut)
    try:
        _all_visible(text)
        builder = _Builder(file, text)
        tree = builder.build()
    except _Stop as stop:
        return _nothing(file, stop.line, stop.message)
    except yaml.YAMLError as error:
        return _nothing(file, *mistake(error, text))
    if not isinstance(tree, dict):
        line = builder.lines.get((), 1)
        return _nothing(file, line, "the file must hold 'name: value' entries; write 'name:' and indent what belongs to it")
    return Document(file, tree, builder.lines), tuple(builder.findings)


def mistake(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    """The line that an editor has to mend, and what is wrong with it."""
    if isinstance(error, yaml.reader.ReaderError):
        # libyaml counts bytes, PyYAML's own reader characters; the character itself tells the line in both.
        code = error.character if isinstance(error.character, int) else ord(error.character)
        line = text[: max(text.find(chr(code)), 0)].count("\n") + 1
        return line, f"the text holds the invisible character U+{code:04X}; delete it"
    if isinstance(error, yaml.MarkedYAMLError):
        line, message = _marked(error, text)
        return min(line, max(len(text.splitlines()), 1)), message
    return 1, f"not valid YAML ({error}); check the file's quotes and brackets"


def _marked(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str]:
    mark = error.problem_mark or error.context_mark
    said = " ".join(filter(None, (error.context, error.problem)))
    if not mark:
        return 1, f"not valid YAML ({said}); check the file's quotes and brackets"
    at = mark.line
    if "cannot start any token" in said:
        lines = text.splitlines()
        char = lines[at][mark.column : mark.column + 1] if at < len(lines) else ""
        if char == "\t":
            return at + 1, dict(_MISTAKES)["tab character"]
        return at + 1, f"a text can't begin with '{char}'; put it in quotes"
    for part, words in _MISTAKES:
        if part in said:
            began = error.context_mark if part in _OPENED and error.context_mark else mark
            return began.line + 1, words
    hint = "check the indentation, the colons and the quotes of this line and the one before"
    return at + 1, f"not valid YAML ({said}); {hint}"


def _nothing(file: str, line: int, message: str) -> tuple[Document, tuple[Finding, ...]]:
    return Document(file, {}, {}), (Finding(file, line, "yaml", message),)
