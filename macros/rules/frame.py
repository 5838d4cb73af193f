"""Rules on what stands around every page: the names in mkdocs.yml that readers see, the templates, the style sheets."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from macros.finding import Finding, excerpt, name_of
from macros.pages.html import elsewhere
from macros.rules.claims import claim
from macros.rules.figures_in_text import figures

_SETTINGS = "mkdocs.yml"
_NAMES = ("site_name", "site_description", "copyright")
_LICENCE = "copyright"  # the name of a licence may hold its version
_TEMPLATES = Path("overrides")
_TAG = re.compile(r"<[^>]*>")
_ASKED = re.compile(
    r"""(?:\b(?:src|srcset|poster|data)\s*=\s*|<link\b[^>]*\bhref\s*=\s*|url\(|@import)\s*["']?((?:https?:)?//[^\s"'>)]+)""", re.IGNORECASE
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LOADED = re.compile(r"(?:@import\s+(?:url\()?|url\()\s*['\"]?([^'\")\s;]+)", re.IGNORECASE)
_WRITTEN = re.compile(r"""\bcontent\s*:[^;}]*?["']([^"';}]*(?:[^\W\d_]|\\)[^"';}]*)""", re.IGNORECASE)


def names_claim_nothing(root: Path, terms: Iterable[str]) -> Iterator[Finding]:
    """The names in mkdocs.yml that readers see on every page claim no approval and hold no figure."""
    for key, name in _names(yaml.compose((root / _SETTINGS).read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))):
        line = name.start_mark.line + 1
        if word := claim(name.value):
            message = f"“{excerpt(name.value)}” calls a use '{word}'; name what the page is about, and leave that to the facts on it"
            yield Finding(_SETTINGS, line, name_of(names_claim_nothing), message)
        if key != _LICENCE and (found := figures(name.value, terms)):
            message = f"“{excerpt(name.value)}” holds the figure '{found[0]}'; write it without, or list the name in macros/data/terms.txt"
            yield Finding(_SETTINGS, line, name_of(names_claim_nothing), message)


def sheet_adds_nothing(root: Path, sheets: Iterable[str]) -> Iterator[Finding]:
    """A style sheet loads nothing from another host and writes no words of its own."""
    for name in sheets:
        text = (root / name).read_bytes().decode("utf-8", "replace")
        text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
        for found in _LOADED.finditer(text):
            if elsewhere(found[1]):
                message = f"the style sheet loads from another host: {excerpt(found[1])}; put the file under docs/assets"
                yield Finding(name, text[: found.start()].count("\n") + 1, name_of(sheet_adds_nothing), message)
        for found in _WRITTEN.finditer(text):
            message = f"the style sheet writes '{excerpt(found[1])}'; write words on a page, where rules read them"
            yield Finding(name, text[: found.start()].count("\n") + 1, name_of(sheet_adds_nothing), message)


def template_claims_nothing(root: Path) -> Iterator[Finding]:
    """A template of the theme calls no use approved and loads nothing from another host."""
    for path in sorted((root / _TEMPLATES).rglob("*.html")):
        name = path.relative_to(root).as_posix()
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1):
            if word := claim(line) or claim(_TAG.sub("", line)):
                message = f"the template calls a use '{excerpt(word)}'; leave that to the facts on the pages"
                yield Finding(name, number, name_of(template_claims_nothing), message)
            if found := _ASKED.search(line):
                message = f"the template loads from another host: {excerpt(found[1])}; put the file under overrides"
                yield Finding(name, number, name_of(template_claims_nothing), message)


RULES = (names_claim_nothing, template_claims_nothing, sheet_adds_nothing)


def _names(settings: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    """The names that readers see, each with the setting that it belongs to."""
    for key, value in settings.value if isinstance(settings, yaml.MappingNode) else ():
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
