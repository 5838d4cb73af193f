"""What governs a block stands before each of its sentences, so that one that is copied alone keeps it."""

import pytest

from macros.export.governed import cell
from macros.export.inline import APART, APART_END, BREAK
from macros.formulary.book import Formulary
from tests.export.test_twin import RESEARCH, made

# What stands in a block, and the same as text; | stands for the words of its status.
SENTENCES = {
    "two": ("<p>One. Two.</p>", "|One. |Two."),
    "asked-and-called": (
        "<p>Is it? It is! “No.” (Yes.) Or <strong>so.</strong> And.</p>",
        "|Is it? |It is! |“No.” |(Yes.) |Or **so.** |And.",
    ),
    "number-first": ("<p>The dose studied was 4 mg/kg. 12 people had it.</p>", "|The dose studied was 4 mg/kg. |12 people had it."),
    "decimals": ("<p>About 14.5% of 2.0 g.</p>", "|About 14.5% of 2.0 g."),
    "marks-and-citation-behind": (
        '<ul><li>5 mg. <span class="where">US</span> <span class="mark">registry, not label</span> '
        '<span class="cites">[<a href="#source-4" data-source="a" data-cited="A">4</a>]</span> Seen once.</li></ul>',
        "- |5 mg. (US) (registry, not label) [4] |Seen once.",
    ),
    "note-behind-a-value": (
        '<ul><li>4 mg <span class="note">Not an approved dose. No.</span> <span class="where">US</span></li></ul>',
        "- |4 mg |Not an approved dose. |No. (US)",
    ),
    "link-first": ('<p>One. <a href="#a">Two</a>.</p>', "|One. |[Two](#a)."),
    "small-letter-first": ("<p>ALT fell. mRNA rose.</p>", "|ALT fell. |mRNA rose."),
    "letter-last": ("<p>With hemophilia A. Those with B. A few.</p>", "|With hemophilia A. |Those with B. |A few."),
    "species": ("<p>Against E. coli alone.</p>", "|Against E. coli alone."),
    "shortened": (
        "<p>Food, e.g. bread vs. St. John's wort, in the U.S. market.</p>",
        "|Food, e.g. bread vs. St. John's wort, in the U.S. market.",
    ),
    "lines": ("<p>One<br>two<br>three.</p>", "|One <br> |two <br> |three."),
    "cells": (
        '<table><tr><td>A. B.</td><td>4 mg. Not approved.</td><td>adults</td><td><span class="where">US</span></td></tr></table>',
        "| |A. |B. | |4 mg. |Not approved. | adults | US |\n| --- | --- | --- | --- |",
    ),
    "facts-in-a-cell": (
        '<table><tr><td>a</td><td data-h="US"><div class="entry">b</div><div class="entry">c</div></td></tr></table>',
        "| |a | |US: b <br> |US: c |\n| --- | --- |",
    ),
    "note-in-a-cell": (
        '<table><tr><td>a</td><td>4 mg <span class="note">Once.</span></td></tr></table>',
        "| |a | |4 mg |Once. |\n| --- | --- |",
    ),
    "caption": ("<table><caption>One. Two.</caption><tr><td>a</td></tr></table>", "|**One. |Two.**\n\n| |a |\n| --- |"),
    "drawing": ("<svg><title>Rates.</title><desc>From 1 to 2.</desc></svg>", "|(Drawing: Rates. |From 1 to 2.)"),
    "fenced": ("<pre><code>a\nb\n</code></pre>", "```\n§a\n§b\n```"),
}


@pytest.mark.parametrize(("html", "expected"), SENTENCES.values(), ids=SENTENCES.keys())
def test_each_sentence_of_a_marked_block_says_so(book: Formulary, html: str, expected: str) -> None:
    text = made(book, f'<div class="admonition research">{html}</div><p>Free. So.</p>')
    words = RESEARCH.strip("*")
    assert text.replace(f"{RESEARCH} ", "|").replace(f"{words} ", "§") == f"{expected}\n\nFree. So."


def test_a_note_behind_a_value_is_no_other_line_outside_of_a_marked_block(book: Formulary) -> None:
    assert made(book, '<p>4 mg <span class="note">Once.</span></p><p><span class="note"># a</span></p>') == "4 mg Once.\n\n\\# a"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        (" a b ", "a b"),
        ("a  b", "a b"),
        ("a|b", "a\\|b"),
        (f"a{BREAK}b", "a <br> b"),
        (f"a{BREAK}{APART}(b){APART_END}", "a <br> (b)"),
        ("a\u00a0b", "a b"),
    ],
)
def test_a_text_as_a_cell(text: str, said: str) -> None:
    assert cell(text) == said
