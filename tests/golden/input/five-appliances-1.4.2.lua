local cce = require "ccesim"
local here = cce.site "Here" { version = "1.4.2", appliances = 5, size = "small", channels = 46, users = 50 }
cce.traffic { at = here, mean = "3m" }
return cce.run { from = "2019-11-10", length = "1d" }
