#!/bin/sh
# Builds the last commit twice, in clean clones that differ in all that a build must not depend on: folder, time zone, language,
# rights of new files, seed of hashes, cores. Prints the hashes of the site and of the offline copy of both; 1 if they differ.
set -eu
cd "$(dirname "$0")/.."
here=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

made() { # folder umask time-zone language seed
    (
        umask "$2"
        git clone --quiet "$here" "$work/$1"
        ln -s "$here/.venv" "$work/$1/.venv"
        cd "$work/$1"
        for what in site bundle; do
            env TZ="$3" LANG="$4" LC_ALL="$4" PYTHONHASHSEED="$5" PYTHONDONTWRITEBYTECODE=1 .venv/bin/python -m macros $what >/dev/null
        done
        (cd site && find . -type f | LC_ALL=C sort | while read -r file; do sha256sum "$file"; done) >files
        printf '%s  site, %s files\n' "$(sha256sum <files | cut -c 1-64)" "$(wc -l <files | tr -d ' ')"
        cat dist/*.sha256
    ) >"$work/$1.said"
}
made one 022 America/Los_Angeles C 1
made "an other é" 077 Asia/Kathmandu C.UTF-8 2
for each in one "an other é"; do
    echo "$each:"
    cat "$work/$each.said"
done
if ! cmp "$work/one.said" "$work/an other é.said"; then
    diff "$work/one/files" "$work/an other é/files" || true
    exit 1
fi
echo "both are the same"
