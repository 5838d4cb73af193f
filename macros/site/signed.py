"""Texts that hold signs for what is new with every edition, cut at these, so that words are put in without looking for them."""

import os
import re
from collections.abc import Mapping
from typing import Final

from macros.site.edition import SIGNS
from macros.site.leaf import VERSION

# Parts of a text in UTF-8; every second one is a sign.
Signed = tuple[bytes, ...]
_SIGNS: Final = (VERSION, *SIGNS.values())
_SIGN: Final = re.compile("|".join(_SIGNS).encode().join((b"(", b")")))
# What all of these begin with: few texts hold it, and it is found in a hundredth of the time that a pattern takes.
_BEGINNING: Final = os.path.commonprefix(_SIGNS).encode()


def signed(text: str) -> Signed:
    """The text cut at its signs."""
    whole = text.encode()
    return tuple(_SIGN.split(whole)) if _BEGINNING in whole else (whole,)


def filled(text: Signed, said: Mapping[bytes, bytes]) -> bytes:
    """The text with words in place of its signs."""
    return b"".join(said[part] if at % 2 else part for at, part in enumerate(text))
