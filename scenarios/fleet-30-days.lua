-- Four large appliances, one of which dies every other day. What do thirty days of that cost, call by call?
-- Twenty million calls: this is also the scenario by which ccesim is timed.
local cce = require "ccesim"

local site = cce.site "Fleet" {
  zone = "UTC", appliances = 4, size = "large", gateways = 2, channels = 1000, users = 1000,
}

cce.traffic {
  at = site,
  erlangs = 1440,
  length = cce.exponential { mean = "3m" },
  outbound_share = 0.5,
  external_share = 0.2,
  international_share = 0,
  emergency_share = 0,
  day_level_cv = 0,
}

cce.failures { fault = "host-crash", on = site.appliances, between = "7d", lasts = "1h" }

cce.expect("attempts_served"):at_least(0.99)

return cce.run { from = "2019-11-01", length = "30d" }
