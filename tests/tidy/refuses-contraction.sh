#!/bin/sh
# The start-up self-test, compiled with contraction to multiply-add, has to refuse. Where the CPU has no such instruction there
# is nothing to refuse: 77, skipped.
#
#   refuses-contraction.sh PROGRAM

set -eu

case $(uname -m) in
    x86_64)
        grep -qw fma /proc/cpuinfo || { printf 'this CPU has no FMA\n'; exit 77; }
        ;;
esac
exec "$1"
