"""The examples of the page for developers, run as they stand there against the built site."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser

from tests.conftest import ROOT

MEDICINE = "apixaban"
EXAMPLES = dict(re.findall(r"^```(\w+)\n(.*?)^```$", (ROOT / "docs/about/data.md").read_text("utf-8"), re.MULTILINE | re.DOTALL))


@pytest.fixture(scope="module")
def doses(copy: Path) -> list[Any]:
    """The authorized doses of the medicine, as they stand in its file: beside an inhibitor, too, and none of a trial."""
    record = json.loads((copy / f"site/api/v1/medicines/{MEDICINE}.json").read_text("utf-8"))
    found = [fact for fact in record["facts"] if fact["id"] in record["regimens"] and fact["authorizes"]]
    assert {fact["topic"] for fact in found} == {"dose", "renal", "hepatic", "interaction"}
    return found


def _run(command: list[str], address: str) -> str:
    return subprocess.run(
        command, env={**os.environ, "SITE": address, "MEDICINE": MEDICINE}, capture_output=True, encoding="utf-8", check=True
    ).stdout  # fmt: skip


def test_there_is_an_example_in_each_language() -> None:
    assert [*EXAMPLES] == ["sh", "python", "js", "r"]


@pytest.mark.browser
def test_the_command_line(copy: Path, address: str) -> None:
    if not shutil.which("curl"):
        pytest.skip("curl is not installed")
    assert _run(["sh", "-c", EXAMPLES["sh"]], address) == (copy / "site/api/v1/medicines.json").read_text("utf-8")


@pytest.mark.browser
def test_python(address: str, doses: list[Any]) -> None:
    said = _run([sys.executable, "-c", EXAMPLES["python"]], address).splitlines()
    assert said == [f"{fact['places']} {fact['quote']} {address}{fact['address']}" for fact in doses]


def test_javascript(browser: Browser, address: str, doses: list[Any]) -> None:
    page = browser.new_page()
    page.goto(address)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "log" else None)
    page.evaluate(f"async ([SITE, MEDICINE]) => {{ {EXAMPLES['js']} }}", [address, MEDICINE])
    page.close()
    assert said == [f"{' '.join(fact['places'])} {fact['quote']} {address}{fact['address']}" for fact in doses]


@pytest.mark.browser
def test_r(address: str, doses: list[Any]) -> None:
    if not shutil.which("Rscript"):
        pytest.skip("R is not installed")
    said = _run(["Rscript", "-e", EXAMPLES["r"]], address).splitlines()
    assert [line.strip() for line in said] == [f"{' '.join(fact['places'])} {fact['quote']} {address}{fact['address']}" for fact in doses]


def test_the_citation_names_the_licence_of_the_content() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert (cited["cff-version"], cited["type"], cited["license"]) == ("1.2.0", "dataset", "CC-BY-4.0")
