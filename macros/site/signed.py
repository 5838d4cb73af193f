"""Texts that hold signs for what is new with every edition, cut at these, so that words are put in without looking for them."""

import re
from collections.abc import Mapping
from typing import Final

from macros.site.edition import SIGNS
from macros.site.leaf import VERSION

# Parts of a text in UTF-8; every second one is a sign.
Signed = tuple[bytes, ...]
_SIGN: Final = re.compile("|".join([*SIGNS.values(), VERSION]).encode().join((b"(", b")")))


def signed(text: str) -> Signed:
    """The text cut at its signs."""
    return tuple(_SIGN.split(text.encode()))


def filled(text: Signed, said: Mapping[bytes, bytes]) -> bytes:
    """The text with words in place of its signs."""
    return b"".join(said[part] if at % 2 else part for at, part in enumerate(text))
