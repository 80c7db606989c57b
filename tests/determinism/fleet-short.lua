-- A day of a fleet that fails all the time: what the busy hour of the model does at once, for the proof of determinism.
-- Appliances die, callers try again, survivors are counted beyond their limit instead of blocking.
local cce = require "ccesim"

local site = cce.site "Fleet" {
  zone = "UTC", appliances = 4, size = "large", gateways = 2, channels = 1000, users = 1000,
}

cce.parameters { over_limit = "count" }

cce.traffic {
  at = site,
  erlangs = 1440,
  length = cce.exponential { mean = "3m" },
  outbound_share = 0.5,
  external_share = 0.2,
  redial = { share = 0.6, delay = "30s", tries = 3 },
}

cce.failures { fault = "host-crash", on = site.appliances, between = "6h", lasts = "1h" }

cce.expect("attempts_served"):at_least(0.9)
cce.expect("redials"):at_most(1e6)

return cce.run { from = "2019-11-01", length = "1d" }
