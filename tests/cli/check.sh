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
done_testing
