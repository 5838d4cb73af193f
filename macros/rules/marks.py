"""Rules on the marks of a use in the rendered HTML: blocks, their headings, badges, and words that claim an approval."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from macros.finding import excerpt, nearest
from macros.pages.html import HEADINGS, UNREAD, Ground, Html, ancestors, plain, section_below, shown
from macros.rules.claims import claim

# What a rule on HTML yields: a kind of needle, the needle by which its line is found, and words for an editor.
Fault = tuple[str, str, str]


def research_marked(page: Html, ground: Ground) -> Iterator[Fault]:
    """A fact of a use that is marked stands inside a block of that status, and no other fact stands there for itself."""
    for node, name, place in shown(page):
        if name not in ground.uses:
            yield "fact", place, f"unknown fact '{name}'; {nearest(name, ground.uses)}"
            continue
        use = ground.uses[name]
        around = [kind for block in ancestors(node) for kind in _kinds(block, ground)]
        wrong = [kind for kind in around if use and kind != use]
        if use and ground.notices[use] and use not in around:
            yield "fact", place, f"'{name}' is {use} but stands outside a block of that status; move it into `/// {use}`"
        elif wrong:
            yield "fact", place, f"'{name}' is {use} but stands inside a block '{wrong[0]}'; move it out of that block"
        elif not use and any(ground.notices[kind] for kind in around) and not _within_another(node):
            yield "fact", place, f"'{name}' holds for every use but stands inside a block '{around[0]}'; move it out of that block"


def block_says_so(page: Html, ground: Ground) -> Iterator[Fault]:
    """A block of a status opens with a heading that carries that status's words, and has no other attributes."""
    for block in page.tree.css(".admonition"):
        for kind in _kinds(block, ground):
            first = next((node for node in block.iter()), None)
            wanted = ground.headings[kind]
            if first is None or first.tag not in ("h2", "h3", "h4") or not _says(first, wanted):
                yield "text", f"/// {kind}", f"a block '{kind}' does not open with the heading '{wanted}'; call notice() in its title"
            if block.attributes.keys() != {"class"} or len((block.attributes["class"] or "").split()) > 2:
                yield "text", f"/// {kind}", f"a block '{kind}' has attributes of its own; leave an empty line below its first line"


def block_holds_its_facts(page: Html, ground: Ground) -> Iterator[Fault]:
    """A block of an authorized use holds a fact of that use, so that nothing is called approved in words alone."""
    for block in page.tree.css(".admonition"):
        for kind in _kinds(block, ground):
            if not ground.notices[kind] and not _uses(block, ground) - {None}:  # one of another use is misplaced, not missing
                yield "text", f"/// {kind}", f"a block '{kind}' holds no fact of that use; call fact() or list() in it, or delete it"


def badge_above_facts(page: Html, ground: Ground) -> Iterator[Fault]:
    """A badge stands alone on its line, above facts of its use and below the same heading."""
    for badge in page.main.css(".badge"):
        kind = next((name for name in ground.notices if f"status-{name}" in (badge.attributes["class"] or "").split()), "")
        around = [each for block in ancestors(badge) for each in _kinds(block, ground)]
        line = badge.parent
        if line is None or line.tag != "p" or plain(line) != plain(badge) or any(each != kind for each in around):
            message = "stands within other text or a block of another use; give it a line of its own, below the heading"
            yield "text", "badge(", f"a badge '{kind}' {message}"
        elif not any(kind in _uses(node, ground) for node in section_below(line)):
            message = "stands no fact of that use; call fact() or list() under the same heading, or delete the badge"
            yield "text", "badge(", f"below the badge '{kind}' {message}"


def approval_is_a_fact(page: Html, ground: Ground) -> Iterator[Fault]:
    """A sentence that calls a use approved stands beside a fact of an approved use, or denies it."""
    if page.about_the_site:
        return
    for holder, text in (*page.typed_texts, *((page.main, text) for text in page.unseen_texts)):
        claiming = [(sentence, word) for sentence in _without_heading(holder, text, ground).split("\n") if (word := claim(sentence))]
        if not claiming or (holder is not page.main and holder.css_first(".badge")):
            continue  # a badge has a rule of its own
        row = next((node for node in (holder, *ancestors(holder)) if node.tag == "tr"), None)
        beside = row or holder
        carried = any(ground.notices.get(use or "") is False for use in _uses(beside, ground)) and holder is not page.main
        for sentence, word in claiming:
            if not (carried and (row or UNREAD in sentence)):
                said = f"“{excerpt(sentence)}” calls a use '{word}' in words alone"
                yield "text", f"{word}\n{sentence}", f"{said}; name the fact with fact() in the sentence, or leave the word out"


RULES = (research_marked, block_says_so, block_holds_its_facts, badge_above_facts, approval_is_a_fact)


def _kinds(node: LexborNode, ground: Ground) -> list[str]:
    classes = (node.attributes.get("class") or "").split() if node.attributes else []
    return [name for name in classes if name in ground.notices] if "admonition" in classes else []


def _says(heading: LexborNode, words: str) -> bool:
    """Whether the heading is these words, or these and after a colon what they are about."""
    text = plain(heading)
    return text.startswith(words) and text.removeprefix(words)[:1] in ("", ":", "¶")


def _uses(node: LexborNode, ground: Ground) -> set[str | None]:
    """The uses of the facts that the element shows; a gap carries no use."""
    names = {each.attributes["data-fact"] or "" for each in node.css("[data-fact]")}
    return {ground.uses.get(name) for name in names - ground.absent}


def _within_another(node: LexborNode) -> bool:
    """Whether the element stands in one that shows another fact, which names it."""
    return any("data-fact" in around.attributes for around in ancestors(node) if around.attributes)


def _without_heading(holder: LexborNode, text: str, ground: Ground) -> str:
    """The text; of the heading of a block only what it is about."""
    for kind in _kinds(holder.parent, ground) if holder.parent and holder.tag in HEADINGS else []:
        text = text.removeprefix(ground.headings[kind])
    return text
