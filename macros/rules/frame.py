"""Rules on the words of what stands around the pages: names in mkdocs.yml, templates, style sheets."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

import yaml

from macros.finding import Fault, excerpt
from macros.formulary.book import Formulary
from macros.pages.html import elsewhere
from macros.pages.settings import SETTINGS, entries
from macros.rules.prose import claim, numbers
from macros.rules.rule import rule

_NAMES = ("site_name", "site_description", "copyright")
_LICENCE = "copyright"  # the name of a licence may hold its version
_TEMPLATES = Path("overrides")
_TAG = re.compile(r"<[^>]*>")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LOADED = re.compile(r"(?:@import\s+(?:url\()?|url\()\s*['\"]?([^'\")\s;]+)", re.IGNORECASE)
_WRITTEN = re.compile(r"""\bcontent\s*:[^;}]*?["']([^"';}]*(?:[^\W\d_]|\\)[^"';}]*)""", re.IGNORECASE)


@rule("frame")
def names_claim_nothing(root: Path, book: Formulary) -> Iterator[Fault]:
    """The names in mkdocs.yml that readers see on every page claim no approval and hold no figure."""
    for key, name in _names(root):
        line = name.start_mark.line + 1
        if word := claim(name.value):
            message = f"“{excerpt(name.value)}” calls a use '{word}'; name what the page is about, and leave that to the facts on it"
            yield Fault((SETTINGS, line), message)
        if key != _LICENCE and (found := numbers(name.value, book.vocabulary.terms)):
            message = f"“{excerpt(name.value)}” holds the figure '{found[0]}'; write it without, or list the name in macros/data/terms.txt"
            yield Fault((SETTINGS, line), message)


@rule("frame")
def sheet_adds_nothing(root: Path, files: Collection[str]) -> Iterator[Fault]:
    """A style sheet loads nothing from another host and writes no words of its own."""
    for name in (f"docs/{file}" for file in files if file.endswith(".css")):
        text = (root / name).read_bytes().decode("utf-8", "replace")
        text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
        for found in _LOADED.finditer(text):
            if elsewhere(found[1]):
                message = f"the style sheet loads from another host: {excerpt(found[1])}; put the file under docs/assets"
                yield Fault((name, text[: found.start()].count("\n") + 1), message)
        for found in _WRITTEN.finditer(text):
            message = f"the style sheet writes '{excerpt(found[1])}'; write words on a page, where rules read them"
            yield Fault((name, text[: found.start()].count("\n") + 1), message)


@rule("frame")
def template_claims_nothing(root: Path) -> Iterator[Fault]:
    """A template of the theme calls no use approved."""
    for path in sorted((root / _TEMPLATES).rglob("*.html")):
        name = path.relative_to(root).as_posix()
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1):
            if word := claim(line) or claim(_TAG.sub("", line)):
                message = f"the template calls a use '{excerpt(word)}'; leave that to the facts on the pages"
                yield Fault((name, number), message)


def _names(root: Path) -> Iterator[tuple[str, yaml.Node]]:
    """The names that readers see, each with the setting that it belongs to."""
    for key, value in entries(root):
        if key.value in _NAMES and isinstance(value, yaml.ScalarNode):
            yield key.value, value
        elif key.value == "nav":
            yield from (("nav", name) for name in _menu(value))


def _menu(node: yaml.Node) -> Iterator[yaml.Node]:
    """The names in the menu, however deep."""
    if isinstance(node, yaml.MappingNode):
        for name, below in node.value:
            yield name
            yield from _menu(below)
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _menu(each)
