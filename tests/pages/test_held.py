"""Blocks that macros print are kept out of Markdown's way and come back as they were, within blocks of a status too."""

import pytest
from markdown import Markdown

from macros.pages.held import Held

TABLE = "\n<table>\n<tr><td>5 mg</td></tr>\n</table>\n"
FENCED = f"\n\n/// research | Research only\n\n{TABLE}\n\n///\n\n"
LINE = 'a <span data-fact="m/dose/one">5 mg</span> b'
INLINE = '<span data-fact="m/dose/one">5 mg</span>'
TEXT = "\n\n*[ALT]: alanine aminotransferase\n\n"

HELD = {
    "a block": (TABLE, 1),
    "a block in a block of a status": (FENCED, 1),
    "blocks around and in one": (f"{TABLE}{FENCED}{TABLE}", 3),
    "a part of a sentence": (INLINE, 0),
    "text for Markdown": (TEXT, 0),
    "a block with text for Markdown": (f"{TABLE}{TEXT}", 0),
    "text in front of a block": (f"a{TABLE}", 0),
}


@pytest.mark.parametrize(("html", "count"), HELD.values(), ids=HELD.keys())
def test_held(html: str, count: int) -> None:
    held = Held()
    text = held.hold(html)
    extensions = ["abbr", "md_in_html", "pymdownx.blocks.admonition"]
    plain = Markdown(extensions=extensions).convert(f"# A\n\n{html}\n\n## B\n")
    made = Markdown(extensions=[*extensions, held]).convert(f"# A\n\n{text}\n\n## B\n")
    assert (len(held.texts), _tight(made)) == (count, _tight(plain))


def test_ids_are_told_where_links_are_asked() -> None:
    held = Held(ids=True)
    assert held.hold('\n<p id="one">a <b id="two">b</b></p>\n') == '\n<div data-held="0"><i id="one"></i><i id="two"></i></div>\n'


def _tight(html: str) -> str:
    return "".join(html.split("\n"))
