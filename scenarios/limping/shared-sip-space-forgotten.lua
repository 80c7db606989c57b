-- Nobody ran Set-CsTenantFederationConfiguration -SharedSipAddressSpace $true, which is false in a fresh tenant. What works?
-- No call over any appliance, in either direction; every host, gateway and trunk looks well.
local cce = require "ccesim"

local here = cce.site "Utrecht" { appliances = 2, size = "small", channels = 60, users = 200 }

cce.tenant { shared_sip_address_space = false }

cce.traffic { at = here, erlangs = 20, mean = "3m", international_share = 0, day_level_cv = 0 }

cce.expect("calls_completed"):at_most(0):when("attempts", { at_least = 500 })
cce.expect("calls_failed", { direction = "inbound" }):at_least(250)
cce.expect("calls_failed", { direction = "outbound" }):at_least(250)
cce.expect("appliances_ready"):always():at_least(2)

return cce.run { from = "2019-11-11", length = "2h" }
