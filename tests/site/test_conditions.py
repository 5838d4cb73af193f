"""Every figure that holds only under a condition, of every medicine, wherever readers meet it: it never stands there without.

The facts follow from the data, the pages from the built site, so a new medicine is tried as it comes.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from macros.formulary.book import Formulary
from macros.formulary.values import Day, Gap, Regimen, Statement
from macros.render.desk import Desk
from macros.render.markup import plain_condition
from tests.support.screens import answered


class Held(NamedTuple):
    """A figure, "" for a sentence, and what has to stand with it: for whom it is, and under which condition."""

    figure: str
    limits: tuple[str, ...]

    def stands(self, said: str) -> bool:
        """Whether the text shows the figure, and not as the end of another."""
        return re.search(rf"(?<![\d.,–]){re.escape(self.figure)}", said) is not None

    def apart(self, said: str) -> bool:
        """Whether the text shows the figure and not all that it holds under."""
        return self.stands(said) and not all(limit in said for limit in self.limits)


def tidy(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.fixture(scope="module")
def held(book: Formulary) -> dict[str, Held]:
    """Each fact that holds for a group or under a condition."""
    found = {}
    for name, fact in book.facts.items():
        desk = Desk(book, fact.slug, path=f"monographs/{fact.slug}/index.md")
        limits = [plain_condition(desk, fact)] if fact.condition else []
        figure = "" if isinstance(fact.value, Gap | Statement) else fact.value.written(book.vocabulary)
        if isinstance(fact.value, Regimen):
            figure = fact.value.dose(book.vocabulary)
            limits += fact.value.group.parts(book.vocabulary)
        if limits:
            found[name] = Held(tidy(figure), tuple(tidy(limit) for limit in limits))
    return found


@pytest.fixture(scope="module")
def figures(book: Formulary, held: dict[str, Held]) -> dict[str, Held]:
    """Those of them that can be told by their figure in a line of many facts; a date is none."""
    return {name: each for name, each in held.items() if re.search(r"\d", each.figure) and not isinstance(book.facts[name].value, Day)}


@pytest.fixture(scope="module")
def pages(copy: Path) -> list[str]:
    return sorted(str(page.relative_to(copy / "site")) for page in (copy / "site").rglob("*.html"))


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """A tab from which the tests may copy."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


# What is seen of each of these facts, by the kind of place; of a figure in a sentence, or computed in a cell, what is around it.
SEEN = """names => [...document.querySelectorAll("[data-fact]")].filter(each => names.includes(each.dataset.fact)).map(each => {
    const around = each.matches("span") ? each.closest("td, li, p, caption") || each : each;
    const texts = document.createTreeWalker(around, NodeFilter.SHOW_TEXT);
    let said = "";
    while (texts.nextNode()) {
        const holder = texts.currentNode.parentElement;
        if (!holder.closest(".spoken, .cites") && holder.checkVisibility({visibilityProperty: true})) said += texts.currentNode.data;
    }
    const kind = each.closest(".card") ? "card" : each.closest("table") ? "table" : "text";
    return [each.dataset.fact, kind, said];
})"""


MEDIA: tuple[Literal["screen", "print"], ...] = ("screen", "print")


@pytest.fixture(scope="module")
def seen(tab: Page, address: str, pages: list[str], held: dict[str, Held]) -> dict[str, list[tuple[str, str, str, str]]]:
    """The page of each of these facts wherever it is seen, the fact, the kind of place and what is seen there, on a screen and on paper."""
    found: dict[str, list[tuple[str, str, str, str]]] = {media: [] for media in MEDIA}
    for page in pages:
        tab.goto(address + page)
        for media in MEDIA:
            tab.emulate_media(media=media)
            found[media] += [(page, name, kind, tidy(said)) for name, kind, said in tab.evaluate(SEEN, list(held))]
    tab.emulate_media(media="null")
    return found


@pytest.mark.parametrize("media", MEDIA)
def test_no_page_shows_a_figure_without_what_it_holds_under(
    seen: dict[str, list[tuple[str, str, str, str]]], held: dict[str, Held], media: str
) -> None:
    apart, whole = [], {"card": set[str](), "table": set[str](), "text": set[str](), "comparison": set[str]()}
    for page, name, kind, said in seen[media]:
        if held[name].apart(said):
            apart.append((page, kind, name, said))
        elif held[name].stands(said):
            whole["comparison" if page.startswith("compare/") else kind].add(name)
    assert apart == []
    assert all(whole.values()) and set().union(*whole.values()) == held.keys()


# Copies each of these facts by itself, and gives what a paste would hold.
FACTS = "names => [...document.querySelectorAll('article [data-fact]')].filter(each => names.includes(each.dataset.fact)).length"
SELECT = """([names, at]) => {
    const each = [...document.querySelectorAll("article [data-fact]")].filter(each => names.includes(each.dataset.fact))[at];
    const around = each.matches("span") ? each.closest("td, li, p, caption") || each : each;
    getSelection().selectAllChildren(around);
    return each.dataset.fact;
}"""


def test_what_is_copied_of_a_fact_holds_what_it_holds_under(tab: Page, address: str, book: Formulary, held: dict[str, Held]) -> None:
    apart, copied = [], set()
    for where in (*(f"monographs/{slug}/" for slug in book.monographs), "compare/hemophilia-gene-therapies/"):
        tab.goto(address + where)
        for at in range(tab.evaluate(FACTS, list(held))):
            name = tab.evaluate(SELECT, [list(held), at])
            tab.keyboard.press("Control+C")
            said = tidy(tab.evaluate("navigator.clipboard.readText()"))
            copied.add(name.partition("/")[0])
            if held[name].apart(said):
                apart.append((where, name, said))
    assert (apart, copied) == ([], set(book.monographs))


def test_no_line_of_the_search_holds_a_figure_without_what_it_holds_under(
    copy: Path, book: Formulary, pages: list[str], held: dict[str, Held], figures: dict[str, Held]
) -> None:
    apart, whole = [], set()
    for page in pages:
        file = copy / "site/search/pages" / f"{page.removesuffix('/index.html')}.js"
        if not file.exists():
            continue
        lines = [tidy(line) for line in strings(json.loads(file.read_text("utf-8").partition(",")[2].partition(",")[2].rpartition(")")[0]))]
        for name, each in figures.items():
            for line in filter(each.stands, lines):
                if not each.apart(line):
                    whole.add(name)
                elif page.startswith(f"monographs/{book.facts[name].slug}/") and not of_another(book, held, name, line):
                    apart.append((page, name, line))
    assert (apart, figures.keys() - whole) == ([], set())


# The example is computed for one weight, which it names in other words.
EXAMPLE = "Example: a patient who weighs 70 kg."


def of_another(book: Formulary, held: dict[str, Held], name: str, line: str) -> bool:
    """Whether the same figure in the line is that of another fact of the medicine, which stands there whole."""
    if line.startswith(EXAMPLE) and held[name].limits == ("for a body weight of 70 kg",):
        return True
    for other, fact in book.facts.items():
        if fact.slug == book.facts[name].slug and other != name and not isinstance(fact.value, Gap):
            whole = held.get(other) or Held(tidy(fact.value.written(book.vocabulary)), ())
            if held[name].figure in whole.figure and whole.stands(line) and not whole.apart(line):
                return True
    return False


def strings(data: object) -> Iterator[str]:
    """Every text in it."""
    if isinstance(data, str):
        yield from data.splitlines()
    elif isinstance(data, list):
        for each in data:
            yield from strings(each)


def test_a_result_of_the_search_shows_a_figure_with_what_it_holds_under(
    tab: Page, address: str, book: Formulary, held: dict[str, Held], figures: dict[str, Held]
) -> None:
    apart, whole = [], set()
    tab.goto(address)
    for name, each in figures.items():
        fact = book.facts[name]
        question = f"{book.monographs[fact.slug].medicine.inn} {fact.title} {each.limits[0]}"
        tab.fill(".md-search__input", "")
        tab.fill(".md-search__input", question)
        answered(tab, question)
        for line in map(tidy, tab.eval_on_selector_all(".md-search-result__link p", "all => all.map(each => each.textContent)")):
            if each.stands(line) and not each.apart(line):
                whole.add(fact.slug)
            elif each.stands(line) and not of_another(book, held, name, line):
                apart.append((question, line))
    assert (apart, whole) == ([], set(book.monographs))
