#!/bin/sh
# topology names what takes a site, says the same as JSON, and draws what Graphviz reads.
. "$(dirname -- "$0")/words.sh"

try topology $contoso
exits 0
answers 'sbc1.sea.contoso.com'
check 'the tenant comes last' [ "$(grep -c '^the tenant' out)" = 1 ]

# One site is shown; what the tenant hangs on is told all the same.
try topology $contoso --site Seattle
exits 0
answers 'single points of failure: 4'
check 'other sites are left out' [ "$(grep -c '^Amsterdam ' out)" = 0 ]
answers 'Internet provider of Amsterdam (outside)'

try topology $contoso --gone 0
exits 0
check 'nothing but the whole fleet' [ "$(grep -c '^ *[1-3]  ' out)" = 0 ]

try topology $contoso --json
exits 0
answers '"schema": "ccesim.topology/1"'
if command -v python3 >/dev/null; then
    python3 - <<'PY' || fail 'the JSON says something else'
import json
whole = json.load(open('out'))
amsterdam, seattle = whole['sites']
owned = [one['name'] for one in seattle['single_points_of_failure'] if not one['outside']]
assert owned == ['sbc1.sea.contoso.com'], owned
assert [len(cut) for cut in seattle['cut_sets']] == 4 * [1] + 9 * [2]
assert [row['calls'] for row in seattle['capacity']] == [100, 50, 0]
assert [row['gone'] for row in amsterdam['capacity']] == [0, 1, 2, 3]
assert [[one['kind'] for one in cut] for cut in whole['tenant']['cut_sets']][:2] == [['cloud'], ['provider', 'provider']]
PY
fi

cat >names.lua <<'LUA'
local cce = require "ccesim"
local a = cce.site 'A "one"' { appliances = 2, channels = 30, users = 10 }
cce.common_cause "back\\slash" { takes = a.appliances }
return cce.run { from = "2019-11-10", length = "1d" }
LUA
try topology names.lua --dot
exits 0
answers 'label="A \"one\""'
answers 'label="back\\slash"'
if command -v dot >/dev/null; then check 'Graphviz reads it' dot -Tplain -o drawn out; fi
try topology names.lua
answers 'back\slash (common cause)'

cat >careless.lua <<'LUA'
local cce = require "ccesim"
local a = cce.site "A" { appliances = 2, channels = 30, users = 10, a_record = { "A-1" } }
local b = cce.site "B" { appliances = 1, channels = 30, users = 10, srv_records = false }
local c = cce.site "C" { appliances = 2, channels = 30, users = 10 }
cce.trunk { from = c.gateways[1], to = c.appliances[2] }
return cce.run { from = "2019-11-10", length = "1d" }
LUA
try topology careless.lua
exits 0
answers 'Ways that these close are left out.'
try topology careless.lua --site A
answers 'outbound calls alone also fall with one of'
answers '  A-1 mediation'
check 'inbound calls reach the other' [ "$(grep -c '^inbound' out)" = 0 ]
try topology careless.lua --site B
answers 'No way leads from its users to a carrier.'
try topology careless.lua --site C
answers 'inbound calls alone also fall with one of'
answers '  C-2 mediation'
check 'outbound calls ask for no trunk back' [ "$(grep -c '^outbound' out)" = 0 ]
try topology careless.lua --site A --json
answers '"fault": "edge-a-record-incomplete"'

try topology $contoso --json
cp out before
try topology $contoso --json
check 'twice the same' cmp -s out before

wrong() {
    text=$1
    shift
    try "$@"
    exits 2
    silent
    says "$text"
}
wrong 'ccesim topology wants a scenario' topology
wrong 'error[E505]: --site: the scenario has no site "Seatle"; did you mean "Seattle"?' topology $contoso --site Seatle
wrong 'an integer from 0 to 16' topology $contoso --gone 17
wrong 'an integer from 0 to 16' topology $contoso --gone -1
wrong '--json and --dot are both given' topology $contoso --json --dot
wrong 'did you mean "--gone"?' topology $contoso --gon 2
done_testing
