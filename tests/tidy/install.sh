#!/bin/sh
# What `cmake --install` leaves is whole, and runs from where it was put.
#
#   install.sh CMAKE BUILD_FOLDER

set -eu

prefix=$(mktemp -d)
trap 'rm -rf -- "$prefix"' EXIT
"$1" --install "$2" --prefix "$prefix" >/dev/null
for file in bin/ccesim share/ccesim/ccesim.d.lua share/ccesim/scenarios/contoso-patch-weeks.lua \
    share/ccesim/scenarios/data/README.md share/doc/ccesim/LICENSE share/doc/ccesim/README.md; do
    [ -f "$prefix/$file" ] || { printf 'not installed: %s\n' "$file"; exit 1; }
done
"$prefix/bin/ccesim" --version
