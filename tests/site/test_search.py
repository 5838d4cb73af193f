"""The search of the built site in a real browser: what comes first, what each result says of itself, what helps when nothing is found."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from playwright.sync_api import Browser, Page

from macros.formulary.book import Formulary
from macros.site import search_words
from macros.site.search_index import ALERT
from tests.support.asking import Answer
from tests.support.screens import HERE, answered

_PLACES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "search.yml").read_text("utf-8"))
_SITE = ("about/",)


class Probe(NamedTuple):
    """What is typed, the page that comes first, the section if one is meant; whether it is a near miss, or may come later."""

    page: str
    section: str = ""
    near: bool = False
    among: bool = False


def _probes() -> dict[str, Probe]:
    found = {}
    for place, each in _PLACES.items():
        page = place if place.startswith(_SITE) else f"monographs/{place}"
        found |= {words: Probe(page) for words in each.get("first", ())}
        found |= {words: Probe(page, near=True) for words in each.get("near", ())}
        found |= {words: Probe(page, among=True) for words in each.get("among", ())}
        found |= {words: Probe(page, section) for section, all_ in each.get("sections", {}).items() for words in all_}
    return found


PROBES = _probes()


@pytest.mark.parametrize(("words", "probe"), PROBES.items(), ids=[words.strip() for words in PROBES])
def test_what_comes_first(ask: Callable[[str], Answer], words: str, probe: Probe) -> None:
    answer = ask(words)
    assert ("Near miss" in answer.said) == probe.near
    if probe.among:
        assert probe.page in [page for page, _ in answer.results]
    else:
        assert answer.results[0][0] == probe.page
        if probe.section:  # the page may stand above its own best section
            assert next(section for page, section in answer.results if page == probe.page and section) == probe.section


def test_a_word_is_none_that_begins_so(ask: Callable[[str], Answer]) -> None:
    assert [text for text in ask("HIV").texts if "hives" in text.lower() and "HIV" not in text] == []


def test_an_exact_name_is_no_near_miss_and_comes_before_all_others(ask: Callable[[str], Answer], book: Formulary) -> None:
    first = {}
    for slug, monograph in book.monographs.items():
        for name in (monograph.medicine.inn, *monograph.medicine.brands):
            answer = ask(name)
            first[name] = (answer.results[0], "Near miss" in answer.said)
            assert first[name] == ((f"monographs/{slug}/", ""), False)
    assert len(first) >= 2 * len(book.monographs)


def test_a_slip_in_a_word_of_the_text_is_called_one(ask: Callable[[str], Answer]) -> None:
    answer = ask("contraindicaton")
    assert answer.said.startswith("No page has “contraindicaton”. Near miss: contraindication.")
    assert answer.results[0][1] == "contraindications"


def test_results_say_what_they_rest_on(ask: Callable[[str], Answer], book: Formulary) -> None:
    answer = ask("research only")
    marks = {section: said for (_, section), said in zip(answer.results, answer.marks, strict=True) if section.startswith("research-only")}
    research = [status for status in book.vocabulary.statuses.values() if "Research" in status.chip]
    uses = {tuple(mark for mark in said if not mark.startswith(ALERT)) for said in marks.values()}
    assert uses == {tuple(f"{each.icon} {each.chip}" for each in research)}
    # A line of such a block carries its mark itself, wherever it is shown.
    lines = [line for (_, section), line in zip(answer.results, answer.texts, strict=True) if section in marks]
    assert [line for line in lines if f"{research[0].icon} {research[0].chip}: " not in line] == []


def test_a_short_table_is_shown_whole(ask: Callable[[str], Answer]) -> None:
    """A row of doses alone, or a caption without its rows, could be taken for the answer."""
    groups = (
        "GFR above 30 mL/min",
        "GFR 10 to 30 mL/min",
        "GFR below 10 mL/min",
        "on hemodialysis",
        "children with impaired renal function",
    )
    for words in ("amoxicillin kidney", "amoxicillin renal"):
        answer = ask(words)
        assert answer.results[0] == ("monographs/amoxicillin/", "renal-impairment")
        assert [group for group in groups if group not in answer.texts[0].replace("\u00a0", " ")] == []


def test_a_medicine_says_its_status(ask: Callable[[str], Answer]) -> None:
    answer = ask("roctavian")
    alert = "⚠ US, EU: withdrawn from the market by the company"
    assert answer.marks[0][0].startswith(alert)
    assert ask("eliquis").marks[0] == ["US authorized", "EU, CA, UK, CH labels not read by us"]
    # Whoever reads one result alone reads that it can't be had.
    assert [marks for marks in ask("roctavian infusion rate").marks if not marks[0].startswith(alert)] == []
    assert any(mark.startswith("EU conditional authorization") for mark in answer.marks[0])


def test_research_comes_after_approval(ask: Callable[[str], Answer]) -> None:
    sections = [section for page, section in ask("roctavian antibodies").results if page == HERE and section]
    marked = [section.startswith(("research-only", "off-label")) for section in sections]
    assert True not in marked[:3]


@pytest.mark.parametrize(
    ("words", "said"), {"xyzzyq": "Nothing found for “xyzzyq”.", "valrox": "1 medicine,"}.items(), ids=["nothing", "found"]
)
def test_the_lists_are_offered_below_the_results(
    ask: Callable[[str], Answer], search_tab: Page, address: str, words: str, said: str
) -> None:
    assert ask(words).said.startswith(said)
    links = search_tab.eval_on_selector_all(".search-lists a", "links => links.map(a => a.href)")
    assert links == [f"{address}monographs/", f"{address}a-z/"]


def test_more_results_come_when_they_are_asked_for(ask: Callable[[str], Answer], search_tab: Page) -> None:
    before = len(ask("dose").results)
    search_tab.click(".search-more")
    search_tab.wait_for_function(f"document.querySelectorAll('.md-search-result__link').length > {before}")


def test_the_search_needs_no_mouse_and_marks_the_words_where_it_leads(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(address)
    page.focus(".md-search__input")
    page.keyboard.type("efavirenz")
    answered(page, "efavirenz")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{HERE}**")
    page.wait_for_selector("article mark")
    assert {mark.lower() for mark in page.locator("article mark").all_inner_texts()} == {"efavirenz"}
    page.close()


def test_an_address_asks(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(f"{address}?q=valrox")
    answered(page, "valrox")
    page.close()


def test_the_field_of_the_home_page_opens_the_search_by_hand_and_by_key(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    for opened in (lambda: page.click(".find-field"), lambda: page.press(".find-field", "Enter")):
        page.goto(address)
        opened()
        page.keyboard.type("valrox")
        answered(page, "valrox")
    page.close()


def test_without_a_script_the_lists_are_offered_in_place_of_the_field(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert not page.locator(".find-field").is_visible() and not page.locator(".md-search__input").is_visible()
    assert [a.get_attribute("href") for a in page.locator(".find-else a").all()] == ["a-z/", "monographs/"]
    assert page.locator(".md-header .without-script").is_visible()
    context.close()


def test_before_the_first_result_little_is_asked_for(browser: Browser, address: str) -> None:
    """Nothing before the box is opened; then the names, and for a name no text but that of its own pages."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)) if "/search/" in request.url else None)
    page.goto(address)
    assert asked == []
    page.fill(".md-search__input", "overdose")
    answered(page, "overdose")
    assert asked[0] == "search/names.js" and 0 < sum(name.startswith("search/pages/") for name in asked) <= 10
    page.close()


# Texts that are easily cut in one way here and in another there.
TEXTS = [
    "Étranacogène (Hemgenix®)", "6 × 10¹³ vg/kg", "6 x 10^13", "2.5 mg; 1,500 mg, 82kg and 82 kg", "BMN 270, CSL-222", "S. pyogenes", "0.5 % of 10^13", "haemophilias", "children, a child",
    "ELIQUIS™ 2,5 mg, 2.50mg, .5 mg, ½ tablet, 2½, 1,500.0 mg", "6E+13 vg, 6.0 x 10^13, 6*10**13, 6 x 1013, 6 × 10 13, 1.2.0 and 3.10",
    "b.i.d., p.o., i.v., S.pyogenes, U.S., e.g.x", "5 milligrams, 5µg, 5 μg, 5 micrograms, 3 kilos, 10mls, 10 millilitres", "SSRIs and SNRIs, this",
    "tumours coloured labelling counsellor licence licensed randomized hospitalization litres centres sulphonamides analyzed hours four courses", "20–25 °C, 2-8",
    "Antibodies, boxes, rashes; it is, thus, a virus", "Crohn’s and Crohn's", "not recommended", "hepatitis C", "ﬁrst ½ µg", "Factor VIII: n = 132", "a_b <c>", "1.2.3 13.", "ΑΒΓ ÅÄÖ ß",
]  # fmt: skip


def test_the_page_cuts_words_as_the_index_does(search_tab: Page) -> None:
    assert search_tab.evaluate("texts => texts.map(finder.words)", TEXTS) == [search_words.words(text) for text in TEXTS]


SLIPS = {("dose", "dos"): True, ("dose", "dosse"): True, ("dose", "doze"): True, ("dose", "does"): True, ("dose", "dose"): False, ("dose", "nosy"): False,
         ("eliquis", "elqiuis"): True, ("eliquis", "elqiiss"): False, ("ab", "ba"): True, ("abcd", "badc"): False}  # fmt: skip


def test_one_slip_is_a_near_miss_and_two_are_not(search_tab: Page) -> None:
    found = search_tab.evaluate("pairs => pairs.map(([one, other]) => finder.near(one, other))", [list(pair) for pair in SLIPS])
    assert dict(zip(SLIPS, found, strict=True)) == SLIPS


SOUNDS = {("amoxicillin", "amoxacilin"): True, ("methotrexate", "metotrexyte"): True, ("eliquis", "ellikuis"): True, ("durveqtix", "durvectics"): False,
          ("amoxicillin", "ampicillin"): False, ("prednisolone", "prednisone"): False, ("ciclosporin", "cycloserine"): False, ("dose", "doze"): False}  # fmt: skip


def test_what_is_written_by_ear_is_near_and_another_medicine_is_not(search_tab: Page) -> None:
    found = search_tab.evaluate("pairs => pairs.map(([one, other]) => cutting.soundsLike(one, other))", [list(pair) for pair in SOUNDS])
    assert dict(zip(SOUNDS, found, strict=True)) == SOUNDS


def test_no_word_that_turns_a_sentence_round_is_passed_over(book: Formulary) -> None:
    assert set(book.vocabulary.search.negations) & set(book.vocabulary.search.passed_over) == set()
