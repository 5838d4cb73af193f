"""Proves the second line of CONTRIBUTING.md for a machine without make: `mkdocs serve` answers with the home page; then it is stopped.

`python scripts/preview.py [PORT]`; the first line installed what it needs. Exits with 1 if no page comes.
"""

import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

SECONDS = 300
LOOKED_FOR = b"</article>"


def answers(address: str, process: "subprocess.Popen[bytes]") -> bool:
    """Whether a page comes from the address before the process ends or the time is over."""
    until = time.monotonic() + SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            with urlopen(address, timeout=SECONDS) as answer:
                return LOOKED_FOR in answer.read()
        except (URLError, ConnectionError):
            time.sleep(0.5)
    return False


def main(port: str = "8000") -> int:
    """0 if the preview showed the home page."""
    with subprocess.Popen(["mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]) as process:
        try:
            shown = answers(f"http://127.0.0.1:{port}/", process)
        finally:
            process.terminate()
    print("the preview shows the home page" if shown else "no page came", flush=True)
    return not shown


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
