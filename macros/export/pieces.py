"""The HTML of an article as texts and the tags between them, without tags that only style: what these set apart is kept as signs.

Nearly all tags of a page stand within a line, and replacing them takes a tenth of the time of looking at each.
"""

import re
from functools import cache
from html import unescape

from macros.export.inline import APART, APART_END, BREAK, CITED, CITED_END, CODE, CODE_END, NOTE

# What is no text of the page, or says again for the ear what stands beside it; what a fact shares with its group is heard alone, and stays.
_UNSAID = re.compile(
    r'<!--.*?-->|<(button|script|style|template)\b.*?</\1>|<a class="headerlink".*?</a>|<span class="spoken"[^>]*>.*?</span>|</?abbr[^>]*>',
    re.DOTALL,
)
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_ALTERNATIVE = re.compile(r"<(?:title|desc)\b[^>]*>(.*?)</", re.DOTALL)
# What stands in a span, other spans in it included, of which a condition has no more within each other.
_HELD = r"[^<]*"
for _ in range(4):
    _HELD = rf"(?:[^<]|<(?!/?span\b)|<span\b[^>]*>{_HELD}</span>)*"
# What is told apart within a line, in the order in which it is replaced: by what is found in it, and what stands before and behind that.
_WITHIN_A_LINE = (
    (re.compile(r'<a href="#source-\d+" data-source="[^"]*"[^>]*>(\d+)</a>'), "", ""),
    (re.compile(r"\[(\d+(?:, \d+)*(?:, <a [^>]*>\+\d+</a>)?)\](?![(:\[])"), CITED, CITED_END),
    (re.compile(r'<span class="(?:where|mark|context|rests|brands|diseases)\b[^>]*>([^<]*)</span>'), APART, APART_END),
    (re.compile(rf'<span class="condition">({_HELD})</span>'), APART, APART_END),
    (re.compile(r'<span class="(?:place|of)">([^<:]*)</span>'), "", ": "),
)
_STYLING = re.compile(r"</?(?:span|tbody|thead|article)\b[^>]*>|</tr>")
_CODE = re.compile(r"<code>([^<]*)</code>(?!</pre>)")
_INSIDE = r'[^<>"]*(?:"[^"]*"[^<>"]*)*'
# What holds nothing but text, by its tag and its text, or any other tag: this halves what has to be looked at.
_TAG = re.compile(rf"<(?:((?:td|th|a|strong)\b{_INSIDE})>([^<]*)</\w+|({_INSIDE}))>")


def pieces(html: str) -> list[str]:
    """Texts and what stands between them, four to a piece, from HTML that a browser wrote.

    A text; the tag of a cell, a link or a strong word that holds nothing but text, and that text, or None for both; else another tag.
    """
    said = _DRAWING.sub(_alternative, _UNSAID.sub("", html.replace("&nbsp;", " ")))
    for pattern, before, behind in _WITHIN_A_LINE:
        said = _between(pattern, said, before, behind)
    said = _STYLING.sub("", said.replace('<span class="tick">', "☐ ").replace('<span class="note">', NOTE))
    return _TAG.split(_between(_CODE, said, CODE, CODE_END).replace("<br>", BREAK))


def attribute(tag: str, name: str, default: str = "") -> str:
    """What an attribute of a tag says, as it is read."""
    found = _named(name).search(tag)
    return unescape(found[1]) if found else default


@cache
def _named(name: str) -> re.Pattern[str]:
    return re.compile(rf' {name}="([^"]*)"')


def _between(pattern: re.Pattern[str], said: str, before: str, behind: str) -> str:
    """The text with the one group of each match between two signs instead of it; a template is filled in ten times as slowly."""
    parts = pattern.split(said)
    parts[1::2] = [f"{before}{found}{behind}" for found in parts[1::2]]
    return "".join(parts)


def _alternative(drawing: re.Match[str]) -> str:
    """The text that stands for a drawing, as a paragraph."""
    return f"<p>(Drawing: {' '.join(_ALTERNATIVE.findall(drawing[0]))})</p>"
