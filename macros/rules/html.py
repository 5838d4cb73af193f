"""Rules on the rendered HTML, whatever rendered it: marks, citations, figures, links, furniture.

The gate knows HTML and a few plain lists; it knows neither MkDocs nor how the page was made.
Each rule is a generator of faults; the first line of its docstring is its public wording.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from macros.finding import Finding, excerpt, name_of
from macros.pages.files import EVIDENCE, is_page
from macros.pages.html import (
    HEADINGS,
    Ground,
    Html,
    ancestors,
    elsewhere,
    has_class,
    plain,
    shown,
    split,
    target,
    typed,
    written,
)
from macros.rules import marks, page_parts
from macros.rules.figures_in_text import figures, strangers
from macros.rules.marks import Fault

_FENCE = re.compile(r"/{3,}[ \t]*[\w-]*")
_LINK = re.compile(r"\]\(|\]\[|\] \(\S+\.md")
_LEADS_OUT = ("", "http", "https", "mailto", "tel")
_FACT = re.compile(r"""data-fact=["']([^"']*)""")
_ASSETS = (".css",)
_LOADS = (("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("video", "src"), ("audio", "src"),
          ("embed", "src"), ("object", "data"), ("link", "href"), ("use", "href"), ("image", "href"), ("img", "srcset"),
          ("source", "srcset"), ("link", "imagesrcset"), ("video", "poster"), ("track", "src"), ("input", "src"),
          ("base", "href"))  # fmt: skip

Rule = Callable[[Html, Ground], Iterator[Fault]]


def nothing_left_over(page: Html, ground: Ground) -> Iterator[Fault]:
    """No braces, macro error or block fence is left for a reader to see."""
    for node in page.main.css(".fault"):
        yield "text", node.text(strip=True)[:40], f"a macro failed: {node.text(strip=True)}"
    heading = page.main.css_first("h1")
    if heading and "Macro" in (title := heading.text()) and "Error" in title:
        yield "text", "", f"the page failed as a whole: {title}; run `make check` for the line"
    opened = False
    for _, text in page.texts:
        for mark in ("{{", "}}", "{%", "%}", "{##"):
            if mark in text:
                yield "text", mark, f"'{mark}' is left in the text; call a macro, or write it as code"
        for fence in _FENCE.findall(text):
            begins = not fence.endswith("/")
            if begins or not opened:  # the end of a block that never began is no second fault
                yield "text", fence, "'///' is left in the text; leave an empty line before it and check the block's name"
            opened |= begins
    for _, text in page.typed_texts:
        if link := _LINK.search(text):
            yield "text", link[0], f"'{link[0]}' is left in the text; write a link as [what it leads to](page.md)"


def fact_cited(page: Html, ground: Ground) -> Iterator[Fault]:
    """Each fact has, in its sentence, row or caption, a citation of one of its sources that leads to the list."""
    ids = _listed(page)
    if not _lists_sources(page):
        if page.monograph is None:  # page_furnished says it of the others
            yield "text", "", "the page cites its sources but does not list them; write {{ sources() }} near its end"
        return
    for node, name, place in shown(page):
        wanted = ground.sources.get(name)
        if not wanted:
            continue
        holder = node
        while holder.parent and holder.tag not in ("p", "li", "tr", "dd", "caption", "figcaption", "blockquote", "div", *HEADINGS):
            holder = holder.parent
        links = [a for a in holder.css("a[data-source]") if a.attributes["data-source"] in wanted]
        if not any((a.attributes.get("href") or "").removeprefix("#") in ids for a in links):
            yield "fact", place, f"'{name}' has no citation that leads to its source; let fact() cite it and end the page with sources()"


def no_loose_figure(page: Html, ground: Ground) -> Iterator[Fault]:
    """No text holds a figure that a macro did not write; on the pages about the site, words may count what is not measured."""
    for text in (*(text for _, text in page.typed_texts), *page.unseen_texts):
        for figure in figures(text, ground.terms, words=not page.about_the_site):
            around = " ".join(text.split())[:60]
            yield (
                "text",
                f"{figure}\n{text}",
                (f"the figure '{figure}' in “{around}” is typed by hand; make it a fact and call fact(), or list the name in terms.txt"),
            )


def letters_known(page: Html, ground: Ground) -> Iterator[Fault]:
    """Text is written with Latin letters and the signs of monographs; the sign of a use stands in its badge and the legend only."""
    signs = "".join(ground.icons.values())
    for holder, text in (*page.texts, *((None, text) for text in page.unseen_texts)):
        found = strangers(text, "")
        for char in strangers(text, signs) if found and holder and _is_mark(holder) else found:
            shown = f"'{char}' (U+{ord(char):04X})" if char.isprintable() else f"U+{ord(char):04X}"
            where = f"the character {shown} in “{excerpt(text)}”"
            yield "text", char, f"{where} is none that monographs are written with; write it in Latin letters or digits"


def code_about_the_site_only(page: Html, ground: Ground) -> Iterator[Fault]:
    """Code, in which no figure is looked for, stands only on the pages about the site, and holds no fact."""
    for text in page.unseen_texts:
        if fact := _FACT.search(text):
            yield "fact", fact[1], "a macro call stands in a title or an alternative text, where it can't show its fact; take it out"
    for node in typed(page.main, "code,pre"):
        text = plain(node)
        if fact := _FACT.search(text):
            message = "a macro call stands in code, where it can't show its fact; take it out, or write it between raw and endraw"
            yield "fact", fact[1], message
        elif not page.about_the_site and (node.parent is None or node.parent.tag != "pre"):
            yield "text", text, f"'{text[:40]}' is written as code; write it as text, and a figure as a fact"


def nothing_foreign(page: Html, ground: Ground) -> Iterator[Fault]:
    """The page loads nothing from another host."""
    for tag, attribute in _LOADS:
        for node in page.tree.css(f"{tag}[{attribute}]"):
            given = node.attributes[attribute] or ""
            told = tag == "link" and (node.attributes.get("rel") or "") in ("canonical", "alternate", "license")
            for address in re.split(r",\s+", given) if attribute.endswith("srcset") else (given,):
                if not told and elsewhere(address):
                    yield "text", given, f"<{tag}> loads from another host: {address}; put the file under docs/assets"
    for node in page.tree.css("[style],style"):
        if re.search(r"(?:url\(|@import)\s*['\"]?\s*(?:https?:)?//", node.attributes.get("style") or node.text(), re.IGNORECASE):
            yield "text", "", "a style loads from another host; put the file under docs/assets"


def ids_unique(page: Html, ground: Ground) -> Iterator[Fault]:
    """No id stands twice on a page, so that every link has one target."""
    seen: set[str] = set()
    for name in page.ids:
        if name in seen:
            yield (
                "text",
                name,
                f"the id '{name}' stands twice on the page; give one heading another name, or call the macro that writes it only once",
            )
        seen.add(name)


RULES: tuple[Rule, ...] = (
    nothing_left_over, *marks.RULES, fact_cited, *page_parts.RULES, no_loose_figure, letters_known,
    code_about_the_site_only, nothing_foreign, ids_unique,
)  # fmt: skip


def links_lead_somewhere(pages: Mapping[str, Html], files: Iterable[str]) -> Iterator[Finding]:
    """Every link within the site leads to a page or file that exists, and to an id that stands on it; others are sources."""
    known = set(files)
    anchors = {address: set(page.ids) for address, page in pages.items()}
    for page in pages.values():
        cites = _lists_sources(page)
        for node in page.main.css("a[href],img[src]"):
            href = node.attributes.get("href") or node.attributes.get("src") or ""
            parts = split(href)
            if parts is None:
                yield _finding(links_lead_somewhere, page, "text", href, f"the link '{href}' is no address; correct it")
                continue
            if parts.scheme not in _LEADS_OUT:
                message = f"the link '{href}' may not begin with '{parts.scheme}:'; write https://, mailto: or a page.md"
                yield _finding(links_lead_somewhere, page, "text", href, message)
                continue
            if (parts.scheme or parts.netloc) and node.tag == "a" and not page.about_the_site and not written(node):
                message = "leads out of the site; cite what stands there as a source of a fact, in macros/data/sources.yml"
                yield _finding(links_lead_somewhere, page, "text", href, f"the link '{href}' {message}")
            if parts.scheme or parts.netloc or ("data-source" in node.attributes and not cites):
                continue
            if not href:
                yield _finding(
                    links_lead_somewhere, page, "text", "]()", "a link leads nowhere; write where to: [what it leads to](page.md)"
                )
                continue
            leads_to = target(page, unquote(parts.path))
            if leads_to not in known:
                yield _finding(links_lead_somewhere, page, "text", href, f"the link '{href}' leads nowhere; correct the path")
            elif parts.fragment and leads_to in anchors and unquote(parts.fragment) not in anchors[leads_to]:
                yield _finding(
                    links_lead_somewhere, page, "text", href, f"'{href}': there is no '#{parts.fragment}' there; correct the anchor"
                )


def every_fact_shown(pages: Iterable[Html], ground: Ground, at: Mapping[str, tuple[str, int]]) -> Iterator[Finding]:
    """Every fact is shown on a page of its medicine other than the list of evidence, or says why it stands there only."""
    shown = {
        node.attributes["data-fact"]
        for page in pages
        if page.monograph and not is_page(page.source, EVIDENCE)
        for node in page.tree.css("[data-fact]")
    }
    for name, (file, line) in at.items():
        if name not in shown and name not in ground.evidence_only:
            message = f"'{name}' is on no page; show it, or write 'evidence_only:' with the reason"
            yield Finding(file, line, name_of(every_fact_shown), message)
        elif name in shown and name in ground.evidence_only:
            yield Finding(file, line, name_of(every_fact_shown), f"'{name}' is shown; delete 'evidence_only:'")


def files_known(files: Iterable[str], links: Iterable[str]) -> Iterator[Finding]:
    """Beside pages only style sheets stand under docs, in its assets, so that no rule is passed by."""
    aliens = dict.fromkeys(links, "leads to a file elsewhere; put the file itself here")
    loaded = ", ".join(_ASSETS)
    for name in {*files} - aliens.keys():
        if name.rpartition("/")[2].lower() == "readme.md":
            aliens[name] = "would take the place of index.md; name it index.md"
        elif not name.endswith(".md") and not (name.startswith("assets/") and name.endswith(_ASSETS)):
            aliens[name] = (
                f"is published as it is, and no rule reads it; write a page (.md), or put what pages load ({loaded}) under docs/assets"
            )
    for name, message in aliens.items():
        yield Finding(f"docs/{name}", 1, name_of(files_known), f"this file {message}")


# These judge the site as a whole; check.py gives each what it needs.
SITE_RULES = (links_lead_somewhere, every_fact_shown, files_known)


def findings(pages: Mapping[str, Html], ground: Ground) -> Iterator[Finding]:
    """What every rule on single pages finds."""
    for page in pages.values():
        for rule in RULES:
            for kind, needle, message in rule(page, ground):
                yield _finding(rule, page, kind, needle, message)


def _finding(rule: Callable[..., object], page: Html, kind: str, needle: str, message: str) -> Finding:
    return Finding(page.source, page.line(kind, needle), name_of(rule), message)


def _is_mark(holder: LexborNode) -> bool:
    """Whether the text is that of a badge or stands in the legend."""
    return holder.css_first(".badge") is not None or any(has_class(node, "legend") for node in (holder, *ancestors(holder)))


def _lists_sources(page: Html) -> bool:
    """Whether any citation of the page leads to something on it, or none has to."""
    links = [(a.attributes.get("href") or "").removeprefix("#") for a in page.tree.css("a[data-source]")]
    return not links or not _listed(page).isdisjoint(links)


def _listed(page: Html) -> set[str]:
    """The ids of the sources that sources() lists on the page."""
    return {node.attributes["id"] or "" for node in page.tree.css(".sources > [id]")}
