#!/bin/sh
# Sets up in .cache/builders, apart from .venv, the builders that pages could be built with instead of MkDocs, exactly as locked.
# Does nothing, and quickly, when that has been done. Needs the network otherwise.
set -eu
cd "$(dirname "$0")/.."
unset PYTHONHOME PYTHONPATH PYTHONSTARTUP PYTHONWARNINGS
lock=requirements-builders.txt place=.cache/builders
state() { pwd && cksum $lock $place/pyvenv.cfg; }
if [ -x $place/bin/python ] && [ "$(cat $place/set-up 2>/dev/null)" = "$(state)" ]; then exit 0; fi
rm -rf $place
python=$(sh scripts/find-python.sh)
"$python" -I -m venv $place
if ! $place/bin/python -I -m pip install --disable-pip-version-check --no-input --quiet --require-hashes --requirement $lock >$place/log 2>&1; then
    cat $place/log >&2
    echo "The builders could not be installed: pip's words are above. If they speak of a connection, run the same command again when the network is there." >&2
    exit 1
fi
state >$place/set-up
