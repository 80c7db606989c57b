local cce = require "ccesim"
local here = cce.site "Here" { appliances = 2, size = "small", channels = 46, users = 50 }
cce.traffic { at = here, mean = "3m" }
cce.at("+1h", cce.fault("personal-cert-stale", { on = here }))
return cce.run { from = "2019-11-10", length = "1d" }
