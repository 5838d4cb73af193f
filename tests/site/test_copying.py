"""What lands on the clipboard: figures whole, and what is research or off-label says so, wherever the selection begins."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support import firefox
from tests.support.copies import made, unzipped
from tests.support.screens import HERE, MEDICINE

# Selects from the beginning of one element to the end of another.
SELECT = """([from, to]) => {
    const range = document.createRange(), end = document.querySelector(to);
    range.setStart(document.querySelector(from), 0);
    range.setEnd(end, end.childNodes.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""
RESEARCH = "[Research only – not an approved use: topics under study]"
OFF_LABEL = "[Off-label – outside the approved label: a payer's criteria]"
DOSE = f'.card [data-fact="{MEDICINE}/dose/standard"] .value'


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """A tab from which the tests may copy."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


@pytest.fixture
def page(tab: Page, address: str) -> Page:
    """The monograph, opened anew."""
    tab.goto(address + HERE)
    return tab


def copied(page: Page, begin: str, end: str = "") -> str:
    """The plain text on the clipboard after that part of the page was copied by keys."""
    page.evaluate(SELECT, [begin, end or begin])
    page.keyboard.press("Control+C")
    return page.evaluate("navigator.clipboard.readText()").replace("\u00a0", " ")


def test_what_is_approved_is_copied_as_it_stands(page: Page) -> None:
    assert copied(page, DOSE) == "6 × 10¹³ vg/kg as a single dose, by intravenous infusion"


MARKED = {
    "an-item": (".admonition.research li", ".admonition.research li", RESEARCH),
    "a-part-of-an-item": (".admonition.research li strong", ".admonition.research li strong", RESEARCH),
    "the-end-of-a-block-and-on": (".admonition.research li:last-child", ".admonition.research ~ p", RESEARCH),
    "off-label": (".admonition.off-label li", ".admonition.off-label li", OFF_LABEL),
    "the-end-of-the-heading": (".admonition.research .headerlink", ".admonition.research li", RESEARCH),
}


@pytest.mark.parametrize(("begin", "end", "mark"), MARKED.values(), ids=MARKED.keys())
def test_what_is_marked_takes_the_mark_along(page: Page, begin: str, end: str, mark: str) -> None:
    text = copied(page, begin, end)
    first, _, rest = text.partition("\n")
    assert first == mark and rest.strip()
    shown = page.evaluate("getSelection().toString()").replace("\u00a0", " ")
    assert rest.split() == shown.split()
    assert mark not in rest


WHOLE = {
    "the-block": (".admonition.research", ".admonition.research li"),
    "from-above-it": ("h1", ".admonition.research li"),
    "the-approved": (".admonition.approved li, .badge + * li, ul.facts li", ""),
}


@pytest.mark.parametrize(("begin", "end"), WHOLE.values(), ids=WHOLE.keys())
def test_what_holds_its_heading_or_needs_none_is_left_alone(page: Page, begin: str, end: str) -> None:
    assert "[Research only" not in copied(page, begin, end) and "[Off-label" not in copied(page, begin, end)


def test_exponents_survive_beside_the_mark_and_nothing_is_said_twice(page: Page) -> None:
    page.evaluate(
        """dose => document.querySelector(".admonition.research li").append(document.querySelector(dose).cloneNode(true))""", DOSE
    )
    text = copied(page, ".admonition.research li .value:last-child")
    assert text == f"{RESEARCH}\n6 × 10¹³ vg/kg as a single dose, by intravenous infusion"
    html = page.evaluate("""() => navigator.clipboard.read().then(([item]) => item.getType("text/html")).then(blob => blob.text())""")
    assert RESEARCH in html and "10¹³" in html and "vector genomes" not in html.replace('title="vector genomes', "")


def test_what_is_typed_is_not_touched(page: Page) -> None:
    page.evaluate(SELECT, [".admonition.research li", ".admonition.research li"])
    page.locator(".md-search__input").fill("valrox")
    page.locator(".md-search__input").select_text()
    page.keyboard.press("Control+C")
    assert page.evaluate("navigator.clipboard.readText()") == "valrox"


# What the script writes for a copy that no key asked for: from a disk no test may read the clipboard.
DISPATCHED = """() => {
    const data = new DataTransfer(), event = new Event("copy", {bubbles: true});
    Object.defineProperty(event, "clipboardData", {value: data});
    (%s)([".admonition.research li", ".admonition.research li"]);
    document.querySelector(".admonition.research li").dispatchEvent(event);
    return data.getData("text/plain");
}"""


@pytest.fixture(scope="module")
def disk(offline: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the monograph in an offline copy on a disk."""
    return (unzipped(made(offline), tmp_path_factory.mktemp("disk")) / f"site/{HERE}index.html").as_uri()


def test_a_copy_marks_from_a_disk_too(visited: Callable[[str, str], Page], disk: str) -> None:
    assert visited("wide-light", disk).evaluate(DISPATCHED % SELECT).startswith(RESEARCH)


@pytest.mark.browser
def test_firefox_marks_and_says_nothing_twice(disk: str, tmp_path: Path) -> None:
    path = firefox.found()
    if path is None:
        pytest.skip("no Firefox is installed")
    with firefox.started(path, tmp_path) as started:
        tab = started.tab()
        tab.goto(disk)
        tab.run(f"""document.querySelector(".admonition.research li").prepend(document.querySelector('{DOSE}').cloneNode(true))""")
        text = tab.run(f"({DISPATCHED % SELECT})()").replace("\u00a0", " ")
        assert text.startswith(f"{RESEARCH}\n6 × 10¹³ vg/kg as a single dose, by intravenous infusion") and "times 10" not in text
