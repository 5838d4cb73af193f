"""Lists in parts: which pages a list stands on, what each holds, which pages `generate` has to write, and what says that one is missing."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.editing import derived
from macros.finding import Refused
from macros.formulary.book import Formulary
from macros.formulary.load import load
from macros.pages import listing
from macros.pages.listing import Entry, Listing, Step, letters, placed
from macros.render import bibliography, finder
from macros.render.desk import Desk
from macros.render.macros import report
from macros.rules.frame import list_in_parts
from tests.conftest import TODAY
from tests.support.two_medicines import OTHER, beside


@pytest.fixture
def book(project: Path) -> Formulary:
    return load(project, TODAY)[0]


def of(most: int, *names: str) -> Listing:
    """A list of these names, so many on a page."""
    return Listing("names", "names.md", "Names", most, lambda _: [Entry(letters(name), name) for name in names])


NAMES = {
    "Zetafix": "z z-e z-e-t z-e-t-a z-e-t-a-f z-e-t-a-f-i",
    "étranacogène": "e e-t e-t-r e-t-r-a e-t-r-a-n e-t-r-a-n-a",
    "BMN 270": "b b-m b-m-n b-m-n-2 b-m-n-2-7 b-m-n-2-7-0",
    "5-FU": "5 5-f 5-f-u",
    "β": "other",
}


@pytest.mark.parametrize(("name", "expected"), NAMES.items(), ids=NAMES.keys())
def test_a_name_stands_in_parts_by_its_letters(name: str, expected: str) -> None:
    assert " ".join(step.at for step in letters(name)) == expected


# For each name of a part what stands there, then where it leads to and with how many entries.
PARTS: dict[str, tuple[Listing, dict[str, tuple[Sequence[str], dict[str, int]]]]] = {
    "as-many-as-fit": (of(3, "aa", "ab", "b"), {"": (["aa", "ab", "b"], {})}),
    "one-more": (
        of(2, "aa", "ab", "b"),
        {"": ([], {"a": 2, "b": 1}), "a": (["aa", "ab"], {}), "b": (["b"], {})},
    ),
    "a-part-that-is-too-long": (
        of(2, "aa", "ab", "ac", "b"),
        {"": ([], {"a": 3, "b": 1}), "a": ([], {"a-a": 1, "a-b": 1, "a-c": 1})}
        | {f"a-{each}": ([f"a{each}"], {}) for each in "abc"}
        | {"b": (["b"], {})},
    ),
    "none-that-leads-to-one-other": (
        of(2, "bena", "benb", "benc"),
        {"": ([], {"b-e-n-a": 1, "b-e-n-b": 1, "b-e-n-c": 1})} | {f"b-e-n-{each}": ([f"ben{each}"], {}) for each in "abc"},
    ),
    "a-name-that-others-begin-with": (
        of(1, "a", "ab"),
        {"": (["a"], {"a-b": 1}), "a-b": (["ab"], {})},
    ),
    "what-no-letter-tells-apart": (of(1, "a", "a", "A"), {"": (["a", "a", "A"], {})}),
}


@pytest.mark.parametrize(("kind", "expected"), PARTS.values(), ids=PARTS.keys())
def test_a_list_is_whole_or_in_parts(book: Formulary, kind: Listing, expected: dict[str, object]) -> None:
    made = placed(book, kind)
    assert {at: (part.entries, {step.at: number for step, number in part.below.items()}) for at, part in made.items()} == expected


@pytest.mark.parametrize("kind", listing.LISTS.values(), ids=listing.LISTS.keys())
def test_every_entry_of_every_list_stands_in_one_part(book: Formulary, kind: Listing) -> None:
    whole, tiny = placed(book, kind), placed(book, replace(kind, most=1))
    assert list(whole) == [""]
    assert sorted(map(repr, whole[""].entries)) == sorted(repr(each) for part in tiny.values() for each in part.entries)


def test_changes_go_by_year_then_month_then_medicine(book: Formulary) -> None:
    (entry,) = listing.CHANGES.entries(book)
    assert [step.label for step in entry.way][:4] == ["2026", "January 2026", "January 2026, F", "January 2026, Fi"]


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> Listing:
    """The list from A to Z, of which a page holds so few names that there are pages by letter."""
    few = replace(listing.NAMES, most=3)
    monkeypatch.setattr(listing, "NAMES", few)
    monkeypatch.setattr(listing, "LISTS", {few.name: few})
    return few


def test_what_is_missing_is_said_and_generate_writes_it(project: Path, book: Formulary, in_parts: Listing) -> None:
    wanted = ["e", "f", "g"]
    missing = [
        "the list 'a-to-z' has more entries than the 3 of one page, and the page of a part is missing, "
        f"docs/lists/a-to-z/{each}.md; run `python -m macros generate`, which writes it"
        for each in wanted
    ]
    left = project / "docs/lists/a-to-z/q.md"
    left.parent.mkdir(parents=True)
    left.write_text("---\ntitle: Q\n---\n", "utf-8")
    there = [path.relative_to(project / "docs").as_posix() for path in (project / "docs").rglob("*.md")]
    found = list(list_in_parts.find(book=book, files=there))
    assert [(fault.where, fault.message) for fault in found] == [
        *((("docs/a-z.md", 1), message) for message in missing),
        (("docs/lists/a-to-z/q.md", 1), "no list has a part on this page; run `python -m macros generate`, which takes it away"),
    ]
    assert list(derived.renewed(project, derived.list_pages(project, book))) == [
        "removed docs/lists/a-to-z/q.md",
        *(f"wrote docs/lists/a-to-z/{each}.md" for each in wanted),
    ]
    there = [path.relative_to(project / "docs").as_posix() for path in (project / "docs").rglob("*.md")]
    assert list(list_in_parts.find(book=book, files=there)) == []
    assert (project / "docs/lists/a-to-z/e.md").read_text("utf-8") == (
        '---\ntitle: "A to Z: E"\ndescription: "A part of the list “A to Z”."\nhide: [navigation, toc]\n---\n'
        '# A to Z: E\n\n{{ report("a-to-z", part="e") }}\n\n{{ colophon() }}\n'
    )


def test_the_page_of_a_list_leads_to_its_parts_and_these_back(book: Formulary, in_parts: Listing) -> None:
    root, part = (LexborHTMLParser(report(Desk(book, root="../" * 2), "a-to-z", part=at)) for at in ("", "e"))
    assert [(a.text(), a.attributes["href"]) for a in root.css("a")] == [
        (each.upper(), f"../../lists/a-to-z/{each}/") for each in ("e", "f", "g")
    ]
    assert [item.text(separator=" ").split() for item in root.css(".ways li")] == [["E", "3"], ["F", "1"], ["G", "1"]]
    assert [item.text() for item in part.css(".a-to-z li")] == ["Exampla", "exampla disease: Exampla", "exemplar disease: Exampla"]
    assert [a.attributes["href"] for a in part.css(".jump a")] == ["../../a-z/"]


@pytest.mark.parametrize(("name", "part"), [("a-to-z", "q"), ("glossary", "a")])
def test_what_is_no_part_is_refused(book: Formulary, in_parts: Listing, name: str, part: str) -> None:
    with pytest.raises(Refused):
        report(Desk(book), name, part=part)


def test_sources_of_a_part_stand_below_their_medicine(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = beside(project)().formulary
    own = [Entry([Step(each.what[0].slug, "X")], each.what) for each in listing.SOURCES.entries(book)]
    monkeypatch.setattr(bibliography, "SOURCES", replace(listing.SOURCES, most=1, entries=lambda _: own))
    said = LexborHTMLParser(report(Desk(book), "sources", part=OTHER))
    assert [(a.text(), a.attributes["href"]) for a in said.css("h2 a")] == [("fictivagene secundavec", f"monographs/{OTHER}/")]
    assert [item.attributes["id"] for item in said.css("ul.sources > li")] == [
        f"source-{name}" for name in book.monographs[OTHER].tally.cited
    ]


def test_of_more_medicines_than_rows_there_are_letters_and_statuses(book: Formulary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finder, "ROWS", 0)
    tree = LexborHTMLParser(finder.medicines(Desk(book)))
    letter, *statuses = [(" ".join(item.text().split()), item.css_first("a").attributes["href"]) for item in tree.css("li")]  # type: ignore[union-attr]
    assert letter == ("F 1", "a-z/#letter-f")
    assert statuses == [
        (f"{word} 1", "monographs/#by-status")
        for word in ("authorized", "availability not known to us", "conditional authorization", "supply limited")
    ]
