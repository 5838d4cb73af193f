#!/bin/sh
# Renews requirements.txt and requirements-dev.txt: the newest versions that pyproject.toml allows, with the hashes of
# every file for every system. uv does it, since pip locks for the machine that it runs on only; it is fetched for this
# and goes again.
set -eu
cd "$(dirname "$0")/.."
unset PYTHONHOME PYTHONPATH
python=$(sh scripts/find-python.sh)
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
trap 'exit 1' HUP INT TERM
"$python" -I -m venv "$tools"
"$tools/bin/python" -I -m pip install --disable-pip-version-check --quiet uv

compile() {
    "$tools/bin/uv" pip compile pyproject.toml --quiet --universal --python-version 3.11.5 --upgrade \
        --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" "$@"
}
compile --output-file "$tools/requirements.txt"
# The tests run with the very versions of the build.
compile --extra dev --constraint "$tools/requirements.txt" --no-annotate --output-file "$tools/requirements-dev.txt"
compile --extra builders --constraint "$tools/requirements.txt" --no-annotate --output-file "$tools/requirements-builders.txt"
mv "$tools/requirements.txt" "$tools/requirements-dev.txt" "$tools/requirements-builders.txt" .
echo "requirements.txt, requirements-dev.txt and requirements-builders.txt are renewed: run make test and make builders"
