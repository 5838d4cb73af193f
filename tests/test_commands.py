"""The commands as a person or a job calls them, in a copy of the project."""

import http.server
import json
import re
import shutil
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench import built
from bench.built import copied
from macros import __main__ as commands
from macros.editing.links import unreachable
from macros.finding import Finding
from macros.formulary.book import Formulary
from tests.conftest import MEDICINE as SLUG, ROOT, SLUG as FICTIONAL, TODAY
from tests.support.forked import agreed, run
from tests.support.previewed import agreed_small, small_site, with_page


@pytest.fixture
def due(book: Formulary) -> date:
    """The day by which the real medicine has to be checked again."""
    return book.monographs[SLUG].medicine.check_due


SAID = "the figure '5' in “Give 5 mg.” is typed by hand; make it a fact and call fact(), or list the name in terms.txt"


@pytest.mark.build
def test_findings_as_text(tmp_path: Path) -> None:
    done = built.run(with_page(small_site(tmp_path), "notes.md", "Notes", "Give 5 mg."), "check")
    assert (done.returncode, done.stdout, done.stderr) == (
        1, f"{PAGE}:6: no-loose-figure: {SAID}\n", "1 fault; nothing was published\n",
    )  # fmt: skip


PAGE = "docs/notes.md"


@pytest.fixture
def small(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project of the commands that are called without a process of their own, with one fault."""
    monkeypatch.setattr(commands, "_ROOT", project)
    (project / PAGE).write_text("---\ntitle: Notes\n---\n# Notes\n\nGive 5 mg.\n", "utf-8")
    return project


def checked(*words: str) -> tuple[int, str]:
    """The exit code of `check`, and what it says on the first day of the fictional medicine."""
    done = CliRunner().invoke(commands.main, ["check", "--today", f"{TODAY}", *words])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.stdout


def test_findings_as_json(small: Path) -> None:
    code, said = checked("--format", "json")
    assert (code, json.loads(said)) == (
        1, [{"file": PAGE, "line": 6, "rule": "no-loose-figure", "message": SAID}],
    )  # fmt: skip


def test_findings_as_github_annotations(small: Path) -> None:
    code, said = checked("--format", "github")
    assert (code, f"::error file={PAGE},line=6,title=no-loose-figure::{SAID}" in said.splitlines()) == (1, True)


def test_an_annotation_is_one_line() -> None:
    finding = Finding("a.yml", 2, "yaml", "half\nof 50 %")
    assert finding.annotation() == "::error file=a.yml,line=2,title=yaml::half of 50 %25"


def test_a_site_that_another_program_built_is_judged(small_built: Path, tmp_path: Path) -> None:
    site = shutil.copytree(small_built / "site", tmp_path / "other")
    assert run(small_built, "gate", str(site)).stdout == f"{site}: no fault found\n"
    page = site / "notes/index.html"
    page.write_text(page.read_text("utf-8").replace("</h1>", "</h1><p>Give 5 mg.</p>"), "utf-8")
    done = run(small_built, "gate", str(site))
    said = [line.partition(": ")[2].partition(": ")[0] for line in done.stdout.splitlines()]
    assert (done.returncode, said, SAID in done.stdout) == (1, ["built-as-registered", "no-loose-figure"], True)


def test_facts_are_listed_with_values_and_pages(copy: Path) -> None:
    assert run(copy, "facts", "dose/Infusion-max Highest").stdout == (
        f"{SLUG}/dose/infusion-max: 4 mL/min\n    macros/data/{SLUG}/dose.yml:{_line(copy)}; shown on: docs/compare/hemophilia-gene-therapies.md, "
        f"docs/monographs/{SLUG}/corrections.md, docs/monographs/{SLUG}/dose-sheet.md, docs/monographs/{SLUG}/evidence.md, docs/monographs/{SLUG}/index.md\n"
    )


def _line(project: Path) -> int:
    text = (project / "macros/data" / SLUG / "dose.yml").read_text("utf-8")
    return text[: text.index("\ninfusion-max:")].count("\n") + 2


MEDICINES = ("etranacogene-dezaparvovec", "fidanacogene-elaparvovec", SLUG)  # all are due on one day


def test_stale_ends_with_1_when_something_is_due(copy: Path, due: date) -> None:
    done = run(copy, "stale", "--today", f"{due + timedelta(days=1)}")
    overdue = [f"overdue: {slug}: the check was due on {due}" for slug in MEDICINES]
    lines = done.stdout.splitlines()
    assert (done.returncode, lines[:3], {line.partition(":")[0] for line in lines[3:]}) == (1, overdue, {"to read"})
    done = run(copy, "stale", "--today", f"{due}")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "nothing is overdue or stale")


@pytest.mark.build
def test_overdue_does_not_keep_a_site_from_being_built(tmp_path: Path) -> None:
    project = agreed_small(small_site(tmp_path))
    assert run(project, "site", "--today", "2026-07-11").returncode == 0
    assert "Overdue: the sources should have been" in (project / "site/monographs" / FICTIONAL / "index.html").read_text("utf-8")


def filled_in(project: Path) -> None:
    """Gives the draft two labels, its approvals and its dose, as an editor would."""
    labels = (("us", "US"), ("eu", "EU"))
    entry = "  title: Label of Testavec\n  statement: label\n  read: original\n  address: https://example.org/x\n  date_read: 2026-11-22\n"
    with (project / "macros/data/sources.yml").open("a", encoding="utf-8") as sources:
        for name, place in labels:
            sources.write(f"{name}-testavec:\n{entry}  jurisdictions: [{place}]\n  parts: {{section 2: {{read: whole}}}}\n")
    cited = {name: f"    - {{source: {name}-testavec, grade: A, locator: section 2}}\n" for name, _ in labels}
    data = project / "macros/data/testavec-fictiparvovec"
    status, dose = data / "status.yml", data / "dose.yml"
    known = f"  event: full\n  jurisdictions: [US, EU]\n  date: 2024-01-05\n  sources:\n{''.join(cited.values())}"
    text, found = re.subn(r"  event: decision-not-known\n(  jurisdictions: .*\n)  not_read: .*\n", known, status.read_text("utf-8"))
    assert found == 1
    status.write_text(text, "utf-8")
    known = f"  regimen: {{steps: [{{amount: 3 × 10^12 vg/kg, once: true}}]}}\n  evidence: label\n  sources:\n{''.join(cited.values())}"
    text, found = re.subn(
        r"\A((?s:.*?)^adults:\n(?:  .*\n)*?)  not_read: .*\n", rf"\g<1>{known}", dose.read_text("utf-8"), flags=re.MULTILINE
    )
    assert found == 1
    # The dose is for everybody, so nothing is missing for children.
    text, found = re.subn(r"^children:\n(?:  .*\n)+\n", "", text, flags=re.MULTILINE)
    assert found == 1
    dose.write_text(text, "utf-8")
    cards = data / "cards.yml"
    cards.write_text(cards.read_text("utf-8").replace("[dose/adults, dose/children]", "[dose/adults]"), "utf-8")


@pytest.mark.build
def test_a_medicine_is_added_by_data_and_markdown_alone(tmp_path: Path) -> None:
    project = copied(ROOT, tmp_path)
    made = run(project, "new", "testavec fictiparvovec", "--today", "2026-11-22")
    assert made.returncode == 0, made.stderr
    assert run(agreed(project), "check").returncode == 0
    assert "Draft: not for use." in (project / "register/testavec-fictiparvovec.txt").read_text("utf-8")

    filled_in(project)
    asked = run(project, "check").stdout
    changes = project / "macros/data/testavec-fictiparvovec/changes.yml"
    fingerprint = asked.rpartition("facts: ")[2][:14]
    record = f"dose:\n  date: 2026-11-22\n  kind: new\n  reason: Dose added.\n  facts: {fingerprint}\n"
    changes.write_text(changes.read_text("utf-8") + record, "utf-8")
    done = run(agreed(project), "site")
    assert done.returncode == 0, done.stdout + done.stderr
    page = project / "site/monographs/testavec-fictiparvovec/index.html"
    assert "3 × 10¹² " in page.read_text("utf-8").replace("\u00a0", " ")


REFUSED = {
    "capitals": (
        "Testavec",
        "'Testavec' is no INN; write it in small letters, with digits, hyphens and capitals only where the name itself has them, "
        "as in 'vitamin K': make new DRUG=\"fictivagene examplavec\"\n",
    ),
    "there-already": ("valoctocogene roxaparvovec", f"macros/data/{SLUG} exists already; nothing was written\n"),
}


@pytest.mark.parametrize(("inn", "said"), REFUSED.values(), ids=REFUSED)
def test_a_scaffold_is_refused_in_words(copy: Path, inn: str, said: str) -> None:
    done = run(copy, "new", inn)
    assert (done.returncode, done.stderr) == (1, said)


UNREADABLE = {
    "missing": (None, "mkdocs.yml:1: yaml: this file is missing; take it from the last commit"),
    "not-yaml": (b"a: [\n", "mkdocs.yml:1: yaml: not valid YAML"),
    "not-utf-8": (b"a: \xe9\n", "mkdocs.yml:1: yaml: not UTF-8 text"),
}


@pytest.mark.parametrize(("content", "said"), UNREADABLE.values(), ids=UNREADABLE)
def test_settings_that_can_not_be_read_end_in_words(small: Path, content: bytes | None, said: str) -> None:
    (small / "mkdocs.yml").unlink()
    if content:
        (small / "mkdocs.yml").write_bytes(content)
    code, found = checked()
    assert (code, said in found) == (1, True)


@pytest.mark.build
def test_a_pipe_that_knows_few_characters_stops_nothing(tmp_path: Path) -> None:
    project = with_page(small_site(tmp_path), "notes.md", "Notes", "Give ≥ 5 mg.")
    done = built.run(project, "check", PYTHONIOENCODING="latin-1")
    assert (done.returncode, "Give \\u2265 5 mg." in done.stdout) == (1, True)


def test_an_option_is_no_revision(copy: Path) -> None:
    done = run(copy, "diff", "--", "--output=x")
    assert (done.returncode, done.stderr) == (1, "'--output=x' is no revision; name a commit or a branch\n")
    assert not (copy / "x").exists()


def test_what_make_does_the_commands_do_under_the_same_names() -> None:
    found = re.findall(r"^(\w+):.*\n(?:\t.*\n)*?\t@\.venv/bin/python -m macros (\w+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {"check", "generate", "new", "site"} <= {target for target, _ in found}
    assert [target for target, command in found if target != command] == []


class _Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(int(self.path[1:]))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def answering() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("code", "said"), [(200, []), (403, []), (404, ["answered 404"]), (500, ["answered 500"])])
def test_addresses_are_tried(answering: str, code: int, said: list[str]) -> None:
    assert list(unreachable({"news": f"{answering}/{code}"})) == [f"news: {answering}/{code}: {each}" for each in said]
