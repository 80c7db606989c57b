#!/bin/sh
# Each scenario in scenarios/limping/ meets its expectations because of what happens in it: without any one of its lines
# `cce.at(…)`, or `cce.tenant {…}`, it does not. A scenario that would pass all the same shows nothing.
. "$(dirname -- "$0")/words.sh"

cp -R "$root/scenarios/limping" .
for scenario in limping/*.lua; do
    try run "$scenario" --quiet
    exits 0
    lines=$(sed -n -e '/^ *cce\.at(/=' -e '/^cce\.tenant /=' "$scenario")
    check "$scenario breaks something" [ -n "$lines" ]
    for line in $lines; do
        sed "${line}s/.*//" "$scenario" >limping/less.lua
        try run limping/less.lua --quiet
        check "$scenario without line $line is not met, or vacuous" [ "$status" = 1 -o "$status" = 6 ]
        rm limping/less.lua
    done
done

done_testing
