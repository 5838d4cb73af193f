"""Rules on what a page must hold: its frame, the words of each drawing."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from macros.finding import Fault, Spot
from macros.formulary.naming import others_named
from macros.pages.html import Html, ancestors, has_class, plain, section_below, shown
from macros.rules.known import Known
from macros.rules.rule import rule

# What may stand between the title and the alert on supply; the last in a preview alone, where it is a fault by itself.
_ABOVE_ALERT = ("names", "look-alikes", "chips", "checked", "overdue", "due-soon", "fault")
# What says facts of its own accord: the head of the page, the cards, drawings, forms (each is used alone), and the record of corrections.
_APART = ("masthead", "cards", "figure", "form", "corrections")


@rule("html")
def page_furnished(page: Html, known: Known) -> Iterator[Fault]:
    """A medicine's page says above and below when it was checked, that nobody reviewed it, and what it rests on; nothing follows that."""
    for part in _missing(page, known):
        yield Fault(Spot(), f"the page lacks {part}; write it on a line of its own")
    for name in _names_of_others(page, known):
        yield Fault(Spot(), f"the title names '{name}', which is another medicine; write the names of this one")
    if page.monograph in known.banners and not _opens_with_banner(page):
        yield Fault(Spot(), "the alert on supply must stand below the title, above all other text; write {{ masthead() }} there")


@rule("html")
def figure_told_below(page: Html) -> Iterator[Fault]:
    """Every fact that a figure draws stands as text in a table or list below it, under the same heading."""
    for drawn in page.main.css(".figure"):
        below = [node for block in section_below(drawn) for node in (block, *block.css("tr, li, .entry")) if not has_class(node, "figure")]
        written = {node.attributes.get("data-fact") for node in below}
        for name in dict.fromkeys(node.attributes["data-fact"] or "" for node in drawn.css("[data-fact]")):
            if name not in written:
                message = "is drawn, but no table or list below says it; add it to a table() or list() under the same heading"
                yield Fault(Spot(fact=name), f"'{name}' {message}")


@rule("html")
def fact_said_once(page: Html) -> Iterator[Fault]:
    """No page of a medicine says a fact twice, but for what its head, its cards and its forms say, and what a drawing shows."""
    if page.monograph is None:
        return
    seen: dict[str, list[LexborNode]] = {}
    for node, name, spot in shown(page):
        around = list(ancestors(node))
        if any("data-fact" in each.attributes for each in around) or any(has_class(each, kind) for each in around for kind in _APART):
            continue
        row = [each for each in around if each.tag == "tr"]
        if name in seen and not (row and row == seen[name]):  # in a row of a table it can stand under two places
            yield Fault(spot, f"'{name}' is said above already; leave it out here, or name the other facts of its topic by their ids")
        seen[name] = row


@rule("html")
def heading_says_something(page: Html, known: Known) -> Iterator[Fault]:
    """Below a heading of a medicine's page stands more than what is not known, unless it is a draft."""
    for heading in page.main.css("h2, h3") if page.monograph and page.monograph not in known.drafts else ():
        below = list(section_below(heading))
        facts = {node.attributes["data-fact"] or "" for block in below for node in (block, *block.css("[data-fact]")) if _is_fact(node)}
        typed = any(block.tag == "p" and not block.css_first("[data-fact]") and "data-fact" not in block.attributes for block in below)
        if facts and facts <= known.absent and not typed and not has_class(heading, "admonition-title"):
            said = plain(heading).removesuffix("¶")
            message = "stands nothing but what is not known; delete the heading, and name the topics in the call of the section above"
            yield Fault(Spot(text=said), f"below '{said}' {message}")


def _is_fact(node: LexborNode) -> bool:
    return "data-fact" in node.attributes


def _missing(page: Html, known: Known) -> Iterator[str]:
    """The parts that the page lacks, as an editor writes them; a page of no medicine may do without any."""
    main = page.main
    if page.monograph is None:
        if main.css(".colophon") and not _ends_with_colophon(main):
            yield "{{ colophon() }} as its last line"
        return
    shown = {node.attributes["data-fact"] or "" for node in main.css("[data-fact]")}
    cites_nothing = bool(shown) and shown <= known.absent
    if not _checked_below_title(main):
        yield "{{ masthead() }} below the title"
    if not main.css("ol.sources > li") and not cites_nothing:
        yield "{{ sources() }} near its end"
    if not _ends_with_colophon(main):
        yield "{{ colophon() }} as its last line"
    if not main.css("h1"):
        yield "a title '# …'"


def _checked_below_title(main: LexborNode) -> bool:
    """Whether the day of the check stands outside the colophon, under no heading but the title."""
    heading = "h1"
    for node in main.css("h1, h2, .checked"):
        if any(has_class(around, "colophon") for around in ancestors(node)):
            continue
        if not has_class(node, "checked"):
            heading = node.tag or ""
        elif heading == "h1":
            return True
    return False


def _ends_with_colophon(main: LexborNode) -> bool:
    """Whether a colophon with the day of the check stands at the very end of the page."""
    return any(node.css_first(".checked") and node.parent == main and not any(_following(node)) for node in main.css(".colophon"))


def _names_of_others(page: Html, known: Known) -> Iterator[str]:
    """The first name of each other medicine that stands in the title of a medicine's page."""
    if page.monograph is None:
        return
    title = " ".join(plain(node) for node in page.main.css("h1"))
    yield from (name for name, _ in others_named(title, known.called.get(page.monograph, ()), known.owned))


def _opens_with_banner(page: Html) -> bool:
    """Whether the alert on supply stands before every text but the title, and what masthead() says between the two."""
    texts = (node for node in page.main.css(".availability, h2, h3, li, p, td") if not _above_alert(node))
    first = next(texts, None)
    return first is not None and has_class(first, "availability")


def _above_alert(node: LexborNode) -> bool:
    """Whether the text is one that may stand above the alert on supply."""
    return any(has_class(each, name) for each in (node, *ancestors(node)) for name in _ABOVE_ALERT)


def _following(node: LexborNode) -> Iterator[LexborNode]:
    """The elements that follow, and texts that are more than space."""
    following = node.next
    while following is not None:
        if following.tag != "-text" or (following.text_content or "").strip():
            yield following
        following = following.next
