"""What the repository says to its host, to git and to editors' programs: forms, checks, settings."""

import json
import os
import re
import shlex
import subprocess
import tomllib
from pathlib import Path, PurePosixPath

import pytest
from packaging.requirements import Requirement

from macros.__main__ import main
from macros.editing.schema import FOLDER, RECORDS
from tests.conftest import ROOT
from tests.support import yaml12

GITHUB = ROOT / ".github"
FORMS = [GITHUB / "ISSUE_TEMPLATE" / name for name in ("new-medicine.yml", "wrong-fact.yml")]
HOOKS = yaml12.read((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
SETTINGS = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
DEV = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]["dev"]


# What a kind of question may say, by GitHub's syntax for issue forms.
ATTRIBUTES = {
    "markdown": {"value"},
    "input": {"label", "description", "placeholder", "value"},
    "textarea": {"label", "description", "placeholder", "value", "render"},
    "dropdown": {"label", "description", "multiple", "options", "default"},
}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_form_is_one(path: Path) -> None:
    form = yaml12.read(path.read_text("utf-8"))
    assert form.keys() == {"name", "description", "title", "labels", "body"}
    questions = [each for each in form["body"] if each["type"] != "markdown"]
    labels = {each["attributes"]["label"] for each in questions}
    assert len({each["id"] for each in questions}) == len(labels) == len(questions) > 0
    for each in form["body"]:
        assert each["attributes"].keys() <= ATTRIBUTES[each["type"]]
    for each in questions:
        assert each.keys() == {"type", "id", "attributes", "validations"}
        assert isinstance(each["validations"]["required"], bool)


def test_forms_are_all_there_is() -> None:
    assert sorted((GITHUB / "ISSUE_TEMPLATE").iterdir()) == sorted([*FORMS, GITHUB / "ISSUE_TEMPLATE/config.yml"])
    assert yaml12.read((GITHUB / "ISSUE_TEMPLATE/config.yml").read_text("utf-8")) == {"blank_issues_enabled": True}


def test_a_wrong_fact_is_reported_with_all_that_the_page_asks_for() -> None:
    form = yaml12.read((GITHUB / "ISSUE_TEMPLATE/wrong-fact.yml").read_text("utf-8"))
    required = {each["id"]: each["validations"]["required"] for each in form["body"] if each["type"] != "markdown"}
    needed = {"page": True, "fact": False, "ours": True, "theirs": True, "source": True, "version": True}
    assert needed.items() <= required.items()
    assert "adverse reaction in a patient" in form["body"][0]["attributes"]["value"]


def test_commands_of_the_pull_request_template_exist() -> None:
    text = (GITHUB / "PULL_REQUEST_TEMPLATE.md").read_text("utf-8")
    assert set(re.findall(r"python -m macros (\w+)", text)) == {"diff"} <= main.commands.keys()
    assert set(re.findall(r"`make (\w+)`", text)) <= set(TARGETS)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no make")
def test_make_alone_lists_every_command() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    said = subprocess.run(["make"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    listed = [line.split()[1] for line in said.splitlines()]
    assert f".PHONY: {' '.join(listed)}\n" in (ROOT / "Makefile").read_text("utf-8")
    assert {"help", "site", "test", "serve", "check"} <= set(listed)


@pytest.mark.parametrize(("lock", "groups"), [("requirements.txt", []), ("requirements-dev.txt", ["dev"])])
def test_lock_is_whole_and_in_step_with_the_ranges(lock: str, groups: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *(line for group in groups for line in project["optional-dependencies"][group])]
    build, text = ((ROOT / name).read_text("utf-8") for name in ("requirements.txt", lock))
    built, locked = (dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", pins, re.MULTILINE)) for pins in (build, text))
    assert built.items() <= locked.items(), "the tests must run with the versions of the build: run make lock"
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(locked[requirement.name.lower()]), f"{requirement}: run make lock"
    assert "://" not in text
    entries = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_what_runs_beside_the_project_is_locked_too() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]["tools"]
    text = (ROOT / "requirements-tools.txt").read_text("utf-8")
    locked = dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE))
    assert [line for line in wanted if not Requirement(line).specifier.contains(locked[Requirement(line).name])] == []
    entries = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert "://" not in text and [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("folder", ["audit", "lint", "notices"])
def test_what_comes_from_npm_is_locked_by_hashes_without_a_host(folder: str) -> None:
    wanted = json.loads((ROOT / "scripts" / folder / "package.json").read_text("utf-8"))["dependencies"]
    packages = json.loads((ROOT / "scripts" / folder / "package-lock.json").read_text("utf-8"))["packages"]
    assert packages.pop("")["dependencies"] == wanted
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert [name for name, package in packages.items() if "integrity" not in package or "resolved" in package] == []


@pytest.mark.parametrize("hook", HOOKS["repos"][0]["hooks"], ids=lambda hook: hook["id"])
def test_hook_runs_what_is_there(hook: dict) -> None:
    program, *words = shlex.split(hook["entry"])
    assert hook["language"] == "system"
    if program == "make":
        assert words and set(words) <= set(TARGETS)
    else:
        folder, name = program.rsplit("/", 1)
        assert folder == ".venv/bin"
        assert name in {Requirement(line).name for line in DEV}


def test_hooks_are_our_own_and_hold_the_checks() -> None:
    assert [repo["repo"] for repo in HOOKS["repos"]] == ["local"]
    hooks = {hook["id"]: hook for hook in HOOKS["repos"][0]["hooks"]}
    assert (hooks["check"]["entry"], hooks["check"]["pass_filenames"]) == ("make check", False)
    assert {name: (hook["entry"].split()[1:3], hook["types"]) for name, hook in hooks.items() if name != "check"} == {
        "ruff": (["check", "--force-exclude"], ["python"]),
        "ruff-format": (["format", "--check"], ["python"]),
    }


@pytest.mark.parametrize(
    ("file", "runs"),
    [
        ("macros/data/sources.yml", True),
        ("macros/rules/texts.py", True),
        ("docs/index.md", True),
        ("mkdocs.yml", True),
        ("overrides/main.html", True),
        ("register/site.txt", True),
        ("README.md", False),
        ("tests/rules/test_html.py", False),
        ("docs_of_others/x.md", False),
    ],
)
def test_the_check_runs_for_what_it_judges(file: str, runs: bool) -> None:
    check = next(hook for hook in HOOKS["repos"][0]["hooks"] if hook["id"] == "check")
    assert bool(re.search(check["files"], file)) == runs


def test_vs_code_gives_each_data_file_its_schema() -> None:
    given = SETTINGS["yaml.schemas"]
    schemas = [f"./{path.relative_to(ROOT).as_posix()}" for path in (ROOT / FOLDER).iterdir()]
    assert sorted([*given, f"./{RECORDS.as_posix()}"]) == sorted(schemas)  # the other schemas refer to that one
    found = [path for folder in ("macros/data", "macros/template") for path in sorted((ROOT / folder).rglob("*.yml"))]
    data = [path.relative_to(ROOT).as_posix() for path in found]
    for file in data:
        fitting = [schema for schema, patterns in given.items() if any(PurePosixPath(file).match(p) for p in patterns)]
        assert fitting == [f"./{FOLDER.as_posix()}/{PurePosixPath(file).stem}.json"], file
    unused = [p for patterns in given.values() for p in patterns if not any(PurePosixPath(f).match(p) for f in data)]
    assert unused == ["macros/data/*/sources.yml"]  # a medicine may have sources of its own; none has yet


def test_vs_code_writes_files_as_the_project_wants_them() -> None:
    assert SETTINGS["files.eol"] == "\n"
    assert SETTINGS["yaml.yamlVersion"] == "1.2"
    line_length = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["line-length"]
    assert SETTINGS["[python]"]["editor.rulers"] == [line_length]
    extensions = json.loads((ROOT / ".vscode/extensions.json").read_text("utf-8"))
    assert extensions == {"recommendations": ["redhat.vscode-yaml"]}


@pytest.mark.parametrize(
    ("file", "ignored"),
    [
        (".vscode/settings.json", False),
        (".vscode/extensions.json", False),
        (".vscode/launch.json", True),
        ("macros/data/schema/dose.json", False),
        (".pre-commit-config.yaml", False),
        ("site/index.html", True),
    ],
)
def test_git_takes_the_shared_settings_and_no_others(tmp_path: Path, file: str, ignored: bool) -> None:
    (tmp_path / ".gitignore").write_bytes((ROOT / ".gitignore").read_bytes())
    (tmp_path / "everywhere").write_text(".vscode/\n", "utf-8")
    git = ["git", "-C", str(tmp_path), "-c", "core.excludesFile=everywhere"]
    subprocess.run([*git, "init", "--quiet"], check=True)
    assert subprocess.run([*git, "check-ignore", "--quiet", file], check=False).returncode == (0 if ignored else 1)
