"""The article of a built page as blocks of Markdown, each sentence with its status, each line with a mark that is said once above it."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from html import unescape
from typing import Final

from macros.export.governed import NEW_LINE, cell, cell_of, governed, governed_cell
from macros.export.inline import APART, APART_END, BREAK, fenced, guarded, lines, link, plain, settled, wrapped
from macros.export.pieces import attribute, pieces
from macros.pages.html import HEADINGS

# What says nothing without the head of its column, in which its unit stands.
_BARE = re.compile(r"[\d.,:–]*\d")
# Paragraphs that are the title of what follows, and the words that hold for each item of what follows.
_TITLES = frozenset({"card-word", "level-word", "panel-title", "legend-title", "read-title"})
_GENERAL: Final = "general"
_OTHERS = ("aside", "details", "figcaption", "figure", "footer", "form", "header", "main", "nav", "summary")


def blocks(
    html: str, statuses: Mapping[str, str], led: Callable[[str], str], topic: Callable[[str], str] = lambda fact: "", mark: str = ""
) -> str:
    """The blocks of an article, whose HTML is as a browser writes it, with empty lines between them.

    `statuses` gives the words that begin each line in a block of a class, `led` the address to which the twin's link leads, `topic` the
    word that a line of the fact of an id begins with, and `mark` what governs each line of the whole article; "" for nothing.
    """
    walk = _Walk({name: f"{mark}: {heading}" if mark else heading for name, heading in statuses.items()}, led, topic, mark)
    walk.through(pieces(html))
    return settled("".join(walk.made))


class _Walk:
    """Goes through the tags of an article and gathers its blocks."""

    def __init__(self, statuses: Mapping[str, str], led: Callable[[str], str], topic: Callable[[str], str], mark: str) -> None:
        self.statuses, self.led, self.topic = statuses, led, topic
        self.made: list[str] = []
        self.text: list[str] = []
        self.inline: list[tuple[int, str]] = []  # where the text of each open element within a line begins, and its tag
        self.marks = [mark]  # the status of each block that is open, that of the whole article first
        self.about = ""  # the topic that a line of the item or row that is open has to say
        self.general, self.general_at = "", 0
        self.lists: list[int | None] = []  # the number of the last item of each list that is open
        self.bullet, self.after_item = "", False
        self.quoted = 0
        self.classes: list[str] = []  # of the paragraph or heading that is open
        self.term = ""
        self.title, self.heads, self.rows = "", list[str](), list[list[str]]()
        self.row, self.governing = list[str](), ""  # the row that is open, and what governs each sentence in it
        self.is_head = False  # whether a head of a column stood in that row
        self.cell: str | None = None  # the tag of the cell that is open
        self.grouped = False  # whether the cell holds facts of their own lines
        self.verbatim = False

    def through(self, parts: list[str]) -> None:
        """Takes texts and what stands between them, in turn."""
        on, text, in_a_cell = _ON, self.text, cache(lambda held: cell(plain(held)))  # many cells hold the same
        for said, whole, held, tag in zip(parts[::4], parts[1::4], parts[2::4], parts[3::4], strict=False):
            if said and (text or not said.isspace()):
                text.append(said if self.verbatim else plain(said))
            if not whole:
                if act := on.get(tag.partition(" ")[0]):
                    act(self, tag)
            elif whole[0] == "t":
                line = in_a_cell(held)
                if self.governing or line[-1:].isdigit() or "col" in whole:
                    self._row_with(line, whole)
                else:  # nearly all cells
                    self.row.append(line)
            else:
                self._whole(whole, plain(held))
        text.append(plain(parts[-1]))
        self._end()

    def _whole(self, tag: str, held: str) -> None:
        """Takes a link or a strong word that holds nothing but text."""
        if tag[0] == "a":
            self.text.append(link(held, self.led(attribute(tag, "href"))))
        else:
            self.text.append(wrapped(held, "**", "**"))

    def _inline(self, tag: str) -> None:
        self.inline.append((len(self.text), tag))

    def _inline_end(self, tag: str) -> None:
        start, opened = self.inline.pop()
        inner = "".join(self.text[start:])
        if tag == "/a":
            inner = link(inner, self.led(attribute(opened, "href")))
        else:
            sign = "**" if tag in ("/strong", "/b") else "*"
            inner = wrapped(inner, sign, sign)
        self.text[start:] = [inner]

    def _pre(self, tag: str) -> None:
        self._block(tag)
        self.verbatim = True

    def _pre_end(self, tag: str) -> None:
        text = unescape("".join(self.text)).strip("\n")
        self.text.clear()
        self.verbatim = False
        lead = f"{governs}: " if (governs := self._governs()) else ""
        self._add(fenced("\n".join(f"{lead}{line}" for line in text.split("\n"))))

    def _image(self, tag: str) -> None:
        self.text.append(plain(attribute(tag, "alt")))

    def _block(self, tag: str) -> None:
        """Ends the line that was begun; a paragraph begins one."""
        if self.cell:
            self.text.append(BREAK)
            return
        if self.text:
            self._end()
        self.classes = attribute(tag, "class").split() if " " in tag else [tag]
        if tag == "hr":
            self._add("---")
        if tag.startswith("p"):
            self._left()

    def _left(self) -> None:
        """Ends what holds for the items of what followed it."""
        if self.general and len(self.marks) + len(self.lists) <= self.general_at:
            self.general = ""

    def _part(self, tag: str) -> None:
        self._block(tag)
        if self.cell:
            self.grouped = True
        else:
            self.marks.append(next((self.statuses[each] for each in self.classes if each in self.statuses), self.marks[-1]))

    def _part_end(self, tag: str) -> None:
        self._block(tag)
        if not self.cell:
            self.marks.pop()
            self._left()

    def _list(self, tag: str) -> None:
        self._block(tag)
        if not self.cell:
            self.lists.append(None if tag.startswith("ul") else 0)

    def _list_end(self, tag: str) -> None:
        self._block(tag)
        if not self.cell:
            self.lists.pop()
            self._left()

    def _item(self, tag: str) -> None:
        self._block(tag)
        if self.cell:
            self.grouped = True
            return
        self.about = self.topic(attribute(tag, "data-fact")) if " " in tag else ""
        last = self.lists[-1] if self.lists else None
        if last is None:
            self.bullet = "- "
            return
        self.lists[-1] = int(attribute(tag, "value", str(last + 1)))
        self.bullet = f"{self.lists[-1]}. "

    def _item_end(self, tag: str) -> None:
        self._block(tag)
        self.about = ""

    def _quote(self, tag: str) -> None:
        self._block(tag)
        self.quoted += 1

    def _quote_end(self, tag: str) -> None:
        self._block(tag)
        self.quoted -= 1

    def _paragraph_end(self, tag: str) -> None:
        if self.cell:
            self.text.append(BREAK)
        elif line := self._line():
            self._add_line(line if _TITLES.isdisjoint(self.classes) else wrapped(line, "**", "**"))
            if _GENERAL in self.classes:
                self.general, self.general_at = line.rstrip(":"), len(self.marks) + len(self.lists)

    def _heading_end(self, tag: str) -> None:
        if line := self._line():
            mark = self.marks[0] if "admonition-title" in self.classes else self.marks[-1]  # such a title is the status itself
            self._add(f"{'#' * int(tag[2])} {f'{mark}: {line}' if mark else line}")

    def _term_end(self, tag: str) -> None:
        self.term = self._line()

    def _meaning_end(self, tag: str) -> None:
        self.bullet = "- "
        self._add_line(f"**{self.term}:** {self._line()}")

    def _table(self, tag: str) -> None:
        self._block(tag)
        self.title, self.heads, self.rows = plain(attribute(tag, "aria-label")), [], []

    def _caption_end(self, tag: str) -> None:
        self.title = self._line()

    def _row(self, tag: str) -> None:
        self.row, self.is_head = [], False
        self.rows.append(self.row)
        self.about = self.topic(attribute(tag, "data-fact")) if " " in tag else ""
        self.governing = self._governs()

    def _cell(self, tag: str) -> None:
        self.cell, self.grouped = tag, False

    def _cell_end(self, tag: str) -> None:
        said = lines("".join(self.text))
        self.text.clear()
        self._add_cell(said)

    def _add_cell(self, said: list[str]) -> None:
        """Ends a cell; the first of a row says the status of its block, and each of several facts the head of its column."""
        opened, self.cell = self.cell or "", None
        if self.grouped and (head := plain(attribute(opened, "data-h"))):
            said = [f"{head}: {line}" for line in said]
        self._row_with(cell_of(said), opened)

    def _row_with(self, line: str, tag: str) -> None:
        """Adds a cell; one of the head is kept for the numbers below it."""
        row, more = self.row, [""] * (int(attribute(tag, "colspan")) - 1) if "colspan" in tag else []
        if 'scope="col"' in tag:
            # A row of heads may begin with what is no head of a column, and a head may stand over several.
            self.heads = [*(self.heads if self.is_head else row), line, *[line] * len(more)]
            self.is_head = True
        elif line[-1:].isdigit() and len(row) < len(self.heads) and (head := self.heads[len(row)]) and _BARE.fullmatch(line):
            line = f"{line} ({self.heads[0]}: {head})" if _BARE.fullmatch(head) else f"{head}: {line}"
        if governs := self.governing:
            line = governed_cell(line, governs) if row else governed(line, governs)
        row += [line, *more]

    def _table_end(self, tag: str) -> None:
        self.about = ""
        if self.title:
            self._add(governed(f"**{self.title}**", self._governs()))
        if self.rows:
            width = max(map(len, self.rows))
            made = [" | ".join([*row, *[""] * (width - len(row))]) for row in self.rows]
            made.insert(1, " | ".join(["---"] * width))
            self._add("\n".join(f"| {row} |" for row in made))

    def _end(self) -> None:
        """Ends a line of text that stands in no paragraph of its own, as an item's."""
        if line := self._line():
            self._add_line(line)

    def _line(self) -> str:
        said = lines("".join(self.text))
        self.text.clear()
        return NEW_LINE.join(said)

    def _governs(self) -> str:
        """What each sentence of the line that is open has to say: the status of its block, its topic."""
        return ": ".join(filter(None, (self.marks[-1], self.about))) if self.about else self.marks[-1]

    def _add_line(self, line: str) -> None:
        """Adds a line with its status at each sentence, and as an item with what was said above all of them."""
        shared = f" {APART}{self.general}{APART_END}" if self.general and self.bullet else ""
        governs = self._governs()
        self._add((governed(line, governs) if governs else guarded(line)) + shared)

    def _add(self, block: str) -> None:
        """Adds a block; an item right below the one before it, what else an item holds below it by its depth."""
        below = f"{'> ' * self.quoted}{'  ' * len(self.lists)}"
        lead = f"{below[:-2]}{self.bullet}" if self.bullet and self.lists else f"{below}{self.bullet}"
        text = block.replace("\n", f"\n{below}") if "\n" in block else block
        apart = "\n" if self.bullet and self.after_item else "\n\n" if self.made else ""
        self.made.append(f"{apart}{lead}{text}")
        self.after_item, self.bullet = bool(self.bullet), ""


# What is done at each tag; all other tags say nothing. Of the class and not of each walk, which would hold itself.
_WITHIN = ("a", "b", "em", "i", "strong")
_ON: Final[Mapping[str, Callable[[_Walk, str], None]]] = {
    **dict.fromkeys(_WITHIN, _Walk._inline),
    **{f"/{name}": _Walk._inline_end for name in _WITHIN},
    **dict.fromkeys((*_OTHERS, "caption", "dd", "dl", "dt", "hr", "p", *HEADINGS), _Walk._block),
    **{f"/{name}": _Walk._block for name in (*_OTHERS, "dl")},
    **{f"/{name}": _Walk._heading_end for name in HEADINGS},
    **dict.fromkeys(("div", "section"), _Walk._part),
    **dict.fromkeys(("/div", "/section"), _Walk._part_end),
    **dict.fromkeys(("ul", "ol"), _Walk._list),
    **dict.fromkeys(("/ul", "/ol"), _Walk._list_end),
    **dict.fromkeys(("td", "th"), _Walk._cell),
    **dict.fromkeys(("/td", "/th"), _Walk._cell_end),
    **{"pre": _Walk._pre, "/pre": _Walk._pre_end, "img": _Walk._image, "/p": _Walk._paragraph_end},
    **{"li": _Walk._item, "/li": _Walk._item_end, "/dt": _Walk._term_end, "/dd": _Walk._meaning_end, "/caption": _Walk._caption_end},
    **{"table": _Walk._table, "tr": _Walk._row, "/table": _Walk._table_end},
    **{"blockquote": _Walk._quote, "/blockquote": _Walk._quote_end},
}
