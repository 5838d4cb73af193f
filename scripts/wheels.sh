#!/bin/sh
# wheels.sh [LOCK]: whether all that the build needs is there ready-made, with a hash of the lock, for each system: whoever
# has no compiler can then install it. Downloads nothing but what packages say of themselves.
set -eu
cd "$(dirname "$0")/.."
sh scripts/tools.sh
nothing=$(mktemp -d)
trap 'rm -rf "$nothing"' EXIT
for system in x86_64-unknown-linux-gnu aarch64-apple-darwin x86_64-pc-windows-msvc; do
    .cache/tools/bin/uv pip install --quiet --dry-run --target "$nothing" --python-version 3.11.5 --python-platform $system \
        --only-binary :all: --require-hashes --requirement "${1:-requirements.txt}"
    echo "$system: every package is there"
done
