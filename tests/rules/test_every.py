"""All rules together: each that is published is run and has an example, and what they say of a whole project."""

import importlib
import inspect
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from macros import rules
from macros.finding import Fault, Finding, Spot
from macros.pages.files import for_programs
from macros.rules import every
from macros.rules.rule import Rule
from macros.site.check import Checked, check, check_site, registered, site_pages
from tests.conftest import SLUG, TODAY
from tests.support.broken import DATA, PAGES, TABLE, Edit, cases_of, first_of_each, found

RUN = {rule.name: rule for rule in every.RULES if rule.scope != "reading"}
MODULES = sorted(path.stem for path in Path(rules.__file__).parent.glob("*.py"))


def of(module: str) -> ModuleType:
    """A module of the rules by its name."""
    return importlib.import_module(f"macros.rules.{module}")


def rules_in(module: str) -> list[Rule]:
    """The rules that a module makes."""
    return [each for each in vars(of(module)).values() if isinstance(each, Rule) and each.find.__module__ == f"macros.rules.{module}"]


def test_the_small_project_has_no_fault(project: Path) -> None:
    assert found(project) == []


def of_built(project: Path, checked: Checked) -> tuple[Finding, ...]:
    """What is found in a site of these pages, as if MkDocs had built them without a theme."""
    for address, page in checked.previews.items():
        (project / "site" / address).parent.mkdir(parents=True, exist_ok=True)
        (project / "site" / address).write_text(page.html, "utf-8")
    for name in for_programs([SLUG]):
        (project / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (project / "site" / name).touch()
    return check_site(project, project / "site", checked, site_pages(project / "site", checked))


BY_SCOPE = first_of_each({name: (rule.scope, name) for name, rule in RUN.items()})


@pytest.mark.parametrize("name", BY_SCOPE.values(), ids=BY_SCOPE.keys())
def test_every_rule_is_run(project: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A rule that finds a fault wherever it is asked must be heard; so none is published and never run."""
    where = Spot() if RUN[name].scope in ("html", "built") else ("docs/about/statuses.md", 1)
    always = replace(RUN[name], find=lambda: iter([Fault(where, "always")]))
    monkeypatch.setattr(every, "RULES", tuple(always if rule.name == name else rule for rule in every.RULES))
    checked = check(project, TODAY)
    if RUN[name].scope == "register":
        checked = registered(project, checked)
    found = of_built(project, checked) if RUN[name].scope == "built" else checked.findings
    heard = {(finding.rule, finding.message) for finding in found}
    assert heard == {(name, "always")}


def test_every_rule_that_is_made_is_in_the_list() -> None:
    made = [rule.name for module in MODULES for rule in rules_in(module)]
    assert sorted(made) == sorted(RUN)


def test_names_of_rules_are_unique() -> None:
    names = [rule.name for rule in every.RULES]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("rule", RUN.values(), ids=RUN.keys())
def test_a_rule_takes_only_what_its_scope_offers(rule: Rule) -> None:
    """Rules are called by the names of their parameters, which a type checker can't follow."""
    offered = {name: each.annotation for name, each in inspect.signature(getattr(every, f"of_{rule.scope}")).parameters.items()}
    if rule.scope == "site":  # of_site makes them of the pages
        offered |= {name: each.annotation for name, each in inspect.signature(every.of_landings).parameters.items()}
    taken = {name: each.annotation for name, each in inspect.signature(rule.find).parameters.items()}
    assert taken.items() <= offered.items()
    assert inspect.signature(rule.find).return_annotation == Iterator[Fault]


def test_every_rule_has_an_example() -> None:
    assert {rule for rule, _ in TABLE} == {rule.name for rule in every.RULES}


def test_every_case_stands_under_a_rule_that_finds_it() -> None:
    assert [f"{rule}-{case['name']}" for rule, case in TABLE if f": {rule}: " not in case["findings"]] == []


def test_names_of_cases_are_unique() -> None:
    names = [f"{rule}-{case['name']}" for rule, case in TABLE]
    assert sorted(names) == sorted(set(names))


def test_every_example_is_tried_by_the_test_of_a_module() -> None:
    """Each module that makes rules has a test file, which tries the examples of its rules."""
    files = {path.stem.removeprefix("test_"): path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py")}
    modules = sorted({rule.find.__module__.rpartition(".")[2] for rule in every.RULES})
    assert [module for module in modules if f'cases_of("{module}")' not in files.get(module, "")] == []
    assert sum(len(cases_of(module)) for module in modules) == len(TABLE)


STOPPING = {
    "none": ([("a.yml", "fact-cited"), ("docs/a.md", "macro-call")], (False, set())),
    "data": ([("a.yml", "yaml"), ("docs/a.md", "macro-call")], (True, set())),
    "a-page": ([("docs/a.md", "yaml"), ("docs/b.md", "macro-call"), ("a.yml", "fact-cited")], (False, {"docs/a.md"})),
    "data-and-pages": ([("a.yml", "shape"), ("docs/b.md", "block-closed")], (True, {"docs/b.md"})),
}


@pytest.mark.parametrize(("faults", "expected"), STOPPING.values(), ids=STOPPING.keys())
def test_what_stops_the_rest(faults: list[tuple[str, str]], expected: tuple[bool, set[str]]) -> None:
    findings = [Finding(file, 1, rule, "") for file, rule in faults]
    assert (every.stopped(findings), every.stopped_pages(findings)) == expected


HARMLESS = {
    "dose-and-how-often-in-a-quoted-part": (
        "macros/data/sources.yml",
        "    section 4.9: {read: whole}\n",
        "    section 4.9: {read: whole}\n    the 500-mg tablets every 8 hours: {read: whole}\n",
    ),
    "windows-line-ends": (f"{DATA}/monitoring.yml", "title: Liver enzymes\n", "title: Liver enzymes\r\n"),
    "byte-order-mark": (f"{DATA}/monitoring.yml", "# A fictional", "\ufeff# A fictional"),
    "space-after-the-front-matter": (f"{PAGES}/evidence.md", "---\ntitle: Evidence", "--- \ntitle: Evidence"),
    "three-facts-in-a-table-row": (
        f"{PAGES}/index.md",
        "A fictional medicine.\n",
        'A fictional medicine.\n\n| First | Step | Most |\n|---|---|---|\n| {{ fact("dose/infusion-start") }} '
        '| {{ fact("dose/infusion-step") }} | {{ fact("dose/infusion-max") }} |\n\n',
    ),
    "heading-with-an-anchor": (f"{PAGES}/index.md", "## Efficacy\n", "## Efficacy { #bleeds }\n"),
    "block-in-a-block": (
        f"{PAGES}/index.md",
        '{{ list("research", use="research") }}\n',
        '/// research | {{ notice("research", "small ones") }}\n\n{{ list("research", use="research") }}\n\n///\n',
    ),
    "indented-block": (
        f"{PAGES}/index.md",
        '/// research | {{ notice("research", "children") }}\n',
        '  /// research | {{ notice("research", "children") }}\n',
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("file", "old", "new"), HARMLESS.values(), ids=HARMLESS.keys())
def test_harmless(project: Path, edit: Edit, file: str, old: str, new: str) -> None:
    edit(file, old, new)
    assert found(project) == []


def test_five_faults_in_three_files_are_found_at_once_and_sorted(project: Path, edit: Edit) -> None:
    edit(f"{DATA}/monitoring.yml", "grade: A", "grade: R")
    edit(f"{DATA}/dose.yml", "at least 10 mL", "at least 10")
    edit(f"{DATA}/dose.yml", "  amount: 3 mL/min\n", "  amount: 3 mL/min\n  evidense: label\n")
    edit(f"{DATA}/dose.yml", "amount: 2 mL/kg", "amount: 2.0 mL/kg")
    edit(f"{PAGES}/index.md", "A fictional medicine.", "A <b>fictional</b> medicine.")
    assert found(project) == [
        f"{PAGES}/index.md:11: prose-is-markdown: HTML tag '<b' in a page; write Markdown or call a macro",
        f"{DATA}/dose.yml:27: shape: vial-volume: 'amount': 'at least 10' is not an amount; "
        "write '[at least] 3 hours' or '6 × 10^13 vg/kg'",
        f"{DATA}/dose.yml:36: shape: volume-per-kg: 'amount': '2.0 mL/kg' ends in a zero, which is misread as ten times as much; write 2",
        f"{DATA}/dose.yml:77: shape: infusion-max: unknown key 'evidense'; did you mean 'evidence'?",
        f"{DATA}/monitoring.yml:13: shape: liver: 'grade': unknown word 'R' (see grades in the vocabulary); write one of: A, B, C",
    ]
