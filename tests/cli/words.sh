# The words in which the scripts of this folder speak. Sourced with $1 = the program; leaves the caller in an empty folder.
#
#   try ARGUMENTS…       runs ccesim; keeps stdout in `out`, stderr in `err`, the exit code in $status
#   exits CODE           what the last try must have ended with
#   says TEXT            stderr holds the text;  answers TEXT: stdout does
#   silent               stdout is empty

set -u
ccesim=$1
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
place=$(mktemp -d)
trap 'rm -rf -- "$place"' EXIT
cd -- "$place" || exit 1
cp -R "$root/scenarios/data" "$root/scenarios/contoso-patch-weeks.lua" .
contoso=contoso-patch-weeks.lua
unset CCESIM_SEED CCESIM_JOBS CCESIM_REPLICATIONS CCESIM_POLICY NO_COLOR CI
failures=0
status=0
tried=

fail() {
    printf 'after: ccesim %s\n  %s\n' "$tried" "$*"
    sed 's/^/  stderr: /' err
    failures=$((failures + 1))
}
try() {
    tried=$*
    status=0
    "$ccesim" "$@" >out 2>err </dev/null || status=$?
}
exits() { [ "$status" -eq "$1" ] || fail "exit $status, expected $1"; }
says() { grep -qF -e "$1" err || fail "stderr lacks: $1"; }
answers() { grep -qF -e "$1" out || fail "stdout lacks: $1"; }
silent() { [ ! -s out ] || fail "stdout is not empty"; }
check() {
    what=$1
    shift
    "$@" || fail "$what"
}
done_testing() {
    [ "$failures" -eq 0 ] && exit 0
    printf '%s failed\n' "$failures"
    exit 1
}

# Processes whose parent is $1.
children() {
    for stat in /proc/[0-9]*/stat; do
        line=$(cat "$stat" 2>/dev/null) || continue
        pid=${line%% *}
        rest=${line##*) }
        rest=${rest#* }
        [ "${rest%% *}" = "$1" ] && echo "$pid"
    done
}
