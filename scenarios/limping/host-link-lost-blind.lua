-- A host can no longer look into its machines; half an hour later the Edge service of that appliance dies. Who mends it?
-- Nobody, for an hour and a half: the tenant reads Error, no recovery starts, and inbound calls fail. When the link is
-- back the service finds the dead Edge, and within two minutes all is well.
local cce = require "ccesim"

local here = cce.site "Utrecht" { appliances = 2, size = "small", channels = 100, users = 300 }

cce.traffic { at = here, erlangs = 30, mean = "3m", external_share = 0, international_share = 0, day_level_cv = 0 }

cce.at("+1h", cce.fault("host-vm-link-lost", { on = here.appliances[1], lasts = "2h" }))
cce.at("+90m", cce.fault("edge-rtcsrv-down", { on = here.appliances[1] }))

cce.expect("calls_failed", { direction = "inbound" }):at_least(180)
cce.expect("calls_failed", { direction = "outbound" }):at_most(0):when("faults_struck", { at_least = 2 })
cce.expect("detections"):at_most(1):when("recoveries")
cce.expect("recovery_attempts"):at_most(1)

return cce.run { from = "2019-11-11", length = "5h" }
