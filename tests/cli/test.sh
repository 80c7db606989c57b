#!/bin/sh
# ccesim test: gates of single files and of folders, their exit codes, outputs, baselines and interruptions.
. "$(dirname -- "$0")/words.sh"
unset GITHUB_ACTIONS

gate() {  # NAME EXPECTATION [LENGTH]: a small scenario
    mkdir -p "$(dirname -- "$1")"
    cat >"$1" <<END
local cce = require "ccesim"
cce.site "Utrecht" {
  zone = "Europe/Amsterdam", appliances = 2, size = "small", gateways = 1, channels = 8, users = 300,
}
cce.traffic { erlangs = 4, mean = "3m" }
$2
return cce.run { from = "2019-09-02", length = "${3:-6h}" }
END
}

# The four verdicts, and the same bytes from any number of jobs.
for one in passing:0 failing:1 undecided:5 vacuous:6; do
    file=$root/scenarios/ci/${one%:*}-gate.lua
    try test "$file" --jobs 2
    exits "${one#*:}"
    cp out two
    try test "$file" --jobs 1
    check 'jobs change nothing' cmp -s out two
done
try test "$root/scenarios/ci/undecided-gate.lua" --undecided-ok --max-replications 10
exits 0
answers 'needs about'

# A folder: modules are no scenarios, what expects nothing does not count, and what is broken stops no other.
gate all/good.lua 'cce.expect("attempts"):at_least(1)'
gate all/deep/bad.lua 'cce.expect("attempts"):at_most(1)'
gate all/idle.lua ''
gate all/.hidden/bad.lua 'cce.expect("attempts"):at_most(1)'
echo 'return {}' >all/module.lua
try test all
exits 1
answers 'all/idle.lua   nothing expected'
answers '3 scenarios: 1 pass, 1 fail, 1 that expects nothing'
try test all/good.lua all
exits 1
answers '3 scenarios:'
gate all/broken.lua 'cce.expct("attempts"):at_most(1)'
try test all -o all.json -o all.xml -o all.md -o all.txt
exits 3
says 'all/broken.lua:6: error['
answers '4 scenarios: 1 pass, 1 fail, 1 in error, 1 that expects nothing'
check 'the text is that of the terminal' cmp -s out all.txt
check 'JSON has the error' grep -q '"exit": 3' all.json
check 'JUnit has the error' grep -q '<error message="all/broken.lua:6: error' all.xml
try test all -o all.json
exits 8
says 'all.json: error[E801]: exists already'
try test all --format github
answers '::error file=all/broken.lua,line=6,'
GITHUB_ACTIONS=true
export GITHUB_ACTIONS
try test all/good.lua all/deep
answers '::error file=all/deep/bad.lua,line=6,'
unset GITHUB_ACTIONS

# Nothing to judge is no pass.
try test all/idle.lua
exits 6
says 'vacuous: no scenario expects anything'
mkdir empty
try test empty
exits 6
says 'vacuous: there is no scenario to test'

# What is typed wrongly.
for wrong in '' 'no-such.lua' 'all -o x.csv' 'all --max-time soon' 'all --max-replications 0' 'all --format junit' \
    'all --replications 2..3' 'all --replications 3 --max-time 1m' 'all --shard 1/2 -o part.db' \
    'all --update-baseline -o x.json'; do
    # shellcheck disable=SC2086
    try test $wrong
    if [ "$wrong" = no-such.lua ]; then exits 3; else exits 2; fi
done
says 'error[E501]'
try test all -o x.csv
says 'a file name that ends in .json, .md, .txt or .xml'

# Parts of one scenario are those of a run.
for i in 1 2; do
    try test all/good.lua --replications 4 --shard $i/2 -o part$i.db
    exits 0
done
try merge part1.db part2.db -o merged.json
exits 0
try run all/good.lua --replications 4 -o whole.json
check 'the parts make the whole' cmp -s merged.json whole.json

# Baselines: written where there was none, read again, and a worse policy falls behind them.
gate base/a.lua 'cce.expect("calls_blocked"):no_worse_than("base.json", { by = 1, confidence = 0.95 })'
gate base/b.lua 'cce.expect("calls_blocked"):no_worse_than("base.json", { by = 1 })'
try test base
exits 4
try test --update-baseline base --max-replications 20
exits 0
answers 'base/a.lua: 20 replications wrote base/base.json'
answers 'base/b.lua: 1 replication wrote base/base.json'
check 'a line a scenario' [ "$(grep -c '^    "[ab]\[default\]": {.*"series":{"calls_blocked":\[' base/base.json)" -eq 2 ]
try test base
exits 0
cp base/base.json before.json
try test --update-baseline base/b.lua
exits 0
check 'the lines of others stay, and the same run writes the same' cmp -s before.json base/base.json
gate base/a.lua 'cce.expect("calls_blocked"):no_worse_than("base.json", { by = 1, confidence = 0.95 })' 8h
try test base/a.lua
exits 4
says 'simulates 6h in each replication, this run 8h'
sed -i 's/channels = 8/channels = 3/; s/"8h"/"6h"/' base/a.lua
try test base/a.lua
exits 1
try test --update-baseline all/good.lua
exits 6
says 'vacuous: no scenario names a baseline'
echo '{"schema": "ccesim.result/1"}' >base/base.json
try test --update-baseline base/a.lua
exits 4
says 'it is not overwritten'

# No time for a second look: undecided at the first, and marked.
try test "$root/scenarios/ci/undecided-gate.lua" --max-time 1us
exits 5
answers '10 replications, 5 looks at most, no time for more'

# Interrupted: what is finished is told.
gate slow/a.lua 'cce.expect("attempts"):at_least(1)'
gate slow/b.lua 'cce.expect("attempts"):at_least(1, { confidence = 0.95 })' 3000d  # ten of them: many seconds
tried='test slow'
"$ccesim" test slow --jobs 1 -o slow.json >out 2>err </dev/null &
run=$!
sleep 3
kill -s INT "$run"
status=0
wait "$run" || status=$?
exits 130
answers 'PARTIAL: 1 of 2 scenarios'
says 'PARTIAL: 1 of 2 scenarios are done'
check 'the file says so too' grep -q '"partial"' slow.json
done_testing
