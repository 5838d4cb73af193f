"""What mkdocs.yml says that the code has to know, read without MkDocs; no other code opens that file to judge or use it.

MkDocs follows aliases and makes objects of tags, without end and without asking. It gets the file after this reader took it.
"""

import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import markdown
import yaml

from macros.finding import MERGED, Finding, Refused, excerpt, merging
from macros.formulary.comments import cut_off
from macros.formulary.reader import contents, mistake

SETTINGS = "mkdocs.yml"
# The settings are written by hand; anything beyond these is an accident or an attack.
_MOST_BYTES = 1_000_000  # the menu of two thousand medicines has half of it
_DEEPEST = 12
_TAG = "!ENV"  # the one that the settings need
_EXTENSIONS = "markdown_extensions"
# A menu of plain lines, names and paths alone: nothing in it can do what `text` has to look for, and it is long.
_NAME = r"""(?:"[^"\\\n]*"|[^\W_][^:#\n]*)"""
_PLAIN_MENU = re.compile(rf"^nav:\n(?: {{2,20}}- (?:{_NAME}:|(?:{_NAME}: )?[\w./-]+)\n)+(?=\S|\n|\Z)", re.MULTILINE)


class Unreadable(Refused):
    """The settings can't be used; carries the fault."""

    def __init__(self, line: int, message: str, rule: str = "yaml") -> None:
        self.finding = Finding(SETTINGS, line, rule, message)
        super().__init__(str(self.finding))


class _Loader(yaml.SafeLoader):
    """Reads values without acting on `!ENV`."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def faults(root: Path) -> list[Finding]:
    """What keeps the settings from being used, if anything does."""
    try:
        tree(root)
        markdown_settings(text(root))
    except Unreadable as unreadable:
        return [unreadable.finding]
    return []


def usable(root: Path) -> bool:
    """Whether pages can be made by the settings; `faults` says why not."""
    try:
        markdown_settings(text(root))
    except Unreadable:
        return False
    return True


def text(root: Path) -> str:
    """The file as it stands, if it is plain enough for MkDocs; how lines of a plain menu are indented is not asked. Raises Unreadable."""
    try:
        found = contents(root / SETTINGS, _MOST_BYTES).decode("utf-8")
    except FileNotFoundError as error:
        raise Unreadable(1, "this file is missing; take it from the last commit") from error
    except UnicodeDecodeError as error:
        raise Unreadable(error.object[: error.start].count(b"\n") + 1, "not UTF-8 text; save the file as UTF-8") from error
    except Refused as refused:
        raise Unreadable(1, str(refused)) from refused
    _brief(found)
    return found


def tree(root: Path) -> yaml.MappingNode:
    """All settings, as nodes that know their lines. Raises Unreadable."""
    return _tree(text(root))


def entries(root: Path) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    """Each setting with its value, as nodes that know their lines. Raises Unreadable."""
    return list(tree(root).value)


@lru_cache(maxsize=2)
def _brief(found: str) -> yaml.MappingNode:
    """The same without a plain menu, which would take most of the time."""
    return _tree(_PLAIN_MENU.sub(lambda menu: "nav:" + "\n" * menu[0].count("\n"), found))


def site_name(root: Path) -> str:
    """The name of the site; "" if none is set. Raises Unreadable."""
    named = {key.value: value for key, value in _brief(text(root)).value}
    return str(named["site_name"].value) if isinstance(named.get("site_name"), yaml.ScalarNode) else ""


def without_menu(root: Path) -> str:
    """The settings as they stand but for the menu. Raises Unreadable."""
    found, lines = text(root), []
    for key, value in _brief(found).value:
        if key.value != "nav":
            lines += found.split("\n")[key.start_mark.line : value.end_mark.line + 1]
    return "\n".join(lines)


def site_url(root: Path) -> str:
    """The address of the site with a stroke at its end; "" if none is set. Raises Unreadable."""
    named = {key.value: value for key, value in _brief(text(root)).value}
    said = str(named["site_url"].value) if isinstance(named.get("site_url"), yaml.ScalarNode) else ""
    return said if not said or said.endswith("/") else f"{said}/"


def security(root: Path) -> tuple[str, date] | None:
    """Where holes are told, as an address of mail, and the day until which it is read; none unless both are set. Raises Unreadable."""
    given = _extra(root)
    mail, until = given.get("report_mail"), given.get("security_until")
    try:
        return (mail, date.fromisoformat(until)) if isinstance(mail, str) and isinstance(until, str) else None
    except ValueError:  # of what is no day the rule on settings tells
        return None


def _extra(root: Path) -> dict[str, Any]:
    extra = next((value for key, value in _brief(text(root)).value if key.value == "extra"), None)
    return {key.value: value.value for key, value in extra.value} if isinstance(extra, yaml.MappingNode) else {}


def reports(root: Path) -> tuple[str, ...]:
    """How the addresses begin by which pages let an error be reported; none if none is set. Raises Unreadable."""
    given = _extra(root)
    began = {"report_issues": "{}?", "report_mail": "mailto:{}?"}
    return tuple(begin.format(given[name]) for name, begin in began.items() if isinstance(given.get(name), str))


@lru_cache(maxsize=1)
def markdown_settings(found: str) -> dict[str, Any]:
    """The Markdown extensions that the text names, with those that MkDocs always adds. Raises Unreadable."""
    extensions, settings = ["toc", "tables", "fenced_code"], {}
    for key, value in _brief(found).value:
        for node in _listed(value) if key.value == _EXTENSIONS else ():
            name, options = _extension(node)
            extensions.append(name)
            settings[name] = options
    made: dict[str, Any] = {"extensions": list(dict.fromkeys(extensions)), "extension_configs": settings}
    try:
        markdown.Markdown(**made)
    except Exception as error:  # whatever an extension says of its own settings
        line = next(_line(key) for key, _ in _brief(found).value if key.value == _EXTENSIONS)
        raise Unreadable(line, f"Markdown can't be set up: {excerpt(str(error))}; write extensions and options that it has") from error
    return made


@lru_cache(maxsize=2)
def _tree(found: str) -> yaml.MappingNode:
    if merged := merging(found):
        raise Unreadable(*merged, MERGED)
    if cut := cut_off(found):
        raise Unreadable(*cut)
    try:
        _bounded(found)
        read = yaml.compose(found or "{}", Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise Unreadable(*mistake(error, found)) from error
    if not isinstance(read, yaml.MappingNode):
        line = _line(read) if read else 1
        raise Unreadable(line, "the file must hold 'name: value' entries; write 'name:' and indent what belongs to it")
    for key, _ in read.value:
        if not isinstance(key, yaml.ScalarNode):
            raise Unreadable(_line(key), "a key must be a plain word; write 'key: value'")
    return read


def _bounded(found: str) -> None:
    """Refuses what may grow without end when it is read: it goes by the parser's events, which follow nothing."""
    depth = 0
    for event in yaml.parse(found, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
        line = event.start_mark.line + 1 if event.start_mark else 1
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            raise Unreadable(line, f"alias '*{event.anchor}' is not allowed; write the value out")
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            raise Unreadable(line, f"anchor '&{event.anchor}' is not allowed; write the value out where it is needed")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag not in (None, _TAG):
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            raise Unreadable(line, f"tag '{tag}' is not allowed; write the plain value, or '{_TAG} [NAME, value]'")
        if depth > _DEEPEST:
            raise Unreadable(line, "nested too deeply; write flat lists and menus")


def _listed(node: yaml.Node) -> list[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode):
        raise Unreadable(_line(node), f"{_EXTENSIONS} must be a list; write each extension on a line '- name'")
    return list(node.value)


def _extension(node: yaml.Node) -> tuple[str, dict[str, Any]]:
    """The name of an extension and its options."""
    try:
        read = _Loader("").construct_document(node)
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable(_line(node), "a value can't be read as a number or a date; put it in quotes") from error
    name, options = next(iter(read.items())) if isinstance(read, dict) and len(read) == 1 else (read, None)
    if not isinstance(name, str) or not isinstance(options, dict | None):
        raise Unreadable(_line(node), "this is no extension; write '- name', or '- name:' with its options indented below it")
    return name, options or {}


def _line(node: yaml.Node) -> int:
    return node.start_mark.line + 1
