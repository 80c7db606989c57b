-- The tenant's directory has no object for the Mediation of one appliance. Who complains?
-- Only who makes a conference of a telephone call that this Mediation holds; every call between two goes on.
local cce = require "ccesim"

local here = cce.site "Utrecht" { appliances = 2, size = "small", channels = 100, users = 300 }

cce.traffic {
  at = here, erlangs = 30, mean = "3m", escalation_share = 0.2, international_share = 0, day_level_cv = 0,
}

cce.at("+1h", cce.fault("hybrid-ms-object-missing", { on = here.appliances[1], lasts = "2h" }))

cce.expect("escalations"):at_least(350)
cce.expect("escalations_failed"):at_least(80)
cce.expect("escalations_failed"):at_most(160):when("escalations", { at_least = 300 })
cce.expect("calls_lost"):at_most(0):when("escalations_failed")

return cce.run { from = "2019-11-11", length = "4h" }
