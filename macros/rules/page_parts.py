"""Rules on what a page must hold: its frame, the card at the top of a monograph, the words of each figure."""

from collections.abc import Iterator
from itertools import pairwise

from selectolax.lexbor import LexborNode

from macros.pages.html import CARD, Ground, Html, ancestors, has_class, plain, section_below
from macros.rules.marks import Fault


def page_furnished(page: Html, ground: Ground) -> Iterator[Fault]:
    """A medicine's page says above and below when it was checked, that nobody reviewed it, and what it rests on; nothing follows that."""
    main = page.main
    colophons = main.css(".colophon")
    ends = [node for node in colophons if node.css_first(".checked") and node.parent == main and not any(_below(node))]
    if page.monograph is None:
        wanted = {"{{ colophon() }} as its last line": ends or not colophons}
    else:
        shown = {node.attributes["data-fact"] for node in main.css("[data-fact]")}
        order = [node for node in main.css("h1, h2, .checked") if not any(has_class(around, "colophon") for around in ancestors(node))]
        below_title = [node for before, node in pairwise([main, *order]) if has_class(node, "checked") and before.tag != "h2"]
        wanted = {
            "{{ checked() }} below the title": below_title,
            "{{ sources() }} near its end": main.css("ol.sources > li") or (bool(shown) and shown <= ground.absent),  # a gap cites nothing
            "{{ colophon() }} as its last line": ends,
            "a title '# …'": main.css("h1"),
        }
    for what, found in wanted.items():
        if not found:
            yield "text", "", f"the page lacks {what}; write it on a line of its own"
    title = " ".join(plain(node) for node in main.css("h1")).lower()
    for slug, names in ground.names.items():
        if page.monograph not in (None, slug) and (strange := sorted(name for name in names if name in title)):
            yield "text", "", f"the title names '{strange[0]}', which is another medicine; write the names of this one"
    above = [node.tag for node in main.css("h1, .availability")]
    if page.monograph in ground.banners and above[:1] != ["div"]:
        yield "text", "", "the availability banner must stand above the title; write {{ availability() }} before '# …'"


def card_whole(page: Html, ground: Ground) -> Iterator[Fault]:
    """A monograph opens with a card that has all its lines in their order."""
    lines = [plain(node) for node in page.main.css(".glance-word")]
    opens = page.monograph is not None and page.address.endswith(f"/{page.monograph}/index.html")
    if (lines or opens) and lines != [word for word, _ in CARD.values()]:
        yield "text", "glance(", f"the card has the lines {', '.join(lines) or 'none'}; call glance() once for each of {', '.join(CARD)}"


def figure_told_below(page: Html, ground: Ground) -> Iterator[Fault]:
    """Every fact that a figure draws stands as text in a table or list below it, under the same heading."""
    for drawn in page.main.css(".figure"):
        below = [node for block in section_below(drawn) for node in (block, *block.css("tr, li, .entry")) if not has_class(node, "figure")]
        told = {node.attributes.get("data-fact") for node in below}
        for name in dict.fromkeys(node.attributes["data-fact"] or "" for node in drawn.css("[data-fact]")):
            if name not in told:
                message = "is drawn, but no table or list below says it; add it to a table() or list() under the same heading"
                yield "fact", name, f"'{name}' {message}"


RULES = (page_furnished, card_whole, figure_told_below)


def _below(node: LexborNode) -> Iterator[LexborNode]:
    """The elements that follow, and texts that are more than space."""
    below = node.next
    while below is not None:
        if below.tag != "-text" or (below.text_content or "").strip():
            yield below
        below = below.next
