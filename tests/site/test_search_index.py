"""The index of the search: what an entry holds, by which other words it is found, and what of a table stands in it."""

import json
from pathlib import Path

import pytest

from macros.formulary.book import Formulary
from macros.formulary.values import Gap
from macros.pages.html import Html
from macros.site import search_index
from tests.conftest import MEDICINE


def _page(html: str, source: str = "docs/monographs/m/index.md") -> Html:
    return Html("m/index.html", source, f"<article>{html}</article>", "m", lambda spot: 1)


MARKED = {
    "no fact": ("<h1>M</h1><h2 id=a>A</h2>", "m/#a", {"boost": 2.0}),
    "a fact that the label states": ("<h1>M</h1><h2 id=a>A</h2><p data-fact={label}>", "m/#a", {"tags": ["✓ Label use"], "boost": 2.0}),
    "a fact of another section": ("<h1>M</h1><h2 id=a>A</h2><h2 id=b>B</h2><p data-fact={label}>", "m/#a", {"boost": 2.0}),
    "research": ("<h1>M</h1><h3 id=a>A</h3><p data-fact={research}>", "m/#a", {"tags": ["⚗ Research only"], "boost": 1.0}),
    "a journal": ("<h1>M</h1><h2 id=a>A</h2><p data-fact={trial}>", "m/#a", {"tags": ["trial report, not label"], "boost": 2.0}),
    "label and journal": (
        "<h1>M</h1><h2 id=a>A</h2><p data-fact={trial}><p data-fact={label}>",
        "m/#a",
        {"tags": ["✓ Label use", "trial report, not label"], "boost": 2.0},
    ),
    "a gap": ("<h1>M</h1><h2 id=a>A</h2><p data-fact={gap}>", "m/#a", {"boost": 0.1}),
    "a list of sources": ("<h1>M</h1><h2 id=a>A</h2><ol class=sources></ol>", "m/#a", {"boost": 0.2}),
}


@pytest.mark.parametrize(("html", "location", "expected"), MARKED.values(), ids=MARKED)
def test_an_entry_of_the_index(tmp_path: Path, book: Formulary, html: str, location: str, expected: dict[str, object]) -> None:
    own = {name: fact for name, fact in book.facts.items() if name.startswith(f"{MEDICINE}/")}
    facts = {
        "label": f"{MEDICINE}/dose/standard",
        "research": next(name for name, fact in own.items() if fact.use == "research"),
        "gap": next(name for name, fact in own.items() if isinstance(fact.value, Gap) and fact.use == "approved"),
        "trial": next(name for name, fact in own.items() if fact.evidence == "trial" and fact.use == "approved"),
    }
    (tmp_path / "search").mkdir()
    index = tmp_path / "search/search_index.json"
    index.write_text(json.dumps({"docs": [{"location": location, "title": "A", "text": "a"}]}), "utf-8")
    search_index.mark(tmp_path, {"m/index.html": _page(html.format(**facts))}, book)
    made = json.loads(index.read_text("utf-8"))["docs"]
    assert [{key: value for key, value in each.items() if key != "aliases"} for each in made] == [
        {"location": location, "title": "A", "text": "a", **expected}
    ]


def aliases(title: str, location: str, html: str, book: Formulary, folder: Path, monograph: str | None = None) -> str:
    """By what else an entry of the index is found."""
    (folder / "search").mkdir()
    index = folder / "search/search_index.json"
    index.write_text(json.dumps({"docs": [{"location": location, "title": title, "text": ""}]}), "utf-8")
    page = Html("m/index.html", "docs/monographs/m/index.md", f"<article>{html}</article>", monograph, lambda spot: 1)
    search_index.mark(folder, {"m/index.html": page}, book)
    return str(json.loads(index.read_text("utf-8"))["docs"][0].get("aliases", ""))


ALIASES = {
    "nothing": ("Text", "<h2 id=a>Text</h2>", ""),
    "other-words-for-its-heading": ("Alcohol", "<h2 id=a>Alcohol</h2>", "drink drinking beer wine"),
    "in-the-plural": ("Contraindications", "<h2 id=a>C</h2>", "must not do not give exclude excluded"),
    "not-within-a-word": ("Alternatives", "<h2 id=a>Alternatives</h2>", ""),
    "the-titles-of-its-facts": ("Text", "<h2 id=a>Text</h2><p data-fact={dose}>", "Dose"),
    "other-words-for-those": (
        "Text",
        "<h2 id=a>Text</h2><p data-fact={price}>",
        "List price at launch cost costs NHS reimbursement payment",
    ),
    "not-of-gaps": ("Text", "<h2 id=a>Text</h2><p data-fact={gap}>", ""),
}


@pytest.mark.parametrize(("title", "html", "expected"), ALIASES.values(), ids=ALIASES)
def test_a_result_is_found_by_other_words(tmp_path: Path, book: Formulary, title: str, html: str, expected: str) -> None:
    gap = next(name for name, fact in book.facts.items() if isinstance(fact.value, Gap))
    facts = {"dose": f"{MEDICINE}/dose/standard", "price": f"{MEDICINE}/status/price", "gap": gap}
    assert aliases(title, "m/#a", f"<h1>M</h1>{html.format(**facts)}", book, tmp_path, MEDICINE) == expected


def test_a_monograph_is_found_by_all_names_of_its_medicine(tmp_path: Path, book: Formulary) -> None:
    found = aliases("Text", "m/", "<h1>M</h1>", book, tmp_path, MEDICINE)
    assert [name for name in book.monographs[MEDICINE].medicine.also_searched if name not in found] == []
    assert ("B02BD15" in found, "valrox" in found) == (True, True)


SHEET = """<h1>S</h1><table><thead><tr><th>Body weight (kg)</th><th>Vials</th></tr></thead><tbody>
<tr id=kg-82 data-computed=x><th>82</th><td>31</td></tr><tr id=other><th>83</th><td>32</td></tr></tbody></table>"""
GLOSSARY = "<dl class=glossary><dt id=term-alt>ALT</dt>\n<dd>A liver &amp; muscle enzyme.</dd></dl>"


def test_weights_and_terms_are_results_of_their_own(tmp_path: Path, book: Formulary) -> None:
    (tmp_path / "search").mkdir()
    index = tmp_path / "search/search_index.json"
    index.write_text('{"docs": []}', "utf-8")
    sheet = Html("s/index.html", "docs/monographs/m/dose-sheet.md", f"<article>{SHEET}</article>", MEDICINE, lambda spot: 1)
    glossary = Html("glossary.html", "docs/glossary.md", f"<article>{GLOSSARY}</article>", None, lambda spot: 1)
    search_index.mark(tmp_path, {"s/index.html": sheet, "glossary.html": glossary}, book)
    row = {"title": "Roctavian, 82 kg", "text": "<p>Body weight (kg): 82; Vials: 31</p>", "aliases": "82kg", "boost": 0.5}
    term = {"title": "ALT", "text": "<p>A liver &amp; muscle enzyme.</p>", "boost": 0.01}
    assert json.loads(index.read_text("utf-8"))["docs"] == [
        {"location": "s/#kg-82", **row},
        {"location": "glossary.html#term-alt", **term},
    ]


TABLE = """<h1>M</h1><h2 id=a>A</h2><p>Text</p><div><table data-search-exclude><caption>Rates <span class=cites>[1]</span></caption>
<thead><tr><th>Result</th><th>When</th><th>Value</th><th>Source</th></tr></thead><tbody>
<tr data-fact={fact}><th>Bleeds</th><td data-h=When>n = 40; year 1</td><td data-h=Value><span aria-hidden=true>42.9&nbsp;%</span><span class=spoken>42.9 percent</span></td><td data-h=Source><span class=cites>[1]</span></td></tr>
<tr><th>Activity</th><td data-h=When><div class=entry data-fact={fact}>year 2</div><div class=entry>year 3</div></td><td data-h=Value>&lt; 5 (<abbr>IU</abbr>) <span class='spoken agrees'>trial</span></td><td data-h=Source></td></tr>
<tr data-fact={fact}><th>Time</th><td data-h='When, Value' colspan=2>1 h<span class=nothing>–</span></td><td data-h=Source></td></tr>
<tr><th>82</th><td>246</td><td>31</td><td></td></tr>
</tbody></table></div><h2 id=b>B</h2>"""
ROWS = (
    "<p>Text</p> <p>Rates</p> <ul><li>Result: Bleeds; When: n = 40; year 1; Value: 42.9 %</li>"
    "<li>Result: Activity; When: year 2 | year 3; Value: &lt; 5 (IU) trial</li><li>Result: Time; When, Value: 1 h</li></ul>"
)


def test_a_table_is_found_row_by_row_and_no_cell_runs_into_the_next(tmp_path: Path, book: Formulary) -> None:
    (tmp_path / "search").mkdir()
    index = tmp_path / "search/search_index.json"
    docs = [{"location": f"m/{anchor}", "title": "A", "text": text} for anchor, text in {"": "", "#a": "<p>Text</p>", "#b": ""}.items()]
    index.write_text(json.dumps({"docs": docs}), "utf-8")
    search_index.mark(tmp_path, {"m/index.html": _page(TABLE.format(fact=f"{MEDICINE}/dose/standard"))}, book)
    assert [entry["text"] for entry in json.loads(index.read_text("utf-8"))["docs"]] == ["", ROWS, ""]


def test_what_stands_below_the_title_belongs_to_the_page(tmp_path: Path, book: Formulary) -> None:
    (tmp_path / "search").mkdir()
    docs = [{"location": "m/", "title": "M", "text": "banner"}, {"location": "m/#m", "title": "M", "text": "names"}]
    for name, text in {"search_index.json": json.dumps({"docs": docs}), "search_index.js": "var __index = {}"}.items():
        (tmp_path / "search" / name).write_text(text, "utf-8")
    search_index.mark(tmp_path, {"m/index.html": _page("<h1 id=m>M</h1>")}, book)
    written = (tmp_path / "search/search_index.json").read_text("utf-8")
    assert json.loads(written)["docs"] == [{"location": "m/", "title": "M", "text": "banner names", "boost": 6.0}]
    assert (tmp_path / "search/search_index.js").read_text("utf-8") == f"var __index = {written}"


NAMED = {
    "named": ("Valoctocogene roxaparvovec (Roctavian)", "Valoctocogene roxaparvovec (Roctavian)"),
    "without-its-brand": ("Valoctocogene roxaparvovec", "Valoctocogene roxaparvovec (Roctavian)"),
    "brand-within-another-word": ("Roctavian-plus", "Roctavian-plus (Roctavian)"),
}


@pytest.mark.parametrize(("title", "expected"), NAMED.values(), ids=NAMED)
def test_a_monograph_is_found_by_its_brand_as_by_its_title(tmp_path: Path, book: Formulary, title: str, expected: str) -> None:
    (tmp_path / "search").mkdir()
    index = tmp_path / "search/search_index.json"
    docs = [{"location": f"m/{anchor}", "title": title, "text": ""} for anchor in ("", "#a")]
    index.write_text(json.dumps({"docs": docs}), "utf-8")
    gap = next(name for name, fact in book.facts.items() if isinstance(fact.value, Gap))
    page = Html(
        "m/index.html", f"docs/monographs/{MEDICINE}/index.md", f"<h1>M</h1><p data-fact={gap}></p><h2 id=a>A</h2>", MEDICINE, lambda _: 1
    )
    search_index.mark(tmp_path, {"m/index.html": page}, book)
    made = json.loads(index.read_text("utf-8"))["docs"]
    assert [(entry["title"], entry["boost"]) for entry in made] == [(expected, 6.0), (title, 2.0)]
