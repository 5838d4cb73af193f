"""Rules on the Markdown pages before they are rendered: front matter, macro calls, blocks, sentences."""

import re
from collections.abc import Iterable, Iterator, Mapping
from inspect import Signature

from macros.finding import Finding, name_of, nearest
from macros.formulary import Formulary
from macros.pages import Page

FRONT_MATTER = ("title", "monograph", "description", "search", "hide")
_MOST_CALLS = 2

Fault = tuple[int, str]

_TAG = re.compile(r"</?[A-Za-z!][^>\s]*")


def front_matter_known(page: Page, book: Formulary, macros: Mapping[str, Signature]) -> Iterator[Fault]:
    """The front matter has only known keys, and names a medicine that exists."""
    for key in page.front.tree:
        if key not in FRONT_MATTER:
            yield page.front.line((key,)), f"unknown front matter key '{key}'; {nearest(key, FRONT_MATTER)}"
    if "title" not in page.front.tree:
        yield 1, "the page has no title; begin the file with '---', 'title: …', '---'"
    if "monograph" in page.front.tree and page.monograph not in book.monographs:
        line = page.front.line(("monograph",))
        yield line, f"unknown medicine '{page.monograph}'; {nearest(str(page.monograph), book.monographs)}"


def macro_known(page: Page, book: Formulary, macros: Mapping[str, Signature]) -> Iterator[Fault]:
    """Every macro call names a macro of the page "For editors" and gives it the values that it takes."""
    for call in page.calls:
        if call.name not in macros:
            yield call.line, f"unknown macro '{call.name}'; {nearest(call.name, macros)}"
            continue
        try:
            macros[call.name].bind(*call.args, **call.options)
        except TypeError as error:
            takes = ", ".join(macros[call.name].parameters)
            yield call.line, f"{call.name}(): {error}; it takes: {takes or 'nothing'}"


def block_marked(page: Page, book: Formulary, macros: Mapping[str, Signature]) -> Iterator[Fault]:
    """A block is of a known status and opens with that status's own heading."""
    statuses = book.vocabulary.statuses
    for block in page.blocks:
        if block.kind not in statuses:
            yield block.line, f"unknown block '{block.kind}'; {nearest(block.kind, statuses)}"
            continue
        headed = any(c.line == block.line and c.name == "notice" and c.args[:1] == (block.kind,) for c in page.calls)
        if not headed:
            yield block.line, f'a block opens with its heading; write: /// {block.kind} | {{{{ notice("{block.kind}", "what it is about") }}}}'


def two_facts_a_sentence(page: Page, book: Formulary, macros: Mapping[str, Signature]) -> Iterator[Fault]:
    """A line of prose, which is one sentence, holds at most two facts; more become a table or a list."""
    lines = [call.line for call in page.calls if call.name == "fact"]
    for line in sorted(set(lines)):
        if lines.count(line) > _MOST_CALLS:
            yield line, f"{lines.count(line)} facts in one sentence; make it two sentences on two lines, a list or a table"


def prose_is_markdown(page: Page, book: Formulary, macros: Mapping[str, Signature]) -> Iterator[Fault]:
    """A page holds no HTML tags of its own, so that no mark can be imitated or hidden."""
    for number, line in enumerate(page.without_code().splitlines(), page.offset + 1):
        if tag := _TAG.search(line):
            yield number, f"HTML tag '{tag[0]}' in a page; write Markdown or call a macro"


RULES = (front_matter_known, macro_known, block_marked, two_facts_a_sentence, prose_is_markdown)


def findings(pages: Iterable[Page], book: Formulary, macros: Mapping[str, Signature]) -> Iterator[Finding]:
    """What every rule finds in every page, and what was wrong with the page's shape."""
    for page in pages:
        yield from page.findings
        for rule in RULES:
            for line, message in rule(page, book, macros):
                yield Finding(page.file, line, name_of(rule), message)
