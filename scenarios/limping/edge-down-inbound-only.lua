-- The Access Edge service of one appliance dies. Who notices, and who never does?
-- Two sites with the same fault: at "Watched" the management service looks every minute, at "Alone" it is stopped.
-- Every second inbound call fails until somebody looks; no outbound call does.
local cce = require "ccesim"

local watched = cce.site "Watched" { appliances = 2, size = "small", channels = 100, users = 300 }
local alone = cce.site "Alone" { appliances = 2, size = "small", channels = 100, users = 300 }

cce.traffic { erlangs = 30, mean = "3m", external_share = 0, international_share = 0, day_level_cv = 0 }

cce.at("+50m", cce.fault("mgmt-service-stopped", { on = alone.appliances[1], lasts = "70m" }))
cce.at("+1h", cce.fault("edge-rtcsrv-down", { on = alone.appliances[1] }))
cce.at("+1h", cce.fault("edge-rtcsrv-down", { on = watched.appliances[1] }))

cce.expect("calls_failed", { site = alone, direction = "inbound" }):at_least(120)
cce.expect("calls_failed", { site = alone, direction = "outbound" }):at_most(0):when("faults_struck", { at_least = 3 })
cce.expect("calls_degraded"):at_least(10)
cce.expect("calls_failed", { site = watched, direction = "inbound" }):at_most(5):when("detections", { at_least = 2 })
cce.expect("calls_dropped", { site = watched }):at_least(5)

return cce.run { from = "2019-11-11", length = "3h" }
