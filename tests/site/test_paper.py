"""The dose sheet and the handout on paper: how many sheets, what each says of itself, where to sign, and both on a narrow phone."""

import shutil
import subprocess
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from macros.export.api import version
from macros.formulary.book import Formulary
from tests.support.screens import MEDICINE

SECOND, THIRD = "etranacogene-dezaparvovec", "fidanacogene-elaparvovec"
needs_pdftotext = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
DOSE_SHEETS = [MEDICINE, SECOND]
HANDOUTS = [MEDICINE, SECOND, THIRD]


@pytest.fixture(scope="module")
def printed(browser: Browser, address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, str], list[str]]]:
    """Prints a page of the monographs on a kind of paper; gives what stands on each sheet."""
    file = tmp_path_factory.mktemp("printed") / "printed.pdf"
    tab = browser.new_page()

    def print_(path: str, paper: str) -> list[str]:
        tab.goto(f"{address}monographs/{path}/")
        tab.pdf(path=file, format=paper)
        text = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
        return [" ".join(sheet.split()) for sheet in text.rstrip("\f\n").split("\f")]

    yield print_
    tab.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A narrow phone."""
    tab = browser.new_page(viewport={"width": 320, "height": 640})
    yield tab
    tab.close()


@needs_pdftotext
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("slug", DOSE_SHEETS)
def test_a_dose_is_two_sheets_and_each_says_whose_it_is(
    printed: Callable[[str, str], list[str]], book: Formulary, slug: str, paper: str
) -> None:
    sheets = printed(f"{slug}/dose-sheet", paper)
    assert len(sheets) == 2
    medicine = book.monographs[slug].medicine
    for sheet in sheets:
        named = f"{medicine.brand} ({medicine.inn}). Data version {version(book, book.monographs[slug])}."
        told = (named, "Sources checked ", "Not reviewed by a clinician.")
        assert [
            words for words in (*told, "Patient", "Date of birth, number", f"monographs/{slug}/dose-sheet/") if words not in sheet
        ] == []


@needs_pdftotext
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_tables_by_weight_for_children_are_two_sheets_of_one_patient_each_with_room_for_two_signatures(
    printed: Callable[[str, str], list[str]], book: Formulary, paper: str
) -> None:
    sheets = printed("amoxicillin/dose-sheet", paper)
    assert [next(words for words in ("Mild or moderate", "Severe or lower") if words in sheet) for sheet in sheets] == [
        "Mild or moderate",
        "Severe or lower",
    ]
    wanted = (
        "Patient", "Date of birth, number", "Body weight (kg)", "Weighed on", "Each dose (mg, mL)",
        "Worked out by: name, signature", "Checked by: name, signature", f"Amoxil (amoxicillin). Data version {version(book, book.monographs['amoxicillin'])}.",
    )  # fmt: skip
    assert [[words for words in wanted if words not in sheet] for sheet in sheets] == [[], []]


@needs_pdftotext
@pytest.mark.parametrize("slug", DOSE_SHEETS)
def test_only_the_first_sheet_is_signed_and_only_the_second_has_other_weights(printed: Callable[[str, str], list[str]], slug: str) -> None:
    first, second = printed(f"{slug}/dose-sheet", "A4")
    assert [words for words in ("Name, signature", "Worked out by", "Checked by", "Observe until") if words not in first] == []
    assert [words for words in ("Name, signature", "Worked out by", "Checked by") if words in second] == []
    assert ("40 to 76 kg" in first, "40 to 76 kg" in second, "114 to 150 kg" in second) == (False, True, True)


@needs_pdftotext
def test_the_rates_are_written_down_on_the_first_sheet(printed: Callable[[str, str], list[str]]) -> None:
    first, _ = printed(f"{MEDICINE}/dose-sheet", "A4")
    steps = ("Started at", "Changed at", "1 mL/min", "2 mL/min if tolerated", "3 mL/min if tolerated", "4 mL/min if tolerated")
    assert [words for words in (*steps, "Other rate (mL/min):", "Infusion ended", "Thaw started", "Use by") if words not in first] == []


def test_a_row_of_the_table_has_no_room_to_sign(browser: Browser, address: str) -> None:
    tab = browser.new_page()
    for slug in DOSE_SHEETS:
        tab.goto(f"{address}monographs/{slug}/dose-sheet/")
        rows = tab.locator(".doses tbody tr").evaluate_all("all => all.map(row => [row.id, [...row.cells].every(cell => cell.innerText)])")
        assert rows == [[f"kg-{weight}", True] for weight in range(40, 151)]
    tab.close()


@needs_pdftotext
@pytest.mark.parametrize("slug", HANDOUTS)
def test_a_handout_is_one_side(printed: Callable[[str, str], list[str]], book: Formulary, slug: str) -> None:
    (side,) = printed(f"{slug}/handout", "A4")
    wanted = (
        "Call the emergency number now", "Call your team at once, the same day at the latest", "My team, by day", "At night and on weekends",
        "Do", "Don't", "What it is", "Side effects", f"Data version {version(book, book.monographs[slug])}.", "Not reviewed by a clinician.",
        f"Sources and exact words: monographs/{slug}/patient/",
    )  # fmt: skip
    assert [words for words in wanted if words not in side] == []
    assert side.index(wanted[0]) < side.index(wanted[1]) < side.index("What it is")


@needs_pdftotext
@pytest.mark.parametrize("slug", HANDOUTS)
def test_a_handout_takes_no_more_than_two_sides_of_shorter_paper(printed: Callable[[str, str], list[str]], slug: str) -> None:
    assert len(printed(f"{slug}/handout", "Letter")) <= 2


@pytest.mark.parametrize("slug", HANDOUTS)
def test_a_handout_is_printed_large(browser: Browser, address: str, slug: str) -> None:
    tab = browser.new_page()
    tab.goto(f"{address}monographs/{slug}/handout/")
    tab.emulate_media(media="print")
    sizes = tab.locator("article li:visible:not(.availability li)").evaluate_all("all => all.map(each => getComputedStyle(each).fontSize)")
    assert {round(float(size.removesuffix("px")) * 0.75, 2) for size in sizes} == {11}
    tab.close()


@pytest.mark.parametrize("slug", HANDOUTS)
def test_do_and_dont_stand_side_by_side_on_paper(browser: Browser, address: str, slug: str) -> None:
    tab = browser.new_page(viewport={"width": 720, "height": 1000})
    tab.goto(f"{address}monographs/{slug}/handout/")
    tab.emulate_media(media="print")
    do, dont = (panel.bounding_box() for panel in tab.locator(".panel").all())
    assert do and dont
    assert (do["y"], do["x"] + do["width"] <= dont["x"]) == (dont["y"], True)
    tab.close()


@pytest.mark.parametrize("path", [*(f"{slug}/dose-sheet" for slug in DOSE_SHEETS), *(f"{slug}/handout" for slug in HANDOUTS)])
def test_a_narrow_phone_needs_no_scrolling_sideways(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}monographs/{path}/")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    wide = page.locator(".blocks table, .fields, .urgent, .panel").evaluate_all("all => all.filter(each => each.scrollWidth > 320).length")
    assert wide == 0


def test_the_heads_of_the_table_stay_in_sight(page: Page, address: str) -> None:
    page.goto(f"{address}monographs/{MEDICINE}/dose-sheet/#kg-82")
    page.wait_for_function("document.querySelector('#kg-82').getBoundingClientRect().top < innerHeight")
    head, row = (page.locator(each).bounding_box() for each in ("table:has(#kg-82) thead th >> nth=0", "#kg-82"))
    assert head and row
    assert 0 <= head["y"] < head["y"] + head["height"] <= row["y"] < 640
