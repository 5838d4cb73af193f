"""What a server sends with the hosted site: strict, computed from its pages, and nothing breaks under it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bench.built import run, served
from macros.finding import Refused
from macros.site.headers import NAME, for_hosts, for_nginx, headers, kept, of_site, policy, scripts
from tests.site.test_browser import PAGES
from tests.support import firefox
from tests.support.copies import made, unzipped
from tests.support.screens import search

SCRIPTS = {
    "inline": ("<script>a()</script>", {"a()"}),
    "with-a-type": ('<script type="module">a()</script><script type="TEXT/JavaScript">b()</script>', {"a()", "b()"}),
    "from-a-file": ('<script src="a.js"></script>', set()),
    "data": ('<script type="application/json">{}</script>', set()),
    "the-same-twice": ("<script>a()</script><p><script>a()</script>", {"a()"}),
    "spaces-count": ("<script>\n a() </script>", {"\n a() "}),
    "signs-are-not-read": ("<script>a(1<2&amp;&amp;3)</script>", {"a(1<2&amp;&amp;3)"}),
    "in-a-comment": ("<!-- <script>a()</script> -->", set()),
}


@pytest.mark.parametrize(("html", "expected"), SCRIPTS.values(), ids=SCRIPTS.keys())
def test_scripts_are_found(html: str, expected: set[str]) -> None:
    assert scripts(html) == expected


def test_policy_names_each_script_once_and_in_one_order() -> None:
    assert policy(["b()", "a()", "b()"]) == policy(["a()", "b()"])
    hashes = re.findall(r"'sha256-[^']+'", policy(["alert(1)", "a()"]))
    assert len(hashes) == 2 and "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='" in hashes


def test_every_header_for_a_page_with_one_script() -> None:
    assert headers(["alert(1)"]) == {
        "Content-Security-Policy": "default-src 'self'; script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='; "
        "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def test_both_forms_say_the_same() -> None:
    said = headers(["a()"])
    hosts = dict(line.strip().split(": ", 1) for line in for_hosts(said, []).splitlines()[1:])
    nginx = dict(re.findall(r'^add_header (\S+) "([^"]*)" always;$', for_nginx(said, ""), re.MULTILINE))
    assert hosts == nginx == said


def test_what_has_a_hash_of_its_content_in_its_name_is_kept(tmp_path: Path) -> None:
    hashed = [
        "assets/javascripts/bundle.0123abcd.min.js",
        "assets/stylesheets/main.0123abcd.min.css.map",
        "search/0123abcd/1.js",
        "search/0123abcd/20.js",
    ]
    others = [
        "index.html",
        "assets/css/page.css",
        "assets/javascripts/find.js",
        "assets/images/logo.svg",
        "search/names.js",
        "search/pages/a.js",
    ]
    for name in hashed + others:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = kept(tmp_path)
    assert found == ["/assets/javascripts/bundle.0123abcd.min.js", "/assets/stylesheets/main.0123abcd.min.css.map", "/search/0123abcd/*"]
    rules = for_hosts({"A": "b"}, found)
    assert rules == "/*\n  A: b\n" + "".join(f"{address}\n  Cache-Control: public, max-age=31536000, immutable\n" for address in found)
    pattern = re.search(r'if \(\$uri ~ "(.*)"\)', for_nginx({}, ""))
    assert pattern and [name for name in hashed + others if re.search(pattern[1], f"/below/{name}")] == hashed


@pytest.mark.parametrize(
    ("address", "page"), [("", "/404.html"), ("https://a.example/", "/404.html"), ("https://a.example/b/c/", "/b/c/404.html")]
)
def test_the_page_for_lost_readers_is_that_of_the_site(address: str, page: str) -> None:
    assert f"\nerror_page 404 {page};\n" in for_nginx({}, address)


def test_a_folder_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="run `make site` first"):
        of_site(tmp_path)


def test_the_site_brings_its_headers_and_they_are_strict(copy: Path) -> None:
    said = of_site(copy / "site")
    hashed = kept(copy / "site")
    assert (copy / "site" / NAME).read_text("utf-8") == for_hosts(said, hashed)
    assert [each.rpartition("/")[0] for each in hashed] == [
        *("/assets/javascripts",) * 2, *("/assets/stylesheets",) * 4, hashed[-1].removesuffix("/*"),
    ]  # fmt: skip
    strict = said["Content-Security-Policy"]
    assert strict.startswith("default-src 'self'; script-src 'self' 'sha256-")
    assert 1 <= strict.count("sha256-") <= 4
    assert not re.search(r"unsafe|\*|https?:|//", strict)
    assert max(map(len, for_hosts(said, []).splitlines())) < 2000  # a line that is longer is refused by some hosts


def test_the_command_prints_the_lines_of_nginx(copy: Path) -> None:
    done = run(copy, "headers")
    assert (done.returncode, done.stdout) == (0, for_nginx(of_site(copy / "site"), ""))


def test_copies_leave_the_headers_out(offline: Path, tmp_path: Path) -> None:
    assert [path.name for path in unzipped(made(offline), tmp_path).rglob(NAME)] == []


@pytest.fixture(scope="module")
def guarded(copy: Path) -> Iterator[str]:
    """Where the site is served with its headers."""
    with served(copy / "site", of_site(copy / "site")) as where:
        yield where


@pytest.fixture
def watched(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what its console complains about."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page, said
    page.close()


def test_no_page_breaks_under_its_headers(watched: tuple[Page, list[str]], guarded: str) -> None:
    page, said = watched
    for path in [*PAGES, "404.html"]:
        answer = page.goto(guarded + path, wait_until="load")
        assert answer and "content-security-policy" in answer.headers
    assert said == []


def test_search_and_the_change_of_colours_work_under_the_headers(watched: tuple[Page, list[str]], guarded: str) -> None:
    page, said = watched
    page.emulate_media(color_scheme="dark")
    page.goto(guarded)
    scheme = page.locator("body").get_attribute("data-md-color-scheme")
    page.locator("label[title='Switch to light mode']").click()
    assert (scheme, page.locator("body").get_attribute("data-md-color-scheme")) == ("slate", "default")
    page.goto(guarded + "glossary/")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "default"
    search(page)
    assert said == []


def test_no_page_breaks_in_firefox_either(guarded: str, tmp_path: Path) -> None:
    path = firefox.found()
    if path is None:
        pytest.skip("no Firefox is installed")
    with firefox.started(path, tmp_path, this_machine=True) as started:
        tab = started.tab()
        for page in [*PAGES, "404.html"]:
            tab.goto(guarded + page)
        assert tab.errors == []
        tab.run(f"(() => {{ {FOREIGN['script']} }})()")
        assert tab.run("window.got ?? 'nothing'") == "nothing"


FOREIGN = {
    "script": "const each = document.createElement('script'); each.textContent = 'window.got = 1'; document.body.append(each)",
    "style": "const each = document.createElement('style'); each.textContent = 'body { color: red }'; document.body.append(each)",
    "picture": "const each = new Image(); each.src = 'http://127.0.0.1:9/a.png'; document.body.append(each)",
    "handler": "document.body.setAttribute('onclick', 'window.got = 1'); document.body.click()",
}


@pytest.mark.parametrize("script", FOREIGN.values(), ids=FOREIGN.keys())
def test_what_does_not_belong_is_stopped(watched: tuple[Page, list[str]], guarded: str, script: str) -> None:
    page, said = watched
    page.goto(guarded + "glossary/")
    with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        page.evaluate(script)
    assert said and page.evaluate("window.got") is None
