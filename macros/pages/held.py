"""What macros print as whole blocks, kept out of Markdown's way: it converts a short sign for each, and gets the HTML back at the end.

Markdown reads HTML sign by sign, which took longer than all else that it does with a page.
"""

import re
from typing import Final

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

# What begins and ends as a block on lines of its own. Markdown hands such HTML through as it stands, so nothing is lost.
_BLOCKS: Final = "aside|blockquote|details|div|dl|figure|form|h[1-6]|nav|ol|p|section|table|ul"
_WHOLE = re.compile(rf"\n+<(?:{_BLOCKS})[ >].*</(?:{_BLOCKS})>\n+", re.DOTALL)
_FENCE = re.compile(r"^(/{3,}.*)$", re.MULTILINE)
_ID = re.compile(r' id="([\w-]+)"')
_SIGNED = re.compile(r'<div data-held="(\d{1,9})">(?:<i id="[\w-]+"></i>)*</div>')


class Held(Extension):
    """The blocks of the page that is being converted; whoever begins another page forgets them by `texts.clear()`."""

    def __init__(self, ids: bool = False) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.ids = ids

    def hold(self, html: str) -> str:
        """A sign in place of HTML that stands on lines of its own, within blocks too; any other HTML as it is.

        With `ids` the sign has those of the HTML, since MkDocs asks whether links of other pages lead to one.
        """
        return "".join(part if number % 2 else self._held(part) for number, part in enumerate(_FENCE.split(html)))

    def _held(self, html: str) -> str:
        if not _WHOLE.fullmatch(html):
            return html
        ids = "".join(f'<i id="{name}"></i>' for name in _ID.findall(html)) if self.ids else ""
        self.texts.append(html.strip("\n"))
        return f'\n<div data-held="{len(self.texts) - 1}">{ids}</div>\n'

    def given_back(self, text: str) -> str:
        """The text with HTML in place of its signs."""
        return _SIGNED.sub(lambda match: self.texts[int(match[1])] if int(match[1]) < len(self.texts) else match[0], text)

    def extendMarkdown(self, md: Markdown) -> None:
        """Has the signs exchanged when all else is done with the page."""
        md.postprocessors.register(_GiveBack(self), "held", 0)


class _GiveBack(Postprocessor):
    def __init__(self, held: Held) -> None:
        super().__init__()
        self.held = held

    def run(self, text: str) -> str:
        return self.held.given_back(text)  # Markdown asks for the page, and for each name in its table of contents
