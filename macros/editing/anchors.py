"""The addresses within pages that people may link to, kept in a list for each medicine so that none is lost unseen."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from macros.finding import Refused
from macros.formulary.book import Formulary
from macros.formulary.reader import contents
from macros.pages import listing
from macros.pages.html import Landing

_MOST_BYTES = 1_000_000
FOLDER = Path("tests/golden/anchors")
# Numbers of sources follow their order on the page, a drawing's names are for its own words, and a fact has its address for as long
# as it is there, which the register shows.
_PRIVATE = re.compile(r"source-\d+|figure-.*|fact-.*")


def path_of(slug: str) -> Path:
    """Where the list of a medicine stands; with "" for its slug that of all pages of none."""
    return FOLDER / f"{slug or 'site'}.txt"


class Unlisted(NamedTuple):
    """What nobody may link to yet: the medicines that are drafts, and the sources that these alone cite, by their names on pages."""

    drafts: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()


NOTHING = Unlisted()


def unlisted(book: Formulary) -> Unlisted:
    """Of the drafts: each says that it is not for use, and its headings are those of its template until somebody shapes the pages."""
    drafts = frozenset(slug for slug, each in book.monographs.items() if each.medicine.draft)
    cited = {slug: {f"source-{name}" for name in each.tally.cited} for slug, each in book.monographs.items()}
    of_drafts = {name for slug in drafts for name in cited[slug]}
    return Unlisted(drafts, frozenset(of_drafts.difference(*(cited[slug] for slug in cited.keys() - drafts))))


def public(landings: Iterable[tuple[str, Landing]], but: Unlisted = NOTHING) -> set[str]:
    """Every address of a page with a name on it that may be linked to; what stands on a part of a list moves when the list grows."""
    return {
        f"{address}#{name}"
        for address, page in landings
        if page.monograph not in but.drafts and not address.startswith(f"{listing.FOLDER}/")
        for name in page.ids
        if name and name not in but.sources and not _PRIVATE.fullmatch(name)
    }


def listed(root: Path, slug: str) -> str:
    """The list as it stands, none if it is missing. Raises Refused for one that can't be read."""
    try:
        return contents(root / path_of(slug), _MOST_BYTES).decode("utf-8")
    except FileNotFoundError:
        return ""
    except (Refused, UnicodeDecodeError) as error:
        said = str(error) if isinstance(error, Refused) else "not UTF-8 text; take it from the last commit"
        raise Refused(f"{path_of(slug).as_posix()}:1: {said}") from error


def renewed(known: str, landings: Iterable[tuple[str, Landing]], but: Unlisted = NOTHING) -> str | None:
    """The list with the new ones among the old ones: what is gone stays until somebody takes it out by hand; none if it has none."""
    return "".join(f"{each}\n" for each in sorted(public(landings, but) | set(known.split()))) or None
