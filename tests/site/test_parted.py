"""Pages of parts of lists that are left as they were are those that would be made anew."""

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from bench import synthetic
from bench.synthetic import laid_out, registered
from macros.formulary.book import DATA
from macros.pages import listing
from macros.site import preview, whole
from macros.site.clock import today
from macros.site.kept import Kept
from macros.site.leaf import SITE
from tests.conftest import ROOT, SLUG, TODAY as NOW
from tests.formulary.test_ordinary_medicines import TABLET, project_with_both

pytestmark = [pytest.mark.build, pytest.mark.slow]
TODAY = today(ROOT)
COUNT = 3
# The shortest of the real ones that have a fact of a marked use, and that have none.
MODELS = "fidanacogene-elaparvovec", "amoxicillin"
# Each follows upon those before it, and changes one medicine: its file, a text in it, and another in its place.
CHANGES = {
    "a brand": ("medicine.yml", "quo\n", "quox\n"),
    "a class": ("medicine.yml", "class: [", "class: [other class, "),
    "a kind of change": ("changes.yml", "kind: new", "kind: significant"),
    "a fact of a marked use": ("research.yml", "title: ", "title: Also "),
    "a fact that no list shows": ("safety.yml", "title: ", "title: Known "),
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of a few short monographs in which each part of a list has one entry."""
    monkeypatch.setattr(synthetic, "_LONG", MODELS[0])
    monkeypatch.setattr(synthetic, "_SHORT", MODELS[1:])
    monkeypatch.setattr(listing.Listing, "most", property(lambda _: 1), raising=False)
    folder = tmp_path / "project"
    folder.mkdir()
    laid_out(ROOT, folder, COUNT, TODAY)
    registered(folder, TODAY)
    for _ in range(2):  # what was written a moment ago is judged once more
        whole.judged(folder, TODAY)
    return folder


def shown(project: Path) -> dict[str, str]:
    """Each page of no medicine as it was judged last."""
    return {path: each.html for path, each in Kept(project).need("shown", SITE).pages.items()}


def test_a_page_that_is_left_is_as_it_would_be_made_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[str] = []
    plain = preview.printed_pages

    def counted(pages: Iterable[preview.Page], *given: object) -> Iterator[preview.Printed]:
        wanted = list(pages)
        printed.extend(page.path for page in wanted)
        yield from plain(wanted, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(preview, "printed_pages", counted)
    slug = sorted(path.parent.name for path in (project / DATA).glob("*/medicine.yml"))[0]
    found, left = {}, {}
    for name, (file, old, new) in CHANGES.items():
        path = project / DATA / slug / file
        text = path.read_text("utf-8")
        assert old in text, name
        path.write_text(text.replace(old, new, 1), "utf-8")
        printed.clear()
        whole.judged(project, TODAY)
        mine = shown(project)
        left[name] = len(mine) - len([path for path in printed if not path.startswith("monographs/")]) > COUNT
        fresh = project.with_name("fresh")
        shutil.copytree(project, fresh, ignore=shutil.ignore_patterns(".cache"))
        whole.judged(fresh, TODAY)
        theirs = shown(fresh)
        shutil.rmtree(fresh)
        found[name] = sorted(path for path in mine.keys() | theirs.keys() if mine.get(path) != theirs.get(path))
    assert found == dict.fromkeys(CHANGES, [])
    assert left == {
        "a brand": False,
        "a class": False,
        "a kind of change": True,
        "a fact of a marked use": True,
        "a fact that no list shows": True,
    }


def test_beside_a_medicine_alone_others_count_as_they_were(tmp_path: Path) -> None:
    project = project_with_both(tmp_path)
    one, other = SLUG, TABLET
    for _ in range(2):
        assert whole.judged(project, NOW).findings == ()
    for slug in (one, other):
        path = project / DATA / slug / "safety.yml"
        path.write_text(re.sub("  title: (?=[A-Z])", "  title: Known ", path.read_text("utf-8"), count=1), "utf-8")
    asked = {each.file.split("/")[2] for each in whole.judged(project, NOW, one).findings}
    assert (asked, {each.file.split("/")[2] for each in whole.judged(project, NOW).findings}) == ({one}, {one, other})
