"""A copy of chosen medicines: whole but for the pages of the others, in whose places stands a page that says so."""

import zipfile
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.copies import bundle, chosen, manifest
from macros.copies.verify import verify
from macros.finding import Refused
from macros.pages.files import DATA_OF_ALL, data_of, twin_address
from tests.conftest import SLUG, TODAY
from tests.formulary.test_ordinary_medicines import FORMER, TABLET, with_both
from tests.support.previewed import agreed_small, small_site, with_page

LEFT = (TABLET, FORMER)
FOUND = "site/search/"
LIST = 'See [a dose](monographs/exemplidine/index.md#indications).\n\n{{ report("a-to-z") }}'


def files(path: Path) -> dict[str, str]:
    """What each file of a copy holds that is text."""
    with zipfile.ZipFile(path) as archive:
        return {entry.filename: archive.read(entry).decode("utf-8", "replace") for entry in archive.infolist()}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with three medicines and a list of them at home."""
    root = with_page(with_both(small_site(tmp_path_factory.mktemp("chosen"))), "index.md", "A to Z", LIST)
    menu = "".join(
        f"  - {slug.title()}:\n      - monographs/{slug}/index.md\n      - Evidence: monographs/{slug}/evidence.md\n" for slug in LEFT
    )
    settings = root / "mkdocs.yml"
    settings.write_text(f"{settings.read_text('utf-8')}{menu}", "utf-8")
    return agreed_small(root)


@pytest.fixture(scope="module")
def copies(builder: None, project: Path) -> tuple[Path, Path, bytes]:
    """A copy of the fictional medicine alone, one of all, and the first as it is made again when all pages are."""
    one = bundle.bundle(project, TODAY, TODAY, None, SLUG.replace("-", " "))
    first = one.read_bytes()
    every = bundle.bundle(project, TODAY, TODAY, None)
    return one, every, first


@pytest.mark.build
def test_all_is_there_but_the_pages_of_the_others(project: Path, copies: tuple[Path, Path, bytes]) -> None:
    one, every = map(files, copies[:2])
    pages = {f"site/monographs/{slug}/{path.stem}.html" for slug in LEFT for path in (project / f"docs/monographs/{slug}").glob("*.md")}
    theirs = {f"site/{path}" for slug in LEFT for path in data_of(slug).values()} | {twin_address(page) for page in pages}
    assert {name for name in one if not name.startswith(FOUND)} == {name for name in every if not name.startswith(FOUND)} - theirs
    differing = {name for name in one if not name.startswith(FOUND) and one[name] != every[name]}
    lists = {f"site/{DATA_OF_ALL[name]}" for name in ("medicines", "names", "table", "database", "feed", "llms")}
    assert differing == {*pages, *lists, "START-HERE.html", "READ-ME.txt", manifest.NAME}
    assert verify(copies[0]) == ([], [])
    assert max(len(one[name].encode()) for name in pages) < 1500


@pytest.mark.build
def test_the_search_finds_what_is_there(copies: tuple[Path, Path, bytes]) -> None:
    def held(copy: Path) -> list[str]:
        found = "".join(f"{name} {text}" for name, text in files(copy).items() if name.startswith(FOUND))
        return [slug for slug in (SLUG, *LEFT) if f"monographs/{slug}" in found]

    assert [held(copy) for copy in copies[:2]] == [[SLUG], [SLUG, *LEFT]]


def led(copy: dict[str, str]) -> set[str]:
    """Where the links of a copy lead within it."""
    found = set()
    for name, text in copy.items():
        for node in LexborHTMLParser(text).css("a[href], link[href], script[src]") if name.endswith(".html") else ():
            parts = urlsplit(node.attributes.get("href") or node.attributes.get("src") or "")
            if not parts.scheme and parts.path:
                found.add(normpath(join(dirname(name), parts.path)))
    return found


@pytest.mark.build
def test_no_link_is_dead_that_is_not_in_a_copy_of_all(copies: tuple[Path, Path, bytes]) -> None:
    one, every = map(files, copies[:2])
    assert led(one) - one.keys() <= led(every) - every.keys()  # the frame leads to pages that the small project has not
    assert {f"site/monographs/{slug}/index.html" for slug in LEFT} <= led(one)


@pytest.mark.build
def test_each_says_what_is_left_out(copies: tuple[Path, Path, bytes]) -> None:
    one, every = map(files, copies[:2])
    version = copies[1].stem.removeprefix("monographs-")
    assert copies[0].name == f"monographs-{version}{chosen.mark([SLUG.replace('-', ' ')])}.zip"
    page = LexborHTMLParser(one[f"site/monographs/{TABLET}/evidence.html"])
    assert [" ".join(node.text().split()) for node in page.css("h1, p")] == [
        "Exemplidine (Tablexa) is left out of this copy",
        "There is a monograph of it, but this offline copy of Sourced Monographs holds chosen medicines only. "
        "That says nothing about the medicine.",
        "Read it on the website, or get a copy that holds it from where you got this one.",
        f"This copy: version {version}, use until 10 July 2026.",
        "Home of this copy",
        "Which medicines it holds",
    ]
    said = "It holds the monographs of these medicines only:\r\n  fictivagene examplavec\r\nIt leaves out all others that lists name (2): "
    start = "<dt>Holds the monographs of</dt><dd>fictivagene examplavec</dd>\n<dt>Leaves out</dt><dd>all others that lists name (2): "
    assert [(said in copy["READ-ME.txt"], start in copy["START-HERE.html"]) for copy in (one, every)] == [(True, True), (False, False)]


@pytest.mark.build
def test_what_was_made_before_changes_nothing(builder: None, project: Path, copies: tuple[Path, Path, bytes]) -> None:
    assert bundle.bundle(project, TODAY, TODAY, None, f" {SLUG},").read_bytes() == copies[2]


NONE = "no medicine is named; write their INNs with commas between them, or leave the choice out for a copy of all"
CHOICES = {
    "no choice": (None, ()),
    "one": ("Amoxicillin", ("amoxicillin-clavulanic-acid", "clavulanic-acid", "tetanus-vaccine-adsorbed")),
    "each for itself": ("amoxicillin, clavulanic acid", ("amoxicillin-clavulanic-acid", "tetanus-vaccine-adsorbed")),
    "a name with a comma": ("tetanus vaccine, adsorbed,amoxicillin", ("amoxicillin-clavulanic-acid", "clavulanic-acid")),
    "unknown": ("clavulanic acid, amoxicilin", "there is no monograph 'amoxicilin'; did you mean 'amoxicillin'?"),
    "nothing": (" , ", NONE),
}


@pytest.mark.parametrize(("only", "expected"), CHOICES.values(), ids=CHOICES)
def test_a_choice_names_what_is_left_out(tmp_path: Path, only: str | None, expected: tuple[str, ...] | str) -> None:
    for slug in ("amoxicillin", "amoxicillin-clavulanic-acid", "clavulanic-acid", "tetanus-vaccine-adsorbed"):
        (tmp_path / "macros/data" / slug).mkdir(parents=True)
        (tmp_path / "macros/data" / slug / "medicine.yml").touch()
    try:
        said: tuple[str, ...] | str = chosen.left_out(tmp_path, only)
    except Refused as refused:
        said = str(refused)
    assert said == expected
