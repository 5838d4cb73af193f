"""A built page as Markdown beside it: the same text, each sentence with the status that governs it, so that it can be copied alone."""

from collections.abc import Callable
from functools import cache

from macros.export.blocks import blocks
from macros.export.inline import literal
from macros.export.telling import DRAFT
from macros.formulary.book import Formulary
from macros.formulary.medicine import Medicine
from macros.formulary.words import listed
from macros.pages.files import twin_address
from macros.pages.html import Html, within


def twin(page: Html, book: Formulary, base: str = "") -> str:
    """The page's twin; `base` is the address of the site with a stroke at its end, "" if it is not known.

    Of the book it takes the statuses, the version and the medicine's names.
    """
    statuses = {name: book.vocabulary.statuses[name].heading for name in book.vocabulary.marked}
    medicine = book.monographs[page.monograph].medicine if page.monograph else None
    mark = DRAFT if medicine and medicine.draft else ""
    text = blocks(page.main.html or "", statuses, _leading(page.address), _topics(book), mark)
    title, _, rest = text.partition("\n\n") if text.startswith("# ") else ("", "", text)
    return "\n\n".join(filter(None, [title, _front(page, medicine, book.version, base), rest])) + "\n"


def _topics(book: Formulary) -> Callable[[str], str]:
    """What gives the topic of a fact, if what it says could be taken for the opposite without it; "" of all other facts."""
    facts, against = book.facts, {name: topic.word for name, topic in book.vocabulary.lists.topics.items() if topic.against}
    return lambda id: against.get(facts[id].topic, "") if id in facts else ""


def _front(page: Html, medicine: Medicine | None, version: str, base: str) -> str:
    """What the page says around its article, or by how it looks: the medicine, the version, whether anybody reviewed it, its address."""
    lines = [f"Medicine: {medicine.inn} ({literal(listed(medicine.brands))})."] if medicine else []
    lines.append(f"Data version {version}.")
    if page.main.css_first(".review.none"):
        lines.append("No clinician has reviewed this page.")
    lines.append(f"Web page: <{base}{page.address}>." if base else f"Web page: [{page.address}]({page.address.rpartition('/')[2]}).")
    rule = (
        "A status in bold at the start of a sentence governs that sentence. Quote no line without its status, its places and its sources."
    )
    return "\n".join(f"> {line}" for line in (" ".join(lines), rule))


def _leading(address: str) -> Callable[[str], str]:
    """Where links of the twin of the page at this address lead: to twins of pages, else where the page's own links lead."""
    folder = address.rpartition("/")[0]
    own = f"{'../' * len(folder.split('/'))}{folder}/" if folder else "./"

    @cache
    def led(href: str) -> str:
        path, sign, fragment = href.partition("#")
        if not within(href) or not path or (path == own and fragment):
            return f"#{fragment}" if within(href) and fragment else href
        file = f"{path.removesuffix('/')}/index.md" if path.endswith(("/", ".")) else twin_address(path)
        return f"{file}{sign}{fragment}"

    return led
