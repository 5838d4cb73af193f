"""The other forms of the offline copy: one monograph as one file, on paper, and the ZIM for Kiwix in its own reader."""

import re
import shutil
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from bench.built import copied
from macros.site.notices import text
from tests.conftest import MEDICINE, ROOT
from tests.support.forked import run

pytestmark = pytest.mark.build


def needs(program: str) -> pytest.MarkDecorator:
    """Leaves a test out, and says so, where the program is not installed."""
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")


@pytest.fixture(scope="module")
def one_file(offline: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The monograph as one file, alone in a folder."""
    (made,) = (offline / "forms").glob(f"{MEDICINE}-*.html")
    return Path(shutil.copy(made, tmp_path_factory.mktemp("mailed é #1")))


@pytest.mark.parametrize("width", [1400, 390])
def test_one_file_opens_alone_and_asks_for_nothing(browser: Browser, one_file: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(one_file.as_uri())
    assert (asked, errors) == ([one_file.as_uri()], [])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(f'[data-fact="{MEDICINE}/dose/standard"]').first.is_visible()
    context.close()


def test_one_file_names_the_works_that_it_carries(one_file: Path) -> None:
    style = LexborHTMLParser(one_file.read_text("utf-8")).css_first("style")
    assert style is not None
    assert style.text().lstrip().startswith("/*\n" + text().replace("*/", "* /") + "*/")


def test_one_file_links_only_within_itself_or_out(one_file: Path) -> None:
    tree = LexborHTMLParser(one_file.read_text("utf-8"))
    ids = {node.attributes["id"] for node in tree.css("[id]")}
    links = [node.attributes["href"] for node in tree.css("a[href]")]
    assert [link for link in links if not (link[0] == "#" and link[1:] in ids) and not re.match("https?://|mailto:", link)] == []
    assert len(links) > 100
    assert tree.css("link, script[src], img, iframe") == []


def test_one_file_says_until_when_it_may_be_used(one_file: Path) -> None:
    said = " ".join(LexborHTMLParser(one_file.read_text("utf-8")).css_first("main").text().split())
    assert re.search(r"Version inputs-[0-9a-f]{12}\. Sources checked \d+ \w+ \d{4}\. Use until \d+ \w+ \d{4}\.", said)


@needs("pdftotext")
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_every_sheet_says_which_edition_it_is(browser: Browser, one_file: Path, tmp_path: Path, paper: str) -> None:
    page = browser.new_page()
    page.goto(one_file.as_uri())
    page.pdf(path=tmp_path / "printed.pdf", format=paper)
    page.close()
    printed = subprocess.run(["pdftotext", tmp_path / "printed.pdf", "-"], capture_output=True, text=True, check=True).stdout
    sheets = [" ".join(sheet.split()) for sheet in printed.rstrip("\f\n").split("\f")]
    line = re.compile(r"Valoctocogene roxaparvovec .*version inputs-\w+, use until .*Printed copy: check for a newer one\.")
    assert [number for number, sheet in enumerate(sheets, 1) if not line.search(sheet)] == []
    assert 5 < len(sheets) < 15


REFUSED = {
    "no such medicine": (["page", "valoctocogene"], f"there is no monograph 'valoctocogene'; did you mean '{MEDICINE}'?\n"),
    "a path": (["page", "../valoctocogene"], f"there is no monograph '../valoctocogene'; did you mean '{MEDICINE}'?\n"),
    "no zimwriterfs": (
        ["zim"],
        "zimwriterfs is not installed; install it (on Debian: apt install zim-tools), then run the same command again\n",
    ),
}


@pytest.mark.parametrize(("words", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_made_is_refused_in_a_sentence(tmp_path: Path, words: list[str], said: str) -> None:
    project = copied(ROOT, tmp_path)
    done = run(project, *words, PATH="")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", said)
    assert not (project / "dist").exists()


@pytest.fixture(scope="module")
def zim(offline: Path) -> Path:
    """The file for Kiwix."""
    (made,) = (offline / "forms").glob("monographs-*.zim")
    return made


@needs("zimwriterfs")
def test_the_zim_passes_the_check_of_its_makers(zim: Path) -> None:
    done = subprocess.run(["zimcheck", zim], capture_output=True, text=True, check=False)
    assert (done.returncode, "Overall Test Status: Pass" in done.stdout) == (0, True), done.stdout


@pytest.fixture(scope="module")
def kiwix(zim: Path) -> Iterator[str]:
    """Where Kiwix's own server shows the file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["kiwix-serve", "--address", "127.0.0.1", "--port", str(port), zim]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        assert "running" in server.stdout.readline()  # it says so once it answers
        yield f"http://127.0.0.1:{port}/"
        server.terminate()


@needs("zimwriterfs")
@needs("kiwix-serve")
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("catalog/v2/entries", "<title>Sourced Monographs</title>"),
        ("catalog/v2/entries", "CC BY 4.0."),
        ("catalog/v2/entries", "<language>eng</language>"),
        ("{zim}/index.html", "Find a medicine"),
        (f"{{zim}}/monographs/{MEDICINE}/index.html", "6 × 10¹³ vg/kg"),
        ("search?pattern=antibodies", f"monographs/{MEDICINE}/index.html"),
    ],
    ids=["title", "licence", "language", "home", "monograph", "full text"],
)
def test_kiwix_shows_and_finds(kiwix: str, zim: Path, path: str, said: str) -> None:
    with urllib.request.urlopen(kiwix + path.format(zim=zim.stem)) as answer:
        text = answer.read().decode("utf-8").replace("\u00a0", " ")
    assert said in text


@needs("zimwriterfs")
@needs("kiwix-serve")
def test_the_search_of_the_site_works_in_kiwix(browser: Browser, kiwix: str, zim: Path) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(f"{kiwix}{zim.stem}/index.html")
    page.click(".md-search__input")
    page.keyboard.type("valrox")
    page.wait_for_selector(".md-search-result__link")
    found = page.eval_on_selector_all(".md-search-result__link", "links => links.map(a => a.href)")
    assert any(f"monographs/{MEDICINE}/index.html" in link for link in found), found
    page.close()
