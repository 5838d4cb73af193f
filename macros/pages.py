"""The Markdown pages as the rules see them: front matter, macro calls, blocks and lines.

Pages are parsed with Jinja's own parser and never run here. Only `{{ macro(literals) }}` and `raw` are allowed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2
from jinja2 import nodes

from macros.finding import Finding
from macros.reader import Document, read_text

DOCS = Path("docs")
COMMENT = ("{##", "##}")
_FRONT = re.compile(r"---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|^[ \t]*(```+|~~~+).*?^[ \t]*\1|(?<!`)(`+)(?!`).+?(?<!`)\2(?!`)", re.DOTALL | re.MULTILINE)
_BLOCK = re.compile(r"^(/{3,})[ \t]*(?:([\w-]+)(?:[ \t]*\|[ \t]*(.*))?)?$")


def environment(**more: object) -> jinja2.Environment:
    """Jinja as the macro plugin sets it up from mkdocs.yml."""
    return jinja2.Environment(  # noqa: S701  the output is Markdown; facts are escaped where they are written
        comment_start_string=COMMENT[0], comment_end_string=COMMENT[1], undefined=jinja2.StrictUndefined, **more
    )


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
    """One page: `path` under docs, front matter, body, and what was found in it."""

    path: str
    front: Document
    body: str
    offset: int
    calls: tuple[Call, ...]
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...]

    @property
    def file(self) -> str:
        """The name that findings use."""
        return (DOCS / self.path).as_posix()

    @property
    def monograph(self) -> str | None:
        """The medicine whose page this is."""
        slug = self.front.tree.get("monograph")
        return slug if isinstance(slug, str) else None

    def without_code(self) -> str:
        """The body with macro calls, raw sections and code blanked, line for line."""
        return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), self.body)

    def lines_with(self, *texts: str) -> list[int]:
        """The lines of the file that hold all of the texts."""
        return [
            number
            for number, line in enumerate(self.body.splitlines(), self.offset + 1)
            if all(text in line for text in texts)
        ]


def read_pages(root: Path) -> list[Page]:
    """Every Markdown page under docs, in the order of their paths."""
    return [parse(path.read_text("utf-8"), path.relative_to(root / DOCS).as_posix()) for path in sorted((root / DOCS).rglob("*.md"))]


def parse(text: str, path: str) -> Page:
    """The page with everything that is wrong with its shape."""
    file = (DOCS / path).as_posix()
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    match = _FRONT.match(text)
    front, findings = read_text("\n" + match[1], file) if match else (Document(file, {}, {}), [])
    body = text[match.end() :] if match else text
    offset = text[: match.end()].count("\n") if match else 0
    calls, faults = _calls(body, file, offset)
    blocks, unclosed = _blocks(body, file, offset)
    return Page(path, front, body, offset, calls, blocks, (*findings, *faults, *unclosed))


def _calls(body: str, file: str, offset: int) -> tuple[tuple[Call, ...], list[Finding]]:
    try:
        tree = environment().parse(body)
    except jinja2.TemplateSyntaxError as error:
        hint = "close every '{{' with '}}', and write braces that readers should see as {% raw %}{{ }}{% endraw %}"
        return (), [Finding(file, offset + error.lineno, "macro-syntax", f"{error.message}; {hint}")]
    calls, faults = [], []
    for part in tree.body:
        parts = part.nodes if isinstance(part, nodes.Output) else [part]
        for node in parts:
            if isinstance(node, nodes.TemplateData):
                continue
            call = _call(node, offset)
            if call is None:
                message = "only a macro call with plain values is allowed here; write {{ fact(\"dose/standard\") }}"
                faults.append(Finding(file, offset + node.lineno, "macro-syntax", message))
            else:
                calls.append(call)
    return tuple(calls), faults


def _call(node: nodes.Node, offset: int) -> Call | None:
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name) or node.dyn_args or node.dyn_kwargs:
        return None
    if not all(isinstance(value, nodes.Const) for value in (*node.args, *(each.value for each in node.kwargs))):
        return None
    options = {each.key: each.value.value for each in node.kwargs}
    return Call(node.node.name, tuple(each.value for each in node.args), options, offset + node.lineno)


def _blocks(body: str, file: str, offset: int) -> tuple[tuple[Block, ...], list[Finding]]:
    blocks: list[Block] = []
    open_: list[tuple[Block, str]] = []
    faults: list[Finding] = []
    fenced = ""
    for number, line in enumerate(body.splitlines(), offset + 1):
        if fence := re.match(r"[ \t]*(```+|~~~+)", line):
            fenced = "" if fenced and fence[1].startswith(fenced) else fenced or fence[1]
        match = None if fenced else _BLOCK.match(line)
        if match and match[2]:
            block = Block(match[2], (match[3] or "").strip(), number)
            blocks.append(block)
            open_.append((block, match[1]))
        elif match and open_ and open_[-1][1] == match[1]:
            open_.pop()
        elif match:
            faults.append(Finding(file, number, "block-closed", "'///' closes nothing; delete it or open a block above it"))
    for block, fence in open_:
        message = f"the block '{block.kind}' is never closed; write a line '{fence}' after its last line"
        faults.append(Finding(file, block.line, "block-closed", message))
    return tuple(blocks), faults
