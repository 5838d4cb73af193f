"""Rules on the rendered HTML, whatever rendered it: citations, numbers, letters, code, links within the site.

They know HTML and a few plain lists, neither MkDocs nor how a page was made.
"""

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode

from macros.finding import Fault, Line, Spot, excerpt
from macros.pages.files import CORRECTIONS, EVIDENCE, is_page
from macros.pages.html import HEADINGS, Html, Landing, ancestors, has_class, plain, shown, target, typed, within
from macros.rules.about import about_the_site
from macros.rules.known import Known
from macros.rules.prose import claim, instead, numbers, odd_characters, often
from macros.rules.rule import rule

_FENCE = re.compile(r"/{3,}[ \t]*[\w-]*")
_LINK = re.compile(r"\]\(|\]\[|\] \(\S+\.md")
_EMPTY = "]()"  # how a link that leads nowhere is written
_FACT = re.compile(r"""data-fact=["']([^"']*)""")
# Tells whether the page at an address is judged apart from those at hand, so that links to it are asked for later.
Apart = Callable[[str], bool]


@dataclass(frozen=True)
class Lead:
    """Where a link of a page leads, as it is written and as it is meant, and the fact that it stands for, if any."""

    page: str
    target: str
    fragment: str
    href: str
    written: str
    fact: str = ""


@rule("html")
def nothing_left_over(page: Html) -> Iterator[Fault]:
    """No braces, macro error or block fence is left for a reader to see."""
    for node in page.main.css(".fault"):
        yield Fault(Spot(text=node.text(strip=True)[:40]), f"a macro failed: {node.text(strip=True)}")
    heading = page.main.css_first("h1")
    if heading and "Macro" in (title := heading.text()) and "Error" in title:
        yield Fault(Spot(), f"the page failed as a whole: {title}; run `make check` for the line")
    opened = False
    for _, text in page.texts:
        for mark in ("{{", "}}", "{%", "%}", "{##"):
            if mark in text:
                yield Fault(Spot(text=mark), f"'{mark}' is left in the text; call a macro, or write it as code")
        for fence in _FENCE.findall(text):
            begins = not fence.endswith("/")
            if begins or not opened:  # the end of a block that never began is no second fault
                yield Fault(Spot(text=fence), "'///' is left in the text; leave an empty line before it and check the block's name")
            opened |= begins
    for _, text in page.typed_texts:
        if link := _LINK.search(text):
            yield Fault(Spot(text=link[0]), f"'{link[0]}' is left in the text; write a link as [what it leads to](page.md)")


@rule("html")
def fact_cited(page: Html, known: Known) -> Iterator[Fault]:
    """Each fact has, in its sentence, row or caption, a citation of one of its sources that leads to the list, or leads to where it has."""
    ids = _listed(page)
    if not _lists_sources(page):
        if page.monograph is None:  # page_furnished says it of the others
            yield Fault(Spot(), "the page cites its sources but does not list them; write {{ sources() }} near its end")
        return
    for node, name, spot in shown(page):
        wanted = known.sources.get(name)
        if not wanted or _leads_on(node):  # to a page that is asked for it in turn
            continue
        holder = node
        while holder.parent and holder.tag not in ("p", "li", "tr", "dd", "caption", "figcaption", "blockquote", "div", *HEADINGS):
            holder = holder.parent
        links = [a for a in holder.css("a[data-source]") if a.attributes["data-source"] in wanted]
        if not any((a.attributes.get("href") or "").removeprefix("#") in ids for a in links):
            yield Fault(spot, f"'{name}' has no citation that leads to its source; let fact() cite it and end the page with sources()")


@rule("html")
def no_loose_figure(page: Html, known: Known) -> Iterator[Fault]:
    """No text holds a figure that a macro did not write; where a page about the site names no medicine, words may count."""
    free = about_the_site(page, known)
    for holder, text in (*page.typed_texts, *((page.main, text) for text in page.unseen_texts)):
        words = not free(holder)
        figures = numbers(text, known.terms, words=words) or filter(None, [often(text, known.terms)] if words else [])
        for figure in figures:
            around = " ".join(text.split())[:60]
            remedy = instead(figure, "make it a fact and call fact(), or list the name in terms.txt", "call fact()")
            yield Fault(Spot(text=figure, near=text), f"the figure '{figure}' in “{around}” is typed by hand; {remedy}")


@rule("html")
def letters_known(page: Html, known: Known) -> Iterator[Fault]:
    """Text is written with Latin letters and the signs of monographs; the sign of a use stands in its badge, chip and legend only."""
    signs = "".join(known.icons.values())
    for holder, text in (*page.texts, *((None, text) for text in page.unseen_texts)):
        found = odd_characters(text, "")
        for char in odd_characters(text, signs) if found and holder and _is_mark(holder) else found:
            shown = f"'{char}' (U+{ord(char):04X})" if char.isprintable() else f"U+{ord(char):04X}"
            where = f"the character {shown} in “{excerpt(text)}”"
            yield Fault(Spot(text=char), f"{where} is none that monographs are written with; write it in Latin letters or digits")


@rule("html")
def code_about_the_site_only(page: Html, known: Known) -> Iterator[Fault]:
    """Code stands only on the pages about the site, and holds no fact; beside the name of a medicine it holds no figure and no approval."""
    free = about_the_site(page, known)
    for text in page.unseen_texts:
        if fact := _FACT.search(text):
            yield Fault(
                Spot(fact=fact[1]), "a macro call stands in a title or an alternative text, where it can't show its fact; take it out"
            )
    for node in typed(page.main, "code,pre"):
        text = plain(node)
        if fact := _FACT.search(text):
            message = "a macro call stands in code, where it can't show its fact; take it out, or write it between raw and endraw"
            yield Fault(Spot(fact=fact[1]), message)
        elif free(node) or (node.parent is not None and node.parent.tag == "pre"):
            continue
        elif not page.about_the_site or numbers(text, known.terms) or claim(text):
            yield Fault(Spot(text=text), f"'{text[:40]}' is written as code; write it as text, and a figure as a fact")


@rule("html", around=True)
def ids_unique(page: Html) -> Iterator[Fault]:
    """No id stands twice on a page, so that every link has one target."""
    seen: set[str] = set()
    for name in page.ids:
        if name in seen:
            yield Fault(
                Spot(text=name),
                f"the id '{name}' stands twice on the page; give one heading another name, or call the macro that writes it only once",
            )
        seen.add(name)


@rule("site")
def links_lead_somewhere(
    pages: Mapping[str, Html], landings: Mapping[str, Landing], files: Container[str], apart: Apart
) -> Iterator[Fault]:
    """Every link within the site leads to a page or file that exists, and to an id that stands on it."""
    for page in pages.values():
        for href, lead in _linked(page):
            if not apart(lead.target) and (message := dead_end(lead, files, landings)):
                yield Fault(_line(page, href or _EMPTY), message)


@rule("site")
def fact_told_there(pages: Mapping[str, Html], landings: Mapping[str, Landing], known: Known, whole: bool, apart: Apart) -> Iterator[Fault]:
    """A fact that leads to another page in place of its source is one of that page's medicine, and stands there."""
    if not whole:  # the page may be the one that could not be rendered
        return
    for page in pages.values():
        for spot, lead in _told_elsewhere(page, known):
            if not apart(lead.target) and (message := dead_end(lead, (), landings)):
                yield Fault((page.source, page.line(spot)), message)


def leading(page: Html, known: Known) -> Iterator[tuple[Line, Lead]]:
    """What leads to a page of the site, this one included, each with its line, once for each line."""
    found = [*((Spot(text=href or _EMPTY), lead) for href, lead in _linked(page)), *_told_elsewhere(page, known)]
    yield from dict.fromkeys(((page.source, page.line(spot)), lead) for spot, lead in found)


def dead_end(lead: Lead, files: Container[str], landings: Mapping[str, Landing]) -> str:
    """What is wrong with where a link, or a fact in place of its source, leads; "" if nothing. `files` are no pages."""
    if not lead.href:
        return "a link leads nowhere; write where to: [what it leads to](page.md)"
    there = landings.get(lead.target)
    if lead.fact:
        told = there and lead.target != lead.page and there.monograph is not None and lead.fact in there.facts
        message = "leads to a page that does not tell it; let it lead to the page of its medicine that does"
        return "" if told else f"'{lead.fact}' {message}"
    if there is None:
        return "" if lead.target in files else f"the link '{lead.href}' leads nowhere; correct the path"
    if lead.fragment and lead.fragment not in there.ids:
        return f"'{lead.href}': there is no '#{lead.written}' there; correct the anchor"
    return ""


def _linked(page: Html) -> Iterator[tuple[str, Lead]]:
    """Each link within the site as it is written, with where it leads; where citations lead, each page is asked for itself."""
    cites = _lists_sources(page)
    for node in page.main.css("a[href],img[src]"):
        href = node.attributes.get("href") or node.attributes.get("src") or ""
        if within(href) and not ("data-source" in node.attributes and not cites):
            parts = urlsplit(href)
            yield href, Lead(page.address, target(page, unquote(parts.path)), unquote(parts.fragment), href, parts.fragment)


def _told_elsewhere(page: Html, known: Known) -> Iterator[tuple[Spot, Lead]]:
    """Each fact that leads to another page in place of its source, with where."""
    for node, name, spot in shown(page):
        link = _leads_on(node)
        if link is not None and known.sources.get(name):
            href = link.attributes["href"] or ""
            yield spot, Lead(page.address, target(page, urlsplit(href).path), "", href, "", name)


@rule("site")
def every_fact_shown(landings: Mapping[str, Landing], known: Known, whole: bool) -> Iterator[Fault]:
    """Every fact is shown on a page of its medicine other than those of evidence and corrections, or says why it stands there only."""
    if not whole:  # a page that could not be rendered may show it
        return
    telling = (
        each for each in landings.values() if each.monograph and not any(is_page(each.source, name) for name in (EVIDENCE, CORRECTIONS))
    )
    shown_facts = frozenset().union(*(each.facts for each in telling))
    for name, line in known.at.items():
        if name not in shown_facts and name not in known.evidence_only:
            yield Fault(line, f"'{name}' is on no page; show it, or write 'evidence_only:' with the reason")
        elif name in shown_facts and name in known.evidence_only:
            yield Fault(line, f"'{name}' is shown; delete 'evidence_only:'")


@rule("site")
def every_fact_addressed(landings: Mapping[str, Landing], known: Known, whole: bool) -> Iterator[Fault]:
    """Every fact has a row on its medicine's page of evidence, where other programs lead to it."""
    if not whole:
        return
    rows = {(each.monograph, name) for each in landings.values() if is_page(each.source, EVIDENCE) for name in each.ids}
    told: set[str] = set()  # all facts of a medicine lack their rows for the same reason
    for fact, line in known.at.items():
        slug, anchor = fact.partition("/")[0], known.anchors.get(fact)
        if anchor and slug not in told and (slug, anchor) not in rows:
            told.add(slug)
            message = 'has no row that other programs lead to; write {{ report("evidence") }} once on its page'
            yield Fault(line, f"'{fact}' {message} {EVIDENCE}")


def _line(page: Html, text: str) -> Line:
    return page.source, page.line(Spot(text=text))


def _is_mark(holder: LexborNode) -> bool:
    """Whether the text is that of a badge or of a fact's chip, or stands in the legend."""
    marks = holder.css_first(".badge, .chip[data-fact]") is not None
    return marks or any(has_class(node, "legend") for node in (holder, *ancestors(holder)))


def _leads_on(node: LexborNode) -> LexborNode | None:
    """The link to another page that the element is or stands in; a citation is none."""
    links = (each for each in (node, *ancestors(node)) if each.tag == "a" and "data-source" not in each.attributes)
    return next((each for each in links if within(href := each.attributes.get("href") or "") and not href.startswith("#")), None)


def _lists_sources(page: Html) -> bool:
    """Whether any citation of the page leads to something on it, or none has to."""
    links = [(a.attributes.get("href") or "").removeprefix("#") for a in page.tree.css("a[data-source]")]
    return not links or not _listed(page).isdisjoint(links)


def _listed(page: Html) -> set[str]:
    """The ids of the sources that sources() lists on the page."""
    return {node.attributes["id"] or "" for node in page.tree.css(".sources > [id]")}
