#!/bin/sh
# check prints what holds: where a scenario and a parameter both speak of drains, the one that wins.
. "$(dirname -- "$0")/words.sh"

cat >drains.lua <<'LUA'
local cce = require "ccesim"
local here = cce.site "Here" { appliances = 2, channels = 30, users = 100 }
cce.common_cause "rack 7" { takes = { here.appliances[1], here } }
cce.traffic {}
cce.policy "open" { update = cce.one_at_a_time {} }
cce.policy "said" { update = cce.one_at_a_time { drain = "45m" } }
cce.policy "in place" { update = cce.reboot_in_place {} }
cce.policy "gives up" { recovery = cce.builtin_1_4_1 {} }
cce.policy "nobody" { recovery = cce.no_recovery {} }
cce.at("+1h", cce.cmdlet("Enter-CcUpdate", { on = here.appliances[1] }))
cce.at("+2h", cce.cmdlet("Enter-CcUpdate", { on = here.appliances[2], limit = "10m" }))
cce.at("+3h", cce.cmdlet("Exit-CcUpdate", { on = here.appliances[2] }))
return cce.run { from = "2019-11-10", length = "1d" }
LUA

# holds WORDS…: stdout has a line with these words in this order, however wide the columns are.
holds() { tr -s ' ' <out | grep -qF -e "$1" || fail "stdout lacks: $1"; }

try check drains.lua
exits 0
holds 'rack 7 Here-1, the Internet provider of Here'
holds 'open one at a time, drained none built in'
holds 'said one at a time, drained 45m built in'
holds 'in place reboot in place - built in'
holds 'gives up one at a time, drained none built in (1.4.1: may give up)'
holds 'nobody one at a time, drained none none'
holds 'Enter-CcUpdate, drained Here-1 -'
holds 'Enter-CcUpdate, drained Here-2 10m'
holds 'Exit-CcUpdate Here-2 -'

try check drains.lua --set enter_update_mode=immediate
exits 0
holds 'open one at a time, stopped at once - built in'
holds 'said one at a time, drained 45m built in'
holds 'in place reboot in place - built in'
holds 'Enter-CcUpdate, stopped at once Here-1 -'
holds 'Enter-CcUpdate, drained Here-2 10m'

cat >wrong.lua <<'LUA'
local cce = require "ccesim"
local here = cce.site "Here" {
  appliances = 2, channels = 30, users = 100,
  hybrid_objects = { ["Here-2"] = "licensed" },
  a_record = {},
}
cce.tenant { shared_sip_address_space = false, use_on_prem_dial_plan = true }
cce.traffic { escalation_share = 0.1 }
local fitters = cce.crew "fitters" { people = 2 }
cce.failures { fault = "host-crash", on = here.appliances, between = "90d", lasts = "4h", repaired_by = fitters }
return cce.run { from = "2019-11-10", length = "1d" }
LUA
try check wrong.lua
exits 0
holds 'hybrid-ms-object-licensed Here-2 wrong.lua:4'
holds 'edge-a-record-missing Here wrong.lua:5'
holds 'shared-sip-space-false the tenant wrong.lua:7'
holds 'onprem-dialplan-true the tenant wrong.lua:7'
holds 'wrong.lua:5: warning[W213]: "edge-a-record-missing" is in force from the first moment on, at site "Here"'
holds 'host-crash Here-1 always 4h, by fitters'
holds 'Crew fitters: 2 repairs at once.'

sed -e '/hybrid_objects/d' -e '/a_record/d' -e '/cce.tenant/d' wrong.lua >right.lua
try check right.lua
holds 'Nothing is configured wrong.'
done_testing
