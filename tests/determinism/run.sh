#!/bin/sh
# Runs one scenario in a way that must not matter, and compares the whole result with the reference, byte for byte.
#
#   run.sh reference CCESIM RESULTS              the result all others are held against
#   run.sh build SOURCE FOLDER COMPILER FLAGS LAUNCHER
#   run.sh VARIANT CCESIM RESULTS                see below

set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
scenario=scenarios/contoso-patch-weeks.lua
variant=$1

if [ "$variant" = build ]; then
    command -v "$4" >/dev/null || { printf '%s is missing; packages.txt names what tests need\n' "$4"; exit 1; }
    # A folder that came along with a moved or copied tree belongs to the old place.
    if [ -f "$3/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$2" "$3/CMakeCache.txt"; then rm -rf -- "$3"; fi
    cmake -S "$2" -B "$3" -G Ninja -DCCESIM_TESTS=OFF -DCCESIM_BENCH=OFF -DCCESIM_WERROR=OFF -DCMAKE_CXX_COMPILER="$4" \
        -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE="$5" -DCMAKE_CXX_COMPILER_LAUNCHER="$6"
    exec cmake --build "$3" --parallel 2 --target ccesim
fi

ccesim=$2
results=$3
case $variant in
    other-build)  # the reference of the build at hand lies beside
        name=$(basename -- "$results")
        results=$(dirname -- "$results")
        ;;
    *) name=$variant ;;
esac
mkdir -p "$results"
result=$results/$name.json
rm -f -- "$result"
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT

# simulate COMMAND… SCENARIO; more options for ccesim in $options
options=
simulate() {
    status=0
    # shellcheck disable=SC2086  # one word an option
    "$@" --replications 2 --quiet $options -o "$result" >"$scratch/out" 2>"$scratch/err" </dev/null || status=$?
    printf '%s\n' "$status" >"$result.status"
}

# locale_with_comma NAME: makes a locale in which a half is written 0,5, for C libraries that look into LOCPATH.
locale_with_comma() {
    [ -f "/usr/share/i18n/locales/$1" ] ||
        { printf 'the source of the locale %s is missing; packages.txt names what tests need\n' "$1"; exit 1; }
    mkdir -p "$scratch/locales"
    localedef -i "$1" -f UTF-8 --no-archive "$scratch/locales/$1.UTF-8" || exit 1
    export LOCPATH="$scratch/locales" LC_ALL="$1.UTF-8" LANG="$1.UTF-8"
    [ "$(locale decimal_point)" = , ] || { printf 'the locale %s does not hold here\n' "$1"; exit 1; }
}

cd -- "$root"
case $variant in
    reference | again | other-build) simulate "$ccesim" run "$scenario" ;;
    jobs-1) options='--jobs 1' && simulate "$ccesim" run "$scenario" ;;
    jobs-4) options='--jobs 4' && simulate "$ccesim" run "$scenario" ;;
    zone) simulate env TZ=Asia/Kathmandu "$ccesim" run "$scenario" ;;
    locale-german) locale_with_comma de_DE && simulate "$ccesim" run "$scenario" ;;
    locale-turkish) locale_with_comma tr_TR && simulate "$ccesim" run "$scenario" ;;
    no-fma)  # as an older CPU would choose among the C library's variants
        simulate env GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2_Usable,-FMA_Usable,-AVX2,-FMA "$ccesim" run "$scenario"
        ;;
    bind-now) simulate env LD_BIND_NOW=1 "$ccesim" run "$scenario" ;;
    no-aslr)
        setarch -R true 2>/dev/null || { printf 'setarch -R is forbidden here\n'; exit 77; }
        simulate setarch -R "$ccesim" run "$scenario"
        ;;
    malloc-perturbed) simulate env MALLOC_PERTURB_=165 "$ccesim" run "$scenario" ;;
    elsewhere) cd -- "$scratch" && simulate "$ccesim" run "$root/$scenario" ;;
    moved)  # the scenario and its data in another folder
        cp -R -- scenarios "$scratch/plans"
        cd -- "$scratch"
        simulate "$ccesim" run "plans/$(basename -- "$scenario")"
        ;;
    *)
        printf 'run.sh: no variant %s\n' "$variant"
        exit 2
        ;;
esac

status=$(cat "$result.status")
case $status in
    0 | 1 | 5 | 6) ;;  # the run itself went well, whatever it thinks of the expectations
    *)
        printf '%s: ccesim ended with status %s\n' "$name" "$status"
        tail -n 20 "$scratch/err"
        exit 1
        ;;
esac
[ -s "$result" ] || { printf '%s: no result was written\n' "$name"; exit 1; }
cmp -s -- "$result.status" "$results/reference.json.status" ||
    { printf '%s: status %s, the reference has %s\n' "$name" "$status" "$(cat "$results/reference.json.status")"; exit 1; }
if ! cmp -s -- "$results/reference.json" "$result"; then
    printf '%s: differs from the reference (<), first at\n' "$name"
    diff -- "$results/reference.json" "$result" | head -n 4 | cut -c 1-300
    exit 1
fi
printf '%s: the same %s bytes\n' "$name" "$(wc -c <"$result")"
