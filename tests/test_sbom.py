"""The list of the packages that the site is built with: all that is locked, and the same bytes each time."""

import json

import pytest
from cyclonedx.model import HashAlgorithm, HashType

from scripts.sbom import LOCK, Locked, bom, locked, written

TEXT = LOCK.read_text("utf-8")
ENTRY = """\
# made by a machine
click==8.4.1 \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
    # via
    #   mkdocs
    #   monographs (pyproject.toml)
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:{a}
    # via click
"""


def test_a_lock_is_read_with_what_needs_what() -> None:
    a, b = "a" * 64, "b" * 64
    assert locked(ENTRY.format(a=a, b=b)) == [
        Locked("click", "8.4.1", "", (a, b), ("mkdocs", "monographs")),
        Locked("colorama", "0.4.6", "sys_platform == 'win32'", (a,), ("click",)),
    ]


def test_the_list_holds_all_that_is_locked_and_fits_its_schema() -> None:
    made = json.loads(written(bom(TEXT, "1")))
    packages = locked(TEXT)
    assert [each["purl"] for each in made["components"]] == [f"pkg:pypi/{each.name}@{each.version}" for each in packages]
    assert len(packages) == TEXT.count("==") - sum("==" in each.marker for each in packages)
    assert sum(len(each["properties"]) for each in made["components"]) == TEXT.count("--hash=") + TEXT.count(" ; ")
    needs = {each["ref"]: each.get("dependsOn", []) for each in made["dependencies"]}
    assert {name.partition("==")[0] for name in needs["monographs"]} >= {"mkdocs", "mkdocs-material", "pydantic"}
    assert all(name in {each for others in needs.values() for each in others} for name in needs if name != "monographs")


def test_the_same_lock_gives_the_same_bytes_without_a_time() -> None:
    first = written(bom(TEXT, "1"))
    assert first == written(bom(TEXT, "1"))
    assert {"serialNumber", "timestamp"} & {*json.loads(first), *json.loads(first)["metadata"]} == set()


def test_what_does_not_fit_the_schema_is_refused() -> None:
    made = bom(TEXT, "1")
    made.components[0].hashes.add(HashType(alg=HashAlgorithm.SHA_256, content="none"))
    with pytest.raises(ValueError, match="'none' does not match"):
        written(made)
