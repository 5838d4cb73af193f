"""The HTML of an article as texts and the tags between them, without tags that only style: what these set apart is kept as signs.

Nearly all tags of a page stand within a line, and replacing them takes a tenth of the time of looking at each.
"""

import re
from html import unescape

from macros.export.inline import APART, APART_END, BREAK, CITED, CITED_END, CODE, CODE_END, NOTE

# What is no text of the page, or says again for the ear what stands beside it; what a fact shares with its group is heard alone, and stays.
# Of a drawing, which is the last, there is a text that stands for it.
_UNSAID = re.compile(
    r'<(?:!--.*?-->|(button|script|style|template)\b.*?</\1>|a class="headerlink"[^<]*(?:<(?!/a>)[^<]*)*</a>'
    r'|span class="spoken"[^<]*(?:<(?!/span>)[^<]*)*</span>|/?abbr[^>]*>|svg\b(.*?)</svg>)',
    re.DOTALL,
)
_ALTERNATIVE = re.compile(r"<(?:title|desc)\b[^>]*>(.*?)</", re.DOTALL)
# What stands in a span, other spans in it included, of which a condition has no more within each other.
_HELD = r"[^<]*"
for _ in range(4):
    _HELD = rf"(?:[^<]|<(?!/?span\b)|<span\b[^>]*>{_HELD}</span>)*"
# What is told apart within a line by a span: words of its own, a condition, a place, and what begins with a sign.
_APART = re.compile(
    r'<span class="(?:(?:where|mark|context|rests|brands|diseases)\b[^>]*>([^<]*)</span>'
    rf'|condition">({_HELD})</span>|(?:place|of)">([^<:]*)</span>|(tick|note)">)'
)
# The number of a source that a citation names, and a citation: with one number, or with all of its numbers, which may lead to more; it
# has what follows it.
_NUMBER = r'<a href="#source-\d+" data-source="[^"]*"[^>]*>(\d+)</a>'
_NUMBERED = re.compile(_NUMBER)
_ONE = rf"(?:\d+|{_NUMBER.replace('(', '(?:')})"
_CITED = re.compile(rf"\[(?:{_NUMBER}|({_ONE}(?:, {_ONE})*(?:, <a [^>]*>\+\d+</a>)?))\](?=([(:\[]?))")
_STYLING = re.compile(r"</?(?:span|tbody|thead|article)\b[^>]*>|</tr>")
_CODE = re.compile(r"<code>([^<]*)</code>(?!</pre>)")
_INSIDE = r'[^<>"]*(?:"[^"]*"[^<>"]*)*'
# What holds nothing but text, by its tag and its text, or any other tag: this halves what has to be looked at.
_TAG = re.compile(rf"<(?:((?:td|th|a|strong)\b{_INSIDE})>([^<]*)</\w+|({_INSIDE}))>")


def pieces(html: str) -> list[str]:
    """Texts and what stands between them, four to a piece, from HTML that a browser wrote.

    A text; the tag of a cell, a link or a strong word that holds nothing but text, and that text, or None for both; else another tag.
    """
    said = _UNSAID.sub(_alternative, _CITED.sub(_cited, html))  # citations are a sixth of the text, which the others need not look at
    said = _STYLING.sub("", _APART.sub(_apart, said))
    return _TAG.split(_between(_CODE, said, CODE, CODE_END).replace("<br>", BREAK).replace("&nbsp;", " "))


def attribute(tag: str, name: str, default: str = "") -> str:
    """What an attribute of a tag says, as it is read."""
    _, found, rest = tag.partition(f' {name}="')  # which no value holds, as a quotation mark in one is written otherwise
    return unescape(rest.partition('"')[0]) if found else default


def _between(pattern: re.Pattern[str], said: str, before: str, behind: str) -> str:
    """The text with the one group of each match between two signs instead of it; a template is filled in ten times as slowly."""
    parts = pattern.split(said)
    parts[1::2] = [f"{before}{found}{behind}" for found in parts[1::2]]
    return "".join(parts)


def _cited(citation: re.Match[str]) -> str:
    """The numbers of a citation between its signs; brackets alone where Markdown would take them for a link with what follows."""
    numbers = citation[1] or "".join(_NUMBERED.split(citation[2]))
    return f"[{numbers}]" if citation[3] else f"{CITED}{numbers}{CITED_END}"


def _apart(span: re.Match[str]) -> str:
    """What a span sets apart, with its signs; a condition may hold other spans, of which one that is a condition is not set apart again."""
    if span[1] is not None:
        return f"{APART}{span[1]}{APART_END}"
    _, condition, place, begun = span.groups()
    if condition is not None:
        held = condition.replace('<span class="condition">', "<span>")
        return f"{APART}{_APART.sub(_apart, held)}{APART_END}"
    return f"{place}: " if begun is None else "☐ " if begun == "tick" else NOTE


def _alternative(unsaid: re.Match[str]) -> str:
    """The text that stands for a drawing, as a paragraph; nothing stands for anything else that is unsaid."""
    return "" if unsaid[2] is None else f"<p>(Drawing: {' '.join(_ALTERNATIVE.findall(unsaid[2]))})</p>"
