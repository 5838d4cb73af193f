#!/bin/sh
# Looks up which locked packages have known holes: those of Python by pip-audit, from an environment of its own, those of
# the two linters and Lighthouse by npm. Needs the network; exits with 1 if there are any.
set -eu
cd "$(dirname "$0")/.."
tools=.cache/tools

sh scripts/tools.sh
code=0
for lock in requirements.txt requirements-dev.txt requirements-tools.txt; do
    $tools/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off --requirement $lock || code=1
done
if command -v npm >/dev/null; then
    for folder in scripts/audit scripts/lint; do
        (cd $folder && npm audit --package-lock-only) || code=1
    done
else
    echo "npm is not here: its packages were not looked up" >&2
    code=1
fi
exit $code
