"""The offline copy, unzipped into an awkward folder, in real browsers from the disk, with no server and no network."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import url2pathname

import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from bench.built import served
from macros.formulary.load import load
from macros.formulary.words import full_date
from macros.site.edition import edition
from tests.conftest import MEDICINE
from tests.support import firefox
from tests.support.copies import MADE, RECALLED, made, unzipped

pytestmark = pytest.mark.browser
HERE = f"site/monographs/{MEDICINE}/index.html"
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def copy(offline: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy, unzipped where its path has all that addresses stumble over."""
    return unzipped(made(offline), tmp_path_factory.mktemp("offline") / "a b é #1 100% ?")


@pytest.fixture(scope="module")
def mozilla(tmp_path_factory: pytest.TempPathFactory) -> Iterator[firefox.Firefox]:
    """A real Firefox."""
    path = firefox.found()
    if path is None:
        pytest.skip("no Firefox is installed")
    with firefox.started(path, tmp_path_factory.mktemp("profile")) as running:
        yield running


class _Chromium:
    """A page of Chromium, cut off from the network and without motion, with what the tests ask of a tab."""

    def __init__(self, browser: Browser, before: str) -> None:
        self._context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True, reduced_motion="reduce")
        self._context.add_init_script(before)
        self._page = self._context.new_page()
        self.asked: list[str] = []
        self.errors: list[str] = []
        self._page.on("request", lambda request: self.asked.append(request.url))
        self._page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self._page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.goto, self.run, self.close = self._page.goto, self._page.evaluate, self._context.close

    def resize(self, width: int) -> None:
        """Makes the page so many pixels wide."""
        self._page.set_viewport_size({"width": width, "height": 900})


@pytest.fixture(params=["chromium", "firefox"])
def tab(request: pytest.FixtureRequest) -> Iterator[Open]:
    """Opens tabs of one browser or the other, and closes them."""
    opened = []

    def make(before: str = "") -> Any:
        if request.param == "chromium":
            opened.append(_Chromium(request.getfixturevalue("browser"), before))
        else:
            opened.append(request.getfixturevalue("mozilla").tab(before))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


def until(condition: str) -> str:
    """A promise that the condition comes true; it gives up after half a minute, when nothing can be expected any more."""
    look = f"const look = left => ({condition}) ? done(true) : left ? setTimeout(look, 20, left - 1) : failed(new Error('never'));"
    return f"new Promise((done, failed) => {{ {look} look(1500); }})"


def foreign(asked: list[str]) -> list[str]:
    """What was asked for that is not on the disk."""
    return [address for address in asked if urlsplit(address).scheme not in ("file", "data", "blob", "about")]


def pages(copy: Path) -> list[Path]:
    """Every page of the copy."""
    return sorted(copy.rglob("*.html"))


def test_the_log_sees_a_request(tab: Open, tmp_path: Path) -> None:
    (tmp_path / "asks.html").write_text('<!doctype html><img src="http://192.0.2.1/x.png">', "utf-8")
    asking = tab()
    asking.goto((tmp_path / "asks.html").as_uri())
    assert [urlsplit(address).netloc for address in foreign(asking.asked)] == ["192.0.2.1"]


def test_every_page_opens_without_a_request_or_an_error(tab: Open, copy: Path) -> None:
    reader = tab()
    for page in pages(copy):
        reader.goto(page.as_uri())
        assert reader.run("document.querySelector('h1').checkVisibility()"), page
    assert (foreign(reader.asked), reader.errors) == ([], [])
    assert len(pages(copy)) > 15


def test_every_link_leads_to_a_file_and_an_anchor(copy: Path) -> None:
    trees = {page: LexborHTMLParser(page.read_text("utf-8")) for page in pages(copy)}
    ids = {page: {node.attributes["id"] for node in tree.css("[id]")} for page, tree in trees.items()}
    dead, count = [], 0
    for page, tree in trees.items():
        for node in tree.css("a[href],link[href],script[src],img[src]"):
            address = urljoin(page.as_uri(), node.attributes.get("href") or node.attributes.get("src"))
            parts = urlsplit(address)
            if parts.scheme == "file":
                count += 1
                leads_to = Path(url2pathname(parts.path))
                known = ids.get(leads_to)
                if not leads_to.is_file() or (parts.fragment and known is not None and unquote(parts.fragment) not in known):
                    dead.append((page.name, node.attributes.get("href") or node.attributes.get("src")))
    assert (dead, count > 1000) == ([], True)


def test_start_here_leads_to_the_site(tab: Open, copy: Path) -> None:
    reader = tab()
    reader.goto((copy / "START-HERE.html").as_uri())
    assert reader.run("[...document.querySelectorAll('.unzip, .open')].map(each => each.checkVisibility())") == [False, True]
    assert reader.run("document.querySelector('.open').href") == (copy / "site/index.html").as_uri()


def test_start_here_inside_the_zip_says_to_extract_all(tab: Open, copy: Path, tmp_path: Path) -> None:
    alone = tmp_path / "START-HERE.html"
    alone.write_bytes((copy / "START-HERE.html").read_bytes())
    reader = tab()
    reader.goto(alone.as_uri())
    assert reader.run("[...document.querySelectorAll('.unzip, .open')].map(each => each.checkVisibility())") == [True, False]


# A name, a slip, a code, a page, a word of the text, a question: from a disk each finds what it finds on a server.
SEARCHES = ["valrox", "roctavain", "0053-0300-30", "roctavian dose sheet", "leukemia", "can I give it in pregnancy"]
FOUND = """Promise.all(%s.map(words => finder.find(words).then(found => finder.next(found, {at: 0, pages: new Map()}, 10).then(hits => ({
    medicines: found.medicines.map(([number]) => found.known.medicines[number][1][0]), near: found.near.map(([number]) => number),
    hits: hits.map(hit => [hit.title, hit.anchor, hit.marks, hit.lines]),
})))))"""


@pytest.fixture(scope="module")
def hosted(browser: Browser, copy: Path) -> list[Any]:
    """What these questions find in the same files on a server."""
    with served(copy / "site") as address:
        page = browser.new_page()
        page.goto(address)
        found: list[Any] = page.evaluate(FOUND % json.dumps(SEARCHES))
        page.close()
    return found


def test_the_disk_answers_as_the_server_does(tab: Open, copy: Path, hosted: list[Any]) -> None:
    reader = tab()
    reader.goto((copy / "site/index.html").as_uri())
    assert reader.run(FOUND % json.dumps(SEARCHES)) == hosted
    assert [bool(each["medicines"] or each["near"] or each["hits"]) for each in hosted] == [True] * len(SEARCHES)
    assert (foreign(reader.asked), reader.errors) == ([], [])


def test_a_result_leads_to_its_file(tab: Open, copy: Path) -> None:
    reader = tab()
    reader.goto((copy / "site/index.html").as_uri() + "?q=valrox")
    reader.run(until("document.querySelector('.md-search-result__link')"))
    assert reader.run("document.querySelector('.md-search-result__link').href") == (copy / HERE).as_uri()


def test_a_result_is_marked_in_the_list_and_on_its_page(tab: Open, copy: Path) -> None:
    reader = tab()
    reader.goto((copy / "site/index.html").as_uri() + "?q=research%20only")
    reader.run(until("document.querySelector('.md-search-result__link')"))
    said = reader.run(
        "[...document.querySelectorAll('.md-search-result__link')].filter(a => a.href.includes('research-only'))"
        ".map(a => a.querySelector('h1, h2').textContent + ' | ' + [...a.querySelectorAll('.md-tag')].map(tag => tag.textContent))"
    )
    assert said
    assert [each for each in said if not re.fullmatch(r"Research only – not an approved use.*\| (?:⚠ [^⚗✓]+,)?⚗ Research only", each)] == []
    reader.goto(f"{(copy / HERE).as_uri()}?h=efavirenz")
    reader.run(until("document.querySelector('mark')"))
    assert reader.run("document.querySelector('mark').textContent").lower() == "efavirenz"


def test_an_abbreviation_is_explained(tab: Open, copy: Path) -> None:
    reader = tab()
    reader.goto((copy / HERE).as_uri())
    assert reader.run("document.querySelector('abbr[title]').title")


def days(copy: Path, offline: Path) -> dict[str, tuple[str, list[bool]]]:
    """Days of the reader's clock, and whether the two banners are seen then: out of date, and a clock that is wrong."""
    this = edition(offline, load(offline, MADE)[0], MADE)
    return {
        "before it was made": ((MADE - timedelta(days=1)).isoformat(), [False, True]),
        "the day it was made": (MADE.isoformat(), [False, False]),
        "the last day": (this.until.isoformat(), [False, False]),
        "after the last day": ((this.until + timedelta(days=1)).isoformat(), [True, False]),
    }


@pytest.mark.parametrize("when", ["before it was made", "the day it was made", "the last day", "after the last day"])
def test_each_page_says_when_the_copy_is_too_old(tab: Open, copy: Path, offline: Path, when: str) -> None:
    day, seen = days(copy, offline)[when]
    clock = f"const Real = Date, at = new Real('{day}T12:00'); Date = class extends Real {{ constructor(...given) {{ given.length ? super(...given) : super(at) }} }};"
    reader = tab(before=clock)
    for page in ("site/index.html", HERE, "site/about/offline.html"):
        reader.goto((copy / page).as_uri())
        for width in (390, 1400):
            reader.resize(width)
            banners = reader.run("[...document.querySelectorAll('.edition-over, .edition-clock')].map(each => each.checkVisibility())")
            assert (page, width, banners) == (page, width, seen)
            assert reader.run("document.documentElement.scrollWidth") <= width


def test_each_page_prints_its_edition_as_text(copy: Path, offline: Path) -> None:
    this = edition(offline, load(offline, MADE)[0], MADE)
    wanted = [this.version, full_date(this.until), full_date(this.checked), f"Destroy offline copies of these versions: {RECALLED[0]}"]
    for page in pages(copy / "site"):
        said = " ".join(LexborHTMLParser(page.read_text("utf-8")).body.text().split())
        assert [words for words in wanted if " ".join(words.split()) not in said] == [], page


def test_without_scripts_all_but_the_search_is_there(browser: Browser, copy: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((copy / "START-HERE.html").as_uri())
    page.click("text=Open the monographs")
    page.get_by_role("navigation").get_by_role("link", name="A to Z").first.click()
    page.locator("article a", has_text="Roctavian").first.click()
    assert page.url == (copy / HERE).as_uri()
    assert page.locator(f'[data-fact="{MEDICINE}/dose/standard"]').first.is_visible()
    page.goto((copy / "site/monographs/index.html").as_uri())
    assert page.locator("article a", has_text="valoctocogene roxaparvovec").first.is_visible()
    context.close()
