-- Two large appliances, 500 calls each by their hardware. Why are calls blocked at 60?
-- On both the range of media ports is 120 wide, and a call takes four: 30 calls an appliance. Inbound calls try the other
-- appliance when one is full, outbound calls do not.
local cce = require "ccesim"

local here = cce.site "Utrecht" { appliances = 2, size = "large", channels = 200, users = 600 }

cce.traffic { at = here, erlangs = 60, mean = "3m", international_share = 0, day_level_cv = 0 }

cce.at("+1m", cce.fault("port-range-too-small", { on = here.appliances[1], ports = 120 }))
cce.at("+1m", cce.fault("port-range-too-small", { on = here.appliances[2], ports = 120 }))

cce.expect("calls_blocked", { direction = "inbound" }):at_least(20)
cce.expect("calls_blocked", { direction = "outbound" }):at_least(200)
cce.expect("calls_dropped"):at_most(0):when("calls_blocked")
cce.expect("channels_busy_max"):at_most(0.3)

return cce.run { from = "2019-11-11", length = "4h" }
