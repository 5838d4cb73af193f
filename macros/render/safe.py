"""HTML by type: what is `Safe` goes into a page as it is, and every other text is escaped on its way in.

The name is not `Html`, which is a whole rendered page in `macros.pages.html`, and not `Markup`, whose escaping leaves
alone what Markdown acts on.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from string import Formatter
from typing import Any, Self

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

    def __new__(cls, text: object = "") -> Self:
        """The text as it stands."""
        return str.__new__(cls, text)

    def format(self, *given: Any, **named: Any) -> Self:
        """The text with what is given in place of its braces; they hold a name or nothing, since pages are made of thousands of these."""
        texts = iter(given)
        parts = [part if name is None else self.escape(named[name] if name else next(texts)) for part, name in _parts(str(self))]
        return type(self)("".join(parts))

    def join(self, texts: Iterable[Any], /) -> Self:
        """The texts, each escaped unless it is Safe, with this one between them."""
        return type(self)(str.join(self, map(self.escape, texts)))

    @classmethod
    def escape(cls, text: object, /) -> Self:
        """The text with every character that HTML or Markdown would act on as a numeric reference; what is Safe stays as it is."""
        return text if isinstance(text, cls) else cls(_ACTIVE.sub(_reference, str(text)))


@lru_cache(maxsize=1000)
def _parts(text: str) -> tuple[tuple[str, str | None], ...]:
    """The text cut at its braces: what stands as it is, and with an empty text the name in each brace."""
    found: list[tuple[str, str | None]] = []
    for literal, name, spec, conversion in Formatter().parse(text):
        found.append((literal, None))
        if name is not None:
            assert not spec and not conversion and (not name or name.isidentifier()), "what is put in is formatted before"
            found.append(("", name))
    return tuple(found)


def escape(text: str) -> Safe:
    """The text with every character that HTML or Markdown would act on as a numeric reference; what is Safe stays as it is."""
    return Safe.escape(text)


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def joined(*parts: str) -> Safe:
    """The parts that are not empty, with a space between them."""
    return Safe(" ").join(part for part in parts if part)
