"""The index of the built site's search, in which each result says of which use it speaks; research comes after approval.

Tables stand in it as lists, row by row, each cell with the head of its column. A result is also found by what nobody sees in it:
the other names of a medicine, the titles of its facts, and the words that people search by in place of those that pages use.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.formulary.book import Formulary
from macros.formulary.dosing import HEAVIEST
from macros.formulary.model import Fact
from macros.formulary.naming import named
from macros.formulary.values import Gap
from macros.pages.files import DOSE_SHEET, MONOGRAPH, is_page
from macros.pages.html import HEADINGS, Html, has_class, section_below
from macros.render.doses import row_id
from macros.render.site_lists import searched_names

_INDEX = Path("search/search_index.json")
_FROM_DISK = Path("search/search_index.js")
# How much a result weighs: on the monograph itself, in a block of its own, about this site, of gaps alone, in a list of sources.
_MONOGRAPH, _MARKED, _SITE, _GAPS, _SOURCES = 2.0, 0.5, 0.4, 0.05, 0.1
# A page of a medicine for whoever names it; its name stands in the title of each row of its dose sheet as well.
_NAMED = 3.0
# A combination, for whoever names one of its parts alone: the part comes first.
_WHOLE = 0.5
# A row of a dose sheet, which only who names a weight looks for, and a term of the glossary, which monographs use.
_ROW, _TERM = 0.5, 0.01


def entries(site: Path, pages: Mapping[str, Html], book: Formulary) -> list[dict[str, Any]]:
    """What the search has to know of these pages of a site that MkDocs made."""
    made = [entry for entry in json.loads((site / _INDEX).read_text("utf-8"))["docs"] if _place(entry, pages)[2]]
    marked = [_marked(entry, pages, book) for entry in _folded(_with_tables(made, pages), pages)]
    return [*marked, *_dose_rows(pages, book), *_terms(pages)]


def write(origin: Path, site: Path, entries: Iterable[dict[str, Any]]) -> None:
    """Writes the index of the site, as set up in that of its `origin`, and its twin for reading from a disk, if there is one."""
    index = {**json.loads((origin / _INDEX).read_text("utf-8")), "docs": list(entries)}
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    (site / _INDEX).write_text(text, "utf-8", newline="\n")
    if (site / _FROM_DISK).is_file():
        (site / _FROM_DISK).write_text(f"var __index = {text}", "utf-8", newline="\n")


def _with_tables(entries: Iterable[dict[str, Any]], pages: Mapping[str, Html]) -> Iterator[dict[str, Any]]:
    """The entries, with the tables that stand in their part of the page; what is kept out of the search has no entry."""
    for entry in entries:
        _, anchor, page = _place(entry, pages)
        tables = [node for heading, node in _below_headings(page, "table[data-search-exclude]") if heading == anchor] if page else []
        yield {**entry, "text": " ".join([entry["text"], *map(_as_list, tables)]).strip()}


def _as_list(table: LexborNode) -> str:
    """A table as HTML without cells: its caption, and a list of its rows; not of computed ones, whose figures nobody types."""
    copy = LexborHTMLParser(table.html or "")
    for unsaid in copy.css(".spoken:not(.agrees), .cites, .nothing"):
        unsaid.decompose()
    first = next((_said(cell) for cell in copy.css("thead th")), "")
    rows = [
        [(cell.attributes.get("data-h") or first, _said(cell)) for cell in row.css("th, td")]
        for row in copy.css("tbody tr:is([data-fact], :has([data-fact]))")
    ]
    items = "".join(f"<li>{escape('; '.join(f'{head}: {cell}' for head, cell in row if cell), quote=False)}</li>" for row in rows)
    caption = copy.css_first("caption")
    return (f"<p>{escape(_said(caption), quote=False)}</p> " if caption else "") + f"<ul>{items}</ul>"


def _said(cell: LexborNode) -> str:
    """The words of a cell; the entries in it apart."""
    texts = [each.text(separator=" ") for each in cell.css(".entry")] or [cell.text(separator=" ")]
    return " | ".join(re.sub(r" (?=[,;:.)])|(?<=\() ", "", " ".join(text.split())) for text in texts)


def _folded(entries: Iterable[dict[str, Any]], pages: Mapping[str, Html]) -> list[dict[str, Any]]:
    """The entries, with what stands below a page's title, behind the banner, in the page's own entry: it is one result."""
    whole: dict[str, dict[str, Any]] = {}
    for entry in entries:
        address, anchor, page = _place(entry, pages)
        title = page.main.css_first("h1") if page else None
        if address in whole and anchor and title and title.attributes.get("id") == anchor:
            whole[address]["text"] = f"{whole[address]['text']} {entry['text']}".strip()
        else:
            whole[entry["location"]] = dict(entry)
    return list(whole.values())


def _marked(entry: dict[str, Any], pages: Mapping[str, Html], book: Formulary) -> dict[str, Any]:
    _, anchor, page = _place(entry, pages)
    if page is None:
        return entry
    shown = [book.facts[fact] for heading, fact in _facts(page) if heading == anchor]
    statuses = book.vocabulary.statuses
    weight = _MONOGRAPH if page.monograph and is_page(page.source, MONOGRAPH) else 1.0
    weight *= _NAMED if page.monograph and not anchor else 1.0
    weight *= _WHOLE if _holds_another(page.monograph or "", book) else 1.0
    weight *= _SITE if page.about_the_site else 1.0
    weight *= _MARKED if any(book.is_marked(fact) for fact in shown) else 1.0
    itself = page.monograph is not None and not anchor and is_page(page.source, MONOGRAPH)
    weight *= _GAPS if shown and not itself and all(isinstance(fact.value, Gap) for fact in _told_for_themselves(shown)) else 1.0
    weight *= _SOURCES if _lists_sources(page, anchor) else 1.0
    uses = tuple(status.icon for status in statuses.values())
    words = sorted({word for fact in shown for word in _words(fact, book)}, key=lambda word: (not word.startswith(uses), word))
    others = _aliases(entry["title"], anchor, page, shown, book)
    own = book.monographs.get(page.monograph or "")
    if own and itself and (unsaid := [brand for brand in own.medicine.brands if not named(entry["title"], [brand])]):
        entry = {**entry, "title": f"{entry['title']} ({escape(', '.join(unsaid), quote=False)})"}  # who types a brand means this page
    return {**entry, "boost": round(weight, 2), **({"tags": words} if words else {}), **({"aliases": others} if others else {})}


def _holds_another(slug: str, book: Formulary) -> bool:
    """Whether the medicine's generic name holds that of another one, as a combination does."""
    inns = {each: monograph.medicine.inn for each, monograph in book.monographs.items()}
    return slug in inns and any(named(inns[slug], [inn]) for each, inn in inns.items() if each != slug)


def _aliases(title: str, anchor: str, page: Html, shown: Iterable[Fact], book: Formulary) -> str:
    """By what a result is also found: of a monograph all names, of a section the titles of its facts, of both other words for theirs."""
    own = book.monographs.get(page.monograph or "")
    names = searched_names(book, own) if own and not anchor and is_page(page.source, MONOGRAPH) else []
    titles = [fact.title for fact in shown if own and not isinstance(fact.value, Gap) and not book.is_marked(fact)]
    said = "\n".join([title, *titles]).lower()
    others = [word for name, synonym in book.vocabulary.lists.synonyms.items() if re.search(_of(name), said) for word in synonym.words]
    return " ".join(dict.fromkeys([*names, *titles, *others]))


def _of(name: str) -> str:
    """The pattern of a word in the singular or the plural; of one that ends in a hyphen, of all words that begin so."""
    return rf"\b{re.escape(name[:-1])}" if name.endswith("-") else rf"\b{re.escape(name)}s?\b"


def _dose_rows(pages: Mapping[str, Html], book: Formulary) -> Iterator[dict[str, Any]]:
    """A result for each body weight on a dose sheet: the medicine and the weight, and below them the row with the heads of its columns."""
    for address, page in pages.items():
        own = book.monographs.get(page.monograph or "")
        if own is None or not is_page(page.source, DOSE_SHEET):
            continue
        for row in page.main.css("tr[id]"):
            cells, heads = [_said(cell) for cell in row.css("th, td")], _heads(row)
            weight = next((weight for weight in range(1, HEAVIEST + 1) if row.attributes["id"] == row_id(weight)), None)
            if weight is not None:
                said = "; ".join(f"{head}: {cell}" for head, cell in zip(heads, cells, strict=False) if cell)
                location = f"{_shown_as(address)}#{row.attributes['id']}"
                title, text = f"{book.short_name(own)}, {weight} kg", f"<p>{escape(said, quote=False)}</p>"
                yield {"location": location, "title": title, "text": text, "aliases": f"{weight}kg", "boost": _ROW}


def _heads(row: LexborNode) -> list[str]:
    """The heads of the columns of the table that the row stands in."""
    around: LexborNode | None = row
    while around is not None and around.tag != "table":
        around = around.parent
    return [_said(cell) for cell in around.css("thead th")] if around is not None else []


def _terms(pages: Mapping[str, Html]) -> Iterator[dict[str, Any]]:
    """A result for each term of the glossary."""
    for address, page in pages.items():
        for term in page.main.css("dl.glossary > dt[id]"):
            meaning = term.next
            while meaning is not None and meaning.tag != "dd":
                meaning = meaning.next
            if meaning is not None:
                text = f"<p>{escape(_said(meaning), quote=False)}</p>"
                yield {"location": f"{_shown_as(address)}#{term.attributes['id']}", "title": _said(term), "text": text, "boost": _TERM}


def _shown_as(address: str) -> str:
    """The address of a page as the index has it."""
    return address.removesuffix("index.html")


def _place(entry: Mapping[str, Any], pages: Mapping[str, Html]) -> tuple[str, str, Html | None]:
    """The address of an entry's page, the heading below which it stands, and the page."""
    address, _, anchor = entry["location"].partition("#")
    return address, anchor, pages.get(f"{address}index.html" if address.endswith("/") or not address else address)


def _told_for_themselves(shown: Iterable[Fact]) -> list[Fact]:
    """These facts without the ones that another of them names."""
    facts = list(shown)
    named = {f"{fact.slug}/{reference}" for fact in facts for statement in fact.statements for reference in statement.references}
    return [fact for fact in facts if fact.id not in named]


def _lists_sources(page: Html, anchor: str) -> bool:
    """Whether the list of sources stands below the heading; on a page of nothing else, below its title."""
    heading = page.tree.css_first(f'[id="{anchor}"]') if anchor else page.main.css_first("h1")
    return heading is not None and any(has_class(below, "sources") for below in section_below(heading))


def _words(fact: Fact, book: Formulary) -> Iterator[str]:
    """What a result says of a fact: its use; but an approved use only of what a label or a regulator states, else what it rests on."""
    if fact.use is None:
        return
    status = book.vocabulary.statuses[fact.use]
    if book.is_marked(fact) or book.authorizes(fact):
        yield f"{status.icon} {status.chip}"
    elif fact.evidence and book.rests_elsewhere(fact):
        yield book.vocabulary.lists.evidence[fact.evidence].word


def _facts(page: Html) -> Iterator[tuple[str, str]]:
    """Each fact of the page with the heading that the search knows its part of the page by."""
    for heading, node in _below_headings(page, "[data-fact]"):
        yield heading, node.attributes["data-fact"] or ""


def _below_headings(page: Html, wanted: str) -> Iterator[tuple[str, LexborNode]]:
    """Each of these elements with the heading that the search knows its part of the page by; none above the first one."""
    heading = ""
    for node in page.main.css(", ".join((wanted, *HEADINGS))):
        if node.tag in HEADINGS[1:]:
            heading = node.attributes.get("id") or heading
        if node.tag not in HEADINGS or node.css_matches(wanted):
            yield heading, node
