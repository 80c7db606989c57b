-- Exit 0. One of three hosts crashes every other day; callers hardly notice, and one appliance is always ready.
local cce = require "ccesim"

local site = cce.site "Utrecht" {
  zone = "Europe/Amsterdam", appliances = 3, size = "small", gateways = 2, channels = 40, users = 300,
}
cce.traffic { erlangs = 12, mean = "3m" }
cce.failures { fault = "host-crash", on = site.appliances, between = "6d", lasts = "1h" }

cce.expect("attempts_served"):at_least(0.98, { confidence = 0.95 })
cce.expect("dropped_per_10k"):at_most(50, { confidence = 0.95 }):when("faults_struck", { at_least = 5 })

return cce.run { from = "2019-09-02", length = "2d" }
