-- Three appliances, of which one is spare, and two gateways. What is left when one power feed is lost for half an hour?
-- Two of the appliances and a gateway hang on that feed: one appliance carries what two are needed for, and the numbers
-- of the dead gateway ring nowhere.
local cce = require "ccesim"

local here = cce.site "Utrecht" { appliances = 3, size = "small", gateways = 2, channels = 60, users = 600 }

local feed = cce.common_cause "feed A" { takes = { here.appliances[1], here.appliances[2], here.gateways[1] } }

cce.traffic { at = here, erlangs = 70, mean = "3m", international_share = 0, day_level_cv = 0 }

cce.at("+1h", cce.fault("common-cause", { on = feed, lasts = "30m" }))

cce.expect("appliances_ready"):at_least(1)
cce.expect("appliances_ready"):at_most(1)
cce.expect("calls_dropped"):at_least(40)
cce.expect("calls_failed", { direction = "inbound" }):at_least(100)
cce.expect("calls_blocked", { direction = "outbound" }):at_least(20)

return cce.run { from = "2019-11-11", length = "3h" }
