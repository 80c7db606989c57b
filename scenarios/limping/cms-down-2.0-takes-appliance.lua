-- The master of the configuration store stops for an hour, on an appliance with release 2.0. What does a caller notice?
-- Calls do not need it, but this release looks at it: it takes the whole appliance offline, and what is left of the site
-- is too small. See cms-down-1.4.2-harmless.lua.
local cce = require "ccesim"

local here = cce.site "Utrecht" { version = "2.0", appliances = 2, size = "small", channels = 100, users = 400 }

cce.traffic { at = here, erlangs = 60, mean = "3m", international_share = 0, day_level_cv = 0 }

cce.at("+1h", cce.fault("cms-master-down", { on = here.appliances[2], lasts = "1h" }))

cce.expect("calls_dropped"):at_least(20)
cce.expect("calls_blocked"):at_least(100)
cce.expect("calls_failed"):at_most(20):when("detections")
cce.expect("appliances_ready"):at_least(1)

return cce.run { from = "2019-11-11", length = "4h" }
