"""What stands around the article of a built page: words of the register, and the few that the theme writes, which a list holds."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from macros.pages.html import SPOKEN
from macros.pages.register import FOLDER
from macros.pages.seen import single_spaced
from tests.conftest import ROOT

THEME = ROOT / "tests/golden/around.txt"
_LINK = re.compile(r"\[([^\[\]]*) → [^\[\]]*\](?: \([\w -]*\))?")
# What pages are called: in their front matter, in the menu and in the settings.
_NAME = re.compile(r"^= (?:title: |site_name: |- )([^:\n]+(?:: (?!\S+\.md)[^\n]+)?)", re.MULTILINE)
_EDITION = re.compile(r"(?:inputs-)?\b[0-9a-f]{12}\b|\d{1,2} [A-Z][a-z]+ \d{4}")
_UNSEEN = "script, style, article"


def around(page: str) -> Iterator[str]:
    """Each text of a page outside its article: what is shown, what is said on pointing or read aloud, what programs are told."""
    tree = LexborHTMLParser(page)
    for node in tree.css(_UNSEEN):
        node.decompose()
    assert tree.root
    for node in tree.root.traverse(include_text=True):
        if node.tag == "-text":
            yield node.text_content or ""
        elif node.tag and not node.tag.startswith("-"):
            yield from (node.attributes.get(name) or "" for name in (*SPOKEN, "content", "value"))


def _without(names: set[str], text: str) -> str:
    """The text with … for the longest name of a page in it, and then for the next."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "…")
    return text


def test_what_stands_around_a_page_is_registered_or_the_themes(copy: Path, golden: Callable[[Path, str], str]) -> None:
    texts = [path.read_text("utf-8") for path in sorted((ROOT / FOLDER).glob("*.txt"))]
    registered = "\n".join(_LINK.sub(r"\1", single_spaced(text)) for text in texts)
    names = {name for text in texts for name in _NAME.findall(text)}
    pages = [path for path in (copy / "site").rglob("*.html") if path.name != "404.html"]
    found = {single_spaced(text) for path in pages for text in around(path.read_text("utf-8"))}
    assert len(pages) > 20
    theirs = [text for text in found if any(map(str.isalpha, text)) and text not in registered]
    lines = sorted({_EDITION.sub("…", _without(names, text)) for text in theirs})
    made = "".join(f"{line}\n" for line in lines)
    assert made == golden(THEME, made)
