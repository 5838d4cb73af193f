"""Rules on the marks of a use in the rendered HTML: blocks, their headings, badges, and words that claim an approval."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from macros.finding import Fault, Spot, excerpt, nearest
from macros.pages.html import HEADINGS, UNREAD, Html, ancestors, plain, section_below, shown
from macros.rules.about import about_the_site
from macros.rules.known import Known
from macros.rules.prose import claim
from macros.rules.rule import rule


@rule("html", around=True)
def research_marked(page: Html, known: Known) -> Iterator[Fault]:
    """A fact of a use that is marked stands inside a block of that status, and no other fact stands there for itself."""
    for node, name, spot in shown(page):
        if name not in known.uses:
            yield Fault(spot, f"unknown fact '{name}'; {nearest(name, known.uses)}")
            continue
        use = known.uses[name]
        around = [kind for block in ancestors(node) for kind in _kinds(block, known)]
        wrong = [kind for kind in around if use and kind != use]
        if use and known.notices[use] and use not in around:
            yield Fault(spot, f"'{name}' is {use} but stands outside a block of that status; move it into `/// {use}`")
        elif wrong:
            yield Fault(spot, f"'{name}' is {use} but stands inside a block '{wrong[0]}'; move it out of that block")
        elif not use and any(known.notices[kind] for kind in around) and not _within_another(node):
            yield Fault(spot, f"'{name}' holds for every use but stands inside a block '{around[0]}'; move it out of that block")


@rule("html", around=True)
def block_says_so(page: Html, known: Known) -> Iterator[Fault]:
    """A block of a status opens with a heading that carries that status's words, and has no other attributes."""
    for block in page.tree.css(".admonition"):
        for kind in _kinds(block, known):
            first = next((node for node in block.iter()), None)
            wanted = known.headings[kind]
            if first is None or first.tag not in ("h2", "h3", "h4") or not _says(first, wanted):
                yield Fault(
                    Spot(text=f"/// {kind}"), f"a block '{kind}' does not open with the heading '{wanted}'; call notice() in its title"
                )
            if block.attributes.keys() != {"class"} or len((block.attributes["class"] or "").split()) > 2:
                yield Fault(
                    Spot(text=f"/// {kind}"), f"a block '{kind}' has attributes of its own; leave an empty line below its first line"
                )


@rule("html", around=True)
def block_holds_its_facts(page: Html, known: Known) -> Iterator[Fault]:
    """A block of an authorized use holds a fact of that use, so that nothing is called approved in words alone."""
    for block in page.tree.css(".admonition"):
        for kind in _kinds(block, known):
            if not known.notices[kind] and not _uses(block, known) - {None}:  # one of another use is misplaced, not missing
                yield Fault(
                    Spot(text=f"/// {kind}"), f"a block '{kind}' holds no fact of that use; call fact() or list() in it, or delete it"
                )


@rule("html")
def badge_above_facts(page: Html, known: Known) -> Iterator[Fault]:
    """A badge stands alone on its line, above facts of its use and below the same heading."""
    for badge in page.main.css(".badge"):
        kind = next((name for name in known.notices if f"status-{name}" in (badge.attributes["class"] or "").split()), "")
        around = [each for block in ancestors(badge) for each in _kinds(block, known)]
        line = badge.parent
        if line is None or line.tag != "p" or plain(line) != plain(badge) or any(each != kind for each in around):
            message = "stands within other text or a block of another use; give it a line of its own, below the heading"
            yield Fault(Spot(text="badge("), f"a badge '{kind}' {message}")
        elif not any(kind in _uses(node, known) for node in section_below(line)):
            message = "stands no fact of that use; call fact() or list() under the same heading, or delete the badge"
            yield Fault(Spot(text="badge("), f"below the badge '{kind}' {message}")


@rule("html")
def approval_is_a_fact(page: Html, known: Known) -> Iterator[Fault]:
    """A sentence that calls a use approved stands beside a fact of an approved use, or denies it."""
    free = about_the_site(page, known)
    for holder, text in (*page.typed_texts, *((page.main, text) for text in page.unseen_texts)):
        claims = [(sentence, word) for sentence in _without_heading(holder, text, known).split("\n") if (word := claim(sentence))]
        if not claims or free(holder) or (holder is not page.main and holder.css_first(".badge")):
            continue  # a badge has a rule of its own
        row = _row(holder)
        carried = holder is not page.main and _shows_approved(row or holder, known)
        for sentence, word in claims:
            if not (carried and (row or UNREAD in sentence)):
                said = f"“{excerpt(sentence)}” calls a use '{word}' in words alone"
                yield Fault(Spot(text=word, near=sentence), f"{said}; name the fact with fact() in the sentence, or leave the word out")


def _row(node: LexborNode) -> LexborNode | None:
    """The table row that the element is or stands in."""
    return next((each for each in (node, *ancestors(node)) if each.tag == "tr"), None)


def _shows_approved(node: LexborNode, known: Known) -> bool:
    """Whether the element shows a fact of a use that needs no block."""
    return any(use is not None and not known.notices[use] for use in _uses(node, known))


def _kinds(node: LexborNode, known: Known) -> list[str]:
    classes = (node.attributes.get("class") or "").split() if node.attributes else []
    return [name for name in classes if name in known.notices] if "admonition" in classes else []


def _says(heading: LexborNode, words: str) -> bool:
    """Whether the heading is these words, or these and after a colon what they are about."""
    text = plain(heading)
    return text.startswith(words) and text.removeprefix(words)[:1] in ("", ":", "¶")


def _uses(node: LexborNode, known: Known) -> set[str | None]:
    """The uses of the facts that the element shows; a gap carries no use."""
    names = {each.attributes["data-fact"] or "" for each in node.css("[data-fact]")}
    return {known.uses.get(name) for name in names - known.absent}


def _within_another(node: LexborNode) -> bool:
    """Whether the element stands in one that shows another fact, which names it."""
    return any("data-fact" in around.attributes for around in ancestors(node) if around.attributes)


def _without_heading(holder: LexborNode, text: str, known: Known) -> str:
    """The text; of the heading of a block only what it is about."""
    for kind in _kinds(holder.parent, known) if holder.parent and holder.tag in HEADINGS else []:
        text = text.removeprefix(known.headings[kind])
    return text
