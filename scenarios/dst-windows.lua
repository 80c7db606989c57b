-- Three sites are patched in the small hours of a Sunday, over both changes of the clocks in 2019. When do their
-- windows open, is each appliance's turn in time on those nights, too, and is a call lost to it?
local cce = require "ccesim"

local ams = cce.site "Amsterdam" { zone = "Europe/Amsterdam", appliances = 2, size = "small", channels = 30, users = 60 }
local sea = cce.site "Seattle" { zone = "America/Los_Angeles", appliances = 2, size = "small", channels = 30, users = 60 }
-- Its summer time is half an hour, and changes at two on the first Sunday of April and October.
local lord_howe =
  cce.site "Lord Howe" { zone = "Australia/Lord_Howe", appliances = 2, size = "small", channels = 30, users = 20 }

cce.traffic { erlangs_per_user = 0.05, length = cce.exponential { mean = "3m" } }

-- One window serves two sites, each by its own clock.
cce.update { at = { ams, sea }, window = cce.weekly("sun 02:00", "4h") }
cce.update { at = lord_howe, window = cce.monthly("first sun 02:00", "4h") }

cce.expect("windows_opened"):at_least(80)
cce.expect("windows_missed"):at_most(0)
cce.expect("calls_dropped_planned"):at_most(0)

return cce.run { from = "2019-03-01", length = "260d" }
