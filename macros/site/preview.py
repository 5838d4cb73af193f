"""Renders the pages to plain HTML without MkDocs and without the theme, for the rules and for quick checks.

Markdown is set up from mkdocs.yml and Jinja as the macro plugin does it, so that what passes here reads the same there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from inspect import Signature, signature
from pathlib import Path
from typing import Any, NamedTuple

import markdown

from macros.finding import Finding, Refused, Spot
from macros.formulary.book import Formulary
from macros.formulary.reader import contents
from macros.pages import settings
from macros.pages.files import beside
from macros.pages.held import Held
from macros.pages.html import Html, address_of
from macros.pages.markdown import DOCS, Page
from macros.render.desk import Desk
from macros.render.macros import MACROS
from macros.rules.prose import normal, numbers

_MOST_BYTES = 10_000_000
_TOO_DEEP = "lists, quotations or definitions stand in each other too deeply; leave empty lines between them, or write them flat"
_MADE = re.compile(r'(?:data-fact|href|id)="([^"]+)"')


def signatures() -> dict[str, Signature]:
    """Each macro's name with what an editor may give it."""
    found = {}
    for name, macro in MACROS.items():
        given = signature(macro.run)
        found[name] = given.replace(parameters=[p for p in given.parameters.values() if p.name != "desk"])
    return found


def factual() -> frozenset[str]:
    """The names of the macros that show facts."""
    return frozenset(name for name, macro in MACROS.items() if macro.shows_facts)


@dataclass
class Printed:
    """A page and what its macros printed: call by call, the lines on which each fact, link and id came in from one, and where they failed.

    `text` is the page as Markdown gets it, with whole blocks `held` back.
    """

    page: Page
    lines: dict[str, list[int]] = field(default_factory=dict)
    printed: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    held: Held = field(default_factory=Held)
    text: str = ""


class _Line(NamedTuple):
    """A line of a page: its number, its text, the figures in it however they are written, its words."""

    at: int
    text: str
    numbers: frozenset[str]
    words: frozenset[str]


@dataclass
class Rendered:
    """A page as it was rendered: what each macro printed, in the order of the calls, and on which lines what it made came in."""

    page: Page
    html: str
    printed: list[str]
    lines: Mapping[str, list[int]]

    def as_html(self, terms: tuple[str, ...]) -> Html:
        """The page for the rules; `terms` are the names that may hold digits."""
        line = partial(line_of, self.page, self.lines, terms)
        return Html(address_of(self.page.path), self.page.file, f"<body>{self.html}</body>", self.page.monograph, line)


def render(pages: Iterable[Page], book: Formulary, root: Path, today: date) -> tuple[dict[str, Html], list[Finding]]:
    """Every page as HTML by its address, with a finding for each call that failed."""
    rendered, findings = rendered_pages(pages, book, root, today)
    return {address_of(each.page.path): each.as_html(book.terms) for each in rendered}, findings


def rendered_pages(pages: Iterable[Page], book: Formulary, root: Path, today: date) -> tuple[list[Rendered], list[Finding]]:
    """Every page as it is rendered, with a finding for each call that failed."""
    set_up = settings.text(root)
    found: list[Rendered] = []
    findings: list[Finding] = []
    for made in printed_pages(pages, book, root, today):
        each = rendered(made, set_up)
        found += [each] if each else []
        findings += made.findings
    return found, findings


def printed_pages(pages: Iterable[Page], book: Formulary, root: Path, today: date) -> Iterator[Printed]:
    """Every page with what its macros print."""
    site = settings.site_name(root)
    for page in pages:
        yield _printed(page, book, today, site, beside(root / DOCS, page.path))


def rendered(made: Printed, set_up: str) -> Rendered | None:
    """The page as Markdown makes HTML of it by the settings; none, and a finding more, if Markdown can't."""
    try:
        return Rendered(made.page, _converted(set_up, made.text, made.held), made.printed, made.lines)
    except RecursionError:
        made.findings.append(Finding(made.page.file, made.page.first_line, "page-bounded", _TOO_DEEP))
        return None


def _converted(set_up: str, text: str, held: Held) -> str:
    """The Markdown as HTML, with the blocks that were held back."""
    made = settings.markdown_settings(set_up)
    html: str = markdown.Markdown(**{**made, "extensions": [*made["extensions"], held]}).convert(text)
    return html


def desk_for(
    book: Formulary, path: str, slug: str | None, today: date | None = None, site: str = "", pages: frozenset[str] = frozenset()
) -> Desk:
    """A fresh desk for the page of this path under docs; `pages` are the files of its folder."""
    depth = address_of(path).count("/")
    return Desk(book, slug if slug in book.monographs else None, "../" * depth, today=today, site=site, path=path, pages=pages)


def _printed(page: Page, book: Formulary, today: date, site: str, pages: frozenset[str]) -> Printed:
    desk = desk_for(book, page.path, page.monograph, today, site, pages)
    made, shown = Printed(page), []
    for call in page.calls:
        try:
            html = MACROS[call.name](desk, *call.args, **call.options)
        except Refused as refused:
            made.findings.append(Finding(page.file, call.line, "macro-call", f"{call.name}(): {refused}"))
            shown.append("")
            continue
        for name in _MADE.findall(html):
            made.lines.setdefault(name, []).append(call.line)
        made.printed.append(html)
        shown.append(made.held.hold(html))
    made.text = page.filled(shown)
    return made


def line_of(page: Page, origins: Mapping[str, list[int]], terms: tuple[str, ...], spot: Spot) -> int:
    """The line of the source that a spot on its page came from, as near as can be told.

    `origins` are the lines on which each fact, link and id came in from a macro, `terms` the names that may hold digits.
    What no macro wrote is looked for in the text that an editor wrote: first outside code, then everywhere.
    """
    sought = spot.fact or spot.text
    if sought in origins:
        return _by_call(origins[sought], spot.nth)
    if not sought:
        return page.first_line
    prose, everything = (_lines(text, terms) for text in (page.without_code(), page.body))
    for lines in (prose, everything):
        holding = [line for line in lines if sought in line.numbers] or [line for line in lines if sought in line.text]
        if holding:
            return page.offset + _likest(holding, spot.near)
    return page.offset + _likest(prose, spot.near) if spot.near else page.first_line


def _by_call(lines: list[int], nth: int) -> int:
    """The line of the call that wrote the element of this number; the last, if one call wrote several."""
    return lines[min(nth, len(lines) - 1)]


@lru_cache(maxsize=20)
def _lines(text: str, terms: tuple[str, ...]) -> list[_Line]:
    """The lines of a text, read once for all the spots that are looked for in it."""
    return [_Line(at, line, frozenset(numbers(line, terms)), _words(line)) for at, line in enumerate(text.split("\n"), 1)]


def _likest(lines: Iterable[_Line], near: str) -> int:
    """The line that has the most words in common with a text, the first of several."""
    words = _words(near)
    return max(lines, key=lambda line: len(words & line.words)).at


def _words(text: str) -> frozenset[str]:
    return frozenset(normal(text).split())


def assets(root: Path, below: Path = DOCS) -> tuple[list[str], list[str]]:
    """The files under docs, or below a folder there, that are no pages, and what there is but a link to something elsewhere."""
    docs = root / DOCS
    paths = {path.relative_to(docs).as_posix(): path for path in sorted((root / below).rglob("*"))}
    seen = {name: path for name, path in paths.items() if not any(part.startswith(".") for part in name.split("/"))}
    files = [name for name, path in seen.items() if path.is_file() and path.suffix != ".md"]
    return files, [name for name, path in seen.items() if path.is_symlink()]


def markdown_settings(root: Path) -> dict[str, Any]:
    """The Markdown extensions of mkdocs.yml, with those that MkDocs always adds."""
    return settings.markdown_settings(settings.text(root))


def text_of(path: Path) -> str:
    """The text of a page that was built, with a sign for what is not UTF-8, as a browser shows it.

    Raises Refused for what is no plain file.
    """
    try:
        return contents(path, _MOST_BYTES).decode("utf-8", "replace")
    except Refused as refused:
        raise Refused(f"{path}: {refused}") from refused


def site_pages(site: Path, pages: Iterable[Page], book: Formulary, previews: Mapping[str, Html]) -> Iterator[tuple[str, Html]]:
    """The pages of a built site by their address, each with the way back to its source."""
    for page in pages:
        line = previews[address_of(page.path)].line
        for address in {address_of(page.path, directory_urls): None for directory_urls in (True, False)}:
            if (site / address).is_file():
                yield address, Html(address, page.file, text_of(site / address), page.monograph, line)
