"""Who must agree to a change of a file: as far as the file reaches. GitHub asks for the team of the last line that fits a file."""

import re
from functools import cache
from pathlib import PurePosixPath

import pytest

from macros.formulary.book import DATA, RECALLS, REPORTING, SHARED
from macros.pages.register import FOLDER, framing
from tests.conftest import ROOT

LINES = (ROOT / ".github/CODEOWNERS").read_text("utf-8").splitlines()
OWNERS = dict(line.split() for line in LINES if line and not line.startswith("#"))
ORGANIZATION = OWNERS["*"].partition("/")[0]  # whoever hosts the repository
LEADS, ENGINEERS = f"{ORGANIZATION}/clinical-leads", f"{ORGANIZATION}/engineers"
# What every page may carry, and what frames it.
EVERYWHERE = {path.as_posix() for path in framing(ROOT)} | {(DATA / name).as_posix() for name in SHARED}
EVERYWHERE |= {path.as_posix() for path in (RECALLS, REPORTING)}
# What judges and what tells of changes, so that its own change may let pass what nobody sees; what computes doses and statuses.
JUDGING = (
    ".github/CODEOWNERS", ".gitattributes", "macros/rules/", "macros/pages/html.py", "macros/pages/register.py", "macros/pages/seen.py", "macros/editing/difference.py",
    "macros/site/build.py", "macros/site/check.py", "tests/golden/", "tests/test_owners.py", "tests/site/test_around.py", "tests/site/test_eye.py",
    "tests/support/eye.py", "tests/support/sight.py", "tests/support/laid_out.py",
    "macros/copies/bundle.py", "macros/copies/offline.py", "macros/copies/single.py", "macros/copies/zim.py",
)  # fmt: skip
COMPUTING = (
    "macros/formulary/book.py", "macros/formulary/dosing.py", "macros/formulary/sourcing.py", "macros/render/comparison.py",
    "macros/render/doses.py", "macros/render/paper.py", "macros/site/search_entries.py", "macros/site/search_index.py", "macros/site/search_pieces.py", "macros/site/search_sections.py",
)  # fmt: skip
REGISTERED = re.compile(r"^== (page|data|file) (.+)$", re.MULTILINE)
FOLDERS = {"page": "docs/", "data": "macros/data/", "file": ""}


@cache
def files() -> list[str]:
    """Every file of the project, but what tools make."""
    here = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    for folder in (".ci", ".github", ".vscode", "bench", "docs", "host", "macros", "overrides", "register", "scripts", "tests"):
        here += [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return sorted(path.relative_to(ROOT).as_posix() for path in here)


def fits(pattern: str, file: str) -> bool:
    """Whether a file is meant by a pattern of the few kinds that our CODEOWNERS has."""
    path = f"/{file}"
    return pattern == "*" or (path.startswith(pattern) if pattern.endswith("/") else PurePosixPath(path).match(pattern))


def owner(file: str, owners: dict[str, str]) -> str:
    """Who has to agree to a change of the file itself: the last line that fits it counts."""
    return [team for pattern, team in owners.items() if fits(pattern, file)][-1]


@cache
def registers() -> dict[str, str]:
    """The register in which each file stands line by line."""
    return {
        f"{FOLDERS[kind]}{name}": path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / FOLDER).glob("*.txt"))
        for kind, name in REGISTERED.findall(path.read_text("utf-8"))
    }


def needed(file: str) -> set[str]:
    """The teams that have to agree, by what the file can change."""
    if file in EVERYWHERE:
        return {LEADS, ENGINEERS}
    pages = file.startswith("docs/") or (file.startswith("macros/data/") and "/schema/" not in file)
    return {LEADS} if pages or file.startswith(("register/", *JUDGING, *COMPUTING)) else {ENGINEERS}


def without_owner(owners: dict[str, str]) -> dict[str, set[str]]:
    """The files whose change does not need a team that has to agree, with those teams."""
    register = registers()
    lacking = {}
    for file in files():
        asked = {owner(file, owners)} | ({owner(register[file], owners)} if file in EVERYWHERE else set())
        if missing := needed(file) - asked:
            lacking[file] = missing
    return lacking


def test_every_file_has_the_owners_that_its_reach_asks_for() -> None:
    assert without_owner(OWNERS) == {}


@pytest.mark.parametrize("pattern", OWNERS)
def test_without_a_line_an_owner_is_missing(pattern: str) -> None:
    rest = {each: team for each, team in OWNERS.items() if each != pattern}
    assert without_owner({"*": f"{ORGANIZATION}/nobody", **rest}) != {}


def test_every_line_names_a_pattern_and_one_team() -> None:
    lines = [line for line in LINES if line and not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"(\*|/[\w./*-]+) +@[\w-]+/[\w-]+", line)] == []
    assert len(OWNERS) == len(lines)


@pytest.mark.parametrize("pattern", OWNERS)
def test_owned_path_exists(pattern: str) -> None:
    assert [file for file in files() if fits(pattern, file)] != []


def test_the_two_teams_are_of_one_organization_and_a_placeholder_says_how_to_replace_it() -> None:
    assert {*OWNERS.values()} == {LEADS, ENGINEERS}
    said = "\n".join(line for line in LINES if line.startswith("#"))
    assert "To switch it on" in said and (ORGANIZATION == "@monographs") == ("s/@monographs\\//@YOUR-ORGANIZATION\\//" in said)
