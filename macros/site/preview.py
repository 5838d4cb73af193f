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
from typing import Any

import markdown
import yaml

from macros.finding import Finding, Refused
from macros.formulary.book import Formulary
from macros.formulary.values import Gap
from macros.pages.html import Ground, Html, address_of
from macros.pages.markdown import Page, template
from macros.render.macros import MACROS
from macros.render.markup import Desk
from macros.rules.figures_in_text import figures, normal
from macros.site.settings import site_name

# Stands for the data's version while a page is converted: it is new after every change, on pages that are otherwise the same.
_NO_VERSION = "0" * 12
_MADE = re.compile(r'(?:data-fact|href|id)="([^"]+)"')


def signatures() -> dict[str, Signature]:
    """Each macro's name with what an editor may give it."""
    found = {}
    for name, macro in MACROS.items():
        given = signature(macro)
        found[name] = given.replace(parameters=[p for p in given.parameters.values() if p.name != "desk"])
    return found


@dataclass
class _Origins:
    """On which lines of a page each fact, link and id came in from a macro, in their order, and where macros failed."""

    page: Page
    lines: dict[str, list[int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def render(pages: Iterable[Page], book: Formulary, root: Path, today: date) -> tuple[dict[str, Html], list[Finding]]:
    """Every page as HTML by its address, with a finding for each call that failed."""
    settings, site = _config(root), site_name(root)
    rendered: dict[str, Html] = {}
    findings: list[Finding] = []
    for page in pages:
        origins = _Origins(page)
        text = _expanded(page, book, origins, today, site)
        html = _converted(settings, text.replace(book.version, _NO_VERSION)).replace(_NO_VERSION, book.version)
        findings += origins.findings
        address = address_of(page.path)
        rendered[address] = Html(address, page.file, f"<body>{html}</body>", page.monograph, partial(line_of, page, origins.lines, book))
    return rendered, findings


@lru_cache(maxsize=200)
def _converted(settings: str, text: str) -> str:
    """The Markdown as HTML; a preview asks again for the pages that a change of data did not reach."""
    html: str = markdown.Markdown(**_settings(settings)).convert(text)
    return html


def desk_for(book: Formulary, path: str, slug: str | None, today: date | None = None, site: str = "") -> Desk:
    """A fresh desk for the page of this path under docs."""
    depth = address_of(path).count("/")
    return Desk(book, slug if slug in book.monographs else None, "../" * depth, today=today, site=site)


def _expanded(page: Page, book: Formulary, origins: _Origins, today: date, site: str) -> str:
    desk = desk_for(book, page.path, page.monograph, today, site)
    waiting = list(page.calls)

    def run(name: str, *args: Any, **options: Any) -> str:
        call = waiting.pop(0)
        try:
            html = MACROS[name](desk, *args, **options)
        except Refused as refused:
            origins.findings.append(Finding(page.file, call.line, "macro-call", f"{name}(): {refused}"))
            return ""
        for name in _MADE.findall(html):
            origins.lines.setdefault(name, []).append(call.line)
        return html

    return template(page.body).render({name: partial(run, name) for name in MACROS})


def line_of(page: Page, origins: Mapping[str, list[int]], book: Formulary, kind: str, needle: str) -> int:
    """The line of the source that a fault of the HTML came from, as near as can be told.

    A needle of two lines is a fact and how many of it stand before, or a figure and the text around it: of the lines
    that hold the figure, else of all lines, the likest is taken.
    """
    needle, _, around = needle.partition("\n")
    if needle in origins:
        called = origins[needle]
        return called[min(int(around), len(called) - 1)] if kind == "fact" and around else called[0]
    if not needle:
        return page.first_line
    bare, written = (list(enumerate(text.split("\n"), page.offset + 1)) for text in (page.without_code(), page.body))
    terms, alike = book.vocabulary.terms, set(normal(around).split())
    for lines in (bare, written):
        if holding := [each for each in lines if needle in figures(each[1], terms)] or [each for each in lines if needle in each[1]]:
            return max(holding, key=lambda each: len(alike & set(normal(each[1]).split())))[0]
    return max(bare, key=lambda each: len(alike & set(normal(each[1]).split())))[0] if around else page.first_line


def ground(book: Formulary) -> Ground:
    """What the gate has to know of the data."""
    statuses = book.vocabulary.statuses
    return Ground(
        uses={fact.id: fact.use for fact in book.facts.values()},
        sources={fact.id: frozenset(c.source for c in fact.sources) for fact in book.facts.values()},
        notices={name: status.notice for name, status in statuses.items()},
        headings={name: status.heading for name, status in statuses.items()},
        icons={name: status.icon for name, status in statuses.items()},
        terms=book.vocabulary.terms,
        banners=frozenset(slug for slug, each in book.monographs.items() if any(e.banner for f in each.events if (e := book.event(f)))),
        evidence_only=frozenset(fact.id for fact in book.facts.values() if fact.evidence_only),
        names={
            slug: frozenset(name.lower() for name in (each.medicine.inn, *each.medicine.brands)) for slug, each in book.monographs.items()
        },
        absent=frozenset(fact.id for fact in book.facts.values() if isinstance(fact.value, Gap)),
    )


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml without acting on `!ENV` and its like."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def markdown_settings(root: Path) -> dict[str, Any]:
    """The Markdown extensions of mkdocs.yml, with those that MkDocs always adds."""
    return _settings(_config(root))


def _config(root: Path) -> str:
    try:
        return (root / "mkdocs.yml").read_text("utf-8")
    except UnicodeDecodeError as error:
        raise _unreadable(error) from error


@lru_cache(maxsize=1)
def _settings(config: str) -> dict[str, Any]:
    try:
        read = yaml.load(config, Loader=_Loader) or {}
    except yaml.YAMLError as error:
        raise _unreadable(error) from error
    extensions, settings = ["toc", "tables", "fenced_code"], {}
    for entry in read.get("markdown_extensions", ()):
        name, options = next(iter(entry.items())) if isinstance(entry, dict) else (entry, {})
        extensions.append(name)
        settings[name] = options or {}
    return {"extensions": list(dict.fromkeys(extensions)), "extension_configs": settings}


def _unreadable(error: Exception) -> Refused:
    return Refused(f"mkdocs.yml can't be read: {error}")


def site_pages(site: Path, pages: Iterable[Page], book: Formulary, previews: Mapping[str, Html]) -> Iterator[tuple[str, Html]]:
    """The pages of a built site by their address, each with the way back to its source."""
    for page in pages:
        line = previews[address_of(page.path)].line
        for address in {address_of(page.path, directory_urls): None for directory_urls in (True, False)}:
            if (site / address).is_file():
                yield address, Html(address, page.file, (site / address).read_text("utf-8"), page.monograph, line)
