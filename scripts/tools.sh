#!/bin/sh
# Sets up in .cache/tools what is run beside the project and never imported, exactly as locked. Needs the network; does
# nothing when that has been done.
set -eu
cd "$(dirname "$0")/.."
unset PYTHONHOME PYTHONPATH
tools=.cache/tools lock=requirements-tools.txt

[ "$(cat $tools/set-up 2>/dev/null)" != "$(pwd && cksum $lock)" ] || exit 0
rm -rf $tools
mkdir -p .cache
"$(sh scripts/find-python.sh)" -I -m venv $tools
$tools/bin/python -I -m pip install --disable-pip-version-check --quiet --require-hashes --requirement $lock
(pwd && cksum $lock) >$tools/set-up
