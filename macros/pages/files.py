"""The pages of a medicine that code speaks of, by the name of their file; their folder is named after the medicine."""

from collections.abc import Mapping
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
