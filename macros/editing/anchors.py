"""The addresses within pages that people may link to, kept in a list so that none is lost unseen."""

import re
from collections.abc import Iterable
from pathlib import Path

from macros.pages.html import Html

LIST = Path("tests/golden/anchors.txt")
# Numbers of sources follow their order on the page, and a drawing's names are for its own words.
_PRIVATE = re.compile(r"source-\d+|figure-.*")


def public(pages: Iterable[Html]) -> set[str]:
    """Every address of a page with a name on it that may be linked to."""
    return {
        f"{page.address}#{name}"
        for page in pages
        for node in page.main.css("[id]")
        if (name := node.attributes["id"]) and not _PRIVATE.fullmatch(name)
    }


def renewed(known: str, pages: Iterable[Html]) -> str:
    """The list with the new ones among the old ones: what is gone stays until somebody takes it out by hand."""
    return "\n".join(sorted(public(pages) | set(known.split()))) + "\n"
