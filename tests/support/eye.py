"""How a page is looked at: the ways, how it may look, and one reading of it by the engine.

The engine says of each element, text and generated box where it stands and how it looks (`DOMSnapshot` of Chromium). What is
judged (`sight`) is every text of the article: whatever an author, a style sheet, a template or a script does to a heading, a
mark, a contraindication or the condition of a dose, it does to some text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from selectolax.lexbor import LexborNode

from macros.formulary.vocabulary import Status
from tests.support.laid_out import Box, Node, nodes_of

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
# on screens the addresses of sources, which links hold; on paper links to other places; on phones the head of a table whose cells
# begin with its words there, and cells of which there is nothing to say; on wide screens the head of room for a pen; above a group said once, what its facts agree in is only
# heard; the bar at the foot of a phone; on printed sheets the list of sources, for which they name the page, and on a handout its numbers.
LEFT_OUT: Mapping[str, tuple[str, str]] = {
    ".headerlink, .print-page, [aria-hidden] + .spoken": ("screen", "print"),
    ".spoken.agrees": ("screen", "print"),
    ".sources .address, .official .address": ("screen", ""),
    ".weights, .tabs, .card-word a, #rows": ("", "print"),
    ".bar": ("phone wide", "print"),
    ".find, .shortcuts, .letters, .jump": ("", "print"),
    ".matrix .of": ("wide", "print"),
    ".matrix thead, table.facts:not(.doses, .by-height, .side-by-side) thead": ("phone", ""),
    "td > .nothing:only-child, .form td.not-due, .side-by-side thead th:first-child": ("phone", ""),
    "table.checklist :is(thead th:last-child, td.to-fill)": ("wide", ""),
    "#before + p": ("", "print"),
    ".colophon .for-programs": ("", "print"),  # nothing on paper leads to a file
    ".imprint ~ #sources, .imprint ~ #sources ~ :is(ol.sources, h2)": ("", "print"),
    ".urgent .cites, .urgent ~ * .cites": ("", "print"),
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
    "font-stretch": "100%|75%",  # as narrow as the fonts of systems go
    "font-size-adjust": "none",
    "font-variant-caps": "normal",
    "font-variant-numeric": "normal|lining-nums|tabular-nums|lining-nums tabular-nums|tabular-nums slashed-zero",
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
          "border-style", "border-width", "border-color", "outline-width", "outline-offset", "column-count", "column-width")  # fmt: skip
READ = (*LOOK, *_OTHER)
# Drawings place their parts by these.
DRAWN = ("transform", "vertical-align")

# Marks what is left out, the heads of long tables, which may stay in sight, and cards, which may float beside each other; lays out what is far below, too. Important
# rules of the first layer are stronger than those of all sheets after it.
_PREPARE = """leftOut => {
    for (const [selector, ways] of Object.entries(leftOut))
        for (const each of document.querySelectorAll(`article :is(${selector})`)) each.dataset.eye = ways.join(" ");
    for (const each of document.querySelectorAll("article :is(.doses, .matrix) thead th, article .bar")) each.dataset.eye = (each.dataset.eye || "") + " stays";
    for (const each of document.querySelectorAll("article .in-columns > .card")) each.dataset.eye = (each.dataset.eye || "") + " beside";
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
    snapshot = engine.send("DOMSnapshot.captureSnapshot", {"computedStyles": READ})
    nodes = nodes_of(snapshot, _kind(way), READ)
    article = next(node for node in nodes if node.name == "ARTICLE")
    return View(way, nodes, sheets["faults"], sheets["met"], statuses, read, article)


def read_of(root: LexborNode) -> list[str]:
    """What stands in an article as the gate parses it, in the order of the page: its texts, and its elements with what marks them."""
    found = []
    for node in islice(root.traverse(include_text=True), 1, None):
        if node.tag == "-text":
            found.append(node.text_content or "")
        elif not (node.tag or "").startswith("-"):
            found.append(tag(node.tag or "", {name: value or "" for name, value in node.attributes.items()}))
    return [each for each in found if each.strip()]


def never_met(met: Sequence[Mapping[str, bool]]) -> list[str]:
    """The conditions of style sheets that no way of looking met: nobody saw what they do."""
    conditions = dict.fromkeys(condition for each in met for condition in each)
    return [f"nobody saw what a rule does under '{each}'" for each in conditions if not any(seen.get(each) for seen in met)]


def tag(name: str, attributes: Mapping[str, str]) -> str:
    """An element by what marks it."""
    return " ".join([f"<{name}", *(attributes[each] for each in ("class", "data-fact", "colspan") if each in attributes)]) + ">"


def _kind(way: Way) -> tuple[str, ...]:
    """The words of LEFT_OUT that the way falls under."""
    return ("print",) if way.media == "print" else ("screen", "phone" if way.width < 720 else "wide")
