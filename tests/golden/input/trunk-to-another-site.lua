local cce = require "ccesim"
local here = cce.site "Here" { appliances = 2, size = "small", channels = 46, users = 50 }
local there = cce.site "There" { appliances = 2, size = "small", channels = 46, users = 50 }
cce.traffic { mean = "3m" }
cce.at("+1h", cce.fault("trunk-missing-for-appliance", { on = here.gateways[1], to = there.appliances[2] }))
return cce.run { from = "2019-11-10", length = "1d" }
