"""HTML by type: what is `Safe` goes into a page as it is, and every other text is escaped on its way in.

The name is not `Html`, which is a whole rendered page in `macros.pages.html`, and not `Markup`, whose escaping leaves
alone what Markdown acts on.
"""

import re
from typing import Self

from markupsafe import Markup

# Characters that HTML or Markdown would act on; as numeric references both leave them alone.
_ACTIVE = re.compile(r"[\\`*_{}\[\]!|~^<>&\"'#]")


class Safe(Markup):
    """HTML, or Markdown that holds HTML, that is ready for a page.

    `Safe("<li>{}</li>").format(text)`, `Safe(", ").join(texts)` and `Safe("<br>") + text` escape each text that is not
    itself `Safe`. `Safe("…")` alone escapes nothing, so what it is given is always typed out in the code;
    tests/render/test_safe.py names the few exceptions.
    """

    __slots__ = ()

    @classmethod
    def escape(cls, text: object, /) -> Self:
        """The text with every character that HTML or Markdown would act on as a numeric reference; what is Safe stays as it is."""
        return text if isinstance(text, cls) else cls(_ACTIVE.sub(_reference, str(text)))


def escape(text: str) -> Safe:
    """The text with every character that HTML or Markdown would act on as a numeric reference; what is Safe stays as it is."""
    return Safe.escape(text)


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def joined(*parts: str) -> Safe:
    """The parts that are not empty, with a space between them."""
    return Safe(" ").join(part for part in parts if part)
