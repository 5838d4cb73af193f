"""A rendered page as a tree of elements: its text in stretches, what stands around an element, where a link leads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import dirname, join, normpath
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

# What macros write is not searched for loose figures, nor is what is shown as code.
_WRITTEN = {"data-fact", "data-source", "data-computed"}
_UNREAD = {"code", "pre", "script", "style", "svg"}
_INLINE = {"a", "abbr", "b", "cite", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "wbr",
           "-comment"}  # fmt: skip


@dataclass(frozen=True)
class Html:
    """One rendered page: its address under the site's root, its source's name, and the way back to a line."""

    address: str
    source: str
    html: str = field(repr=False)
    monograph: str | None
    line: Callable[[str, str], int] = field(repr=False)

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The page as a browser would parse it."""
        return LexborHTMLParser(self.html)

    @cached_property
    def main(self) -> LexborNode:
        """The page's own content, without the theme around it."""
        return self.tree.css_first("article") or self.tree.body or self.tree.root

    @cached_property
    def ids(self) -> list[str]:
        """Every id of the page, in its order."""
        return [node.attributes["id"] or "" for node in self.tree.css("[id]")]


def target(page: Html, path: str) -> str:
    """The file, under the site's root, that a link's path leads to; Markdown links still name the source."""
    if path.endswith(".md"):
        base = dirname(page.source.removeprefix("docs/"))
        source = normpath(join(base, path)).removesuffix(".md")
        return f"{source}.html" if source.rpartition("/")[2] == "index" else f"{source}/index.html"
    if not path:
        return page.address
    file = normpath(join(dirname(page.address), path))
    return normpath(join(file, "index.html")) if path.endswith("/") or path in (".", "..") else file


def elsewhere(address: str) -> bool:
    """Whether a browser would ask another host for it; to a browser a backslash is a slash."""
    parts = urlsplit(address.strip().replace("\\", "/"))
    return bool(parts.netloc) or parts.scheme not in ("", "data")


def has_class(node: LexborNode, name: str) -> bool:
    """Whether the element has this class."""
    return name in (node.attributes.get("class") or "").split() if node.attributes else False


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around this one, from the nearest outwards."""
    while (node := node.parent) is not None:
        yield node


def plain(node: LexborNode) -> str:
    """The element's text with single spaces."""
    return " ".join(node.text().split())


def texts(root: LexborNode, *, all_of_it: bool) -> Iterator[str]:
    """The text of each stretch of running text; without what macros write, unless all of it is wanted."""
    stretch: list[str] = []

    def walk(node: LexborNode) -> Iterator[str]:
        for child in node.iter(include_text=True):
            if child.tag == "-text":
                stretch.append(child.text_content or "")
            elif child.tag in _UNREAD or (not all_of_it and _written(child)):
                stretch.append(" \u00a6 ")
            elif child.tag in _INLINE:
                yield from walk(child)
            else:
                yield from flush()
                yield from walk(child)
                yield from flush()

    def flush() -> Iterator[str]:
        if text := "".join(stretch).strip():
            yield text
        stretch.clear()

    yield from walk(root)
    yield from flush()


def _written(node: LexborNode) -> bool:
    """Whether a macro wrote the element from data."""
    return bool(_WRITTEN & node.attributes.keys()) or node.attributes.get("class") == "headerlink"
