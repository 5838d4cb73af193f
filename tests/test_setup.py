"""Set-up on machines that we do not have: the scripts run against made-up Pythons, browsers and package managers."""

import os
import re
import shlex
import sys
from pathlib import Path

import pytest

from tests.support.machine import Machine

ROOT = Path(__file__).resolve().parent.parent
pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="the scripts are for POSIX; Windows has two lines instead"),
    pytest.mark.slow,  # each runs a chain of programs, and only scripts/ can break it
]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path)
    machine.add("uname", "echo Linux")
    return machine


STUB = "echo 'pyenv: command not found' >&2; exit 127"


def python(machine: Machine, name: str, what: str, folder: Path | None = None, more: str = "") -> Path:
    """The Python that runs the tests, posing as another: a version, then the modules that it lacks. Or a stub."""
    if what == STUB:
        return machine.add(name, STUB)
    version, *missing = what.split()
    path = (folder or machine.bin) / name
    pose = f"import sys; sys.version_info = {(*map(int, version.split('.')), 'final', 0)}\n"
    pose += f"sys._base_executable = {str(path)!r}; sys.modules.update(dict.fromkeys({missing})); exec(sys.argv[-1])"
    return machine.add(name, f'{more}\nexec {shlex.quote(sys.executable)} -I -c {shlex.quote(pose)} "$@"', path.parent)


@pytest.mark.parametrize(
    ("pythons", "expected"),
    [
        ({"python3.11": "3.11.9", "python3.13": "3.13.0", "python3": "3.11.9"}, "python3.13"),
        ({"python3.14": STUB, "python3.12": "3.12.1", "python3": "3.11.9"}, "python3.12"),
        ({"python3.11": "3.11.4", "python3": "3.11.5"}, "python3"),
        ({"python3": STUB, "python": "3.15.0"}, "python"),
        ({"python3.13": "3.13.0 ensurepip", "python3.12": "3.12.1 venv", "python3.11": "3.11.5"}, "python3.11"),
    ],
)
def test_newest_python_that_works_is_found(machine: Machine, pythons: dict[str, str], expected: str) -> None:
    for name, what in pythons.items():
        python(machine, name, what)
    done = machine.run("find-python.sh")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{machine.bin / expected}\n", "")


@pytest.mark.parametrize(
    ("pythons", "words"),
    [
        ({}, "No Python found: install Python 3.11.5 or later"),
        ({"python3": STUB}, "No Python found"),
        ({"python3": "3.11.2"}, "Python 3.11.2 (BIN/python3) is too old: install Python 3.11.5 or later"),
        ({"python3": "3.12.3 ensurepip"}, "Python 3.12.3 (BIN/python3) has no venv module: install it"),
        ({"python3.11": "3.11.2", "python3": "3.14.0 venv"}, "(on Debian or Ubuntu: apt install python3.14-venv)"),
    ],
)
def test_without_a_fit_python_a_sentence_says_what_to_do(machine: Machine, pythons: dict[str, str], words: str) -> None:
    for name, what in pythons.items():
        python(machine, name, what)
    done = machine.run("find-python.sh")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert words.replace("BIN", str(machine.bin)) in done.stderr
    assert done.stderr.endswith("then run the same command again.\n")


def test_a_stub_does_not_hide_the_same_name_further_down_the_path(machine: Machine) -> None:
    machine.add("python3.13", STUB)
    real = python(machine, "python3.13", "3.13.0", folder=machine.home / "other bin")
    assert machine.run("find-python.sh", path=f"{machine.bin}:{real.parent}").stdout == f"{real}\n"


def test_an_active_environment_is_not_the_base_of_the_new_one(machine: Machine) -> None:
    active = str(Path(sys.executable).parent)
    done = machine.run("find-python.sh", path=active, PYTHONHOME="/nowhere", PYTHONPATH="/nowhere")
    assert done.stdout == f"{getattr(sys, '_base_executable', sys.executable)}\n"


@pytest.fixture
def prepared(machine: Machine) -> Machine:
    """A machine with a Python whose environments have a pip that only notes what it was asked."""
    cut_off, no_network = (shlex.quote(str(machine.home / name)) for name in ("cut off", "no network"))
    pip = machine.add("pip", f"""
env | sed -n 's/^PIP_/pip sees PIP_/p' >>{shlex.quote(str(machine.calls))}
[ ! -e {cut_off} ] || kill -9 $PPID
[ ! -e {no_network} ] || {{ echo 'pip: no route'; exit 1; }}
""", machine.home)  # fmt: skip
    python(machine, "python3.13", "3.13.0", more=f"""
case "$*" in
--version) echo Python 3.13.0; exit ;;
*"-m venv .venv") mkdir -p .venv/bin; cp {shlex.quote(str(pip))} .venv/bin/python; echo x >.venv/pyvenv.cfg; exit ;;
esac""")  # fmt: skip
    for lock in ("requirements.txt", "requirements-dev.txt"):
        (machine.project / lock).write_text(f"{lock}\n", "utf-8")
    return machine


def steps(machine: Machine) -> list[str]:
    """What set-up did since the last look: environments made and locks installed."""
    found = re.findall(r"-m (venv) |(\S+\.txt)", "\n".join(machine.called("p")))
    machine.calls.unlink(missing_ok=True)
    return [made or installed for made, installed in found]


def test_set_up_is_done_once_and_again_when_the_lock_changes(prepared: Machine) -> None:
    build, tests = "requirements.txt", "requirements-dev.txt"
    said = "Setting up .venv with Python 3.13.0: half a minute, more on a slow network\n"
    for goal, done in [("site", ["venv", build]), ("site", []), ("test", [tests]), ("site", []), ("test", [])]:
        ran = prepared.run("setup.sh", goal)
        assert (ran.returncode, ran.stderr, steps(prepared)) == (0, "", done)
        assert ran.stdout == (said if "venv" in done else "Adding to .venv what the tests need\n" if done else "")
    (prepared.project / build).write_text("changed\n", "utf-8")
    assert (prepared.run("setup.sh", "site").stdout, steps(prepared)) == (said, ["venv", build])


@pytest.mark.parametrize(("before", "goal"), [([], "site"), ([], "test"), (["site"], "test")])
def test_a_set_up_that_was_cut_off_is_made_anew(prepared: Machine, before: list[str], goal: str) -> None:
    for earlier in before:
        prepared.run("setup.sh", earlier)
    (prepared.home / "cut off").touch()
    assert prepared.run("setup.sh", goal).returncode != 0
    (prepared.home / "cut off").unlink()
    steps(prepared)
    assert prepared.run("setup.sh", goal).returncode == 0
    assert steps(prepared)[0] == "venv"


def test_without_a_network_a_sentence_follows_pips_words_and_what_was_there_stays(prepared: Machine) -> None:
    prepared.run("setup.sh", "site")
    (prepared.home / "no network").touch()
    done = prepared.run("setup.sh", "test")
    assert (done.returncode, done.stdout) == (1, "Adding to .venv what the tests need\n")
    assert done.stderr.startswith("pip: no route\nThe packages could not be installed")
    assert done.stderr.endswith("run the same command again when the network is there: set-up needs it.\n")
    steps(prepared)
    assert (prepared.run("setup.sh", "site").returncode, steps(prepared)) == (0, [])
    (prepared.home / "no network").unlink()
    assert (prepared.run("setup.sh", "test").returncode, steps(prepared)) == (0, ["requirements-dev.txt"])


def test_settings_that_say_where_packages_come_from_stay_and_others_go(prepared: Machine) -> None:
    prepared.run("setup.sh", "site", PIP_INDEX_URL="mirror", PIP_TARGET="/elsewhere", PIP_NO_BINARY="x", PIP_USER="1")
    assert prepared.called("pip sees") == ["pip sees PIP_INDEX_URL=mirror"]


GOOD = "echo Chromium 156.0.8078.79"
SNAP = "echo 'requires the chromium snap to be installed' >&2; exit 1"
ROOT_USER, OTHER_USER = "echo 0", "echo 1000"


def writes(path: Path, script: str = GOOD) -> str:
    """A script that puts an executable in place, as an installer does."""
    target = shlex.quote(str(path))
    return f"printf '#!/bin/sh\\n%s\\n' {shlex.quote(script)} >{target}; chmod 755 {target}"


@pytest.mark.parametrize(
    ("browsers", "expected"),
    [
        ({"chromium": GOOD, "google-chrome": GOOD}, "chromium"),
        ({"chromium-browser": SNAP, "google-chrome-stable": "echo Google Chrome 156.0.1"}, "google-chrome-stable"),
        ({"chromium": "exit 0", "microsoft-edge": "echo Microsoft Edge 156.0.2"}, "microsoft-edge"),
    ],
)
def test_a_browser_that_is_there_is_found(machine: Machine, browsers: dict[str, str], expected: str) -> None:
    for name, script in browsers.items():
        machine.add(name, script)
    machine.add("apt-get", "exit 0")
    done = machine.run("find-browser.sh")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{machine.bin / expected}\n", "")
    assert not machine.called("apt-get")


def test_a_browser_of_macos_is_found(machine: Machine) -> None:
    machine.add("uname", "echo Darwin")
    chrome = machine.add("Google Chrome", GOOD, machine.home / "Applications/Google Chrome.app/Contents/MacOS")
    found = machine.run("find-browser.sh").stdout
    assert found == f"{chrome}\n" or found.startswith("/Applications/")


def playwright(machine: Machine, *, there: bool = False, can_download: bool = True) -> Path:
    """An environment with Playwright, whose browser is there, can be had, or neither."""
    browser = machine.home / "playwright chrome"
    if there:
        machine.add(browser.name, GOOD, machine.home)
    install = writes(browser) if can_download else "echo 'download failed' >&2; exit 1"
    script = f'case "$*" in *install*) {install} ;; *) echo {shlex.quote(str(browser))} ;; esac'
    machine.add("python", script, machine.project / ".venv/bin")
    return browser


def test_a_browser_that_playwright_has_is_found_before_any_download(machine: Machine) -> None:
    browser = playwright(machine, there=True)
    machine.add("apt-get", "exit 1")
    done = machine.run("find-browser.sh")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{browser}\n", "")
    assert not [call for call in machine.called() if "install" in call]


@pytest.mark.parametrize(
    ("user", "sudo", "apt", "expected", "said"),
    [
        (ROOT_USER, None, GOOD, "chromium", ["apt-get"]),
        (OTHER_USER, 'shift; "$@"', GOOD, "chromium", ["apt-get"]),
        (OTHER_USER, "exit 1", GOOD, "playwright", ["Playwright"]),
        (OTHER_USER, None, GOOD, "playwright", ["Playwright"]),
        (ROOT_USER, None, SNAP, "playwright", ["apt-get", "Playwright"]),
        (ROOT_USER, None, None, "playwright", ["apt-get", "E: Unable to locate package", "Playwright"]),
    ],
)
def test_a_browser_is_fetched_in_the_way_that_is_open(
    machine: Machine, user: str, sudo: str | None, apt: str | None, expected: str, said: list[str]
) -> None:
    machine.add("id", user)
    if sudo:
        machine.add("sudo", sudo)
    chromium = machine.bin / "chromium"
    install = writes(chromium, apt) if apt else "echo 'E: Unable to locate package' >&2; exit 100"
    machine.add("apt-get", f'case "$*" in *install*) {install} ;; *) exit 1 ;; esac')
    downloaded = playwright(machine)
    done = machine.run("find-browser.sh", "--install")
    assert (done.returncode, done.stdout) == (0, f"{chromium if expected == 'chromium' else downloaded}\n")
    assert all(word in line for word, line in zip(said, done.stderr.splitlines(), strict=True)), done.stderr
    verbs = [re.findall(r"update|install", call)[0] for call in machine.called("apt-get")]
    assert verbs == (["update", "install"] if "apt-get" in said else [])


def test_without_any_way_to_a_browser_a_sentence_says_what_to_do(machine: Machine) -> None:
    machine.add("chromium-browser", SNAP)
    playwright(machine, can_download=False)
    done = machine.run("find-browser.sh", "--install")
    assert (done.returncode, done.stdout) == (1, "")
    words = "install Chromium or Google Chrome (on Debian: apt install chromium), then run the same command again.\n"
    assert done.stderr.endswith(f"\nNo browser that runs, and no way to one: {words}")


def test_nothing_is_installed_that_nobody_asked_for(machine: Machine) -> None:
    machine.add("id", ROOT_USER)
    machine.add("apt-get", GOOD)
    playwright(machine)
    browser, tools = machine.run("find-browser.sh"), machine.run("find-tools.sh")
    missing = "firefox-esr zim-tools kiwix-tools minisign nginx-light nodejs npm poppler-utils"
    assert (browser.returncode, browser.stdout, browser.stderr) == (1, "", "No browser that runs is here; make tools installs one\n")
    assert (tools.returncode, tools.stderr) == (0, f"Left out are the tests that need what is missing: {missing}; make tools installs it\n")
    assert [call for call in machine.called() if "install" in call] == []


PROGRAMS = ["firefox-esr", "zimwriterfs", "kiwix-serve", "minisign", "nginx", "node", "npm", "pdftotext"]


@pytest.mark.parametrize(
    ("user", "sudo", "there", "fails", "installed"),
    [
        (ROOT_USER, None, [*PROGRAMS], [], []),
        (ROOT_USER, None, [], [], ["firefox-esr", "zim-tools", "kiwix-tools", "minisign", "nginx-light", "nodejs", "npm", "poppler-utils"]),
        (
            ROOT_USER,
            None,
            ["minisign"],
            ["zim-tools"],
            ["firefox-esr", "zim-tools", "kiwix-tools", "nginx-light", "nodejs", "npm", "poppler-utils"],
        ),
        (OTHER_USER, 'shift; "$@"', [*PROGRAMS][1:], [], ["firefox-esr"]),
        (OTHER_USER, "exit 1", [], [], []),
        (OTHER_USER, None, [], [], []),
    ],
    ids=["all there", "none there", "one can't be had", "with sudo", "no rights", "no sudo"],
)
def test_what_single_tests_need_is_fetched_where_it_may_be(
    machine: Machine, user: str, sudo: str | None, there: list[str], fails: list[str], installed: list[str]
) -> None:
    machine.add("id", user)
    if sudo:
        machine.add("sudo", sudo)
    for program in there:
        machine.add(program, GOOD)
    refused = "|".join(f"*{package}" for package in fails) or "never"
    machine.add("apt-get", f'case "$*" in {refused}) exit 100 ;; esac')
    done = machine.run("find-tools.sh", "--install")
    calls = machine.called("apt-get")
    assert (done.returncode, [call.split()[-1] for call in calls if "install" in call]) == (0, installed)
    assert [package in done.stderr for package in fails] == [True] * len(fails)
