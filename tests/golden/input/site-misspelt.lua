local cce = require "ccesim"
local here = cce.site "Utrecht" { appliances = 2, size = "small", channels = 46, users = 50 }
cce.traffic { at = here, mean = "3m" }
cce.at("+1h", cce.fault("edge-rtcsrv-down", { on = here.appliances[1] }))
cce.expect("calls_failed", { site = "Utrehct" }):at_most(10)
return cce.run { from = "2019-11-10", length = "1d" }
