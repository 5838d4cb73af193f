#!/bin/sh
# setup.sh site|test: makes .venv and installs what the build (site) or the build and the tests (test) need, exactly as
# locked. Does nothing, and quickly, when that has been done. Needs the network otherwise.
set -u
cd "$(dirname "$0")/.." || exit 1

case ${1-} in
site) lock=requirements.txt ;;
test) lock=requirements-dev.txt ;;
*)
    echo "usage: setup.sh site|test" >&2
    exit 2
    ;;
esac

# A stamp is written last, so a set-up that was cut off has none, or an empty one. It holds all that would make .venv
# wrong: the lock, the Python it was made with, and where it stands (a moved .venv has stale paths in it).
site=.venv/set-up-site test=.venv/set-up-test
state() { pwd && cksum "$1" .venv/pyvenv.cfg; }
good() { # stamp lock
    [ -x .venv/bin/python ] && [ -f "$1" ] && [ "$(cat "$1")" = "$(state "$2" 2>/dev/null)" ]
}
good ".venv/set-up-$1" "$lock" && exit 0

# Settings of pip that say where packages come from stay; those that say where they go, or which, would break .venv.
unset PYTHONHOME PYTHONPATH PYTHONSTARTUP PYTHONWARNINGS
for setting in $(env | sed -n 's/^\(PIP_[A-Z0-9_]*\)=.*/\1/p'); do
    case $setting in
    PIP_INDEX_URL | PIP_EXTRA_INDEX_URL | PIP_FIND_LINKS | PIP_NO_INDEX | PIP_CONFIG_FILE | PIP_PROXY | \
        PIP_CERT | PIP_CLIENT_CERT | PIP_TRUSTED_HOST | PIP_KEYRING_PROVIDER | PIP_USE_FEATURE | PIP_USE_DEPRECATED | \
        PIP_TIMEOUT | PIP_DEFAULT_TIMEOUT | PIP_RETRIES | PIP_CACHE_DIR | PIP_NO_CACHE_DIR) ;;
    *) unset "$setting" ;;
    esac
done

trap 'exit 1' HUP INT TERM
if [ "$1" = test ] && [ ! -e $test ] && good $site requirements.txt; then
    # The tests' lock has the build's versions, so nothing that is there changes, and the site's stamp stays true.
    echo "Adding to .venv what the tests need"
else
    python=$(sh scripts/find-python.sh) || exit 1
    echo "Setting up .venv with $("$python" --version): half a minute, more on a slow network"
    rm -rf .venv || exit 1
    if ! said=$("$python" -I -m venv .venv 2>&1); then
        printf '%s\n' "$said" >&2
        echo "Python could not make a virtual environment in .venv: its words are above." >&2
        exit 1
    fi
fi

[ "$1" = site ] || : >$test
log=.venv/set-up.log
if ! .venv/bin/python -I -m pip install --disable-pip-version-check --no-input --no-user --quiet \
    --require-hashes --requirement "$lock" >$log 2>&1 </dev/null; then
    rm -f $test
    cat $log >&2
    echo "The packages could not be installed: pip's words are above. If they speak of a connection, run the same command again when the network is there: set-up needs it." >&2
    exit 1
fi
state requirements.txt >$site
if [ "$1" = test ]; then state "$lock" >$test; fi
