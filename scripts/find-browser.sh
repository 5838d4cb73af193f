#!/bin/sh
# Prints the path of a Chromium or Chrome for the tests, one that is here. With --install, where there is none, it is
# Debian's by apt-get where that may be used, else the one that Playwright downloads. Only the path goes to standard output.
set -u
cd "$(dirname "$0")/.." || exit 1

# A name on PATH proves nothing (Ubuntu's chromium-browser may be a stub that asks for a snap), so it is run.
runs() {
    [ -f "$1" ] && [ -x "$1" ] || return 1
    case $("$1" --version 2>/dev/null </dev/null) in
    *[0-9].[0-9]*) ;;
    *) return 1 ;;
    esac
}

found() {
    printf '%s\n' "$1"
    exit 0
}

look() {
    for name in chromium chromium-browser google-chrome google-chrome-stable microsoft-edge microsoft-edge-stable; do
        if path=$(command -v "$name") && runs "$path"; then found "$path"; fi
    done
    [ "$(uname -s)" = Darwin ] || return 0
    for folder in /Applications "${HOME-}/Applications"; do
        for name in "Google Chrome" Chromium "Microsoft Edge"; do
            path="$folder/$name.app/Contents/MacOS/$name"
            if runs "$path"; then found "$path"; fi
        done
    done
}

look_playwright() {
    path=$(.venv/bin/python -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
' 2>/dev/null) && runs "$path" && found "$path"
}

look
look_playwright

if [ "${1-}" != --install ]; then
    echo "No browser that runs is here; make tools installs one" >&2
    exit 1
fi

log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
trap 'exit 1' HUP INT TERM

if command -v apt-get >/dev/null; then
    as_root=no
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    fi
    if [ "$as_root" != no ]; then
        echo "No browser found: installing Debian's chromium with apt-get, which may take some minutes" >&2
        # An update may fail for a source that has nothing to do with chromium, so its failure alone stops nothing.
        $as_root apt-get -q update >"$log" 2>&1 </dev/null
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends \
            -o DPkg::Lock::Timeout=60 install chromium >>"$log" 2>&1 </dev/null || tail -n 3 "$log" >&2
        look
    fi
fi

if [ -x .venv/bin/python ]; then
    echo "No browser found: downloading Playwright's, which may take some minutes" >&2
    .venv/bin/python -m playwright install --no-shell chromium >"$log" 2>&1 </dev/null || tail -n 3 "$log" >&2
    look_playwright
fi

echo "No browser that runs, and no way to one: install Chromium or Google Chrome (on Debian: apt install chromium), then run the same command again." >&2
exit 1
