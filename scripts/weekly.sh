#!/bin/sh
# Looks for what goes wrong by itself: checks that fall due, addresses that no longer answer, holes that became known. What
# was found stands in dist/weekly/, one file for each kind, and the exit code is 1; nothing found leaves no file. The
# network is needed.
set -u
cd "$(dirname "$0")/.." || exit 1
rm -rf dist/weekly
mkdir -p dist/weekly

code=0
look() { # name command…
    into=dist/weekly/$1.txt
    shift
    if "$@" >"$into" 2>&1; then rm "$into"; else
        code=1
        cat "$into"
    fi
}
look stale .venv/bin/python -m macros stale
look links .venv/bin/python -m macros links
look advisories sh scripts/advisories.sh
exit $code
