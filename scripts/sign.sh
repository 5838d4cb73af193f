#!/bin/sh
# Signs the zip and the hashes in dist/release by minisign, with the key whose text is in RELEASE_KEY: one without a password,
# since nobody is there to type it. What another machine made, in dist/again, has to be the same first.
set -eu
cd "$(dirname "$0")/.."

[ -n "${RELEASE_KEY-}" ] || {
    echo "RELEASE_KEY is not set: put the text of a secret key of minisign there, made by minisign -G -W" >&2
    exit 1
}
# A file for Kiwix holds a number by chance, so no two are the same.
same() { grep -v '\.zim$' "dist/$1/SHA256SUMS"; }
[ "$(same release)" = "$(same again)" ] || {
    echo "the two machines did not make the same files, so nothing is signed: compare dist/release and dist/again" >&2
    exit 1
}
(cd dist/release && sha256sum --check --quiet SHA256SUMS)
# All that lies there is published; a signature of an earlier run may stay.
find dist/release -mindepth 1 | while read -r path; do
    name=${path#dist/release/}
    [ "${name%.minisig}" = SHA256SUMS ] || cut -c 67- dist/release/SHA256SUMS | grep -qxF -- "${name%.minisig}" || {
        echo "dist/release holds what SHA256SUMS does not name, so nothing is signed: $name" >&2
        exit 1
    }
done
umask 077
key=$(mktemp)
trap 'rm -f "$key"' EXIT
trap 'exit 1' HUP INT TERM
printf '%s\n' "$RELEASE_KEY" >"$key"
unset RELEASE_KEY
cd dist/release
minisign -S -s "$key" -m ./*.zip SHA256SUMS
chmod a+r ./*.minisig
