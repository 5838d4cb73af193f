"""Markdown pages as the rules need them: front matter, macro calls, blocks and lines.

Pages are parsed with Jinja's own parser and never run here. Only `{{ macro(literals) }}` and `raw` are allowed.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from pathlib import Path

import jinja2
from jinja2 import nodes

from macros.finding import MERGED, Finding, Refused, merging, unseen
from macros.formulary.reader import OLD_LINE_ENDS, Document, contents, read_text
from macros.pages.fences import fenced_lines
from macros.pages.limits import MOST_BYTES, excess

DOCS = Path("docs")
MONOGRAPHS = "monographs"  # the folder in it that holds a folder for each medicine
COMMENT = ("{##", "##}")
_FRONT = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*\n", re.DOTALL | re.MULTILINE)
# Code is what Markdown is sure to read as code, and no more: what only looks like code could hide HTML or a figure.
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)[^\n]+?(?<!`)\1(?!`)")
_CALL = "\ufffc"  # stands in a text for what a call writes
_BLACK = re.compile(r"[^\n]")
_CALLED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
# A block may also stand in a list, a quotation or a definition.
_BLOCK = re.compile(r"(?:[ \t>]|(?:[-*+:]|\d+\.)[ \t])*(/{3,})[ \t]*(?:([\w-]+)[ \t]*(?:\|[ \t]*(.*))?)?$")

_EXAMPLE = '{{ fact("dose/standard") }}'
_RAW = re.compile(r"\{% (?:end)?raw %\}")
_MOST = 10**9  # no figure in a call is larger
_ON_ONE_LINE = f"a macro call stands on one line, without '-' beside its braces; write {_EXAMPLE}"
_TOO_DEEP = "brackets are nested too deeply for a macro call; write one call with plain values"
_TOO_LONG = f"a number is too long for a macro call; write it with a few digits, or as a text in quotes: {_EXAMPLE}"
_IN_CODE = "a macro call stands in code, where it can't show its fact; take it out, or write it between raw and endraw"
_ONLY_CALLS = f"only a macro call with texts in quotes and whole numbers may stand here; write {_EXAMPLE}"


# Jinja as the macro plugin sets it up from mkdocs.yml.
_JINJA = jinja2.Environment(comment_start_string=COMMENT[0], comment_end_string=COMMENT[1], undefined=jinja2.StrictUndefined)
# So many pages are kept as they were read, since a preview reads all of them again after each change of one.
_KEPT = 2_000


@dataclass(frozen=True)
class Call:
    """A macro call with its literals and the line that it stands on."""

    name: str
    args: tuple[object, ...]
    options: Mapping[str, object]
    line: int


@dataclass(frozen=True)
class Block:
    """A `///` block: its type, its title as written, and its first line."""

    kind: str
    title: str
    line: int


@dataclass(frozen=True)
class Page:
    """One page: its `path` under docs, its front matter, its body, which begins `offset` lines below the top, calls, blocks, faults.

    `pieces` are the texts before, between and behind the calls.
    """

    path: str
    front: Document
    body: str
    offset: int
    calls: tuple[Call, ...]
    pieces: tuple[str, ...]
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...]

    @property
    def file(self) -> str:
        """The name that findings use."""
        return (DOCS / self.path).as_posix()

    @property
    def first_line(self) -> int:
        """The line on which the body begins, or the last of the front matter if there is none."""
        return self.offset + bool(self.body or not self.offset)

    @property
    def monograph(self) -> str | None:
        """The medicine whose page this is."""
        slug = self.front.tree.get("monograph")
        return slug if isinstance(slug, str) else None

    def filled(self, printed: Iterable[str]) -> str:
        """The body with what each call printed in its place."""
        return "".join(chain.from_iterable(zip(self.pieces, (*printed, ""), strict=True)))

    def without_code(self) -> str:
        """The body with macro calls and code blanked, line for line."""
        return _without_code(self.body)


def read_pages(root: Path, folder: Path = DOCS, without: Container[str] = ()) -> list[Page]:
    """Every Markdown page in a folder of docs and below it, in the order of their paths, but those `without`, by their paths there."""
    names = ((path, path.relative_to(root / DOCS).as_posix()) for path in sorted((root / folder).rglob("*.md")))
    return [_read(path, name) for path, name in names if name not in without]


def front_matter(text: str) -> str:
    """What stands above the body of a page, with the lines around it; "" if nothing does."""
    match = _FRONT.match(text.replace("\r\n", "\n").removeprefix("\ufeff"))
    return match[0] if match else ""


def _read(path: Path, name: str) -> Page:
    try:
        return parse(contents(path, MOST_BYTES).decode("utf-8"), name)
    except UnicodeDecodeError as error:
        return _nothing(name, error.object[: error.start].count(b"\n") + 1, "not UTF-8 text; save the file as UTF-8")
    except FileNotFoundError:
        return _nothing(name, 1, "this link leads nowhere; put the file itself here")
    except Refused as refused:
        return _nothing(name, 1, str(refused))


def _nothing(name: str, line: int, message: str, rule: str = "yaml") -> Page:
    page = parse("", name)
    return replace(page, findings=(Finding(page.file, line, rule, message),))


@lru_cache(_KEPT)
def _without_code(body: str) -> str:
    text = _without_calls(body)
    fenced, _ = fenced_lines(text)
    lines = ("" if number in fenced else line for number, line in enumerate(text.split("\n")))
    return _CODE.sub(_blank, "\n".join(lines))


@lru_cache(_KEPT)
def parse(text: str, path: str) -> Page:
    """The page that this text makes, with findings for all that is wrong with its syntax."""
    file = (DOCS / path).as_posix()
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    if "\r" in text:  # to Markdown and Jinja it ends a line, to whoever counts lines it does not
        return _nothing(path, text.partition("\r")[0].count("\n") + 1, OLD_LINE_ENDS)
    if merged := merging(text):
        return _nothing(path, *merged, MERGED)
    match = _FRONT.match(text)
    front, findings = read_text("\n" + match[1], file) if match else (Document(file, {}, {}), ())
    body = text[match.end() :] if match else text
    offset = text[: match.end()].count("\n") if match else 0
    if found := excess(body):
        findings = (*findings, Finding(file, offset + found[0], "page-bounded", found[1]))
        body = ""
    calls, pieces, faults = _calls(body, file, offset)
    blocks, unclosed = _blocks(body, file, offset)
    return Page(path, front, body, offset, calls, pieces, blocks, (*findings, *faults, *unclosed))


def _calls(body: str, file: str, offset: int) -> tuple[tuple[Call, ...], tuple[str, ...], list[Finding]]:
    try:
        tree = _tree(body)
    except jinja2.TemplateSyntaxError as error:
        return (), ("",), [_unreadable(error, body, file, offset)]
    calls, pieces, faults = [], [""], list(_out_of_line(body, file, offset))
    faults += [Finding(file, offset + line, "macro-syntax", _IN_CODE) for line in _in_code(body)]
    for part in tree.body:
        parts = part.nodes if isinstance(part, nodes.Output) else [part]
        for node in parts:
            if isinstance(node, nodes.TemplateData):
                pieces[-1] += node.data
            elif part is not node and (call := _call(node, offset)):
                calls.append(call)
                pieces.append("")
            elif part is not node:  # else a tag, which stands in `faults` already
                faults.append(Finding(file, offset + node.lineno, "macro-syntax", _ONLY_CALLS))
    return tuple(calls), tuple(pieces), faults


def _tree(text: str) -> nodes.Template:
    """Jinja's tree of the text; what is more than Jinja can take is a fault of the text as any other."""
    try:
        return _JINJA.parse(text)
    except RecursionError:
        raise jinja2.TemplateSyntaxError(_TOO_DEEP, 1) from None
    except ValueError:  # Python reads no number of thousands of digits
        raise jinja2.TemplateSyntaxError(_TOO_LONG, 1) from None


def _out_of_line(body: str, file: str, offset: int) -> Iterator[Finding]:
    """Tags, comments, and what joins lines or spans them: Markdown would not see the lines that an editor and a reviewer see."""
    began = deep = 0
    for line, kind, text in _JINJA.lex(body):
        began = line if kind == "variable_begin" else began
        if kind == "operator":  # a value needs no brackets, and how many Jinja can take differs from caller to caller
            deep += (text in "([{") - (text in ")]}")
            if deep > 1:
                yield Finding(file, offset + line, "macro-syntax", _ONLY_CALLS)
        if kind == "block_begin":  # Jinja's tree knows no line of some tags
            yield Finding(file, offset + line, "macro-syntax", _ONLY_CALLS)
        elif kind == "comment_begin":
            yield Finding(file, offset + line, "macro-syntax", "a comment in a page; delete it, or write it into the change's description")
        elif (kind in ("raw_begin", "raw_end") and not _RAW.fullmatch(text)) or (
            kind in ("variable_begin", "variable_end") and (text not in ("{{", "}}") or line != began)
        ):
            yield Finding(file, offset + line, "macro-syntax", _ON_ONE_LINE)


def _in_code(body: str) -> Iterator[int]:
    """The lines on which a call stands in code; what it writes could end the code, and let HTML out that seemed to be code."""
    text = _without_calls(body, _CALL)
    fenced, _ = fenced_lines(text)
    for number, line in enumerate(text.split("\n")):
        if _CALL in line and (number in fenced or any(_CALL in code[0] for code in _CODE.finditer(line))):
            yield number + 1


def _without_calls(body: str, sign: str = " ") -> str:
    """The body as Markdown gets it, with what Jinja acts on blanked, line for line, and with signs for what calls write."""
    text, inside = [], False
    try:
        for _, kind, part in _JINJA.lex(body):
            inside = (inside or kind == "variable_begin") and kind != "variable_end"
            text.append(part if kind == "data" else _BLACK.sub(sign if inside else " ", part))
    except jinja2.TemplateSyntaxError:
        return _CALLED.sub(_blank, body)
    return "".join(text)


def _blank(match: re.Match[str]) -> str:
    return _BLACK.sub(" ", match[0])


def _unreadable(error: jinja2.TemplateSyntaxError, body: str, file: str, offset: int) -> Finding:
    """The fault of a page that Jinja can't read, on the line that has to be mended: a call stands on one line."""
    lines = body.split("\n")
    for number, line in enumerate(lines, 1):
        try:
            _tree(line)
        except jinja2.TemplateSyntaxError as found:
            if "raw" not in line:
                error, error.lineno = found, number
                break
    said, at = error.message or "", offset + error.lineno
    if said in (_TOO_DEEP, _TOO_LONG):
        message = said
    elif "raw" in said:
        message = "{% raw %} is never closed; write {% endraw %} after the braces that readers should see"
    elif "{%" in lines[error.lineno - 1]:
        message = _ONLY_CALLS
    elif "unexpected char" in said and "'\"'" not in said:
        char = said.removeprefix("unexpected char ").partition(" at ")[0]
        message = f"the macro call holds the character {char}; use straight quotes: {_EXAMPLE}"
    else:
        message = f"the macro call can't be read; write it on one line and close every brace, bracket and quote: {_EXAMPLE}"
    return Finding(file, at, "macro-syntax", message)


def _call(node: nodes.Node, offset: int) -> Call | None:
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name) or node.dyn_args or node.dyn_kwargs:
        return None
    given = [*node.args, *(each.value for each in node.kwargs)]
    values = [each.value for each in given if isinstance(each, nodes.Const) and isinstance(each.value, str | int)]
    hidden = any(unseen(value) for value in values if isinstance(value, str))
    if len(values) < len(given) or hidden or any(isinstance(value, int) and abs(value) > _MOST for value in values):
        return None
    options = dict(zip((each.key for each in node.kwargs), values[len(node.args) :], strict=True))
    return Call(node.node.name, tuple(values[: len(node.args)]), options, offset + node.lineno)


def _blocks(body: str, file: str, offset: int) -> tuple[tuple[Block, ...], list[Finding]]:
    blocks: list[Block] = []
    open_: list[tuple[Block, str]] = []
    faults: list[Finding] = []
    fenced, never_closed = fenced_lines(_without_calls(body))
    for number, line in enumerate(body.split("\n")):
        match = None if number in fenced else _BLOCK.match(line)
        at = offset + number + 1
        if match and match[2]:
            block = Block(match[2], (match[3] or "").strip(), at)
            blocks.append(block)
            open_.append((block, match[1]))
        elif match and open_ and open_[-1][1] == match[1]:
            open_.pop()
        elif match:
            what = f"write '{open_[-1][1]}', as where it opens" if open_ else "delete it or open a block above it"
            faults.append(Finding(file, at, "block-closed", f"'{match[1]}' closes no block; {what}"))
    for block, fence in open_:
        message = f"the block '{block.kind}' is never closed; write a line '{fence}' after its last line"
        faults.append(Finding(file, block.line, "block-closed", message))
    for number, fence in never_closed.items():
        message = f"the code is never closed; write a line '{fence}' after its last line"
        faults.append(Finding(file, offset + number + 1, "block-closed", message))
    return tuple(blocks), faults
