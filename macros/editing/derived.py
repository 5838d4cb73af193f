"""The committed files that are made from data and pages, so that nobody writes them by hand and reviewers can read them."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from macros.editing import anchors, stylesheet
from macros.editing.schema import FOLDER, schemas
from macros.formulary.book import Formulary
from macros.pages import listing
from macros.pages.html import Html
from macros.pages.markdown import DOCS, Page
from macros.pages.register import FOLDER as REGISTER, registers

# A path below the root with the text that has to stand there; none where no file has to be.
Files = Mapping[Path, str | None]


def files(root: Path, book: Formulary, pages: Collection[Page], previews: Mapping[str, Html]) -> Files:
    """Every derived file: the style sheet of the statuses, the schemas, the places to link to, the register.

    A schema of a data file that is no more has no text, nor has the register of a medicine that is gone.
    """
    had = [*sorted((root / FOLDER).glob("*.json")), *sorted((root / REGISTER).glob("*"))]
    gone = dict.fromkeys((path.relative_to(root) for path in had), None)
    sheet = {stylesheet.PATH: stylesheet.statuses(book.vocabulary)}
    return {
        **sheet,
        **gone,
        **schemas(book.vocabulary),
        anchors.LIST: anchors.renewed(anchors.listed(root), previews.values()),
        **registers(root, pages, previews, book.version, sheet),
    }


def list_pages(root: Path, book: Formulary) -> Files:
    """The page of each part of a list; one that is a part no more has no text. They come before all else, which is made from pages."""
    there = (path.relative_to(root) for path in sorted((root / DOCS / listing.FOLDER).rglob("*.md")))
    return {**dict.fromkeys(there, None), **listing.pages(book)}


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
