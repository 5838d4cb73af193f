"""`llms.txt`: where programs that read text begin, with the twin of each page of each medicine, and how its lines may be quoted."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from macros.export.api import authorizations
from macros.export.inline import literal
from macros.export.telling import DRAFT
from macros.formulary.book import Formulary
from macros.formulary.monograph import Monograph
from macros.formulary.words import listed
from macros.pages.files import TABS, medicine_of, twin_address
from macros.pages.listing import FOLDER

ADDRESS: Final = "llms.txt"
# With more medicines each letter has a list of its own, so that each can be read at once.
_MOST: Final = 100
_ABOUT: Final = (
    "Drug monographs in which every figure has a source, as text for programs. "
    "Each sentence that tells of a use that no regulator approved, or no more, begins with its status in bold, as **{}:**, and a line "
    "of what is weak, not from a label, or holds in some places only says so at its end. "
    "Quote nothing without its status, its places and its sources, and no dose without its condition and its maximum."
)


def llms(site: str, book: Formulary, pages: Iterable[str], base: str = "") -> dict[str, str]:
    """`llms.txt`, and with many medicines the lists that it leads to, each by its address under the site's root.

    `site` is the site's name, `pages` are the addresses of all its pages, `base` is its own with a stroke at the end, "" if that
    is not known. Pages of parts of lists are left out: the page of the list leads to them, and they hold nothing else.
    """
    own: dict[str, list[str]] = {}
    for page in pages:
        own.setdefault(medicine_of(page), []).append(page)
    heading = next(book.vocabulary.statuses[name].heading for name in book.vocabulary.marked)
    about = f"> {_ABOUT.format(heading)}"
    rest = [f"- [{_name(page)}]({base}{twin_address(page)})" for page in own.get("", []) if not page.startswith(f"{FOLDER}/")]
    optional = ["## Pages about all medicines", "\n".join(rest)] if rest else []
    found = sorted((each for each in book.monographs.values() if each.slug in own), key=lambda each: each.slug)
    lines = {each.slug: "\n".join(_lines(book, each, own[each.slug], base)) for each in found}
    head = [f"# {site}", about, f"Data version {book.version}."]
    if len(found) <= _MOST:
        return {ADDRESS: _text([*head, "## Medicines", "\n".join(lines.values()), *optional])}
    files, letters = {}, []
    for letter, group in groupby(found, key=lambda each: each.slug[0]):
        those = list(group)
        address = f"lists/llms/{letter}.md"
        files[address] = _text([f"# {site}: {letter.upper()}", about, "## Medicines", "\n".join(lines[each.slug] for each in those)])
        letters.append(f"- [{letter.upper()}]({base}{address}): {those[0].medicine.inn} to {those[-1].medicine.inn}")
    return {ADDRESS: _text([*head, "## Medicines by letter", "\n".join(letters), *optional]), **files}


def _lines(book: Formulary, own: Monograph, pages: Sequence[str], base: str) -> Iterator[str]:
    """The pages of a medicine, the monograph with what has to be known of the whole medicine."""
    folder = f"monographs/{own.slug}/"
    for page in sorted(pages, key=lambda page: (page.removeprefix(folder) != "index.html", page)):
        name = _name(page.removeprefix(folder))
        title = TABS.get(f"{name}.md", name.capitalize())
        note = f": {_told(book, own)}" if name == "index" else ""
        yield f"- [{own.medicine.inn}: {title.lower()}]({base}{twin_address(page)}){note}"


def _told(book: Formulary, own: Monograph) -> str:
    """The brands, where the medicine is authorized, and whether its supply has to be asked for first."""
    places: dict[str, list[str]] = {}
    for each in sorted(authorizations(book, own), key=lambda each: "ended_by" in each):
        places.setdefault(book.vocabulary.lists.events[each["event"]].word, []).append(each["place"])
    said = [literal(listed(own.medicine.brands)), *(f"{word}: {', '.join(found)}" for word, found in places.items())]
    said += ["check supply first"] if any(event.banner for _, event in book.present(own)) else []
    return "; ".join([*([DRAFT] if own.medicine.draft else []), *said])


def _name(page: str) -> str:
    """What a page is called by its address: a-z for a-z/index.html; index for that of a folder itself."""
    return page.removesuffix("index.html").removesuffix(".html").strip("/") or "index"


def _text(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"
