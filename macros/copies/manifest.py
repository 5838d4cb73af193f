"""The list of a copy's files with the SHA-256 of each, in the form that `sha256sum --check` reads."""

import re
from collections.abc import Mapping

NAME = "MANIFEST.sha256"
_LINE = re.compile(r"([0-9a-f]{64})  ([^\n]+)")


class Unreadable(Exception):
    """The list itself is not what this project writes; the text says where."""


def written(hashes: Mapping[str, str]) -> str:
    """The list, in the order of the names as bytes."""
    return "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes, key=str.encode))


def parsed(text: str) -> dict[str, str]:
    """The hash of each file by its name."""
    hashes: dict[str, str] = {}
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise Unreadable(f"line {number} of {NAME} is not a hash and a name; fetch the copy again")
        if match[2] in hashes:
            raise Unreadable(f"line {number} of {NAME} names {ascii(match[2])} again; fetch the copy again")
        hashes[match[2]] = match[1]
    if text != written(hashes):  # in another order or without its last line end it is not the one that was published
        raise Unreadable(f"{NAME} is not as it was written; fetch the copy again")
    return hashes
