#!/bin/sh
# The whole matrix: every scenario in every build and every way of running it, against one reference of the release build.
# Prints a line for each comparison and one digest for each scenario; fails when any comparison does.
#
#   matrix.sh RELEASE FOLDER [LAUNCHER]
#
# RELEASE is the build folder of the preset `release`, with its tests; FOLDER is where the other builds go.

set -u

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$(CDPATH='' cd -- "$here/../.." && pwd -P)
mkdir -p "$2"
release=$(cd -- "$1" && pwd -P) folder=$(cd -- "$2" && pwd -P) launcher=${3:-}
results=$folder/results
log=$folder/log
cases='contoso contoso-in-place fleet'
failures=0
skipped=''
BACKWARDS=$(find "$release/tests/determinism" -name '*backwards.so' | head -n 1)
export BACKWARDS

rm -rf -- "$results"
mkdir -p "$results" "$log"

digest() { sha256sum "$1" | cut -c 1-16; }

# row SCENARIO VARIANT DIGEST TIME
row() { printf '%-16s %-18s %-16s %s\n' "$@"; }
failed() {
    failures=$((failures + 1))
    row "$1" "$2" FAILED "$3"
}

skip() {
    skipped="$skipped $1"
    row all "$1" skipped "$2"
}

# compare_case CASE NAME VARIANT CCESIM
compare_case() {
    began=$(date +%s)
    said=$(sh "$here/run.sh" "$3" "$4" "$results" "$1" "$2" 2>&1)
    status=$?
    took="$(($(date +%s) - began)) s"
    case $status in
        0) row "$1" "$2" "$(digest "$results/$1/$2.json")" "$took" ;;
        77) row "$1" "$2" skipped "$said" && skipped="$skipped $2" ;;
        *) failed "$1" "$2" "$said" ;;
    esac
}

# compare NAME VARIANT CCESIM: all cases
compare() {
    for case in $cases; do compare_case "$case" "$@"; done
}

# build NAME COMPILER FLAGS [OPTIONS…], then compare
build() {
    name=$1 compiler=$2 flags=$3
    shift 3
    if sh "$here/run.sh" build "$root" "$folder/$name" "$compiler" "$flags" "$launcher" "$@" >"$log/$name.txt" 2>&1; then
        compare "$name" again "$folder/$name/ccesim"
    else
        failed all "$name" "not built: $(tail -n 1 "$log/$name.txt")"
    fi
}

row scenario variant digest time
compare reference reference "$release/ccesim"
for variant in jobs-1 jobs-2 jobs-4 one-process backwards starts-20 zone locale-german locale-turkish no-fma bind-now no-aslr \
    malloc-perturbed elsewhere moved; do
    compare "$variant" "$variant" "$release/ccesim"
done
if ctest --test-dir "$release" --no-tests=error -R 'swarm/in every estate two runs agree' >"$log/in-one-process.txt" 2>&1; then
    row '100 estates' in-one-process - 'twice, and after others'
else
    failed estates in-one-process "see $log/in-one-process.txt"
fi

if command -v valgrind >/dev/null; then  # at the first error it ends with a status that no run has
    UNDER='valgrind -q --error-exitcode=99 --exit-on-first-error=yes'
    export UNDER
    compare memcheck one-process "$release/ccesim"
    unset UNDER
else
    skip memcheck 'no valgrind here; ./dev nightly installs it'
fi

if command -v qemu-x86_64 >/dev/null; then  # a CPU of 2008: neither AVX nor FMA, for the C library and for us
    UNDER='qemu-x86_64 -cpu Nehalem'
    export UNDER
    compare old-cpu again "$release/ccesim"
    unset UNDER
else
    skip old-cpu 'no emulator here; ./dev nightly installs it'
fi

build gcc-O0 g++ -O0
build gcc-O2 g++ -O2
build gcc-O3 g++ -O3
build gcc-O3-native g++ '-O3 -march=native'
build gcc-O2-lto g++ '-O2 -flto=auto -ffat-lto-objects'
build clang-O0 clang++ -O0
build clang-O2 clang++ -O2
build clang-O3 clang++ -O3
build clang-O3-native clang++ '-O3 -march=native'
build clang-O2-lto clang++ -O2 -DCMAKE_INTERPROCEDURAL_OPTIMIZATION=ON
# A sanitizer ends the run at its first finding.
build gcc-sanitized g++ \
    '-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all'

if command -v aarch64-linux-gnu-g++ >/dev/null && command -v qemu-aarch64 >/dev/null; then
    UNDER=qemu-aarch64
    export UNDER
    build aarch64-O2 aarch64-linux-gnu-g++ -O2 -DCMAKE_TOOLCHAIN_FILE="$root/cmake/aarch64.cmake"
    compare aarch64-alone one-process "$folder/aarch64-O2/ccesim"
    unset UNDER
else
    skip aarch64-O2 'no cross compiler or no emulator here; ./dev nightly installs both'
fi

# One digest a scenario, over all results that lie there: a comparison that did not take place cannot hide.
for case in $cases; do
    digests=$(sha256sum "$results/$case"/*.json | cut -c 1-16 | sort -u)
    how_many=$(find "$results/$case" -name '*.json' | wc -l)
    if [ "$(printf '%s\n' "$digests" | wc -l)" -eq 1 ]; then
        printf '%s: one digest in %s results: %s\n' "$case" "$how_many" "$digests"
    else
        printf '%s: SEVERAL digests in %s results: %s\n' "$case" "$how_many" "$(printf '%s' "$digests" | tr '\n' ' ')"
    fi
done
printf '%s comparisons failed; skipped:%s\n' "$failures" "${skipped:- none}"
[ "$failures" -eq 0 ]
