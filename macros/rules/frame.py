"""Rules on what stands around the pages: names in mkdocs.yml, style sheets. Their words are read in the register."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

import yaml

from macros.finding import Fault, excerpt
from macros.formulary.book import Formulary
from macros.pages import listing
from macros.pages.html import elsewhere
from macros.pages.markdown import DOCS
from macros.pages.settings import SETTINGS, entries
from macros.rules.prose import numbers
from macros.rules.rule import rule

_NAMES = ("site_name", "site_description", "copyright")
_LICENCE = "copyright"  # the name of a licence may hold its version
# Where an address may begin and end. What is a comment and what a text only a browser can tell, so all is looked at.
_WORD = re.compile(r"[^\s'\"(),;]+")
_OF_A_HOST = re.compile(r"https?:|[/\\]{2}", re.IGNORECASE)


@rule("frame")
def names_hold_no_figure(root: Path, book: Formulary) -> Iterator[Fault]:
    """The names in mkdocs.yml that readers see on every page hold no figure."""
    for key, name in _names(root):
        if key != _LICENCE and (found := numbers(name.value, book.terms)):
            message = f"“{excerpt(name.value)}” holds the figure '{found[0]}'; write it without, or list the name in macros/data/terms.txt"
            yield Fault((SETTINGS, name.start_mark.line + 1), message)


@rule("frame")
def sheet_loads_nothing(root: Path, files: Collection[str]) -> Iterator[Fault]:
    """A style sheet loads nothing from another host."""
    for name in (f"docs/{file}" for file in files if file.endswith(".css")):
        text = (root / name).read_bytes().decode("utf-8", "replace")
        for found in _WORD.finditer(text):
            if _OF_A_HOST.search(found[0]) and elsewhere(found[0]):
                message = f"the style sheet loads from another host: {excerpt(found[0])}; put the file under docs/assets"
                yield Fault((name, text[: found.start()].count("\n") + 1), message)


@rule("lists")
def list_in_parts(book: Formulary, files: Collection[str]) -> Iterator[Fault]:
    """A list with more entries than one page should hold stands in parts, each on a page under docs/lists, and no other page is there."""
    wanted = [path.relative_to(DOCS).as_posix() for path in listing.pages(book)]
    for path in wanted:
        if path not in files:
            kind = next(each for each in listing.LISTS.values() if path.startswith(each.page_of("part").removesuffix("part.md")))
            message = f"the list '{kind.name}' has more entries than the {kind.most} of one page, and the page of a part is missing"
            yield Fault((f"docs/{kind.page}", 1), f"{message}, docs/{path}; run `python -m macros generate`, which writes it")
    for path in files:
        if path.startswith(f"{listing.FOLDER}/") and path not in wanted:
            yield Fault((f"docs/{path}", 1), "no list has a part on this page; run `python -m macros generate`, which takes it away")


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
