"""The faults that a view of a page shows, each as a sentence: one function for each kind, in `CHECKS`."""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise, zip_longest

from macros.finding import excerpt
from macros.formulary.vocabulary import Status
from tests.support.eye import DRAWN, LOOK, View, tag
from tests.support.laid_out import Box, Node, below, box_around, color_of, contrast, ground_of, over, pixels
from tests.support.stacked import bare, below_each_other, in_columns

# The size of letters, in pixels, that are read without effort: on paper seven and a half points.
_SMALLEST = {"screen": 10.5, "print": 10.0}
_SLACK = 2.0  # pixels by which neighbors may touch: borders, rounding
_COVERING = 4.0  # and by which the box of a line, taller than its letters, may reach into the next
_ENDURED = 0.2  # the share of a screen's height that what stays on it may take from the text
_REPLACED = ("IMG", "VIDEO", "IFRAME", "CANVAS", "OBJECT", "EMBED", "INPUT", "TEXTAREA", "SELECT", "BUTTON", "svg")
_WRAPS = {"md-typeset__scrollwrap", "md-typeset__table"}  # what the theme's script puts around tables


def faults(view: View) -> list[str]:
    """Every fault as a sentence."""
    return list(dict.fromkeys(sentence for check in CHECKS for sentence in check(view)))


def as_the_gate_read(view: View) -> Iterator[str]:
    """The article is what the gate read: no template and no script added, took or changed a text, an element or a mark."""
    unread = {node for node in view.nodes if "print-page" in node.classes or node.generated}
    there = [
        node.value if node.name == "#text" else tag("label" if "find-field" in node.classes else node.name.lower(), node.attributes)
        for node in below(view.article, unread)
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
        elif bare(node.shown) != bare(node.value) or bare(lines) != bare(node.value):
            yield f"{node.said} is shown as “{excerpt(lines or node.shown)}”"
        elif pixels(node.style["font-size"]) < _SMALLEST[view.way.media]:
            yield f"{node.said} is too small: {node.style['font-size']}"


def left_out_by_design(view: View) -> Iterator[str]:
    """What may be hidden holds no fact and no mark."""
    for node in view.nodes:
        told = bool({"data-fact", "data-computed"} & node.attributes.keys()) or "badge" in node.classes
        # links to rows of the dose sheet, sources, the way into the search
        listed = any({"weights", "sources", "find"} & set(each.classes) for each in (node, *node.around))
        if node.left_out and told and not listed:
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
                name for name, may in LOOK.items() if not re.fullmatch(may, node.style[name]) and not (node.drawn and name in DRAWN)
            ]
        for name in judged[key]:
            resting = node.style["position"] == "static" and name == "inset"
            outside = not node.in_article and name == "font-family"
            stays = "stays" in node.attributes.get("data-eye", "") and name in ("position", "inset", "box-shadow")
            beside = "beside" in node.attributes.get("data-eye", "") and name == "float"
            if not (resting or outside or stays or beside or (name == "content" and node.generated)):
                yield f"{node.said} has {name}: {node.style[name]}"


def in_contrast(view: View) -> Iterator[str]:
    """Each text stands out from its ground: 4.5 to 1, large ones 3 to 1."""
    ratios: dict[tuple[int, int], float] = {}
    for node in view.texts:
        if not node.parent or not node.lines:
            continue
        key = (id(node.style), id(node.parent))
        if key not in ratios:
            ground = ground_of(node)
            ratios[key] = contrast(over(color_of(node.style["-webkit-text-fill-color"]), ground), ground)
        size = pixels(node.style["font-size"])
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
    """What follows in the page stands below, or to the right in the same line or row, or in the next column."""
    for parent in (view.article, *view.inside):
        if parent.drawn or parent.generated:
            continue
        for before, after in pairwise(child for child in parent.children if child.span and not child.left_out):
            blocks = all(each.style.get("display") == "inline-block" for each in (before, after))
            if _inline(before) and _inline(after) and not blocks:
                one, other = before.span[-1], after.span[0]
                in_line = other.top < one.bottom - _COVERING and one.top < other.bottom - _COVERING
                right = other.left >= one.right - _SLACK if in_line else other.top > one.top
            else:
                one, other = box_around(before.span), box_around(after.span)
                beside = other.left >= one.right - _SLACK
                # Cards in two columns: each begins no higher than the one before it.
                lower = "in-columns" in parent.classes and other.top >= one.top - _COVERING
                right = lower or other.top >= one.bottom - _COVERING or (beside and (other.bottom > one.top or in_columns(parent)))
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
        rows = [node for node in below(table) if node.name == "TR"]
        if rows and (rows[-1].style.get("display") == "block" or all(cell.left_out for cell in rows[0].children)):
            yield from below_each_other(rows)
            continue
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
                widths = [pixels(each) for each in node.style.get("border-width", "0px").split()]
                color = over(
                    color_of(node.style.get("border-color", "rgba(0, 0, 0, 0)").partition(") ")[0].rstrip(")") + ")"), ground_of(node)
                )
                if node.style.get("border-style") != status.border or min(widths) < 1 or contrast(color, ground_of(node)) < 3:
                    yield f"{node.said} lacks the border of its use, which is {status.border}"
                titled = [each for each in below(node) if each.generated and each.shown == status.icon]
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


def _inline(node: Node) -> bool:
    return node.name == "#text" or node.style.get("display", "").startswith("inline")


def _painted(node: Node) -> list[Box]:
    """The boxes on which something of the node is to be seen."""
    if not node.box or not node.opacity or not node.style or node.style["visibility"] != "visible" or (node.parent and node.parent.drawn):
        return []
    if node.name == "#text":
        return [] if node.left_out else [line.box for line in node.lines if line.text.strip()]
    if node.left_out and any({"spoken", "bar"} & set(each.classes) for each in (node, *node.around)):
        return []
    style = node.style
    lengths = [abs(float(each)) for each in re.findall(r"(-?[\d.]+)px", style["box-shadow"])]
    outline = 0.0 if style["outline-style"] == "none" else pixels(style["outline-width"]) + pixels(style["outline-offset"])
    paints = (
        color_of(style["background-color"])[3] > 0
        or style["background-image"] != "none"
        or style["backdrop-filter"] != "none"
        or any(pixels(each) for each in style["border-width"].split())
        or (node.generated and style["display"] not in ("inline", "inline-block") and style["mask-image"] != "none")
        or node.name in _REPLACED
    )
    grows = max(sum(lengths), outline)
    if not (paints or grows):
        return []
    lines = [line.box for each in below(node) if not each.left_out for line in each.lines]
    if style["display"] != "inline" or not lines:
        return [node.box.grown(grows)]
    text = box_around(lines)  # a box within lines is painted around each of them, and as much larger
    over = (text.left - node.box.left, text.top - node.box.top, node.box.right - text.right, node.box.bottom - text.bottom)
    left, top, right, bottom = (max(each, 0) + grows for each in over)
    return [Box(box.left - left, box.top - top, box.right + right, box.bottom + bottom) for box in lines]


def _generated(node: Node, statuses: Mapping[str, Status]) -> str:
    """What a style sheet may write here; "" for nothing."""
    parent = node.parent
    assert parent
    if node.name == "::marker" and parent.parent:
        items = [each for each in parent.parent.children if each.name == "LI"]
        return f"{items.index(parent) + 1}." if parent.parent.name == "OL" else "•"
    beside = "context" in parent.classes and any("entry" in each.classes for each in parent.around)
    if "mark" in parent.classes or beside:
        return {"::before": "(", "::after": ")"}.get(node.name, "")
    if node.name == "::before" and "admonition-title" in parent.classes and parent.parent:
        return next((status.icon for name, status in statuses.items() if name in parent.parent.classes), "")
    if node.name == "::before" and parent.name == "TD":  # the name of its column, where columns stand below each other
        return parent.attributes.get("data-h", "")
    return ""


def _named(node: Node) -> str:
    """The node in the words of a sentence."""
    name = "what follows or precedes " if node.generated else ""
    element = node if node.name not in ("#text",) and not node.generated else node.parent or node
    return f'{name}<{element.name.lower()} class="{" ".join(element.classes)}">'
