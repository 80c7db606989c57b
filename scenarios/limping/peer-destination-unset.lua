-- Somebody clears the tenant's PeerDestination for an hour. Whose calls does that stop?
-- Outbound calls of the 150 users without a site, all of them. Their numbers still ring, and the users of Amsterdam and
-- Seattle notice nothing.
local cce = require "ccesim"

cce.estate {
  appliances = {
    "../data/contoso/ams-cce-1.ini", "../data/contoso/ams-cce-2.ini", "../data/contoso/ams-cce-3.ini",
    "../data/contoso/sea-cce-1.ini", "../data/contoso/sea-cce-2.ini",
  },
  users = "../data/contoso/users.csv",
  peer_destination = "Amsterdam",
}

local ams = cce.site "Amsterdam" { channels = 270 }
local sea = cce.site "Seattle" { channels = 115 }

cce.traffic { at = { ams, sea }, erlangs = 40, mean = "3m", international_share = 0, day_level_cv = 0 }
cce.traffic { at = cce.unassigned, erlangs = 20, mean = "3m", international_share = 0, day_level_cv = 0 }

cce.at("+1h", cce.fault("peer-destination-unset", { lasts = "1h" }))

cce.expect("calls_failed", { site = "(no site)", direction = "outbound" }):at_least(150)
cce.expect("calls_lost", { site = ams }):at_most(0):when("faults_struck")
cce.expect("calls_lost", { site = sea }):at_most(0):when("faults_struck")
cce.expect("calls_lost", { direction = "inbound" }):at_most(0):when("faults_struck")

return cce.run { from = "2019-11-11", length = "3h" }
