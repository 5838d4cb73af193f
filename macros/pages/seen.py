"""A rendered page as lines of text: all that a reader sees, hears or is shown on pointing, in reading order.

A line that begins with `>` holds words typed by hand, one with `=` only what macros print. `{dose/standard: 6 mg}` is
what a macro printed from that fact, `(where: EU)` an element by its class or name, `[words → place]` a link.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final, NamedTuple
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from macros.formulary.naming import anchor_of
from macros.pages.html import HEADINGS, SPOKEN, Html, ancestors, has_class, is_written, plain, split, target, written

# Words that follow the day on which a page is made, not what anybody wrote; whatever else such an element says is a line.
BY_DAY: Final = "due"
DUE: Final = "The sources are due to be checked again by {}."
OVERDUE: Final = "Overdue: the sources should have been checked again by {}. Compare every figure with the label before use."
_DUE = re.compile("|".join(re.escape(words).replace(re.escape("{}"), r"\d{1,2} [A-Z][a-z]+ \d{4}") for words in (DUE, OVERDUE)))
_WORDY = re.compile(r"\w")
_NUMBERED = re.compile(r"source-\d+")
_CITED = re.compile(r"\d*")  # what stands in a citation, whose source is said instead
_PERMALINK = "¶"
_UNSEEN = ("script", "style")
_BUTTONS = ("Print this page",)  # the template puts them into an article, and stands in the register itself
_LINES = frozenset(
    {"p", "li", "dt", "dd", "caption", "figcaption", "summary", "pre", "tr", "title", "desc", "text", "label", "option", *HEADINGS}
)
_GROUPS = frozenset(
    {"div", "section", "aside", "nav", "ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "blockquote", "figure", "details", "form",
     "svg", "g", "article", "header", "footer", "main", "body", "hr", "img", "defs", "symbol"}
)  # fmt: skip
_BLOCKS = _LINES | _GROUPS
_PLAIN = frozenset({"strong", "b", "em", "i", "br", "wbr", "span", "tspan", "a", "abbr", "th", "td"})
# What can't be seen or heard of an element, or is said otherwise; whatever else an element has is a line or a part of one.
_SILENT = frozenset(
    {"class", "id", "href", "rel", "role", "tabindex", "scope", "align", "data-fact", "data-source", "data-cited", "data-computed",
     "data-unsearched", "aria-labelledby", "aria-describedby"}
)  # fmt: skip
_SHAPES = "svg"  # its places and lengths are no text; a hash tells that they changed
_MARKS = str.maketrans({sign: f"\\{sign}" for sign in "{}→‹›"})  # so that no text reads as if a macro had printed it from a fact


def lines(page: Html, typed: str = "", version: str = "") -> list[str]:
    """The page line by line; the same for a preview and for the built page.

    `typed` is all text of the page that was typed by hand, as one; `version` is left out wherever the page prints it.
    """
    reading = _Reading(page, typed)
    reading.below(page.main, "", _Inside(written(page.main), _drawn(page.main)))
    tooltips = [f"= tooltip {term}: {words}" for term, words in sorted(reading.tooltips)]
    made = [*reading.lines, *tooltips]
    return [line.replace(version, "…") for line in made] if version else made


def single_spaced(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


class _Inside(NamedTuple):
    """What an element stands in: what a macro wrote from data, a drawing."""

    written: bool
    drawn: bool


class _Reading:
    def __init__(self, page: Html, typed: str) -> None:
        self.page, self.typed = page, typed
        self.lines: list[str] = []
        self.tooltips: set[tuple[str, str]] = set()
        self.by_hand = False
        self.by_day = {node.mem_id for node in _following_the_day(page.main)}

    def below(self, node: LexborNode, indent: str, around: _Inside) -> None:
        """The lines of what an element holds; text that stands in no line of its own makes one. `around` tells of the element itself."""
        loose: list[LexborNode] = []
        for child in [*node.iter(include_text=True), None]:
            if child is not None and child.tag not in _BLOCKS:
                loose.append(child)
                continue
            self._add(indent, "", loose, node, around)
            loose = []
            if child is not None and not self._left_out(child):
                self._element(child, indent, _within(child, around))

    def _element(self, node: LexborNode, indent: str, own: _Inside) -> None:
        if node.tag in HEADINGS and (name := _anchor(node)):
            self.lines.append(f"#{name}")
        if node.tag in _LINES and not _holds_lines(node):
            parts = _cells(node) if node.tag == "tr" else list(node.iter(include_text=True))
            self._add(indent, self._head(node, own), parts, node, own, " | " if node.tag == "tr" else "")
            return
        head = self._head(node, own)
        if node.tag == _SHAPES and not _drawn(node.parent):
            self.lines.append(f"{indent}= drawn {_shapes(node)}")
        if head != node.tag or node.tag in _LINES or node.tag == "ol":
            self.lines.append(f"{indent}= {head}")
            indent += "  "
        self.below(node, indent, own)

    def _head(self, node: LexborNode, inside: _Inside) -> str:
        """The element by its name, its classes, the fact that it shows, and what it says of itself."""
        own = node.attributes
        classes = "" if inside.drawn else "".join(f".{each}" for each in (own.get("class") or "").split())
        classes = f"#{name}{classes}" if node.tag not in HEADINGS and not inside.drawn and (name := _anchor(node)) else classes
        fact = own.get("data-fact") or own.get("data-computed")
        shown = f" {{{self._short(fact)}}}" if fact else ""
        return f"{node.tag}{classes}{shown}{_said(node, own, inside.drawn)}"

    def _short(self, fact: str) -> str:
        return fact.removeprefix(f"{self.page.monograph}/")

    def _add(self, indent: str, head: str, parts: Sequence[LexborNode], holder: LexborNode, inside: _Inside, between: str = "") -> None:
        self.by_hand = False
        texts = [self._text(part, inside) for part in parts]
        texts = [each.replace("|", "\\|") for each in texts] if between else texts  # a cell is told from a sign in one
        text = single_spaced(between.join(texts))
        if not text and head in ("", holder.tag):
            return
        mark = ">" if self.by_hand else "="
        for number, sentence in enumerate(_sentences(text) if self.by_hand else [text]):
            self.lines.append(f"{indent}{mark} {head if number == 0 else '…'} {sentence}".rstrip().replace(f"{mark}  ", f"{mark} "))

    def _text(self, node: LexborNode, around: _Inside) -> str:
        """What an element within a line says; `around` tells of what it stands in."""
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            self.by_hand = self.by_hand or (not around.written and self._is_typed(single_spaced(text)))
            return text.translate(_MARKS)
        if tag.startswith("-") or self._left_out(node):
            return ""
        own, inside = node.attributes, _within(node, around)
        fact = own.get("data-fact") or own.get("data-computed")
        if "data-source" in own and _CITED.fullmatch(plain(node)):
            return f"{own['data-source']}{f' ‹{cited}›' if (cited := own.get('data-cited')) else ''}"
        inner = "".join(self._text(child, inside) for child in node.iter(include_text=True))
        styled = "" if inside.drawn else own.get("class")
        if tag in ("li", "p", "div", "br", "ul", "ol"):
            inner = f" / {inner}{f' ({styled})' if styled else ''}" if inner.strip() else " / " if tag == "br" else ""
        if tag == "abbr":
            self.tooltips.add((single_spaced(node.text()), own.get("title") or ""))
            return f" ({own['class']}: {inner})" if own.get("class") else inner
        if tag == "a":
            place = self._place(own.get("href") or "")
            return f"[{inner} → {place}]{f' ({styled})' if styled else ''}{_said(node, own, inside.drawn)}"
        if fact:
            return f"{{{self._short(fact)}: {inner}}}"
        inner += _said(node, own, inside.drawn)
        name = " ".join(filter(None, ["" if tag in _PLAIN else tag, styled]))
        name = name or ("aside" if own.get("aria-hidden") and tag == "svg" else "")
        return f" ({name}: {inner})" if name and tag not in _BLOCKS else inner

    def _left_out(self, node: LexborNode) -> bool:
        """The sign beside a heading, which the theme explains; words that follow the day; what the template puts around a page."""
        if node.tag in _UNSEEN or node.mem_id in self.by_day:
            return True
        if node.tag == "button":
            return plain(node) in _BUTTONS
        return node.tag == "a" and has_class(node, "headerlink") and plain(node) == _PERMALINK

    def _is_typed(self, text: str) -> bool:
        """Whether the words stand in what was typed by hand; what macros print in the same words counts as typed, too."""
        if not any(map(str.isalnum, text)):
            return False
        at = self.typed.find(text)
        while at >= 0:
            if not _WORDY.match(self.typed[at - 1 : at]) and not _WORDY.match(self.typed, at + len(text)):
                return True
            at = self.typed.find(text, at + 1)
        return False

    def _place(self, href: str) -> str:
        """Where a link leads: an address elsewhere as it stands, a page of the site by its file."""
        parts = split(href)
        if parts is None or parts.scheme or parts.netloc:
            return href
        place = target(self.page, unquote(parts.path)) if parts.path else ""
        place = "" if place == self.page.address else plain_address(place)
        place = f"{place}?{parts.query}" if parts.query else place
        return f"{place}#{parts.fragment}" if parts.fragment and not _NUMBERED.fullmatch(parts.fragment) else place or "#"


def plain_address(file: str) -> str:
    """The file's address with a folder for its page, however the site was built."""
    return (
        f"{file.removesuffix('.html')}/" if file.endswith(".html") and not file.endswith("index.html") else file.removesuffix("index.html")
    )


def _anchor(node: LexborNode) -> str:
    """The name of the element, but for one that follows from what else is told of it."""
    name = node.attributes.get("id") or ""
    return "" if _NUMBERED.fullmatch(name) or name == anchor_of(node.attributes.get("data-fact") or "") else name


def _within(node: LexborNode, around: _Inside) -> _Inside:
    """What the children of an element stand in."""
    written = around.written or is_written(node)
    drawn = around.drawn or node.tag == _SHAPES
    return around if (written, drawn) == around else _Inside(written, drawn)


def _following_the_day(root: LexborNode) -> Iterator[LexborNode]:
    """The elements that hold nothing but words that follow the day."""
    for node in root.css(f"[data-computed={BY_DAY}]"):
        text = plain(node)
        if _DUE.fullmatch(text):
            yield node
            yield from (each for each in ancestors(node) if each.tag in ("div", "p") and plain(each) == text)


def _said(node: LexborNode, own: Mapping[str, str | None], drawn: bool) -> str:
    """What an element says of itself by its attributes."""
    return "".join(
        f" ({name}{f': {single_spaced(value)}' if value else ''})"
        for name, value in own.items()
        if not (drawn and name not in SPOKEN) and not _is_silent(node, name)
    )


def _is_silent(node: LexborNode, name: str) -> bool:
    """Whether an attribute says nothing to anybody, or what a line says otherwise."""
    if name in _SILENT:
        return True
    if name == "aria-hidden":  # an icon, or what is spoken in other words beside it
        beside = node.next
        return not any(map(str.isalnum, plain(node))) or (beside is not None and has_class(beside, "spoken"))
    if name == "value":  # the number of a source
        return bool(_NUMBERED.fullmatch(node.attributes.get("id") or ""))
    return False


def _shapes(node: LexborNode) -> str:
    """A short hash of how a drawing looks: its elements and their attributes, without their texts and links."""
    parts = [node, *node.css("*")]
    drawn = [
        [part.tag, *sorted((name, value) for name, value in part.attributes.items() if name not in ("href", *SPOKEN))] for part in parts
    ]
    return sha256(repr(drawn).encode()).hexdigest()[:8]


def _holds_lines(node: LexborNode) -> bool:
    """Whether lines of their own stand in it; the cells of a row are parts of one."""
    if node.tag == "tr":
        return False
    return any(child.tag in _BLOCKS or _holds_lines(child) for child in node.iter())


def _cells(node: LexborNode) -> list[LexborNode]:
    return [cell for cell in node.iter() if cell.tag in ("th", "td")]


def _drawn(node: LexborNode | None) -> bool:
    around = node
    while around is not None:
        if around.tag == _SHAPES:
            return True
        around = around.parent
    return False


def _sentences(text: str) -> Iterator[str]:
    """The text cut behind the ends of its sentences, but not within what macros and links make of it."""
    depth = begun = 0
    for at, char in enumerate(text):
        depth += (char in "{[(‹") - (char in "}])›")
        if char == " " and depth <= 0 and text[at - 1] in ".!?" and text[at + 1 : at + 2].isupper():
            yield text[begun:at]
            begun = at + 1
    yield text[begun:]
