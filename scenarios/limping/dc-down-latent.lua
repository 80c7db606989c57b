-- A domain controller is down on an appliance of release 1.4.2, which does not look at it. Does it matter?
-- "Untouched" lives with it for four hours and loses no call. At "Restarted" somebody stops Mediation's service and
-- starts it again: it stays away until the domain controller is back. At "Sound" the same, with a domain controller,
-- costs a minute.
local cce = require "ccesim"

local old = { version = "1.4.2", appliances = 1, size = "small", channels = 60, users = 200 }
local untouched = cce.site "Untouched" (old)
local restarted = cce.site "Restarted" (old)
local sound = cce.site "Sound" (old)

cce.traffic { erlangs = 20, mean = "3m", international_share = 0, day_level_cv = 0 }

for _, site in ipairs { untouched, restarted } do
  cce.at("+1h", cce.fault("dc-down-latent", { on = site.appliances[1], lasts = "4h" }))
end
for _, site in ipairs { restarted, sound } do
  local service = { on = site.appliances[1], ComputerName = "Mediation", Name = "RTCMEDSRV" }
  cce.at("+3h", cce.cmdlet("Stop-CsWindowsService", service))
  cce.at("+3h1m", cce.cmdlet("Start-CsWindowsService", service))
end

cce.expect("calls_lost", { site = untouched }):at_most(0):when("faults_struck", { at_least = 2 })
cce.expect("availability_one_ready", { site = untouched }):at_most(0.5)
cce.expect("calls_failed", { site = restarted }):at_least(500)
cce.expect("cmdlets_failed"):at_least(1)
cce.expect("calls_failed", { site = sound }):at_most(30)
cce.expect("calls_failed", { site = sound }):at_least(1)

return cce.run { from = "2019-11-11", length = "6h" }
