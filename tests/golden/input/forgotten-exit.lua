-- Who is taken out of service and never brought back, and who is only out when the run ends.
local cce = require "ccesim"

local ams = cce.site "ams" { appliances = 4, size = "large", channels = 100, users = 100 }
local ber = cce.site "ber" { appliances = 5, size = "large", channels = 100, users = 100 }
cce.traffic {}

-- Two appliances by cmdlets of the plan: one comes back, one does not.
cce.at("2019-11-12 02:00", cce.cmdlet("Enter-CcUpdate", { on = ams.appliances[1] }))
cce.at("2019-11-12 03:00", cce.cmdlet("Enter-CcUpdate", { on = ams.appliances[1] })) -- refused: it is out already
cce.at("2019-11-12 04:00", cce.cmdlet("Exit-CcUpdate", { on = ams.appliances[1] }))
cce.at("2019-11-12 05:00", cce.cmdlet("Enter-CcUpdate", { on = ams.appliances[2] }))

-- A runbook in a hurry; the host that is rebooted afterwards does not bring the services back.
cce.at("2019-11-13 02:00", function()
  cce.call("Enter-CcUpdate", { on = ams.appliances[3] })
  cce.call("Restart-Computer", { on = ams.appliances[3] })
end)

-- Machines that are built anew are in maintenance like those before them; where none are left there is nothing to exit.
cce.at("2019-11-14 02:00", function()
  cce.call("Enter-CcUpdate", { on = ams.appliances[4] })
  cce.call("Uninstall-CcAppliance", { on = ams.appliances[4], Force = true })
  cce.call("Install-CcAppliance", { on = ams.appliances[4] })
end)
cce.at("2019-11-14 02:00", function()
  cce.call("Enter-CcUpdate", { on = ber.appliances[4] })
  cce.call("Uninstall-CcAppliance", { on = ber.appliances[4], Force = true })
end)

-- Out at the end of the run, and back two days later: nothing is forgotten.
cce.at("2019-11-20 02:00", function()
  cce.call("Enter-CcUpdate", { on = ber.appliances[1] })
  cce.wait("6d")
  cce.call("Exit-CcUpdate", { on = ber.appliances[1] })
end)

-- Each week another one, and never an Exit: the program runs on, and forgets all the same.
local forgetful = cce.each_site(function(site)
  for n = 2, 3 do
    cce.wait("4d")
    if site == ber then cce.start(function() cce.try("Enter-CcUpdate", { on = site.appliances[n] }) end) end
  end
  cce.wait_until(function() return false end)
end)
local tidy = cce.each_site(function(site)
  cce.wait("4d")
  if site == ber then
    cce.call("Enter-CcUpdate", { on = site.appliances[2] })
    cce.call("Exit-CcUpdate", { on = site.appliances[2] })
  end
end)
-- Without calls it fails where calls would have let it pass; that is said and no more.
local busy = cce.tenant_wide(function()
  cce.wait("1d")
  if ber.appliances[5].calls == 0 then cce.call("Exit-CcUpdate", { on = ber.appliances[5] }) end
end)

cce.policy "forgetful" { update = forgetful }
cce.policy "tidy" { update = tidy }
cce.policy "busy" { update = busy }

return cce.run { from = "2019-11-11", length = "11d" }
