#!/bin/sh
# The README shows what ccesim prints today: each block under a line `<!-- golden: NAME -->` is tests/golden/NAME.out.
#
# Under `<!-- lines: FILE -->` each line of the block stands in FILE, in the same order; a line `…` stands for what is left out.
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

for file in $(sed -n 's/^<!-- lines: \(.*\) -->$/\1/p' "$root/README.md"); do
    awk -v mark="<!-- lines: $file -->" '
        FNR == NR {
            if ($0 == mark) { found = 1; next }
            if (found && /^```/) { inside = !inside; if (!inside) found = 0; next }
            if (inside && $0 != "" && $0 != "…") wanted[++count] = $0
            next
        }
        next_one < count && $0 == wanted[next_one + 1] { ++next_one }
        END {
            if (count > 0 && next_one == count) exit 0
            print "README.md shows a line that is not there: " wanted[next_one + 1]
            exit 1
        }' "$root/README.md" "$root/$file" >&2 || { echo "README.md does not show lines of $file" >&2; exit 1; }
done

awk '/^<!-- lines: / { excerpt = 1; next }
    /^```lua$/ && !excerpt { inside = 1; next }
    /^```/ { if (!inside && excerpt && ++fences == 2) excerpt = fences = 0; inside = 0 }
    inside' "$root/README.md" >"$folder/shown.lua"
"$ccesim" check "$folder/shown.lua" >/dev/null
