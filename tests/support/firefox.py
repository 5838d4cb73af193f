"""Drives a stock Firefox, which Playwright can't: the browser itself speaks WebDriver BiDi."""

import itertools
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

# Firefox itself asks its makers for this and that; a proxy that does not exist keeps it from the network.
_SETTINGS = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.share_proxy_settings": True,
}
_EVENTS = ["network.beforeRequestSent", "log.entryAdded"]
_SECONDS = 60  # longer than anything takes; what does not come by then never comes


def found() -> str | None:
    """Where a Firefox is that runs; a name on PATH proves nothing, since Ubuntu's may only ask for a snap."""
    for name in ("firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"):
        path = shutil.which(name)
        if path and subprocess.run([path, "--version"], capture_output=True, check=False).stdout.startswith(b"Mozilla Firefox"):
            return path
    return None


@contextmanager
def started(path: str, profile: Path, *, this_machine: bool = False) -> Iterator["Firefox"]:
    """The Firefox, without a window, with a new profile in this folder; it reaches servers of this machine only if that is asked for."""
    settings = {**_SETTINGS, "network.proxy.allow_hijacking_localhost": not this_machine}
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items())
    (profile / "user.js").write_text("".join(lines), "utf-8")
    command = [path, "--headless", "--remote-debugging-port=0", "--profile", str(profile)]
    environment = {**os.environ, "HOME": str(profile)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr, "it was asked for"
            listening = next(filter(None, (re.search(r"BiDi listening on (ws://\S+)", line) for line in process.stderr)))
            with connect(f"{listening[1]}/session", max_size=None, proxy=None) as socket:
                firefox = Firefox(socket)
                firefox.tell("session.new", capabilities={})
                firefox.tell("session.subscribe", events=_EVENTS)
                yield firefox
        finally:
            process.kill()


class Firefox:
    """The browser, which takes commands and hands each event to the tab that it is of."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket, self._numbers = socket, itertools.count()
        self._tabs: dict[str, Tab] = {}

    def tell(self, method: str, **params: Any) -> dict[str, Any]:
        """The answer to a command; what happens in the meantime is noted with its tab."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            said = json.loads(self._socket.recv(timeout=_SECONDS))
            if said.get("id") == number:
                break
            if said["type"] == "event" and (tab := self._tabs.get(_tab_of(said["params"]) or "")):
                tab.note(said["method"], said["params"])
        if said["type"] == "error":
            raise AssertionError(f"{method}: {said['error']}: {said['message']}")
        result: dict[str, Any] = said["result"]
        return result

    def tab(self, before: str = "") -> "Tab":
        """A new tab, 1400 pixels wide; the script `before` runs in each of its pages before all others."""
        name = self.tell("browsingContext.create", type="tab")["context"]
        if before:
            self.tell("script.addPreloadScript", functionDeclaration=f"() => {{ {before} }}", contexts=[name])
        self._tabs[name] = Tab(self, name)
        self._tabs[name].resize(1400)
        return self._tabs[name]


def _tab_of(params: dict[str, Any]) -> str | None:
    name: str | None = params.get("context") or params.get("source", {}).get("context")
    return name


class Tab:
    """A tab: what it asked for, and what went wrong in it."""

    def __init__(self, firefox: Firefox, name: str) -> None:
        self._firefox, self._name = firefox, name
        self.asked: list[str] = []
        self.errors: list[str] = []

    def note(self, event: str, params: dict[str, Any]) -> None:
        """Keeps what an event says."""
        if event == "log.entryAdded":
            if params["level"] == "error":
                self.errors.append(str(params["text"]))
        else:
            self.asked.append(params["request"]["url"])

    def resize(self, width: int) -> None:
        """Makes the page so many pixels wide."""
        self._firefox.tell("browsingContext.setViewport", context=self._name, viewport={"width": width, "height": 900})

    def goto(self, address: str) -> None:
        """Opens the page and waits until it is complete."""
        self._firefox.tell("browsingContext.navigate", context=self._name, url=address, wait="complete")

    def run(self, script: str) -> Any:
        """What the script, an expression or a promise, gives, by way of JSON."""
        said = self._firefox.tell(
            "script.evaluate",
            expression=f"Promise.resolve({script}).then(found => JSON.stringify(found ?? null))",
            target={"context": self._name},
            awaitPromise=True,
        )
        if said["type"] == "exception":
            raise AssertionError(said["exceptionDetails"]["text"])
        return json.loads(said["result"]["value"])

    def close(self) -> None:
        """Closes the tab."""
        self._firefox.tell("browsingContext.close", context=self._name)
