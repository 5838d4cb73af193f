"""The pages of a medicine that code speaks of, by the name of their file; their folder is named after the medicine."""

from typing import Final

MONOGRAPH: Final = "index.md"
PATIENT_GUIDE: Final = "patient.md"
EVIDENCE: Final = "evidence.md"
DOSE_SHEET: Final = "dose-sheet.md"


def page_of(slug: str, name: str = MONOGRAPH) -> str:
    """Where a page of the medicine stands under docs: monographs/<slug>/index.md."""
    return f"monographs/{slug}/{name}"


def is_page(source: str, name: str) -> bool:
    """Whether a page's file is one of this name, in whatever folder."""
    return source.endswith(f"/{name}")
