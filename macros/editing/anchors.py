"""The addresses within pages that people may link to, kept in a list so that none is lost unseen."""

import re
from collections.abc import Iterable
from pathlib import Path

from macros.finding import Refused
from macros.formulary.reader import contents
from macros.pages.html import Landing

_MOST_BYTES = 10_000_000
LIST = Path("tests/golden/anchors.txt")
# Numbers of sources follow their order on the page, and a drawing's names are for its own words.
_PRIVATE = re.compile(r"source-\d+|figure-.*")


def public(landings: Iterable[tuple[str, Landing]]) -> set[str]:
    """Every address of a page with a name on it that may be linked to."""
    return {f"{address}#{name}" for address, page in landings for name in page.ids if name and not _PRIVATE.fullmatch(name)}


def listed(root: Path) -> str:
    """The list as it stands, none if it is missing. Raises Refused for one that can't be read."""
    try:
        return contents(root / LIST, _MOST_BYTES).decode("utf-8")
    except FileNotFoundError:
        return ""
    except (Refused, UnicodeDecodeError) as error:
        said = str(error) if isinstance(error, Refused) else "not UTF-8 text; take it from the last commit"
        raise Refused(f"{LIST.as_posix()}:1: {said}") from error


def renewed(known: str, landings: Iterable[tuple[str, Landing]]) -> str:
    """The list with the new ones among the old ones: what is gone stays until somebody takes it out by hand."""
    return "\n".join(sorted(public(landings) | set(known.split()))) + "\n"
