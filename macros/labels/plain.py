"""The text of a section without its markup: lines of plain text, in which a table keeps its rows and its columns."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.finding import Refused

_BLOCKS = {
    *("article", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "section"),
    *("table", "tbody", "thead", "tfoot", "tr", "ul"),
    *("list", "item", "li", "paragraph", "x-title"),
}  # fmt: skip
_ITEMS = {"item", "li"}
_CELLS = {"td", "th"}
_SILENT = {"script", "style", "template", "head", "svg"}
# In HTML these end a cell or swallow what follows; in labels they are plain elements.
_RENAMED = re.compile(r"<(/?)(caption|title|textarea|plaintext|xmp|iframe|noembed|noframes|select|option)\b", re.IGNORECASE)
_EMPTY = re.compile(r"<(?!(?:br|hr|img|col|input|wbr)\b)([a-z][\w:.-]*)((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)/>", re.IGNORECASE)
_MOST = 30_000  # elements of a section, begun and ended
_MUCH = 200  # characters
_POWER = re.compile(r"[+\N{MINUS SIGN}\N{EN DASH}-]?\d+")
_SIGN = re.compile(r"[\N{BULLET}\N{WHITE BULLET}\N{MIDDLE DOT}]\s*|[-o]\s+")


@dataclass
class _Lines:
    """Lines under way: those of the page, or of one cell of a table."""

    done: list[str] = field(default_factory=list)
    now: str = ""

    def end(self) -> None:
        """Ends the line; what is blank is none."""
        if line := " ".join(self.now.split()):
            self.done.append(line)
        self.now = ""


class _Plain:
    def __init__(self) -> None:
        self.open = [_Lines()]
        self.rows: list[list[list[str]]] = []

    def enter(self, node: LexborNode) -> bool:
        """Takes up an element or a text; whether what stands in it is wanted."""
        tag = node.tag
        if tag == "-text":
            self.open[-1].now += node.text_content or ""
        elif tag is None or tag in _SILENT or tag.startswith("-"):
            return tag == "-document"
        elif tag == "tr":
            self.open[-1].end()
            self.rows.append([])
        elif tag in _CELLS and self.rows:
            self.open.append(_Lines())
        elif tag in _BLOCKS:
            self.open[-1].end()
            self.open[-1].now = "- " if tag in _ITEMS else ""
        elif tag == "footnote":
            self.open[-1].now += " [footnote: "
        elif tag == "sup" and self.open[-1].now[-1:].isalnum() and _POWER.fullmatch(node.text(deep=True).strip()):
            self.open[-1].now += "^"  # 10 to the power of 13 must not become 1013
        return True

    def leave(self, node: LexborNode) -> None:
        """Ends what an element began."""
        if node.tag in _CELLS and self.rows and len(self.open) > 1:
            cell = self.open.pop()
            cell.end()
            self.rows[-1].append(cell.done)
        elif node.tag == "tr" and self.rows:
            self.open[-1].done += _row(self.rows.pop())
        elif node.tag == "footnote":
            self.open[-1].now += "] "
        elif node.tag in _BLOCKS:
            self.open[-1].end()


def _row(cells: list[list[str]]) -> list[str]:
    """A row of a table as a line; a cell that stands alone and holds much is no part of a table but of the text."""
    filled = [cell for cell in cells if cell]
    if len(filled) == 1 and (len(cells) == 1 or sum(map(len, filled[0])) > _MUCH):
        return filled[0]
    return [" | ".join(" / ".join(cell) for cell in cells).strip()] if filled else []


def plain(html: str) -> tuple[str, ...]:
    """The lines of a text in HTML, XHTML or the markup of SPL; markup that is wrong is read as a browser would.

    Raises Refused for more elements than a section has, which may be nested so deeply that no end is seen.
    """
    if html.count("<") > _MOST:
        raise Refused("a section has more markup than a label has; download the file again")
    page = _RENAMED.sub(r"<\1x-\2", _EMPTY.sub(r"<\1\2></\1>", html))
    root = LexborHTMLParser(page).body
    made = _Plain()
    node, depth = root, 0
    while node is not None:  # by hand: what others wrote may be nested deeper than functions may call each other
        if made.enter(node) and node.first_child is not None:
            node, depth = node.first_child, depth + 1
            continue
        made.leave(node)
        while depth and node.next is None:
            parent = node.parent
            assert parent is not None, "what was entered has a parent"
            node, depth = parent, depth - 1
            made.leave(node)
        node = node.next if depth else None
    made.open[0].end()
    return tuple(_tidy(line) for line in made.open[0].done if line.strip("- "))


def _tidy(line: str) -> str:
    """A list's own sign behind ours is one too many."""
    return "- " + _SIGN.sub("", line[2:], count=1) if line.startswith("- ") else line
