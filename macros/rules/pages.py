"""Rules on the Markdown pages before they are rendered: front matter, macro calls, blocks, sentences."""

import re
from collections.abc import Collection, Iterator, Mapping
from html import unescape
from inspect import Signature
from itertools import zip_longest

from macros.finding import MERGED, Fault, nearest, unseen
from macros.formulary.book import Formulary
from macros.formulary.reader import means_other
from macros.pages.files import CORRECTIONS, EVIDENCE, page_of
from macros.pages.markdown import Page
from macros.rules.prose import claim, markup, numbers
from macros.rules.rule import rule

FRONT_MATTER = ("title", "monograph", "description", "hide")
# What the theme puts beside a page and may leave out, so that a wide table has the room.
_BESIDE = ("navigation", "toc")
_MOST_CALLS = 2
_DEEPEST = 10  # a hundred levels are more than Python's Markdown can take

_TAG = re.compile(r"</?[A-Za-z!?][^>\s]*")
_BEFORE_TEXT = re.compile(r"(?:[ \t>]|[-*+:][ \t]|\d+\.[ \t])*")
_LEVEL = re.compile(r">|[-*+:]|\d+\.| {4}")
_ADDRESS = re.compile(r"<(?:https?://|mailto:|[\w.+-]+@)")
_BRACES = re.compile(r"\{[^{}]*\}|(?<![{}])[{}](?![{}])")
_ANCHOR = re.compile(r"\{:? *(?:#[\w-]+|data-unsearched)(?: +(?:#[\w-]+|data-unsearched))* *\}")
_TOOLTIP = re.compile(r"\*\[[^\]]*\] ?:|\*\[[^\]]*$")
_FOLDER = re.compile(r"monographs/([^/]+)/")
# The only pages of which parts are kept out of the search, because they repeat what other pages say.
_REPEATING = re.compile(page_of("[^/]+", f"(?:{re.escape(EVIDENCE)}|{re.escape(CORRECTIONS)})"))
_PLAINLY = {
    "missing a required argument:": "lacks",
    "too many positional arguments": "has too many values",
    "got an unexpected keyword argument": "does not know the name",
    "multiple values for argument": "has two values for",
}
_KINDS = {str: "a text in quotes", int: "a whole number", bool: "true or false"}


@rule("page")
def front_matter_known(page: Page, book: Formulary) -> Iterator[Fault]:
    """The front matter has only known keys, and a title and a description in plain words without figures that claim no approval."""
    if any(finding.rule in ("yaml", MERGED) for finding in page.findings):
        return
    for key, raw in page.front.tree.items():
        line = page.front.line((key,))
        if key not in FRONT_MATTER:
            yield Fault((page.file, line), f"unknown front matter key '{key}'; {nearest(key, FRONT_MATTER)}")
        elif key == "hide" and not (isinstance(raw, list) and raw and set(map(str, raw)) <= set(_BESIDE)):
            yield Fault((page.file, line), f"'hide' says what stands beside no page; write '[{', '.join(_BESIDE)}]', or one of the two")
        elif key in ("title", "description"):
            if not isinstance(raw, str) or not raw:
                yield Fault((page.file, line), f"the {key} holds no text; write '{key}:' and a text on the same line")
            elif means_other(raw):
                yield Fault((page.file, line), f"the {key} '{raw}' is no text to YAML; write it in more words")
            elif found := numbers(raw, book.terms):
                yield Fault(
                    (page.file, line),
                    f"the {key} holds the figure '{found[0]}'; write it without, or list the name in macros/data/terms.txt",
                )
            elif odd := markup(raw):
                yield Fault((page.file, line), f"the {key} holds '{odd[0]}'; write it in plain words")
            elif word := claim(raw):
                yield Fault(
                    (page.file, line), f"the {key} calls a use '{word}'; name what the page is about, and leave that to the facts on it"
                )
    if "title" not in page.front.tree:
        yield Fault((page.file, 1), "the page has no title; begin the file with '---', 'title: …', '---'")


@rule("page", stops=True)
def medicine_known(page: Page, book: Formulary) -> Iterator[Fault]:
    """A page that is about a medicine names one that exists and stands in its folder, and a page in such a folder names its medicine."""
    if any(finding.rule in ("yaml", MERGED) for finding in page.findings):
        return
    known = book.names.called.keys()
    if "monograph" in page.front.tree and page.monograph not in known and not book.is_faulty(page.monograph or ""):
        named = page.monograph or "a list"
        yield Fault((page.file, page.front.line(("monograph",))), f"unknown medicine '{named}'; {nearest(named, known)}")
    elif (folder := _FOLDER.match(page.path)) and page.monograph != folder[1]:
        home = folder[1]
        message = f"the page stands in the folder of '{home}'; write 'monograph: {home}' in its front matter, or move it"
        yield Fault((page.file, page.front.line(("monograph",))), message)
    elif page.monograph and not folder:  # it would be made without the facts of its medicine
        message = f"the page is about '{page.monograph}'; move it into docs/{page_of(page.monograph, '')}"
        yield Fault((page.file, page.front.line(("monograph",))), message)


@rule("page", stops=True)
def macro_known(page: Page, macros: Mapping[str, Signature]) -> Iterator[Fault]:
    """Every macro call names a macro of the page "For editors" and gives it the values that it takes."""
    for call in page.calls:
        if call.name not in macros:
            yield Fault((page.file, call.line), f"unknown macro '{call.name}'; {nearest(call.name, macros)}")
            continue
        takes = macros[call.name].parameters
        try:
            given = macros[call.name].bind(*call.args, **call.options).arguments
        except TypeError as error:
            said = str(error)
            for python, plain in _PLAINLY.items():
                said = said.replace(python, plain)
            yield Fault((page.file, call.line), f"{call.name}(): {said}; it takes: {', '.join(takes) or 'nothing'}")
            continue
        for name, value in given.items():
            kind = takes[name].annotation
            for each in value if isinstance(value, tuple) else (value,):
                if kind in _KINDS and type(each) is not kind:
                    yield Fault((page.file, call.line), f"{call.name}(): {name} can't be {each!r}; write {_KINDS[kind]}")


@rule("page")
def block_marked(page: Page, book: Formulary) -> Iterator[Fault]:
    """A block is of a known status and opens with that status's own heading."""
    statuses = book.vocabulary.statuses
    unread = _unread(page)
    lines = page.body.split("\n")
    for call in page.calls:
        if call.name == "notice" and call.line not in {block.line for block in page.blocks}:
            yield Fault(
                (page.file, call.line),
                'notice() is the heading of a block; write: /// research | {{ notice("research", "what it is about") }}',
            )
    for block in page.blocks:
        if "".join(lines[block.line - page.offset : block.line - page.offset + 1]).strip(" \t>"):
            yield Fault((page.file, block.line), "text follows the first line of a block; leave an empty line below it")
        if block.kind not in statuses:
            yield Fault((page.file, block.line), f"unknown block '{block.kind}'; {nearest(block.kind, statuses)}")
            continue
        headed = any(c.line == block.line and c.name == "notice" and c.args[:1] == (block.kind,) for c in page.calls)
        if not headed and not unread:
            yield Fault(
                (page.file, block.line),
                f'a block opens with its heading; write: /// {block.kind} | {{{{ notice("{block.kind}", "what it is about") }}}}',
            )


@rule("page")
def facts_dated(page: Page, factual: Collection[str]) -> Iterator[Fault]:
    """A page of no medicine that calls for facts ends with colophon(), which says when they were checked and by whom."""
    called = [call.name for call in page.calls]
    if page.monograph is None and set(called) & set(factual) and called[-1] != "colophon":
        yield Fault((page.file, page.calls[-1].line), "the page calls for facts; write {{ colophon() }} as its last line")


@rule("page")
def two_facts_a_sentence(page: Page) -> Iterator[Fault]:
    """A line of prose, which is one sentence, holds at most two facts; more become a table or a list."""
    rows = {number for number, line in enumerate(page.body.split("\n"), page.offset + 1) if line.lstrip().startswith("|")}
    lines = [call.line for call in page.calls if call.name == "fact" and call.line not in rows]
    for line in sorted(set(lines)):
        if lines.count(line) > _MOST_CALLS:
            yield Fault(
                (page.file, line), f"{lines.count(line)} facts in one sentence; make it two sentences on two lines, a list or a table"
            )


@rule("page", stops=True)
def nesting_followed(page: Page) -> Iterator[Fault]:
    """Lists and quotations stand in one another only as deep as readers can follow."""
    for number, (line, bare) in enumerate(zip(page.body.split("\n"), page.without_code().split("\n"), strict=False), page.offset + 1):
        if bare and len(_LEVEL.findall(_before_text(line).expandtabs(4))) > _DEEPEST:
            yield Fault((page.file, number), "lists or quotations are nested too deeply; write flat lists under headings of their own")


@rule("page")
def prose_is_markdown(page: Page) -> Iterator[Fault]:
    """A page holds no HTML, attributes or tooltips of its own, so that no mark can be imitated and nothing hidden."""
    lines = zip_longest(page.body.split("\n"), page.without_code().split("\n"), fillvalue="")
    for number, (whole, line) in enumerate(lines, page.offset + 1):
        # What is code hangs on what Markdown sees, so nothing invisible may stand in code either; an entity is plain text there.
        for char in sorted({*unseen(whole + unescape(line))} - {"\t"}):
            yield Fault((page.file, number), f"the line holds the invisible character U+{ord(char):04X}; delete it")
        if found := _ADDRESS.search(line):
            yield Fault((page.file, number), f"an address in angle brackets, '{found[0]}…'; write [what the link leads to](address)")
        elif tag := _TAG.search(line):
            yield Fault((page.file, number), f"HTML tag '{tag[0]}' in a page; write Markdown or call a macro")
        if _TOOLTIP.search(line):
            yield Fault((page.file, number), "a tooltip of the page's own; write the abbreviation in macros/data/glossary.yml")
        if "data-unsearched" in line and not _REPEATING.fullmatch(page.path):
            yield Fault((page.file, number), "a part of the page is kept out of the search; delete data-unsearched")
        for braces in [] if _unread(page) else _BRACES.findall(line):
            if not _ANCHOR.fullmatch(braces):
                yield Fault(
                    (page.file, number),
                    f"'{braces}' in a page; write {{{{ fact(\"dose/standard\") }}}} for a fact, {{ #name }} for an anchor",
                )


def _unread(page: Page) -> bool:
    """Whether a macro call kept the page from being read, so that its calls are not known."""
    return any(finding.rule == "macro-syntax" for finding in page.findings)


def _before_text(line: str) -> str:
    """The marks of lists and quotations that a line begins with."""
    found = _BEFORE_TEXT.match(line)
    return found[0] if found else ""
