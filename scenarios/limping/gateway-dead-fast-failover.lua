-- One of two gateways dies for an hour. Who waits, and who gets nowhere?
-- Outbound calls that Mediation sends there wait 10 s and leave by the other one, until Mediation knows better. Inbound
-- calls to the numbers of the dead gateway fail all the time.
local cce = require "ccesim"

local here = cce.site "Utrecht" { appliances = 2, size = "large", gateways = 2, channels = 400, users = 2000 }

cce.traffic { at = here, erlangs = 200, mean = "1m", external_share = 0, international_share = 0, day_level_cv = 0 }

cce.at("+1h", cce.fault("gateway-down", { on = here.gateways[1], lasts = "1h" }))

cce.expect("calls_delayed"):at_least(10)
cce.expect("calls_delayed"):at_most(50)
cce.expect("post_dial_delay"):at_least(0.003)
cce.expect("post_dial_delay"):at_most(0.015)
cce.expect("calls_failed", { direction = "outbound" }):at_most(0):when("faults_struck")
cce.expect("calls_failed", { direction = "inbound" }):at_least(2500)

return cce.run { from = "2019-11-11", length = "3h" }
