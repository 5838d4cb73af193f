"""The committed files that are made from data and pages, so that nobody writes them by hand and reviewers can read them."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from macros.editing import anchors, stylesheet
from macros.editing.schema import FOLDER, schemas
from macros.formulary.book import Formulary
from macros.pages import listing
from macros.pages.html import Landing
from macros.pages.markdown import DOCS
from macros.pages.register import FOLDER as REGISTER, medicines, path_of

# A path below the root with the text that has to stand there; none where no file has to be.
Files = Mapping[Path, str | None]


def before_pages(root: Path, book: Formulary) -> Files:
    """What pages and register are made from in their turn: the style sheet of the statuses, the schemas, the pages of parts of lists.

    A schema of a data file that is no more has no text, nor has a page of a part that is none any more.
    """
    gone = dict.fromkeys((path.relative_to(root) for path in sorted((root / FOLDER).glob("*.json"))), None)
    return {stylesheet.PATH: stylesheet.statuses(book.vocabulary), **gone, **schemas(book.vocabulary), **list_pages(root, book)}


def list_pages(root: Path, book: Formulary) -> Files:
    """The page of each part of a list; one that is a part no more has no text."""
    there = (path.relative_to(root) for path in sorted((root / DOCS / listing.FOLDER).rglob("*.md")))
    return {**dict.fromkeys(there, None), **listing.pages(book)}


def of_pages(
    root: Path, book: Formulary, changed: Iterable[tuple[Path, str]], landings: Iterable[tuple[str, Mapping[str, Landing]]]
) -> Files:
    """What is made from pages: the places to link to, and the registers, of which these changed; one of a medicine that is gone goes.

    `landings` are those of each part by their addresses.
    """
    known = {path_of(slug) for slug in ("", *medicines(root))}
    had = (path.relative_to(root) for path in sorted((root / REGISTER).glob("*")))
    gone = dict.fromkeys((path for path in had if path not in known), None)
    but = anchors.unlisted(book)
    places = {anchors.path_of(slug): anchors.renewed(anchors.listed(root, slug), own.items(), but) for slug, own in landings}
    return {**gone, **dict(changed), **places}


def stale(root: Path, wanted: Files) -> list[Path]:
    """The paths of those files that are not as they have to be, in the order of `wanted`."""
    return [path for path, text in wanted.items() if text != _text(root / path)]


def renewed(root: Path, wanted: Files, only_named: bool = False) -> Iterator[str]:
    """Writes or removes each stale file, or only names it, and gives a line for each. Raises OSError where the system refuses."""
    for path in stale(root, wanted):
        text = wanted[path]
        if only_named:
            yield f"{path.as_posix()} is stale; run `python -m macros generate`"
        elif text is None:
            (root / path).unlink()
            yield f"removed {path.as_posix()}"
        else:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            beside = (root / path).with_name(
                f".{path.name}.new"
            )  # so that nothing stops a file halfway, nor a pipe in its place the writer
            beside.write_text(text, "utf-8", newline="\n")
            beside.replace(root / path)
            yield f"wrote {path.as_posix()}"


def _text(path: Path) -> str | None:
    """What stands in the file with ends of lines as they are, none if it is not there."""
    return path.read_bytes().decode("utf-8", "replace") if path.is_file() else None
