"""A page as the browser's engine laid it out: its nodes with their boxes, lines and colors."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from macros.finding import excerpt

UNSEEN = ("SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "title", "desc")  # the last two are the words of drawings for the ear


class Box(NamedTuple):
    """A rectangle on the page, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def within(self, other: "Box", slack: float = 2) -> bool:
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


def box_around(boxes: Sequence[Box]) -> Box:
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
        texts = [each.value or each.shown for each in (self, *below(self)) if each.name == "#text" or each.generated]
        fact = next((name for each in (self, *self.around) if (name := each.attributes.get("data-fact"))), "")
        return f"“{excerpt(' '.join(' '.join(texts).split()))}”" + (f" of {fact}" if fact else "")


def nodes_of(snapshot: Mapping[str, Any], kind: Sequence[str], asked: Sequence[str]) -> list[Node]:
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
            node.left_out = parent.left_out or any(each in kind for each in eye) or node.name in UNSEEN
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
            node.style = styles.setdefault(key, {name: strings[each] if each >= 0 else "" for name, each in zip(asked, key, strict=True)})
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


def below(node: Node, without: "set[Node] | None" = None) -> Iterator[Node]:
    """What stands in the element, in its order."""
    for child in node.children:
        if child not in (without or ()):
            yield child
            yield from below(child, without)


def pixels(length: str) -> float:
    """The number of a length."""
    return float(length.removesuffix("px"))


Color = tuple[float, float, float, float]


@cache
def color_of(text: str) -> Color:
    """Red, green and blue up to 255, and how opaque."""
    numbers = [float(each) for each in re.findall(r"[\d.]+", text.removeprefix("color(srgb"))]
    if text.startswith("color(srgb"):
        numbers[:3] = [each * 255 for each in numbers[:3]]
    elif not text.startswith("rgb"):
        raise ValueError(f"a color is written in a way that is not read here: {text}")
    return numbers[0], numbers[1], numbers[2], numbers[3] if len(numbers) > 3 else 1.0


def over(color: Color, ground: Color) -> Color:
    """The color as it looks on its ground."""
    red, green, blue = (color[3] * one + (1 - color[3]) * other for one, other in zip(color[:3], ground[:3], strict=True))
    return red, green, blue, 1.0


def ground_of(node: Node) -> Color:
    """The color that lies behind the element: those of the elements around it, down to the first that hides what is below."""
    layers = []
    for each in (node, *node.around):
        color = color_of(each.style["background-color"]) if each.style and each.name != "#text" else (0.0, 0.0, 0.0, 0.0)
        layers.append(color)
        if color[3] == 1:
            break
    ground: Color = (255.0, 255.0, 255.0, 1.0)
    for color in reversed(layers):
        ground = over(color, ground)
    return ground


def contrast(one: Color, other: Color) -> float:
    """The ratio by which WCAG measures it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    red, green, blue = (each / 255 / 12.92 if each / 255 <= 0.04045 else ((each / 255 + 0.055) / 1.055) ** 2.4 for each in color[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
