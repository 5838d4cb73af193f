"""The HTML of an article as texts and the tags between them, without tags that only style: what these set apart is kept as signs.

Nearly all tags of a page stand within a line, and replacing them takes a tenth of the time of looking at each.
"""

import re

from macros.export.inline import APART, APART_END, BREAK, CITED, CITED_END, CODE, CODE_END

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
# What is told apart within a line, in the order in which it is replaced.
_WITHIN_A_LINE = (
    (re.compile(r'<a href="#source-\d+" data-source="[^"]*"[^>]*>(\d+)</a>'), r"\1"),
    (re.compile(r"\[(\d+(?:, \d+)*(?:, <a [^>]*>\+\d+</a>)?)\](?![(:\[])"), rf"{CITED}\1{CITED_END}"),
    (
        re.compile(r'<span class="(?:where|mark|context|rests|brands|diseases)\b[^>]*>([^<]*)</span>'),
        rf"{APART}\1{APART_END}",
    ),
    (re.compile(rf'<span class="condition">({_HELD})</span>'), rf"{APART}\1{APART_END}"),
    (re.compile(r'<span class="(?:place|of)">([^<:]*)</span>'), r"\1: "),
    (re.compile(r'<span class="tick">'), "☐ "),
    (re.compile(r"</?(?:span|tbody|thead|article)\b[^>]*>|</tr>"), ""),
    (re.compile(r"<code>([^<]*)</code>(?!</pre>)"), rf"{CODE}\1{CODE_END}"),
    (re.compile(r"<br>"), BREAK),
)
_INSIDE = r'[^<>"]*(?:"[^"]*"[^<>"]*)*'
# What holds nothing but text, by its tag and its text, or any other tag: this halves what has to be looked at.
_TAG = re.compile(rf"<(?:((?:td|th|a|strong)\b{_INSIDE})>([^<]*)</\w+|({_INSIDE}))>")


def pieces(html: str) -> list[str]:
    """Texts and what stands between them, four to a piece, from HTML that a browser wrote.

    A text; the tag of a cell, a link or a strong word that holds nothing but text, and that text, or None for both; else another tag.
    """
    said = _DRAWING.sub(_alternative, _UNSAID.sub("", html.replace("&nbsp;", " ")))
    for pattern, instead in _WITHIN_A_LINE:
        said = pattern.sub(instead, said)
    return _TAG.split(said)


def _alternative(drawing: re.Match[str]) -> str:
    """The text that stands for a drawing, as a paragraph."""
    return f"<p>(Drawing: {' '.join(_ALTERNATIVE.findall(drawing[0]))})</p>"
