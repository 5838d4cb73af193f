"""What the eye sees of a page: one reading of it as the browser's engine laid it out, and the faults that this reading shows.

The engine says of each element, text and generated box where it stands and how it looks (`DOMSnapshot` of Chromium), so nothing
is asked of scripts in the page, which could lie. Each check is a function in `CHECKS` that yields plain sentences.
What is judged is every text of the article: whatever an author, a style sheet, a template or a script does to a heading, a mark,
a contraindication or the condition of a dose, it does to some text.
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice, pairwise, zip_longest
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from selectolax.lexbor import LexborNode

from macros.finding import excerpt
from macros.formulary.vocabulary import Status

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page


class Way(NamedTuple):
    """A way to look at a page. Paper is as wide as the text of a sheet of A4; on a touched page all is pointed at, chosen, led to."""

    width: int
    scheme: Literal["light", "dark"] = "light"
    media: Literal["screen", "print"] = "screen"
    forced: Literal["active", "none"] = "none"
    touched: bool = False


WAYS = {
    "phone, dark": Way(390, "dark"),
    "wide, light": Way(1400),
    "widest, dark": Way(2400, "dark"),
    "print": Way(690, media="print"),
    "forced colors": Way(1400, forced="active"),
    "touched": Way(1400, touched=True),
}

# What no eye shall read, or not in every way: the sign of a link, a button, what is said aloud instead of figures beside it;
# on screens the addresses of sources, which links hold; on paper links to other places; on phones the room to sign.
LEFT_OUT: Mapping[str, tuple[str, str]] = {
    ".headerlink, .print-page, [aria-hidden] + .spoken": ("screen", "print"),
    ".sources .address": ("screen", ""),
    ".weights, #at-a-glance + p": ("", "print"),
    ".doses :is(th, td):nth-child(n + 5)": ("phone", ""),
}
# How the article, what stands in it and what it stands in may look: the values that each property may have.
LOOK: Mapping[str, str] = {
    # seen at all
    "opacity": "1",
    "visibility": "visible",
    "filter": "none",
    "backdrop-filter": "none",
    "mix-blend-mode": "normal",
    "clip-path": "none",
    "mask-image": "none",
    "-webkit-box-reflect": "none",
    "background-image": "none",
    "box-shadow": "none",
    "outline-style": "none",
    "text-shadow": "none",
    # in its place
    "position": "static|relative",
    "inset": "auto|0px",
    "float": "none",
    "order": "0",
    "transform": "none",
    "rotate": "none",
    "scale": "none",
    "translate": "none",
    "zoom": "1",
    "offset-path": "none",
    # the letters and figures that were written, in their order
    "font-family": "(system-ui|ui-monospace|ui-sans-serif), .*",
    "font-style": "normal|italic",
    "font-stretch": "100%",
    "font-size-adjust": "none",
    "font-variant-caps": "normal",
    "font-variant-numeric": "normal|lining-nums|tabular-nums|lining-nums tabular-nums",
    "font-variant-position": "normal",
    "font-variant-alternates": "normal",
    "font-feature-settings": 'normal|"kern"(, "liga")?',
    "font-variation-settings": "normal",
    "text-transform": "none",
    "letter-spacing": r"normal|-?0\.\d+px",
    "word-spacing": "0px",
    "text-decoration-line": "none|underline",
    "text-decoration-thickness": r"auto|[01]\.\d+px|1px",
    "text-underline-offset": r"auto|[0-4](\.\d+)?px",
    "text-emphasis-style": "none",
    "-webkit-text-security": "none",
    "-webkit-text-stroke-width": "0px",
    "direction": "ltr",
    "unicode-bidi": "normal|isolate",
    "writing-mode": "horizontal-tb",
    "hyphens": "manual",
    "vertical-align": "baseline|top|middle",
    "content": "normal",
}
_OTHER = ("display", "overflow", "font-size", "font-weight", "-webkit-text-fill-color", "background-color",
          "border-style", "border-width", "border-color", "outline-width", "outline-offset")  # fmt: skip
_READ = (*LOOK, *_OTHER)
# Drawings place their parts by these.
_DRAWN = ("transform", "vertical-align")

# The size of letters, in pixels, that are read without effort: on paper seven and a half points.
_SMALLEST = {"screen": 10.5, "print": 10.0}
_SLACK = 2.0  # pixels by which neighbors may touch: borders, rounding
_COVERING = 4.0  # and by which the box of a line, taller than its letters, may reach into the next
_ENDURED = 0.2  # the share of a screen's height that what stays on it may take from the text
_REPLACED = ("IMG", "VIDEO", "IFRAME", "CANVAS", "OBJECT", "EMBED", "INPUT", "TEXTAREA", "SELECT", "BUTTON", "svg")
_WRAPS = {"md-typeset__scrollwrap", "md-typeset__table"}  # what the theme's script puts around tables
_UNSEEN = ("SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "title", "desc")  # the last two are the words of drawings for the ear

# Marks what is left out, and the heads of long tables, which may stay in sight; lays out what is far below, too. Important
# rules of the first layer are stronger than those of all sheets after it.
_PREPARE = """leftOut => {
    for (const [selector, ways] of Object.entries(leftOut))
        for (const each of document.querySelectorAll(`article :is(${selector})`)) each.dataset.eye = ways.join(" ");
    for (const each of document.querySelectorAll("article .doses thead th")) each.dataset.eye = (each.dataset.eye || "") + " stays";
    const sheet = document.createElement("style");
    sheet.id = "eye";
    sheet.textContent = "@layer eye { * { content-visibility: visible !important } }";
    document.head.prepend(sheet);
}"""

# What the engine's reading does not show: fonts, rules for conditions that no way of looking meets, rules that are at work only
# at times. Of the theme's own sheets nothing is asked here. A page is touched by rules that are at work as if all were.
_SHEETS = """touched => {
    const STATE = /:(hover|active|focus-visible|focus-within|focus|target-within|target|visited)(?![\\\\w-])/g;
    const faults = new Set(), met = {}, states = [];
    document.getElementById("eye-touches")?.remove();
    for (const each of document.querySelectorAll("article[style], article [style], :has(article)[style]"))
        faults.add(`an element has a style of its own: ${each.getAttribute("style")}`);
    for (const font of document.fonts) faults.add(`a font is loaded: ${font.family}`);
    if (document.adoptedStyleSheets.length) faults.add("a script has added a style sheet");
    function styled(selector, style) {
        if (/::?(first-line|first-letter|highlight|target-text|part|slotted)/.test(selector))
            faults.add(`a rule is for a part of a text: ${selector}`);
        if (!["", "none"].includes(style.animationName)) faults.add(`a rule moves what it is for: ${selector}`);
        if (!["", "auto", "visible"].includes(style.contentVisibility) && document.querySelector(`article:is(${selector}), article :is(${selector})`))
            faults.add(`a rule hides by content-visibility: ${selector}`);
        if (STATE.test(selector))
            states.push(`${selector.replace(STATE, ":is(*, .eye)")} { ${style.cssText.replace(/outline[-a-z]*: [^;]*;/g, "")} }`);
    }
    function walk(rules) {
        for (const rule of rules) {
            const kind = rule.constructor.name;
            let holds = true;
            if (kind === "CSSMediaRule") holds = met[`@media ${rule.conditionText}`] = matchMedia(rule.conditionText).matches;
            else if (kind === "CSSSupportsRule") holds = met[`@supports ${rule.conditionText}`] = CSS.supports(rule.conditionText);
            else if (kind === "CSSStyleRule") styled(rule.selectorText, rule.style);
            else if (kind !== "CSSPageRule" || rule.cssRules?.length) faults.add(`a rule is none that pages need: ${rule.cssText.slice(0, 60)}`);
            if (rule.cssRules && holds) walk(rule.cssRules);
        }
    }
    for (const sheet of document.styleSheets) {
        if (sheet.ownerNode.id === "eye" || (sheet.href && !sheet.href.includes("/assets/css/"))) continue;
        if (sheet.media.mediaText) met[`@media ${sheet.media.mediaText}`] = matchMedia(sheet.media.mediaText).matches;
        walk(sheet.cssRules);
    }
    if (touched) {
        const sheet = document.createElement("style");
        sheet.id = "eye-touches";
        sheet.textContent = states.join(" ");
        document.head.append(sheet);
    }
    return {faults: [...faults], met};
}"""


class Box(NamedTuple):
    """A rectangle on the page, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def within(self, other: "Box", slack: float = _SLACK) -> bool:
        """Whether it lies in the other."""
        return (
            self.left >= other.left - slack
            and self.right <= other.right + slack
            and self.top >= other.top - slack
            and self.bottom <= other.bottom + slack
        )

    def grown(self, by: float) -> "Box":
        """The same with an edge of this width around."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


def _around(boxes: Sequence[Box]) -> Box:
    """The smallest box around all."""
    return Box(min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes))


class Line(NamedTuple):
    """A line of a text as it is laid out."""

    box: Box
    text: str


@dataclass(eq=False, slots=True, repr=False)
class Node:
    """An element, a text, or what a style sheet generates, with its look; `box` is None if it is not laid out."""

    name: str
    value: str
    parent: "Node | None"
    attributes: Mapping[str, str]
    generated: bool
    children: list["Node"] = field(default_factory=list)
    style: Mapping[str, str] = field(default_factory=dict)
    box: Box | None = None
    shown: str = ""
    lines: list[Line] = field(default_factory=list)
    span: list[Box] = field(default_factory=list)
    in_article: bool = False
    left_out: bool = False
    opacity: float = 1.0

    @property
    def around(self) -> Iterator["Node"]:
        """The elements around, from the nearest outwards."""
        node = self.parent
        while node:
            yield node
            node = node.parent

    @property
    def classes(self) -> list[str]:
        """The classes of the element."""
        return self.attributes.get("class", "").split()

    @property
    def drawn(self) -> bool:
        """Whether it is part of a drawing, whose names are in small letters."""
        return self.name.islower() and not self.name.startswith(("#", ":"))

    @property
    def said(self) -> str:
        """Its text and the fact that it belongs to, for a sentence."""
        texts = [each.value or each.shown for each in (self, *_below(self)) if each.name == "#text" or each.generated]
        fact = next((name for each in (self, *self.around) if (name := each.attributes.get("data-fact"))), "")
        return f"“{excerpt(' '.join(' '.join(texts).split()))}”" + (f" of {fact}" if fact else "")


@dataclass(frozen=True, repr=False)  # a failing test would print all of the page
class View:
    """A page as it is seen in one way: its nodes in their order, what its style sheets say, the marks of statuses."""

    way: Way
    nodes: Sequence[Node]
    sheets: Sequence[str]
    met: Mapping[str, bool]
    statuses: Mapping[str, Status]
    read: Sequence[str]
    article: Node

    @property
    def inside(self) -> Iterator[Node]:
        """What stands in the article and is not left out."""
        return (node for node in self.nodes if node.in_article and not node.left_out)

    @property
    def texts(self) -> Iterator[Node]:
        """The texts that have to be seen."""
        return (node for node in self.inside if node.name == "#text" and node.value.strip())

    @property
    def placed(self) -> Iterator[tuple[Node, Sequence[Box]]]:
        """What has to be seen, with its boxes: texts by their lines, drawings as a whole."""
        for node in self.inside:
            if node.name == "svg" and node.box:
                yield node, [node.box]
            elif node.name == "#text" and node.value.strip() and not (node.parent and node.parent.drawn):
                yield node, [line.box for line in node.lines]


def prepared(page: "Page", where: str) -> "CDPSession":
    """Opens the page for looking at it; gives the way to the engine."""
    page.goto(where)
    page.evaluate(_PREPARE, LEFT_OUT)
    return page.context.new_cdp_session(page)


def seen(page: "Page", engine: "CDPSession", way: Way, read: Sequence[str], statuses: Mapping[str, Status]) -> View:
    """The prepared page as it is seen in this way; `read` are the texts that the gate read."""
    page.set_viewport_size({"width": way.width, "height": 900})
    page.emulate_media(media=way.media, color_scheme=way.scheme, forced_colors=way.forced, reduced_motion="reduce")
    scheme = "slate" if way.scheme == "dark" else "default"
    page.wait_for_function(f"document.body.getAttribute('data-md-color-scheme') === '{scheme}'")
    sheets = page.evaluate(_SHEETS, way.touched)
    snapshot = engine.send("DOMSnapshot.captureSnapshot", {"computedStyles": _READ})
    nodes = _nodes(snapshot, _kind(way))
    article = next(node for node in nodes if node.name == "ARTICLE")
    return View(way, nodes, sheets["faults"], sheets["met"], statuses, read, article)


def read_of(root: LexborNode) -> list[str]:
    """What stands in an article as the gate parses it, in the order of the page: its texts, and its elements with what marks them."""
    found = []
    for node in islice(root.traverse(include_text=True), 1, None):
        if node.tag == "-text":
            found.append(node.text_content or "")
        elif not (node.tag or "").startswith("-"):
            found.append(_tag(node.tag or "", {name: value or "" for name, value in node.attributes.items()}))
    return [each for each in found if each.strip()]


def faults(view: View, checks: "Sequence[Check] | None" = None) -> list[str]:
    """Every fault as a sentence."""
    return list(dict.fromkeys(sentence for check in checks or CHECKS for sentence in check(view)))


def never_met(met: Sequence[Mapping[str, bool]]) -> list[str]:
    """The conditions of style sheets that no way of looking met: nobody saw what they do."""
    conditions = dict.fromkeys(condition for each in met for condition in each)
    return [f"nobody saw what a rule does under '{each}'" for each in conditions if not any(seen.get(each) for seen in met)]


def as_the_gate_read(view: View) -> Iterator[str]:
    """The article is what the gate read: no template and no script added, took or changed a text, an element or a mark."""
    unread = {node for node in view.nodes if "print-page" in node.classes or node.generated}
    there = [
        node.value if node.name == "#text" else _tag(node.name.lower(), node.attributes)
        for node in _below(view.article, unread)
        if node.value.strip() or not (node.name == "#text" or _WRAPS & set(node.classes))
    ]
    if different := next((pair for pair in zip_longest(view.read, there, fillvalue="") if pair[0] != pair[1]), None):
        yield f"the gate read “{excerpt(different[0])}” where the page holds “{excerpt(different[1])}”"


def seen_as_written(view: View) -> Iterator[str]:
    """Each text is laid out, whole, letter by letter as it was written, and large enough."""
    for node in view.texts:
        lines = "".join(line.text for line in node.lines)
        if not node.lines or all(line.box.right - line.box.left < 1 or line.box.bottom - line.box.top < 1 for line in node.lines):
            yield f"{node.said} is not shown"
        elif _bare(node.shown) != _bare(node.value) or _bare(lines) != _bare(node.value):
            yield f"{node.said} is shown as “{excerpt(lines or node.shown)}”"
        elif _pixels(node.style["font-size"]) < _SMALLEST[view.way.media]:
            yield f"{node.said} is too small: {node.style['font-size']}"


def left_out_by_design(view: View) -> Iterator[str]:
    """What may be hidden holds no fact and no mark."""
    for node in view.nodes:
        told = bool({"data-fact", "data-computed"} & node.attributes.keys()) or "badge" in node.classes
        if node.left_out and told and not any("weights" in each.classes for each in node.around):  # links to rows of the dose sheet
            yield f"{node.said} stands in what is left out"


def looks_plain(view: View) -> Iterator[str]:
    """The article, what stands in it and what it stands in look in no way that could hide, move or change a text."""
    judged: dict[tuple[int, bool], list[str]] = {}
    for node in (*view.inside, *view.article.around):
        if node.name == "#text" or not node.style:
            continue
        key = (id(node.style), node.drawn)
        if key not in judged:
            judged[key] = [
                name for name, may in LOOK.items() if not re.fullmatch(may, node.style[name]) and not (node.drawn and name in _DRAWN)
            ]
        for name in judged[key]:
            resting = node.style["position"] == "static" and name == "inset"
            outside = not node.in_article and name == "font-family"
            stays = "stays" in node.attributes.get("data-eye", "") and name in ("position", "inset", "box-shadow")
            if not (resting or outside or stays or (name == "content" and node.generated)):
                yield f"{node.said} has {name}: {node.style[name]}"


def in_contrast(view: View) -> Iterator[str]:
    """Each text stands out from its ground: 4.5 to 1, large ones 3 to 1."""
    ratios: dict[tuple[int, int], float] = {}
    for node in view.texts:
        if not node.parent or not node.lines:
            continue
        key = (id(node.style), id(node.parent))
        if key not in ratios:
            ground = _ground(node)
            ratios[key] = _contrast(_over(_color(node.style["-webkit-text-fill-color"]), ground), ground)
        size = _pixels(node.style["font-size"])
        large = size >= 24 or (size >= 18.66 and int(node.style["font-weight"]) >= 700)
        if ratios[key] < (3 if large else 4.5):
            yield f"{node.said} has a contrast of {ratios[key]:.1f} to its ground"


def on_the_page(view: View) -> Iterator[str]:
    """Each text lies on the page, and nothing around cuts it off; tables scroll sideways, on screens."""
    for node, boxes in view.placed:
        sideways = False
        for each in node.around:
            if not each.style or not each.box or each.style["overflow"] == "visible":
                continue
            across, down = (each.style["overflow"].split() * 2)[:2]
            if each.name in ("HTML", "BODY"):
                if down in ("hidden", "clip"):
                    yield f"the page can't be scrolled: <{each.name.lower()}> has overflow: {down}"
                continue
            scrolls = across in ("auto", "scroll") and view.way.media == "screen"
            sideways |= scrolls
            right = math.inf if scrolls else each.box.right
            if not all(box.within(Box(each.box.left, each.box.top, right, each.box.bottom), _COVERING) for box in boxes):
                yield f"{node.said} is cut off by {_named(each)}"
        for box in boxes:
            if box.left < -_SLACK or box.top < 0 or (box.right > view.way.width + _SLACK and not sideways):
                yield f"{node.said} lies beside the page"


def in_reading_order(view: View) -> Iterator[str]:
    """What follows in the page stands below, or to the right in the same line or row."""
    for parent in (view.article, *view.inside):
        if parent.drawn or parent.generated:
            continue
        for before, after in pairwise(child for child in parent.children if child.span and not child.left_out):
            if _inline(before) and _inline(after):
                one, other = before.span[-1], after.span[0]
                in_line = other.top < one.bottom - _COVERING and one.top < other.bottom - _COVERING
                right = other.left >= one.right - _SLACK if in_line else other.top > one.top
            else:
                one, other = _around(before.span), _around(after.span)
                right = other.top >= one.bottom - _COVERING or (other.left >= one.right - _SLACK and other.bottom > one.top)
            if not right:
                yield f"{after.said} stands above or before {before.said}, which it follows"


def uncovered(view: View) -> Iterator[str]:
    """Nothing that is painted or written lies over or under a text, but for what the text stands in."""
    rows: dict[int, list[tuple[Box, Node]]] = defaultdict(list)
    for node in view.nodes:
        for box in _painted(node):
            for row in range(int(max(box.top, -1e4)) // 100, int(min(box.bottom, 1e6)) // 100 + 1):
                rows[row].append((box, node))
    for text, lines in view.placed:
        around = {text, *text.around}
        for line in lines:
            for row in range(int(line.top) // 100, int(line.bottom) // 100 + 1):
                for box, node in rows.get(row, ()):
                    wide = min(box.right, line.right) - max(box.left, line.left)
                    high = min(box.bottom, line.bottom) - max(box.top, line.top)
                    if wide > _SLACK and high > _COVERING and node not in around:
                        yield f"{text.said} and {_named(node)} lie over one another"


def nothing_stays(view: View) -> Iterator[str]:
    """What stays on the screen while a reader scrolls takes little of it from the text."""
    assert view.article.box
    if view.way.media == "print":
        return
    for node in view.nodes:
        if node.style.get("position") in ("fixed", "sticky") and node.name != "#text" and node.box and node.opacity:
            beside = node.box.right <= view.article.box.left + _SLACK or node.box.left >= view.article.box.right - _SLACK
            high = node.box.bottom - node.box.top
            if node.style["visibility"] == "visible" and not beside and high > 900 * _ENDURED:
                yield f"{_named(node)} stays on the screen over the text"


def cells_under_their_heads(view: View) -> Iterator[str]:
    """Each cell stands in the column of its head and in its row, and its text in the cell."""
    for table in view.inside:
        if table.name != "TABLE":
            continue
        rows = [node for node in _below(table) if node.name == "TR"]
        heads: list[Box] = []
        for row in rows:
            cells = [cell for cell in row.children if cell.name in ("TH", "TD") and not cell.left_out]
            boxes: list[Box] = []
            for cell in cells:
                if not cell.box or not row.box or cell.style["display"] != "table-cell" or not cell.box.within(row.box):
                    yield f"{cell.said} stands outside its row"
                    continue
                if any(not box.within(cell.box) for box in cell.span):
                    yield f"{cell.said} stands outside its cell"
                boxes += [cell.box] * int(cell.attributes.get("colspan", "1"))
            if not heads:
                heads = boxes
            elif len(boxes) != len(heads):
                yield f"{row.said} has {len(boxes)} cells under {len(heads)} heads"
            else:
                wrong = (cell for cell, box in zip(boxes, heads, strict=True) if cell.left > box.right or cell.right < box.left + _SLACK)
                if any(wrong) or any(
                    abs(cell.left - box.left) > _SLACK
                    for cell, box in zip(boxes, heads, strict=True)
                    if cell.right - cell.left < box.right - box.left + _SLACK
                ):
                    yield f"{row.said} has a cell that is not under its head"


def nothing_generated(view: View) -> Iterator[str]:
    """Style sheets write nothing but the signs of blocks, brackets, a point between facts, bullets, and the numbers of lists."""
    for node in view.inside:
        if node.generated and node.shown.strip() != (wanted := _generated(node, view.statuses)):
            yield f"a style sheet writes “{node.shown.strip()}” instead of “{wanted}” at {node.parent.said if node.parent else ''}"


def marks_drawn(view: View) -> Iterator[str]:
    """Each block and badge of a status has its border and, but for the badge, whose sign is text, its sign."""
    for node in view.inside:
        for name, status in view.statuses.items():
            if {"admonition", name} <= set(node.classes) or {"badge", f"status-{name}"} <= set(node.classes):
                widths = [_pixels(each) for each in node.style.get("border-width", "0px").split()]
                color = _over(
                    _color(node.style.get("border-color", "rgba(0, 0, 0, 0)").partition(") ")[0].rstrip(")") + ")"), _ground(node)
                )
                if node.style.get("border-style") != status.border or min(widths) < 1 or _contrast(color, _ground(node)) < 3:
                    yield f"{node.said} lacks the border of its use, which is {status.border}"
                titled = [each for each in _below(node) if each.generated and each.shown == status.icon]
                if "admonition" in node.classes and not titled:
                    yield f"{node.said} lacks the sign of its use, {status.icon}"


def sheets_plain(view: View) -> Iterator[str]:
    """Style sheets load no fonts and hold no rules that are at work only on parts of texts or at times."""
    yield from view.sheets


Check = Callable[[View], Iterator[str]]
CHECKS: tuple[Check, ...] = (
    as_the_gate_read, seen_as_written, left_out_by_design, looks_plain, in_contrast, on_the_page, in_reading_order, uncovered,
    nothing_stays, cells_under_their_heads, nothing_generated, marks_drawn, sheets_plain,
)  # fmt: skip


def _kind(way: Way) -> tuple[str, ...]:
    return ("print",) if way.media == "print" else ("screen", "phone") if way.width < 720 else ("screen",)


def _nodes(snapshot: Mapping[str, Any], kind: Sequence[str]) -> list[Node]:
    """The nodes of the page from the engine's reading, which names each string by its number."""
    strings, document = snapshot["strings"], snapshot["documents"][0]
    raw, layout, boxes = document["nodes"], document["layout"], document["textBoxes"]
    generated = set(raw["pseudoType"]["index"])
    nodes: list[Node] = []
    for number, above in enumerate(raw["parentIndex"]):
        names = [strings[each] for each in raw["attributes"][number]]
        value = strings[raw["nodeValue"][number]] if raw["nodeValue"][number] >= 0 else ""
        parent = nodes[above] if above >= 0 else None
        node = Node(strings[raw["nodeName"][number]], value, parent, dict(zip(names[::2], names[1::2], strict=True)), number in generated)
        if parent:
            parent.children.append(node)
            eye = node.attributes.get("data-eye", "").split()
            node.left_out = parent.left_out or any(each in kind for each in eye) or node.name in _UNSEEN
            node.in_article = parent.in_article or parent.name == "ARTICLE"
        nodes.append(node)
    styles: dict[tuple[int, ...], dict[str, str]] = {}
    for number, style, (left, top, wide, high), text in zip(
        layout["nodeIndex"], layout["styles"], layout["bounds"], layout["text"], strict=True
    ):
        node = nodes[number]
        if text >= 0:
            node.shown += strings[text]
        if node.box:  # the second is the box of what the first generates
            continue
        node.box = Box(left, top, left + wide, top + high)
        if style:
            key = tuple(style)
            node.style = styles.setdefault(key, {name: strings[each] if each >= 0 else "" for name, each in zip(_READ, key, strict=True)})
    for number, (left, top, wide, high), start, length in zip(
        boxes["layoutIndex"], boxes["bounds"], boxes["start"], boxes["length"], strict=True
    ):
        node = nodes[layout["nodeIndex"][number]]
        node.lines.append(Line(Box(left, top, left + wide, top + high), node.shown[start : start + length]))
    for node in nodes:
        node.opacity = float(node.style.get("opacity", "1")) * (node.parent.opacity if node.parent else 1)
    for node in reversed(nodes):
        written = [line.box for line in node.lines if line.text.strip()] if node.name == "#text" else []
        below = [box for child in node.children if not child.left_out for box in child.span]
        node.span = written + below
    return nodes


def _below(node: Node, without: "set[Node] | None" = None) -> Iterator[Node]:
    """What stands in the element, in its order."""
    for child in node.children:
        if child not in (without or ()):
            yield child
            yield from _below(child, without)


def _tag(name: str, attributes: Mapping[str, str]) -> str:
    """An element by what marks it."""
    return " ".join([f"<{name}", *(attributes[each] for each in ("class", "data-fact", "colspan") if each in attributes)]) + ">"


def _bare(text: str) -> str:
    """The text without spaces, of which a line drops and joins some."""
    return re.sub(r"\s+", "", text)


def _inline(node: Node) -> bool:
    return node.name == "#text" or node.style.get("display", "").startswith("inline")


def _painted(node: Node) -> list[Box]:
    """The boxes on which something of the node is to be seen."""
    if not node.box or not node.opacity or not node.style or node.style["visibility"] != "visible" or (node.parent and node.parent.drawn):
        return []
    if node.name == "#text":
        return [] if node.left_out else [line.box for line in node.lines if line.text.strip()]
    if node.left_out and "spoken" in node.classes:
        return []
    style = node.style
    lengths = [abs(float(each)) for each in re.findall(r"(-?[\d.]+)px", style["box-shadow"])]
    outline = 0.0 if style["outline-style"] == "none" else _pixels(style["outline-width"]) + _pixels(style["outline-offset"])
    paints = (
        _color(style["background-color"])[3] > 0
        or style["background-image"] != "none"
        or style["backdrop-filter"] != "none"
        or any(_pixels(each) for each in style["border-width"].split())
        or (node.generated and style["display"] not in ("inline", "inline-block") and style["mask-image"] != "none")
        or node.name in _REPLACED
    )
    grows = max(sum(lengths), outline)
    if not (paints or grows):
        return []
    lines = [line.box for each in _below(node) if not each.left_out for line in each.lines]
    if style["display"] != "inline" or not lines:
        return [node.box.grown(grows)]
    text = _around(lines)  # a box within lines is painted around each of them, and as much larger
    over = (text.left - node.box.left, text.top - node.box.top, node.box.right - text.right, node.box.bottom - text.bottom)
    left, top, right, bottom = (max(each, 0) + grows for each in over)
    return [Box(box.left - left, box.top - top, box.right + right, box.bottom + bottom) for box in lines]


def _pixels(length: str) -> float:
    return float(length.removesuffix("px"))


def _generated(node: Node, statuses: Mapping[str, Status]) -> str:
    """What a style sheet may write here; "" for nothing."""
    parent = node.parent
    assert parent
    if node.name == "::marker" and parent.parent:
        items = [each for each in parent.parent.children if each.name == "LI"]
        return f"{items.index(parent) + 1}." if parent.parent.name == "OL" else "•"
    if "mark" in parent.classes:
        return {"::before": "(", "::after": ")"}.get(node.name, "")
    if node.name == "::before" and "admonition-title" in parent.classes and parent.parent:
        return next((status.icon for name, status in statuses.items() if name in parent.parent.classes), "")
    card = any("glance" in each.classes for each in parent.around)
    return (
        "·"
        if node.name == "::after" and card and parent.name == "LI" and parent.parent and parent.parent.children[-1] is not parent
        else ""
    )


def _named(node: Node) -> str:
    """The node in the words of a sentence."""
    name = "what follows or precedes " if node.generated else ""
    element = node if node.name not in ("#text",) and not node.generated else node.parent or node
    return f'{name}<{element.name.lower()} class="{" ".join(element.classes)}">'


Color = tuple[float, float, float, float]


@cache
def _color(text: str) -> Color:
    """Red, green and blue up to 255, and how opaque."""
    numbers = [float(each) for each in re.findall(r"[\d.]+", text.removeprefix("color(srgb"))]
    if text.startswith("color(srgb"):
        numbers[:3] = [each * 255 for each in numbers[:3]]
    elif not text.startswith("rgb"):
        raise ValueError(f"a color is written in a way that is not read here: {text}")
    return numbers[0], numbers[1], numbers[2], numbers[3] if len(numbers) > 3 else 1.0


def _over(color: Color, ground: Color) -> Color:
    red, green, blue = (color[3] * one + (1 - color[3]) * other for one, other in zip(color[:3], ground[:3], strict=True))
    return red, green, blue, 1.0


def _ground(node: Node) -> Color:
    """The color that lies behind the element: those of the elements around it, down to the first that hides what is below."""
    layers = []
    for each in (node, *node.around):
        color = _color(each.style["background-color"]) if each.style and each.name != "#text" else (0.0, 0.0, 0.0, 0.0)
        layers.append(color)
        if color[3] == 1:
            break
    ground: Color = (255.0, 255.0, 255.0, 1.0)
    for color in reversed(layers):
        ground = _over(color, ground)
    return ground


def _contrast(one: Color, other: Color) -> float:
    """The ratio by which WCAG measures it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    red, green, blue = (each / 255 / 12.92 if each / 255 <= 0.04045 else ((each / 255 + 0.055) / 1.055) ** 2.4 for each in color[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
