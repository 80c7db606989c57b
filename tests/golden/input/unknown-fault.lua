local cce = require "ccesim"
local here = cce.site "Here" { zone = "Europe/Amsterdam", appliances = 2, size = "small", channels = 46, users = 50 }
cce.traffic { at = here, mean = "3m" }
cce.at("+1h", cce.fault("host-crahs", { on = here.appliances[1], lasts = "1h" }))
return cce.run { from = "2019-11-10", length = "1d" }
