#!/bin/sh
# Renews the locks: the newest versions that pyproject.toml allows, with the hashes of every file for every system, by uv,
# since pip locks for the machine that it runs on only. uv is itself locked, in requirements-tools.txt. Then every package
# of the build must be there ready-made for Linux, macOS and Windows.
set -eu
cd "$(dirname "$0")/.."
unset PYTHONHOME PYTHONPATH
sh scripts/tools.sh
uv=.cache/tools/bin/uv
new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
trap 'exit 1' HUP INT TERM

compile() {
    $uv pip compile --quiet --universal --python-version 3.11.5 --upgrade \
        --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" "$@"
}
compile pyproject.toml --output-file "$new/requirements.txt"
# The tests run with the very versions of the build.
compile pyproject.toml --extra dev --constraint "$new/requirements.txt" --no-annotate --output-file "$new/requirements-dev.txt"
compile pyproject.toml --extra builders --constraint "$new/requirements.txt" --no-annotate --output-file "$new/requirements-builders.txt"
compile --group pyproject.toml:tools --no-annotate --output-file "$new/requirements-tools.txt"
sh scripts/wheels.sh "$new/requirements.txt"
mv "$new"/requirements*.txt .
echo "requirements.txt, requirements-dev.txt, requirements-builders.txt and requirements-tools.txt are renewed: run make test and make builders"
