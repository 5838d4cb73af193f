"""The menu of all pages: what of it a shard shows, and what it says of each part."""

from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import yaml

from macros.pages import settings
from macros.pages.files import medicine_of
from macros.site.kept import Kept
from macros.site.leaf import SITE


def by_part(root: Path) -> dict[str, list[str]]:
    """What the menu says of the pages of each part, line by line, each with the names that it stands below."""
    found: dict[str, list[str]] = {}

    def read(entry: object, above: str) -> None:
        if isinstance(entry, list):
            for each in entry:
                read(each, above)
        elif isinstance(entry, dict):
            for name, below in entry.items():
                read(below, f"{above}{name}\n")
        else:
            found.setdefault(medicine_of(str(entry)), []).append(f"{above}{entry}")

    read(_menu(root), "")
    return found


def shown(root: Path, slugs: Collection[str]) -> list[object]:
    """The menu without the pages of other medicines."""
    return _shown(_menu(root), slugs)


def pages_in(entries: Iterable[object]) -> Iterator[str]:
    """The pages that a menu leads to."""
    for each in entries:
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            yield from pages_in(each.values())
        elif isinstance(each, list):
            yield from pages_in(each)


def _menu(root: Path) -> list[object]:
    """The menu as plain lists, each entry a page or a name with what stands below it.

    With thousands of pages it takes half a second to read, so it is kept until the settings change.
    """
    mark, kept = sha256(settings.text(root).encode()).hexdigest(), Kept(root)
    before: tuple[str, list[object]] | None = kept.get("menu", SITE)
    if before is None or before[0] != mark:
        node = next((value for key, value in settings.entries(root) if key.value == "nav"), None)
        before = mark, [_plain(each) for each in node.value] if isinstance(node, yaml.SequenceNode) else []
        kept.put("menu", SITE, before)
    return before[1]


def _plain(node: yaml.Node) -> object:
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        return {name.value: _plain(below) for name, below in node.value}
    return node.value


def _shown(entries: Iterable[object], slugs: Collection[str]) -> list[object]:
    found: list[object] = []
    for each in entries:
        if isinstance(each, str):
            found += [each] if _is_shown(each, slugs) else []
            continue
        for name, below in each.items() if isinstance(each, dict) else ():
            if isinstance(below, list):
                found += [{name: kept}] if (kept := _shown(below, slugs)) else []
            elif _is_shown(below, slugs):
                found.append({name: below})
    return found


def _is_shown(page: str, slugs: Collection[str]) -> bool:
    return (slug := medicine_of(page)) == SITE or slug in slugs
