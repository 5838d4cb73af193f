"""Rules on the register: it holds what readers get now, and the built site shows nothing that it does not hold."""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from macros.finding import Fault, Spot, excerpt
from macros.pages.html import Html
from macros.pages.register import FOLDER, medicines, path_of
from macros.pages.seen import lines
from macros.rules.rule import rule

_RENEW = "run `python -m macros generate` and read its difference"


@rule("register")
def register_renewed(root: Path, slug: str, text: str) -> Iterator[Fault]:
    """The register holds all that readers get now, so that whoever owns it agrees to each change of it."""
    path = path_of(slug)
    file = path.as_posix()
    if (root / path).is_symlink() or (root / FOLDER).is_symlink():
        yield Fault((file, 1), "this file leads to one elsewhere, which its owners don't own; put the file itself here")
    elif not (root / path).is_file():
        yield Fault((file, 1), f"this file is missing; {_RENEW}")
    elif (found := (root / path).read_bytes()) != text.encode():
        at, old, new = _first_change(found.decode("utf-8", "replace").split("\n"), text.split("\n"))
        yield Fault((file, at), f"what readers get changed: “{excerpt(old)}” → “{excerpt(new)}”; {_RENEW}")
    if not slug:
        known = {path_of(each).name for each in ("", *medicines(root))}
        for name in sorted(each.name for each in (root / FOLDER).glob("*")):
            if name not in known:
                yield Fault(((FOLDER / name).as_posix(), 1), f"this file is of no medicine that is here; {_RENEW}")


@rule("built")
def built_as_registered(page: Html, preview: Html) -> Iterator[Fault]:
    """A built page shows the words that the register holds, no more, no less, and in their order."""
    _, wanted, shown = _first_change(lines(preview), lines(page))
    if wanted != shown:
        message = (
            f"the built page shows “{excerpt(shown)}” where “{excerpt(wanted)}” is registered; find what adds to pages while they are built"
        )
        yield Fault(Spot(text=shown), message)


def _first_change(old: list[str], new: list[str]) -> tuple[int, str, str]:
    """The first line that differs, counted from 1, as it was and as it is; two texts that are the same if none does."""
    for at, (before, after) in enumerate(zip_longest(old, new, fillvalue=""), 1):
        if before != after:
            return at, _from(before, after), _from(after, before)
    return 1, "", ""


def _from(line: str, other: str) -> str:
    """The line from a few words before the place in which the two differ."""
    at = next((at for at, (one, two) in enumerate(zip(line, other, strict=False)) if one != two), min(len(line), len(other)))
    begun = line.rfind(" ", 0, max(at - 20, 0)) + 1
    return f"{'… ' if begun else ''}{line[begun:]}"
