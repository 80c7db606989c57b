-- Exit 6. Dropped calls are few, but not one drain began with calls up, and this gate was to say what those cost.
local cce = require "ccesim"

cce.site "Utrecht" {
  zone = "Europe/Amsterdam", appliances = 3, size = "small", gateways = 2, channels = 40, users = 300,
}
cce.traffic { erlangs = 12, mean = "3m" }

cce.expect("dropped_per_10k"):at_most(20):when("drains_with_calls", { at_least = 10 })

return cce.run { from = "2019-09-02", length = "1d" }
