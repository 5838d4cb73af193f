"""A copy of chosen medicines: what it leaves out, by what name it is told apart, and what stands in the place of pages left out.

All pages that belong to no medicine are in it, so lists name every medicine, and no link of theirs is dead.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath

from macros.copies.offline import page
from macros.finding import Refused, nearest
from macros.formulary.book import Formulary
from macros.formulary.load import slugs
from macros.formulary.naming import headed, named, slug_of
from macros.pages.html import address_of
from macros.pages.markdown import DOCS, MONOGRAPHS
from macros.site.edition import Edition

_PAGE = "left-out.html"
_MARK = 8  # so many letters tell one choice from another


def left_out(root: Path, only: str | None) -> tuple[str, ...]:
    """The slugs of all medicines but those whose INNs are given, with commas between them; none if none are asked for.

    Raises Refused for an INN that no medicine has, and where there is none.
    """
    if only is None:
        return ()
    found = [*_named(root, only)]
    if not found:
        raise Refused("no medicine is named; write their INNs with commas between them, or leave the choice out for a copy of all")
    return all_but(root, found)


def all_but(root: Path, chosen: Collection[str]) -> tuple[str, ...]:
    """The slugs of the medicines that are not among these."""
    return tuple(slug for slug in slugs(root) if slug not in chosen)


def slug_named(root: Path, inn: str) -> str:
    """The slug of the medicine with this INN, as a person may type it. Raises Refused if there is none."""
    if (slug := slug_of(inn)) not in (known := slugs(root)):
        raise Refused(f"there is no monograph '{inn}'; {nearest(slug, known)}")
    return slug


def mark(inns: Sequence[str]) -> str:
    """What the name of a copy has in it that holds these medicines alone; nothing for a copy of all."""
    return f"-chosen-{sha256('; '.join(inns).encode()).hexdigest()[:_MARK]}" if inns else ""


def pages_of_left_out(root: Path, without: Iterable[str], book: Formulary, this: Edition) -> dict[str, bytes]:
    """What stands at the address of each page of these medicines."""
    found: dict[str, bytes] = {}
    for slug in without:
        medicine = book.monographs[slug].medicine
        brand = "" if named(medicine.brand, [medicine.inn]) else medicine.brand
        for source in sorted((root / DOCS / MONOGRAPHS / slug).rglob("*.md")):
            address = address_of(source.relative_to(root / DOCS).as_posix(), directory_urls=False)
            up = "../" * (len(PurePosixPath(address).parts) - 1)
            found[address] = page(_PAGE, this, medicine=headed(medicine.inn), brand=brand, up=up).encode()
    return found


def _named(root: Path, said: str) -> Iterator[str]:
    """The slugs of medicines whose INNs stand there with commas between them; an INN may hold a comma itself."""
    known = {*slugs(root)}
    parts = [part.strip() for part in said.split(",") if part.strip()]
    while parts:
        taken = next((count for count in range(1, len(parts) + 1) if slug_of(" ".join(parts[:count])) in known), 1)
        yield slug_named(root, ", ".join(parts[:taken]))
        parts = parts[taken:]
