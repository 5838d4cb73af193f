#!/bin/sh
# Puts into dist/release what a release holds: the offline copy with its hash, the same for Kiwix where zimwriterfs is, the
# list of packages that it was built with, and SHA256SUMS, the hashes of all of them. The same commit gives the same bytes.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python

rm -rf dist/release
$python -m macros bundle
copy=monographs-$($python -m macros --version).zip
mkdir -p dist/release
cp "dist/$copy" "dist/$copy.sha256" dist/release
if command -v zimwriterfs >/dev/null; then
    $python -m macros zim
    cp "dist/${copy%.zip}.zim" dist/release
else
    echo "zimwriterfs is not here (on Debian: apt install zim-tools): the release has no file for Kiwix" >&2
fi
$python scripts/sbom.py >"dist/release/${copy%.zip}.cdx.json"
(cd dist/release && sha256sum -- * >../SHA256SUMS && mv ../SHA256SUMS .)
cat dist/release/SHA256SUMS
