-- Exit 5. Eight channels block 3.0 % of four erlangs (Erlang B: 0.0304), a little more where callers dial again, and 3 % is
-- what is asked for: a hundred and sixty replications do not tell on which side of it the truth lies.
local cce = require "ccesim"

cce.site "Utrecht" {
  zone = "Europe/Amsterdam", appliances = 2, size = "small", gateways = 1, channels = 8, users = 300,
}
cce.traffic { erlangs = 4, mean = "3m" }

cce.expect("blocking"):at_most(0.03, { confidence = 0.95 })

return cce.run { from = "2019-09-02", length = "1d" }
