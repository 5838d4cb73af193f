"""The record of a change: written in the words of the command, or refused with the changes of before untouched."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from macros import __main__ as command
from macros.editing.kinds import beyond_words, kinds
from macros.formulary.load import load
from macros.formulary.sentences import fingerprint
from macros.pages.register import FOLDER, records
from macros.site.check import check
from macros.site.whole import judged
from tests.conftest import SLUG, TODAY

CHANGES = f"macros/data/{SLUG}/changes.yml"
INN = SLUG.replace("-", " ")
REASON = "Nausea is more common."
Edit = Callable[[str, str, str], None]


@pytest.fixture
def changed(project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small project, which the commands work on, with one fact that is another than its last record says."""
    edit(f"macros/data/{SLUG}/safety.yml", "amount: 12 %", "amount: 15 %")
    monkeypatch.setattr(command, "_ROOT", project)
    return project


def record(inn: str = INN, kind: str = "significant", reason: str = REASON, *more: str) -> tuple[int, str, str]:
    """How the command ends and what it writes to the two streams."""
    done = CliRunner().invoke(command.main, ["record", inn, "--kind", kind, "--reason", reason, "--today", f"{TODAY}", *more])
    return done.exit_code, done.stdout, done.stderr


def lines(project: Path, name: str, kind: str, reason: str) -> str:
    """The record as the file has to hold it."""
    book = load(project, TODAY)[0]
    facts = fingerprint(book, book.monographs[SLUG])
    return f'{name}:\n  date: {TODAY}\n  kind: {kind}\n  reason: {reason}\n  facts: "{facts}"\n'


WRITTEN = {
    "name-from-the-reason": ("significant", REASON, (), "nausea-is-more-common", REASON),
    "name-given": ("removed", REASON, ("--name", "nausea"), "nausea", REASON),
    "name-that-is-taken": ("removed", "First.", (), "first-2", "First."),
    "reason-that-yaml-takes-for-more": ("significant", "Nausea: 'often'  said\nby\tpatients # more", (), "nausea-often-said-by", "'Nausea: ''often'' said by patients # more'"),
    "reason-of-other-letters": ("significant", "Übelkeit.", (), "belkeit", "Übelkeit."),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "reason", "more", "name", "written"), WRITTEN.values(), ids=WRITTEN)
def test_the_record_is_written_and_the_register_beside_it(
    changed: Path, kind: str, reason: str, more: tuple[str, ...], name: str, written: str
) -> None:
    before = (changed / CHANGES).read_text("utf-8")
    wanted = lines(changed, name, kind, written)
    assert record(INN, kind, reason, *more) == (0, f"{wanted}wrote {FOLDER.as_posix()}/{SLUG}.txt\n", "")
    assert (changed / CHANGES).read_bytes().decode() == before + wanted
    assert check(changed, TODAY).findings == ()
    assert record(INN, "editorial", "Again.") == (1, "", f"no fact of {INN} changed since its last record; nothing was written\n")


def test_an_end_of_line_that_is_missing_is_put_before_it(changed: Path) -> None:
    text = (changed / CHANGES).read_text("utf-8")
    (changed / CHANGES).write_text(text.rstrip("\n"), "utf-8")
    assert record()[0] == 0
    assert (changed / CHANGES).read_text("utf-8") == text + lines(changed, "nausea-is-more-common", "significant", REASON)


# What is changed in which file of a project whose register is as its facts were, and the kinds of the records.
DERIVED = {
    "dose": ([("dose", "amount: 4 × 10^13", "amount: 3 × 10^13")], ["dose"]),
    "warning": ([("safety", "an active infection", "an infection")], ["warning"]),
    "several": (
        [("safety", "an active infection", "an infection"), ("dose", "amount: 4 × 10^13", "amount: 3 × 10^13")],
        ["dose", "warning"],
    ),
    "others": ([("safety", "amount: 12 %", "amount: 15 %")], ["significant"]),
    "others-beside-a-warning": (
        [("safety", "amount: 12 %", "amount: 15 %"), ("safety", "an active infection", "an infection")],
        ["warning"],
    ),
    "words": ([("safety", "title: Infection", "title: Infections")], []),
}


@pytest.mark.parametrize(("edits", "expected"), DERIVED.values(), ids=DERIVED.keys())
def test_what_is_significant_is_told_by_the_facts_that_differ_from_the_register(
    project: Path, edit: Edit, edits: list[tuple[str, str, str]], expected: list[str]
) -> None:
    register = project / FOLDER / f"{SLUG}.txt"
    register.parent.mkdir(exist_ok=True)
    folder = project / f"macros/data/{SLUG}"
    told = [line for path in sorted(folder.glob("*.yml")) for line in (f"== data {SLUG}/{path.name}", *records(project, path))]
    register.write_text("\n".join(told), "utf-8")
    for file, old, new in edits:
        edit(f"macros/data/{SLUG}/{file}.yml", old, new)
    assert kinds(project, load(project, TODAY)[0], SLUG) == expected


# What is changed while the record says that it is an editorial change, and the facts that are more than words.
EDITORIAL = {
    "title": ([("safety", "title: Infection", "title: Infections")], []),
    "sentence": ([("safety", "an active infection", "any active infection")], []),
    "what-a-sentence-denies": ([("safety", "Do not give during", "Give during")], ["safety/infection"]),
    "what-a-sentence-limits": ([("safety", "during an active infection", "only during an active infection")], ["safety/infection"]),
    "value": ([("safety", "amount: 12 %", "amount: 15 %")], ["safety/nausea-us"]),
    "condition": ([("safety", "  amount: 12 %\n", "  amount: 12 %\n  condition: in adults\n")], ["safety/nausea-us"]),
    "place": ([("safety", "infection.\n  evidence: label\n  jurisdictions: [US]", "infection.\n  evidence: label")], ["safety/infection"]),
}


@pytest.mark.parametrize(("edits", "more"), EDITORIAL.values(), ids=EDITORIAL)
def test_a_change_of_words_alone_is_editorial(project: Path, edit: Edit, edits: list[tuple[str, str, str]], more: list[str]) -> None:
    for file, old, new in edits:
        edit(f"macros/data/{SLUG}/{file}.yml", old, new)
    edit(CHANGES, "  kind: new\n", "  kind: significant\n")  # what else stands in the register is no fact
    assert beyond_words(project, SLUG) == more


def test_what_is_more_than_words_is_not_recorded_as_editorial(changed: Path) -> None:
    before = (changed / CHANGES).read_bytes()
    said = "more than words changed, so this is no editorial change: safety/nausea-us; write --kind significant; nothing was written\n"
    assert (record(INN, "editorial"), (changed / CHANGES).read_bytes()) == ((1, "", said), before)


def test_words_alone_are_recorded_as_editorial(project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_ROOT", project)
    edit(f"macros/data/{SLUG}/safety.yml", "title: Infection", "title: Infections")
    code, out, errors = record(INN, "editorial")
    assert (code, errors, "\n  kind: editorial\n" in out) == (0, "", True)


def test_without_a_register_nothing_is_editorial(changed: Path) -> None:
    (changed / FOLDER / f"{SLUG}.txt").unlink()
    said = (
        "no register says what was before, so nobody can tell whether only words changed; write --kind significant; nothing was written\n"
    )
    assert record(INN, "editorial") == (1, "", said)


REFUSED = {
    "unknown-inn": (("fictivagen examplavec",), f"there is no monograph 'fictivagen examplavec'; did you mean '{SLUG}'?\n"),
    "unknown-kind": (
        (INN, "significnt"),
        "'kind': unknown word 'significnt' (see changes in the vocabulary); did you mean 'significant'?\nnothing was written\n",
    ),
    "figure": ((INN, "significant", "Nausea in 15 %."), "nothing was written\n"),
    "nothing": ((INN, "significant", " "), "nothing was written\n"),
    "unseen-character": ((INN, "significant", "Nausea\u202e."), "nothing was written\n"),
    "name-of-another": ((INN, "significant", REASON, "--name", "first"), "nothing was written\n"),
    "new-medicine": ((INN, "new"), "has records already, so its medicine is not new; write --kind significant; nothing was written\n"),
}


@pytest.mark.parametrize(("words", "said"), REFUSED.values(), ids=REFUSED)
def test_what_a_rule_refuses_is_taken_back(changed: Path, words: tuple[str, ...], said: str) -> None:
    before = (changed / CHANGES).read_bytes()
    code, out, errors = record(*words)
    assert (code, out, errors.endswith(said)) == (1, "", True), errors
    assert (changed / CHANGES).read_bytes() == before


def test_without_a_change_there_is_nothing_to_record(changed: Path, edit: Edit) -> None:
    edit(f"macros/data/{SLUG}/safety.yml", "amount: 15 %", "amount: 12 %")
    assert record() == (1, "", f"no fact of {INN} changed since its last record; nothing was written\n")


def test_other_faults_come_first(changed: Path, edit: Edit) -> None:
    edit(f"docs/monographs/{SLUG}/index.md", "A fictional medicine.", "Give 5 mg.")
    before = (changed / CHANGES).read_bytes()
    code, out, errors = record()
    assert (code, out) == (1, "")
    assert ": no-loose-figure: " in errors and errors.endswith("a change is recorded when all else is right; mend these faults first\n")
    assert (changed / CHANGES).read_bytes() == before


def test_an_interruption_leaves_the_records_as_they_were(changed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (changed / CHANGES).read_bytes()
    runs = iter([judged, judged, _interrupted])
    monkeypatch.setattr(command, "judged", lambda root, day: next(runs)(root, day))
    assert record()[0] != 0
    assert (changed / CHANGES).read_bytes() == before


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt
