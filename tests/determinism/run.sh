#!/bin/sh
# Runs one scenario in a way that must not matter, and compares the whole result with the reference, byte for byte.
#
#   run.sh build SOURCE FOLDER COMPILER FLAGS LAUNCHER [OPTIONS…]  another build of ccesim; options go to cmake
#   run.sh reference CCESIM RESULTS [CASE]                         the result all others of the case are held against
#   run.sh VARIANT CCESIM RESULTS [CASE [NAME]]                    see below; the result is called NAME
#
# UNDER: what runs the program, such as an emulator. BACKWARDS: the library built of backwards.cpp.
# A failure leaves RESULTS/CASE/NAME.json and the reference.json beside it, so that tools can look at both.

set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
variant=$1

if [ "$variant" = build ]; then
    source=$2 folder=$3 compiler=$4 flags=$5 launcher=$6
    shift 6
    command -v "$compiler" >/dev/null ||
        { printf '%s is missing; packages.txt names what tests need\n' "$compiler"; exit 1; }
    # A build folder that came along with a moved or copied tree belongs to the old place.
    if [ -f "$folder/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$source" "$folder/CMakeCache.txt"; then
        rm -rf -- "$folder"
    fi
    cmake -S "$source" -B "$folder" -G Ninja -DCCESIM_TESTS=OFF -DCCESIM_BENCH=OFF -DCCESIM_WERROR=OFF \
        -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE="$flags" \
        -DCMAKE_CXX_COMPILER_LAUNCHER="$launcher" "$@"
    exec cmake --build "$folder" --parallel 2 --target ccesim
fi

ccesim=$2
case=${4:-contoso}
results=$3/$case
name=${5:-$variant}
policy=
case $case in
    contoso) scenario=scenarios/contoso-patch-weeks.lua ;;
    contoso-in-place) scenario=scenarios/contoso-patch-weeks.lua policy=reboot_in_place ;;
    fleet) scenario=tests/determinism/fleet-short.lua ;;
    *)
        printf 'run.sh: no case %s\n' "$case"
        exit 2
        ;;
esac
mkdir -p "$results"
reference=$results/reference.json
result=$results/$name.json
rm -f -- "$result"
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT

# simulate COMMAND… SCENARIO; more options for ccesim in $options
replications=4
options=${policy:+--policy $policy}
simulate() {
    rm -f -- "$result"
    status=0
    # shellcheck disable=SC2086  # one word an option
    ${UNDER:-} "$@" --replications "$replications" --quiet $options -o "$result" >"$scratch/out" 2>"$scratch/err" \
        </dev/null || status=$?
    printf '%s\n' "$status" >"$result.status"
}

# compare: the run went well and its result is that of the reference, or this script ends
compare() {
    status=$(cat "$result.status")
    case $status in
        0 | 1 | 5 | 6) ;;  # the run itself went well, whatever it thinks of the expectations
        *)
            printf '%s, %s: ccesim ended with status %s\n' "$case" "$name" "$status"
            tail -n 20 "$scratch/err"
            exit 1
            ;;
    esac
    [ -s "$result" ] || { printf '%s, %s: no result was written\n' "$case" "$name"; exit 1; }
    cmp -s -- "$result.status" "$reference.status" ||
        { printf '%s, %s: status %s, the reference has %s\n' "$case" "$name" "$status" "$(cat "$reference.status")"; exit 1; }
    if ! cmp -s -- "$reference" "$result"; then
        printf '%s, %s: differs from the reference (<), first at\n' "$case" "$name"
        diff -- "$reference" "$result" | head -n 4 | cut -c 1-300
        exit 1
    fi
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

# Workers that answer in the reverse order of their numbers. The proof that they did is what they wrote themselves; the
# last to answer is ended before it can.
backwards() {
    options="$options --jobs $replications"
    simulate env LD_PRELOAD="$BACKWARDS" BACKWARDS_LOG="$scratch/answered" BACKWARDS_OF="$replications" \
        "$ccesim" run "$scenario"
    answered=$(tr -d '\n' <"$scratch/answered" | sed 's/1$//')
    [ "$answered" = 432 ] || { printf '%s: workers answered in the order %s, not backwards\n' "$name" "$answered"; exit 1; }
}

cd -- "$root"
case $variant in
    reference | again) simulate "$ccesim" run "$scenario" ;;
    jobs-[0-9]*) options="$options --jobs ${variant#jobs-}" && simulate "$ccesim" run "$scenario" ;;
    one-process) options="$options --trust-script" && simulate "$ccesim" run "$scenario" ;;
    backwards) backwards ;;
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
    starts-[0-9]*)  # one process after the other; each but the last is compared here
        start=1
        while [ "$start" -lt "${variant#starts-}" ]; do
            simulate "$ccesim" run "$scenario"
            compare
            start=$((start + 1))
        done
        simulate "$ccesim" run "$scenario"
        ;;
    elsewhere) cd -- "$scratch" && simulate "$ccesim" run "$root/$scenario" ;;
    moved)  # the scenario and its data in another folder
        cp -R -- "$(dirname -- "$scenario")" "$scratch/plans"
        cd -- "$scratch"
        simulate "$ccesim" run "plans/$(basename -- "$scenario")"
        ;;
    *)
        printf 'run.sh: no variant %s\n' "$variant"
        exit 2
        ;;
esac
compare
printf '%s, %s: the same %s bytes\n' "$case" "$name" "$(wc -c <"$result")"
