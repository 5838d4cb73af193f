"""Part by part is found what is found at once; what is kept may be stale, spoiled or of other code without harm."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from macros.finding import Refused
from macros.formulary import apart
from macros.formulary.book import Formulary
from macros.formulary.load import load_shared
from macros.pages.markdown import Page
from macros.site import made, part, preview, stamps, whole
from macros.site.check import check, registered
from macros.site.cores import in_batches
from macros.site.kept import Kept
from macros.site.leaf import SITE
from macros.site.serving import previewing
from macros.site.shard import Shard
from tests.conftest import ROOT, SLUG, TODAY
from tests.formulary.test_ordinary_medicines import TABLET, with_both
from tests.support.broken import TABLE, Case, Edit, broken

# What is judged of a built site stands in no file of the project. One in ten is enough to tell the two ways apart.
CASES = {f"{rule}-{case['name']}": case for rule, case in TABLE if not case["file"].startswith("monographs/")}
SOME = dict(list(CASES.items())[::10])


@pytest.mark.parametrize("case", SOME.values(), ids=SOME.keys())
def test_part_by_part_is_found_what_is_found_at_once(project: Path, edit: Edit, case: Case) -> None:
    broken(project, edit, case)
    outcome = whole.judged(project, TODAY)
    assert (outcome.findings or outcome.register) == registered(project, check(project, TODAY)).findings


def test_nothing_is_found_in_the_small_project(project: Path) -> None:
    outcome = whole.judged(project, TODAY)
    assert (outcome.findings, outcome.register, outcome.unshown, outcome.changed) == ((), (), (), ())
    assert outcome.keys.keys() == {SITE, SLUG}


def test_a_fault_goes_when_it_is_mended(project: Path, edit: Edit) -> None:
    whole.judged(project, TODAY)
    edit(f"docs/monographs/{SLUG}/index.md", 'list("monitoring")', 'list("monitorng")')
    assert [finding.rule for finding in whole.judged(project, TODAY).findings] == ["macro-call"]
    edit(f"docs/monographs/{SLUG}/index.md", 'list("monitorng")', 'list("monitoring")')
    assert whole.judged(project, TODAY).findings == ()


class Watched(NamedTuple):
    """The pages of which macros were run, and those that were judged."""

    made: list[str]
    judged: list[str]


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    found, printed_pages, leaf_of = Watched([], []), preview.printed_pages, part.leaf_of

    def making(pages: list[Page], *given: Any) -> Any:
        found.made.extend(each.file for each in pages)
        return printed_pages(pages, *given)

    def judging(rendered: preview.Rendered, *given: Any) -> Any:
        found.judged.append(rendered.page.file)
        return leaf_of(rendered, *given)

    monkeypatch.setattr(preview, "printed_pages", making)
    monkeypatch.setattr(part, "leaf_of", judging)
    return found


def test_of_a_medicine_only_the_pages_that_changed_are_judged_again(project: Path, edit: Edit, watched: Watched) -> None:
    """What was found on the others, or in the data, stands until it is mended."""
    page, other, data = (f"docs/monographs/{SLUG}/index.md", f"docs/monographs/{SLUG}/evidence.md", f"macros/data/{SLUG}/safety.yml")
    edit(other, "\n## Sources", "\nIt is 75 % good, see [there](index.md#nowhere).\n\n## Sources")
    edit(data, "title: Infection", "title: Weekly infection")
    for _ in range(2):  # what was written a moment ago is judged once more
        found = whole.judged(project, TODAY).findings
    assert {each.file for each in found} == {other, data}
    watched.made.clear()
    edit(page, "\n## Dosage", "\nWords that an editor added.\n\n## Dosage")
    assert (whole.judged(project, TODAY).findings, watched.made) == (found, [page])
    watched.made.clear()
    edit(data, "title: Weekly infection", "title: Infection")
    assert {each.file for each in whole.judged(project, TODAY).findings} == {other}
    assert {page, other} <= set(watched.made)


def test_names_that_a_stopped_run_left_are_not_trusted(project: Path) -> None:
    for _ in range(2):
        whole.judged(project, TODAY)
    names = whole.names_of_all(project).monographs
    Kept(project).put("names", SITE, {})
    whole.judged(project, TODAY)
    assert whole.names_of_all(project).monographs == names


@pytest.mark.parametrize(
    ("file", "old", "new", "again"),
    [("research.yml", "title: Children", "title: All children", False), ("medicine.yml", "brand: Exampla", "brand: Exemplary", True)],
)
def test_a_page_that_comes_out_as_it_was_is_not_judged_again(
    project: Path, edit: Edit, watched: Watched, file: str, old: str, new: str, again: bool
) -> None:
    """If what rules know of the data is as it was, too, as names of medicines are not."""
    for _ in range(2):
        whole.judged(project, TODAY)
    watched.made.clear()
    watched.judged.clear()
    edit(f"macros/data/{SLUG}/{file}", old, new)
    assert whole.judged(project, TODAY).findings == check(project, TODAY).findings
    apart = "docs/about/statuses.md"
    assert (apart in watched.made, apart in watched.judged) == (True, again)


def _linked(project: Path) -> None:
    page = project / f"docs/monographs/{SLUG}/linked.md"
    page.symlink_to(project / f"docs/monographs/{SLUG}/evidence.md")


def _renamed(project: Path) -> None:
    """The medicine is called by what the menu calls a page of no medicine."""
    path = project / f"macros/data/{SLUG}/medicine.yml"
    path.write_text(path.read_text("utf-8").replace("brand: Exampla", "brand: Statuses"), "utf-8")


def _placed(name: str) -> Callable[[Path], object]:
    return lambda project: (project / name).write_text("x", "utf-8")


# What stands around pages, and beside those of a medicine, with the rule that finds the fault first.
AROUND: dict[str, tuple[Callable[[Path], object], str]] = {
    "setting": (lambda project: (project / "mkdocs.yml").write_text((project / "mkdocs.yml").read_text("utf-8") + "dev_addr: x\n"), "settings-known"),
    "template": (_placed("overrides/other.html"), "files-known"),
    "file-beside-the-pages-of-a-medicine": (_placed(f"docs/monographs/{SLUG}/picture.png"), "files-known"),
    "file-beside-its-data": (_placed(f"macros/data/{SLUG}/x\N{ZERO WIDTH SPACE}.png"), "file-readable"),
    "link-beside-its-pages": (_linked, "files-known"),
    "new-name": (_renamed, "menu-is-own"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "rule"), AROUND.values(), ids=AROUND)
def test_what_stands_around_pages_is_judged_again_when_it_changed(project: Path, change: Callable[[Path], object], rule: str) -> None:
    for _ in range(2):  # what was written a moment ago is judged once more
        assert whole.judged(project, TODAY).findings == ()
    change(project)
    found = whole.judged(project, TODAY)
    assert (found.findings or found.register) == registered(project, check(project, TODAY)).findings
    assert rule in {each.rule for each in found.findings or found.register}


def test_what_is_kept_of_other_code_is_not_used(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole.judged(project, TODAY)
    _, known = Kept(project).get("known", SITE)
    Kept(project).put("known", SITE, ("other", known))
    Kept(project).put("shown", SLUG, ("in another form",))
    judged: list[str] = []
    monkeypatch.setattr(whole, "_judge", lambda slug, real=whole._judge: judged.append(slug) or real(slug))
    whole.judged(project, TODAY)
    assert judged == [SLUG]
    whole.judged(project, TODAY)
    assert judged == [SLUG]


@pytest.mark.parametrize("file", ["site/whole.py", "drawings/gene-transfer.svg"])
def test_code_and_drawings_are_told_by_what_stands_in_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    code = tmp_path / "macros"
    shutil.copytree(ROOT / "macros", code, ignore=shutil.ignore_patterns("data", "__pycache__"))
    monkeypatch.setattr(stamps, "_CODE", code)
    before = stamps.stamps(tmp_path).code
    assert stamps.stamps(tmp_path).code == before
    (code / file).write_text((code / file).read_text("utf-8") + "\n", "utf-8")
    assert stamps.stamps(tmp_path).code != before


def test_links_between_parts_are_asked_when_either_changes(project: Path) -> None:
    page = project / f"docs/monographs/{SLUG}/index.md"
    page.write_text(page.read_text("utf-8").replace("\n## ", "\nSee [the marks](../../about/statuses.md#vocabulary).\n\n## ", 1), "utf-8")
    there = project / "docs/about/statuses.md"
    named = there.read_text("utf-8")
    there.write_text(named.replace("{{ colophon() }}", "## More { #vocabulary }\n\nWords.\n\n{{ colophon() }}"), "utf-8")
    assert whole.judged(project, TODAY).findings == ()
    there.write_text(named, "utf-8")
    assert [(each.file, each.rule) for each in whole.judged(project, TODAY).findings] == [
        (f"docs/monographs/{SLUG}/index.md", "links-lead-somewhere")
    ]


def _typo(project: Path) -> Callable[[], object]:
    """Spoils the data of the medicine; what it gives back mends it."""
    data = project / f"macros/data/{SLUG}/safety.yml"
    text = data.read_text("utf-8")
    data.write_text(f"{text}\nname: a: b\n", "utf-8")
    return lambda: data.write_text(text, "utf-8")


def test_no_page_is_judged_again_when_data_is_mended(project: Path, watched: Watched) -> None:
    for _ in range(2):  # what was written a moment ago is judged once more
        whole.judged(project, TODAY)
    watched.judged.clear()
    mend = _typo(project)
    assert [each.rule for each in whole.judged(project, TODAY).findings] == ["yaml"]
    mend()
    assert (whole.judged(project, TODAY).findings, watched.judged) == ((), [])


def test_a_link_that_comes_while_other_data_is_faulty_is_asked_when_that_is_mended(project: Path) -> None:
    page = with_both(project) / f"docs/monographs/{TABLET}/index.md"
    whole.judged(project, TODAY)
    mend, found = _typo(project), []
    text = page.read_text("utf-8")
    page.write_text(text.replace("\n## ", "\nSee [the marks](../../about/statuses.md#nowhere).\n\n## ", 1), "utf-8")
    for _ in range(2):
        found.append([each.rule for each in whole.judged(project, TODAY).findings if each.file == f"docs/monographs/{TABLET}/index.md"])
        mend()
    assert found == [[], ["links-lead-somewhere"]]


def test_a_source_beside_its_medicine(project: Path) -> None:
    shared, own = project / "macros/data/sources.yml", project / f"macros/data/{SLUG}/sources.yml"
    shutil.move(shared, own)
    shared.write_text("# None is shared.\n", "utf-8")
    assert whole.judged(project, TODAY).findings == ()
    assert check(project, TODAY).findings == ()


def test_lists_are_told_all_that_they_show(book: Formulary) -> None:
    """Of a real medicine in no comparison: names, events and what is marked are there, doses are not."""
    monograph = book.monographs["apixaban"]
    thin = apart.for_lists(book, monograph, frozenset())
    wanted = {
        name
        for name, fact in monograph.facts.items()
        if fact.topic in ("alias", "name", "identifier") or book.event(fact) or book.is_marked(fact)
    }
    assert wanted <= thin.facts.keys() < monograph.facts.keys()
    assert thin.tally == monograph.tally
    assert apart.mark_of(thin) == apart.mark_of(apart.for_lists(book, monograph, frozenset()))


def test_one_monograph_is_previewed_alone(project: Path) -> None:
    command = previewing(project, SLUG.replace("-", " "), TODAY)
    folder = project / ".cache/preview"
    assert command[1:] == ["-m", "mkdocs", "serve", "-f", str(folder / "mkdocs.yml")]
    assert (folder / f"docs/monographs/{SLUG}").resolve() == project / f"docs/monographs/{SLUG}"
    assert (folder / "docs/about/statuses.md").read_text("utf-8").endswith("---\nThis page is left out here.\n")
    with pytest.raises(Refused, match="there is no monograph 'exampline'; write one of: fictivagene-examplavec"):
        previewing(project, "exampline", TODAY)


def test_pages_that_were_judged_anew_meanwhile_are_not_published(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = whole.judged(project, TODAY)
    monkeypatch.setattr(made, "build", lambda *_: project)
    order = made.Order(project, TODAY, {}, offline=False, lock=())
    shard = Shard((SLUG,), outcome.pages)
    with pytest.raises(Refused, match="the project was changed while its site was built"):
        made.make(order, load_shared(project, TODAY), project / "work", shard, {**outcome.marks, SLUG: "other"}, ())


def test_a_record_that_is_gone_is_found_out_again(project: Path) -> None:
    for _ in range(2):  # what was written a moment ago is judged once more
        outcome = whole.judged(project, TODAY)
    for kind in ("told", "records", "shown", "register"):
        (Kept(project).folder / kind / SLUG).unlink()
        assert whole.judged(project, TODAY).findings == outcome.findings == ()
    (Kept(project).folder / "told" / SLUG).write_bytes(b"spoiled")
    page = project / "docs/about/statuses.md"
    page.write_text(page.read_text("utf-8") + "\n", "utf-8")
    with pytest.raises(Refused, match="can't be read any more; delete the folder .cache"):
        whole.judged(project, TODAY)


@pytest.mark.parametrize(
    ("jobs", "most", "cores", "sizes"),
    [(0, 40, 2, []), (1, 40, 2, [1]), (30, 40, 2, [15, 15]), (80, 40, 2, [40, 40]), (81, 40, 2, [20, 20, 20, 21]), (5, 40, 8, [1] * 5), (41, 40, 1, [20, 21])],
)  # fmt: skip
def test_batches_give_every_core_as_much(monkeypatch: pytest.MonkeyPatch, jobs: int, most: int, cores: int, sizes: list[int]) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    made = in_batches(list(range(jobs)), most)
    assert ([len(each) for each in made], [each for batch in made for each in batch]) == (sizes, list(range(jobs)))
