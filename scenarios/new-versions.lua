-- A year in which new versions come out every ten weeks or so, one in four of them bad: they are built beside the old ones in a
-- window each month. What does it cost in calls to stay current, and what in support not to? A version that is not the newest is
-- supported for sixty days more.
local cce = require "ccesim"

local ams = cce.site "Amsterdam" {
  zone = "Europe/Amsterdam", appliances = 3, size = "small", gateways = 2, channels = 60, users = 900,
}
local sea = cce.site "Seattle" {
  zone = "America/Los_Angeles", appliances = 2, size = "small", gateways = 2, channels = 40, users = 300,
}

cce.traffic { profile = "data/call-arrivals-5min-by-weekday.csv", erlangs_per_user = 0.04, mean = "3m10s", day_level_cv = 0.1 }

cce.releases { bits = "70d", bad_share = 0.25, bad_shows = "5h", bad_lasts = "6h" }
cce.update { at = { ams, sea }, window = cce.monthly("second sat 20:00", "14h"), purpose = "bits" }

-- The disk of one host is not clean: nothing can be built there until somebody has seen to it.
cce.at("+40d", cce.fault("dism-dismount-failed", { on = ams.appliances[2], lasts = "20d" }))

cce.policy "automatic" { update = require "policies.automatic" () }
cce.policy "by_hand" { update = require "policies.upgrade_by_hand" () }
cce.policy "never" { update = require "policies.never" () }

return cce.run { from = "2019-01-01", length = "365d" }
