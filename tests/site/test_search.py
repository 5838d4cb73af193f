"""The search of the built site in a real browser: what comes first, what each result says of itself, what helps when nothing is found."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from macros.formulary.book import Formulary
from macros.formulary.values import Gap
from macros.pages.html import Html
from macros.site import search_index
from tests.conftest import MEDICINE
from tests.support.screens import HERE

# What is typed, and the address and the section that come first; without a section the page itself is meant.
B1 = "monographs/etranacogene-dezaparvovec/"
B2 = "monographs/fidanacogene-elaparvovec/"
QUERIES = {
    "Hemgenix": (B1, ""),
    "hemgenx": (B1, ""),
    "etranacogene": (B1, ""),
    "etranacogene dezaparvovec": (B1, ""),
    "etranacogen dezaparvovec": (B1, ""),
    "dezaparvovec": (B1, ""),
    "CSL222": (B1, ""),
    "AMT-061": (B1, ""),
    "B02BD16": (B1, ""),
    "0053-0300-30": (B1, ""),
    "HOPE-B": (f"{B1}results/", "trial-hope-b"),
    "Beqvez": (B2, ""),
    "Durveqtix": (B2, ""),
    "fidanacogene": (B2, ""),
    "fidanacogene elaparvovec": (B2, ""),
    "fidanacogen elaparvovec": (B2, ""),
    "elaparvovec": (B2, ""),
    "AAVRh74var": (B2, ""),
    "BENEGENE-2": (B2, ""),
    "roxaparvovec": (HERE, ""),
    "valoctocogene roxaparvovec": (HERE, ""),
    "valrox": (HERE, ""),
    "BMN 270": (HERE, ""),
    "BMN270": (HERE, ""),
    "Roctavian": (HERE, ""),
    "roctavain": (HERE, ""),
    "roctavin": (HERE, ""),
    "valoctocogene": (HERE, ""),
    "valoctogene roxaparvovec": (HERE, ""),
    "haemophilia A": (HERE, ""),
    "severe hemophilia A": (HERE, ""),
    "factor 8": (HERE, ""),
    "B02BD15": (HERE, ""),
    "roctavian contraindications": (HERE, "contraindications"),
    "roctavian adverse reactions": (HERE, "adverse-reactions"),
    "roctavian infusion rate": (HERE, "infusion"),
    "roctavian ALT": (HERE, "when-alt-rises"),
    "roctavian thawing": (HERE, "storage-and-thawing"),
    "roctavian contraception": (HERE, "what-to-tell-the-patient"),
    "efavirenz": (HERE, "interactions"),
    "leukemia": (HERE, "malignancy"),
    "roctavian eligible": (HERE, "who-is-eligible"),
    "roctavian bleeding rate": (HERE, ""),
    "roctavian withdrawn": (HERE, ""),  # the banner at its top says so
    "roctavian monitoring": (f"{HERE}checklist/", ""),
    "roctavian patient guide": (f"{HERE}patient/", ""),
    "roctavian dose sheet": (f"{HERE}dose-sheet/", ""),
    "steroid": (B1, "corticosteroids"),
    "roctavian steroid": (HERE, "when-alt-rises"),
    "HIV": (B2, "who-is-eligible"),
    "roctavian HIV": (HERE, "special-populations"),
    "cost": (f"{B1}results/", "market"),
    "liver enzyme": (B2, "liver-limits"),
    "82 kg": (f"{B1}dose-sheet/", "kg-82"),
    "82kg": (f"{B1}dose-sheet/", "kg-82"),
    "roctavian 82 kg": (f"{HERE}dose-sheet/", "kg-82"),
    "offline copy": ("about/offline/", ""),
    "report error": ("about/report/", ""),
}


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """One page for all questions; each is asked by an address of its own."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    yield page
    page.close()


@pytest.fixture
def ask(tab: Page, address: str) -> Callable[[str], list[tuple[str, str, list[str]]]]:
    """Asks by address, and gives each result's page, section and marks in their order."""

    def asked(words: str) -> list[tuple[str, str, list[str]]]:
        tab.goto(f"{address}?q={quote(words)}")
        tab.wait_for_function("/document/.test(document.querySelector('.md-search-result__meta').textContent)")
        found = tab.eval_on_selector_all(
            ".md-search-result__link",
            "links => links.map(a => [a.href, [...a.querySelectorAll('.md-tag')].map(tag => tag.textContent)])",
        )
        return [(*_split(href.removeprefix(address)), marks) for href, marks in found]

    return asked


def _split(link: str) -> tuple[str, str]:
    place, _, section = link.partition("#")
    return place.partition("?")[0], section


@pytest.mark.parametrize(("words", "first"), QUERIES.items(), ids=QUERIES)
def test_the_first_result(ask: Callable, words: str, first: tuple[str, str]) -> None:
    results = ask(words)
    assert results[0][0] == first[0]
    if first[1]:  # the page stands above its own best section
        assert next(section for place, section, _ in results if place == first[0] and section) == first[1]


def test_results_say_what_they_rest_on(ask: Callable, book: Formulary) -> None:
    marks = {section: said for place, section, said in ask("children") if place == HERE}
    research = [status for status in book.vocabulary.statuses.values() if not status.authorized]
    titles = {section: said for section, said in marks.items() if section.startswith("research-only")}
    assert set(map(tuple, titles.values())) == {tuple(f"{each.icon} {each.word}" for each in research if "Research" in each.word)}


def test_research_comes_after_approval(ask: Callable) -> None:
    sections = [section for place, section, _ in ask("antibodies") if place == HERE and section]
    marked = [section.startswith(("research-only", "off-label")) for section in sections]
    assert marked.index(True) > 3


@pytest.mark.parametrize("words", ["xyzzyq", "valrox"])
def test_the_lists_are_offered_below_the_results(tab: Page, address: str, words: str) -> None:
    tab.goto(f"{address}?q={words}")
    tab.wait_for_function("/document/.test(document.querySelector('.md-search-result__meta').textContent)")
    links = tab.eval_on_selector_all(".search-lists a", "links => links.map(a => a.href)")
    assert links == [f"{address}monographs/", f"{address}a-z/"]


def test_the_search_needs_no_mouse(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(address)
    page.focus(".md-search__input")
    page.keyboard.type("efavirenz")
    page.wait_for_selector(".md-search-result__link")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{HERE}**")
    page.wait_for_selector("mark")
    page.close()


PASTED = """value => {
    const field = document.querySelector('.md-search__input');
    field.focus();
    field.value = value;
    field.dispatchEvent(new InputEvent('input', {bubbles: true, inputType: 'insertFromPaste'}));
}"""


def test_what_is_pasted_is_searched(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(address)
    page.evaluate(PASTED, "valrox")
    page.wait_for_selector(".md-search-result__link")
    page.close()


def test_the_field_of_the_home_page_opens_the_search_by_hand_and_by_key(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    for opened in (lambda: page.click(".find-field"), lambda: page.press(".find-field", "Enter")):
        page.goto(address)
        opened()
        page.keyboard.type("valrox")
        page.wait_for_selector(".md-search-result__link")
    page.close()


def test_without_a_script_the_lists_are_offered_in_place_of_the_field(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert not page.locator(".find-field").is_visible()
    assert [a.get_attribute("href") for a in page.locator(".find-else a").all()] == ["a-z/", "monographs/"]
    context.close()


def _page(html: str, source: str = "docs/monographs/m/index.md") -> Html:
    return Html("m/index.html", source, f"<article>{html}</article>", "m", lambda spot: 1)


MARKED = {
    "no fact": ("<h1>M</h1><h2 id=a>A</h2>", "m/#a", {"boost": 2.0}),
    "a fact that the label states": ("<h1>M</h1><h2 id=a>A</h2><p data-fact={label}>", "m/#a", {"tags": ["✓ Approved"], "boost": 2.0}),
    "a fact of another section": ("<h1>M</h1><h2 id=a>A</h2><h2 id=b>B</h2><p data-fact={label}>", "m/#a", {"boost": 2.0}),
    "research": ("<h1>M</h1><h3 id=a>A</h3><p data-fact={research}>", "m/#a", {"tags": ["⚗ Research only"], "boost": 1.0}),
    "a journal": ("<h1>M</h1><h2 id=a>A</h2><p data-fact={trial}>", "m/#a", {"tags": ["trial report, not label"], "boost": 2.0}),
    "label and journal": (
        "<h1>M</h1><h2 id=a>A</h2><p data-fact={trial}><p data-fact={label}>",
        "m/#a",
        {"tags": ["✓ Approved", "trial report, not label"], "boost": 2.0},
    ),
    "a gap": ("<h1>M</h1><h2 id=a>A</h2><p data-fact={gap}>", "m/#a", {"boost": 0.1}),
    "a list of sources": ("<h1>M</h1><h2 id=a>A</h2><ol class=sources></ol>", "m/#a", {"boost": 0.2}),
}


@pytest.mark.parametrize(("html", "location", "expected"), MARKED.values(), ids=MARKED)
def test_an_entry_of_the_index(tmp_path: Path, book: Formulary, html: str, location: str, expected: dict[str, object]) -> None:
    facts = {
        "label": f"{MEDICINE}/dose/standard",
        "research": next(name for name, fact in book.facts.items() if fact.use == "research"),
        "gap": next(name for name, fact in book.facts.items() if isinstance(fact.value, Gap) and fact.use == "approved"),
        "trial": next(name for name, fact in book.facts.items() if fact.evidence == "trial" and fact.use == "approved"),
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


def test_no_table_of_the_site_runs_into_its_figures(copy: Path) -> None:
    docs = json.loads((copy / "site/search/search_index.json").read_text("utf-8"))["docs"]
    texts = {entry["location"]: entry["text"] for entry in docs}
    assert "n = 132; year 1; Value: 42.9 IU/dL" in texts[f"{HERE}results/#factor-viii-activity"].replace("\u00a0", " ")


def test_of_a_list_a_result_shows_what_was_asked_for(tab: Page, address: str) -> None:
    tab.goto(f"{address}?q=factor")
    tab.wait_for_selector(".md-search-result__article li", state="attached")
    lists = tab.eval_on_selector_all(
        ".md-search-result__article :is(ol, ul)",
        "lists => lists.map(list => [...list.children].filter(each => getComputedStyle(each).display !== 'none')"
        ".map(each => !!each.querySelector('mark')))",
    )
    assert [shown for shown in lists if True in shown and (False in shown or len(shown) > 5)] == []
    assert max(map(len, lists)) == 5


def test_what_stands_below_the_title_belongs_to_the_page(tmp_path: Path, book: Formulary) -> None:
    (tmp_path / "search").mkdir()
    docs = [{"location": "m/", "title": "M", "text": "banner"}, {"location": "m/#m", "title": "M", "text": "names"}]
    for name, text in {"search_index.json": json.dumps({"docs": docs}), "search_index.js": "var __index = {}"}.items():
        (tmp_path / "search" / name).write_text(text, "utf-8")
    search_index.mark(tmp_path, {"m/index.html": _page("<h1 id=m>M</h1>")}, book)
    written = (tmp_path / "search/search_index.json").read_text("utf-8")
    assert json.loads(written)["docs"] == [{"location": "m/", "title": "M", "text": "banner names", "boost": 6.0}]
    assert (tmp_path / "search/search_index.js").read_text("utf-8") == f"var __index = {written}"
