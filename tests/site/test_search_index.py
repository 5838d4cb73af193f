"""What the search knows of a page: its sections and their marks, by which words each is found, and how the files of all pages fit together."""

import json
import re
from pathlib import Path

import pytest

from macros.formulary.book import Formulary
from macros.formulary.values import Gap
from macros.pages.html import Html
from macros.site import search_words
from macros.site.search_index import Records, records, shared
from macros.site.search_pieces import indexed, joined, of_pages, told, write
from tests.conftest import MEDICINE


def page(html: str, source: str = f"docs/monographs/{MEDICINE}/index.md", monograph: str | None = MEDICINE) -> Html:
    return Html("m/index.html", source, f"<article>{html}</article>", monograph, lambda spot: 1)


@pytest.fixture
def facts(book: Formulary) -> dict[str, str]:
    """A fact of each kind that results tell apart."""
    own = {name: fact for name, fact in book.facts.items() if name.startswith(f"{MEDICINE}/")}
    return {
        "label": f"{MEDICINE}/dose/standard",
        "price": f"{MEDICINE}/status/price",
        "research": next(name for name, fact in own.items() if fact.use == "research"),
        "gap": next(name for name, fact in own.items() if isinstance(fact.value, Gap) and fact.use == "approved"),
        "trial": next(name for name, fact in own.items() if fact.evidence == "trial" and fact.use == "approved"),
        "told": next(name for name, fact in own.items() if fact.trial and fact.evidence == "label" and fact.use == "approved"),
    }


def known(html: str, book: Formulary, **more: str) -> Records:
    return records("m/index.html", page(html, **more), book, shared(book))


# The HTML of a page, and of each of its sections the heading, the marks and the lines.
SECTIONS = {
    "no-fact": ("<h1>M</h1>Text<h2 id=a>A</h2><p>One<p>Two", [("M (Roctavian)", [], ["Text"]), ("A", [], ["One", "Two"])]),
    "what-stands-above-the-title": ("<p>Banner</p><h1>M</h1>", [("M (Roctavian)", [], ["Banner"])]),
    "label": ("<h1>M</h1><h2 id=a>A</h2><p data-fact={label}>", [("M (Roctavian)", [], []), ("A", ["✓ Label use"], [])]),
    "of-another-section": (
        "<h1>M</h1><h2 id=a>A</h2><h2 id=b>B</h2><p data-fact={label}>",
        [("M (Roctavian)", [], []), ("A", [], []), ("B", ["✓ Label use"], [])],
    ),
    "label-and-journal": (
        "<h1>M</h1><p data-fact={trial}><p data-fact={label}>",
        [("M (Roctavian)", ["✓ Label use", "trial report, not label"], [])],
    ),
    "a-trial-that-a-label-tells": ("<h1>M</h1><p data-fact={told}>", [("M (Roctavian)", ["about the approved use"], [])]),
    "a-marked-block-with-a-heading-and-what-follows-it": (
        "<h1>M</h1><h2 id=a>A</h2><p>Before</p><div class='admonition research'><h3 id=r class=admonition-title>Research only: x</h3>"
        "<p data-fact={research}>A dose</p></div><p>After</p>",
        [
            ("M (Roctavian)", [], []),
            ("A", [], ["Before", "After", "In parts: Research only: x"]),
            ("Research only: x", ["⚗ Research only"], ["⚗ Research only: A dose"]),
        ],
    ),
    "a-marked-block-without-a-heading": (
        "<h1>M</h1><div class='admonition research'><p>A dose</p></div>",
        [("M (Roctavian)", [], ["⚗ Research only: A dose"])],
    ),
    "kept-out": (
        "<h1>M</h1><h2 id=a data-unsearched>A</h2><p>No</p><h2 id=b>B</h2><p data-unsearched>No</p>Yes",
        [("M (Roctavian)", [], []), ("B", [], ["Yes"])],
    ),
    "what-is-said-twice": (
        "<h1>M<a class=headerlink>¶</a></h1><span aria-hidden=true>5 %</span><span class=spoken data-unsearched>5 percent</span>"
        "<span class='spoken agrees'>US</span><span class=cites>[1]</span>",
        [("M (Roctavian)", [], ["5 %US"])],
    ),
    "nothing-but-a-heading-above-others": (
        "<h1>M</h1><h2 id=a>A</h2><h3 id=b>B</h3><p>One<h4 id=c>C</h4><h3 id=d>D</h3><h2 id=e>E</h2>",
        [
            ("M (Roctavian)", [], []),
            ("A", [], ["In parts: B; D", "One"]),
            ("B", [], ["One", "In parts: C"]),
            ("C", [], []),
            ("D", [], []),
            ("E", [], []),
        ],
    ),
    "what-a-group-shares": (
        "<h1>M</h1><p class=shared><span class=where>US</span> unless marked</p><p>Once <span class='spoken agrees where'>US</span></p>",
        [("M (Roctavian)", [], ["Once (US)"])],
    ),
    "a-place-is-no-word-of-its-sentence": (
        "<h1>M</h1><p>Not recommended. <span class=where>US</span> <span class=cites>[1]</span> In men. <span class=where>(EU)</span></p>"
        "<table data-unsearched><thead><tr><th>What<th>When<tbody><tr data-fact={label}><th>Dose<td data-h=When>once <span class=where>US, EU</span></table>",
        [("M (Roctavian)", ["✓ Label use"], ["Not recommended. (US) In men. (EU)", "\tWhat: Dose; When: once (US, EU)"])],
    ),
    "a-table-row-by-row": (
        "<h1>M</h1><table data-unsearched><caption>Rates <span class=cites>[1]</span></caption><thead><tr><th>Result<th>When</thead><tbody>"
        "<tr data-fact={label}><th>Bleeds<td data-h=When>n = 40; year 1<tr><th>Activity<td data-h=When><div class=entry data-fact={label}>year 2</div>"
        "<div class=entry>year 3</div><tr><th>82<td>246</table>",
        [
            (
                "M (Roctavian)",
                ["✓ Label use"],
                ["Rates", "\tResult: Bleeds; When: n = 40; year 1", "\tResult: Activity; When: year 2 | year 3"],
            )
        ],
    ),
    "a-brand-in-the-title": ("<h1>Generic (Roctavian)</h1>", [("Generic (Roctavian)", [], [])]),
    "a-brand-within-another-word": ("<h1>Roctavian-plus</h1>", [("Roctavian-plus (Roctavian)", [], [])]),
    "nested-far-deeper-than-python-calls": ("<h1>M</h1>" + "<div>" * 3000 + "Deep", [("M (Roctavian)", [], ["Deep"])]),
}


@pytest.mark.parametrize(("html", "expected"), SECTIONS.values(), ids=SECTIONS)
def test_the_sections_of_a_page(
    book: Formulary, facts: dict[str, str], html: str, expected: list[tuple[str, list[str], list[str]]]
) -> None:
    found = known(html.format(**facts), book).found
    assert [(each.title, list(each.marks), list(each.lines)) for each in found] == expected


def levels(of: Records, word: str) -> dict[int, str]:
    """The sections that a word stands in, each with its level."""
    section, found = -1, {}
    for level, step in re.findall(r"([:-Z])([0-9a-z]*)", of.words.get(word, "")):
        section += int(step or "1", 36)
        found[section] = level
    return found


# By which words a section is found, and by which not.
FOUND = {
    "its-heading": ("<h2 id=a>Alcohol</h2>", ["alcohol"], ["water"]),
    "in-the-singular": ("<h2 id=a>Contraindications</h2>", ["contraindication"], ["contraindications"]),
    "the-titles-of-its-facts": ("<h2 id=a>A</h2><p data-fact={price}>", ["price", "launch"], ["dose"]),
    "how-often-with-its-time": ("<h2 id=a>A</h2>once a week, 3 times a day, every 12 hours", ["once_week", "3_time", "time_day", "every_12"], ["once_day"]),
    "figures-that-follow-each-other": ("<h2 id=a>A</h2>at 2–8 °C", ["2_8"], []),
    "not-the-titles-of-gaps": ("<h2 id=a>A</h2><p data-fact={gap}>", ["a"], ["dose", "price"]),
    "numbers-in-one-way": ("<h2 id=a>A</h2>6 × 10¹³ vg/kg, 1,500 mg", ["6e13", "10^13", "1500", "1500_mg"], ["6", "13"]),
    "pairs-that-tell-more": ("<h2 id=a>A</h2>is not recommended in hepatitis C of a", ["not_recommended", "hepatitis", "hepatitis_c"], ["of_a", "is_not"]),
}  # fmt: skip


@pytest.mark.parametrize(("html", "held", "not_held"), FOUND.values(), ids=FOUND)
def test_by_which_words_a_section_is_found(book: Formulary, facts: dict[str, str], html: str, held: list[str], not_held: list[str]) -> None:
    words = known(f"<h1>M</h1>{html.format(**facts)}", book)
    assert [word for word in held if 1 not in levels(words, word)] == []
    assert [word for word in not_held if 1 in levels(words, word)] == []


# Two sections that hold the same word, the one that comes before first.
BEFORE = {
    "heading-before-text": ("<h2 id=a>Storage</h2><h2 id=b>B</h2>storage", "storage"),
    "label-before-research": ("<h2 id=a>A</h2><p data-fact={label}>word</p><h2 id=b>B</h2><p data-fact={research}>word</p>", "word"),
    "facts-before-gaps": ("<h2 id=a>A</h2><p data-fact={label}>word</p><h2 id=b>B</h2><p data-fact={gap}>word</p>", "word"),
    "text-before-sources": ("<h2 id=a>A</h2>word<h2 id=b>B</h2><ol class=sources><li>word</ol>", "word"),
    "a-title-that-says-nothing-else": (
        "<h2 id=a>A</h2><p data-fact={label}>x<h2 id=b>B</h2><p data-fact={label}>x<p data-fact={price}>x",
        "dose",
    ),
    "often-before-once": ("<h2 id=a>A</h2>word and word<h2 id=b>B</h2>word and other", "word"),
}


@pytest.mark.parametrize(("html", "word"), BEFORE.values(), ids=BEFORE)
def test_what_counts_more(book: Formulary, facts: dict[str, str], html: str, word: str) -> None:
    found = levels(known(f"<h1>M</h1>{html.format(**facts)}", book), word)
    assert found[1] > found[2]


def test_weights_and_terms_are_results_of_their_own(book: Formulary) -> None:
    sheet = "<h1>S</h1><table><thead><tr><th>Body weight (kg)<th>Vials</thead><tbody><tr id=kg-82><th>82<td>31<tr id=x><th>83<td>32</table>"
    row = known(sheet, book, source="docs/monographs/m/dose-sheet.md")
    assert [(each.anchor, each.title, each.lines) for each in row.found[1:]] == [
        ("kg-82", "Roctavian, 82 kg", ("Body weight (kg): 82; Vials: 31",))
    ]
    assert list(levels(row, "82_kg")) == [1]
    terms = known(
        "<h1>G</h1><dl class=glossary data-unsearched><dt id=t>ALT<dd>A liver &amp; muscle enzyme.</dl>", book, source="docs/g.md"
    )
    assert [(each.anchor, each.title, each.lines) for each in terms.found[1:]] == [("t", "ALT", ("A liver & muscle enzyme.",))]


STATUS = """<h1>M</h1><div class=masthead><ul class=chips><li><span class=chip><strong>US</strong> authorized</span> <span class=cites>[1]</span>
</ul><p class=availability>Check. <span data-fact={label}>EU: withdrawn <span class=cites>[2]</span>.</span></div>"""


def test_a_monograph_says_its_status_the_warning_first(book: Formulary, facts: dict[str, str]) -> None:
    assert known(STATUS.format(**facts), book).status == ("⚠ EU: withdrawn", "US authorized")


def handed_over(path: Path) -> object:
    """What a piece hands to the page that asked for it."""
    return json.loads(path.read_text("utf-8").partition(",")[2].partition(",")[2].rstrip(")\n"))


def test_the_pieces_hold_every_word_once_in_order_and_are_the_same_however_pages_were_joined(tmp_path: Path, book: Formulary) -> None:
    address = f"monographs/{MEDICINE}/index.html"
    many = [records(f"about/{number:03}.html", page(f"<h1>P</h1>dose word{number} " + "x " * number, monograph=None), book, shared(book))
            for number in range(400)]  # fmt: skip
    made = [*many, records(address, page("<h1>M</h1><div class=masthead><ul class=chips><li>US authorized</ul></div>"), book, shared(book))]
    for name, rows in (("one", [made]), ("other", [made[:1], made[1:150], made[150:]])):
        write(tmp_path / name, (joined((each.address, indexed(each)) for each in row) for row in rows), book)
        for path, script in of_pages({each.address: told(each) for each in made}).items():
            (tmp_path / name / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / path).write_bytes(script)
    files = {
        name: {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.js")}
        for name in ("one", "other")
    }
    assert files["one"] == files["other"]
    first = handed_over(tmp_path / "one/search/names.js")
    pieces = [handed_over(tmp_path / f"one/search/{first['version']}/{number}.js") for number in range(len(first["words"]))]
    assert handed_over(tmp_path / f"one/search/pages/{address.removesuffix('/index.html')}.js")[0] == "M"
    words = [line.split(" ")[0] for piece in pieces for line in piece.split("\n")]
    assert words == sorted(set(words)) and [piece.split(" ")[0] for piece in pieces] == first["words"]
    assert first["sections"] == 401 and first["medicines"] == [[400, ["valoctocogene roxaparvovec", "Roctavian"], [0]]]
    assert first["statuses"] == ["US authorized"] and ["valrox", 0] in first["aliases"]
    assert ["B02BD15", 0] in handed_over(tmp_path / f"one/search/{first['version']}/codes.js")
    places = next(line.split(" ")[1] for piece in pieces for line in piece.split("\n") if line.startswith("dose "))
    assert places.count(".") == 400 and re.fullmatch(r"(?:\.[:-Z])+", places)


def test_what_tells_by_number_lies_where_no_other_site_has_its_own(tmp_path: Path, book: Formulary) -> None:
    """A tab that was opened before the site was made anew would show one page's text for another."""
    medicine = records(f"monographs/{MEDICINE}/index.html", page("<h1>M</h1>"), book, shared(book))
    more = records("about/a.html", page("<h1>M</h1>", monograph=None), book, shared(book))  # no word more
    for name, made in (("old", [medicine]), ("new", [more, medicine])):
        write(tmp_path / name, [joined((each.address, indexed(each)) for each in made)], book)
    folders = {name: {path.parent.name for path in (tmp_path / name / "search/").glob("*/*.js")} for name in ("old", "new")}
    assert all(len(each) == 1 for each in folders.values()) and folders["old"] != folders["new"]
    assert of_pages({"monographs/m/index.html": "[]"}) == {"search/pages/monographs/m.js": b'sought("page","monographs/m",[])\n'}


CUT = {
    "Étranacogènes": ["etranacogene"], "haemophilia": ["hemophilia"], "6 x 10^13": ["6e13"], "10¹³": ["10^13"], "82kg": ["82", "kg"], "0.5 mg.": ["0.5", "mg"],
    "Eliquis™ 2,50mg": ["eliquis", "2.5", "mg"], "½ .5": ["0.5", "0.5"], "6E+13 6.0 x 1013": ["6e13", "6e13"], "b.i.d. i.v.": ["bid", "iv"], "SSRIs": ["ssri"],
    "5 micrograms 5µg": ["5", "mcg", "5", "mcg"], "tumours, counselling, litres": ["tumor", "counseling", "liter"],
    "antibodies, boxes, virus": ["antibody", "box", "virus"], "BMN-270": ["bmn", "270"], "Crohn’s": ["crohn"], "1,500": ["1500"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), CUT.items(), ids=CUT)
def test_how_a_text_is_cut_into_words(text: str, words: list[str]) -> None:
    assert search_words.words(text) == words
