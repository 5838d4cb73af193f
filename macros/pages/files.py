"""The pages of a medicine that code speaks of, by the name of their file; their folder is named after the medicine."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

MONOGRAPH: Final = "index.md"
PATIENT_GUIDE: Final = "patient.md"
EVIDENCE: Final = "evidence.md"
HANDOUT: Final = "handout.md"
CORRECTIONS: Final = "corrections.md"
DOSE_SHEET: Final = "dose-sheet.md"
CHECKLIST: Final = "checklist.md"
RESULTS: Final = "results.md"

# The tabs above the pages of a medicine, of which each may lack some, in their order.
TABS: Final[Mapping[str, str]] = {
    MONOGRAPH: "Monograph",
    DOSE_SHEET: "Dose sheet",
    CHECKLIST: "Eligibility and monitoring",
    PATIENT_GUIDE: "Patient guide",
    HANDOUT: "Handout",
    RESULTS: "Results and background",
    EVIDENCE: "Evidence",
}


def page_of(slug: str, name: str = MONOGRAPH) -> str:
    """Where a page of the medicine stands under docs: monographs/<slug>/index.md."""
    return f"monographs/{slug}/{name}"


# Where other programs find the same facts; what is read there stays readable for as long as there is a v1.
API: Final = "api/v1"
FEED: Final = "changes.xml"
# What there is of all medicines, by what it is.
DATA_OF_ALL: Final[Mapping[str, str]] = {
    "index": f"{API}/index.json",
    "medicines": f"{API}/medicines.json",
    "names": f"{API}/names.json",
    "vocabulary": f"{API}/vocabulary.json",
    "OpenAPI": f"{API}/openapi.json",
    "table": f"{API}/facts.csv.zip",
    "database": f"{API}/monographs.sqlite",
    "feed": FEED,
    "llms": "llms.txt",
}


def data_of(slug: str) -> Mapping[str, str]:
    """What other programs get of a medicine: each file under the site's root, by the name of its format."""
    return {
        "JSON": f"{API}/medicines/{slug}.json",
        "CSV": f"{API}/medicines/{slug}.csv",
        "FHIR": f"{API}/fhir/{slug}.json",
        "Atom": page_of(slug, FEED),
    }


def sources_file(number: int | str) -> str:
    """The file of so many sources, by its number."""
    return f"{API}/sources/{number}.json"


def twin_address(page: str) -> str:
    """The file of a page's twin, by the file of the page, under the site's root."""
    return f"{page.removesuffix('.html')}.md" if page.endswith(".html") else page


def for_programs(slugs: Iterable[str]) -> Iterator[str]:
    """Every file under the site's root that is made of these medicines for programs, and that pages lead to."""
    yield from DATA_OF_ALL.values()
    yield from (path for slug in slugs for path in data_of(slug).values())


def medicine_of(path: str) -> str:
    """The slug of the medicine in whose folder a page stands, by its path under docs; "" if it stands in none."""
    folders = path.split("/")
    return folders[1] if len(folders) > 2 and folders[0] == "monographs" else ""


def beside(docs: Path, path: str) -> frozenset[str]:
    """The pages in the folder of the page at this path under docs, itself included, by the names of their files."""
    return frozenset(each.name for each in (docs / path).parent.glob("*.md"))


def is_page(source: str, name: str) -> bool:
    """Whether a page's file is one of this name, in whatever folder."""
    return source.endswith(f"/{name}")
