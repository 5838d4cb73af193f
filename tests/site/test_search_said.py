"""What the search says of words that it did not find as they were typed, of two medicines at once, and of what is denied."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.support.asking import Answer
from tests.support.screens import HERE, answered

# What the box says of what it did not find as it was typed.
SAID = {
    "???": "Nothing found for “???”.",
    "😀": "Nothing found for “😀”.",
    "אפיקסבן": "Nothing found for “אפיקסבן”.",
    "阿哌沙班": "Nothing found for “阿哌沙班”.",
    "1,500 mg": "Nothing found for “1,500 mg”.",
    "82.5 kg": "Nothing found for “82.5 kg”.",
    "amoxicillin 80 mg": "No page has “80 mg”. 1 medicine, 0 places in the text.",
    "fridge": "No page has “fridge”. Looked for instead: storage, refrigerate.",
    "kids": "No page has “kid”. Looked for instead: children, pediatric.",
    "omeprazole": "No page has “omeprazole”. Looked for instead: proton pump inhibitor.",
    "naproxen": "“naproxen” was looked for also as: NSAID.",
    "colo": "No page has “colo”. These begin so: ",
    "contraindicaton": "No page has “contraindicaton”. Near miss: contraindication.",
    "ibuprofin": "No page has “ibuprofin”. Near miss: ibuprofen.",
    "eliquis alcohol": "No page of Apixaban (Eliquis, Eliquis Sprinkle) has “alcohol”. 1 medicine, 0 places in the text.",
    "roctavian warfarin": "“warfarin” was looked for also as: anticoagulant. No page of Valoctocogene roxaparvovec (Roctavian) has “warfarin”.",
    "foetal harm": "no place has all of these words;",
    '"kidney banana"': "Nothing found word for word.",
    "“kidney banana”": "Nothing found word for word.",
    "not studying": "No page has “studying”.",
}


@pytest.mark.parametrize(("words", "said"), SAID.items(), ids=SAID)
def test_what_is_said_of_what_was_not_found_as_it_was_typed(ask: Callable[[str], Answer], words: str, said: str) -> None:
    assert said in ask(words).said


# Gives the names of entries of search.yml that no page holds.
NOWHERE = """async () => {
    const known = await lookup.open();
    const found = await Promise.all([...known.synonyms, ...known.groups].map(async ([said]) => {
        const cut = finder.words(said);
        return said.endsWith("-") ? (await lookup.slot(known, cut[0])).of.length : (await lookup.wholly(known, cut)).length;
    }));
    return [...known.synonyms, ...known.groups].map(([said]) => said).filter((_, at) => !found[at]);
}"""


def test_every_other_word_leads_to_a_page(search_tab: Page) -> None:
    search_tab.fill(".md-search__input", "dose")
    answered(search_tab, "dose")
    assert search_tab.evaluate(NOWHERE) == []


@pytest.mark.parametrize("missing", ["assets/javascripts/words.js", "search/names.js"])
def test_a_search_of_which_a_part_is_missing_says_so(browser: Browser, address: str, missing: str) -> None:
    """As when the site is put there anew while somebody reads: the browser holds an old page, and asks for what is there no more."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.route(f"**/{missing}", lambda route: route.abort())
    page.goto(f"{address}{HERE}?h=dose")
    faults.clear()  # a script that needs the missing one may say so
    page.fill(".md-search__input", "dose")
    page.wait_for_function("document.querySelector('.md-search-result__meta').textContent.startsWith('The search is not there')")
    assert faults == [] and page.locator(".search-lists a").first.is_visible()
    page.close()


def test_a_page_that_hands_over_what_was_not_asked_for_is_not_shown(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.route(
        "**/search/pages/**", lambda route: route.fulfill(body='sought("page","monographs/other",["Other",[["","Other",[],"text"]]])')
    )
    page.goto(f"{address}{HERE}")
    page.fill(".md-search__input", "dose")
    page.wait_for_function("document.querySelector('.md-search-result__meta').textContent.startsWith('The search is not there')")
    assert page.locator(".md-search-result__link").count() == 0
    page.close()


# Of two medicines what the pages of one say of the other: by its name, else by what it is; each with words that a result has to show.
PAIRS = {
    "apixaban\nmethotrexate": [("apixaban/", "interactions", ""), ("methotrexate/", "interactions", "Oral anticoagulants")],
}


@pytest.mark.parametrize(("words", "expected"), PAIRS.items(), ids=PAIRS)
def test_two_medicines_show_what_each_says_of_interactions(
    ask: Callable[[str], Answer], words: str, expected: list[tuple[str, str, str]]
) -> None:
    answer = ask(words)
    found = dict(zip(answer.results, answer.texts, strict=True))
    assert "no place names both; look at what each says of interactions" in answer.said
    assert [each for each in expected if each[2] not in found.get((f"monographs/{each[0]}", each[1]), "nothing")] == []
    # Where the other one is not spoken of the section shows how it begins, and no line that only has its own name.
    for page, section, words_ in expected:
        assert words_ or found[f"monographs/{page}", section].endswith("…")


# Where a page names the other medicine, the place that does is shown with the line that says so.
NAMED = {
    "methotrexate amoxicillin": ("amoxicillin/", "interactions", "The labels of amoxicillin do not name it"),
    "amoxicillin and apixaban": ("amoxicillin/", "interactions", "not useful to monitor apixaban"),
}


@pytest.mark.parametrize(("words", "expected"), NAMED.items(), ids=NAMED)
def test_of_two_medicines_the_place_that_names_both_is_shown(
    ask: Callable[[str], Answer], words: str, expected: tuple[str, str, str]
) -> None:
    answer = ask(words)
    found = dict(zip(answer.results, answer.texts, strict=True))
    assert "no place names both" not in answer.said
    assert expected[2] in found[f"monographs/{expected[0]}", expected[1]]


def test_of_two_medicines_each_is_asked_what_else_was_asked(ask: Callable[[str], Answer]) -> None:
    results = ask("apixaban methotrexate kidney").results
    assert {("monographs/apixaban/", "renal-impairment"), ("monographs/methotrexate/", "renal-and-hepatic-impairment")} <= {*results[:6]}


@pytest.mark.parametrize("words", ["hemgenix vs roctavian", "compare roctavian with hemgenix"])
def test_two_that_are_compared_lead_to_the_comparison(ask: Callable[[str], Answer], words: str) -> None:
    places = [page for page, section in ask(words).results if section]
    assert places[0] == "compare/hemophilia-gene-therapies/"


def test_what_is_denied_finds_no_approval(ask: Callable[[str], Answer]) -> None:
    """Who asks for what is not licensed is not shown what is."""
    for words in ("not licensed", "unlicensed", "not approved"):
        answer = ask(words)
        assert answer.results and not [
            marks for marks in answer.marks[:3] if not any("Off-label" in mark or "Research" in mark for mark in marks)
        ]


def test_a_short_word_that_was_typed_to_its_end_names_no_medicine_that_begins_so(ask: Callable[[str], Answer]) -> None:
    assert [page for page, section in ask("PE").results if not section and page != "monographs/apixaban/"] == []
    assert "medicine" not in ask("PO").said and "medicine" not in ask("bleeding").said and "medicine" not in ask("do not give").said


def test_a_figure_is_never_completed(ask: Callable[[str], Answer]) -> None:
    assert [text for text in ask("apixaban 1 mg").texts if "1 mg" not in text.replace("\u00a0", " ")] == []
    assert ask("87").said.startswith("Nothing found") or "875" not in " ".join(ask("87").texts)


def test_a_section_that_only_heads_others_says_what_they_are(ask: Callable[[str], Answer]) -> None:
    answer = ask("eliquis dose")
    found = dict(zip(answer.results, answer.texts, strict=True))
    assert "In parts: Adults; Children; Renal impairment" in found["monographs/apixaban/", "dosage"]


def test_a_long_paste_is_answered_by_its_beginning(ask: Callable[[str], Answer]) -> None:
    answer = ask("apixaban missed dose " + "lorem ipsum " * 3000)
    assert ("monographs/apixaban/", "missed-dose") in answer.results
