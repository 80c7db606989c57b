-- Server certificates end on Tuesday at midnight, two years after the installation. Who notices?
-- "Untouched" talks on over links that stand. At "Restarted" the Edge stops for a minute on Tuesday morning, and detection
-- restarts all services: they run, their links fail, and nobody detects that. At "Young" the same minute costs little.
local cce = require "ccesim"

local function office(name, installed)
  return cce.site(name) { appliances = 1, size = "small", channels = 60, users = 200, installed = installed }
end
local untouched = office("Untouched", "2017-11-12")
local restarted = office("Restarted", "2017-11-12")
local young = office("Young", "2018-03-05")

cce.traffic { erlangs = 20, mean = "3m", international_share = 0, day_level_cv = 0 }

cce.at("+32h", cce.fault("vm-stopped", { on = restarted.appliances[1], machine = "edge", lasts = "1m" }))
cce.at("+32h", cce.fault("vm-stopped", { on = young.appliances[1], machine = "edge", lasts = "1m" }))

cce.expect("calls_lost", { site = untouched }):at_most(0):when("faults_struck", { at_least = 4 })
cce.expect("calls_failed", { site = restarted }):at_least(1000)
cce.expect("calls_failed", { site = young }):at_most(100)
cce.expect("calls_failed", { site = young }):at_least(10)
cce.expect("availability_one_ready", { site = restarted }):at_most(0.9)

return cce.run { from = "2019-11-11", length = "36h" }
