"""A built page as the search sees it: its sections, each with its lines of text and the facts that it shows."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.pages.html import HEADINGS, Html, has_class

# What is no running text, or says again what stands beside it.
_UNSAID = {"script", "style", "svg", "template", "button"}
# What a group shares is no line of its own: each line of it says so to the search.
_UNSAID_CLASSES = frozenset(("headerlink", "cites", "nothing", "tabs", "shared", "tick"))
_CARD, _CARD_WORD = "card", "card-word"  # a card, and what it is called, without which "active bleeding" could be a use
_GAP = "gap"  # the class of what says that something is not known
_PLACE = "where"  # the class of what says for which places a statement holds
_LINES = {"p", "li", "dt", "dd", "tr", "div", "blockquote", "pre", "ul", "ol", "dl", "table", "section", "form", "figure", "figcaption",
          "caption", "article", "summary", "details", "br", "aside"}  # fmt: skip


class Line(NamedTuple):
    """A line of text, the use of which it speaks, what the card is called that it stands on, whether it tells of a gap."""

    text: str
    use: str
    card: str
    gap: bool


@dataclass
class Section:
    """A part of a page below a heading: where it is, its heading and how deep it stands, its lines, its facts, its cards."""

    anchor: str
    title: str
    deep: int = 1
    lines: list[Line] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)


class _Reader:
    """Walks through a page and gathers its sections; what stands behind a block belongs to the section around the block."""

    def __init__(self, uses: Collection[str]) -> None:
        self.uses = uses
        self.sections = [Section("", "")]
        self.current = self.sections[0]
        self.silent = False  # below a heading that is kept out of the search
        self.use = ""
        self.card = ""
        self.gap = False
        self.text: list[str] = []

    def read(self, root: LexborNode) -> None:
        """Reads all that the element holds, however deep."""
        open_: list[tuple[Iterator[LexborNode], LexborNode, Section, str]] = [(_children(root), root, self.current, "")]
        while open_:
            children, holder, around, use = open_[-1]
            child = next(children, None)
            if child is None:
                open_.pop()
                if _is_place(holder):
                    self.text.append(")")
                if holder.tag in _LINES:
                    self.ended()
                if holder.tag == "div" and has_class(holder, "admonition"):
                    self.current = around
                if has_class(holder, _CARD):
                    self.card = ""
                self.use = use
            elif child.tag == "-text":
                self.text.append(child.text_content or "")
            elif child.tag in HEADINGS:
                self.headed(child)
            elif self.says(child):
                if child.tag in _LINES:
                    self.ended()
                if _is_place(child):
                    self.text.append("(")
                open_.append((_children(child), child, self.current, self.use))
                if child.tag == "div" and has_class(child, "admonition"):
                    self.use = next((each for each in self.uses if has_class(child, each)), self.use)
        self.ended()

    def says(self, node: LexborNode) -> bool:
        """Whether the element is read on; of a fact its name is kept, a table is read row by row."""
        attributes = node.attributes
        classes = (attributes.get("class") or "").split()
        if node.tag in _UNSAID or (node.tag or "").startswith("-") or not _UNSAID_CLASSES.isdisjoint(classes):
            return False
        if name := attributes.get("data-fact"):
            self.current.facts.append(name)
        self.gap = self.gap or _GAP in classes
        if _CARD_WORD in classes:
            self.ended()
            self.card = _tidy("".join(child.text_content or "" for child in _children(node) if child.tag == "-text"))
            self.current.cards.append(self.card)
            return False
        if "data-unsearched" not in attributes and ("spoken" not in classes or "agrees" in classes):
            return True
        if node.tag == "table":
            self.ended()
            self.current.facts += [each.attributes["data-fact"] or "" for each in node.css("[data-fact]")]
            if not self.silent:
                self.current.lines += [Line(line, self.use, self.card, False) for line in table_lines(node)]
        return False

    def headed(self, heading: LexborNode) -> None:
        """Begins the section below the heading; below a page's title it is the page itself."""
        self.ended()
        self.silent = "data-unsearched" in heading.attributes
        title = said(heading)
        if heading.tag == "h1":
            self.current.title = title
        elif anchor := heading.attributes.get("id"):
            self.current = Section(anchor, title, HEADINGS.index(heading.tag or "") + 1)
            if not self.silent:
                self.sections.append(self.current)

    def ended(self) -> None:
        """Ends a line."""
        text = _tidy("".join(self.text))
        self.text.clear()
        if text and not self.silent:
            self.current.lines.append(Line(text, self.use, self.card, self.gap))
        self.gap = False


def sections(page: Html, uses: Collection[str]) -> list[Section]:
    """The sections of a page, the first of them the page itself; a line within a block of one of these uses says so."""
    reader = _Reader(uses)
    reader.read(page.main)
    return reader.sections


def said(node: LexborNode) -> str:
    """The words of an element without links to itself and sources; the entries in it apart."""
    copy = _without(node, ".spoken:not(.agrees), .cites, .nothing, .headerlink")
    entries = [each.text(separator=" ") for each in copy.css(".entry")]
    return " | ".join(map(_tidy, entries or [copy.body.text(separator=" ") if copy.body else ""]))


ROW = "\t"  # begins a line that is a row, so that results can show a table whole; no other line holds it


def table_lines(table: LexborNode) -> list[str]:
    """A table as lines: its caption and its rows, each cell with its head; not of computed rows, whose figures nobody types."""
    copy = _without(table, ".spoken:not(.agrees), .cites, .nothing")
    first = next((_plain(cell) for cell in copy.css("thead th")), "")
    lines = [_plain(caption) for caption in copy.css("caption")]
    for row in copy.css("tbody tr:is([data-fact], :has([data-fact]))"):
        cells = [(cell.attributes.get("data-h") or first, _plain(cell)) for cell in row.css("th, td")]
        lines.append(ROW + "; ".join(f"{head}: {cell}" for head, cell in cells if cell))
    return [line for line in lines if line.strip()]


def heads(row: LexborNode) -> list[str]:
    """The heads of the columns of the table that the row stands in."""
    around: LexborNode | None = row
    while around is not None and around.tag != "table":
        around = around.parent
    return [_plain(cell) for cell in around.css("thead th")] if around is not None else []


def _without(node: LexborNode, unsaid: str) -> LexborHTMLParser:
    """A copy without what is not said, and with places in brackets, as they are no words of the sentence before them."""
    copy = LexborHTMLParser(node.html or "")
    for each in copy.css(unsaid):
        each.decompose()
    for place in filter(_is_place, copy.css(f".{_PLACE}")):
        place.insert_before("(")
        place.insert_after(")")
    return copy


def _is_place(node: LexborNode) -> bool:
    """Whether the element says for which places a statement holds, and has no brackets yet, as it has in sentences for patients."""
    return has_class(node, _PLACE) and not node.text().lstrip().startswith("(")


def _plain(cell: LexborNode) -> str:
    texts = [each.text(separator=" ") for each in cell.css(".entry")] or [cell.text(separator=" ")]
    return " | ".join(map(_tidy, texts))


def _tidy(text: str) -> str:
    return re.sub(r" (?=[,;:.)])|(?<=\() ", "", " ".join(text.split()))


def _children(node: LexborNode) -> Iterator[LexborNode]:
    return node.iter(include_text=True)
