#!/bin/sh
# Lua has to be the C++ build: an error then unwinds through our frames and runs their destructors. The plain C build links as
# silently and jumps over them.
#
#   lua-is-cpp.sh CCESIM

set -eu

verdict() {  # reads `readelf -d`
    needed=$(sed -n 's/.*(NEEDED).*\[\(liblua[^]]*\)\].*/\1/p')
    case $needed in
        liblua5.4-c++.so*) printf 'cpp' ;;
        *) printf 'linked: %s' "${needed:-no Lua at all}" ;;
    esac
}

line=' 0x0000000000000001 (NEEDED)             Shared library: [%s]\n'
# shellcheck disable=SC2059  # the line is the format
for library in liblua5.4-c++.so.0=cpp liblua5.4.so.0=other libc.so.6=other; do
    seen=$(printf "$line" "${library%=*}" | verdict)
    case $seen in cpp) ;; *) seen=other ;; esac
    [ "$seen" = "${library#*=}" ] || { printf 'the check does not prove itself on %s\n' "$library"; exit 1; }
done

seen=$(LC_ALL=C readelf -d -- "$1" | verdict)
[ "$seen" = cpp ] || { printf '%s\n' "$seen"; exit 1; }
