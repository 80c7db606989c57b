-- A site that is stretched over two area codes: only the first gateway's carrier takes its emergency calls. That gateway
-- dies in the busy hour. The second one has channels to spare; what do they help?
-- All other outbound calls: they leave there, some after ten seconds. Every emergency call of that hour fails.
local cce = require "ccesim"

local here = cce.site "Utrecht" {
  appliances = 2, size = "small", gateways = 2, channels = 60, users = 300,
  routes = { ["Utrecht-gw-2"] = { "local", "international" } },
}

cce.traffic { at = here, erlangs = 30, mean = "3m", outbound_share = 1, emergency_share = 0.05, day_level_cv = 0 }

cce.at("+1h", cce.fault("gateway-down", { on = here.gateways[1], lasts = "1h" }))

cce.expect("emergency_lost"):at_least(15)
cce.expect("emergency_lost"):at_most(60):when("faults_struck")
cce.expect("calls_blocked"):at_most(0):when("faults_struck")

return cce.run { from = "2019-11-11", length = "3h" }
