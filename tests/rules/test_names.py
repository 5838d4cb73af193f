"""Rules on names: what an editor gets wrong, all that is found, and what two medicines may share."""

import re
import shutil
from pathlib import Path

import pytest

from macros.formulary.load import load
from macros.pages.markdown import parse
from macros.rules.names import title_is_own
from macros.rules.texts import names_apart
from tests.conftest import SLUG, TODAY
from tests.support.broken import DATA, Case, Edit, broken, cases_of, found

CASES = cases_of("names")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fault(project: Path, edit: Edit, case: Case) -> None:
    assert found(broken(project, edit, case)) == case["findings"].splitlines()


OTHER = "fictivagene-examplavec-plus"


def beside(project: Path, brand: str, first: str = "", second: str = "") -> Path:
    """The project with a copy of the fictional medicine under a longer name; in each its brand is a fact of these places."""
    shutil.copytree(project / DATA, project / "macros/data" / OTHER)
    medicine = project / "macros/data" / OTHER / "medicine.yml"
    text = re.sub("brand: .*", f"brand: {brand}", medicine.read_text("utf-8"))
    text = re.sub("also_searched: .*", "also_searched: [fictivagene examplavec]", text)
    medicine.write_text(text.replace("inn: fictivagene examplavec", "inn: fictivagene examplavec-plus"), "utf-8")
    for slug, places in ((SLUG, first), (OTHER, second)):
        if places:
            with (project / "macros/data" / slug / "identity.yml").open("a", encoding="utf-8") as file:
                cited = "  sources:\n    - {source: exampla-label-us, grade: A}\n"
                told = f"  title: Brand\n  topic: name\n  terms: [Exampla]\n  jurisdictions: [{places}]\n"
                file.write(f"brand:\n{told}{cited}  checked: 2026-01-10\n")
    return project


SHARED = {
    "own-brand": ("Secunda", "", "", 0),
    "the-same-brand": ("Exampla", "", "", 2),
    "in-places-of-their-own": ("Exampla", "US", "EU", 0),
    "in-one-place": ("Exampla", "US, EU", "EU", 2),
    "in-all-places": ("Exampla", "US", "global", 2),
    "only-one-says-where": ("Exampla", "US", "", 2),
}


@pytest.mark.parametrize(("brand", "first", "second", "expected"), SHARED.values(), ids=SHARED)
def test_a_brand_of_two_medicines(project: Path, brand: str, first: str, second: str, expected: int) -> None:
    book, findings = load(beside(project, brand, first, second), TODAY)
    assert findings == []
    assert [fault.message.partition(";")[0] for fault in names_apart.find(book=book)] == [
        f"'Exampla' is a name of fictivagene examplavec{end}" for end in ("-plus", "")
    ][:expected]


TITLES = {
    "own": (SLUG, "Fictivagene examplavec (Exampla)", []),
    "own-longer": (OTHER, "Fictivagene examplavec-plus", []),
    "longer": (SLUG, "Exampla is fictivagene examplavec-plus", ["'fictivagene examplavec-plus', which is fictivagene examplavec-plus"]),
    "shorter": (OTHER, "Secunda is fictivagene examplavec", ["'fictivagene examplavec', which is fictivagene examplavec"]),
    "other-brand": (OTHER, "Secunda or Exampla", ["'exampla', which is fictivagene examplavec"]),
}


@pytest.mark.parametrize(("slug", "title", "expected"), TITLES.values(), ids=TITLES)
def test_a_title_in_front_matter(project: Path, slug: str, title: str, expected: list[str]) -> None:
    book, _ = load(beside(project, "Secunda"), TODAY)
    page = parse(f"---\ntitle: {title}\nmonograph: {slug}\n---\n", f"monographs/{slug}/index.md")
    said = [fault.message for fault in title_is_own.find(page=page, book=book)]
    assert said == [f"the title names {each}; write the names of this medicine" for each in expected]


def test_a_generic_name_leads_to_the_medicine_that_has_it(project: Path) -> None:
    book, _ = load(beside(project, "Secunda"), TODAY)
    assert (book.monographs[OTHER].medicine.also_searched, book.searched(book.monographs[OTHER])) == (("fictivagene examplavec",), [])
