#!/bin/sh
# Holds ccesim to what it printed when somebody last read it.
#
#   run-golden.sh CCESIM NAME.cmd
#
# NAME.cmd:  # exit 1                                       the status that is expected
#            # paragraph update window                       if not all of stdout is held: what the paragraph begins with
#            run scenarios/patch-night.lua --replications 3   what ccesim is asked, as a shell would read it
# NAME.out is stdout, then, where there is any, a line `--- stderr` and what stderr said. The working directory is that of the
# project; "$scratch" is an empty folder for files that ccesim is asked to write. GOLDEN=rewrite makes what is seen the
# expectation of tomorrow.

set -eu
unset GITHUB_ACTIONS  # in which a test would annotate

ccesim=$1
name=$(basename -- "$2" .cmd)
here=$(CDPATH='' cd -- "$(dirname -- "$2")" && pwd -P)
cd -- "$here/../.."
scratch=$(mktemp -d)
seen=$(mktemp -d)
trap 'rm -rf -- "$scratch" "$seen"' EXIT

fail() {
    printf 'golden %s: %s\n' "$name" "$*" >&2
    exit 1
}

status_expected=$(sed -n '1s/^# exit \([0-9][0-9]*\)$/\1/p' "$here/$name.cmd")
[ -n "$status_expected" ] || fail "the first line of $name.cmd must say \`# exit N\`"
arguments=$(sed -e '1d' -e '/^#/d' "$here/$name.cmd")
[ -n "$arguments" ] || fail "$name.cmd asks nothing"

eval "set -- $arguments"
status=0
"$ccesim" "$@" >"$seen/out" 2>"$seen/err" </dev/null || status=$?
paragraph=$(sed -n 's/^# paragraph //p' "$here/$name.cmd")
if [ -n "$paragraph" ]; then
    awk -v begins="$paragraph" 'BEGIN { RS = "" } index($0, begins) == 1' "$seen/out" >"$seen/paragraph"
    mv -- "$seen/paragraph" "$seen/out"
fi
if [ -s "$seen/err" ]; then
    printf -- '--- stderr\n' >>"$seen/out"
    cat "$seen/err" >>"$seen/out"
fi
# An output that names this machine would be golden nowhere else.
if grep -nF -e "$PWD/" -e "$scratch" "$seen/out" >&2; then fail "the lines above name a folder of this machine"; fi

if [ "${GOLDEN:-}" = rewrite ]; then
    if [ "$status" -ne "$status_expected" ]; then
        printf 'golden %s: status is now %s, was %s\n' "$name" "$status" "$status_expected" >&2
        sed -i "1s/.*/# exit $status/" "$here/$name.cmd"
    fi
    if ! cmp -s "$seen/out" "$here/$name.out"; then
        cp "$seen/out" "$here/$name.out"
        printf 'golden %s: rewritten\n' "$name" >&2
    fi
    exit 0
fi

[ -f "$here/$name.out" ] || fail "there is no $name.out yet; ./dev golden writes it"
if ! diff -u --label expected --label seen "$here/$name.out" "$seen/out"; then fail "the output is not what it was (- was, + is); ./dev golden accepts it"; fi
[ "$status" -eq "$status_expected" ] || fail "status $status, expected $status_expected"
