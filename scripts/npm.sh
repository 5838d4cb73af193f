#!/bin/sh
# npm.sh audit|lint|notices: sets up in .cache what the lock in scripts/audit and so on names, and runs none of its scripts.
# Needs npm and the network; does nothing when that has been done.
set -eu
cd "$(dirname "$0")/.."
from=scripts/$1 into=.cache/$1

cmp -s "$from/package-lock.json" "$into/set-up" && exit 0
echo "Setting up in $into what $from/package.json names" >&2
rm -rf "$into"
mkdir -p "$into"
cp "$from/package.json" "$from/package-lock.json" "$into"
(cd "$into" && npm ci --silent --no-audit --no-fund --ignore-scripts)
cp "$from/package-lock.json" "$into/set-up"
