-- Exit 1. One small gateway with eight channels for twelve erlangs: blocking is far above one in a hundred.
local cce = require "ccesim"

cce.site "Utrecht" {
  zone = "Europe/Amsterdam", appliances = 2, size = "small", gateways = 1, channels = 8, users = 300,
}
cce.traffic { erlangs = 12, mean = "3m" }

cce.expect("blocking"):at_most(0.01, { confidence = 0.95 })

return cce.run { from = "2019-09-02", length = "1d" }
