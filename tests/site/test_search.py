"""The search of the built site in a real browser: what comes first, what each result says of itself, what helps when nothing is found."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from macros.formulary.book import Formulary
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
    "HOPE-B": (B1, ""),
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
    "roctavian contraception": (HERE, "warnings"),
    "efavirenz": (HERE, "interactions"),
    "leukemia": ("monographs/methotrexate/", ""),
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
    "liver enzyme": (B1, ""),
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
    assert set(map(tuple, titles.values())) == {tuple(f"{each.icon} {each.chip}" for each in research if "Research" in each.chip)}


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


def test_no_table_of_the_site_runs_into_its_figures(copy: Path) -> None:
    docs = json.loads((copy / "site/search/search_index.json").read_text("utf-8"))["docs"]
    texts = {entry["location"]: entry["text"] for entry in docs}
    assert "n = 132; year 1; Value: 42.9 international units/dL" in texts[f"{HERE}results/#factor-viii-activity"].replace("\u00a0", " ")


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
