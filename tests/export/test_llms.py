"""`llms.txt`: it leads to the twin of each page, and stays short with two thousand medicines."""

import re
from dataclasses import replace

import markdown
from selectolax.lexbor import LexborHTMLParser

from macros.export.llms import llms
from macros.formulary.book import Formulary

PAGES = ("index.html", "about/index.html", "about/data/index.html", "compare/hemophilia-gene-therapies/index.html")
PART = "lists/a-z/m/index.html"


def pages_of(book: Formulary) -> list[str]:
    """Addresses of pages of each medicine."""
    return [f"monographs/{slug}/{name}" for slug in book.monographs for name in ("evidence/index.html", "index.html")]


def many(book: Formulary, number: int) -> Formulary:
    """So many medicines, named by letters."""
    own = next(iter(book.monographs.values()))
    slugs = [f"{chr(97 + at % 26)}examplamab-of-a-long-name-{at:04}" for at in range(number)]
    made = {slug: replace(own, slug=slug, medicine=own.medicine.model_copy(update={"inn": slug.replace("-", " ")})) for slug in slugs}
    return replace(book, monographs=made)


def test_it_leads_to_every_page_but_parts_of_lists(book: Formulary) -> None:
    pages = [*PAGES, *pages_of(book)]
    (text,) = llms("Site", book, [*pages, PART], "https://site.test/").values()
    links = re.findall(r"\]\(([^)]*)\)", text)
    assert sorted(links) == sorted(f"https://site.test/{page.removesuffix('.html')}.md" for page in pages)


def test_it_is_written_as_the_convention_wants_it(book: Formulary) -> None:
    (text,) = llms("Site", book, [*PAGES, *pages_of(book)]).values()
    read = LexborHTMLParser(markdown.markdown(text)).body
    assert read
    assert [each.tag for each in read.iter()] == ["h1", "blockquote", "p", "h2", "ul", "h2", "ul"]
    assert all(each.css_matches("li:has(> a:first-child)") for each in read.css("li"))


def test_it_says_how_a_status_is_marked_and_that_nothing_is_quoted_without(book: Formulary) -> None:
    (text,) = llms("Site", book, pages_of(book)).values()
    (about,) = re.findall(r"^> .*", text, re.MULTILINE)
    assert "**Off-label – outside the approved label:**" in about
    assert "Quote nothing without its status" in about


def test_it_says_of_a_medicine_where_it_is_authorized(book: Formulary) -> None:
    text = llms("Site", book, pages_of(book))["llms.txt"]
    told = {
        slug: next(line for line in text.split("\n") if f"]({each})" in line)
        for slug in book.monographs
        for each in [f"monographs/{slug}/index.md"]
    }
    for slug, own in book.monographs.items():
        said = {word: places.split(", ") for word, places in re.findall(r"; (?!check)([^;:]*): ([^;]*)", told[slug])}
        ended = said.pop("authorization withdrawn", [])
        assert (set(ended), {place for places in said.values() for place in places}) == (
            set(book.ended(own)),
            book.granted(own) - set(ended),
        )
        assert (
            "conditional authorization" not in said
            or "UK" in said["conditional authorization"]
            or said["conditional authorization"] == ["EU"]
        )
        assert told[slug].endswith("check supply first") == any(event.banner for _, event in book.present(own))


def test_a_name_is_no_markup(book: Formulary) -> None:
    own = next(iter(book.monographs.values()))
    about = own.medicine.model_copy(update={"brand": "[A](https://b.test) **c** <d>"})
    small = replace(book, monographs={own.slug: replace(own, medicine=about)})
    text = llms("Site", small, [f"monographs/{own.slug}/index.html"])["llms.txt"]
    assert "): \\[A\\](https://b.test) \\*\\*c\\*\\* &lt;d>;" in text


def test_a_page_that_is_no_more_in_a_folder_of_its_own(book: Formulary) -> None:
    slug = min(book.monographs)
    text = llms("Site", book, ["index.html", f"monographs/{slug}/index.html", f"monographs/{slug}/patient.html"])["llms.txt"]
    assert f"patient guide](monographs/{slug}/patient.md)" in text


def test_many_medicines_stand_in_lists_by_letter(book: Formulary) -> None:
    large = many(book, 2000)
    files = llms("Site", large, pages_of(large))
    assert sum(text.count("/index.md): ") for text in files.values()) == 2000
    assert set(re.findall(r"^- \[.\]\(([^)]*)\)", files["llms.txt"], re.MULTILINE)) == files.keys() - {"llms.txt"}
    assert max(len(text.encode()) for text in files.values()) < 50_000
    assert len(files) == 27
