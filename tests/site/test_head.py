"""What programs are told of each page: its language, name, description and, once the site has an address, its own and a picture."""

import struct
import zipfile
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from bench.built import copied
from macros.site.security import NAME
from tests.conftest import ROOT
from tests.support.copies import made
from tests.support.forked import agreed, run
from tests.support.screens import HERE

SITE = "https://example.org/medicines/"
ABSOLUTE = {"canonical", "og:url", "og:image"}


def told(page: Path) -> dict[str, str]:
    """What the head of the page says, by name."""
    tree = LexborHTMLParser(page.read_text("utf-8"))
    said = {"lang": tree.css_first("html").attributes["lang"] or "", "title": tree.css_first("title").text()}
    for node in tree.css("head meta"):
        said[node.attributes.get("name") or node.attributes.get("property") or ""] = node.attributes.get("content") or ""
    if link := tree.css_first("link[rel=canonical]"):
        said["canonical"] = link.attributes["href"] or ""
    return said


def test_every_page_has_a_name_a_description_and_a_language_and_no_address_before_the_site_has_one(copy: Path) -> None:
    heads = {page.relative_to(copy / "site").as_posix(): told(page) for page in (copy / "site").rglob("*.html")}
    wanted = ("title", "description", "og:title", "og:description", "og:site_name", "og:type")
    assert [name for name, head in heads.items() if head["lang"] != "en" or not all(head.get(key) for key in wanted)] == []
    assert [name for name, head in heads.items() if ABSOLUTE & head.keys()] == []
    titles = [head["title"] for head in heads.values()]
    assert len(set(titles)) == len(titles)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that has an address."""
    target = copied(ROOT, tmp_path_factory.mktemp("known"))
    settings = (target / "mkdocs.yml").read_text("utf-8")
    more = "extra:\n  report_mail: safety@example.org\n  security_until: '2027-06-30'\n"
    (target / "mkdocs.yml").write_text(settings.replace("extra:\n", more, 1) + f"site_url: {SITE}\n", "utf-8")
    done = run(agreed(target), "site")
    assert done.returncode == 0, done.stdout + done.stderr
    return target / "site"


@pytest.mark.parametrize("path", ["", HERE, "about/statuses/"], ids=["home", "monograph", "about"])
@pytest.mark.build
def test_a_site_with_an_address_names_it_and_a_picture_that_is_there(known: Path, path: str) -> None:
    head = told(known / path / "index.html")
    assert (head["canonical"], head["og:url"]) == (SITE + path, SITE + path)
    picture = known / head["og:image"].removeprefix(SITE)
    size = struct.unpack(">II", picture.read_bytes()[16:24])
    assert size == (1200, 630) == (int(head["og:image:width"]), int(head["og:image:height"]))
    assert picture.stat().st_size < 20_000


@pytest.mark.build
def test_the_page_for_lost_readers_of_a_site_below_a_path_leads_there(known: Path) -> None:
    page = LexborHTMLParser((known / "404.html").read_text("utf-8"))
    led = [
        node.attributes.get("href") or node.attributes.get("src") or ""
        for node in page.css("link[rel=stylesheet], script[src], a[href], img[src]")
    ]
    inside = [each.removeprefix("/medicines/").partition("#")[0] for each in led if each.startswith("/medicines/")]
    assert len(inside) > 20 and [each for each in led if not each.startswith(("/medicines/", "#", "mailto:"))] == []
    assert [
        each for each in inside if not (known / each / "index.html" if each.endswith("/") or each in ("", ".") else known / each).is_file()
    ] == []


@pytest.mark.build
def test_a_site_that_names_who_reads_of_holes_says_so_where_programs_look(known: Path, copy: Path) -> None:
    assert (known / NAME).read_text("utf-8") == (
        "Contact: mailto:safety@example.org\nExpires: 2027-06-30T00:00:00Z\nPreferred-Languages: en\n"
        "Canonical: https://example.org/medicines/.well-known/security.txt\n"
    )
    assert not (copy / "site" / NAME).exists()


def test_an_offline_copy_carries_no_picture_for_others(offline: Path) -> None:
    with zipfile.ZipFile(made(offline)) as archive:
        assert [name for name in archive.namelist() if "/card." in name] == []
