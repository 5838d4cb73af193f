"""Rendered pages as trees of elements: their running text, the elements around an element, the target of a link."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import dirname, join, normpath
from urllib.parse import SplitResult, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.finding import Spot

# What macros write is not searched for loose figures, nor is what is shown as code.
_WRITTEN = {"data-fact", "data-source", "data-computed"}
UNREAD = "\u00a6"  # stands in a text for what is not read
_UNREAD = {"code", "pre", "script", "style", "svg"}
_INLINE = {"a", "abbr", "b", "cite", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "wbr",
           "-comment"}  # fmt: skip

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_WITHIN = re.compile(r"(?!//)(?:[\w./~!$&'()*+,;=@-]|%[0-9A-Fa-f]{2})*(?:[?#][^\s\\<>\"]*)?")
SPOKEN = ("alt", "title", "aria-label", "aria-description", "placeholder", "label", "summary")


@dataclass(frozen=True)
class Landing:
    """What has to be known of a page that others lead to: its ids, the facts that it tells, its medicine, the name of its source file."""

    ids: frozenset[str]
    facts: frozenset[str]
    monograph: str | None
    source: str


@dataclass(frozen=True)
class Html:
    """One rendered page: its address under the site's root, the name of its source file, its HTML and its medicine.

    `line` gives the line of the source that a spot on the page came from.
    """

    address: str
    source: str
    html: str = field(repr=False)
    monograph: str | None
    line: Callable[[Spot], int] = field(repr=False)

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The page as a browser would parse it."""
        return LexborHTMLParser(self.html)

    @cached_property
    def main(self) -> LexborNode:
        """The page's own content, without the theme around it."""
        found = self.tree.css_first("article") or self.tree.body or self.tree.root
        assert found, "the parser makes a body of any text"
        return found

    @cached_property
    def typed_texts(self) -> list[tuple[LexborNode, str]]:
        """Each stretch of running text with the element that holds it, without what macros wrote."""
        return _stretches(self.main, all_of_it=False)

    @cached_property
    def texts(self) -> list[tuple[LexborNode, str]]:
        """The same with what macros wrote in it."""
        return _stretches(self.main, all_of_it=True)

    @cached_property
    def unseen_texts(self) -> list[str]:
        """The texts of attributes that a browser shows on pointing or reads aloud, without those that macros wrote."""
        return [node.attributes[name] or "" for name in SPOKEN for node in typed(self.main, f"[{name}]")]

    @property
    def about_the_site(self) -> bool:
        """Whether it speaks of the site and its making, not of medicines."""
        return self.source.startswith("docs/about/")

    @property
    def landing(self) -> Landing:
        """What links to it may lead to."""
        facts = frozenset(node.attributes["data-fact"] or "" for node in self.main.css("[data-fact]"))
        return Landing(frozenset(self.ids), facts, self.monograph, self.source)

    @cached_property
    def ids(self) -> list[str]:
        """Every id of the page, in its order."""
        return [node.attributes["id"] or "" for node in self.tree.css("[id]")]


def address_of(path: str, directory_urls: bool = True) -> str:
    """The file, under the site's root, that is written for the page of this path under docs."""
    plain = path.removesuffix(".md")
    in_folder = directory_urls and plain.rpartition("/")[2] != "index"
    return f"{plain}/index.html" if in_folder else f"{plain}.html"


def target(page: Html, path: str) -> str:
    """The file, under the site's root, that a link's path leads to; one that ends in .md, as in a preview, starts from the source."""
    if path.endswith(".md"):
        base = dirname(page.source.removeprefix("docs/"))
        return address_of(normpath(join(base, path)))
    if not path:
        return page.address
    file = normpath(join(dirname(page.address), path))
    return normpath(join(file, "index.html")) if path.endswith("/") or path in (".", "..") else file


def split(address: str) -> SplitResult | None:
    """The address in its parts, or None if it is none, as "http://[::1"."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def within(address: str) -> bool:
    """Whether a browser is sure to look for the address on this site: no scheme, no host, and nothing that it might read as one."""
    return bool(_WITHIN.fullmatch(address))


def elsewhere(address: str) -> bool:
    """Whether a browser would ask another host for it; browsers read a backslash as a slash."""
    parts = split(address.strip().replace("\\", "/"))
    return parts is None or bool(parts.netloc) or parts.scheme not in ("", "data")


def has_class(node: LexborNode, name: str) -> bool:
    """Whether the element has this class."""
    return name in (node.attributes.get("class") or "").split() if node.attributes else False


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around this one, from the nearest outwards."""
    around = node.parent
    while around is not None:
        yield around
        around = around.parent


def section_below(node: LexborNode) -> Iterator[LexborNode]:
    """The elements that follow, up to the next heading."""
    below = node.next
    while below is not None and below.tag not in HEADINGS:
        if not (below.tag or "").startswith("-"):
            yield below
        below = below.next


def shown(page: Html) -> Iterator[tuple[LexborNode, str, Spot]]:
    """Each element that shows a fact, with the fact's id and the spot for a fault."""
    seen: Counter[str] = Counter()
    for node in page.tree.css("[data-fact]"):
        name = node.attributes["data-fact"] or ""
        yield node, name, Spot(fact=name, nth=seen[name])
        seen[name] += 1


def plain(node: LexborNode) -> str:
    """The text of the element, with single spaces."""
    return " ".join(node.text().split())


def _stretches(root: LexborNode, *, all_of_it: bool) -> list[tuple[LexborNode, str]]:
    """Each stretch of running text with the element that holds it: a paragraph, a heading, an item, a cell."""
    found: list[tuple[LexborNode, str]] = []
    stretch: list[str] = []

    def ended(holder: LexborNode) -> None:
        if text := "".join(stretch).strip():
            found.append((holder, text))
        stretch.clear()

    # The elements that are open, each with what is left in it and what holds its text: a page may be nested deeper than Python calls.
    open_ = [(root.iter(include_text=True), root)]
    while open_:
        children, holder = open_[-1]
        child = next(children, None)
        if child is None:
            open_.pop()
            if not open_ or open_[-1][1] is not holder:
                ended(holder)
        elif child.tag == "-text":
            stretch.append(child.text_content or "")
        elif child.tag in _UNREAD or (not all_of_it and is_written(child)):
            stretch.append(f" {UNREAD} ")
        elif child.tag in _INLINE:
            open_.append((child.iter(include_text=True), holder))
        else:
            ended(holder)
            open_.append((child.iter(include_text=True), child))
    return found


def typed(root: LexborNode, selector: str) -> list[LexborNode]:
    """The elements that the selector finds and that no macro wrote, nor stand in one that a macro wrote."""
    return [node for node in root.css(selector) if not written(node)]


def written(node: LexborNode) -> bool:
    """Whether a macro wrote the element, or one around it, from data."""
    return any(map(is_written, (node, *ancestors(node))))


def is_written(node: LexborNode) -> bool:
    """Whether a macro wrote the element from data."""
    own = node.attributes
    return not _WRITTEN.isdisjoint(own) or own.get("class") == "headerlink"
