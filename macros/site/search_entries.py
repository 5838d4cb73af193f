"""What the search finds beside the sections of a page: the rows of dose sheets by weight, and the terms of the glossary."""

from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from macros.formulary.book import Formulary
from macros.formulary.dosing import HEAVIEST
from macros.pages.files import DOSE_SHEET, is_page
from macros.pages.html import Html
from macros.render.doses import BODY_WEIGHT, row_id
from macros.site.search_sections import heads, said

# How much it weighs: a row of a dose sheet, which only who names a weight looks for, and a term, which monographs use.
_ROW, _TERM = 0.5, 0.05


@dataclass(frozen=True)
class Found:
    """A section as a result shows it: where it is, its heading, its marks, its lines."""

    anchor: str
    title: str
    marks: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """A result, and what it is found by: headings, each with its worth, its text, and the titles of its facts."""

    found: Found
    weight: float
    headings: tuple[tuple[str, float], ...]
    text: str = ""
    others: tuple[str, ...] = ()
    pairs_only: bool = False  # found by an amount with its unit alone: 80 is a weight to nobody who asks for an age


def dose_rows(page: Html, book: Formulary) -> Iterator[Entry]:
    """A result for each body weight on a dose sheet: the medicine and the weight, and below them the row with the heads of its columns."""
    own = book.monographs.get(page.monograph or "")
    if own is None or not is_page(page.source, DOSE_SHEET):
        return
    weights = {row_id(weight): weight for weight in range(1, HEAVIEST + 1)}
    anchor, called = "", ""
    for node in page.main.css("h2[id], tr"):
        if node.tag == "h2":
            anchor, called = node.attributes["id"] or "", f": {said(node)}"
            continue
        cells = [said(cell) for cell in node.css("th, td")]
        told = "; ".join(f"{head}: {cell}" for head, cell in zip(heads(node), cells, strict=False) if cell)
        at = node.attributes.get("id") or ""
        if at in weights:
            yield _of_weight(Found(at, f"{book.short_name(own)}, {weights[at]} kg", (), (told,)), weights[at])
        elif anchor and heads(node)[:1] == [BODY_WEIGHT] and cells[0].isdecimal():
            lines = tuple(filter(None, (_caption(node), told)))  # such rows stand in several tables, each for another use
            yield _of_weight(Found(anchor, f"{book.short_name(own)}, {cells[0]} kg{called}", (), lines), int(cells[0]))


def _of_weight(found: Found, weight: int) -> Entry:
    return Entry(found, _ROW, ((f"{weight} kg", 1.0),), pairs_only=True)


def _caption(row: LexborNode) -> str:
    """What the table of a row is called, with what its doses hold under."""
    body = row.parent
    table = body.parent if body else None
    caption = table.css_first("caption") if table else None
    return said(caption) if caption else ""


def terms(page: Html) -> Iterator[Entry]:
    """A result for each term of the glossary."""
    for term in page.main.css("dl.glossary > dt[id]"):
        meaning = term.next
        while meaning is not None and meaning.tag != "dd":
            meaning = meaning.next
        if meaning is not None:
            title, text = said(term), said(meaning)
            yield Entry(Found(term.attributes["id"] or "", title, (), (text,)), _TERM, ((title, 1.0),), text)
