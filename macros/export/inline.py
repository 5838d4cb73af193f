"""Text of a page as Markdown within a line: what would act is escaped, what styles set apart on the page stands in brackets.

Signs that no page may hold, by the rules, stand for what is settled when a line ends: where a new one begins, brackets that are no text.
"""

import re
from html import escape, unescape
from typing import Final

BREAK: Final = "\0"
APART, APART_END = "\1", "\2"
CITED, CITED_END = "\3", "\4"
CODE, CODE_END = "\5", "\6"
NOTE: Final = "\7"  # where one more sentence begins behind a value

_SPECIAL = re.compile(r"[\\`*_~\[\]<&]")
_ACTING = re.compile(r"[\\`*~\[\]]|(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#?\w+;)|<(?=[a-zA-Z/!?])")
_NUMBER = re.compile(r"(\d+)([.)])(?=\s|$)")
_TICKS = re.compile(r"`+")
# What is set apart already: by standing first, by brackets of its own, by a colon at its end.
_BRACKET, _COLON = f"{APART}(", f":{APART_END}"
_APART_ALREADY = re.compile(f"^{APART}([^{APART_END}]*){APART_END}|{APART}(\\([^{APART_END}]*|[^{APART_END}]*:){APART_END}")


def plain(html: str) -> str:
    """Text between two tags as it is read, with all that Markdown would act on escaped, but for what is code."""
    if CODE in html:
        before, _, rest = html.partition(CODE)
        shown, _, after = rest.partition(CODE_END)
        return plain(before) + code(shown) + plain(after)
    if not _SPECIAL.search(html):
        return html
    text = _ACTING.sub(lambda sign: f"\\{sign[0]}", unescape(html))
    return _ENTITY.sub(lambda sign: "&amp;" if sign[0] == "&" else "&lt;", text)


def literal(text: str) -> str:
    """A text of the data as it is read, with all that Markdown would act on escaped."""
    return plain(escape(text, quote=False))


def wrapped(text: str, left: str, right: str) -> str:
    """The text between two signs, white space at its ends outside of them; empty text stays as it is."""
    inner = text.strip()
    if not inner:
        return text
    return f"{' ' if text[0].isspace() else ''}{left}{inner}{right}{' ' if text[-1].isspace() else ''}"


def code(html: str) -> str:
    """Text in a span of code, fenced by more ticks than it holds."""
    text = " ".join(unescape(html).split())
    if "`" not in text:
        return f"`{text}`" if text else ""
    fence = "`" * (1 + max(map(len, _TICKS.findall(text))))
    return f"{fence} {text} {fence}"


def fenced(text: str) -> str:
    """A text as a block of code, fenced by more ticks than stand in it together."""
    fence = "`" * max(3, 1 + max(map(len, _TICKS.findall(text)), default=0))
    return f"{fence}\n{text}\n{fence}"


def link(text: str, address: str) -> str:
    """A link, or the text alone if it leads nowhere."""
    if not address:
        return text
    return wrapped(text, "[", f"](<{address}>)" if set(address) & set(" ()") else f"]({address})")


def lines(text: str) -> list[str]:
    """The lines of a text, with single spaces; one that ends with a colon goes on with the next."""
    if text.isprintable() and "  " not in text:  # so it holds no sign of ours, and no white space but single spaces
        line = text.strip()
        return [line] if line else []
    made: list[str] = []
    for each in text.split(BREAK):
        line = " ".join(each.split())
        if line[:1] == APART or _BRACKET in line or _COLON in line:
            line = _APART_ALREADY.sub(lambda found: found[1] or found[2] or "", line)
        if line and made and made[-1].endswith((":", ":**")):
            made[-1] += f" {line}"
        elif line:
            made.append(line)
    return made


def settled(block: str) -> str:
    """The block with its brackets as they are read."""
    return block.replace(APART, "(").replace(APART_END, ")").replace(CITED, "[").replace(CITED_END, "]").replace(NOTE, "")


def guarded(line: str) -> str:
    """The line so that its first signs make no heading, list or quotation of it."""
    line = line.removeprefix(NOTE)
    if line[:1] in "#>+-":
        return f"\\{line}"
    return _NUMBER.sub(r"\1\\\2", line, count=1) if _NUMBER.match(line) else line
