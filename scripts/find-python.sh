#!/bin/sh
# Prints the path of the newest Python that can carry the project: 3.11.5 or later, able to make a virtual environment.
# A name on PATH proves nothing (version managers leave stubs that fail), so every candidate is run.
set -u
unset PYTHONHOME PYTHONPATH PYTHONSTARTUP PYTHONWARNINGS
wanted=3.11.5

# Says "fit", "bare" (no venv) or "old", then the version, then the interpreter behind stubs and environments:
# a virtual environment that happens to be active, our own too, must not become the base of the new one.
# Python 2 has to understand it as well.
probe='
import sys
version = "%d.%d.%d" % sys.version_info[:3]
state = "fit"
if sys.version_info < (3, 11, 5):
    state = "old"
else:
    try:
        import ensurepip, venv
        ensurepip.version()
    except Exception:
        state = "bare"
print("%s %s %s" % (state, version, getattr(sys, "_base_executable", None) or sys.executable))
'

bare='' bare_at='' old='' old_at=''
set -f
for name in python3.14 python3.13 python3.12 python3.11 python3 python; do
    IFS=:
    for folder in $PATH; do
        candidate=${folder:-.}/$name
        [ -f "$candidate" ] && [ -x "$candidate" ] || continue
        said=$("$candidate" -E -s -c "$probe" </dev/null 2>/dev/null) || continue
        state=${said%% *} rest=${said#* }
        version=${rest%% *} path=${rest#* }
        case $state in
        fit)
            printf '%s\n' "$path"
            exit 0
            ;;
        bare) [ -n "$bare" ] || { bare=$version bare_at=$path; } ;;
        old) [ -n "$old" ] || { old=$version old_at=$path; } ;;
        esac
    done
done

get="install Python $wanted or later (from your system's packages, python.org, uv or pyenv)"
again="then run the same command again."
if [ -n "$bare" ]; then
    echo "Python $bare ($bare_at) has no venv module: install it (on Debian or Ubuntu: apt install python${bare%.*}-venv), $again"
elif [ -n "$old" ]; then
    echo "Python $old ($old_at) is too old: $get, $again"
else
    echo "No Python found: $get, $again"
fi >&2
exit 1
