"""A site that is built again after a change is, byte for byte, the one that a first build makes."""

import os
import random
import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from bench.synthetic import recorded
from macros.formulary.load import load_shared
from macros.site import build, made, shard, whole
from macros.site.check import check, registered
from macros.site.kept import Kept
from macros.site.leaf import SITE
from tests.conftest import SLUG, TODAY
from tests.formulary.test_ordinary_medicines import FORMER, TABLET, with_both
from tests.support.previewed import small_site

pytestmark = [pytest.mark.build, pytest.mark.slow, pytest.mark.usefixtures("builder")]
HERE = f"docs/monographs/{SLUG}"
DATA = f"macros/data/{SLUG}"
Change = Callable[[Path], None]


def put(file: str, old: str, new: str) -> Change:
    """Replaces the first of a text in a file."""

    def change(project: Path) -> None:
        text = (project / file).read_text("utf-8")
        assert old in text
        (project / file).write_text(text.replace(old, new, 1), "utf-8")

    return change


def paged(project: Path, text: str | None) -> None:
    """Puts a page beside the others with its line in the menu, or takes it away."""
    page, settings = project / "docs/more.md", project / "mkdocs.yml"
    menu = settings.read_text("utf-8").replace("  - More: more.md\n", "")
    settings.write_text(menu + ("  - More: more.md\n" if text else ""), "utf-8")
    page.write_text(text, "utf-8") if text else page.unlink()


# Each follows upon those before it, in an order that nobody chose.
CHANGES: dict[str, Change] = {
    "a fact": put(f"{DATA}/safety.yml", "title: ", "title: Known "),
    "words of a page": put(f"{HERE}/index.md", "\n## ", "\nWords that an editor added.\n\n## "),
    "a name": put(f"{DATA}/medicine.yml", "brand: Exampla", "brand: Exemplary"),
    "the glossary": put("macros/data/glossary.yml", "meaning: ", "meaning: In short, "),
    "a status": put("macros/data/statuses.yml", "word: ", "word: Now "),
    "a template": put("overrides/partials/copyright.html", "Found an error?", "An error?"),
    "the settings": put("mkdocs.yml", "site_name: Sourced Monographs", "site_name: Sourced Pages"),
    "a word of the vocabulary": put("macros/data/vocabulary.yml", "word: ", "word: Now "),
    "by which words people search": put("macros/data/search.yml", "words: [", "words: [somewhere, "),
    "a style": put("docs/assets/css/page.css", "{", "{ --nothing: 0; "),
    "a script": put("overrides/assets/javascripts/page.js", "", "// A line more.\n"),
    "when its sources are due": put(f"{DATA}/medicine.yml", "check_due: 20", "check_due: 21"),
    "a new page": lambda project: paged(project, "---\ntitle: More\n---\n# More\n\nWords.\n\n{{ colophon() }}\n"),
}
random.Random(16).shuffle(order := [*CHANGES])
CHANGES = {name: CHANGES[name] for name in order} | {"a page that is gone": lambda project: paged(project, None)}


def gone(slug: str, brand: str) -> Change:
    """Takes a medicine away, with its sources, its lines of the menu and what its register says."""

    def change(project: Path) -> None:
        for folder in ("docs/monographs", "macros/data"):
            shutil.rmtree(project / folder / slug)
        settings = project / "mkdocs.yml"
        lines = settings.read_text("utf-8").splitlines(keepends=True)
        settings.write_text("".join(line for line in lines if slug not in line.lower()), "utf-8")
        (project / f"register/{slug}.txt").unlink()
        sources = project / "macros/data/sources.yml"
        sources.write_text(re.sub(rf"^{brand}-.*\n(?:[ #].*\n|\n)*", "", sources.read_text("utf-8"), flags=re.MULTILINE), "utf-8")

    return change


# The same, of three medicines: what is changed, and the medicines whose pages are made anew.
OF_SEVERAL: dict[str, tuple[Change, list[str]]] = {
    "a fact of one": (put(f"macros/data/{TABLET}/safety.yml", "title: ", "title: Known "), [TABLET]),
    "when the sources of one are due": (put(f"macros/data/{TABLET}/medicine.yml", "check_due: 20", "check_due: 21"), [TABLET]),
    "words on a page of no medicine": (put("docs/about/statuses.md", "\n## ", "\nWords that an editor added.\n\n## "), []),
    "a medicine that is gone": (gone(FORMER, "quondex"), [TABLET, SLUG]),
}


def agreed(project: Path) -> None:
    """Has the records and the register say what the project says now."""
    recorded(load_shared(project, TODAY), SLUG)
    registered_anew(project)


def registered_anew(project: Path) -> None:
    """Has the register say it."""
    outcome = whole.judged(project, TODAY)
    assert outcome.findings == ()
    for path, text in whole.registers(project, outcome.changed):
        (project / path).write_text(text, "utf-8")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def anew(project: Path, target: Path) -> Path:
    """A copy of the project without anything that is known of it, but for compiled templates, which go by what stands in them."""
    shutil.copytree(project, target)
    shutil.rmtree(target / ".cache/parts")
    return target


def test_a_change_gives_what_a_first_build_gives(tmp_path: Path) -> None:
    kept, fresh = tmp_path / "kept", tmp_path / "fresh"
    shutil.rmtree(small_site(kept) / "register")
    (kept / "register").mkdir()
    differing = {}
    for name, change in CHANGES.items():
        change(kept)
        agreed(kept)
        build.site(kept, TODAY, TODAY)
        build.site(anew(kept, fresh), TODAY, TODAY)
        mine, theirs = files(kept / "site"), files(fresh / "site")
        differing[name] = sorted(each for each in mine.keys() | theirs.keys() if mine.get(each) != theirs.get(each))
        shutil.rmtree(fresh)
    assert differing == dict.fromkeys(CHANGES, [])


def kept_pages(project: Path) -> dict[str, tuple[int, int, int]]:
    """A mark of what is kept of the pages of each medicine, new when they are made."""
    return {path.name: Kept(project).mark("hosted", path.name) for path in (project / "macros/data").iterdir() if path.is_dir()}


def test_what_did_not_change_is_as_a_first_build_makes_it(tmp_path: Path) -> None:
    """Of several medicines the others are written from what is kept, while the pages of one are made."""
    kept, fresh = tmp_path / "kept", tmp_path / "fresh"
    shutil.rmtree(with_both(small_site(kept)) / "register")
    (kept / "register").mkdir()
    settings = kept / "mkdocs.yml"
    lines = "".join(
        f"  - {slug.capitalize()}:\n      - monographs/{slug}/index.md\n      - Evidence: monographs/{slug}/evidence.md\n"
        for slug in (TABLET, FORMER)
    )
    settings.write_text(settings.read_text("utf-8") + lines, "utf-8")
    registered_anew(kept)
    for _ in range(2):  # what was written a moment ago is made once more
        build.site(kept, TODAY, TODAY)
    found = {}
    for name, (change, _) in OF_SEVERAL.items():
        change(kept)
        if name == "a fact of one":
            recorded(load_shared(kept, TODAY), TABLET)
        registered_anew(kept)
        before = kept_pages(kept)
        build.site(kept, TODAY, TODAY)
        again = sorted(slug for slug, mark in kept_pages(kept).items() if before[slug] != mark)
        build.site(anew(kept, fresh), TODAY, TODAY)
        mine, theirs = files(kept / "site"), files(fresh / "site")
        differing = sorted(each for each in mine.keys() | theirs.keys() if mine.get(each) != theirs.get(each))
        found[name] = differing, again
        shutil.rmtree(fresh)
    assert found == {name: ([], again) for name, (_, again) in OF_SEVERAL.items()}


def test_of_pages_of_no_medicine_only_those_are_built_again_that_come_out_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = small_site(tmp_path)
    shutil.rmtree(project / "register")
    (project / "register").mkdir()
    paged(project, "---\ntitle: More\n---\n# More\n\nWords.\n\n{{ colophon() }}\n")
    agreed(project)
    for _ in range(2):  # what was written a moment ago is built once more
        build.site(project, TODAY, TODAY)
    put("docs/more.md", "Words.", "Other words.")(project)
    registered_anew(project)
    shards: list[dict[str, tuple[str, ...]]] = []
    monkeypatch.setattr(os, "cpu_count", lambda: 1)  # so that it is built in this process
    monkeypatch.setattr(made, "build", lambda *given: shards.append(dict(given[2].pages)) or shard.build(*given))
    build.site(project, TODAY, TODAY)
    assert shards == [{SITE: ("more.md",)}]


def test_only_what_changed_is_judged_again(tmp_path: Path) -> None:
    project = small_site(tmp_path)
    for _ in range(2):  # what was written a moment ago is judged once more
        whole.judged(project, TODAY)
    shown = Kept(project).folder / "shown" / SLUG
    first = shown.stat().st_mtime_ns
    whole.judged(project, TODAY)
    assert shown.stat().st_mtime_ns == first
    put(f"{HERE}/index.md", "\n## ", "\nMore words.\n\n## ")(project)
    whole.judged(project, TODAY)
    assert shown.stat().st_mtime_ns > first


def test_what_is_kept_may_be_spoiled(tmp_path: Path) -> None:
    project = small_site(tmp_path)
    whole.judged(project, TODAY)
    found = whole.judged(project, TODAY)
    for path in Kept(project).folder.rglob("*"):
        if path.is_file():
            path.write_bytes(b"spoiled")
    assert whole.judged(project, TODAY) == found


DAYS = {
    "the next day": (TODAY + timedelta(days=1), False),
    "the last day without a word of the next check": (date(2026, 5, 10), False),
    "the first day on which it is due soon": (date(2026, 5, 11), True),
    "the first day on which it is overdue": (date(2026, 7, 11), True),
    "the day before": (TODAY - timedelta(days=1), True),
}


@pytest.mark.parametrize(("day", "again"), DAYS.values(), ids=DAYS.keys())
def test_a_part_is_judged_again_on_another_day_only_if_that_could_tell_of_it(tmp_path: Path, day: date, again: bool) -> None:
    project = small_site(tmp_path)
    for _ in range(2):
        whole.judged(project, TODAY)
    shown = Kept(project).folder / "shown" / SLUG
    first = shown.stat().st_mtime_ns
    found = whole.judged(project, day)
    assert (shown.stat().st_mtime_ns > first, found.findings or found.register) == (
        again,
        registered(project, check(project, day)).findings,
    )


def test_a_day_that_was_to_come_is_right_when_it_has_come(tmp_path: Path) -> None:
    project = small_site(tmp_path)
    put(f"{DATA}/indications.yml", "checked: 2026-01-10", "checked: 2026-01-22")(project)
    rules = []
    for days in (0, 0, 1, 2, 2):
        rules.append({finding.rule for finding in whole.judged(project, TODAY + timedelta(days=days)).findings})
    assert ["shape" in each for each in rules] == [True, True, True, False, False]
