-- One of two TLS gateways loses the root certificate of the appliances' CA. Who notices, and when?
-- Nobody, while its trunks are up: TLS asks for trust when it connects. Two appliances go through maintenance, one after
-- the other, and with each a trunk is gone for good. After the second, inbound calls to the gateway's numbers fail until
-- the certificate is back. Outbound calls leave by the other gateway, at once.
local cce = require "ccesim"

local here = cce.site "Utrecht" { appliances = 2, size = "small", gateways = 2, channels = 60, users = 300, tls = true }

cce.traffic { at = here, erlangs = 30, mean = "3m", international_share = 0, day_level_cv = 0 }

cce.at("+30m", cce.fault("cce-root-not-on-gateway", { on = here.gateways[1], lasts = "2h" }))
cce.at("+1h", cce.cmdlet("Enter-CcUpdate", { on = here.appliances[1] }))
cce.at("+1h20m", cce.cmdlet("Exit-CcUpdate", { on = here.appliances[1] }))
cce.at("+1h30m", cce.cmdlet("Enter-CcUpdate", { on = here.appliances[2] }))
cce.at("+1h50m", cce.cmdlet("Exit-CcUpdate", { on = here.appliances[2] }))

cce.expect("calls_failed", { direction = "inbound" }):at_least(100)
cce.expect("calls_failed", { direction = "inbound" }):at_most(200):when("faults_struck")
cce.expect("calls_lost", { direction = "outbound" }):at_most(0):when("faults_struck")
cce.expect("calls_dropped"):at_most(0):when("cmdlets_run", { at_least = 4 })

return cce.run { from = "2019-11-11", length = "3h" }
