-- An Edge that no restart can mend is put right after an hour. When is the appliance back?
-- By then the management service waits three quarters of an hour for its next attempt, and "Waits" waits with it. At
-- "Restarts" an operator restarts that service five minutes later, and its ladder begins at ten seconds again.
local cce = require "ccesim"

local waits = cce.site "Waits" { appliances = 1, size = "small", channels = 60, users = 200 }
local restarts = cce.site "Restarts" { appliances = 1, size = "small", channels = 60, users = 200 }

cce.traffic { erlangs = 20, mean = "3m", international_share = 0, day_level_cv = 0 }

cce.at("+1h", cce.fault("edge-rtcsrv-down", { on = waits.appliances[1], lasts = "1h" }))
cce.at("+1h", cce.fault("edge-rtcsrv-down", { on = restarts.appliances[1], lasts = "1h" }))
cce.at("+125m", cce.fault("mgmt-service-restart", { on = restarts.appliances[1] }))

cce.expect("availability_one_ready", { site = restarts }):at_least(0.72)
cce.expect("availability_one_ready", { site = waits }):at_most(0.625)
cce.expect("availability_one_ready", { site = waits }):at_least(0.615):when("recoveries", { at_least = 2 })

return cce.run { from = "2019-11-11", length = "4h" }
