"""Where the pages about the site speak of a medicine after all: there they are judged as any other page."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborNode

from macros.formulary.naming import any_of, is_everyday
from macros.pages.html import HEADINGS, SPOKEN, Html, plain, written
from macros.rules.known import Known
from macros.rules.prose import normal

_LONG = 6  # letters; a shorter name is looked for as a word only, since it may stand within others


@dataclass
class _Section:
    """A heading with what follows it up to the next one; the first has no heading."""

    level: int = 0
    heading: str = ""
    texts: list[str] = field(default_factory=list)
    nodes: list[int] = field(default_factory=list)


def about_the_site(page: Html, known: Known) -> Callable[[LexborNode], bool]:
    """Tells of an element whether it speaks of the site and its making: on a page about it, in a section that names no medicine.

    A heading that names one speaks for all sections below it, too.
    """
    if not page.about_the_site:
        return lambda node: False
    named: set[int] = set()
    above: int | None = None  # the level of the heading that names a medicine
    for section in _sections(page):
        if above is not None and section.level <= above:
            above = None
        if above is None and names_medicine(section.heading, known.searched):
            above = section.level
        if above is not None or names_medicine("".join(section.texts), known.searched):
            named.update((*section.nodes, page.main.mem_id))  # what stands in no element of its own could be of any section
    return lambda node: node.mem_id not in named


def names_medicine(text: str, names: frozenset[str]) -> bool:
    """Whether a medicine is named, in whatever case, and however its letters are set apart; an everyday word only as written."""
    long, short = _sought(names)
    said = normal(text)
    return any(name in _letters(said.lower()) for name in long) or bool(short.search(said))


@lru_cache(maxsize=4)
def _sought(names: frozenset[str]) -> tuple[tuple[str, ...], re.Pattern[str]]:
    everyday = {name for name in map(normal, names) if is_everyday(name)}
    lowered = {normal(name).lower() for name in names if normal(name) not in everyday}
    long = tuple(letters for name in sorted(lowered) if len(letters := _letters(name)) >= _LONG)
    short = any_of(name for name in lowered if len(_letters(name)) < _LONG)
    return long, re.compile(rf"(?<!\w)(?:{any_of(everyday)}|(?i:{short}))(?:s|es)?(?!\w)")


@lru_cache(maxsize=100)
def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


@lru_cache(maxsize=1)  # three rules ask, one after the other
def _sections(page: Html) -> list[_Section]:
    """The page from heading to heading, with all that was typed there, code and attributes included."""
    sections = [_Section()]
    for node in page.main.traverse(include_text=True):
        if node.tag in HEADINGS:
            sections.append(_Section(HEADINGS.index(node.tag) + 1, plain(node)))
        here = sections[-1]
        here.nodes.append(node.mem_id)
        said = [node.text_content or ""] if node.tag == "-text" else [node.attributes.get(name) or "" for name in SPOKEN]
        if any(said) and not written(node):
            here.texts += said
    return sections
