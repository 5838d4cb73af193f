"""Rules on what a page is made of, the theme around it included: elements, attributes, scripts, and addresses that lead elsewhere."""

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.finding import Fault, Spot, excerpt
from macros.pages.html import Html, within, written
from macros.rules.known import Known
from macros.rules.rule import rule

# What stands in running text and what Markdown, our macros, our templates and the theme write. None of these runs, loads or sends
# anything but by an attribute below.
_ELEMENTS = frozenset(
    "a abbr article aside b blockquote body br button caption cite code dd del desc details div dl dt em figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 head header hr html i img input ins kbd label li link main mark meta nav ol p pre q s script section small span "
    "strong sub summary sup table tbody td template th thead title tr u ul wbr "
    "circle g line path rect svg text tspan".split()
)
_ATTRIBUTES = frozenset(
    "align alt autocapitalize autocomplete autocorrect charset checked class colspan content dir for height hidden href id lang media name "
    "placeholder property rel required role scope spellcheck src start tabindex title type value width "
    "cx cy d r transform viewbox x x1 x2 xmlns y y1 y2".split()
)
_ANY = re.compile(r"(?:aria|data)-[a-z-]+")
# Elements that are told apart by one attribute, and what it may say.
_TOLD = {
    "link": ("rel", ("canonical", "icon", "next", "prev", "stylesheet")),
    "meta": ("name", ("", "description", "generator", "theme-color", "twitter:card", "viewport")),
    "input": ("type", ("checkbox", "radio", "text")),
    "button": ("type", ("button", "reset")),
}
# What no browser runs: the theme's settings, and what programs are told of a medicine.
_DATA = ("application/json", "application/ld+json")
# The theme's own scripts inside its pages, by their hashes as in a content security policy; they change with the theme. The last
# is the first as Zensical 0.0.73 has it.
_INLINE = (
    "exqRXrW/0laiImCrTE8a70vxyyY10FJVIppytLf/dbY=",
    "DrEMJJ29sL7vIloQzly+VUGMxKcBTMII+OfW7Y8AkG4=",
    "/8wPdzX9q0NNJXyA5lzsLojXFpkeaXVxhbfkUOQaWy8=",
    "FnzPjIa2+7LhDSWlbaMBEIPh+9rL3lPN6J/MWljUoE0=",
)
# What the pages about the site may lead to beside what the data names.
_TOOLS = ("https://jedisct1.github.io/minisign/",)
_TEMPLATES = Path("overrides")
_COPIES = Path("macros/offline")  # what is filled into copies brings its style along
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


@rule("html", around=True)
def made_of_known_parts(page: Html) -> Iterator[Fault]:
    """A page is made of listed elements and attributes, and no script stands in it but the theme's own."""
    for text, message in _strange(page.tree):
        yield Fault(Spot(text=text), f"{message}; write Markdown, or call a macro")


@rule("frame")
def template_of_known_parts(root: Path) -> Iterator[Fault]:
    """A template holds only listed elements and attributes, no script or style of its own, and no address that leads elsewhere."""
    for path in (path for folder in (_TEMPLATES, _COPIES) for path in sorted((root / folder).rglob("*.html"))):
        text = path.read_bytes().decode("utf-8", "replace")
        tree = LexborHTMLParser(_JINJA.sub(lambda match: "\n" * match[0].count("\n"), text))
        found = [each for each in _strange(tree) if (path.parent, each[0]) != (root / _COPIES, "<style")]
        found += [(address, f"<{node.tag}> leads to '{excerpt(address)}'") for node, address in _leading(tree)]
        for sought, message in found:
            line = text[: max(text.lower().find(sought.lower()), 0)].count("\n") + 1
            yield Fault((path.relative_to(root).as_posix(), line), f"{message}; write what a page is made of, with paths of this site")


@rule("html", around=True)
def nothing_foreign(page: Html) -> Iterator[Fault]:
    """The page loads nothing from another host."""
    for node, address in _leading(page.tree):
        if node.tag not in ("a", "link") or (node.tag == "link" and node.attributes.get("rel") != "canonical"):
            yield Fault(Spot(text=address), f"<{node.tag}> loads from another host: {excerpt(address)}; put the file under docs/assets")


@rule("html", around=True)
def leads_to_sources(page: Html, known: Known) -> Iterator[Fault]:
    """A link that leads out of the site has the very address of a source, an authority or a registry, or reports an error of the page."""
    for node, address in _leading(page.tree):
        listed = (address in known.addresses and written(node)) or (page.about_the_site and address in (*known.addresses, *_TOOLS))
        if node.tag == "a" and not listed and not address.startswith(known.reports):
            message = "cite what stands there as a source of a fact, in macros/data/sources.yml"
            yield Fault(Spot(text=address), f"the link '{excerpt(address)}' leads out of the site; {message}")


def _leading(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, str]]:
    """Each element with an address that is none of this site."""
    for part in _trees(tree):
        for node in part.css("[href],[src]"):
            for name in ("href", "src"):
                address = node.attributes.get(name) or ""
                if not within(address):
                    yield node, address


def _strange(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """What a page is not made of: the text to look for, and what is wrong with it."""
    for part in _trees(tree):
        for node in part.css("*"):
            tag = node.tag or ""
            if tag not in _ELEMENTS:
                yield f"<{tag}", f"a page holds no element <{tag}>"
                continue
            for name in node.attributes:
                if name.lower() not in _ATTRIBUTES and not _ANY.fullmatch(name):
                    yield name, f"a page holds no attribute '{name}'"
            told, words = _TOLD.get(tag, ("", ("",)))
            if (said := (node.attributes.get(told) or "").lower()) not in words:
                yield said or f"<{tag}", f"<{tag}> may not be '{excerpt(said)}'"
            if tag == "script" and "src" not in node.attributes and not _is_known(node):
                yield node.text().strip()[:40], "a script stands in the page that is none of the theme's"


def _trees(tree: LexborHTMLParser) -> Iterator[LexborHTMLParser]:
    """The page, and what each of its templates holds, which is a page of its own to the parser."""
    yield tree
    for node in tree.css("template"):
        yield from _trees(LexborHTMLParser((node.html or "").partition(">")[2].rpartition("</template>")[0]))


def _is_known(script: LexborNode) -> bool:
    """Whether a script within a page is empty, holds data that no browser runs, or is one of the theme's."""
    text = script.text()
    kind = script.attributes.get("type")
    return not text.strip() or kind in _DATA or (kind is None and b64encode(sha256(text.encode()).digest()).decode() in _INLINE)
