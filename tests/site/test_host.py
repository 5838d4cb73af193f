"""What a real nginx sends by `host/nginx.conf` and what the command prints: headers, compressed, asked about anew, for the lost."""

import http.client
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.site.headers import for_nginx, headers
from tests.conftest import ROOT

CONF = (ROOT / "host/nginx.conf").read_text("utf-8")
SAID = headers(["a()"])
PAGE = "<!doctype html><title>Doses</title>" + "<p>text</p>" * 100
FILES = {
    "index.html": PAGE,
    "404.html": f"{PAGE}lost",
    "index.md": "text\n" * 200,
    "assets/css/page.css": "p { color: black }" * 50,
    "assets/stylesheets/main.0123abcd.min.css": "p { color: black }" * 50,
    "search/0123abcd/1.js": "sought()" * 100,
    "changes.xml": "<feed></feed>",
}
YEAR = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module", params=["", "below/a/"], ids=["root", "below-a-path"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str]]:
    """The port of a real nginx on this machine, and the path below which it serves a small site."""
    program = shutil.which("nginx")
    if program is None:
        pytest.skip("nginx is not installed: make tools")
    folder: Path = tmp_path_factory.mktemp("host")
    for name, content in FILES.items():
        file = folder / "site" / request.param / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    (folder / "snippet").write_text(for_nginx(SAID, f"https://a.example/{request.param}"), "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = CONF.replace("/tmp/", f"{folder}/").replace("error_log stderr", f"error_log {folder}/error.log")
    for old, new in {
        "listen 8080;": f"listen 127.0.0.1:{port};",
        "/srv/site;": f"{folder}/site;",
        "/etc/nginx/snippets/monographs.conf": f"{folder}/snippet",
        "worker_processes auto;": "worker_processes 1;" + (" user root;" if os.name == "posix" and os.geteuid() == 0 else ""),
    }.items():
        assert settings.count(old) == 1
        settings = settings.replace(old, new)
    (folder / "nginx.conf").write_text(settings, "utf-8")
    command = [program, "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", str(folder / "error.log")]
    subprocess.run([*command, "-t", "-q"], check=True)
    subprocess.run(command, check=True)  # it goes to the background when it listens
    try:
        yield port, f"/{request.param}"
    finally:
        subprocess.run([*command, "-s", "stop"], check=True)


def asked(place: tuple[int, str], path: str, **sent: str) -> tuple[int, dict[str, str], bytes]:
    """The status, the headers and the content of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", place[0], timeout=60)
    connection.request("GET", place[1] + path, headers={name.replace("_", "-"): value for name, value in sent.items()})
    answer = connection.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    connection.close()
    return found


@pytest.mark.parametrize("path", ["", "index.md", "assets/stylesheets/main.0123abcd.min.css", "no/such/page/", "search/0123abcd/9.js"])
def test_every_answer_says_all_that_the_list_holds(place: tuple[int, str], path: str) -> None:
    said = asked(place, path)[1]
    assert {name: said.get(name.lower()) for name in SAID} == SAID
    assert said["server"] == "nginx"


KEPT = {
    "": "no-cache",
    "index.md": "no-cache",
    "assets/css/page.css": "no-cache",
    "assets/stylesheets/main.0123abcd.min.css": YEAR,
    "search/0123abcd/1.js": YEAR,
    "search/0123abcd/9.js": None,  # is missing: nobody should keep that for a year
    "no/such/page/": None,
}


@pytest.mark.parametrize(("path", "kept"), KEPT.items(), ids=[path or "home" for path in KEPT])
def test_what_is_hashed_is_kept_and_all_else_asked_about(place: tuple[int, str], path: str, kept: str | None) -> None:
    assert asked(place, path)[1].get("cache-control") == kept


TYPES = {"": "text/html", "index.md": "text/markdown", "assets/css/page.css": "text/css", "search/0123abcd/1.js": "text/javascript"}


@pytest.mark.parametrize(("path", "kind"), TYPES.items(), ids=[path or "home" for path in TYPES])
def test_text_is_sent_compressed_and_named(place: tuple[int, str], path: str, kind: str) -> None:
    _, said, content = asked(place, path, Accept_Encoding="gzip")
    assert (said["content-encoding"], said["vary"], said["content-type"]) == ("gzip", "Accept-Encoding", f"{kind}; charset=utf-8")
    assert content[:2] == b"\x1f\x8b" and len(content) < 300


def test_what_did_not_change_is_not_sent_again(place: tuple[int, str]) -> None:
    tag = asked(place, "")[1]["etag"]
    status, said, content = asked(place, "", If_None_Match=tag)
    assert (status, content, "content-security-policy" in said) == (304, b"", True)


@pytest.mark.parametrize("path", ["no", "no/such/page/", "assets/none.css"])
def test_the_lost_get_the_page_of_the_site(place: tuple[int, str], path: str) -> None:
    status, said, content = asked(place, path)
    assert (status, said["content-type"], content.decode()) == (404, "text/html; charset=utf-8", FILES["404.html"])


def test_the_container_runs_as_nobody_and_builds_without_the_network() -> None:
    lines = (ROOT / "host/Containerfile").read_text("utf-8")
    last = lines.rpartition("\nFROM ")[2]
    assert re.search(r"^USER 65534:65534$", last, re.MULTILINE) and "listen 8080;" in CONF and "\nEXPOSE 8080\n" in last
    assert [line for line in lines.splitlines() if "make site" in line and not line.startswith("RUN --network=none ")] == []
    written = {path for path in re.findall(r"^ *[a-z_]+ (/[a-z/]+)", CONF, re.MULTILINE) if path.startswith(("/var", "/run", "/tmp"))}
    assert written == {"/tmp/nginx", "/tmp/client", "/tmp/proxy", "/tmp/fastcgi", "/tmp/uwsgi", "/tmp/scgi"}
