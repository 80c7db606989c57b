-- The master of the configuration store stops for an hour, on an appliance with release 1.4.2. What does a caller notice?
-- Nothing: calls do not need it, and this release does not look at it. See cms-down-2.0-takes-appliance.lua.
local cce = require "ccesim"

local here = cce.site "Utrecht" { version = "1.4.2", appliances = 2, size = "small", channels = 100, users = 400 }

cce.traffic { at = here, erlangs = 60, mean = "3m", international_share = 0, day_level_cv = 0 }

cce.at("+1h", cce.fault("cms-master-down", { on = here.appliances[2], lasts = "1h" }))

cce.expect("calls_lost"):at_most(0):when("faults_struck")
cce.expect("detections"):at_most(0):when("faults_struck")
cce.expect("appliances_ready"):at_most(1)

return cce.run { from = "2019-11-11", length = "3h" }
