#!/bin/sh
# Installs, where apt-get may be used, the programs that some tests need beside Chromium: a second browser, Kiwix's own
# tools, minisign, and a reader of PDF files. Where it can't, those tests leave themselves out and say why.
set -u

missing=
for pair in firefox-esr:firefox-esr zimwriterfs:zim-tools kiwix-serve:kiwix-tools minisign:minisign pdftotext:poppler-utils; do
    command -v "${pair%:*}" >/dev/null || missing="$missing ${pair#*:}"
done
[ -n "$missing" ] && command -v apt-get >/dev/null || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null && sudo -n true 2>/dev/null || exit 0
    as_root="sudo -n"
fi

echo "Installing what some tests need with apt-get, which may take a minute:$missing" >&2
log=$(mktemp) || exit 0
trap 'rm -f "$log"' EXIT
trap 'exit 1' HUP INT TERM
# An update may fail for a source that has nothing to do with these, and some systems lack one of them.
$as_root apt-get -q update >"$log" 2>&1 </dev/null
for package in $missing; do
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends \
        -o DPkg::Lock::Timeout=60 install "$package" >>"$log" 2>&1 </dev/null || echo "$package could not be installed; its tests are left out" >&2
done
exit 0
