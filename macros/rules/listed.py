"""Rules on what the build may run and load: every setting of mkdocs.yml, every template, script, style sheet and page name.

What stands in the lists here is built, and nothing else; so a change of what runs is a change of this file.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import date
from functools import lru_cache, partial
from pathlib import Path

import yaml

from macros.finding import Fault, excerpt, unseen
from macros.formulary.book import Formulary
from macros.pages.html import address_of
from macros.pages.settings import SETTINGS, tree
from macros.rules.prose import markup
from macros.rules.rule import rule

# All that mkdocs.yml may say. A mark in place of a value says what editors may write there; {statuses} are those of statuses.yml.
_KNOWN = r"""
site_name: !words
site_description: !words
site_url: !address
docs_dir: docs
edit_uri: ""
copyright: !words
theme:
  name: material
  custom_dir: overrides
  language: en
  font: false
  logo: assets/images/logo.svg
  favicon: assets/images/favicon.png
  features: [navigation.indexes, navigation.path, navigation.sections, navigation.tabs, toc.follow]
  palette:
    - media: "(prefers-color-scheme)"
      primary: custom
      accent: custom
      toggle: {icon: material/brightness-auto, name: Switch to light mode}
    - media: "(prefers-color-scheme: light)"
      scheme: default
      primary: custom
      accent: custom
      toggle: {icon: material/weather-sunny, name: Switch to dark mode}
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      primary: custom
      accent: custom
      toggle: {icon: material/weather-night, name: Switch to automatic mode}
extra:
  generator: false
  scope: /
  offline: !ENV [OFFLINE, false]
  copies: !folder
  report_issues: !page
  report_mail: !mail
  security_until: !day
extra_css:
  - assets/css/statuses.css
  - assets/css/tokens.css
  - assets/css/page.css
  - assets/css/menu.css
  - assets/css/facts.css
  - assets/css/cards.css
  - assets/css/tables.css
  - assets/css/figures.css
  - assets/css/matrix.css
  - assets/css/finder.css
  - assets/css/checklist.css
  - assets/css/print.css
  - assets/css/paper.css
plugins:
  - offline: {enabled: !ENV [OFFLINE, false]}
  - macros: {module_name: macros, on_undefined: strict, j2_comment_start_string: "{##", j2_comment_end_string: "##}"}
markdown_extensions:
  - abbr
  - attr_list
  - def_list
  - tables: {use_align_attribute: true}
  - toc: {permalink: true, permalink_title: Link to this section}
  - pymdownx.superfences
  - pymdownx.blocks.admonition: {types: [{statuses}]}
watch: [macros, overrides]
validation: {omitted_files: warn, absolute_links: warn, unrecognized_links: warn, anchors: warn}
not_in_nav: /lists/
nav: !menu
"""
_OPTIONAL = ("site_url", "copies", "report_issues", "report_mail", "security_until")
# Beside the sheets that pages load, one that only the first page of an unzipped copy asks for.
_UNZIPPED = "assets/css/unzipped.css"
_TEMPLATES = "overrides"
_OVERRIDES = (
    "404.html", "main.html", "partials/copyright.html", "partials/nav-item.html", "partials/search.html", "partials/version.html",
    "assets/images/card.png", "assets/images/card.svg", "assets/images/favicon.png", "assets/images/logo.svg",
    "assets/javascripts/citations.js", "assets/javascripts/copying.js", "assets/javascripts/edition.js",
    "assets/javascripts/find.js", "assets/javascripts/keys.js", "assets/javascripts/lookup.js", "assets/javascripts/page.js",
    "assets/javascripts/search.js", "assets/javascripts/words.js",
)  # fmt: skip
# What the theme and the build put beside the pages.
_TAKEN = ("404", "assets", "search", "sitemap")
_PAGE = re.compile(r"(?:[a-z0-9-]+/)*[a-z0-9-]+\.md")
_SITE = re.compile(r"https://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}/(?:[a-z0-9-]+/)*")
# What the address of a page, a folder under the site's own and an address of mail may be; each is put into pages as it stands.
_PLAIN = {
    "!page": (
        re.compile(r"https://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}/[A-Za-z0-9./_~-]*"),
        "address of a page; write https://, its host and its path",
    ),
    "!folder": (re.compile(r"(?:[a-z0-9-]+/)+"), "folder; write its path from the site's own address in small letters, with / at the end"),
    "!mail": (re.compile(r"[A-Za-z0-9._+-]+@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}"), "address of mail; write name@host"),
}
_STR = "tag:yaml.org,2002:str"


@rule("frame")
def settings_known(root: Path, book: Formulary) -> Iterator[Fault]:
    """Every setting in mkdocs.yml is one that this project is built with, and none of those is missing."""
    wanted, given = _known_settings(", ".join(book.vocabulary.statuses)), tree(root)
    for line, message in _differences("", wanted, given):
        yield Fault((SETTINGS, line), message)


@rule("frame")
def files_known(root: Path, files: Collection[str], links: Collection[str]) -> Iterator[Fault]:
    """Under docs stand pages by plain names of their own and the listed style sheets, under overrides the listed files; none is missing."""
    wrong = {f"docs/{name}": message for name, message in _wrong_pages(files, links)}
    loaded = [*(name for name, _ in _parts(dict(_parts(_known_settings("")))["extra_css"])), _UNZIPPED]
    listed = {*(f"docs/{name}" for name in loaded), *(f"{_TEMPLATES}/{name}" for name in _OVERRIDES)}
    there = {path.relative_to(root).as_posix(): path for path in (root / _TEMPLATES).rglob("*") if path.is_symlink() or path.is_file()}
    for name in (*(f"docs/{name}" for name in files if not name.endswith(".md")), *there):
        if name not in listed:
            wrong.setdefault(name, "is none that the site is built from; delete it, or have it listed in macros/rules/listed.py")
        elif name in there and there[name].is_symlink():
            wrong[name] = "leads to a file elsewhere; put the file itself here"
    wrong |= {name: "is missing; take it from the last commit" for name in listed if not (root / name).is_file()}
    for name, message in wrong.items():
        yield Fault((name, 1), f"this file {message}")


def _wrong_pages(files: Collection[str], links: Collection[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with the names of pages, and with what is no file of its own."""
    pages = [name for name in files if name.endswith(".md")]
    places = Counter(address_of(name) for name in pages)
    for name in pages:
        if name.rpartition("/")[2].lower() == "readme.md":
            yield name, "would take the place of index.md; name it index.md"
        elif not _PAGE.fullmatch(name):
            yield name, "has a name that not every system and address can hold; name it in small letters, digits and hyphens"
        elif name.removesuffix(".md").partition("/")[0] in _TAKEN:
            yield name, "would take the place of what the build makes; give it another name"
        elif places[address_of(name)] > 1:
            yield name, f"would be published as {address_of(name)}, as another page is; delete one of them"
    for name in links:
        yield name, "leads to a file elsewhere; put the file itself here"


@lru_cache(maxsize=2)
def _known_settings(statuses: str) -> yaml.MappingNode:
    known = yaml.compose(_KNOWN.replace("{statuses}", statuses), Loader=yaml.SafeLoader)
    assert isinstance(known, yaml.MappingNode), "the list is written above"
    return known


def _differences(path: str, wanted: yaml.Node, given: yaml.Node) -> Iterator[tuple[int, str]]:
    """Each line of the settings that says something else than the list, with what is wrong there."""
    if kind := _KINDS.get(wanted.tag):
        yield from kind(path, given)
    elif type(wanted) is not type(given) or wanted.tag != given.tag:
        yield _line(given), f"'{path}' is no such thing here; write {_shown(wanted)}"
    elif isinstance(wanted, yaml.ScalarNode):
        if wanted.value != given.value:
            yield _line(given), f"'{path}' may not be '{excerpt(str(given.value))}'; write {_shown(wanted)}"
    else:
        yield from _parts_differ(path, wanted, given)


def _parts_differ(path: str, wanted: yaml.Node, given: yaml.Node) -> Iterator[tuple[int, str]]:
    """The same for the entries of a mapping or the items of a list."""
    known, seen = dict(_parts(wanted)), []
    for name, part in _parts(given):
        where = f"{path}.{name}" if path else name
        if name not in known:
            yield _line(part), f"the project is built without '{excerpt(where)}'; delete it"
        elif name in seen:
            yield _line(part), f"'{where}' stands twice; keep one of them"
        else:
            is_key = isinstance(wanted, yaml.SequenceNode) and isinstance(part, yaml.MappingNode) and name == part.value[0][0].value
            yield from _differences(path if is_key else where, known[name], part)
        seen.append(name)
    for name in known:
        if name not in seen and name not in _OPTIONAL:
            yield _line(given), f"'{path or SETTINGS}' lacks '{name}'; take it from the last commit"
    if isinstance(wanted, yaml.SequenceNode) and sorted(seen) == sorted(known) and seen != list(known):
        yield _line(given), f"'{path}' has another order; write {', '.join(known)}"


def _parts(node: yaml.Node) -> list[tuple[str, yaml.Node]]:
    """The entries of a mapping by their keys; the items of a list by their own words, first keys, or what these are about."""
    if isinstance(node, yaml.MappingNode):
        return [(key.value if key.tag == _STR else key.tag, value) for key, value in node.value]
    return [(_name(item), item) for item in node.value]


def _name(item: yaml.Node) -> str:
    if isinstance(item, yaml.MappingNode) and item.value:
        key, value = item.value[0]
        return _name(value) if isinstance(value, yaml.ScalarNode) else _name(key)
    return str(item.value) if isinstance(item, yaml.ScalarNode) else item.tag


def _words(path: str, given: yaml.Node) -> Iterator[tuple[int, str]]:
    """What is wrong with a name that readers see."""
    if given.tag != _STR or not given.value.strip():
        yield _line(given), f"'{path}' is no text; write it in words, in quotes if need be"
    elif hidden := unseen(given.value):
        yield _line(given), f"'{path}' holds the invisible character U+{ord(hidden[0]):04X}; delete it"
    elif odd := markup(given.value):
        yield _line(given), f"'{path}' holds '{odd[0]}'; write it in plain words"


def _address(path: str, given: yaml.Node) -> Iterator[tuple[int, str]]:
    """What is wrong with the address of the site."""
    if given.tag != _STR or not _SITE.fullmatch(given.value):
        yield _line(given), f"'{path}' is no plain address of a site; write https://, its host and path in small letters, and / at the end"


def _plain_as(kind: str, path: str, given: yaml.Node) -> Iterator[tuple[int, str]]:
    """What is wrong with an address, a folder or an address of mail."""
    pattern, wanted = _PLAIN[kind]
    if given.tag != _STR or not pattern.fullmatch(given.value):
        yield _line(given), f"'{path}' is no plain {wanted}"


def _day(path: str, given: yaml.Node) -> Iterator[tuple[int, str]]:
    """What is wrong with a day."""
    try:
        right = given.tag == _STR and date.fromisoformat(given.value).isoformat() == given.value
    except ValueError:
        right = False
    if not right:
        yield _line(given), f"'{path}' is no plain day; write year, month and day in quotes, as \"2027-01-31\""


def _menu(path: str, given: yaml.Node) -> Iterator[tuple[int, str]]:
    """What is wrong with the menu: it names pages under docs, in words, and nothing else."""
    if isinstance(given, yaml.SequenceNode) and given.tag == "tag:yaml.org,2002:seq":
        for item in given.value:
            yield from _menu(path, item)
    elif isinstance(given, yaml.MappingNode) and len(given.value) == 1:
        ((name, below),) = given.value
        yield from _words(path, name)
        yield from _menu(path, below)
    elif given.tag != _STR or not _PAGE.fullmatch(given.value):
        yield _line(given), f"'{path}' leads to what is no page; write '- Name: page.md' with a page under docs"


_KINDS: dict[str, Callable[[str, yaml.Node], Iterator[tuple[int, str]]]] = {
    "!words": _words,
    "!address": _address,
    "!day": _day,
    "!menu": _menu,
    **{kind: partial(_plain_as, kind) for kind in _PLAIN},
}


def _shown(node: yaml.Node) -> str:
    """What is wanted, as it may be written on one line."""
    if isinstance(node, yaml.ScalarNode):
        return f"'{node.value}'"
    return ", ".join(f"'{name}'" for name, _ in _parts(node)) or "[]"


def _line(node: yaml.Node) -> int:
    return node.start_mark.line + 1
