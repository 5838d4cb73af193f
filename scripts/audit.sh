#!/bin/sh
# Sets up the Nu HTML checker and Lighthouse in .cache/audit, which needs npm, Java and the network once, and lets
# audit.py judge site/ with them. The tests need neither; this is for whoever changes templates or styles.
set -eu
cd "$(dirname "$0")/.."
tools=.cache/audit

for program in npm java; do
    command -v $program >/dev/null || {
        echo "make audit needs $program: install it (on Debian: apt install npm default-jre-headless), then run the same command again." >&2
        exit 1
    }
done
[ -f site/index.html ] || {
    echo "There is no site yet: run make site first." >&2
    exit 1
}
sh scripts/npm.sh audit
CHROME_PATH=$(sh scripts/find-browser.sh)
export CHROME_PATH
exec .venv/bin/python scripts/audit.py "$tools/node_modules"
