"""Numbers in running text, however they are hidden in it: found where an editor typed them, and nowhere else."""

import pytest

from macros.rules.about import names_medicine
from tests.support.small_pages import MEND, judged

# What is typed, and the numbers that are found in it; the sentence around them is the whole stretch of text.
TYPED = {
    "digits": ("<p>Give 12 mg.</p>", "Give 12 mg.", ["12"]),
    "decimal": ("<p>Give 1.5 mg.</p>", "Give 1.5 mg.", ["1.5"]),
    "superscript": ("<p>Give 10¹³ parts.</p>", "Give 10¹³ parts.", ["1013"]),
    "raised-by-a-tag": ("<p>Give 10<sup>13</sup> parts.</p>", "Give 1013 parts.", ["1013"]),
    "full-width": ("<p>Give １２ mg.</p>", "Give １２ mg.", ["12"]),
    "arabic-indic": ("<p>Give ١٢ mg.</p>", "Give ١٢ mg.", ["12"]),
    "fraction": ("<p>Give ½ of it.</p>", "Give ½ of it.", ["1", "2"]),
    "word": ("<p>Give twelve of it.</p>", "Give twelve of it.", ["twelve"]),
    "one-of-a-unit": ("<p>Give it for one week.</p>", "Give it for one week.", ["one week"]),
    "percent": ("<p>Give it to many %.</p>", "Give it to many %.", ["%"]),
    "per-cent": ("<p>Give it to many per cent.</p>", "Give it to many per cent.", ["per cent"]),
    "entity": ("<p>Give &#49;&#x32; mg.</p>", "Give 12 mg.", ["12"]),
    "split-by-bold": ("<p>Give 1<b>2</b> mg.</p>", "Give 12 mg.", ["12"]),
    "split-by-emphasis": ("<p>Give <em>1</em><strong>2</strong> mg.</p>", "Give 12 mg.", ["12"]),
    "split-by-a-span": ("<p>Give 1<span>2</span> mg.</p>", "Give 12 mg.", ["12"]),
    "split-by-a-comment": ("<p>Give 1<!-- -->2 mg.</p>", "Give 12 mg.", ["12"]),
    "word-split-by-a-place-to-break": ("<p>Give twe<wbr>lve of it.</p>", "Give twelve of it.", ["twelve"]),
    "split-by-nothing-visible": ("<p>Give 1\u200b2 mg.</p>", "Give 1 2 mg.", ["12"]),
    "word-split-by-a-link": ('<p>Give twe<a href="#">lve</a> mg.</p>', "Give twelve mg.", ["twelve"]),
    "word-split-by-a-soft-hyphen": ("<p>Give twe&shy;lve mg.</p>", "Give twe lve mg.", ["twelve"]),
    "in-a-heading": ("<h2>Week 4</h2>", "Week 4", ["4"]),
    "in-a-list": ("<ul><li>Week 4</li></ul>", "Week 4", ["4"]),
    "in-a-definition": ("<dl><dt>Week</dt><dd>After 4 of them</dd></dl>", "After 4 of them", ["4"]),
    "in-a-table-cell": ("<table><tr><td>Week 4</td></tr></table>", "Week 4", ["4"]),
    "in-a-table-head": ("<table><tr><th>Week 4</th></tr></table>", "Week 4", ["4"]),
    "in-a-caption": ("<table><caption>Week 4</caption></table>", "Week 4", ["4"]),
    "in-a-figure-caption": ("<figure><figcaption>Week 4</figcaption></figure>", "Week 4", ["4"]),
    "in-a-summary": ("<details><summary>Week 4</summary></details>", "Week 4", ["4"]),
    "in-a-quotation": ("<blockquote>Week 4</blockquote>", "Week 4", ["4"]),
    "in-a-link": ('<p><a href="#">Week 4</a></p>', "Week 4", ["4"]),
    "in-an-abbreviation": ("<p><abbr>W4</abbr></p>", "W4", ["W4"]),
    "in-the-text-of-an-image": ('<img src="" alt="Week 4">', "Week 4", ["4"]),
    "in-the-title-of-a-link": ('<p><a href="#" title="Week 4">When</a></p>', "Week 4", ["4"]),
    "outside-of-any-element": ("Week 4", "Week 4", ["4"]),
    "beside-a-fact": ('<p>Give <span data-fact="x/name">x</span> 4 times.</p>', "Give ¦ 4 times.", ["4"]),
    "beside-a-name": ("<p>AAV5 in phase 3 for 4 of them.</p>", "AAV5 in phase 3 for 4 of them.", ["4"]),
    "longer-than-a-name": ("<p>AAV55 in phase 33.</p>", "AAV55 in phase 33.", ["AAV55", "33"]),
}


@pytest.mark.parametrize(("html", "around", "numbers"), TYPED.values(), ids=TYPED.keys())
def test_typed_figure(html: str, around: str, numbers: list[str]) -> None:
    assert judged(html) == [f"no-loose-figure: the figure '{figure}' in “{around}” is typed by hand; {MEND}" for figure in numbers]


def test_a_typed_word_of_rhythm() -> None:
    assert judged("<p>Give it weekly.</p>") == [
        "no-loose-figure: the figure 'weekly' in “Give it weekly.” is typed by hand; how often something is done is a figure, too: "
        "make it a fact with 'schedule:', or of a dose its 'regimen:', and call fact()"
    ]


NOT_TYPED = {
    "fact": '<p><span data-fact="x/name">12 mg</span></p>',
    "fact-with-tags": '<p><span data-fact="x/name"><b>12</b> <i>mg</i></span></p>',
    "row-of-a-fact": '<table><tr data-fact="x/name"><td>12 mg</td></tr></table>',
    "citation": '<p>Text [<a href="#s" data-source="label">12</a>]</p><ol class="sources"><li id="s">Report</li></ol>',
    "computed": '<p><span data-computed="dose-table">12 mg</span></p>',
    "anchor-of-a-heading": '<h2>Text<a class="headerlink" href="#">12</a></h2>',
    "data": '<script type="application/json">{"x": 12}</script>',
    "drawing": "<svg><text>12</text></svg>",
    "comment": "<!-- 12 mg -->",
    "attribute": '<p class="c12" id="i12">Text</p>',
    "name": "<p>AAV5 in phase 3.</p>",
    "name-in-inline-tags": "<p>A<b>AV5</b> in phase <i>3</i>.</p>",
    "once": "<p>Once, a single one-time infusion, first of all.</p>",
    "two-elements-side-by-side": "<p>phase</p><p>Text</p>",
}


@pytest.mark.parametrize("html", NOT_TYPED.values(), ids=NOT_TYPED.keys())
def test_no_typed_figure(html: str) -> None:
    assert judged(html) == []


def test_numbers_of_two_elements_are_not_one() -> None:
    assert judged("<ul><li>1</li><li>2</li></ul>") == [
        f"no-loose-figure: the figure '{figure}' in “{figure}” is typed by hand; {MEND}" for figure in "12"
    ]


def test_a_long_text_is_cut() -> None:
    text = "Give 12 mg of it " + "and more of it " * 9
    assert judged(f"<p>{text}</p>") == [f"no-loose-figure: the figure '12' in “{text[:60]}” is typed by hand; {MEND}"]


def test_only_the_article_is_searched() -> None:
    assert judged("<header>12 mg</header><article><p>Text.</p></article><footer>12 mg</footer>") == []


def test_on_pages_about_the_site_words_count_what_is_not_measured() -> None:
    assert judged("<p>Two questions, asked ten times.</p>", source="docs/about/editors.md") == []


@pytest.mark.parametrize(
    ("text", "figure"), [("Give 5 of it.", "5"), ("Give five mg.", "five"), ("Wait two weeks.", "two"), ("A few %.", "%")]
)
def test_on_pages_about_the_site_other_numbers_are_found(text: str, figure: str) -> None:
    assert judged(f"<p>{text}</p>", source="docs/about/editors.md") == [
        f"no-loose-figure: the figure '{figure}' in “{text}” is typed by hand; {MEND}"
    ]


STRANGE = {"cyrillic": "б", "greek-look-alike": "ο", "keycap": "🔟", "die": "⚄", "roman": "Ⅴ", "letter-of-another-width": "ｖ"}


@pytest.mark.parametrize("char", STRANGE.values(), ids=STRANGE.keys())
def test_a_character_that_looks_like_a_figure(char: str) -> None:
    assert judged(f"<p>Give {char} of it.</p>") == [
        f"letters-known: the character '{char}' (U+{ord(char):04X}) in “Give {char} of it.” is none that monographs are written with; "
        "write it in Latin letters or digits"
    ]


def test_a_page_whose_name_only_begins_like_the_about_folder_is_searched() -> None:
    assert judged("<p>12 mg</p>", source="docs/aboutness.md") == [f"no-loose-figure: the figure '12' in “12 mg” is typed by hand; {MEND}"]


NAMED = {
    "a long name in pieces": ("exam-p l a", True),
    "a short one": ("Of fixes", True),
    "in capitals": ("EXAMPLA", True),
    "an everyday word": ("it is for all of us", False),
    "the same as it is written": ("of ALL", True),
    "within another word": ("SMALL, TALLY", False),
}


@pytest.mark.parametrize(("said", "named"), NAMED.values(), ids=NAMED.keys())
def test_whether_a_text_names_a_medicine(said: str, named: bool) -> None:
    assert names_medicine(said, frozenset({"exampla", "fix", "ALL"})) is named
