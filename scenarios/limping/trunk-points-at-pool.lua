-- Three appliances, but the gateway's trunk names the pool instead of each Mediation. What does an hour of planned
-- maintenance on one appliance cost?
-- Every inbound call of that hour, though two appliances stand by; outbound calls use them.
local cce = require "ccesim"

local here = cce.site "Utrecht" { appliances = 3, size = "small", channels = 80, users = 300 }

cce.traffic { at = here, erlangs = 30, mean = "3m", international_share = 0, day_level_cv = 0 }

cce.at("+30m", cce.fault("trunk-points-at-pool-fqdn", { on = here.gateways[1] }))
cce.at("+1h", cce.cmdlet("Enter-CcUpdate", { on = here.appliances[1] }))
cce.at("+2h", cce.cmdlet("Exit-CcUpdate", { on = here.appliances[1] }))

cce.expect("calls_failed", { direction = "inbound" }):at_least(250)
cce.expect("calls_failed", { direction = "inbound" }):at_most(400):when("cmdlets_run", { at_least = 2 })
cce.expect("calls_lost", { direction = "outbound" }):at_most(0):when("drains_with_calls")
cce.expect("calls_dropped"):at_most(0):when("drains_with_calls")
cce.expect("appliances_ready"):always():at_least(2)

return cce.run { from = "2019-11-11", length = "3h" }
