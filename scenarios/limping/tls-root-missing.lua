-- One of two TLS gateways no longer has the root certificate of the appliances' CA. Which calls get through?
-- Inbound calls to its numbers fail, whichever appliance it tries. Outbound calls leave by the other gateway, at once.
local cce = require "ccesim"

local here = cce.site "Utrecht" { appliances = 2, size = "small", gateways = 2, channels = 60, users = 300, tls = true }

cce.traffic { at = here, erlangs = 30, mean = "3m", international_share = 0, day_level_cv = 0 }

cce.at("+1h", cce.fault("cce-root-not-on-gateway", { on = here.gateways[1], lasts = "1h" }))

cce.expect("calls_failed", { direction = "inbound" }):at_least(100)
cce.expect("calls_failed", { direction = "inbound" }):at_most(200):when("faults_struck")
cce.expect("calls_lost", { direction = "outbound" }):at_most(0):when("faults_struck")
cce.expect("calls_delayed"):at_most(0):when("faults_struck")

return cce.run { from = "2019-11-11", length = "3h" }
