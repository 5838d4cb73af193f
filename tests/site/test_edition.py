"""What a copy says of itself: which version it is, until when to use it, and which versions to destroy."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from bench.built import copied
from macros.formulary.book import RECALLS
from macros.formulary.load import load
from macros.formulary.words import full_date
from macros.site.check import check
from macros.site.clock import HANDED_ON
from macros.site.edition import edition
from tests.conftest import SLUG, TODAY, small_project
from tests.support.copies import MADE, NEWEST, RECALLED, made, unzipped
from tests.support.forked import run
from tests.support.repository import git, in_git

MEDICINE = f"macros/data/{SLUG}/medicine.yml"


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (HANDED_ON, "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)


def version(project: Path) -> str:
    return edition(project, load(project, date.max)[0]).version


@pytest.fixture
def committed(project: Path) -> Path:
    """The small project as a repository whose one commit was made when UTC had the day before."""
    return in_git(project)


def test_a_version_is_the_day_and_the_name_of_the_commit(committed: Path) -> None:
    assert version(committed) == f"2026-01-20-{git(committed, 'rev-parse', 'HEAD')[:10]}"


ZIPS = {
    "of-this-version": ("{}.zip", " 1.2\u00a0MB. SHA-256: "),
    "of-chosen-medicines": ("{}-chosen-0123456789.zip", ""),
    "of-another-version": ("2026-01-20-0123456789.zip", ""),
}


@pytest.mark.parametrize(("name", "said"), ZIPS.values(), ids=ZIPS)
def test_the_zip_of_this_version_is_told_with_size_and_hash(project: Path, name: str, said: str) -> None:
    content = bytes(1_234_567)
    (project / "dist").mkdir()
    (project / "dist" / f"monographs-{name.format(version(project))}").write_bytes(content)
    packed = edition(project, load(project, date.max)[0]).packed
    assert packed == (f"{said}{sha256(content).hexdigest()}." if said else "")


CHANGES: dict[str, Callable[[Path], object]] = {
    "edited": lambda project: (project / "mkdocs.yml").write_text("site_name: x\n", "utf-8"),
    "added": lambda project: (project / "docs/new.md").write_text("# New\n", "utf-8"),
    "removed": lambda project: (project / "docs/about/statuses.md").unlink(),
    "staged": lambda project: [(project / "new").write_text("x", "utf-8"), git(project, "add", "new")],
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_tree_is_dirty(committed: Path, change: Callable[[Path], object]) -> None:
    clean = version(committed)
    change(committed)
    assert version(committed) == f"{clean}-dirty"


def crlf(project: Path) -> None:
    for path in project.rglob("*.*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def left_by_programs(project: Path) -> None:
    for name in (
        "docs/.DS_Store",
        "docs/.idea/x.xml",
        "macros/__pycache__/x.pyc",
        f"macros/data/{SLUG}/dose.yml~",
        "dist/x.zip",
        "site/x.html",
    ):
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text("x", "utf-8")


SAME = {"line-ends-of-windows": crlf, "what-programs-leave": left_by_programs, "nothing": lambda _: None}


@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_without_git_the_same_inputs_are_the_same_version(
    project: Path, tmp_path_factory: pytest.TempPathFactory, change: Callable[[Path], None]
) -> None:
    other = small_project(tmp_path_factory.mktemp("an other é"))
    change(other)
    assert version(other) == version(project)
    assert version(project).startswith("inputs-")


OTHER: dict[str, Callable[[Path], object]] = {
    "edited": lambda project: (project / "mkdocs.yml").write_text("site_name: x\n", "utf-8"),
    "added": lambda project: (project / "docs/new.md").write_text("# New\n", "utf-8"),
    "emptied": lambda project: (project / MEDICINE).with_name("trials.yml").write_text("", "utf-8"),
    "renamed": lambda project: (project / MEDICINE).with_name("trials.yml").rename(project / "docs/trials.yml"),
}


@pytest.mark.parametrize("change", OTHER.values(), ids=OTHER)
def test_without_git_other_inputs_are_another_version(project: Path, change: Callable[[Path], object]) -> None:
    before = version(project)
    change(project)
    assert version(project) != before


def test_a_line_that_moves_to_the_next_file_makes_another_version(project: Path) -> None:
    one, next_ = project / "docs/a.md", project / "docs/b.md"
    seen = set()
    for first, second in (("x\n", ""), ("", "x\n"), ("x\nb.md", "")):
        one.write_text(first, "utf-8")
        next_.write_text(second, "utf-8")
        seen.add(version(project))
    assert len(seen) == 3


# The day that a copy is made, the day on which the next check is due, and the last day to use the copy.
UNTIL = {
    "check-comes-first": ("2026-01-20", "2026-03-01", "2026-03-01"),
    "six-months-come-first": ("2026-01-20", "2027-01-10", "2026-07-20"),
    "the-same-day": ("2026-01-20", "2026-07-20", "2026-07-20"),
    "overdue": ("2026-04-01", "2026-03-01", "2026-03-01"),
    "31-august": ("2026-08-31", "2030-01-01", "2027-02-28"),
    "31-august-before-a-leap-year": ("2027-08-31", "2030-01-01", "2028-02-29"),
    "30-august": ("2027-08-30", "2030-01-01", "2028-02-29"),
    "31-march": ("2026-03-31", "2030-01-01", "2026-09-30"),
    "30-june": ("2026-06-30", "2030-01-01", "2026-12-30"),
    "1-july": ("2026-07-01", "2030-01-01", "2027-01-01"),
    "31-december": ("2026-12-31", "2030-01-01", "2027-06-30"),
}


def due_on(project: Path, day: str) -> None:
    path = project / MEDICINE
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(f"check_due: {day}" if line.startswith("check_due:") else line for line in lines) + "\n", "utf-8")


@pytest.mark.parametrize("given", ["by-epoch", "by-day"])
@pytest.mark.parametrize(("built", "due", "until"), UNTIL.values(), ids=UNTIL)
def test_the_last_day_of_a_copy(project: Path, monkeypatch: pytest.MonkeyPatch, built: str, due: str, until: str, given: str) -> None:
    due_on(project, due)
    day = date.fromisoformat(built)
    if given == "by-epoch":
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC).timestamp())))
    this = edition(project, load(project, date.max)[0], day if given == "by-day" else None)
    assert (this.built, this.until) == (day, date.fromisoformat(until))


def test_the_earliest_check_of_all_medicines_counts(project: Path) -> None:
    due_on(project, "2026-03-01")
    shutil.copytree((project / MEDICINE).parent, project / "macros/data/otheravec")
    other = project / "macros/data/otheravec/medicine.yml"
    other.write_text(other.read_text("utf-8").replace(SLUG.replace("-", " "), "otheravec").replace("2026-03-01", "2026-02-15"), "utf-8")
    assert edition(project, load(project, date.max)[0]).until == date(2026, 2, 15)


def test_without_any_other_day_a_copy_is_of_the_last_check(project: Path) -> None:
    book = load(project, date.max)[0]
    assert edition(project, book).built == max(fact.checked for fact in book.facts.values())


@pytest.fixture(scope="module")
def inside(offline: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What stands in the copy that was made after the recall."""
    return unzipped(made(offline), tmp_path_factory.mktemp("inside"))


@pytest.fixture(scope="module")
def hosted(offline: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The website that was published after the recall."""
    project = copied(offline, tmp_path_factory.mktemp("hosted"))
    # Set to nothing is the same as not set.
    done = run(project, "site", SOURCE_DATE_EPOCH="", **{HANDED_ON: MADE.isoformat()})
    assert (done.returncode, done.stderr) == (0, "")
    return project / "site"


def day_in_words(day: date) -> str:
    """As pages print it, with plain spaces."""
    return " ".join(full_date(day).split())


def said(path: Path, css: str) -> list[str]:
    """The texts of the elements on a page, each on one line."""
    tree = LexborHTMLParser(path.read_text("utf-8"))
    return [" ".join(node.text().split()) for node in tree.css(css)]


OLD, WHY = RECALLED
HOME = {"website": ("hosted", "index.html"), "copy": ("inside", "site/index.html"), "deep-in-a-copy": ("inside", "site/about/report.html")}
LISTS = {"website": ("hosted", "about/offline/index.html"), "copy": ("inside", "site/about/offline.html")}


@pytest.mark.build
@pytest.mark.parametrize(("where", "page"), HOME.values(), ids=HOME)
def test_a_page_says_first_which_copies_to_destroy(request: pytest.FixtureRequest, where: str, page: str) -> None:
    path = request.getfixturevalue(where) / page
    assert said(path, ".edition-banner:not([hidden])") == [f"Destroy offline copies of these versions: {OLD}: {WHY}"]


@pytest.mark.build
@pytest.mark.parametrize(("where", "page"), LISTS.values(), ids=LISTS)
def test_the_page_about_copies_lists_the_recall(request: pytest.FixtureRequest, where: str, page: str) -> None:
    path = request.getfixturevalue(where) / page
    assert said(path, "ul.recalls li") == [f"Destroy copies of version {OLD} (recalled {day_in_words(NEWEST)}): {WHY}"]


def test_what_stands_beside_the_site_names_edition_and_recall(offline: Path, inside: Path) -> None:
    book = load(offline, date.max)[0]
    this = edition(offline, book, MADE)
    days = [day_in_words(this.checked), day_in_words(this.until)]
    assert said(inside / "START-HERE.html", "dd") == [this.version, days[0], f"{days[1]}. After that day, get a new copy."]
    assert said(inside / "START-HERE.html", "p.first") == [f"Destroy copies of version {OLD}. {WHY}"]
    lines = (inside / "READ-ME.txt").read_bytes().decode("utf-8").split("\r\n")
    assert [line for line in lines if "\n" in line or not line.isascii()] == []
    assert lines[2:6] == [
        f"Version:          {this.version}",
        f"Made on:          {day_in_words(MADE)}",
        f"Sources checked:  {days[0]}",
        f"Use until:        {days[1]}",
    ]
    assert [line for line in lines if "DESTROY" in line] == [f"  DESTROY copies of version {OLD}: {WHY}"]


def test_every_part_of_a_copy_names_the_same_edition(offline: Path, inside: Path) -> None:
    this = edition(offline, load(offline, date.max)[0], MADE)
    assert made(offline).name == f"monographs-{this.version}.zip"
    pages = list((inside / "site").rglob("*.html"))
    expected = f"Version {this.version}. Sources checked {day_in_words(this.checked)}. Offline copy: use until {day_in_words(this.until)}."
    assert [path.name for path in pages if not said(path, "p.edition")[0].startswith(expected)] == []
    built = {node.attributes["data-built"] for path in pages for node in LexborHTMLParser(path.read_text("utf-8")).css("[data-built]")}
    assert built == {MADE.isoformat()}


FAULTY_RECALLS = {
    "figure": (
        f'{OLD}:\n  date: 2026-01-19\n  why: "The dose was 5 mg too high."\n',
        [
            f"1: statement-without-figures: {OLD}: its reason holds the figure '5'; write it without, or list the name in terms.txt",
            f"1: written-safely: {OLD}: its reason holds the dose '5 mg', which no rule can compare; make it a fact and name what it is here",
        ],
    ),
    "figure-in-words": (
        f"{OLD}:\n  date: 2026-01-19\n  why: The dose was twelve times too high.\n",
        [f"1: statement-without-figures: {OLD}: its reason holds the figure 'twelve'; write it without, or list the name in terms.txt"],
    ),
    "unknown-key": (
        f"{OLD}:\n  date: 2026-01-19\n  because: The dose was wrong.\n",
        [f"1: shape: {OLD}: 'why' is missing; write 'why:' with its value", f"3: shape: {OLD}: unknown key 'because'; write one of: date, why"],
    ),
    "day-to-come": (
        f"# a line\n{OLD}:\n  date: 2026-01-21\n  why: The dose was wrong.\n",
        [f"3: shape: {OLD}: 'date': 2026-01-21 lies in the future; write the day on which it happened"],
    ),
    "no-version": (
        "last week's:\n  date: 2026-01-19\n  why: The dose was wrong.\n",
        ["1: shape: last week's: that is no version; write it as copies print it, as in 2026-11-22-0123456789"],
    ),
    "version-cut-short": (
        f"{OLD[:-1]}:\n  date: 2026-01-19\n  why: The dose was wrong.\n",
        [f"1: shape: {OLD[:-1]}: that is no version; write it as copies print it, as in 2026-11-22-0123456789"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FAULTY_RECALLS.values(), ids=FAULTY_RECALLS)
def test_a_faulty_recall_is_refused_in_its_place(project: Path, text: str, expected: list[str]) -> None:
    (project / RECALLS).write_text(text, "utf-8")
    found = [str(finding) for finding in check(project, TODAY).findings]
    assert found == [f"{RECALLS.as_posix()}:{each}" for each in expected]
