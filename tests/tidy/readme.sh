#!/bin/sh
# The README shows what ccesim prints today: each block under a line `<!-- golden: NAME -->` is tests/golden/NAME.out.
#
# And the scenario it shows is one: ccesim checks it.
#
#   readme.sh ROOT CCESIM

set -eu

root=$1
ccesim=$2
shown=$(mktemp)
golden=$(mktemp)
folder=$(mktemp -d)
trap 'rm -rf -- "$shown" "$golden" "$folder"' EXIT

names=$(sed -n 's/^<!-- golden: \(.*\) -->$/\1/p' "$root/README.md")
[ -n "$names" ] || { echo "README.md shows no output at all" >&2; exit 1; }
for name in $names; do
    awk -v mark="<!-- golden: $name -->" '
        $0 == mark { found = 1; next }
        found && /^```/ { if (inside) exit; inside = 1; next }
        inside { print }' "$root/README.md" >"$shown"
    sed '/^--- stderr$/,$d' "$root/tests/golden/$name.out" >"$golden"
    diff -u "$golden" "$shown" || { echo "README.md does not show what $name prints" >&2; exit 1; }
done

awk '/^```lua$/ { inside = 1; next } /^```/ { inside = 0 } inside' "$root/README.md" >"$folder/shown.lua"
"$ccesim" check "$folder/shown.lua" >/dev/null
